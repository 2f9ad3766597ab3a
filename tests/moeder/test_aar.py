"""The picture of a school year: every week once, in its month, with its meetings and days off. D17, case 31."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder.models import Moede
from moeder.queries.aar import aaret, aaret_i_fora
from samarbejde import tid
from samarbejde.kalender import ferier, glem_ferier
from samarbejde.organisation import opret_ferie
from samarbejde.skolekalender import foerste_dag, sidste_dag
from tests.aftaler.sider import logget_ind
from tests.fabrik import verden
from tests.moeder.byg import moede, serie
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture(autouse=True)
def _uret():
    with tid.frys(datetime(2026, 11, 26, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def v():
    v = verden()
    v.rc, v.plc = forum(v.skole), forum(v.skole, Art.PLC)
    return v


def paa(v, dag, hvor=None, **felter):
    return moede(hvor or v.rc, af=v.skoleleder, begynder=tid.fra_lokal(dag, time(8, 30)), **felter)


@pytest.mark.parametrize("aar", range(2015, 2045))
def test_every_school_day_of_every_year_lies_in_one_box_and_no_month_has_more_than_five(aar):
    maaneder = aaret(aar, []).maaneder
    assert [navn for navn, _ in maaneder][:1] + [navn for navn, _ in maaneder][-1:] == ["aug.", "jul."]
    assert all(4 <= len(uger) <= 5 for _, uger in maaneder)
    mandage = [uge.mandag for _, uger in maaneder for uge in uger]
    hverdage = {mandag + n * DAG for mandag in mandage for n in range(5)}
    alle = {foerste_dag(aar) + n * DAG for n in range((sidste_dag(aar) - foerste_dag(aar)).days + 1)}
    assert {dag for dag in alle if dag.weekday() < 5} <= hverdage
    assert len(set(mandage)) == len(mandage)


def test_case_31_a_year_with_week_53(v):
    numre = [uge.nummer for _, uger in aaret(2026, []).maaneder for uge in uger]
    assert numre[numre.index(53) - 1 : numre.index(53) + 2] == [52, 53, 1]


def test_a_week_off_and_a_week_with_some_days_off_say_why(v):
    opret_ferie(af=None, navn="vinterferie", fra=date(2027, 2, 15), til_og_med=date(2027, 2, 19))
    glem_ferier()
    uger = {uge.nummer: uge for _, i_maaneden in aaret(2026, []).maaneder for uge in i_maaneden}
    assert (uger[7].fri, uger[7].er_helt_fri) == (("vinterferie",), True)
    assert (uger[13].fri, uger[13].er_helt_fri) == (("2. påskedag",), False)
    assert (uger[8].fri, uger[8].er_helt_fri) == ((), False)


def test_each_state_has_its_own_sign_and_a_day_of_the_next_month_says_so(v):
    """Never by colour alone."""
    paa(v, date(2026, 12, 1))
    paa(v, date(2026, 12, 8), tilstand="indkaldt")
    paa(v, date(2026, 12, 15), tilstand="aflyst", aflyst_grund="Ingen punkter")
    tegning = str(aaret_i_fora([v.rc], v.skoleleder).aaret.tegning)
    uger = {int(nr): stump for nr, stump in re.findall(r"<title>uge (\d+)(.*?)</g>", tegning)}
    assert (">1/12<" in uger[49], 'fill="#fff"' in uger[49], "<circle" in uger[49]) == (True, True, True)
    assert (">8<" in uger[50], 'class="data-1"' in uger[50]) == (True, True)
    assert ("<circle" in uger[51], "<path" in uger[51]) == (False, True)
    assert "2 møder." in tegning


def test_a_crowded_week_says_how_many_more(v):
    for dag in range(7, 11):
        paa(v, date(2026, 12, dag))
    assert ">+2<" in str(aaret_i_fora([v.rc], v.skoleleder).aaret.tegning)


def test_the_forums_show_their_own_year_and_joint_meetings_to_those_who_may_see_them_in_one_query(v):
    mine = [paa(v, date(2026, 8, 1)), paa(v, date(2026, 12, 1)), paa(v, date(2027, 7, 31), med=v.plc)]
    paa(v, date(2027, 8, 1))
    paa(v, date(2026, 7, 31))
    plc = paa(v, date(2026, 12, 1), hvor=v.plc)
    assert v.skoleleder.is_active
    with CaptureQueriesContext(connection) as kald:
        aar = aaret_i_fora([v.rc], v.skoleleder)
    assert list(aar.aaret.moeder) == mine
    assert aar.naeste == [*mine[1:], Moede.objects.get(begynder__date=date(2027, 8, 1))]
    assert len([et for et in kald if "moeder_moede" in et["sql"]]) == 1
    assert set(aaret_i_fora([v.rc, v.plc], v.skoleleder).aaret.moeder) == {*mine, plc}
    assert set(aaret_i_fora([v.plc], v.skoleleder).aaret.moeder) == {plc, mine[2]}
    intet = aaret_i_fora([v.rc, v.plc], v.udenfor)
    assert (intet.naeste, intet.aaret, intet.serier) == ([], None, [])


def test_before_anything_is_planned_this_year_the_next_one_is_shown(v):
    assert aaret_i_fora([v.rc], v.skoleleder).aaret is None
    paa(v, date(2026, 6, 1))
    paa(v, date(2027, 9, 1))
    assert aaret_i_fora([v.rc], v.skoleleder).aaret.skoleaar == 2027


def forumside(v, hvem):
    return logget_ind(hvem).get(reverse("forum", args=[v.skole.slug])).content.decode()


def test_the_page_of_the_forums_has_the_picture_and_leads_those_who_plan_to_the_series(v):
    en = serie(v.rc, af=v.skoleleder, dage=(12, 19), kadence="uge", ugedag="tirsdag")
    for hvem, planlaegger in ((v.skoleleder, True), (v.koordinator, True), (v.paedagogiskleder, False)):
        side = forumside(v, hvem)
        assert side.count('class="aarsbillede"') == 1
        assert "Skoleåret 2026/27" in side
        assert (en.get_absolute_url() in side, "Planlæg et års møder" in side) == (planlaegger, planlaegger)
    en.moeder.all().delete()
    assert "aarsbillede" not in forumside(v, v.skoleleder)


def test_the_page_of_the_forums_costs_the_same_with_a_year_of_meetings(v):
    klient, antal = logget_ind(v.skoleleder), []
    klient.get("/")
    ferier()  # read once an hour
    for dage in ((12,), range(19, 200, 7)):
        serie(v.rc, af=v.skoleleder, dage=tuple(dage))
        with CaptureQueriesContext(connection) as kald:
            klient.get(reverse("forum", args=[v.skole.slug]))
        antal.append(len(kald))
    assert antal == [11, 11]
