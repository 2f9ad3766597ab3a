"""Reminders of an answer (S17): only to those who are missing, a week before the deadline, and with a last day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from aftaler import actions
from aftaler.actions.paamindelse import mind_om_svarene, paamindelser
from samarbejde import tid
from samarbejde.models import Besked
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
I_AUGUST = datetime(2026, 8, 17, 9, tzinfo=UTC)


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    """Sent in August; only the school and the KKFO have approved."""
    with tid.frys(I_AUGUST):
        aftale = byg.sendt(v)
        byg.godkend(aftale, v.skole, v.skoleleder)
        byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    return byg.frisk(aftale)


def nat(dag):
    klokken = datetime.combine(dag, time(3), tzinfo=UTC)
    with tid.frys(klokken):
        return mind_om_svarene(klokken)


def mindet():
    breve = Besked.objects.filter(noegle__startswith="mind_om_svar:").order_by("pk")
    return list(breve.values_list("til__navn", flat=True))


def test_s17_the_days_are_reckoned_from_the_deadline_and_end(aftale):
    dage = paamindelser(aftale)
    assert dage == [date(2026, 9, 8) + timedelta(days=14 * nummer) for nummer in range(5)]
    assert dage[-1] == date(2026, 11, 3)


def test_s17_one_sent_after_the_deadline_is_reminded_a_week_later(v):
    with tid.frys(datetime(2026, 11, 2, 9, tzinfo=UTC)):
        aftale = byg.sendt(v)
    dage = paamindelser(byg.frisk(aftale))
    assert (dage[0], dage[-1]) == (date(2026, 11, 9), date(2026, 12, 21))


def test_s17_only_those_who_are_missing_and_once_each_time(aftale):
    assert nat(date(2026, 9, 7)) == 0
    assert nat(date(2026, 9, 8)) == 2
    assert mindet() == ["Carl Havn", "Dorte Sol"]
    nat(date(2026, 9, 8))
    nat(date(2026, 9, 9))
    nat(date(2026, 9, 15))
    assert len(mindet()) == 2, "the routine runs every night, also after a night that failed"
    nat(date(2026, 9, 22))
    assert len(mindet()) == 4


def test_s17_a_night_that_did_not_run_is_made_up_for(aftale):
    nat(date(2026, 9, 10))
    assert len(mindet()) == 2
    nat(date(2026, 9, 26))
    assert len(mindet()) == 2


def test_s17_nobody_is_reminded_after_the_last_day_and_the_last_one_says_so(aftale):
    nat(date(2026, 11, 3))
    sidste = Besked.objects.filter(noegle__startswith="mind_om_svar:").first()
    assert "Det er den sidste påmindelse." in sidste.tekst
    for dage in range(1, 120):
        if dage % 7 == 0:
            nat(date(2026, 11, 3) + timedelta(days=dage))
    assert len(mindet()) == 2


def test_decision_12_a_no_is_an_answer_and_a_regret_is_not(aftale, v):
    with tid.frys(I_AUGUST):
        actions.kan_ikke_godkende(
            part=byg.part(aftale, v.center), af=v.centerleder, aftryk=aftale.indhold_id, grund="Vi mangler et mål."
        )
        actions.fortryd_godkendelse(part=byg.part(aftale, v.kkfo), af=v.paedagogiskleder)
    nat(date(2026, 9, 8))
    assert mindet() == ["Pia Dahl", "Dorte Sol"]


def test_decision_3_the_one_who_acts_for_a_vacant_post_is_reminded(aftale, v):
    v.dagtilbudsleder.rolletildelinger.update(gyldig_til=date(2026, 9, 1))
    nat(date(2026, 9, 8))
    assert mindet() == ["Carl Havn", "Kaj Nordby"]


def test_nobody_is_reminded_of_a_draft_or_of_one_that_entered(aftale, v):
    with tid.frys(I_AUGUST):
        actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    assert nat(date(2026, 9, 8)) == 0
    with tid.frys(I_AUGUST):
        aftale = byg.send(aftale, v.skoleleder)
        for enhed in (v.center, v.boernehus):
            byg.godkend(aftale, enhed, byg.leder(v, enhed))
    assert nat(date(2026, 9, 8)) == 0
    assert mindet() == []


def test_s17_the_reminder_is_gathered_and_holds_no_word_of_the_text(aftale):
    nat(date(2026, 9, 8))
    for brev in Besked.objects.filter(noegle__startswith="mind_om_svar:"):
        assert "børn" not in brev.tekst + brev.emne.replace("Børnehuset", "")
        assert brev.adresse == aftale.get_absolute_url()
