"""The page of a meeting: what may be done now, who holds the ball, and a cost that never follows the rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moeder.models import Deltager
from moeder.states import Deltagelse, Tilstand
from samarbejde.permissions import Rolle
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import inviter, moede, om, opgave, punkt
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db


PAPIR = "Papirer (PDF)"


@pytest.fixture
def v():
    return verden()


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def knapper(m, hvem):
    return [knap.navn for knap in logget_ind(hvem).get(m.get_absolute_url()).context["knapper"]]


def test_s36_only_those_who_may_meet_the_buttons(v):
    m = moede(forum(v.skole), af=v.skoleleder)
    ledelsens = ["Send indkaldelse", "Deltagere", "Ret mødet", "Flyt mødet", "Aflys mødet", PAPIR]
    assert knapper(m, v.koordinator) == knapper(m, v.skoleleder) == ledelsens
    assert knapper(m, v.paedagogiskleder) == [PAPIR]


def test_d24_nobody_has_failed_to_answer_what_was_never_asked(v):
    m = moede(forum(v.skole), af=v.skoleleder)
    deltager = inviter(m, v.paedagogiskleder, v.kkfo)
    side = logget_ind(v.skoleleder)
    assert "ikke indkaldt endnu" in (tekst := side.get(m.get_absolute_url()).content.decode())
    assert deltager.get_tilstand_display() == "har ikke svaret"
    assert "har ikke svaret" not in tekst


def test_the_buttons_follow_the_state(v):
    rc = forum(v.skole)
    kaldt = moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    inviter(kaldt, v.paedagogiskleder, v.kkfo)
    assert knapper(kaldt, v.paedagogiskleder) == ["Svar på indkaldelsen", "Forbered dig til mødet", PAPIR]
    assert "Se forberedelsen" in knapper(kaldt, v.koordinator)
    holdt = moede(rc, af=v.skoleleder, dage=-1, tilstand=Tilstand.AFHOLDT)
    assert knapper(holdt, v.koordinator) == ["Skriv referat", PAPIR]
    lukket = moede(rc, af=v.skoleleder, dage=-9, tilstand=Tilstand.REFERAT_LUKKET)
    assert knapper(lukket, v.paedagogiskleder) == ["Læs referatet", PAPIR]
    aflyst = moede(rc, af=v.skoleleder, dage=9, tilstand=Tilstand.AFLYST, aflyst_grund="Syg")
    assert knapper(aflyst, v.koordinator) == [PAPIR, "Fortryd aflysningen"]


def test_every_button_leads_somewhere(v):
    for felter in ({}, {"tilstand": Tilstand.INDKALDT}, {"tilstand": Tilstand.AFHOLDT, "dage": -1}):
        m = moede(forum(v.skole), af=v.skoleleder, **felter)
        inviter(m, v.koordinator, v.skole, art=Deltager.Art.LEDELSE)
        kirsten = logget_ind(v.koordinator)
        for knap in kirsten.get(m.get_absolute_url()).context["knapper"]:
            assert kirsten.get(knap.adresse).status_code == 200, knap


FORLOEB = [
    {},
    {"tilstand": Tilstand.INDKALDT},
    {"tilstand": Tilstand.INDKALDT, "dage": -1},
    {"tilstand": Tilstand.AFHOLDT, "dage": -1},
    {"tilstand": Tilstand.REFERAT_I_HOERING, "dage": -3, "hoering_til": om(5).date()},
]


@pytest.mark.parametrize("felter", FORLOEB)
def test_s38_a_step_leads_on_whose_it_is_and_nobody_to_a_closed_door(v, felter):
    m = moede(forum(v.skole), af=v.skoleleder, **felter)
    inviter(m, v.koordinator, v.skole, art=Deltager.Art.LEDELSE)
    inviter(m, v.paedagogiskleder, v.kkfo)
    inviter(m, v.medarbejder, v.kkfo, [punkt(m)])
    for hvem in (v.skoleleder, v.koordinator, v.paedagogiskleder, v.medarbejder):
        klient = logget_ind(hvem)
        side = klient.get(m.get_absolute_url())
        assert side.status_code == (404 if m.indkaldt_den is None and hvem == v.medarbejder else 200)
        for skridt in side.context["skridt"] if side.status_code == 200 else ():
            assert not skridt.adresse or klient.get(skridt.adresse).status_code == 200, skridt


def fyld(v, m, punkter, folk):
    for n in range(punkter):
        p = punkt(m, f"Punkt {n}")
        opgave(
            punkt(moede(forum(v.skole), af=v.skoleleder, dage=-20 - n, tilstand=Tilstand.REFERAT_LUKKET)),
            v.vejleder,
            v.skole,
        )
    for n in range(folk):
        ny = person(f"Person {n}")
        rolle(ny, Rolle.MEDARBEJDER, v.skole)
        inviter(m, ny, v.skole, [p])


def test_twenty_items_and_twenty_five_people_cost_no_more_than_one(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    inviter(m, v.paedagogiskleder, v.kkfo)
    fyld(v, m, 1, 1)
    pia = logget_ind(v.paedagogiskleder)
    with CaptureQueriesContext(connection) as foer:
        assert pia.get(m.get_absolute_url()).status_code == 200
    fyld(v, m, 19, 23)
    with CaptureQueriesContext(connection) as efter:
        side = pia.get(m.get_absolute_url()).content.decode()
    assert "Person 22" in side
    assert "Hvem skal gøre noget nu?" in side
    assert len(foer) == len(efter) <= 12


def test_s33_whoever_is_invited_to_one_item_sees_no_other(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    eget, andet = punkt(m, "Mit eget punkt"), punkt(m, "Noget helt andet")
    inviter(m, v.medarbejder, v.kkfo, [eget])
    side = logget_ind(v.medarbejder).get(m.get_absolute_url()).content.decode()
    assert eget.titel in side
    assert andet.titel not in side
    inviter(m, v.vejleder, v.skole, [andet], tilstand=Deltagelse.BORTFALDET)
    assert logget_ind(v.vejleder).get(m.get_absolute_url()).status_code == 404
