"""S23, S38: proposals that wait for an answer stand on the start page of those who may answer, a line a forum."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder import actions
from moeder.queries.skridt import ventende_skridt
from ressourcecenter.models import Forbereder
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Rolle
from samarbejde.roller import glem_roller, husk_roller, slut_med_roller
from tests.aftaler.sider import logget_ind
from tests.fabrik import FRA, person, rolle, verden
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    v = verden()
    v.rc, v.plc = forum(v.skole), forum(v.skole, Art.PLC)
    return v


def foreslaa(v, hvor, antal=1, af=None):
    titler = [f"Overgange {nummer}" for nummer in range(antal)]
    return [actions.foreslaa_punkt(forum=hvor, af=af or v.medarbejder, niveau="tema", titel=titel) for titel in titler]


def linjer(hvem):
    glem_roller()
    return [(et.hvad, et.maal, et.adresse) for et in ventende_skridt(Person.objects.get(pk=hvem.pk))]


def koe(hvor):
    return reverse("koe", args=[hvor.enhed.slug, hvor.art])


def test_one_line_a_forum_however_many_to_all_who_may_answer(v):
    foreslaa(v, v.rc, 3)
    foreslaa(v, v.plc)
    ventet = {
        ("Svar på 3 forslag til punkter", "Ressourcecenter, Lindeskolen", koe(v.rc)),
        ("Svar på 1 forslag til et punkt", "Pædagogisk Læringscenter, Lindeskolen", koe(v.plc)),
    }
    assert set(linjer(v.skoleleder)) == set(linjer(v.koordinator)) == ventet
    (skridt, *_) = ventende_skridt(v.koordinator)
    assert (skridt.siden, skridt.er_min, skridt.overskredet) == (tid.i_dag(), True, False)


def test_case_4_a_coordinator_of_the_ressourcecenter_alone_sees_only_its_proposals(v):
    rita = person("Rita Rc")
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    foreslaa(v, v.plc)
    assert linjer(rita) == []
    foreslaa(v, v.rc)
    assert [adresse for _, _, adresse in linjer(rita)] == [koe(v.rc)]


def test_nobody_else_is_told_and_never_a_word_of_it(v):
    """Not the proposer, nor who only prepares (decision 10), nor the neighbours."""
    signe = person("Signe Sekretær")
    rolle(signe, Rolle.MEDARBEJDER, v.skole)
    Forbereder.objects.create(skole=v.skole, person=signe, navngivet_af=v.skoleleder, gyldig_fra=FRA)
    foreslaa(v, v.rc, 2)
    andre = (v.medarbejder, v.paedagogiskleder, signe, v.naboskoleleder, v.nabokoordinator, v.klyngeleder, v.udenfor)
    assert [linjer(hvem) for hvem in andre] == [[]] * len(andre)
    assert not any("Overgange" in ord_ for ord_ in linjer(v.koordinator)[0])


def test_it_is_gone_when_each_is_answered(v):
    til_senere, lukket = foreslaa(v, v.rc, 2)
    actions.gem_til_senere(punkt=til_senere, af=v.koordinator)
    assert linjer(v.skoleleder)[0][0] == "Svar på 1 forslag til et punkt"
    actions.luk_punkt(punkt=lukket, grund="Er drøftet", af=v.skoleleder)
    assert linjer(v.skoleleder) == linjer(v.koordinator) == []


def test_the_klyngeleder_answers_in_the_team(v):
    team = forum(v.klynge)
    foreslaa(v, team, af=v.dagtilbudsleder)
    assert linjer(v.klyngeleder) == [("Svar på 1 forslag til et punkt", "Ressourceteam, Klynge Nord", koe(team))]
    assert linjer(v.skoleleder) == []


def test_it_costs_no_query_of_its_own(v):
    def spurgt():
        husk_roller()
        koordinator = Person.objects.get(pk=v.koordinator.pk)
        with CaptureQueriesContext(connection) as kald:
            skridt = ventende_skridt(koordinator)
        slut_med_roller()
        return len(kald), len(skridt)

    foer = spurgt()
    foreslaa(v, v.rc, 20)
    foreslaa(v, v.plc, 5)
    assert (foer, spurgt()) == ((2, 0), (2, 2))


def test_the_line_leads_to_the_backlog_from_the_start_page(v):
    foreslaa(v, v.rc, 2)
    klient = logget_ind(v.koordinator)
    assert f'href="{koe(v.rc)}"' in klient.get("/").content.decode()
    assert "Svar på 2 forslag til punkter" in klient.get("/").content.decode()
    assert klient.get(koe(v.rc)).status_code == 200
