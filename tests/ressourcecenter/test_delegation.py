"""Delegating the fixed participation (S34, S35): cases 5-10, over status, sentence and database."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from ressourcecenter.actions import afslut_delegation, deleger_deltagelse
from ressourcecenter.models import Delegation
from ressourcecenter.repraesentation import Grund, repraesentant_for
from samarbejde import tid
from samarbejde.actions import afslut_rolle, luk_person
from samarbejde.models import Besked, Enhed, Haendelse
from samarbejde.organisation import luk_enhed
from samarbejde.permissions import Handling, IkkeTilladtError, Relation, Rolle, maa
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler.sider import logget_ind
from tests.fabrik import FRA, Art, enhed, person, rolle, verden
from tests.ressourcecenter import byg

pytestmark = pytest.mark.django_db
I_DAG = date(2026, 10, 1)
I_GAAR, I_MORGEN, TIL = date(2026, 9, 30), date(2026, 10, 2), date(2027, 8, 1)
UDVEJ = "men du kan navngive en repræsentant til bestemte møder"


@pytest.fixture(autouse=True)
def en_torsdag():
    with tid.frys(datetime(2026, 10, 1, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def v():
    return verden()


def deleger(v, **felter):
    valg = {"center": v.center, "skole": v.skole, "person": v.teamkoordinator, "gyldig_fra": I_DAG, "af": v.centerleder}
    return deleger_deltagelse(**{**valg, **felter})


def felter(v, **felter):
    return {"skole": v.skole.pk, "person": v.teamkoordinator.pk, "fra": "2026-10-01", "til_og_med": "", **felter}


def til(enhed, *resten):
    return f"/repraesentation/{enhed.slug}/" + "".join(f"{en}/" for en in resten)


def tekst(svar):
    return svar.content.decode().replace("&#x27;", "'")


# --- who, case 6 -----------------------------------------------------------------------------------------------------
def test_case_6_a_centre_with_two_schools_delegates_school_by_school(v):
    carl = logget_ind(v.centerleder)
    assert "Uddeleger deltagelsen" in tekst(carl.get(til(v.center)))
    assert carl.get(til(v.center, "deleger")).status_code == 200
    svar = carl.post(til(v.center, "deleger"), felter(v, til_og_med="2027-07-31"))
    assert (svar.status_code, svar["Location"]) == (302, til(v.center))
    ny = Delegation.objects.get()
    assert (ny.center, ny.skole, ny.person, ny.delegeret_af) == (v.center, v.skole, v.teamkoordinator, v.centerleder)
    assert (ny.gyldig_fra, ny.gyldig_til) == (I_DAG, TIL)
    side = tekst(carl.get(til(v.center)))
    assert "fordi Carl Havn har uddelegeret deltagelsen på Lindeskolen" in side
    assert "1. oktober 2026 til og med 31. juli 2027" in side
    assert "Gælder nu" in side
    haendelse = Haendelse.objects.get(navn="deleger_deltagelse")
    assert (haendelse.rod_art, haendelse.rod_id, haendelse.af) == ("enhed", v.center.pk, v.centerleder)


def test_case_6_several_people_at_a_school_and_others_at_the_next(v):
    anden = person("Bo Friis")
    rolle(anden, Rolle.MEDARBEJDER, v.center)
    deleger(v)
    deleger(v, person=anden)
    deleger(v, person=anden, skole=v.naboskole)
    assert repraesentant_for(v.center, byg.forum(v.skole), I_DAG).personer == [v.teamkoordinator, anden]
    assert repraesentant_for(v.center, byg.forum(v.naboskole), I_DAG).personer == [anden]


def test_case_6_a_centre_with_one_school_is_refused_with_the_way_out(v):
    byg.forlad(v.center, v.naboskole)
    carl = logget_ind(v.centerleder)
    for svar, status in (
        (carl.get(til(v.center, "deleger")), 200),
        (carl.post(til(v.center, "deleger"), felter(v)), 409),
    ):
        assert svar.status_code == status
        assert "Fritidscenter Havnen samarbejder kun med Lindeskolen" in tekst(svar)
        assert UDVEJ in tekst(svar)
    with pytest.raises(IkkeMuligtError, match="kun med Lindeskolen"):
        deleger(v)
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("hvad", ["privat", "lukket", "begynder senere"])
def test_case_6_only_open_folkeskoler_that_day_are_counted(v, hvad):
    if hvad == "privat":
        Enhed.objects.filter(pk=v.naboskole.pk).update(ejerform="privat")
    elif hvad == "lukket":
        luk_enhed(enhed=v.naboskole, gyldig_til=I_DAG, af=None)
    else:
        v.center.tilknytninger.filter(til=v.naboskole).update(gyldig_fra=I_MORGEN)
    with pytest.raises(IkkeMuligtError, match=UDVEJ):
        deleger(v)
    if hvad == "begynder senere":
        assert deleger(v, gyldig_fra=I_MORGEN)
        side = logget_ind(v.centerleder).post(til(v.center, "deleger"), felter(v, skole=v.naboskole.pk))
        assert (side.status_code, UDVEJ in tekst(side)) == (200, True)
    assert Delegation.objects.count() == (hvad == "begynder senere")


def test_case_5_the_leader_of_a_fritidsinstitution_is_refused_with_the_way_out(v):
    """Naming a representative for three meetings comes with meetings; the sentence says that it is possible."""
    pia = logget_ind(v.paedagogiskleder)
    assert UDVEJ in tekst(pia.get(til(v.kkfo)))
    for svar, status in (
        (pia.get(til(v.kkfo, "deleger")), 200),
        (pia.post(til(v.kkfo, "deleger"), felter(v, person=v.medarbejder.pk)), 409),
    ):
        assert svar.status_code == status
        assert "Kun lederen af et fritidscenter, som samarbejder med flere skoler" in tekst(svar)
        assert UDVEJ in tekst(svar)
    with pytest.raises(IkkeMuligtError, match=UDVEJ):
        deleger(v, center=v.kkfo, person=v.medarbejder, af=v.paedagogiskleder)
    assert not Delegation.objects.exists()


ANDRE = [
    "skoleleder", "naboskoleleder", "koordinator", "nabokoordinator", "paedagogiskleder", "medarbejder",
    "dagtilbudsleder", "klyngeleder", "omraadechef", "forvaltning", "administrator", "vejleder",
]  # fmt: skip


@pytest.mark.parametrize("login", [*ANDRE, "netvaerkskoordinator", "sundhedsplejerske", "udenfor"])
def test_s34_nobody_else_delegates_on_behalf_of_the_leader(v, login):
    """Case 10: a coordinator cannot exchange the representative either; outsiders meet 404, the rest the rule."""
    valg = byg.delegation(v.center, v.skole, v.teamkoordinator)
    hvem, klient = getattr(v, login), logget_ind(getattr(v, login))
    for adresse, data in (
        (til(v.center, "deleger"), felter(v)),
        (til(v.center, "delegationer", valg.pk, "afslut"), {"sidste_dag": ""}),
    ):
        for svar in (klient.get(adresse), klient.post(adresse, data)):
            udenfor = not maa(hvem, Handling.SE_ENHED, v.center)
            assert svar.status_code == (404 if udenfor else 403)
            assert udenfor or "Kun lederen af et fritidscenter, som samarbejder med flere skoler" in tekst(svar)
    with pytest.raises(IkkeTilladtError):
        deleger(v, skole=v.naboskole, af=hvem)
    with pytest.raises(IkkeTilladtError):
        afslut_delegation(delegation=valg, af=hvem)
    assert list(Delegation.objects.values_list("pk", "gyldig_til")) == [(valg.pk, None)]
    assert {"udenfor", "sundhedsplejerske"} >= {login} or maa(hvem, Handling.SE_ENHED, v.center)


def test_case_7_the_delegate_cannot_delegate_further(v):
    deleger(v)
    tove = logget_ind(v.teamkoordinator)
    assert tove.get(til(v.center)).status_code == 200
    assert tove.post(til(v.center, "deleger"), felter(v, skole=v.naboskole.pk)).status_code == 403
    with pytest.raises(IkkeTilladtError):
        deleger(v, skole=v.naboskole, af=v.teamkoordinator)
    assert Delegation.objects.count() == 1


def test_decision_4_a_deputy_does_not_delegate_but_an_acting_leader_does(v):
    byg.stedfortraeder(v.teamkoordinator, v.center)
    assert logget_ind(v.teamkoordinator).post(til(v.center, "deleger"), felter(v)).status_code == 403
    byg.uden_leder(v.center, fra=FRA)
    ny = person("Ane Winther")
    rolle(ny, Rolle.FRITIDSLEDER, v.center, konstitueret=True)
    assert logget_ind(ny).post(til(v.center, "deleger"), felter(v)).status_code == 302
    assert Delegation.objects.get().delegeret_af == ny


def test_case_8_the_right_of_a_delegate_does_not_reach_the_other_school(v):
    deleger(v)
    assert {
        byg.forum(v.skole, art).roller_for(v.teamkoordinator) >= {Relation.DELEGERET} for art in ("", "laeringscenter")
    } == {True}
    assert Relation.DELEGERET not in byg.forum(v.naboskole).roller_for(v.teamkoordinator)
    svar = repraesentant_for(v.center, byg.forum(v.naboskole), I_DAG)
    assert (svar.person, svar.grund) == (v.centerleder, Grund.LEDER)


# --- to whom, where and when -----------------------------------------------------------------------------------------
def afvist(v, felt, besked, **valg):
    with pytest.raises(ValidationError) as fejl:
        deleger(v, **valg)
    assert besked in fejl.value.message_dict[felt][0]
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("login", ["medarbejder", "paedagogiskleder", "vejleder", "udenfor"])
def test_s34_only_to_the_centres_own_employees(v, login):
    """Somebody of another unit, and somebody of none; also with a made-up form."""
    hvem = getattr(v, login)
    afvist(v, "person", "er ikke ansat på Fritidscenter Havnen 1. oktober 2026", person=hvem)
    svar = logget_ind(v.centerleder).post(til(v.center, "deleger"), felter(v, person=hvem.pk))
    assert (svar.status_code, "Vælg en af centrets egne ansatte på listen." in tekst(svar)) == (200, True)
    assert hvem.navn not in tekst(svar)


def test_s34_not_to_somebody_at_another_centre(v):
    andet = enhed("Fritidscenter Broen", Art.FRITIDSCENTER, i=v.distrikt, til=[v.skole, v.naboskole])
    rolle(v.vejleder, Rolle.MEDARBEJDER, andet)
    afvist(v, "person", "er ikke ansat på Fritidscenter Havnen", person=v.vejleder)


def test_s34_not_to_the_leader_and_not_to_a_closed_account(v):
    rolle(v.centerleder, Rolle.MEDARBEJDER, v.center)
    afvist(v, "person", "Carl Havn leder Fritidscenter Havnen og er fast deltager i forvejen", person=v.centerleder)
    luk_person(person=v.teamkoordinator, af=None)
    v.teamkoordinator.refresh_from_db()
    afvist(v, "person", "er ikke ansat")
    side = tekst(logget_ind(v.centerleder).get(til(v.center, "deleger")))
    assert "Tove Krog" not in side
    assert "Der er ingen medarbejdere at vælge endnu" in side


def test_s34_the_employment_holds_the_whole_first_day(v):
    afslut_rolle(tildeling=v.teamkoordinator.rolletildelinger.get(), gyldig_til=I_DAG, af=None)
    afvist(v, "person", "er ikke ansat på Fritidscenter Havnen 1. oktober 2026")
    rolle(v.teamkoordinator, Rolle.MEDARBEJDER, v.center, fra=I_MORGEN)
    afvist(v, "person", "er ikke ansat")
    assert deleger(v, gyldig_fra=I_MORGEN)


def test_s34_never_longer_than_the_employment(v):
    """Two employments that meet are one; a gap between them is its end."""
    foerste = v.teamkoordinator.rolletildelinger.get()
    afslut_rolle(tildeling=foerste, gyldig_til=date(2027, 1, 1), af=None)
    sidste = "Tove Krog er ansat på Fritidscenter Havnen til og med 31. december 2026"
    afvist(v, "til_og_med", sidste)
    afvist(v, "til_og_med", sidste, gyldig_til=date(2027, 1, 2))
    rolle(v.teamkoordinator, Rolle.MEDARBEJDER, v.center, fra=date(2027, 1, 1), til=date(2027, 3, 1), titel="vikar")
    rolle(v.teamkoordinator, Rolle.MEDARBEJDER, v.center, fra=date(2027, 3, 2))
    afvist(v, "til_og_med", "til og med 28. februar 2027", gyldig_til=TIL)
    assert deleger(v, gyldig_til=date(2027, 3, 1))


def test_s34_only_for_one_of_the_centres_own_schools(v):
    fremmed = byg.ny_skole("Birkeskolen")
    afvist(v, "skole", "samarbejder ikke med Birkeskolen", skole=fremmed)
    svar = logget_ind(v.centerleder).post(til(v.center, "deleger"), felter(v, skole=fremmed.pk))
    assert "Vælg en af de skoler, der står på listen." in tekst(svar)
    assert not Delegation.objects.exists()


def test_case_28_not_from_a_day_when_the_centre_is_closed(v):
    luk_enhed(enhed=v.center, gyldig_til=date(2026, 12, 1), af=None)
    afvist(v, "fra", "Fritidscenter Havnen er lukket 1. december 2026", gyldig_fra=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("felt", "besked", "valg"),
    [
        ("fra", "Datoen ligger før i dag", {"gyldig_fra": I_GAAR}),
        ("til_og_med", "Slutdatoen ligger før startdatoen", {"gyldig_til": I_DAG}),
        ("til_og_med", "Slutdatoen ligger før startdatoen", {"gyldig_til": I_GAAR}),
    ],
)
def test_bad_periods_are_refused(v, felt, besked, valg):
    afvist(v, felt, besked, **valg)


@pytest.mark.parametrize(
    ("felt", "vaerdi", "besked"),
    [
        ("skole", "", "Vælg en skole."),
        ("person", "", "Vælg en medarbejder."),
        ("fra", "", "Vælg en dato."),
        ("fra", "31-02-2027", "Skriv en dato, der findes"),
        ("til_og_med", "2026-09-01", "Slutdatoen ligger før startdatoen"),
        ("skole", "9" * 30, "Vælg en af de skoler"),
        ("person", "x", "Vælg en af centrets egne ansatte"),
    ],
)
def test_the_form_says_what_is_wrong(v, felt, vaerdi, besked):
    svar = logget_ind(v.centerleder).post(til(v.center, "deleger"), felter(v, **{felt: vaerdi}))
    assert (svar.status_code, besked in tekst(svar)) == (200, True)
    assert not Delegation.objects.exists()


def test_the_same_person_twice_at_a_school_is_refused_on_any_shared_day(v):
    deleger(v, gyldig_fra=I_MORGEN, gyldig_til=TIL)
    for fra, slut in ((I_DAG, None), (I_DAG, date(2026, 10, 3)), (date(2027, 7, 31), None)):
        with pytest.raises(ValidationError, match="deltager allerede fast på Lindeskolen"):
            deleger(v, gyldig_fra=fra, gyldig_til=slut)
    assert deleger(v, gyldig_fra=I_DAG, gyldig_til=I_MORGEN)
    assert deleger(v, gyldig_fra=TIL)
    assert deleger(v, skole=v.naboskole)
    svar = logget_ind(v.centerleder).post(til(v.center, "deleger"), felter(v))
    assert "deltager allerede fast på Lindeskolen" in tekst(svar)
    assert Delegation.objects.count() == 4


def test_s34_the_delegate_and_those_who_invite_at_the_school_are_told(v):
    ny = deleger(v)
    til_hvem = Besked.objects.filter(noegle__startswith=f"deleger_deltagelse:{ny.pk}:")
    assert {en.til for en in til_hvem} == {v.teamkoordinator, v.skoleleder, v.koordinator}
    assert {en.levering for en in til_hvem} == {"samlet"}
    afslut_delegation(delegation=ny, af=v.centerleder)
    assert Besked.objects.filter(noegle__startswith="afslut_delegation").count() == 3
    for en in Besked.objects.all():
        assert logget_ind(en.til).get(en.adresse).status_code == 200
