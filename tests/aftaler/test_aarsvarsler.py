"""Reminders planned backwards from the årshjul (D3): to those who hold the ball, once, and to nobody else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from aftaler import actions
from aftaler.aarshjul import glem_aarshjul
from aftaler.actions.aarsvarsler import varsl_efter_aarshjulet
from samarbejde import tid
from samarbejde.models import Besked
from tests.aftaler import byg
from tests.fabrik import FRA, distrikt, verden

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)
FRISTEN = date(2026, 9, 15)


@pytest.fixture
def v():
    v = verden()
    yield v
    glem_aarshjul()


def nat(dag):
    klokken = datetime.combine(dag, time(3), tzinfo=UTC)
    with tid.frys(klokken):
        return varsl_efter_aarshjulet(klokken)


def breve(hvad):
    fundne = Besked.objects.filter(noegle__startswith=f"aarsvarsel:{hvad}").order_by("pk")
    return [(brev.til.navn, brev.emne) for brev in fundne]


def i_august(v, lav):
    with tid.frys(datetime(2026, 8, 10, 9, tzinfo=UTC)):
        return lav(v)


def test_d3_the_day_the_draft_opens_the_skoleledere_without_an_agreement_are_told_once(v):
    aabner = date(2027, 3, 1)
    assert nat(aabner - DAG) == 0
    assert nat(aabner) == len(breve("aabner")) > 0
    assert ("Sanne Lund", "Aftalen for 2027/28 kan oprettes: Linde Skoledistrikt") in breve("aabner")
    assert nat(aabner) == 0, "the routine runs every night"
    assert nat(aabner + 3 * DAG) == 0, "too late is left out"
    brev = Besked.objects.get(noegle=f"aarsvarsel:aabner:{v.distrikt.pk}:2027:{v.skoleleder.pk}")
    assert brev.adresse == f"/aftaler/{v.distrikt.slug}/2027/opret/"
    assert "15. september 2027" in brev.tekst


def test_d3_a_district_that_has_one_is_not_asked_to_start_one(v):
    with tid.frys(datetime(2027, 3, 1, 2, tzinfo=UTC)):
        byg.tom(v, skoleaar=2027)
    nat(date(2027, 3, 1))
    assert "Linde Skoledistrikt" not in str(breve("aabner"))


def test_d3_s8_a_special_school_never_misses_one(v):
    i_saer = distrikt("Specialskolen Bakken", er_uden_geografi=True, gyldig_fra=FRA)
    v.nabodistrikt.tilknytninger.filter(enhed=v.naboskole).update(distrikt=i_saer)
    nat(FRISTEN - 28 * DAG)
    assert {navn for navn, _ in breve("mangler")} == {v.skoleleder.navn}


@pytest.mark.parametrize(("dage", "hvad"), [(28, "kladde0"), (7, "kladde1")])
def test_d1_four_weeks_and_one_week_before_the_deadline_the_tovholder_of_a_draft_is_told(v, dage, hvad):
    aftale = i_august(v, byg.kladde)
    nat(FRISTEN - dage * DAG)
    assert breve(hvad) == [(v.skoleleder.navn, f"Aftalen er stadig en kladde: {aftale}")]
    nat(FRISTEN - (dage - 1) * DAG)
    assert len(breve(hvad)) == 1, "a night that did not run is made up for, never doubled"


def test_one_that_is_sent_or_entered_is_left_in_peace(v):
    i_august(v, byg.sendt)
    nat(FRISTEN - 28 * DAG)
    assert breve("kladde") == []
    assert v.distrikt.navn not in str(breve("mangler"))


@pytest.mark.parametrize(("hvad", "dag"), [("midtvejs", date(2027, 1, 17)), ("evaluering", date(2027, 5, 17))])
def test_d3_a_fortnight_before_status_and_evaluation_every_party_of_one_in_force_is_told(v, hvad, dag):
    aftale = byg.indgaaet(v)
    assert nat(dag - DAG) == 0
    assert nat(dag) == 4
    assert {navn for navn, _ in breve(hvad)} == {byg.leder(v, enhed).navn for enhed in byg.parter(v)}
    assert all(str(aftale) in emne for _, emne in breve(hvad))


def test_a_party_that_left_a_draft_and_one_that_was_ended_are_not_asked_for_status(v):
    aftale = byg.indgaaet(v)
    actions.lad_udtraede(aftale=aftale, af=v.skoleleder, enhed=v.boernehus, dato=tid.i_dag(), grund="Lukket.")
    nat(date(2027, 1, 17))
    assert "Dorte Sol" not in {navn for navn, _ in breve("midtvejs")}
    assert len(breve("midtvejs")) == 3
    actions.ophaev_aftale(aftale=aftale, af=v.skoleleder, grund="Slut.")
    assert nat(date(2027, 5, 17)) == 0


def test_d3_the_reminders_follow_the_dates_that_forvaltning_sets(v):
    byg.indgaaet(v)
    datoer = {"kladde_aabner": date(2026, 3, 1), "frist": FRISTEN, "midtvejs": date(2027, 2, 20)}
    actions.ret_aarshjul(skoleaar=2026, version=0, evaluering=date(2027, 6, 1), af=v.forvaltning, **datoer)
    assert nat(date(2027, 1, 17)) == 0
    assert nat(date(2027, 2, 6)) == 4
