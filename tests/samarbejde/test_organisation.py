"""Units, districts, links, people and holidays change through actions: rules held, one event each (D27, D39)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from samarbejde import organisationsregler
from samarbejde.actions import ret_rolle, tildel_roller
from samarbejde.models import Enhed, Enhedstilknytning, Feriedag, Haendelse, Person
from samarbejde.organisation import (
    afslut_tilknytning,
    luk_distrikt,
    luk_enhed,
    opret_distrikt,
    opret_enhed,
    opret_ferie,
    opret_person,
    opret_personer,
    ret_distrikt,
    ret_enhed,
    ret_ferie,
    ret_person,
    ret_tilknytning,
    tilknyt,
)
from samarbejde.permissions import IkkeTilladtError, Rolle
from tests.fabrik import FRA, distrikt, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db
Art = Enhed.Art


def seneste():
    return Haendelse.objects.first()


# --- the trail ---------------------------------------------------------------------------------------------------
def test_d39_hver_aendring_giver_en_haendelse_med_underskriver():
    v = verden()
    foer = Haendelse.objects.count()
    ret_enhed(enhed=v.skole, af=v.forvaltning, navn="Lindeskolen ved Åen")
    assert Haendelse.objects.count() == foer + 1
    assert (seneste().af, seneste().navn, seneste().rod_id) == (v.forvaltning, "ret_enhed", v.skole.pk)
    assert seneste().aendringer == [("navn", "Lindeskolen", "Lindeskolen ved Åen")]


def test_d39_en_rettelse_der_intet_aendrer_skriver_intet(django_assert_num_queries):
    skole, foer = enhed("Lindeskolen"), Haendelse.objects.count()
    efter = ret_enhed(enhed=skole, af=None, navn="Lindeskolen", gyldig_fra=FRA)
    assert (efter, Haendelse.objects.count()) == (skole, foer)


@pytest.mark.parametrize(
    ("ret", "felter"),
    [
        (lambda: ret_enhed(enhed=enhed("A"), af=None, art="klynge"), "art"),
        (lambda: ret_enhed(enhed=enhed("A"), af=None, slug="b"), "slug"),
        (lambda: ret_distrikt(distrikt=distrikt("A"), af=None, kode="b"), "kode"),
        (lambda: ret_person(person=person("A"), af=None, lukket_den=None), "lukket_den"),
    ],
)
def test_d27_kode_slug_og_art_kan_ikke_rettes(ret, felter):
    with pytest.raises(TypeError, match=felter):
        ret()


@pytest.mark.parametrize("hvem", ["skoleleder", "klyngeleder", "omraadechef", "medarbejder", "udenfor"])
def test_kun_forvaltning_og_administrator_aendrer_organisationen(hvem):
    v = verden()
    foer = Haendelse.objects.count()
    for handling in (
        lambda af: opret_enhed(af=af, kode="ny", navn="Ny", art=Art.SKOLE, gyldig_fra=FRA),
        lambda af: opret_distrikt(af=af, kode="ny", navn="Ny", gyldig_fra=FRA),
        lambda af: opret_person(af=af, navn="Ny", email="ny@demo.example"),
        lambda af: opret_ferie(af=af, navn="Ny", fra=FRA, til_og_med=FRA),
        lambda af: tilknyt(af=af, enhed=v.selvejende, til=v.nabodistrikt, gyldig_fra=FRA),
        lambda af: luk_enhed(af=af, enhed=v.skole, gyldig_til=date(2027, 8, 1)),
    ):
        with pytest.raises(IkkeTilladtError):
            handling(getattr(v, hvem))
    assert Haendelse.objects.count() == foer
    assert opret_enhed(af=v.administrator, kode="ny", navn="Ny", art=Art.SKOLE, gyldig_fra=FRA).slug == "ny"


# --- units and districts -----------------------------------------------------------------------------------------
def test_d27_at_lukke_en_enhed_sletter_ingen_historie():
    v = verden()
    roller, links = v.kkfo.rolletildelinger.count(), v.kkfo.tilknytninger.count()
    lukket = luk_enhed(enhed=v.kkfo, gyldig_til=date(2027, 8, 1), af=v.forvaltning, efterfoelger=v.nabokkfo)
    assert not lukket.gaelder(date(2027, 8, 1))
    assert lukket.gaelder(date(2027, 7, 31))
    assert lukket.efterfoelger == v.nabokkfo
    assert (lukket.rolletildelinger.count(), lukket.tilknytninger.count()) == (roller, links)
    assert seneste().saetning == "KKFO Lindely gælder til og med 31. juli 2027."


def test_d27_et_distrikt_lukker():
    lukket = luk_distrikt(distrikt=distrikt("Linde"), gyldig_til=date(2027, 8, 1), af=None)
    assert (lukket.gyldig_til, seneste().navn) == (date(2027, 8, 1), "luk_distrikt")


def test_to_enheder_med_samme_navn_faar_hver_sin_adresse():
    assert [enhed("Ås Ældrehus").slug for _ in range(2)] == ["aas-aeldrehus", "aas-aeldrehus-2"]


@pytest.mark.parametrize(
    ("handling", "grund"),
    [
        (lambda: [enhed("A", kode="k"), distrikt("B", kode="k")], "Koden k er allerede brugt"),
        (lambda: [distrikt("B", kode="k"), enhed("A", kode="k")], "Koden k er allerede brugt"),
        (lambda: enhed("A", art="kiosk"), "kiosk"),
        (lambda: enhed(""), "navn"),
        (lambda: enhed("A" * 121), "120"),
        (lambda: enhed("A", er_kkfo=True), "Kun en kommunal fritidsinstitution kan være KKFO"),
        (lambda: enhed("A", gyldig_til=date(2020, 7, 31)), "kan ikke slutte, før den begynder"),
        (lambda: luk_enhed(enhed=enhed("A"), gyldig_til=date(2019, 1, 1), af=None), "kan ikke slutte, før"),
        (lambda: ret_enhed(enhed=enhed("A"), af=None, efterfoelger=enhed("B")), "først få en efterfølger, når den"),
    ],
)
def test_d27_en_ugyldig_enhed_afvises(handling, grund):
    with pytest.raises(ValidationError, match=grund):
        handling()


def test_d27_to_enheder_kan_ikke_efterfoelge_hinanden():
    a, b, slut = enhed("A"), enhed("B"), date(2027, 8, 1)
    luk_enhed(enhed=a, gyldig_til=slut, af=None, efterfoelger=b)
    with pytest.raises(ValidationError, match="kan ikke efterfølge sig selv"):
        luk_enhed(enhed=b, gyldig_til=slut, af=None, efterfoelger=a)
    with pytest.raises(ValidationError, match="kan ikke efterfølge sig selv"):
        luk_enhed(enhed=b, gyldig_til=slut, af=None, efterfoelger=b)


# --- links -------------------------------------------------------------------------------------------------------
def test_d27_en_tilknytning_har_en_periode_og_kan_komme_igen():
    v = verden()
    link = Enhedstilknytning.objects.get(enhed=v.boernehus, til=v.klynge)
    afslut_tilknytning(tilknytning=link, gyldig_til=date(2025, 8, 1), af=v.forvaltning)
    assert (seneste().navn, seneste().rod_id) == ("afslut_tilknytning", v.boernehus.pk)
    igen = tilknyt(enhed=v.boernehus, til=v.klynge, gyldig_fra=date(2026, 8, 1), af=v.forvaltning)
    with pytest.raises(ValidationError, match="allerede tilknyttet Klynge Nord i en del af perioden"):
        ret_tilknytning(tilknytning=igen, af=v.forvaltning, gyldig_fra=date(2025, 7, 31))
    assert ret_tilknytning(tilknytning=igen, af=v.forvaltning, gyldig_fra=date(2025, 8, 1)).gyldig_til is None


@pytest.mark.parametrize(
    ("fra", "til", "grund"),
    [
        ("skole", "klynge", r"Lindeskolen \(skole\) kan ikke tilknyttes Klynge Nord \(klynge\)"),
        ("boernehus", "skole", "kan ikke tilknyttes Lindeskolen"),
        ("klynge", "distrikt", "kan ikke ligge i et skoledistrikt"),
        ("kommune", "distrikt", "kan ikke ligge i et skoledistrikt"),
        ("skole", "distrikt", "er allerede i Linde Skoledistrikt i en del af perioden"),
        ("boernehus", "klynge", "er allerede tilknyttet Klynge Nord i en del af perioden"),
        ("kkfo", "naboskole", "hører allerede til Lindeskolen. Den kan kun have én skole"),
    ],
)
def test_d27_en_tilknytning_der_ikke_passer_afvises(fra, til, grund):
    v = verden()
    with pytest.raises(ValidationError, match=grund):
        tilknyt(enhed=getattr(v, fra), til=getattr(v, til), gyldig_fra=date(2026, 8, 1), af=None)


def test_s25_en_skole_har_en_fritidsinstitution_men_en_privat_kan_staa_ved_siden_af():
    v = verden()
    with pytest.raises(ValidationError, match="Lindeskolen har allerede fritidsinstitutionen KKFO Lindely"):
        enhed("Fritidshjemmet Fyr", Art.FRITIDSINSTITUTION, til=v.skole, ejerform="selvejende")
    assert enhed("Privathjemmet Fyr", Art.FRITIDSINSTITUTION, til=v.skole, ejerform="privat").pk


def test_s25_den_naeste_fritidsinstitution_kan_begynde_dagen_efter_den_foerste():
    v = verden()
    afslut_tilknytning(tilknytning=v.kkfo.tilknytninger.get(), gyldig_til=date(2026, 8, 1), af=None)
    ny = enhed("KKFO Nye Linde", Art.FRITIDSINSTITUTION)
    assert tilknyt(enhed=ny, til=v.skole, gyldig_fra=date(2026, 8, 1), af=None).pk


def test_d27_en_annulleret_tilknytning_staar_ikke_i_vejen():
    v = verden()
    afslut_tilknytning(tilknytning=v.kkfo.tilknytninger.get(), gyldig_til=FRA, af=None)
    assert tilknyt(enhed=v.kkfo, til=v.skole, gyldig_fra=FRA, af=None).pk


# --- people ------------------------------------------------------------------------------------------------------
def test_s57_en_person_oprettes_uden_adgangskode_og_med_smaa_bogstaver():
    ny = opret_person(af=None, navn="Ane", email="Ane@Demo.Example")
    assert (ny.email, ny.has_usable_password()) == ("ane@demo.example", False)
    assert ret_person(person=ny, af=None, email="ANE@demo.example").email == "ane@demo.example"
    assert Haendelse.objects.filter(rod_art="person", rod_id=ny.pk).count() == 1


@pytest.mark.parametrize(
    ("felter", "grund"),
    [
        ({"email": "ANE@demo.example"}, "Mailadressen ane@demo.example bruges allerede"),
        ({"email": "bo@demo.example", "kode": "p1"}, "Koden p1 bruges allerede"),
        ({"email": "ikke en adresse"}, "mail"),
        ({"email": "bo@demo.example", "navn": ""}, "navn"),
    ],
)
def test_en_ugyldig_person_afvises(felter, grund):
    opret_person(af=None, navn="Ane", email="ane@demo.example", kode="p1")
    with pytest.raises(ValidationError, match=grund):
        opret_person(af=None, **{"navn": "Bo", **felter})
    assert Person.objects.count() == 1


def test_d30_sporet_viser_ikke_en_beskyttet_persons_adresse():
    hemmelig = opret_person(af=None, navn="N. N.", email="foer@demo.example", er_beskyttet=True)
    ret_person(person=hemmelig, af=None, email="efter@demo.example")
    assert seneste().aendringer == [("email", "", "ændret")]


def test_s57_mange_personer_paa_en_gang_foelger_de_samme_regler():
    foer = Haendelse.objects.count()
    nye = [{"email": "Ane@demo.example", "navn": "Ane", "kode": "p1"}, {"email": "bo@demo.example", "navn": "Bo"}]
    ane, bo = opret_personer(af=None, personer=nye)
    assert (ane.email, bo.kode, ane.has_usable_password()) == ("ane@demo.example", None, False)
    assert Haendelse.objects.count() == foer + 2
    for ulovlige in (
        nye[:1],
        [{"email": "ny@demo.example", "navn": "Ny", "kode": "p1"}],
        [{"email": "ny@demo.example", "navn": "Ny"}] * 2,
        [{"email": "ny@demo.example", "navn": "Ny"}, {"email": "to@demo.example", "navn": ""}],
    ):
        with pytest.raises(ValidationError):
            opret_personer(af=None, personer=ulovlige)
    assert (Person.objects.count(), Haendelse.objects.count()) == (2, foer + 2)
    with pytest.raises(IkkeTilladtError):
        opret_personer(af=ane, personer=[{"email": "ny@demo.example", "navn": "Ny"}])


# --- roles -------------------------------------------------------------------------------------------------------
def test_d26_en_rolle_rettes_med_spor_og_uden_overlap():
    v = verden()
    foerste = rolle(v.udenfor, Rolle.MEDARBEJDER, v.skole, til=date(2024, 8, 1))
    anden = rolle(v.udenfor, Rolle.MEDARBEJDER, v.skole, fra=date(2025, 8, 1))
    foer = Haendelse.objects.count()
    assert ret_rolle(tildeling=anden, af=v.skoleleder, gyldig_fra=date(2025, 8, 1)) == anden
    assert Haendelse.objects.count() == foer
    assert ret_rolle(tildeling=anden, af=v.skoleleder, titel="lærer").titel == "lærer"
    assert seneste().aendringer == [("titel", "", "lærer")]
    with pytest.raises(ValidationError, match="er allerede medarbejder på Lindeskolen i en del af perioden"):
        ret_rolle(tildeling=foerste, af=v.skoleleder, gyldig_til=None)
    with pytest.raises(IkkeTilladtError):
        ret_rolle(tildeling=anden, af=v.forvaltning, titel="rektor")
    with pytest.raises(TypeError, match="user"):
        ret_rolle(tildeling=anden, af=v.skoleleder, user=v.skoleleder)


def test_d26_mange_roller_paa_en_gang_foelger_de_samme_regler():
    v = verden()
    foer = Haendelse.objects.count()
    ny = {"person": v.udenfor, "rolle": Rolle.MEDARBEJDER, "enhed": v.skole, "gyldig_fra": FRA}
    (tildeling, _) = tildel_roller(roller=[ny, {**ny, "enhed": v.kkfo, "titel": "pædagog"}], af=None)
    assert (tildeling.tildelt_af, tildeling.gaelder()) == (None, True)
    assert Haendelse.objects.count() == foer + 2
    assert seneste().saetning == "Ulla Udenfor er pædagog på KKFO Lindely fra lørdag den 1. august 2020."
    for ulovlige, grund in (
        ([ny], "er allerede medarbejder på Lindeskolen i en del af perioden"),
        ([{**ny, "enhed": v.naboskole}, {**ny, "enhed": v.naboskole, "gyldig_fra": date(2026, 1, 1)}], "er allerede"),
        ([{**ny, "rolle": Rolle.KLYNGELEDER}], "hører til klynge"),
        ([{**ny, "enhed": v.naboskole, "gyldig_til": date(2019, 1, 1)}], "kan ikke slutte, før"),
    ):
        with pytest.raises(ValidationError, match=grund):
            tildel_roller(roller=ulovlige, af=None)
    with pytest.raises(IkkeTilladtError):
        tildel_roller(roller=[{**ny, "enhed": v.naboskole}], af=v.skoleleder)
    assert Haendelse.objects.count() == foer + 2


# --- holidays ----------------------------------------------------------------------------------------------------
def test_d17_ferier_kan_laegges_og_rettes():
    ferie = opret_ferie(af=None, navn="vinterferie", fra=date(2027, 2, 15), til_og_med=date(2027, 2, 19))
    assert seneste().saetning == "vinterferie fra 15. februar 2027 til og med 19. februar 2027 er lagt i ferieplanen."
    ret_ferie(ferie=ferie, af=None, til_og_med=date(2027, 2, 20))
    assert Feriedag.objects.get().til_og_med == date(2027, 2, 20)


@pytest.mark.parametrize(
    ("fra", "til_og_med", "grund"),
    [
        (date(2027, 2, 15), date(2027, 2, 16), "står allerede i ferieplanen"),
        (date(2027, 2, 16), date(2027, 2, 15), "kan ikke slutte, før den begynder"),
        (date(2027, 1, 1), date(2027, 12, 31), "højst vare 100 dage"),
    ],
)
def test_d17_en_ugyldig_ferie_afvises(fra, til_og_med, grund):
    opret_ferie(af=None, navn="vinterferie", fra=date(2027, 2, 15), til_og_med=date(2027, 2, 19))
    with pytest.raises(ValidationError, match=grund):
        opret_ferie(af=None, navn="vinterferie", fra=fra, til_og_med=til_og_med)


def test_hver_art_har_sin_plads():
    assert set(organisationsregler.HOERER_TIL) == set(Art.values)
