"""The clock of a request: school days, weekdays when it is urgent, and what happens when nobody answers (S39, case 13;
decision 21). Frozen clocks over autumn holiday, Christmas and summer, with Copenhagen's own plan."""

from datetime import date, datetime, time, timedelta

import pytest

from moeder import actions
from moeder.actions.anmodningsgang import eskaler_anmodninger
from moeder.models import Anmodning
from moeder.queries.overblik import mangler
from ressourcecenter.models import LokaleRegler
from samarbejde import stik, tid
from samarbejde.kalender import glem_ferier
from samarbejde.models import Besked, Feriedag, Haendelse
from samarbejde.permissions import Handling, maa
from samarbejde.skolekalender import laes_ferieplan
from tests.fabrik import verden
from tests.moeder.byg import anmod
from tests.ressourcecenter.byg import forum, stedfortraeder, uden_leder

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    for ferie in laes_ferieplan():
        Feriedag.objects.get_or_create(fra=ferie.fra, til_og_med=ferie.til_og_med, defaults={"navn": ferie.navn})
    glem_ferier()
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


def kl(dag, timen=9):
    return tid.frys(tid.fra_lokal(date.fromisoformat(dag), time(timen)))


def bed(rc, af, dag, **felter):
    with kl(dag):
        return actions.anmod_om_moede(forum=rc, af=af, niveau="tema", hvad=f"Overgange {dag}", **felter)


def breve(anmodning, hvad="svar"):
    return Besked.objects.filter(noegle__startswith=f"anmodning:{anmodning.pk}:{hvad}")


@pytest.mark.parametrize(
    ("bedt", "frist", "haster"),
    [
        ("2026-11-24", "2026-12-01", "2026-12-01"),  # an ordinary Tuesday
        ("2026-11-28", "2026-12-04", "2026-12-04"),  # on a Saturday: from Monday on
        ("2026-10-08", "2026-10-22", "2026-10-15"),  # over the autumn holiday of week 42
        ("2026-12-17", "2027-01-08", "2026-12-24"),  # over Christmas; 24 December is no public holiday by law
        ("2027-06-24", "2027-08-12", "2027-07-01"),  # over the summer
        ("2027-03-19", "2027-04-05", "2027-03-31"),  # Easter: public holidays count for neither
    ],
)
def test_case_13_the_deadline_is_five_school_days_and_urgent_ones_run_on_weekdays(v, rc, bedt, frist, haster):
    assert bed(rc, v.medarbejder, bedt).frist.isoformat() == frist
    assert bed(rc, v.medarbejder, bedt, haster=True).frist.isoformat() == haster


def test_s43_the_local_rule_decides_how_many_days(v, rc):
    LokaleRegler.objects.create(forum=rc, svarfrist=2)
    rc.refresh_from_db()
    assert bed(rc, v.medarbejder, "2026-10-08").frist == date(2026, 10, 19)


def test_case_13_unanswered_at_the_deadline_it_goes_to_the_leader_once(v, rc):
    """Over the autumn holiday; the routine runs every minute, and a day later too."""
    anmodning = bed(rc, v.medarbejder, "2026-10-08")
    assert {besked.til for besked in breve(anmodning)} == {v.koordinator}
    for dag, ventet in (("2026-10-15", 0), ("2026-10-22", 0), ("2026-10-23", 1), ("2026-10-23", 0), ("2026-10-24", 0)):
        with kl(dag) as nu:
            assert eskaler_anmodninger(nu) == ventet, dag
    anmodning.refresh_from_db()
    assert anmodning.er_hos_lederen
    til_lederen = breve(anmodning).get(til=v.skoleleder)
    assert til_lederen.levering == "straks"
    assert tid.lokal(til_lederen.tidligst_den).date() == date(2026, 10, 23)
    assert Haendelse.objects.filter(navn="eskaler_anmodning", rod_id=anmodning.pk).count() == 1
    assert breve(anmodning, "nyt").get().til == v.medarbejder


def test_s39_whoever_acts_for_the_leader_is_told(v, rc):
    anmodning = bed(rc, v.medarbejder, "2026-11-24")
    stedfortraeder(v.vejleder, v.skole, fra=date(2026, 11, 1))
    with kl("2026-12-02") as nu:
        eskaler_anmodninger(nu)
    assert {besked.til for besked in breve(anmodning)} == {v.koordinator, v.vejleder}


@pytest.mark.parametrize("tilstand", ["afvist", "trukket"])
def test_an_answered_request_is_never_escalated(v, rc, tilstand):
    svar = {"svar_tekst": "Nej."} if tilstand == "afvist" else {}
    anmod(rc, v.medarbejder, v.kkfo, tilstand=tilstand, frist=date(2026, 1, 5), **svar)
    assert eskaler_anmodninger(tid.nu()) == 0


def test_without_a_leader_the_escalation_is_still_written_down(v, rc):
    anmodning = bed(rc, v.medarbejder, "2026-11-24")
    uden_leder(v.skole, fra=date(2026, 11, 1))
    with kl("2026-12-02") as nu:
        assert eskaler_anmodninger(nu) == 1
    anmodning.refresh_from_db()
    assert anmodning.eskaleret_den


def test_decision_21_an_urgent_one_leaves_in_the_summer_holiday_and_reaches_the_leader_too(v, rc):
    haster = bed(rc, v.medarbejder, "2027-07-05", haster=True)
    almindelig = bed(rc, v.medarbejder, "2027-07-05")
    assert {(b.til, b.levering) for b in breve(haster)} == {(v.koordinator, "haster"), (v.skoleleder, "haster")}
    assert {tid.lokal(b.tidligst_den).date() for b in breve(haster)} == {date(2027, 7, 5)}
    assert {tid.lokal(b.tidligst_den).date() for b in breve(almindelig)} == {date(2027, 8, 9)}
    with kl("2027-07-13") as nu:
        assert eskaler_anmodninger(nu) == 1
    assert almindelig.frist > haster.frist


def test_s2_a_request_in_a_holiday_goes_to_the_leader_too(v, rc):
    assert {b.til for b in breve(bed(rc, v.medarbejder, "2026-10-14"))} == {v.koordinator, v.skoleleder}
    assert {b.til for b in breve(bed(rc, v.medarbejder, "2026-12-25"))} == {v.koordinator, v.skoleleder}
    assert {b.til for b in breve(bed(rc, v.medarbejder, "2026-11-28"))} == {v.koordinator}


def test_a_referral_starts_a_new_clock_by_the_receivers_rule(v, rc):
    nabo = forum(v.naboskole)
    LokaleRegler.objects.create(forum=nabo, svarfrist=1)
    anmodning = bed(rc, v.centerleder, "2026-11-02")
    with kl("2026-11-11") as nu:
        assert eskaler_anmodninger(nu) == 1
        henvist = actions.henvis_anmodning(anmodning=anmodning, forum=nabo, af=v.skoleleder)
    assert henvist.frist == date(2026, 11, 12)
    assert henvist.eskaleret_den is None
    assert henvist.modtaget_den == datetime.fromisoformat("2026-11-11T09:00+01:00")


def test_s39_of_the_leaders_silence_the_omraadechef_sees_the_number_and_no_content(v, rc):
    anmodning = bed(rc, v.medarbejder, "2026-11-02")
    bed(rc, v.medarbejder, "2026-11-02", haster=True)
    with kl("2026-12-01"):
        fundne = mangler(v.distrikt, v.omraadechef, {})
    (om_svar,) = [en for en in fundne if "anmod" in en.tekst]
    assert om_svar.tekst == "Ressourcecenter, Lindeskolen: 2 anmodninger om møde venter på svar efter fristen."
    assert om_svar.adresse == ""
    assert not maa(v.omraadechef, Handling.SE_ANMODNING, anmodning)
    assert not Anmodning.objects.synlige_for(v.omraadechef, Handling.SE_ANMODNING)
    with kl("2026-12-01"):
        (leders,) = [en for en in mangler(v.distrikt, v.skoleleder, {}) if "anmod" in en.tekst]
    assert leders.adresse == "/moeder/anmodninger/?vis=svar"


def test_the_routine_is_plugged_into_the_daily_ones():
    assert dict(stik.doegn.items())["anmodninger"] is eskaler_anmodninger


def test_a_long_silence_is_one_mail_however_often_the_routine_runs(v, rc):
    anmodning = bed(rc, v.medarbejder, "2026-11-02")
    for dage in range(60):
        with kl(f"{date(2026, 11, 2) + timedelta(days=dage):%Y-%m-%d}") as nu:
            eskaler_anmodninger(nu)
    assert breve(anmodning).count() == 2
