"""Who else writes just now: without locks, log or trail (S9)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftaler import actions
from aftaler.actions.tilstede import glem_tilstede
from aftaler.samskrivning import Tilstedevaerelse
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, maal_i, rod, tekst, til_aktivitet, til_delmaal, til_maal
from tests.aftaler.test_sider_antal import antal
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
KLOKKEN = datetime(2026, 11, 26, 10, tzinfo=UTC)


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


def meld(aftale, hvem, sted="behov"):
    return logget_ind(hvem).post(rod(aftale) + "meld-tilstede/", {"sted": sted})


def efter(sekunder):
    return tid.frys(KLOKKEN + timedelta(seconds=sekunder))


def test_s9_the_pages_where_one_writes_say_who_else_does_and_where(v, aftale):
    maal = maal_i(aftale)
    with efter(0):
        meld(aftale, v.paedagogiskleder)
        meld(aftale, v.centerleder, str(maal.noegle))
        meld(aftale, v.dagtilbudsleder, "")
    with efter(60):
        sanne = logget_ind(v.skoleleder)
        delmaal, aktivitet = til_delmaal(aftale), til_aktivitet(aftale)
        for sted in (rod(aftale) + "afsnit/retning/", til_maal(aftale, maal.noegle), rod(aftale) + "maal/nyt/"):
            side = tekst(sanne.get(sted))
            assert "Pia Dahl skriver også i «Behov og udfordringer» lige nu." in side
            assert "Carl Havn skriver også i «Mål 1: Gode overgange» lige nu." in side
            assert "Dorte Sol skriver også i et nyt mål lige nu." in side
        for sted in (delmaal.rsplit("/", 2)[0] + "/nyt/", aktivitet.rsplit("/", 2)[0] + "/ny/"):
            assert "Pia Dahl skriver også" in tekst(sanne.get(sted))
        assert "skriver også" not in tekst(sanne.get(rod(aftale)))


def test_one_is_not_told_about_oneself(v, aftale):
    assert meld(aftale, v.skoleleder).content.strip() == b""
    assert "skriver også" not in tekst(logget_ind(v.skoleleder).get(rod(aftale) + "afsnit/behov/"))


def test_two_minutes_after_the_last_moment_it_is_said_no_more_and_then_it_is_gone(v, aftale):
    with efter(0):
        meld(aftale, v.paedagogiskleder)
    for sekunder, ses in ((119, True), (120, False), (3600, False)):
        with efter(sekunder):
            svar = meld(aftale, v.skoleleder)
            assert ("Pia Dahl skriver også" in tekst(svar)) == ses, sekunder
    with efter(121):
        assert glem_tilstede(tid.nu()) == 1
        assert not Tilstedevaerelse.objects.filter(person=v.paedagogiskleder).exists()
        assert glem_tilstede(tid.nu()) == 0


def test_only_the_newest_moment_is_kept_and_no_log_of_who_looked(v, aftale):
    spor, post = Haendelse.objects.count(), Besked.objects.count()
    for sekunder, sted in ((0, "behov"), (40, "retning"), (80, "behov"), (120, "retning")):
        with efter(sekunder):
            meld(aftale, v.paedagogiskleder, sted)
    en = Tilstedevaerelse.objects.get()
    assert (en.sted, en.set_den) == ("«Strategisk retning»", KLOKKEN + timedelta(seconds=120))
    assert (Haendelse.objects.count(), Besked.objects.count()) == (spor, post)


def test_whatever_is_sent_a_person_is_written_at_most_once_in_thirty_seconds(v, aftale):
    """Also from many tabs, and in two agreements."""
    with byg.i_aaret(2025):
        andet_aar = byg.tom(v)
    with efter(0):
        meld(aftale, v.paedagogiskleder)
    pia, felter = logget_ind(v.paedagogiskleder), {"sted": "retning"}
    with efter(29), CaptureQueriesContext(connection) as kald:
        for aftalen in (aftale, andet_aar, aftale):
            assert pia.post(rod(aftalen) + "meld-tilstede/", felter).status_code == 200
    skrevet = [k["sql"] for k in kald if "tilstedevaerelse" in k["sql"] and not k["sql"].startswith("SELECT")]
    assert skrevet == []
    assert Tilstedevaerelse.objects.get().sted == "«Behov og udfordringer»"
    with efter(31):
        pia.post(rod(aftale) + "meld-tilstede/", felter)
    assert Tilstedevaerelse.objects.get().sted == "«Strategisk retning»"


def test_a_get_writes_nothing(v, aftale):
    sanne = logget_ind(v.skoleleder)
    for sted in (rod(aftale), rod(aftale) + "afsnit/behov/", til_maal(aftale, maal_i(aftale).noegle)):
        assert sanne.get(sted).status_code == 200
    assert sanne.get(rod(aftale) + "meld-tilstede/").status_code == 405
    assert not Tilstedevaerelse.objects.exists()


def test_case_43_only_those_who_write_are_shown_and_are_told(v, aftale):
    meld(aftale, v.paedagogiskleder)
    for hvem, status in ((v.medarbejder, 403), (v.koordinator, 403), (v.forvaltning, 403), (v.udenfor, 404)):
        svar = meld(aftale, hvem)
        assert svar.status_code == status
        assert "skriver også" not in tekst(svar)
        with pytest.raises(IkkeTilladtError):
            actions.meld_tilstede(aftale=byg.frisk(aftale), af=hvem, sted="behov")
    assert Tilstedevaerelse.objects.count() == 1


def test_once_the_text_is_locked_nobody_writes_in_it(v, aftale):
    byg.send(aftale, v.skoleleder)
    assert meld(aftale, v.paedagogiskleder).status_code == 200
    assert not Tilstedevaerelse.objects.exists()


def test_a_place_that_is_made_up_or_holds_markup_is_never_shown(v, aftale):
    for hvem, sted in (
        (v.paedagogiskleder, "<b>x</b>"),
        (v.centerleder, "9" * 5000),
        (v.dagtilbudsleder, "\U0001f600"),
    ):
        assert meld(aftale, hvem, sted).status_code == 200
    assert set(Tilstedevaerelse.objects.values_list("sted", flat=True)) == {"et nyt mål"}


def test_the_title_of_a_goal_is_shown_as_text(v, aftale):
    maal = byg.skriv_maal(aftale, v.skoleleder, titel='<script>"x"</script>')
    meld(aftale, v.paedagogiskleder, str(maal.noegle))
    side = logget_ind(v.skoleleder).get(rod(aftale) + "afsnit/behov/").content.decode()
    assert "&lt;script&gt;" in side
    assert "<script>&quot;" not in side


def test_the_writing_pages_cost_no_more_with_ten_who_write(v, aftale):
    sanne, sted = logget_ind(v.skoleleder), rod(aftale) + "afsnit/behov/"
    ventet = antal(sanne, sted)
    assert ventet == 4
    for hvem in (v.paedagogiskleder, v.centerleder, v.dagtilbudsleder):
        meld(aftale, hvem)
    assert antal(sanne, sted) == ventet
    assert antal(sanne, rod(aftale)) == 10
    assert antal(sanne, rod(aftale) + "meld-tilstede/", {"sted": "behov"}) == 10
    assert antal(sanne, rod(aftale) + "meld-tilstede/", {"sted": "behov"}) == 8
