"""The foundation's own pages: what each person of `verden()` meets, what they never meet, and what it costs."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse

from samarbejde import stik, sundhed, tid, urls
from samarbejde.actions import afslut_rolle, tildel_rolle
from samarbejde.adgang import for_alle_indloggede
from samarbejde.models import Besked, Enhed, Feriedag
from samarbejde.permissions import REGLER, TILLADT, Handling, IkkeTilladtError, Rolle
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.skridt import Skridt
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import distrikt, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db
AFVIST = {
    "maa_ikke": IkkeTilladtError(Handling.UDPEG_LEDER),
    "kan_ikke": IkkeMuligtError("Aftalen er allerede sendt."),
    "regel": ValidationError(["Rollen kan ikke slutte, før den begyndte."]),
    "database": OperationalError("the connection is closed"),
    "django_nej": PermissionDenied(),
    "skummelt": SuspiciousOperation("hemmelig detalje"),
    "data": IntegrityError("duplicate key"),
    "fejl": ZeroDivisionError("hemmelig detalje"),
}


@for_alle_indloggede
def afvis(request, hvordan):
    raise AFVIST[hvordan]


urlpatterns = [*urls.urlpatterns, path("afvis/<hvordan>/", afvis), path("ok/", for_alle_indloggede(HttpResponse))]
handler400, handler403, handler404, handler429, handler500 = (
    urls.handler400, urls.handler403, urls.handler404, urls.handler429, urls.handler500,
)  # fmt: skip


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def kun_grundlaget(monkeypatch):
    """Without what upper apps have plugged in: these pages' own cost and words."""
    for et_stik in (stik.din_tur, stik.start, stik.distrikt, stik.mangler, stik.figurstatus, stik.overblik):
        monkeypatch.setattr(et_stik, "_plugs", {})
    monkeypatch.setattr(stik.menu, "_plugs", {"samarbejde": stik.menu._plugs["samarbejde"]})


def side(klient, hvem, adresse, status=200):
    klient.force_login(hvem)
    svar = klient.get(adresse)
    assert svar.status_code == status, f"{hvem} på {adresse}"
    return svar.content.decode()


# --- the guard -------------------------------------------------------------------------------------------------------
def test_hver_visning_har_en_vagt():
    """Also allauth's: whoever adds an address says who it is for."""
    egne = [moenster for moenster in urls.urlpatterns if isinstance(moenster, URLPattern)]
    assert len(egne) > 20
    assert [str(moenster.pattern) for moenster in egne if not hasattr(moenster.callback, "handling")] == []


@pytest.mark.parametrize("navn", ["start", "haendelser", "post", "al_post", "forvaltning", "account_change_password"])
def test_ingen_kommer_ind_uden_login(client, navn):
    assert client.get(reverse(navn))["Location"] == f"/log-ind/?next={reverse(navn)}"


# --- the start page --------------------------------------------------------------------------------------------------
def test_forsiden_viser_foerst_min_tur_og_saa_de_andres(v, client, kun_grundlaget):
    i_morgen, i_gaar = tid.i_dag() + timedelta(days=1), tid.i_dag() - timedelta(days=1)
    stik.din_tur.tilslut(
        "proeve",
        lambda person: [
            Skridt("KKFO Lindely", "Godkend aftalen", "Linde 2026/27", "/a/", frist=i_morgen),
            Skridt("Du", "Skriv behovet", "Linde 2026/27", "/b/", frist=i_morgen, er_min=True),
            Skridt("Du", "Svar på anmodningen", "Linde", "/c/", frist=i_gaar, er_min=True),
        ],
    )
    tekst = side(client, v.skoleleder, "/")
    assert tekst.index("Svar på anmodningen") < tekst.index("Skriv behovet") < tekst.index("Venter på andre")
    assert "Fristen var" in tekst
    assert "<strong>KKFO Lindely:</strong>" in tekst
    assert "Linde Skoledistrikt" in tekst
    assert "Ege Skoledistrikt" not in tekst


def test_forsiden_uden_noget_at_goere_siger_hvad_man_kan(v, client, kun_grundlaget):
    assert "Det er ikke din tur lige nu" in side(client, v.skoleleder, "/")
    assert "Gå til dit distrikt" in side(client, v.skoleleder, "/")
    assert "Bed din leder eller forvaltningen om at registrere din rolle" in side(client, v.udenfor, "/")


def test_s54_en_rolle_der_er_slut_giver_intet_mere(v, client, kun_grundlaget):
    """S54: ended today is ended now: start page, district and unit."""
    assert "skoleleder på" in side(client, v.skoleleder, "/")
    afslut_rolle(tildeling=v.skoleleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.forvaltning)
    assert "Du har ingen rolle endnu" in side(client, v.skoleleder, "/")
    side(client, v.skoleleder, v.distrikt.get_absolute_url(), status=404)
    side(client, v.skoleleder, v.skole.get_absolute_url(), status=404)


def test_forsiden_koster_fire_foresporgsler_uanset_antal(v, client, kun_grundlaget, django_assert_num_queries):
    client.force_login(v.skoleleder)
    with django_assert_num_queries(4):
        client.get("/")
    for nummer in range(30):
        rolle(v.skoleleder, Rolle.SKOLELEDER, enhed(f"Skole {nummer}", i=distrikt(f"Distrikt {nummer}")))
    with django_assert_num_queries(4):
        client.get("/")


def test_menuen_foelger_retten(v, client):
    assert ">Forvaltning<" not in side(client, v.skoleleder, "/")
    for hvem in (v.forvaltning, v.administrator):
        assert ">Forvaltning<" in side(client, hvem, "/")


# --- who may do what -------------------------------------------------------------------------------------------------
def test_hvem_maa_hvad_er_hele_tabellen_med_regel_og_kilde(v, client):
    tekst = side(client, v.koordinator, "/hjaelp/hvem-maa-hvad/").replace("&#x27;", "'")
    for handling in TILLADT:
        assert f'id="{handling.value}"' in tekst
        assert REGLER[handling].saetning in tekst
        assert REGLER[handling].kilde in tekst
    assert "<strong>koordinator (din rolle)</strong>" in tekst
    assert "skoleleder (din rolle)" not in tekst


def test_hvem_maa_hvad_for_een_rolle(v, client):
    tekst = side(client, v.skoleleder, "/hjaelp/hvem-maa-hvad/?rolle=administrator")
    assert 'id="se_al_post"' in tekst
    assert 'id="godkend"' not in tekst
    assert 'id="godkend"' in side(client, v.skoleleder, "/hjaelp/hvem-maa-hvad/?rolle=vrøvl")


def test_reglerne_er_aabne_for_alle(client):
    svar = client.get("/hjaelp/hvem-maa-hvad/")
    assert svar.status_code == 200
    assert "din rolle" not in svar.content.decode()


# --- units -----------------------------------------------------------------------------------------------------------
def test_en_skoles_side(v, client):
    tekst = side(client, v.paedagogiskleder, v.skole.get_absolute_url())
    for ord in ("Lindeskolen", "Sanne Lund", "skoleleder@demo.example", "Kirsten Ravn", "fra 1. august 2020"):
        assert ord in tekst
    assert "KKFO Lindely" in tekst
    assert "1 har adgang til samarbejdet" in tekst
    assert "Kirsten Ravn er koordinator på Lindeskolen" in tekst.partition("Seneste ændringer")[2]
    assert "Viggo Holm" not in tekst  # staff are a number, never a list, and not one made of events either


def test_s53_naboens_enheder_er_404(v, client):
    """S53: the address of another district's unit or district tells nothing, not even that it exists."""
    for adresse in (v.naboskole.get_absolute_url(), v.nabodistrikt.get_absolute_url(), "/enheder/findes-ikke/"):
        tekst = side(client, v.skoleleder, adresse, status=404)
        assert "Egeskolen" not in tekst
        assert "Siden findes ikke" in tekst


def test_et_link_vises_kun_naar_det_kan_aabnes(v, client):
    tekst = side(client, v.skoleleder, v.center.get_absolute_url())
    assert f'href="{v.skole.get_absolute_url()}"' in tekst
    assert "Egeskolen, skole" in tekst
    assert f'href="{v.naboskole.get_absolute_url()}"' not in tekst


def test_d30_en_beskyttet_leder_er_et_navn_og_ikke_mere(v, client):
    """Decision 30: the display name and the title stand; the mail is nowhere."""
    v.skoleleder.er_beskyttet = True
    v.skoleleder.save()
    for adresse in (v.skole.get_absolute_url(), v.distrikt.get_absolute_url(), "/haendelser/"):
        tekst = side(client, v.paedagogiskleder, adresse)
        assert "Sanne Lund" in tekst
        assert "skoleleder@demo.example" not in tekst


def test_en_ledig_post_siges_og_en_kommende_leder_vises(v, client):
    assert "Posten som leder er ikke besat" in side(client, v.forvaltning, v.selvejende.get_absolute_url())
    ny = person("Maja Måne")
    fra = tid.i_dag() + timedelta(days=10)
    tildel_rolle(person=ny, rolle=Rolle.DAGTILBUDSLEDER, enhed=v.selvejende, gyldig_fra=fra, af=v.forvaltning)
    tekst = side(client, v.forvaltning, v.selvejende.get_absolute_url())
    assert "Posten som leder er ikke besat" in tekst
    assert "Tiltræder" in tekst
    assert "Maja Måne" in side(client, v.skoleleder, v.distrikt.get_absolute_url())


def test_en_konstitueret_og_en_annulleret_leder(v, client):
    rolle(person("Kurt Kort"), Rolle.DAGTILBUDSLEDER, v.selvejende, konstitueret=True, til=date(2099, 1, 1))
    rolle(person("Anna Annulleret"), Rolle.DAGTILBUDSLEDER, v.selvejende, date(2090, 1, 1), date(2090, 1, 1))
    tekst = side(client, v.skoleleder, v.selvejende.get_absolute_url()).partition("Seneste ændringer")[0]
    assert "Konstitueret dagtilbudsleder" in tekst
    assert "til og med 31. december 2098" in tekst
    assert "Anna Annulleret" not in tekst


def test_en_enheds_side_koster_det_samme_med_1_og_50_af_alting(v, client, kun_grundlaget, django_assert_num_queries):
    client.force_login(v.omraadechef)
    with django_assert_num_queries(12):
        client.get(v.omraade.get_absolute_url())
    for nummer in range(50):
        skole = enhed(f"Skole {nummer}", i=v.distrikt, til=v.omraade)
        rolle(person(f"Leder {nummer}"), Rolle.SKOLELEDER, skole)
    with django_assert_num_queries(12):
        client.get(v.omraade.get_absolute_url())
    with django_assert_num_queries(7):
        tekst = client.get(v.distrikt.get_absolute_url()).content.decode()
    assert "Leder 49" in tekst


# --- districts and the municipality ----------------------------------------------------------------------------------
def test_et_distrikts_side_med_en_boks_fra_en_anden_app(v, client, kun_grundlaget):
    boks = stik.Boks("Årets aftale", "komponenter/tom.html", {})
    stik.distrikt.tilslut("proeve", lambda distrikt, person: [boks])
    tekst = side(client, v.skoleleder, v.distrikt.get_absolute_url())
    for ord in ("Årets aftale", "Lindeskolen", "KKFO Lindely", "Fritidscenter Havnen", "Børnehuset Månen", "Otto Øst"):
        assert ord in tekst
    assert "Egeskolen" not in tekst
    assert tekst.count("<h1>") == 1


def test_et_tomt_distrikt_siger_hvem_der_registrerer(v, client):
    nyt = distrikt("Ny Skoledistrikt")
    assert "Forvaltningen registrerer dem" in side(client, v.forvaltning, nyt.get_absolute_url())


def test_s53_forvaltningens_overblik_er_ikke_for_ledere(v, client):
    """S53: refused with the rule, its source and who can; the way on is there."""
    tekst = side(client, v.omraadechef, "/forvaltning/", status=403)
    assert "Overblikket på tværs af distrikter er for forvaltning og administrator." in tekst
    assert "Kilde: Lokal praksis" in tekst
    assert "<li>forvaltning</li>" in tekst


def test_overblikket_viser_distrikter_ledige_poster_og_friskhed(v, client, kun_grundlaget):
    Feriedag.objects.create(navn="Sommerferie", fra=date(2027, 6, 26), til_og_med=date(2027, 8, 8))
    stik.overblik.tilslut(
        "Aftalen i år", lambda distrikter, person: {v.distrikt.pk: stik.Celle("Kladde", "info", "/a/")}
    )
    tekst = side(client, v.forvaltning, "/forvaltning/")
    assert '<a href="/a/"><span class="badge badge-info">Kladde</span>' in tekst
    assert '<span class="sr-only">, Aftalen i år i Linde Skoledistrikt</span>' in tekst
    assert "Børnehuset Månen" in tekst
    assert "Dækker til og med 8. august 2027" in tekst
    assert "Sidst ændret" in tekst


def test_overblikket_koster_det_samme_ved_2_og_80_distrikter(v, client, kun_grundlaget, django_assert_num_queries):
    client.force_login(v.forvaltning)
    stik.overblik.tilslut("a", lambda distrikter, person: {})
    with django_assert_num_queries(8):
        client.get("/forvaltning/")
    for nummer in range(78):
        distrikt(f"Distrikt {nummer}")
    with django_assert_num_queries(8):
        tekst = client.get("/forvaltning/").content.decode()
    assert tekst.count('<th scope="row">') == 50
    assert client.get("/forvaltning/?side=2").content.decode().count('<th scope="row">') == 30
    assert client.get("/forvaltning/?side=vrøvl").status_code == 200


def test_et_nyt_system_siger_hvad_man_goer_foerst(client):
    """No district at all: an administrator on the first day."""
    kommune = enhed("Kommunen", Enhed.Art.FORVALTNING)
    anders = person("Anders Bøg")
    rolle(anders, Rolle.ADMINISTRATOR, kommune)
    assert "Indlæs organisationen først" in side(client, anders, "/forvaltning/")


# --- public pages ----------------------------------------------------------------------------------------------------
def test_offentlige_sider_siger_intet_om_nogen(v, client, django_assert_num_queries):
    for adresse in ("/healthz", "/was", "/tilgaengelighed/", "/.well-known/security.txt", "/hjaelp/hvem-maa-hvad/"):
        with django_assert_num_queries(0):
            tekst = client.get(adresse).content.decode()
        assert "Lindeskolen" not in tekst
        assert "Sanne" not in tekst


def test_was_foerer_til_erklaeringen_og_erklaeringen_er_aerlig(client, settings):
    assert client.get("/was")["Location"] == "/tilgaengelighed/"
    assert "har endnu ikke offentliggjort" in client.get("/tilgaengelighed/").content.decode()
    settings.DRIFT = {**settings.DRIFT, "was": "https://www.was.digst.dk/kommune", "kontakt": "hjaelp@kommune.example"}
    tekst = client.get("/tilgaengelighed/").content.decode()
    assert 'href="https://www.was.digst.dk/kommune"' in tekst
    assert "mailto:hjaelp@kommune.example" in tekst


def test_security_txt_er_efter_rfc_9116(client, settings):
    settings.DRIFT = {**settings.DRIFT, "sikkerhed": "mailto:sikkerhed@kommune.example"}
    with tid.frys(tid.datetime.fromisoformat("2026-11-23T12:00+01:00")):
        svar = client.get("/.well-known/security.txt")
    assert svar["Content-Type"].startswith("text/plain")
    felter = dict(linje.split(": ", 1) for linje in svar.content.decode().splitlines())
    assert felter["Contact"] == "mailto:sikkerhed@kommune.example"
    assert felter["Expires"] == "2027-05-22T00:00:00Z"
    assert felter["Canonical"] == "http://testserver/.well-known/security.txt"


def test_readyz_siger_om_posten_flytter_sig(v, client):
    sundhed._er_migreret.cache_clear()
    assert json.loads(client.get("/readyz").content)["klar"] is True
    underret(til=v.skoleleder, emne="Nyt", tekst="Nyt", noegle="n", levering=Levering.BESTILT)
    Besked.objects.update(tidligst_den=tid.nu() - timedelta(minutes=40))
    svar = client.get("/readyz")
    assert svar.status_code == 200
    assert json.loads(svar.content)["post"] == {"aeldste_forfaldne_minutter": 40, "fejlede": 0}
    assert "db_worker" in svar.content.decode()
    assert "Sanne" not in svar.content.decode()
    Besked.objects.update(tilstand="fejlet")
    assert "ikke kunne afleveres" in client.get("/readyz").content.decode()


def test_readyz_er_503_naar_databasen_er_vaek_eller_gammel(client, monkeypatch):
    def vaek():
        raise OperationalError("password=hemmelig")

    monkeypatch.setattr(sundhed, "_post", vaek)
    svar = client.get("/readyz")
    assert svar.status_code == 503
    assert "hemmelig" not in svar.content.decode()
    monkeypatch.undo()
    sundhed._er_migreret.cache_clear()
    monkeypatch.setattr(sundhed.MigrationExecutor, "migration_plan", lambda self, maal: ["0009"])
    svar = client.get("/readyz")
    assert svar.status_code == 503
    assert json.loads(svar.content)["migrationer"] == "mangler"
    monkeypatch.undo()
    assert client.get("/readyz").status_code == 200


def test_haelder_advarsler_fra_miljoeet_paa_readyz(client, settings):
    settings.MILJOE.advarsler.append("SEGL_P12 mangler.")
    try:
        assert "SEGL_P12 mangler." in json.loads(client.get("/readyz").content)["advarsler"]
    finally:
        settings.MILJOE.advarsler.remove("SEGL_P12 mangler.")


# --- refusals and faults: every one is a page in Danish --------------------------------------------------------------
@pytest.mark.parametrize(
    ("hvordan", "status", "ord"),
    [
        ("maa_ikke", 403, "Ledere udpeges af forvaltning eller administrator"),
        ("kan_ikke", 409, "Aftalen er allerede sendt."),
        ("regel", 409, "Rollen kan ikke slutte, før den begyndte."),
        ("database", 503, "Systemet holder en kort pause"),
        ("django_nej", 403, "Det kan du ikke gøre"),
        ("skummelt", 400, "Forespørgslen kunne ikke bruges"),
        ("data", 500, "Der gik noget galt hos os"),
        ("fejl", 500, "Der gik noget galt hos os"),
    ],
)
def test_hver_afvisning_er_en_side_paa_dansk(v, client, settings, hvordan, status, ord):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    tekst = side(client, v.skoleleder, f"/afvis/{hvordan}/", status=status)
    assert ord in tekst
    assert "hemmelig detalje" not in tekst
    assert "connection" not in tekst


@pytest.mark.parametrize("kom_fra", ["https://ondt.example/", "javascript:alert(1)", ""])
def test_vejen_tilbage_foerer_aldrig_ud_af_huset(v, client, settings, kom_fra):
    settings.ROOT_URLCONF = __name__
    client.force_login(v.skoleleder)
    tekst = client.get("/afvis/kan_ikke/", headers={"Referer": kom_fra}).content.decode()
    assert "ondt.example" not in tekst
    assert "javascript:" not in tekst
    assert "Gå til forsiden" in tekst


def test_en_adresse_der_ikke_findes_er_en_side_med_vej_videre(v, client):
    assert "Gå til forsiden" in client.get("/findes-ikke/").content.decode()
    assert "Siden findes ikke" in side(client, v.skoleleder, "/findes-ikke/", status=404)
    assert "Siden findes ikke" in side(client, v.skoleleder, "/?x=%00", status=404)


def test_sider_for_en_person_gemmes_ikke_i_mellemled(v, client):
    client.force_login(v.skoleleder)
    svar = client.get("/")
    assert svar["Cache-Control"] == "no-store, private"
    assert "default-src 'self'" in svar["Content-Security-Policy"]
    assert "unsafe" not in svar["Content-Security-Policy"]
