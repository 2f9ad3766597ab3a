"""The start page: the meetings to come where one takes part, and the calls that want an answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moeder.queries import start
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Person
from tests.fabrik import verden
from tests.moeder.byg import inviter, moede, punkt
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def frisk(person):
    return Person.objects.get(pk=person.pk)


def skridt(person):
    return [(et.hvad, et.adresse) for et in start.svar_mangler(frisk(person))]


def test_a_call_without_an_answer_is_my_turn_and_an_answered_one_is_not(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    inviter(m, v.paedagogiskleder, v.kkfo)
    inviter(m, v.centerleder, v.center, tilstand=Deltagelse.ACCEPTERET)
    assert skridt(v.paedagogiskleder) == [("Svar på indkaldelsen", m.get_absolute_url())]
    assert skridt(v.centerleder) == []
    assert [et.kode for et in start.kommende(frisk(v.centerleder))] == [m.kode]


def test_a_reservation_is_shown_to_its_fixed_participants_and_wants_no_answer(v):
    m = moede(forum(v.skole), af=v.skoleleder)
    inviter(m, v.paedagogiskleder, v.kkfo)
    inviter(m, v.medarbejder, v.kkfo, [punkt(m)])
    (kommende,) = start.kommende(frisk(v.paedagogiskleder))
    assert (kommende.vist_svar, skridt(v.paedagogiskleder)) == ("reserveret", [])
    assert start.kommende(frisk(v.medarbejder)) == []


@pytest.mark.parametrize("felter", [{"dage": -1}, {"tilstand": Tilstand.AFLYST, "aflyst_grund": "Syg"}])
def test_what_has_been_or_was_cancelled_waits_for_nobody(v, felter):
    m = moede(forum(v.skole), af=v.skoleleder, **{"tilstand": Tilstand.INDKALDT, **felter})
    inviter(m, v.paedagogiskleder, v.kkfo, indkaldt_den=tid.nu())
    assert start.kommende(frisk(v.paedagogiskleder)) == []


def test_s54_it_ends_with_the_role(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    inviter(m, v.paedagogiskleder, v.kkfo)
    afslut_rolle(tildeling=v.paedagogiskleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    assert start.kommende(frisk(v.paedagogiskleder)) == []


def test_the_start_page_shows_five_and_costs_the_same_with_forty(v):
    klient = Client()
    klient.force_login(v.paedagogiskleder)
    inviter(moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT), v.paedagogiskleder, v.kkfo)
    with CaptureQueriesContext(connection) as foer:
        klient.get("/")
    for dage in range(20, 60):
        m = moede(forum(v.skole), af=v.skoleleder, dage=dage, tilstand=Tilstand.INDKALDT)
        inviter(m, v.paedagogiskleder, v.kkfo, indkaldt_den=tid.nu() - timedelta(days=1))
    with CaptureQueriesContext(connection) as efter:
        side = klient.get("/").content.decode()
    assert side.count('<time class="dato"') == 5
    assert "Se alle møder" in side
    assert len(foer) == len(efter) <= 9
