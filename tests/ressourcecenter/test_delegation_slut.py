"""How a delegation ends: by the leader, when the ground is gone (case 9), or with the employment (S54)."""

from datetime import UTC, date, datetime

import pytest

from ressourcecenter.actions import afslut_delegation, deleger_deltagelse
from ressourcecenter.deltagelse import ventende_skridt
from ressourcecenter.models import Delegation
from ressourcecenter.queries import faste_deltagere
from ressourcecenter.repraesentation import repraesentant_for
from samarbejde import tid
from samarbejde.actions import afslut_rolle, haengende
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import Relation, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler.sider import logget_ind
from tests.fabrik import Art, enhed, rolle, verden
from tests.ressourcecenter import byg

pytestmark = pytest.mark.django_db
I_DAG = date(2026, 10, 1)
I_MORGEN, TIL = date(2026, 10, 2), date(2027, 8, 1)


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


def til(enhed, *resten):
    return f"/repraesentation/{enhed.slug}/" + "".join(f"{en}/" for en in resten)


def tekst(svar):
    return svar.content.decode().replace("&#x27;", "'")


# --- ending ----------------------------------------------------------------------------------------------------------
def test_s34_the_leader_ends_it_at_any_time_and_is_fixed_participant_again(v):
    ny = deleger(v, gyldig_til=TIL)
    carl, sted = logget_ind(v.centerleder), til(v.center, "delegationer", ny.pk, "afslut")
    assert "Du er selv fast deltager igen" in tekst(carl.get(sted))
    assert carl.post(sted, {"sidste_dag": "2026-10-31"}).status_code == 302
    ny.refresh_from_db()
    assert ny.gyldig_til == date(2026, 11, 1)
    assert carl.post(sted, {"sidste_dag": ""}).status_code == 302
    ny.refresh_from_db()
    assert ny.gyldig_til == I_DAG
    assert repraesentant_for(v.center, byg.forum(v.skole), I_DAG).person == v.centerleder
    assert Relation.DELEGERET not in byg.forum(v.skole).roller_for(v.teamkoordinator)
    assert carl.get(sted).status_code == 302
    svar = carl.post(sted, {"sidste_dag": ""})
    assert (svar.status_code, "Uddelegeringen er allerede slut." in tekst(svar)) == (409, True)
    assert Haendelse.objects.filter(navn="afslut_delegation").count() == 2


@pytest.mark.parametrize(
    ("sidste_dag", "besked"),
    [
        ("2026-09-29", "Datoen ligger før i dag"),
        ("2027-07-31", "slutter i forvejen 31. juli 2027"),
        ("2030-01-01", "slutter i forvejen 31. juli 2027"),
        ("2026-10-09", "begynder først 10. oktober 2026"),
        ("i morgen", "Skriv en dato, der findes"),
    ],
)
def test_a_last_day_that_makes_no_sense_is_refused(v, sidste_dag, besked):
    ny = deleger(v, gyldig_fra=date(2026, 10, 10), gyldig_til=TIL)
    sted = til(v.center, "delegationer", ny.pk, "afslut")
    svar = logget_ind(v.centerleder).post(sted, {"sidste_dag": sidste_dag})
    assert (svar.status_code, besked in tekst(svar)) == (200, True)
    ny.refresh_from_db()
    assert ny.gyldig_til == TIL


def test_one_that_has_not_begun_never_comes_to_hold(v):
    ny = deleger(v, gyldig_fra=date(2026, 11, 1))
    assert "Begynder senere" in tekst(logget_ind(v.centerleder).get(til(v.center)))
    afslut_delegation(delegation=ny, af=v.centerleder)
    ny.refresh_from_db()
    assert ny.gyldig_til == ny.gyldig_fra
    assert repraesentant_for(v.center, byg.forum(v.skole), date(2026, 11, 1)).person == v.centerleder


def test_a_delegation_of_another_centre_is_not_found_here(v):
    andet = enhed("Fritidscenter Broen", Art.FRITIDSCENTER, i=v.distrikt, til=[v.skole, v.naboskole])
    rolle(v.vejleder, Rolle.FRITIDSLEDER, andet)
    fremmed = byg.delegation(andet, v.skole, v.medarbejder)
    carl = logget_ind(v.centerleder)
    for pk in (fremmed.pk, 10**18, 10**30):
        assert carl.post(til(v.center, "delegationer", pk, "afslut"), {"sidste_dag": ""}).status_code == 404
    assert carl.post(til(andet, "delegationer", fremmed.pk, "afslut"), {"sidste_dag": ""}).status_code == 403
    assert not Delegation.objects.exclude(gyldig_til=None).exists()


# --- case 9 ----------------------------------------------------------------------------------------------------------
def test_case_9_the_centre_loses_its_second_school(v):
    """It holds and is flagged, the leader has a step, a new one is refused; it ends by confirmation only."""
    ny = deleger(v)
    assert ventende_skridt(v.centerleder) == []
    byg.forlad(v.center, v.naboskole)
    assert repraesentant_for(v.center, byg.forum(v.skole), I_DAG).person == v.teamkoordinator
    assert Relation.DELEGERET in byg.forum(v.skole).roller_for(v.teamkoordinator)

    (skridt,), sted = ventende_skridt(v.centerleder), til(v.center, "delegationer", ny.pk, "afslut")
    assert (skridt.hvad, skridt.adresse, skridt.er_min) == (
        "Bekræft, at uddelegeringen på Lindeskolen ophører", sted, True,
    )  # fmt: skip
    carl = logget_ind(v.centerleder)
    assert "Bekræft, at uddelegeringen på Lindeskolen ophører" in tekst(carl.get("/"))
    side = tekst(carl.get(til(v.center)))
    assert "Fritidscenter Havnen samarbejder nu kun med Lindeskolen." in side
    assert "Skal ophøre" in side
    assert "Fritidscenter Havnen samarbejder nu kun med Lindeskolen." in tekst(carl.get(sted))
    with pytest.raises(IkkeMuligtError):
        deleger(v, gyldig_fra=I_MORGEN)
    ny.refresh_from_db()
    assert ny.gyldig_til is None

    assert carl.post(sted, {"sidste_dag": ""}).status_code == 302
    assert ventende_skridt(v.centerleder) == []
    assert repraesentant_for(v.center, byg.forum(v.skole), I_DAG).person == v.centerleder


def test_case_9_a_delegation_at_the_lost_school_waits_to_be_confirmed_too(v):
    deleger(v, skole=v.naboskole)
    byg.ny_skole("Birkeskolen", center=v.center)
    byg.forlad(v.center, v.naboskole)
    (skridt,) = ventende_skridt(v.centerleder)
    assert skridt.hvad == "Bekræft, at uddelegeringen på Egeskolen ophører"
    side = tekst(logget_ind(v.centerleder).get(til(v.center)))
    assert "Fritidscenter Havnen samarbejder ikke længere med Egeskolen." in side


def test_case_9_only_the_leader_has_the_step_and_a_deputy_does_not(v):
    deleger(v)
    byg.forlad(v.center, v.naboskole)
    byg.stedfortraeder(v.vejleder, v.center)
    for hvem in (v.vejleder, v.teamkoordinator, v.skoleleder, v.paedagogiskleder, v.forvaltning, v.klyngeleder):
        assert ventende_skridt(hvem) == []


def test_case_9_one_that_begins_when_there_are_two_again_is_not_flagged(v):
    byg.forlad(v.center, v.naboskole)
    byg.ny_skole("Birkeskolen", center=v.center, fra=date(2026, 11, 1))
    deleger(v, gyldig_fra=date(2026, 11, 1))
    assert ventende_skridt(v.centerleder) == []


# --- S54 -------------------------------------------------------------------------------------------------------------
def test_s54_a_delegate_who_leaves_gives_the_place_back_at_once(v):
    """The row ends with the employment, signed by whoever ended that (S55), and those it concerns are told."""
    ny, senere = deleger(v, gyldig_til=TIL), deleger(v, skole=v.naboskole, gyldig_fra=date(2026, 12, 1))
    job = v.teamkoordinator.rolletildelinger.get()
    assert [ting.hvad for ting in haengende(job, I_DAG)] == [
        "Fast deltagelse for Fritidscenter Havnen på Lindeskolen, som går tilbage til centerlederen",
        "Fast deltagelse for Fritidscenter Havnen på Egeskolen, som går tilbage til centerlederen",
    ]
    assert [ting.hvad for ting in haengende(job, TIL)] == [
        "Fast deltagelse for Fritidscenter Havnen på Egeskolen, som går tilbage til centerlederen"
    ]
    afslut_rolle(tildeling=job, gyldig_til=I_DAG, af=v.centerleder)
    for en, slut in ((ny, I_DAG), (senere, date(2026, 12, 1))):
        en.refresh_from_db()
        assert en.gyldig_til == slut
    assert repraesentant_for(v.center, byg.forum(v.skole), I_DAG).person == v.centerleder
    assert {en.af_navn for en in Haendelse.objects.filter(navn="afslut_delegation")} == {"Carl Havn"}
    fortalt = Besked.objects.filter(noegle__startswith=f"afslut_delegation:{ny.pk}:")
    assert {en.til for en in fortalt} == {v.teamkoordinator, v.skoleleder, v.koordinator}  # not the one who did it


def test_s54_the_centres_leader_is_told_when_somebody_else_ended_the_employment(v):
    """A deputy did: the leader takes part again, and hears of it."""
    ny = deleger(v)
    byg.stedfortraeder(v.vejleder, v.center)
    afslut_rolle(tildeling=v.teamkoordinator.rolletildelinger.get(), gyldig_til=I_DAG, af=v.vejleder)
    fortalt = Besked.objects.filter(noegle__startswith=f"afslut_delegation:{ny.pk}:")
    assert v.centerleder in {en.til for en in fortalt}


def test_s54_who_stays_in_another_role_keeps_the_delegation_as_long(v):
    ny = deleger(v)
    rolle(v.teamkoordinator, Rolle.FRITIDSLEDER, v.center, til=date(2027, 1, 1), konstitueret=True)
    afslut_rolle(tildeling=v.teamkoordinator.rolletildelinger.get(konstitueret=False), gyldig_til=I_DAG, af=None)
    ny.refresh_from_db()
    assert ny.gyldig_til == date(2027, 1, 1)
    rolle(v.teamkoordinator, Rolle.MEDARBEJDER, v.center, fra=I_DAG)
    assert haengende(v.teamkoordinator.rolletildelinger.get(konstitueret=True), I_DAG) == []


def test_s54_a_role_elsewhere_carries_no_delegation(v):
    deleger(v)
    rolle(v.teamkoordinator, Rolle.MEDARBEJDER, v.kkfo)
    assert haengende(v.teamkoordinator.rolletildelinger.get(content_object=v.kkfo), I_DAG) == []
    assert haengende(v.skoleleder.rolletildelinger.get(), I_DAG) == []
    assert len(haengende(v.teamkoordinator.rolletildelinger.get(content_object=v.center), I_DAG)) == 1


def test_the_forum_lists_the_delegate_for_the_centre(v):
    deleger(v)
    assert [(en, svar.kort) for en, svar in faste_deltagere(byg.forum(v.skole), I_DAG)] == [
        (v.center, "fast deltager efter uddelegering"),
        (v.kkfo, "fast deltager som leder"),
    ]
