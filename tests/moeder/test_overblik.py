"""What the skoleleder answers for (S38): no meeting planned, unanswered requests, overdue tasks; S52, S56."""

from datetime import timedelta

import pytest

from moeder.queries.overblik import mangler
from moeder.states import Opgavetilstand, Tilstand
from ressourcecenter.models import LokaleRegler
from samarbejde import tid
from samarbejde.roller import husk_roller, slut_med_roller
from tests.fabrik import verden
from tests.moeder.byg import anmod, moede, opgave, punkt
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    """Both forums have a meeting, so that nothing else is missing."""
    for et in (forum(v.skole), forum(v.skole, Art.PLC)):
        moede(et, af=v.skoleleder)
    return forum(v.skole)


def tekster(v, hvem):
    return [mangel.tekst for mangel in mangler(v.distrikt, hvem, {})]


def test_s38_a_forum_without_a_meeting_in_its_own_weeks_is_shown_with_the_button(v):
    fundet = mangler(v.distrikt, v.skoleleder, {})
    assert [mangel.tekst for mangel in fundet] == [
        "Ressourcecenter, Lindeskolen, har intet møde planlagt i de uger, I har aftalt.",
        "Pædagogisk Læringscenter, Lindeskolen, har intet møde planlagt i de uger, I har aftalt.",
    ]
    assert fundet[0].adresse == f"/moeder/planlaeg/{v.skole.slug}/ressourcecenter/"
    assert [mangel.adresse for mangel in mangler(v.distrikt, v.omraadechef, {})] == ["", ""]


def test_s38_a_meeting_after_the_weeks_does_not_help_and_one_joint_meeting_serves_both(v):
    rc, plc = forum(v.skole), forum(v.skole, Art.PLC)
    moede(rc, med=plc, af=v.skoleleder, dage=60)
    assert len(tekster(v, v.skoleleder)) == 2
    moede(rc, med=plc, af=v.skoleleder, dage=50)
    assert tekster(v, v.skoleleder) == []


def test_s38_a_cancelled_meeting_is_none_and_a_forum_that_meets_by_need_lacks_nothing(v):
    rc, plc = forum(v.skole), forum(v.skole, Art.PLC)
    moede(rc, af=v.skoleleder, tilstand=Tilstand.AFLYST, aflyst_grund="Syg")
    LokaleRegler.objects.create(forum=plc, kadence=LokaleRegler.Kadence.BEHOV)
    assert len(tekster(v, v.skoleleder)) == 1


def test_s38_requests_and_tasks_count_from_the_day_after_their_day(v, rc):
    i_gaar, i_dag = tid.i_dag() - timedelta(days=1), tid.i_dag()
    anmod(rc, v.medarbejder, v.kkfo, frist=i_dag)
    p = punkt(moede(rc, af=v.skoleleder, dage=-5, tilstand=Tilstand.AFHOLDT))
    opgave(p, v.medarbejder, v.kkfo, dage=0)
    assert tekster(v, v.skoleleder) == []
    anmod(rc, v.medarbejder, v.kkfo, frist=i_gaar)
    anmod(rc, v.medarbejder, v.kkfo, frist=i_gaar, tilstand="trukket")
    opgave(p, v.medarbejder, v.kkfo, dage=-1)
    opgave(p, v.medarbejder, v.kkfo, dage=-1, tilstand=Opgavetilstand.AFSLUTTET)
    assert tekster(v, v.skoleleder) == [
        "Ressourcecenter, Lindeskolen: 1 anmodning om møde venter på svar efter fristen.",
        "Ressourcecenter, Lindeskolen: 1 opgave fra et møde er over fristen.",
    ]


def test_s38_the_overview_is_two_queries_and_never_about_the_school_next_door(v, rc, django_assert_num_queries):
    anmod(forum(v.naboskole), v.centerleder, v.center, frist=tid.i_dag() - timedelta(days=3))
    husk_roller()
    assert mangler(v.distrikt, v.skoleleder, {}) == []
    with django_assert_num_queries(2):
        assert mangler(v.distrikt, v.skoleleder, {}) == []
    slut_med_roller()
