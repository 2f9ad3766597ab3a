"""Every page as each role sees it, at 1280 and 320 px: axe, one h1, its own title, no sideways scroll, a picture."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from aftaler import actions
from aftaler.queries import led_aftryk
from aftaler.states import Tilstand
from samarbejde import tid
from samarbejde.models import Besked
from samarbejde.post import underret
from samarbejde.posttid import Levering
from tests.aftaler import byg
from tests.aftaler.sider import aktivitet_i, delmaal_i, maal_i, rod, til_aktivitet, til_delmaal, til_maal
from tests.fabrik import ADGANGSKODE, distrikt, enhed

pytestmark = pytest.mark.django_db(transaction=True)
LANG = (
    "Børnene møder mange voksne på en dag. Vi vil have, at de møder de samme ord, de samme forventninger og den samme "
    "ro, uanset om det er i skolen, i fritidscenteret eller i børnehuset.\n\n- Faste aftaler om overleveringer\n- "
    "Fælles ture i skoven\n- En voksen, der følger med\n\nDet kræver tid, og den tid sætter vi af **sammen**."
)


# --- before login ----------------------------------------------------------------------------------------------------
def test_foer_login(besoeg, v, settings):
    ingen = besoeg(None)
    ingen.til("/log-ind/", "log-ind")
    ingen.tryk("Log ind", "log-ind-tom")
    expect(ingen.side.locator(".fejlopsummering")).to_be_focused()
    ingen.til("/adgangskode/glemt/", "glemt-kode")
    ingen.skriv(email=v.skoleleder.email)
    ingen.tryk("Send link", "glemt-kode-sendt")
    ingen.til("/adgangskode/ny/1-forkert/", "linket-virker-ikke")
    ingen.til("/adgangskode/ny/faerdig/", "ny-kode-faerdig")
    ingen.til("/tilgaengelighed/", "tilgaengelighed")
    ingen.til("/hjaelp/hvem-maa-hvad/", "hvem-maa-hvad-uden-login")
    ingen.til("/findes-ikke/", "404-uden-login", status=404)


def test_efter_fem_forkerte_adgangskoder_og_efter_alt_for_mange_kald(besoeg, v, settings):
    ingen = besoeg(None)
    ingen.aabn("/log-ind/")
    for _ in range(6):
        ingen.skriv(login=v.skoleleder.email, password="forkert")
        ingen.tryk("Log ind")
    expect(ingen.side.locator(".fejlopsummering")).to_contain_text("Vent 5 minutter")
    ingen.doem("log-ind-laast")
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "0/m/ip"}
    ingen.skriv(login=v.skoleleder.email, password=ADGANGSKODE)
    ingen.tryk("Log ind", "429", status=429)


# --- start and list --------------------------------------------------------------------------------------------------
def test_forsiden_for_den_der_har_tur_for_den_der_venter_og_for_den_uden_rolle(besoeg, v):
    for hvem, navn in ((v.udenfor, "uden-rolle"), (v.medarbejder, "medarbejder-uden-aftale")):
        sider = besoeg(hvem)
        sider.til("/", f"start-{navn}")
        sider.til("/haendelser/", f"haendelser-{navn}")
        sider.til("/post/", f"post-{navn}")
        sider.til("/aftaler/", f"aftaler-{navn}")
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    besoeg(v.skoleleder).til("/", "start-min-tur")
    besoeg(v.paedagogiskleder).til("/", "start-andres-tur")
    besoeg(v.klyngeleder).til("/", "start-klyngeleder")


def test_listen_fuld_filtreret_og_tom(besoeg, v):
    byg.i_alle_tilstande(v)
    byg.sendt(v)
    byg.kladde(v, af=v.naboskoleleder, distrikt=v.nabodistrikt, tovholder=v.naboskole, enheder=[v.naboskole, v.center])
    carl = besoeg(v.centerleder)
    carl.til("/", "start-to-distrikter")
    carl.til("/aftaler/", "aftaler-fuld")
    carl.til("/aftaler/?tilstand=annulleret&aar=2020", "aftaler-ingen-passer")


def test_mange_aftaler_deles_i_sider(besoeg, v, monkeypatch):
    monkeypatch.setattr("aftaler.views.liste.PR_SIDE", 1)
    byg.i_alle_tilstande(v)
    besoeg(v.skoleleder).til("/aftaler/?side=2", "aftaler-side-2")


# --- the agreement, state by state -----------------------------------------------------------------------------------
LAESERE = ["skoleleder", "dagtilbudsleder", "medarbejder", "netvaerkskoordinator", "forvaltning"]


@pytest.mark.parametrize("login", LAESERE)
def test_aftalen_i_hver_tilstand(besoeg, v, login):
    """Tovholder, another leader, staff of a party, an onlooker in the district, and the forvaltning."""
    aftaler = byg.i_alle_tilstande(v)
    with byg.i_aaret(2025):
        byg.godkend(byg.frisk(aftaler[Tilstand.TIL_GODKENDELSE]), v.kkfo, v.paedagogiskleder)
    sider = besoeg(getattr(v, login))
    for tilstand, aftale in aftaler.items():
        sider.til(rod(aftale), f"aftale-{tilstand}-{login}")


def test_en_fyldt_aftale_og_en_part_der_ikke_kan_godkende(besoeg, v):
    aftale = _fyldt(v)
    sanne = besoeg(v.skoleleder)
    sanne.til(rod(aftale), "aftale-fyldt-kladde")
    byg.send(aftale, v.skoleleder)
    actions.kan_ikke_godkende(
        part=byg.part(aftale, v.kkfo),
        af=v.paedagogiskleder,
        aftryk=byg.frisk(aftale).indhold_id,
        grund="Vi mangler et mål om klubstart. Skriv det ind, så godkender vi.",
    )
    byg.godkend(aftale, v.center, v.centerleder)
    sanne.til(rod(aftale), "aftale-fyldt-sendt")
    sanne.til(f"{rod(aftale)}historik/", "historik-fyldt")


def _fyldt(v):
    aftale = byg.kladde(v, enheder=[*byg.parter(v), v.selvejende])
    byg.skriv_afsnit(aftale, v.skoleleder, "retning", LANG)
    for omraade in (1, 6):
        maal = byg.skriv_maal(
            aftale, v.skoleleder, omraader=(omraade,), titel=f"Et længere mål, nummer {omraade}, " + "om børn " * 9,
            beskrivelse=LANG, realisering=LANG,
        )  # fmt: skip
        for titel in ("Overleveringsmøder", "Fælles pædagogisk praksis i overgangen mellem børnehus og skole"):
            delmaal = byg.skriv_delmaal(aftale, v.skoleleder, maal, titel=titel, beskrivelse=LANG)
            byg.skriv_aktivitet(
                aftale, v.skoleleder, delmaal, titel="Besøgsuger", art="tiltag", beskrivelse=LANG,
                tegn="Børnene kender navnet på deres nye voksne.", ansvarlige=[v.skole, v.kkfo],
                fra=tid.i_dag(), til_og_med=tid.i_dag() + timedelta(days=30),
            )  # fmt: skip
    return byg.frisk(aftale)


# --- writing ---------------------------------------------------------------------------------------------------------
def test_opret_og_vaelg_parter(besoeg, v):
    sanne = besoeg(v.skoleleder)
    opret = f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/"
    sanne.til("/aftaler/", "aftaler-mangler")
    sanne.til(opret, "opret")
    for felt in sanne.side.locator("[name=parter]").all():
        felt.uncheck()
    sanne.tryk("Opret aftalen", "opret-fejl")
    sanne.til(opret.replace(str(byg.dette_aar()), "2030"), "opret-lukket-aar")
    aftale = byg.tom(v)
    sanne.til(rod(aftale), "aftale-ny")
    sanne.til(f"{rod(aftale)}parter/", "parter")
    sanne.til(f"{rod(aftale)}send-til-godkendelse/", "gennemse-mangler")


def test_formularerne_tomme_og_udfyldte(besoeg, v):
    aftale = _fyldt(v)
    maal, delmaal, aktivitet = maal_i(aftale), delmaal_i(aftale), aktivitet_i(aftale)
    mit_maal, mit_delmaal = til_maal(aftale, maal.noegle), til_delmaal(aftale, delmaal.noegle)
    pia = besoeg(v.paedagogiskleder)
    for adresse, navn in {
        f"{rod(aftale)}afsnit/behov/": "afsnit-behov",
        f"{rod(aftale)}afsnit/retning/": "afsnit-retning",
        f"{rod(aftale)}maal/nyt/": "maal-nyt",
        mit_maal: "maal-ret",
        f"{mit_maal}slet/": "maal-slet",
        f"{mit_maal}delmaal/nyt/": "delmaal-nyt",
        mit_delmaal: "delmaal-ret",
        f"{mit_delmaal}slet/": "delmaal-slet",
        f"{mit_delmaal}aktivitet/ny/": "aktivitet-ny",
        til_aktivitet(aftale, aktivitet.noegle): "aktivitet-ret",
        f"{til_aktivitet(aftale, aktivitet.noegle)}slet/": "aktivitet-slet",
    }.items():
        pia.til(adresse, navn)


def test_formularer_med_fejl(besoeg, v):
    """The summary takes focus, and the title says so."""
    aftale = byg.kladde(v)
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(f"{rod(aftale)}maal/nyt/")
    pia.skriv(titel="x" * 400)
    pia.tryk("Gem", "maal-fejl")
    expect(pia.side.locator(".fejlopsummering")).to_be_focused()
    expect(pia.side).to_have_title("Fejl: Nyt strategisk mål, Linde Skoledistrikt 2026/27 – Stærkt samarbejde")
    pia.aabn(til_aktivitet(aftale, aktivitet_i(aftale).noegle))
    pia.skriv(titel="", fra="2019-01-01", til_og_med="2018-01-01", tegn="010190-1234")
    pia.tryk("Gem", "aktivitet-fejl")
    expect(pia.side.locator(".fejlopsummering li")).to_have_count(4)
    pia.aabn(f"{rod(aftale)}afsnit/behov/")
    pia.skriv(tekst="Lange ord og mange af dem. " * 900)
    pia.tryk("Gem", "afsnit-fejl")


# --- what somebody else did meanwhile --------------------------------------------------------------------------------
def test_en_tekst_er_rettet_et_maal_slettet_og_aftalen_sendt_imens(besoeg, v):
    aftale = byg.kladde(v)
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(f"{rod(aftale)}afsnit/retning/")
    byg.skriv_afsnit(aftale, v.skoleleder, "retning", "Vi vil mødes om børnene.\n\n- og om deres forældre")
    pia.skriv(tekst=LANG)
    pia.tryk("Gem", "konflikt-rettet", status=409)
    pia.aabn(til_maal(aftale, maal_i(aftale).noegle))
    actions.slet_led(
        aftale=aftale,
        af=v.skoleleder,
        model=type(maal_i(aftale)),
        noegle=maal_i(aftale).noegle,
        aftryk=led_aftryk(maal_i(aftale)),
    )
    pia.skriv(beskrivelse=LANG)
    pia.tryk("Gem", "konflikt-slettet", status=409)
    byg.skriv_aktivitet(
        aftale, v.skoleleder, byg.skriv_delmaal(aftale, v.skoleleder, byg.skriv_maal(aftale, v.skoleleder))
    )
    pia.aabn(f"{rod(aftale)}afsnit/behov/")
    byg.send(aftale, v.skoleleder)
    pia.skriv(tekst=LANG)
    pia.tryk("Gem", "konflikt-laast", status=409)


# --- from draft to entered -------------------------------------------------------------------------------------------
def test_svarene(besoeg, v):
    aftale = byg.kladde(v)
    sanne, dorte = besoeg(v.skoleleder), besoeg(v.dagtilbudsleder)
    sanne.til(f"{rod(aftale)}send-til-godkendelse/", "gennemse")
    sanne.til(f"{rod(aftale)}annuller/", "annuller")
    sanne.tryk("Annullér aftalen", "annuller-fejl")
    byg.send(aftale, v.skoleleder)
    sanne.til(f"{rod(aftale)}traek-tilbage/", "traek-tilbage")
    part = f"{rod(aftale)}parter/{v.boernehus.slug}/"
    dorte.til(f"{part}godkend/", "godkend")
    dorte.til(f"{part}kan-ikke-godkende/", "kan-ikke-godkende")
    dorte.tryk("Send svaret", "kan-ikke-godkende-fejl")
    dorte.skriv(grund="Vi mangler et mål.")
    dorte.aabn(f"{part}godkend/")
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    dorte.tryk(f"Godkend for {v.boernehus.navn}", "bekraeft-adgangskoden")
    dorte.skriv(password=ADGANGSKODE)
    dorte.tryk("Bekræft", "409", status=409)


def test_pdf_foer_den_er_klar(besoeg, v):
    aftale = byg.indgaaet(v)
    sanne = besoeg(v.skoleleder)
    sanne.side.route("**/aftale.pdf", _uden_at_hente_igen)
    sanne.til(f"{rod(aftale)}aftale.pdf", "pdf-vent", status=202)


def _uden_at_hente_igen(rute):
    svar = rute.fetch()
    rute.fulfill(response=svar, headers={navn: v for navn, v in svar.headers.items() if navn != "refresh"})


# --- units, events, post, help ---------------------------------------------------------------------------------------
def test_enheder_distrikter_haendelser_og_post(besoeg, v):
    byg.sendt(v)
    sanne = besoeg(v.skoleleder)
    for adresse, navn in {
        v.skole.get_absolute_url(): "enhed-skole",
        v.center.get_absolute_url(): "enhed-center",
        v.selvejende.get_absolute_url(): "enhed-ubesat",
        v.distrikt.get_absolute_url(): "distrikt",
        "/haendelser/": "haendelser",
        "/haendelser/?art=aftale&foer=1": "haendelser-ikke-flere",
        "/post/": "post",
        "/hjaelp/hvem-maa-hvad/?rolle=skoleleder": "hvem-maa-hvad",
        "/konto/adgangskode/": "skift-kode",
        "/log-ind/igen/": "log-ind-igen",
        "/log-ud/": "log-ud",
    }.items():
        sanne.til(adresse, navn)
    sanne.til("/forvaltning/", "403", status=403)
    sanne.til("/distrikter/findes-ikke/", "404", status=404)


def test_forvaltningens_overblik_og_al_post(besoeg, v):
    byg.sendt(v)
    special = enhed("Specialskolen Bakken", i=distrikt("Specialskolen Bakken", er_uden_geografi=True))
    frida, anders = besoeg(v.forvaltning), besoeg(v.administrator)
    frida.til("/forvaltning/", "forvaltning")
    frida.til(special.get_absolute_url(), "enhed-specialskole")
    frida.til("/distrikter/specialskolen-bakken/", "distrikt-special")
    for tilstand in Besked.Tilstand.values:
        besked = underret(
            til=v.skoleleder, noegle=tilstand, levering=Levering.STRAKS, emne="Nyt i aftalen", tekst="Se selv."
        )
        Besked.objects.filter(pk=besked.pk).update(
            tilstand=tilstand,
            forsoeg=3,
            fejl="SMTPRecipientsRefused: mailbox unavailable" if tilstand == "fejlet" else "",
            sendt_den=tid.nu() if tilstand == "sendt" else None,
        )
    anders.til("/post/alle/", "al-post")
    anders.til("/post/1/gensend/", "405", status=405)
    anders.til("/post/", "post-administrator")
    anders.til("/forvaltning/", "forvaltning-administrator")
    besoeg(v.skoleleder).til("/post/", "post-i-alle-tilstande")
