"""The collision guard: who is taken when, told by name and time and never by forum, title or place (D17, S53)."""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moeder.models import Deltager
from moeder.queries.optaget import Optaget, sammenfald
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from tests.fabrik import verden
from tests.moeder.byg import inviter, moede
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db
DAG = date(2027, 1, 12)


@pytest.fixture(autouse=True)
def _uret():
    with tid.frys(datetime(2026, 11, 26, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def v():
    v = verden()
    v.nabo = moede(forum(v.naboskole), af=v.naboskoleleder, begynder=tid.fra_lokal(DAG, time(9)), minutter=60)
    inviter(v.nabo, v.centerleder, v.center)
    return v


def tidsrum(fra, minutter=90, dag=DAG):
    begynder = tid.fra_lokal(dag, fra)
    return begynder, begynder + timedelta(minutes=minutter)


def test_a_centre_leader_at_two_schools_is_taken_also_by_a_reservation(v):
    """Name and time alone: there is nothing else in the answer to show."""
    mit = tidsrum(time(8, 30))
    svar = sammenfald([mit, tidsrum(time(12))], [v.centerleder, v.skoleleder])
    assert svar == {mit: [Optaget(v.centerleder, v.nabo.begynder, v.nabo.slutter)]}
    assert str(svar[mit][0]) == "Carl Havn er optaget kl. 9.00–10.00"
    assert [felt.name for felt in fields(Optaget)] == ["person", "begynder", "slutter"]


@pytest.mark.parametrize(
    ("fra", "minutter", "er_optaget"),
    [
        (time(8), 60, False),
        (time(8), 61, True),
        (time(10), 60, False),
        (time(9, 59), 15, True),
        (time(9, 15), 15, True),
        (time(7), 300, True),
    ],
)
def test_a_meeting_that_ends_when_the_other_begins_is_no_clash(v, fra, minutter, er_optaget):
    assert bool(sammenfald([tidsrum(fra, minutter)], [v.centerleder])) == er_optaget


@pytest.mark.parametrize("tilstand", [t for t in Tilstand if t not in {Tilstand.RESERVERET, Tilstand.INDKALDT}])
def test_only_meetings_to_come_take_anybody(v, tilstand):
    grund = {"aflyst_grund": "x"} if tilstand == Tilstand.AFLYST else {}
    type(v.nabo).objects.filter(pk=v.nabo.pk).update(tilstand=tilstand, **grund)
    assert sammenfald([tidsrum(time(9))], [v.centerleder]) == {}


@pytest.mark.parametrize("tilstand", list(Deltagelse))
def test_only_those_who_are_to_be_there_are_taken(v, tilstand):
    Deltager.objects.update(tilstand=tilstand, udeladt_grund="x")
    er_med = tilstand in {Deltagelse.INVITERET, Deltagelse.ACCEPTERET}
    assert bool(sammenfald([tidsrum(time(9))], [v.centerleder])) == er_med


def test_what_is_about_to_be_moved_does_not_clash_with_itself(v):
    assert sammenfald([tidsrum(time(9))], [v.centerleder], undtagen=[v.nabo]) == {}


def test_nothing_asked_is_nothing_read(v):
    with CaptureQueriesContext(connection) as kald:
        assert sammenfald([], [v.centerleder]) == {}
        assert sammenfald([tidsrum(time(9))], []) == {}
    assert len(kald) == 0


def test_one_query_for_a_year_of_meetings_and_everybody(v):
    alle = [v.centerleder, v.skoleleder, v.paedagogiskleder, v.koordinator]
    with CaptureQueriesContext(connection) as kald:
        svar = sammenfald((tidsrum(time(8, 30), dag=DAG + n * timedelta(days=7)) for n in range(40)), alle)
    assert len(kald) == 1
    assert len(svar) == 1
