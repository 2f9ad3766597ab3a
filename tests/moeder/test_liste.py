"""The list of meetings and the box on the forum's page: what one may see, in order, at a fixed cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moeder.states import Deltagelse, Tilstand
from tests.fabrik import verden
from tests.moeder.byg import inviter, moede, punkt
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def antal(klient, adresse):
    with CaptureQueriesContext(
        connection,
    ) as fanget:
        assert klient.get(adresse).status_code == 200
    return len(fanget)


def test_one_sees_ones_own_meetings_the_nearest_first_and_what_has_been_apart(v):
    rc, nabo = forum(v.skole), forum(v.naboskole)
    sent, snart = moede(rc, af=v.skoleleder, dage=30), moede(rc, af=v.skoleleder, dage=3)
    foer = moede(rc, af=v.skoleleder, dage=-3, tilstand=Tilstand.AFHOLDT)
    moede(nabo, af=v.naboskoleleder)
    kirsten = logget_ind(v.koordinator)
    linjer = kirsten.get("/moeder/").context["linjer"]
    assert [linje.adresse for linje in linjer] == [snart.get_absolute_url(), sent.get_absolute_url()]
    linjer = kirsten.get("/moeder/?hvornaar=tidligere").context["linjer"]
    assert [linje.adresse for linje in linjer] == [foer.get_absolute_url()]
    assert len(logget_ind(v.centerleder).get("/moeder/").context["linjer"]) == 3
    carl = logget_ind(v.centerleder).get(f"/moeder/?enhed={v.naboskole.pk}").context["linjer"]
    assert [linje.navn for linje in carl] == ["Møde i Ressourcecentret, Egeskolen"]


def test_ones_own_answer_is_shown_and_nobody_elses(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    inviter(m, v.paedagogiskleder, v.kkfo, tilstand=Deltagelse.ACCEPTERET)
    inviter(m, v.skoleleder, v.skole)
    svar = {
        navn: logget_ind(getattr(v, navn)).get("/moeder/").context["linjer"][0].svar
        for navn in ("paedagogiskleder", "skoleleder", "koordinator")
    }
    assert svar == {"paedagogiskleder": "deltager", "skoleleder": "har ikke svaret", "koordinator": ""}


def test_s33_staff_see_only_the_meeting_with_their_item(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    moede(forum(v.skole), af=v.skoleleder, dage=20, tilstand=Tilstand.INDKALDT)
    inviter(m, v.medarbejder, v.kkfo, [punkt(m)])
    linjer = logget_ind(v.medarbejder).get("/moeder/").context["linjer"]
    assert [linje.adresse for linje in linjer] == [m.get_absolute_url()]
    assert logget_ind(v.udenfor).get("/moeder/").context["linjer"] == []


@pytest.mark.parametrize("fejl", ["?enhed=x", "?side=-7", "?enhed=99999999999999999999", "?hvornaar=aldrig"])
def test_nonsense_in_the_address_is_the_plain_list(v, fejl):
    assert logget_ind(v.koordinator).get(f"/moeder/{fejl}").status_code == 200


def test_the_list_costs_seven_queries_at_one_and_at_sixty_meetings(v):
    rc, kirsten = forum(v.skole), logget_ind(v.koordinator)
    moede(rc, af=v.skoleleder)
    kirsten.get("/moeder/")
    assert antal(kirsten, "/moeder/") == 6
    for dage in range(15, 75):
        inviter(moede(rc, af=v.skoleleder, dage=dage, tilstand=Tilstand.INDKALDT), v.koordinator, v.skole)
    assert antal(kirsten, "/moeder/") == 6
    assert antal(kirsten, "/moeder/?side=2") == 6


def test_the_forum_shows_its_next_three_meetings_to_those_who_may_see_them(v):
    rc = forum(v.skole)
    for dage in (5, 10, 15, 20):
        moede(rc, af=v.skoleleder, dage=dage)
    moede(rc, af=v.skoleleder, dage=2, tilstand=Tilstand.AFLYST, aflyst_grund="Syg")
    side = logget_ind(v.koordinator).get(rc.get_absolute_url()).content.decode()
    assert side.count("Møde i Ressourcecentret") == 3
    assert "Planlæg et møde i Ressourcecentret" in side
    side = logget_ind(v.medarbejder).get(rc.get_absolute_url()).content.decode()
    assert "Møde i Ressourcecentret" not in side
    assert "Planlæg et møde" not in side
