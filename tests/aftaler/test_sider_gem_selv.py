"""What the script's own saves meet: the same rules, answered in a sentence; one row for a sitting (S9)."""

import pytest

from samarbejde.models import Haendelse
from tests.aftaler import byg
from tests.aftaler.sider import (
    aktivitet_i,
    aktivitetsfelter,
    delmaal_i,
    delmaalfelter,
    logget_ind,
    maal_i,
    maalfelter,
    rod,
    til_aktivitet,
    til_delmaal,
    til_maal,
)
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


@pytest.fixture
def pia(v):
    return logget_ind(v.paedagogiskleder)


def selv(klient, sted, felter):
    svar = klient.post(sted, felter, headers=JSON)
    return svar.status_code, svar.json()


def test_s9_two_hundred_over_http_and_the_press_after_them_are_one_row(aftale, pia):
    sted, version = rod(aftale) + "afsnit/behov/", str(aftale.behov_version)
    haendelser, antal = Haendelse.objects.count(), aftale.udgaver.count()
    for nummer in range(200):
        status, svar = selv(pia, sted, {"tekst": f"Tekst {nummer}", "version": version})
        assert (status, svar["besked"].startswith("Gemt kl. ")) == (200, True)
        version = svar["felter"]["version"]
    assert pia.post(sted, {"tekst": "Tekst 199", "version": version}).status_code == 302
    assert (Haendelse.objects.count(), aftale.udgaver.count()) == (haendelser + 1, antal + 1)
    assert byg.frisk(aftale).behov == "Tekst 199"


def test_s9_goals_subgoals_and_activities_save_themselves_too(aftale, pia):
    for sted, felter in (
        (til_maal(aftale, maal_i(aftale).noegle), maalfelter(version="1")),
        (til_delmaal(aftale, delmaal_i(aftale).noegle), delmaalfelter(version="1")),
        (til_aktivitet(aftale, aktivitet_i(aftale).noegle), aktivitetsfelter(version="1", titel="En ny titel")),
    ):
        assert selv(pia, sted, felter)[1]["felter"] == {"version": "2"}


def test_s9_a_stale_one_is_told_by_whom_and_stores_nothing(v, aftale, pia):
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    status, svar = selv(pia, rod(aftale) + "afsnit/behov/", {"tekst": "Pias", "version": "1"})
    assert status == 409
    assert svar["besked"].startswith("Ikke gemt: Sanne Lund har rettet i teksten")
    assert "Tryk «Gem»" in svar["besked"]
    assert byg.frisk(aftale).behov == "Sannes tekst."


def test_s9_deleted_and_locked_meanwhile_are_told_in_a_sentence(v, aftale, pia):
    sted = til_maal(aftale, maal_i(aftale).noegle)
    maal_i(aftale).delete()
    status, svar = selv(pia, sted, maalfelter(version="1"))
    assert (status, "slettet" in svar["besked"]) == (409, True)
    aftale = byg.udfyld(aftale, v.skoleleder)
    byg.send(aftale, v.skoleleder)
    status, svar = selv(pia, rod(aftale) + "afsnit/behov/", {"tekst": "Pias", "version": "9"})
    assert (status, "Teksten er låst" in svar["besked"]) == (409, True)


def test_d7_what_a_form_refuses_is_refused_here_too(aftale, pia):
    status, svar = selv(pia, rod(aftale) + "afsnit/behov/", {"tekst": "010112-1234", "version": "1"})
    assert (status, "personnumre" in svar["besked"]) == (422, True)
    status, svar = selv(pia, til_maal(aftale, maal_i(aftale).noegle), maalfelter(version="1", titel=""))
    assert (status, "Udfyld" in svar["besked"]) == (422, True)


def test_s54_outsiders_and_those_without_the_right_save_nothing_by_themselves(v, aftale):
    sted, felter = rod(aftale) + "afsnit/behov/", {"tekst": "Mit", "version": "1"}
    for hvem, ventet in ((v.medarbejder, 403), (v.naboskoleleder, 404)):
        assert logget_ind(hvem).post(sted, felter, headers=JSON).status_code == ventet
    assert byg.frisk(aftale).behov == aftale.behov


def test_something_new_is_first_there_when_somebody_says_so(aftale, pia):
    def saves_itself(sted):
        return "data-gem-selv" in pia.get(sted).content.decode()

    assert saves_itself(rod(aftale) + "afsnit/behov/")
    assert saves_itself(til_maal(aftale, maal_i(aftale).noegle))
    assert not saves_itself(rod(aftale) + "maal/nyt/")
    assert not saves_itself(til_maal(aftale, maal_i(aftale).noegle) + "delmaal/nyt/")
