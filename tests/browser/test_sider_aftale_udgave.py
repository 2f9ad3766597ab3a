"""The versions, the page of a save that came too late, and the texts that save themselves, in a real browser (S9)."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from aftaler import actions
from aftaler.models import StrategiskMaal
from aftaler.queries import led_aftryk
from samarbejde import tid
from samarbejde.models import Haendelse
from tests.aftaler import byg
from tests.aftaler.sider import maal_i, rod, til_maal
from tests.fabrik import ADGANGSKODE, verden

pytestmark = pytest.mark.django_db(transaction=True)
BEHOV = "Mange børn skifter mellem skole og klub midt i en skoledag.\n\n- De kender ikke de voksne\n- De mangler ro"


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    with tid.frys(tid.nu() - timedelta(days=2)):
        aftale = byg.kladde(v)
        byg.skriv_afsnit(aftale, v.centerleder, "behov", BEHOV)
    return byg.frisk(aftale)


# --- versions ------------------------------------------------------------------------------------------------------
def test_udgaver_navngiv_sammenlign_og_genskab(besoeg, v, aftale):
    pia = besoeg(v.paedagogiskleder)
    pia.til(rod(aftale) + "udgaver/", "udgaver")
    pia.tryk("Gem navnet", "udgaver-navn-fejl")
    pia.skriv(navn="Før skolebestyrelsens møde")
    pia.tryk("Gem navnet", "udgaver-navngivet")
    navngivet = aftale.udgaver.first()
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", BEHOV.replace("midt i en", "to gange på en") + "\n- Og mad")
    byg.send(aftale, v.skoleleder)
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    pia.til(rod(aftale) + "udgaver/", "udgaver-sendt-imens")
    byg.skriv_maal(aftale, v.skoleleder, titel="Klubben er for alle", omraader=(1, 2))
    pia.til(f"{rod(aftale)}udgaver/{aftale.udgaver.all()[1].pk}/", "udgave-aendring")
    pia.til(f"{rod(aftale)}udgaver/{navngivet.pk}/?med=nu", "udgave-forskel-til-nu")
    pia.side.get_by_label("Sammenlign med").select_option(label="Teksten lige før")
    with pia.side.expect_navigation():
        pia.side.get_by_role("button", name="Vis forskellen").click()
    expect(pia.side.get_by_text("De to tekster er ens.")).to_be_visible()
    pia.foelg("Genskab teksten, som den var her", "genskab")
    byg.skriv_afsnit(aftale, v.skoleleder, "retning", "Sannes nye retning, mens Pia læste.")
    pia.tryk("Genskab den tidligere tekst", "genskab-imens", status=409)
    pia.tryk("Genskab den tidligere tekst", "aftale-genskabt")
    assert byg.frisk(aftale).behov == BEHOV


def test_udgaver_for_den_der_kun_laeser(besoeg, v, aftale):
    mette = besoeg(v.medarbejder)
    mette.til(rod(aftale) + "udgaver/", "udgaver-kun-laese")
    mette.til(f"{rod(aftale)}udgaver/{aftale.udgaver.first().pk}/", "udgave-kun-laese")
    aftale.udgaver.all().delete()
    mette.til(rod(aftale) + "udgaver/", "udgaver-tom")


# --- too late ------------------------------------------------------------------------------------------------------
def udfyld(gaest, felter):
    """As somebody without a script fills it in: nothing saves itself meanwhile."""
    gaest.side.evaluate("() => document.querySelectorAll('form').forEach((f) => f.removeAttribute('data-vaern'))")
    gaest.skriv(**felter)


def test_to_tekster_og_den_samlede(besoeg, v, aftale):
    sted = rod(aftale) + "afsnit/behov/"
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(sted)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", BEHOV.replace("klub", "fritidscenter"))
    pia.side.clock.install()
    udfyld(pia, {"tekst": BEHOV.replace("ro", "en fast voksen")})
    pia.tryk("Gem", "konflikt-samlet", status=409)
    expect(pia.side.locator("#id_tekst")).to_have_value(
        BEHOV.replace("klub", "fritidscenter").replace("ro", "en fast voksen")
    )
    pia.tryk("Gem den samlede tekst", "aftale-samlet")
    assert byg.frisk(aftale).behov == BEHOV.replace("klub", "fritidscenter").replace("ro", "en fast voksen")


def test_begge_i_de_samme_ord_i_et_maal(besoeg, v, aftale):
    maal = maal_i(aftale)
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(til_maal(aftale, maal.noegle))
    byg.skriv_maal(aftale, v.skoleleder, noegle=maal.noegle, version=1, titel="Sannes titel", omraader=(1, 2))
    pia.side.clock.install()
    udfyld(pia, {"titel": "Pias titel", "beskrivelse": "Pias beskrivelse"})
    pia.tryk("Gem", "konflikt-begge", status=409)
    expect(pia.side.get_by_text("I har begge rettet det samme sted i «Målet i én sætning».")).to_be_visible()
    pia.tryk("Gem kun min tekst", "aftale-kun-min")
    assert maal_i(aftale).titel == "Pias titel"


def test_slettet_imens_laegges_tilbage_og_sendt_imens_proeves_igen(besoeg, v, aftale):
    maal, pia = maal_i(aftale), besoeg(v.paedagogiskleder)
    pia.aabn(til_maal(aftale, maal.noegle))
    pia.side.clock.install()
    slet = {"model": StrategiskMaal, "noegle": maal.noegle, "aftryk": led_aftryk(maal)}
    actions.slet_led(aftale=aftale, af=v.skoleleder, **slet)
    udfyld(pia, {"beskrivelse": "Pias lange beskrivelse"})
    pia.tryk("Gem", "konflikt-slettet", status=409)
    pia.tryk("Læg målet tilbage med min tekst", "aftale-lagt-tilbage")
    assert maal_i(aftale).beskrivelse == "Pias lange beskrivelse"
    pia.aabn(rod(aftale) + "afsnit/retning/")
    byg.send(aftale, v.skoleleder)
    udfyld(pia, {"tekst": "Pias retning"})
    pia.tryk("Gem", "konflikt-sendt", status=409)
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    pia.tryk("Prøv at gemme igen", "aftale-gemt-efter-sendt")
    assert byg.frisk(aftale).retning == "Pias retning"


# --- by itself -----------------------------------------------------------------------------------------------------
def status(side):
    return side.locator("[data-status]")


def test_gemmer_selv_og_er_en_udgave(som, live_server, v, aftale):
    sted, antal = rod(aftale) + "afsnit/behov/", aftale.udgaver.count()
    side = som(v.paedagogiskleder)
    side.goto(f"{live_server.url}{sted}")
    for tekst in (" Først.", " Og så."):
        side.locator("#id_tekst").press_sequentially(tekst)
        expect(status(side)).to_have_text("")
        expect(status(side)).to_have_text(re.compile(r"^Gemt kl\. \d+\.\d\d$"), timeout=10_000)
    assert "Først. Og så." in byg.frisk(aftale).behov
    assert aftale.udgaver.count() == antal + 1
    with side.expect_navigation():
        side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_text("«Behov og udfordringer» er gemt.")).to_be_visible()
    assert Haendelse.objects.filter(navn="skriv_afsnit", af=v.paedagogiskleder).count() == 1


def test_siden_der_gemmer_selv_naar_det_gaar_og_naar_det_ikke_goer(besoeg, v, aftale):
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(rod(aftale) + "afsnit/behov/")
    pia.side.locator("#id_tekst").press_sequentially("Pias tilføjelse. ")
    expect(status(pia.side)).to_have_text(re.compile("^Gemt"), timeout=10_000)
    pia.doem("afsnit-gemt-selv")
    pia.aabn(rod(aftale) + "afsnit/behov/")
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    pia.side.locator("#id_tekst").press_sequentially("Og mere. ")
    expect(status(pia.side)).to_contain_text("Sanne Lund har rettet i teksten", timeout=10_000)
    pia.doem("afsnit-ikke-gemt-selv")


def test_et_kryds_gemmer_ogsaa_sig_selv(som, live_server, v, aftale):
    maal, side = maal_i(aftale), som(v.paedagogiskleder)
    side.goto(f"{live_server.url}{til_maal(aftale, maal.noegle)}")
    side.get_by_label(re.compile(r"^1\.")).check()
    expect(status(side)).to_have_text(re.compile("^Gemt"), timeout=10_000)
    assert sorted(maal.omraader.values_list("pk", flat=True)) == [1, 3]


def test_holder_op_naar_en_anden_har_rettet_og_knappen_viser_begge(som, live_server, v, aftale):
    side = som(v.paedagogiskleder)
    side.goto(f"{live_server.url}{rod(aftale)}afsnit/behov/")
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    side.locator("#id_tekst").press_sequentially(" Pias tilføjelse.")
    expect(status(side)).to_contain_text("Sanne Lund har rettet i teksten", timeout=10_000)
    assert byg.frisk(aftale).behov == "Sannes tekst."
    with side.expect_navigation():
        side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Din tekst er ikke gemt endnu")
    expect(side.locator("#id_tekst")).to_have_value(re.compile("Pias tilføjelse"))


def test_loginnet_loeber_ud_mens_der_skrives_og_teksten_kommer_igen(som, live_server, v, aftale):
    """The script stops and says so; the button goes by way of the login, where the text is shown and sent."""
    side = som(v.paedagogiskleder)
    side.goto(f"{live_server.url}{rod(aftale)}afsnit/behov/")
    side.context.clear_cookies()
    side.locator("#id_tekst").press_sequentially(" Skrevet uden login.")
    expect(status(side)).to_contain_text("Ikke gemt. Tryk «Gem», så mister du ikke teksten.", timeout=10_000)
    with side.expect_navigation():
        side.get_by_role("button", name="Gem", exact=True).click()
    side.locator("[name=login]").fill(v.paedagogiskleder.email)
    side.locator("[name=password]").fill(ADGANGSKODE)
    with side.expect_navigation():
        side.locator("main").get_by_role("button").first.click()
    expect(side.get_by_text("Skrevet uden login.")).to_be_visible()
    with side.expect_navigation():
        side.locator("main form[method=post]").get_by_role("button").first.click()
    assert "Skrevet uden login." in byg.frisk(aftale).behov


def test_uden_script_gemmer_knappen_det_samme(som, live_server, v, aftale):
    side = som(v.paedagogiskleder, javascript=False)
    side.goto(f"{live_server.url}{rod(aftale)}afsnit/behov/")
    side.locator("#id_tekst").fill("Uden script")
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_text("«Behov og udfordringer» er gemt.")).to_be_visible()
    assert byg.frisk(aftale).behov == "Uden script"
