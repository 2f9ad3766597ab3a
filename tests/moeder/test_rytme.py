"""S43, D17: the days of a year of meetings. Case 30 (holidays warn), case 31 (summer time, week 53, 31 July)."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moeder.rytme import KADENCER, UGER_IMELLEM, Rytme, UmuligRytmeError, dage, naerhed, standardperiode
from samarbejde import tid
from samarbejde.formater import UGEDAGE
from samarbejde.skolekalender import (
    foerste_dag,
    hvorfor_ikke_skoledag,
    isouge,
    laes_ferieplan,
    sidste_dag,
    skoleaar_for,
)

FERIER = laes_ferieplan()
DAG = timedelta(days=1)
AARET = (date(2026, 8, 1), date(2027, 7, 31))


def rytme(kadence="uge", ugedag="tirsdag", fra=AARET[0], til=AARET[1], uden=()):
    return Rytme(kadence, ugedag, fra, til, frozenset(uden))


def med(en):
    return [dag.dag for dag in dage(en, FERIER) if dag.er_med]


def uden(en):
    return {dag.dag: dag.hvorfor_ikke for dag in dage(en, FERIER) if not dag.er_med}


# --- what the issue asks for -------------------------------------------------------------------------------------
def test_s43_every_third_tuesday_but_not_weeks_7_and_42():
    en = rytme("hver_3", fra=date(2026, 8, 18), uden=(7, 42))
    alle = dage(en, FERIER)
    assert alle[0].dag == date(2026, 8, 18)
    assert {nu.dag - foer.dag for foer, nu in pairwise(alle)} == {21 * DAG}
    assert {dag.dag.weekday() for dag in alle} == {1}
    assert not {isouge(dag)[1] for dag in med(en)} & {7, 42}


def test_d17_every_day_left_out_says_why():
    hvorfor = uden(rytme(uden=(7, 36)))
    assert hvorfor[date(2026, 9, 1)] == "I har valgt uge 36 fra"
    assert hvorfor[date(2026, 10, 13)] == "efterårsferie"
    assert hvorfor[date(2027, 2, 16)] == "I har valgt uge 7 fra"
    assert uden(rytme(ugedag="mandag"))[date(2027, 3, 29)] == "2. påskedag"
    assert uden(rytme(ugedag="søndag"))[date(2026, 11, 29)] == "søndag"


def test_case_30_a_holiday_is_left_out_with_its_name_but_can_still_be_seen():
    """It warns: the day is there to be ticked."""
    assert date(2026, 10, 13) in {dag.dag for dag in dage(rytme(), FERIER)}


def test_the_third_tuesday_of_every_month():
    en = rytme("maaned", fra=date(2026, 8, 18))
    assert [(dag.dag.day - 1) // 7 + 1 for dag in dage(en, ())] == [3] * 12
    assert en.i_ord == "den tredje tirsdag i hver måned"


def test_the_fifth_weekday_of_a_month_is_the_last_one():
    en = rytme("maaned", "mandag", fra=date(2026, 8, 31))
    assert en.i_ord == "den sidste mandag i hver måned"
    for dag in dage(en, ()):
        assert (dag.dag + 7 * DAG).month != dag.dag.month


def test_once_a_quarter():
    assert [dag.dag.month for dag in dage(rytme("kvartal", fra=date(2026, 9, 1)), ())] == [9, 12, 3, 6]


def test_the_rhythm_in_words():
    assert rytme("uge").i_ord == "tirsdag hver uge"
    assert rytme("hver_2", "onsdag").i_ord == "onsdag hver 2. uge"
    assert rytme("kvartal", fra=date(2026, 8, 4)).i_ord == "den første tirsdag i hver tredje måned"


def test_case_31_week_53_and_the_weeks_own_year():
    """31 December 2026 and 1 January 2027 are both in week 53 of 2026."""
    dagene = [dag.dag for dag in dage(rytme(ugedag="fredag"), ())]
    assert date(2027, 1, 1) in dagene
    assert isouge(date(2027, 1, 1)) == (2026, 53)
    valgt_fra = {dag for dag, grund in uden(rytme(ugedag="fredag", uden=(53,))).items() if "uge 53" in grund}
    assert valgt_fra == {date(2027, 1, 1)}
    assert naerhed("uge", date(2026, 12, 31)) == naerhed("uge", date(2027, 1, 1))
    assert naerhed("maaned", date(2026, 12, 31)) != naerhed("maaned", date(2027, 1, 1))


def test_case_31_half_past_eight_all_year():
    """Summer time ends in October and begins in March; the clock on the wall does not move."""
    begyndelser = [tid.fra_lokal(dag, time(8, 30)) for dag in med(rytme())]
    assert {tid.lokal(fra).time() for fra in begyndelser} == {time(8, 30)}
    assert {fra.hour for fra in begyndelser} == {6, 7}


def test_case_31_a_series_over_31_july_is_refused_with_the_way_on():
    assert dage(rytme(til=date(2027, 7, 31)), ())
    with pytest.raises(UmuligRytmeError, match=r"31\. juli 2027.*en række mere for det næste skoleår") as fejl:
        dage(rytme(til=date(2027, 8, 1)), ())
    assert fejl.value.felt == "til_og_med"


def test_an_end_before_the_start_is_refused():
    with pytest.raises(UmuligRytmeError, match="ligger før startdatoen"):
        dage(rytme(fra=date(2027, 1, 2), til=date(2027, 1, 1)), ())


def test_a_period_without_the_weekday_has_no_days():
    assert dage(rytme(fra=date(2026, 8, 5), til=date(2026, 8, 10)), ()) == []


@pytest.mark.parametrize(
    ("i_dag", "ventet"),
    [
        (date(2026, 11, 26), (date(2026, 11, 26), date(2027, 7, 31))),
        (date(2027, 4, 30), (date(2027, 4, 30), date(2027, 7, 31))),
        (date(2027, 5, 1), (date(2027, 8, 1), date(2028, 7, 31))),
        (date(2026, 7, 31), (date(2026, 8, 1), date(2027, 7, 31))),
    ],
)
def test_d17_from_may_on_the_next_school_year_is_planned(i_dag, ventet):
    assert standardperiode(i_dag) == ventet


# --- whatever is asked for ---------------------------------------------------------------------------------------
@st.composite
def rytmer(draw):
    aar = draw(st.integers(1990, 2199))
    fra = draw(st.dates(foerste_dag(aar), sidste_dag(aar)))
    til = draw(st.dates(fra, sidste_dag(aar)))
    uger = draw(st.frozensets(st.integers(1, 53), max_size=5))
    return Rytme(draw(st.sampled_from(KADENCER)), draw(st.sampled_from(UGEDAGE)), fra, til, uger)


@given(rytmer())
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_every_day_keeps_to_the_weekday_the_period_and_the_beat(en):
    dagene = [dag.dag for dag in dage(en, FERIER)]
    assert dagene == sorted(set(dagene))
    assert all(en.fra <= dag <= en.til_og_med and UGEDAGE[dag.weekday()] == en.ugedag for dag in dagene)
    assert all(skoleaar_for(dag) == en.skoleaar for dag in dagene)
    assert len({naerhed(en.kadence, dag) for dag in dagene}) == len(dagene)
    afstande = [(nu - foer).days // 7 for foer, nu in pairwise(dagene)]
    if en.kadence in UGER_IMELLEM:
        assert set(afstande) <= {UGER_IMELLEM[en.kadence]}
    else:
        assert set(afstande) <= ({4, 5} if en.kadence == "maaned" else {12, 13, 14})
    if dagene:
        assert dagene[0] - en.fra < 7 * DAG


@given(rytmer())
@settings(max_examples=300, deadline=None, derandomize=True, database=None)
def test_a_day_is_kept_exactly_when_it_is_a_school_day_outside_the_chosen_weeks(en):
    for dag in dage(en, FERIER):
        valgt_fra = isouge(dag.dag)[1] in en.uden_uger
        assert dag.er_med == (not valgt_fra and hvorfor_ikke_skoledag(dag.dag, FERIER) is None)
        assert valgt_fra == dag.hvorfor_ikke.startswith("I har valgt uge")


@given(rytmer())
@settings(max_examples=100, deadline=None, derandomize=True, database=None)
def test_the_last_day_is_the_last_that_fits(en):
    """Nothing is missing at the end: one more beat would be outside."""
    alle = dage(en, ())
    if alle and en.kadence in UGER_IMELLEM:
        assert alle[-1].dag + UGER_IMELLEM[en.kadence] * 7 * DAG > en.til_og_med
    if alle and en.kadence not in UGER_IMELLEM:
        assert alle[-1].dag + 15 * 7 * DAG > en.til_og_med
