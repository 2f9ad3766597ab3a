"""Roles and their periods (D26, S28, S54): what a right rests on, and when it is over."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from guardian.core import ObjectPermissionChecker
from guardian.shortcuts import get_objects_for_user

from samarbejde import tid
from samarbejde.actions import afslut_rolle, ret_rolle, tildel_rolle
from samarbejde.models import Enhed, Haendelse, Rolletildeling
from samarbejde.organisation import afslut_tilknytning, luk_enhed
from samarbejde.permissions import Handling, IkkeTilladtError, Relation, Rolle, maa
from samarbejde.roller import MineRoller, glem_roller, husk_roller, mine_roller, slut_med_roller
from tests.fabrik import FRA, Art, distrikt, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)


def klokken(dag, time=12, minut=0):
    return tid.frys(datetime(dag.year, dag.month, dag.day, time, minut, tzinfo=tid.koebenhavn))


@pytest.fixture
def lund():
    return enhed("Lundskolen", i=distrikt("Lund"))


@pytest.fixture
def ida():
    return person("Ida Ibsen")


def er_skoleleder(hvem, hvor):
    return Rolle.SKOLELEDER in mine_roller(hvem).paa(hvor.pk)


# --- periods are half-open ---------------------------------------------------------------------------------------
def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(ida, lund):
    rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2026, 8, 1), til=date(2027, 8, 1))
    svar = {}
    for dag in (date(2026, 7, 31), date(2026, 8, 1), date(2027, 7, 31), date(2027, 8, 1)):
        with klokken(dag):
            svar[dag] = er_skoleleder(ida, lund)
    assert list(svar.values()) == [False, True, True, False]


def test_a_day_is_a_day_in_copenhagen(ida, lund):
    """At 00.30 on 1 August it is still 31 July in UTC, and the new skoleleder has begun."""
    rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2026, 8, 1))
    with klokken(date(2026, 7, 31), 23, 59):
        assert not er_skoleleder(ida, lund)
    with klokken(date(2026, 8, 1), 0, 30):
        assert er_skoleleder(ida, lund)


def test_ending_today_ends_now(ida, lund):
    """S54: the right is gone at once, not tomorrow."""
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    assert er_skoleleder(ida, lund)
    afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    assert not er_skoleleder(ida, lund)


def test_ending_tomorrow_leaves_today(ida, lund):
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag() + DAG, af=None)
    assert er_skoleleder(ida, lund)


def test_a_future_role_gives_nothing_yet(ida, lund):
    rolle(ida, Rolle.SKOLELEDER, lund, fra=tid.i_dag() + DAG)
    assert mine_roller(ida) == MineRoller()


def test_a_role_annulled_before_it_began_never_holds(ida, lund):
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    afslut_rolle(tildeling=tildeling, gyldig_til=FRA, af=None)
    with klokken(FRA):
        assert not er_skoleleder(ida, lund)


def test_a_role_cannot_end_before_it_began(ida, lund):
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    with pytest.raises(ValidationError, match=r"kan ikke slutte, før den begyndte\."):
        afslut_rolle(tildeling=tildeling, gyldig_til=FRA - DAG, af=None)
    with pytest.raises(ValidationError, match=r"kan ikke slutte, før den begynder\."):
        rolle(person("Bo Bak"), Rolle.SKOLELEDER, lund, fra=FRA, til=FRA - DAG)


def test_history_stays_when_a_role_ends(ida, lund):
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    rolle(ida, Rolle.SKOLELEDER, lund, fra=tid.i_dag())
    assert Rolletildeling.objects.filter(user=ida).count() == 2
    assert er_skoleleder(ida, lund)


# --- what may be given -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fra", "til"),
    [
        (date(2026, 8, 1), None),
        (date(2025, 8, 1), date(2026, 8, 2)),
        (date(2027, 7, 31), date(2027, 9, 1)),
        (date(2026, 9, 1), date(2026, 10, 1)),
    ],
)
def test_the_same_role_twice_at_once_is_refused(ida, lund, fra, til):
    rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2026, 8, 1), til=date(2027, 8, 1))
    with pytest.raises(ValidationError, match="er allerede skoleleder på Lundskolen"):
        rolle(ida, Rolle.SKOLELEDER, lund, fra=fra, til=til)
    assert Rolletildeling.objects.count() == 1


@pytest.mark.parametrize(("fra", "til"), [(date(2025, 8, 1), date(2026, 8, 1)), (date(2027, 8, 1), None)])
def test_one_period_may_follow_another_the_same_day(ida, lund, fra, til):
    rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2026, 8, 1), til=date(2027, 8, 1))
    rolle(ida, Rolle.SKOLELEDER, lund, fra=fra, til=til)
    assert Rolletildeling.objects.count() == 2


def test_an_annulled_role_stands_in_nobodys_way(ida, lund):
    """A period [x, x) shares no day with anything."""
    afslut_rolle(
        tildeling=rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2030, 8, 1)), gyldig_til=date(2030, 8, 1), af=None
    )
    rolle(ida, Rolle.SKOLELEDER, lund)
    assert er_skoleleder(ida, lund)


def test_a_corrected_period_may_not_run_into_the_next(ida, lund):
    foerste = rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2026, 8, 1), til=date(2027, 8, 1))
    rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2027, 8, 1))
    with pytest.raises(ValidationError, match="er allerede skoleleder"):
        ret_rolle(tildeling=foerste, af=None, gyldig_til=date(2027, 8, 2))
    foerste.refresh_from_db()
    assert foerste.gyldig_til == date(2027, 8, 1)


@pytest.mark.parametrize(
    ("hvilken", "art"),
    [
        (Rolle.SKOLELEDER, Art.FRITIDSINSTITUTION),
        (Rolle.KOORDINATOR, Art.FRITIDSCENTER),
        (Rolle.FRITIDSLEDER, Art.SKOLE),
        (Rolle.DAGTILBUDSLEDER, Art.FRITIDSINSTITUTION),
        (Rolle.KLYNGELEDER, Art.NETVAERK),
        (Rolle.NETVAERKSKOORDINATOR, Art.KLYNGE),
        (Rolle.OMRAADECHEF, Art.FORVALTNING),
        (Rolle.FORVALTNING, Art.SKOLE),
        (Rolle.ADMINISTRATOR, Art.SKOLE),
    ],
)
def test_a_role_fits_its_kind_of_unit(ida, hvilken, art):
    """Otherwise an administrator could make a forvaltning of somebody at any school."""
    with pytest.raises(ValidationError, match="hører til"):
        rolle(ida, hvilken, enhed("Et sted", art))
    assert not Rolletildeling.objects.exists()


def test_no_role_begins_at_a_closed_unit(ida, lund):
    luk_enhed(enhed=lund, gyldig_til=date(2026, 8, 1), af=None)
    with pytest.raises(ValidationError, match=r"Lundskolen er lukket fra"):
        rolle(ida, Rolle.SKOLELEDER, lund, fra=date(2026, 8, 1))


def test_a_role_ends_with_its_unit(ida, lund):
    """Case 28, S54: the register need not have been tidied for the right to end."""
    rolle(ida, Rolle.SKOLELEDER, lund)
    luk_enhed(enhed=lund, gyldig_til=tid.i_dag() + DAG, af=None)
    assert er_skoleleder(ida, lund)
    with klokken(tid.i_dag() + DAG):
        assert mine_roller(ida) == MineRoller()


@pytest.mark.parametrize("hvem", ["skoleleder", "koordinator", "omraadechef", "medarbejder", "udenfor"])
def test_only_forvaltning_and_administrator_give_and_end_roles(hvem):
    v = verden()
    tildeling = v.naboskoleleder.rolletildelinger.get()
    af = getattr(v, hvem)
    for forsoeg in (
        lambda: tildel_rolle(person=af, rolle=Rolle.SKOLELEDER, enhed=v.naboskole, gyldig_fra=FRA, af=af),
        lambda: afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=af),
        lambda: ret_rolle(tildeling=tildeling, af=af, gyldig_til=tid.i_dag()),
    ):
        with pytest.raises(IkkeTilladtError) as fejl:
            forsoeg()
        assert fejl.value.handling == Handling.UDPEG_LEDER
    tildeling.refresh_from_db()
    assert tildeling.gyldig_til is None
    assert not Haendelse.objects.filter(af=af).exists()


def test_who_gave_a_role_stands_in_the_trail():
    """S55: who, what, for which unit."""
    v = verden()
    ny = person("Ida Ibsen")
    tildeling = tildel_rolle(person=ny, rolle=Rolle.SKOLELEDER, enhed=v.skole, gyldig_fra=FRA, af=v.forvaltning)
    haendelse = Haendelse.objects.get(navn="tildel_rolle", objekt_id=tildeling.pk)
    assert (haendelse.af, haendelse.rod_art, haendelse.rod_id) == (v.forvaltning, "enhed", v.skole.pk)
    assert "Ida Ibsen er skoleleder på Lindeskolen" in haendelse.saetning


# --- what a role reaches -----------------------------------------------------------------------------------------
def test_an_acting_leader_has_the_same_rights(ida, lund):
    """D26, S28: konstitueret is a word in the title."""
    fast, konst = person("Fast Leder"), ida
    rolle(fast, Rolle.SKOLELEDER, lund)
    tildeling = rolle(konst, Rolle.SKOLELEDER, lund, konstitueret=True)
    assert mine_roller(konst) == mine_roller(fast)
    assert tildeling.vist_titel == "konstitueret skoleleder"


def test_two_roles_at_two_units_are_kept_apart():
    v = verden()
    rolle(v.skoleleder, Rolle.MEDARBEJDER, v.nabokkfo)
    mine = mine_roller(v.skoleleder)
    assert mine.paa(v.skole.pk) == {Rolle.SKOLELEDER, Relation.SKOLELEDER_SELV, Relation.LEDER_SELV}
    assert mine.paa(v.nabokkfo.pk) == {Rolle.MEDARBEJDER}
    assert mine.paa(v.naboskole.pk) == frozenset()
    assert maa(v.skoleleder, Handling.OPRET_AFTALE, v.distrikt)
    assert not maa(v.skoleleder, Handling.OPRET_AFTALE, v.nabodistrikt)


def test_a_klyngeleder_reaches_the_members_of_today_only():
    v = verden()
    assert mine_roller(v.klyngeleder).paa(v.boernehus.pk) == {Rolle.KLYNGELEDER}
    assert mine_roller(v.klyngeleder).fra_distrikt(v.distrikt.pk) == {Relation.ENHEDER_I_DISTRIKTET}
    for til in v.klynge.medlemmer.all():
        afslut_tilknytning(tilknytning=til, gyldig_til=tid.i_dag(), af=None)
    assert mine_roller(v.klyngeleder) == MineRoller(
        enheder={v.klynge.pk: frozenset({Rolle.KLYNGELEDER, Relation.LEDER_SELV})}
    )


def test_other_staff_of_a_klynge_reach_none_of_its_members():
    v = verden()
    ansat = person("Kim Klynge")
    rolle(ansat, Rolle.MEDARBEJDER, v.klynge)
    assert mine_roller(ansat) == MineRoller(enheder={v.klynge.pk: frozenset({Rolle.MEDARBEJDER})})


def test_nobody_has_roles_without_an_account(ida):
    assert mine_roller(ida) == MineRoller()
    assert mine_roller(type(ida)()) == MineRoller()


# --- one look-up a request ---------------------------------------------------------------------------------------
def test_one_query_for_all_my_roles_and_then_none(django_assert_num_queries):
    v = verden()
    for nummer in range(10):
        rolle(v.skoleleder, Rolle.MEDARBEJDER, enhed(f"Hus {nummer}", Art.DAGINSTITUTION, i=v.distrikt, til=v.klynge))
    husk_roller()
    try:
        with django_assert_num_queries(1):
            mine_roller(v.skoleleder)
        with django_assert_num_queries(0):
            svar = [maa(v.skoleleder, Handling.GODKEND, Paa(hvor)) for hvor in (v.skole, v.kkfo, v.naboskole)]
            assert svar == [True, False, False]
            assert maa(v.skoleleder, Handling.OPRET_AFTALE, v.distrikt)
        glem_roller()
        with django_assert_num_queries(1):
            mine_roller(v.skoleleder)
    finally:
        slut_med_roller()


class Paa:
    """A thing at one unit, like a party of an agreement."""

    def __init__(self, hvor):
        self.enhed_id = hvor.pk

    def roller_for(self, hvem):
        return mine_roller(hvem).paa(self.enhed_id)


def test_an_action_does_not_trust_what_the_request_remembers(ida, lund):
    """S54: a role that ends while a form is open ends the right."""
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    husk_roller()
    try:
        assert er_skoleleder(ida, lund)
        Rolletildeling.objects.filter(pk=tildeling.pk).update(gyldig_til=tid.i_dag())
        assert er_skoleleder(ida, lund)
        glem_roller()
        assert not er_skoleleder(ida, lund)
    finally:
        slut_med_roller()


# --- the answer to has_perm --------------------------------------------------------------------------------------
def test_guardians_own_shortcuts_know_no_periods(ida, lund, monkeypatch):
    """Why they are banned (architecture 2): they cannot read our rows; and if they could, they would say yes still."""
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    with pytest.raises(AttributeError, match="is_generic"):
        ObjectPermissionChecker(ida).has_perm("skoleleder", lund)
    monkeypatch.setattr(type(Rolletildeling.objects), "is_generic", lambda self: False, raising=False)
    assert ObjectPermissionChecker(ida).has_perm("skoleleder", lund)
    assert list(get_objects_for_user(ida, "samarbejde.skoleleder", klass=Enhed)) == [lund]
    assert not ida.has_perm("samarbejde.skoleleder", lund)


def test_our_backend_answers_by_period(ida, lund):
    tildeling = rolle(ida, Rolle.SKOLELEDER, lund)
    assert ida.has_perm("samarbejde.skoleleder", lund)
    afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    assert not ida.has_perm("samarbejde.skoleleder", lund)


def test_our_backend_says_yes_to_nothing_else(ida, lund):
    rolle(ida, Rolle.SKOLELEDER, lund)
    assert not ida.has_perm("samarbejde.koordinator", lund)
    assert not ida.has_perm("samarbejde.skoleleder", enhed("Egeskolen"))
    assert not ida.has_perm("samarbejde.skoleleder")
    assert not ida.has_perm("samarbejde.findes_ikke", lund)
    assert not ida.has_perm("auth.skoleleder", lund)
    assert not ida.has_module_perms("samarbejde")


def test_whoever_works_at_a_unit_in_no_district_sees_the_units_own_page():
    v = verden()
    assert maa(v.klyngeleder, Handling.SE_ENHED, v.klynge)
    ansat = person("Kim Kontor")
    rolle(ansat, Rolle.MEDARBEJDER, v.klynge)
    assert maa(ansat, Handling.SE_ENHED, v.klynge)
    assert v.klynge in Enhed.objects.synlige_for(ansat, Handling.SE_ENHED)
    assert not maa(ansat, Handling.SE_ENHED, v.skole)
    assert not maa(v.udenfor, Handling.SE_ENHED, v.klynge)


def test_of_those_at_an_omraade_only_its_chef_reaches_the_districts():
    """The area's support staff are external to the schools (decision 22): they see what they are attached to."""
    v = verden()
    rolle(v.sundhedsplejerske, Rolle.MEDARBEJDER, v.omraade)
    assert not maa(v.sundhedsplejerske, Handling.SE_DISTRIKT, v.distrikt)
    assert mine_roller(v.sundhedsplejerske).distrikter == {}
    assert maa(v.omraadechef, Handling.SE_DISTRIKT, v.distrikt)
