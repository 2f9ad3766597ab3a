"""Ending a role from its page (S54, S55, decisions 3, 4 and 9): who may, what is asked, and what goes wrong."""

from datetime import timedelta

import pytest
from django.test import Client

from samarbejde import tid
from samarbejde.actions import afslut_rolle, ret_rolle
from samarbejde.models import Haendelse, Overdragelse, Person, Rolletildeling
from samarbejde.organisation import luk_enhed
from samarbejde.permissions import REGLER, Handling, Rolle, maa
from tests.fabrik import FRA, Art, enhed, person, rolle, verden
from tests.ressourcecenter.byg import forum, ressourceperson, stedfortraeder

pytestmark = pytest.mark.django_db
NOTE = "Mødeplanen ligger i skabet ved kopimaskinen."


@pytest.fixture
def v():
    return verden()


def om(dage):
    return tid.i_dag() + timedelta(days=dage)


def adresse(tildeling):
    return f"/roller/{tildeling.pk}/afslut/"


def egen(hvem):
    return hvem.rolletildelinger.get()


def data(tildeling, sidste_dag=None, **felter):
    slut = tildeling.gyldig_til.isoformat() if tildeling.gyldig_til else ""
    return {"slut_set": slut, "sidste_dag": (sidste_dag or tid.i_dag()).isoformat(), "note": NOTE, **felter}


def send(client, hvem, tildeling, sidste_dag=None, **felter):
    client.force_login(hvem)
    return client.post(adresse(tildeling), data(tildeling, sidste_dag, **felter))


def side(response):
    return response.content.decode()


def slutter(tildeling):
    tildeling.refresh_from_db()
    return tildeling.gyldig_til


# --- who may -----------------------------------------------------------------------------------------------------
def ventet(v, hvem, tildeling):
    """Written by hand, beside the table: 200, 403 with the rule, or 404."""
    hvor, rolle_ = tildeling.enhed, tildeling.rolle
    ledere = {v.skole: v.skoleleder, v.naboskole: v.naboskoleleder, v.kkfo: v.paedagogiskleder, v.center: v.centerleder}
    if not maa(hvem, Handling.SE_ENHED, hvor):
        return 404
    if rolle_ in {Rolle.MEDARBEJDER, Rolle.KOORDINATOR}:
        if hvem == ledere.get(hvor):
            return 200
    elif hvem in {v.forvaltning, v.administrator}:
        return 200
    vist = rolle_ not in {Rolle.MEDARBEJDER, Rolle.FORVALTNING, Rolle.ADMINISTRATOR}
    return 403 if vist or hvem == tildeling.user else 404


def test_s53_hver_rolle_for_hver_person(v):
    """The sweep for the address whose right depends on the role: GET and a hand-made POST."""
    set_ = set()
    for hvem in Person.objects.all():
        klient = Client()
        klient.force_login(hvem)
        for tildeling in Rolletildeling.objects.select_related("user", "permission", "content_object"):
            status = ventet(v, hvem, tildeling)
            set_.add((status, tildeling.rolle))
            assert klient.get(adresse(tildeling)).status_code == status, f"{hvem}: {tildeling}"
            if status != 200:
                assert klient.post(adresse(tildeling), {"sidste_dag": "2026-01-01"}).status_code == status
    assert {rolle_ for status, rolle_ in set_ if status == 200} == set(Rolle)
    assert {rolle_ for status, rolle_ in set_ if status == 403} >= {Rolle.SKOLELEDER, Rolle.KOORDINATOR}
    assert {rolle_ for status, rolle_ in set_ if status == 404} == set(Rolle)
    assert not Overdragelse.objects.exists()


@pytest.mark.parametrize(
    ("hvem", "hvis", "handling"),
    [
        ("koordinator", "koordinator", Handling.UDPEG_KOORDINATOR),
        ("forvaltning", "koordinator", Handling.UDPEG_KOORDINATOR),
        ("medarbejder", "medarbejder", Handling.REGISTRER_MEDARBEJDER),
        ("skoleleder", "paedagogiskleder", Handling.UDPEG_LEDER),
    ],
)
def test_s53_den_der_ikke_maa_ser_reglen_for_netop_den_rolle(v, client, hvem, hvis, handling):
    client.force_login(getattr(v, hvem))
    response = client.get(adresse(egen(getattr(v, hvis))))
    assert response.status_code == 403
    assert REGLER[handling].saetning in side(response)


def test_beslutning_4_en_stedfortraeder_afsluttes_af_lederen_selv_og_udpeger_ikke_koordinatorer(v, client):
    vikar = stedfortraeder(v.vejleder, v.skole)
    client.force_login(v.vejleder)
    assert client.get(adresse(egen(v.koordinator))).status_code == 403
    assert client.get(adresse(vikar)).status_code == 403
    client.force_login(v.skoleleder)
    assert client.get(adresse(vikar)).status_code == 200
    assert send(client, v.skoleleder, vikar).status_code == 302
    assert slutter(vikar) == tid.i_dag()


def test_en_rolle_der_ikke_findes(v, client):
    client.force_login(v.forvaltning)
    assert client.get("/roller/999999/afslut/").status_code == 404


# --- what the page shows -----------------------------------------------------------------------------------------
def test_siden_viser_alt_der_haenger_paa_rollen(v, client):
    rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    client.force_login(v.skoleleder)
    tekst = side(client.get(adresse(v.vejleder.rolletildelinger.get(permission__codename="medarbejder"))))
    for ord_ in ("Viggo Holm", "Medarbejder", "Lindeskolen", "fra 1. august 2020", "Det slutter samtidig",
                 "Det skal have en ny", "Ressourceperson (", f'href="/ressourcecentre/{v.skole.slug}/"'):  # fmt: skip
        assert ord_ in tekst, ord_


def test_siden_koster_det_samme_med_1_og_20_ting(v, client, django_assert_num_queries):
    job = egen(v.vejleder)
    client.force_login(v.skoleleder)
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    client.get(adresse(job))
    with django_assert_num_queries(12):
        client.get(adresse(job))
    for _ in range(20):
        ressourceperson(forum(v.skole), v.vejleder, v.skole)
    with django_assert_num_queries(12):
        client.get(adresse(job))


def test_en_get_aendrer_intet(v, client):
    foer = Haendelse.objects.count()
    client.force_login(v.forvaltning)
    client.get(adresse(egen(v.skoleleder)))
    assert (Haendelse.objects.count(), slutter(egen(v.skoleleder))) == (foer, None)


# --- the last day ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("sidste_dag", "gyldig_til"), [(0, 0), (5, 6), (-1, 0), (-30, -29)])
def test_s54_i_dag_slutter_nu_og_en_anden_dag_til_og_med(v, client, sidste_dag, gyldig_til):
    job = egen(v.vejleder)
    assert send(client, v.skoleleder, job, om(sidste_dag)).status_code == 302
    assert slutter(job) == om(gyldig_til)


@pytest.mark.parametrize(
    ("sidste_dag", "ord_"),
    [
        (FRA - timedelta(days=1), "begyndte 1. august 2020. Vælg den dag eller en senere."),
        (om(61), "Rollen slutter allerede"),
    ],
)
def test_en_dag_uden_for_rollen_afvises_og_noten_bliver(v, client, sidste_dag, ord_):
    job = egen(v.vejleder)
    ret_rolle(tildeling=job, af=None, gyldig_til=om(60))
    job.refresh_from_db()
    tekst = side(send(client, v.skoleleder, job, sidste_dag))
    assert ord_ in tekst
    assert NOTE in tekst
    assert (slutter(job), Overdragelse.objects.count()) == (om(60), 0)


def test_vroevl_i_felterne(v, client):
    job = egen(v.vejleder)
    client.force_login(v.skoleleder)
    for felter in (
        {"sidste_dag": "i går"},
        {"sidste_dag": ""},
        {"overtager": "999999"},
        {"overtager": str(v.forvaltning.pk)},
        {"note": "Ring til 010190-1234."},
        {"note": "x" * 4001},
    ):
        response = client.post(adresse(job), {**data(job), **felter})
        assert response.status_code == 200
        assert "fejlopsummering" in side(response)
    assert slutter(job) is None


def test_en_rolle_der_ikke_er_begyndt_annulleres(v, client):
    ny = rolle(person("Freja Fremtid"), Rolle.MEDARBEJDER, v.skole, fra=om(20))
    client.force_login(v.skoleleder)
    tekst = side(client.get(adresse(ny)))
    assert "annulleret" in tekst
    assert "sidste_dag" not in tekst
    for _ in range(2):
        assert client.post(adresse(ny), {"slut_set": "", "note": ""}).status_code == 302
    assert slutter(ny) == om(20)
    assert Overdragelse.objects.count() == 1


# --- the last leader ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hvem", "imens"),
    [
        ("skoleleder", "Imens handler den, som forvaltningen konstituerer."),
        ("paedagogiskleder", "Imens handler skolelederen på Lindeskolen for enheden."),
        ("dagtilbudsleder", "Imens handler klyngelederen for Klynge Nord for enheden."),
        ("centerleder", "Imens handler klyngelederen for Klynge Nord for enheden."),
    ],
)
def test_beslutning_2_og_3_den_sidste_leder_kan_ikke_bare_forsvinde(v, client, hvem, imens):
    job = egen(getattr(v, hvem))
    tekst = side(send(client, v.forvaltning, job))
    assert f"{job.user} er den sidste leder af {job.enhed}." in tekst
    assert imens in tekst
    assert NOTE in tekst
    assert slutter(job) is None
    assert send(client, v.forvaltning, job, staar_tom="on").status_code == 302
    assert slutter(job) == tid.i_dag()
    (linje,) = [en for en in Overdragelse.objects.get().linjer if "står tom" in en["hvad"]]
    assert linje["bliver"] == "skal_have_ny"


def test_en_stedfortraeder_fylder_ikke_posten_og_det_goer_en_leder_der_tiltraeder_senere_heller_ikke(v, client):
    stedfortraeder(v.vejleder, v.skole)
    rolle(person("Sofie Senere"), Rolle.SKOLELEDER, v.skole, fra=om(30))
    assert "er den sidste leder" in side(send(client, v.forvaltning, egen(v.skoleleder)))
    assert send(client, v.forvaltning, egen(v.skoleleder), om(29)).status_code == 302


def test_en_lukket_enhed_behoever_ingen_leder(v, client):
    luk_enhed(enhed=v.boernehus, gyldig_til=om(10), af=None)
    assert send(client, v.forvaltning, egen(v.dagtilbudsleder), om(9)).status_code == 302


def test_bestyrelsen_handler_for_en_selvejende_uden_klynge(v, client):
    huset = enhed("Huset", Art.DAGINSTITUTION, i=v.distrikt, ejerform="selvejende")
    job = rolle(person("Line Leder"), Rolle.DAGTILBUDSLEDER, huset)
    assert "som bestyrelsen konstituerer" in side(send(client, v.forvaltning, job))


# --- the successor -----------------------------------------------------------------------------------------------
def test_beslutning_9_efterfoelgeren_bliver_leder_fra_den_dag_rollen_slutter(v, client):
    ny = person("Nora Ny", email="nora@demo.example")
    assert send(client, v.forvaltning, egen(v.skoleleder), om(9), efterfoelger="NORA@demo.example").status_code == 302
    udpeget = egen(ny)
    assert (udpeget.rolle, udpeget.enhed, udpeget.gyldig_fra) == (Rolle.SKOLELEDER, v.skole, om(10))
    assert (udpeget.tildelt_af, slutter(egen(v.skoleleder))) == (v.forvaltning, om(10))
    assert Overdragelse.objects.get().efterfoelger == ny


def test_efterfoelgeren_der_allerede_leder_enheden_udpeges_ikke_igen(v, client):
    nabo = rolle(v.naboskoleleder, Rolle.SKOLELEDER, v.skole)
    assert send(client, v.forvaltning, egen(v.skoleleder), efterfoelger=v.naboskoleleder.email).status_code == 302
    assert list(v.skole.rolletildelinger.gaeldende().med_rolle(Rolle.SKOLELEDER)) == [nabo]


@pytest.mark.parametrize(
    ("felter", "ord_"),
    [
        ({"efterfoelger": "ingen@demo.example"}, "Ingen har en konto med den e-mail."),
        ({"efterfoelger": "ikke en mail"}, "Skriv en e-mail"),
        ({"efterfoelger": "skoleleder@demo.example"}, "kan ikke efterfølge sig selv"),
        ({"efterfoelger": "vejleder@demo.example", "staar_tom": "on"}, "Vælg det ene."),
        ({"efterfoelger": "lukket@demo.example"}, "er lukket. Vælg en anden"),
        ({"efterfoelger": "senere@demo.example"}, "er allerede skoleleder på Lindeskolen i en del af perioden."),
    ],
)
def test_en_efterfoelger_der_ikke_kan_bruges(v, client, felter, ord_):
    person("Lone Lukket", email="lukket@demo.example", lukket_den=tid.nu())
    rolle(person("Sofie Senere", email="senere@demo.example"), Rolle.SKOLELEDER, v.skole, fra=om(30))
    job, foer = egen(v.skoleleder), Haendelse.objects.count()
    tekst = side(send(client, v.forvaltning, job, **felter))
    assert ord_ in tekst
    assert NOTE in tekst
    assert (slutter(job), Haendelse.objects.count(), Overdragelse.objects.count()) == (None, foer, 0)


def test_s28_en_skole_faar_ikke_to_skoleledere_af_en_overdragelse(v, client):
    """The successor is appointed by the same rules as anybody else."""
    rolle(person("Sofie Senere"), Rolle.SKOLELEDER, v.skole, fra=om(30))
    tekst = side(send(client, v.forvaltning, egen(v.skoleleder), efterfoelger=v.naboskoleleder.email))
    assert "En skole har kun én ad gangen." in tekst
    assert slutter(egen(v.skoleleder)) is None


def test_forvaltningen_finder_vejen_paa_enhedens_side_og_andre_ser_den_ikke(v, client):
    for hvem, ses in ((v.forvaltning, True), (v.administrator, True), (v.skoleleder, False), (v.koordinator, False)):
        client.force_login(hvem)
        tekst = side(client.get(v.skole.get_absolute_url()))
        assert (adresse(egen(v.skoleleder)) in tekst) == ses, hvem
        assert adresse(egen(v.koordinator)) not in tekst


def test_en_leder_vaelger_blandt_enhedens_folk_og_udpeger_ingen(v, client):
    kollega = person("Karla Kollega")
    rolle(kollega, Rolle.MEDARBEJDER, v.skole)
    client.force_login(v.skoleleder)
    job = egen(v.vejleder)
    tekst = side(client.get(adresse(job)))
    assert 'name="efterfoelger"' not in tekst
    assert "Karla Kollega" in tekst
    assert "Mette Bak" not in tekst
    assert send(client, v.skoleleder, job, overtager=kollega.pk).status_code == 302
    assert kollega.rolletildelinger.count() == 1
    assert Overdragelse.objects.get().efterfoelger == kollega


def test_en_haandlavet_formular_udpeger_ingen_leder(v, client):
    job = egen(v.vejleder)
    send(client, v.skoleleder, job, efterfoelger=v.naboskoleleder.email, staar_tom="on")
    assert Overdragelse.objects.get().efterfoelger is None
    assert v.naboskoleleder.rolletildelinger.count() == 1


def test_beslutning_1_koordinatorens_arbejde_kan_gaa_til_en_fra_fritid(v, client):
    assert send(client, v.skoleleder, egen(v.koordinator), overtager=v.medarbejder.pk).status_code == 302
    assert v.medarbejder.rolletildelinger.count() == 1


# --- what happens meanwhile --------------------------------------------------------------------------------------
def test_to_tryk_er_en_afslutning(v, client):
    job, foer = egen(v.vejleder), Haendelse.objects.count()
    skrevet = data(job, om(3))
    client.force_login(v.skoleleder)
    svar = {client.post(adresse(job), skrevet)["Location"] for _ in range(2)}
    assert len(svar) == 1
    assert Haendelse.objects.count() == foer + 2
    assert v.vejleder.beskeder.count() == 1


def test_rollen_er_afsluttet_imens_og_noten_er_der_endnu(v, client):
    job = egen(v.vejleder)
    skrevet = data(job)
    afslut_rolle(tildeling=job, gyldig_til=tid.i_dag(), af=None)
    client.force_login(v.skoleleder)
    response = client.post(adresse(job), skrevet)
    assert response.status_code == 409
    assert "Rollen er allerede slut" in side(response)
    assert NOTE in side(response)
    assert "Afslut rollen</button>" not in side(response)
    assert not Overdragelse.objects.exists()


def test_perioden_er_aendret_imens_og_naeste_tryk_gaelder_den_nye(v, client):
    job = egen(v.vejleder)
    skrevet = data(job)
    ret_rolle(tildeling=job, af=None, gyldig_til=om(30))
    client.force_login(v.skoleleder)
    response = client.post(adresse(job), skrevet)
    assert response.status_code == 409
    assert "Rollen blev ændret, mens du skrev" in side(response)
    assert f'name="slut_set" value="{om(30).isoformat()}"' in side(response)
    assert NOTE in side(response)
    assert slutter(job) == om(30)
    assert client.post(adresse(job), {**skrevet, "slut_set": om(30).isoformat()}).status_code == 302
    assert slutter(job) == tid.i_dag()


@pytest.mark.parametrize("slut_set", ["i går", "2026-13-45"])
def test_en_slutdato_der_ikke_kan_laeses_er_ikke_set(v, client, slut_set):
    job = egen(v.vejleder)
    client.force_login(v.skoleleder)
    assert client.post(adresse(job), {**data(job), "slut_set": slut_set}).status_code == 409
    assert slutter(job) is None


def test_s54_min_egen_rolle_slutter_imens_og_jeg_faar_mine_ord_igen(v, client):
    job = egen(v.vejleder)
    client.force_login(v.skoleleder)
    afslut_rolle(tildeling=egen(v.skoleleder), gyldig_til=tid.i_dag(), af=None)
    response = client.post(adresse(job), data(job))
    assert response.status_code == 404
    assert NOTE in side(response)
    assert slutter(job) is None


def test_aabnet_for_sent_foerer_til_overdragelsen_eller_enheden(v, client):
    job = egen(v.vejleder)
    send(client, v.skoleleder, job)
    response = client.get(adresse(job))
    assert response["Location"] == Overdragelse.objects.get().get_absolute_url()
    afslut_rolle(tildeling=egen(v.koordinator), gyldig_til=tid.i_dag(), af=None)
    assert client.get(adresse(egen(v.koordinator)))["Location"] == v.skole.get_absolute_url()
