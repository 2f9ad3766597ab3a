"""The six areas and the intentions are shown and never demanded (S11, S12, S62); one responsible party warns (S15)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftaler.heletekst import fyld_indhold
from aftaler.indhold import indhold_af, pak, som_data
from aftaler.models import INTENTIONER, StrategiskMaal
from aftaler.states import Tilstand
from aftaler.views.daekning import daekning
from samarbejde.models import Haendelse
from tests.aftaler import byg
from tests.aftaler.sider import aktivitet_i, logget_ind, maal_i, maalfelter, rod, skjulte, tekst, til_maal
from tests.data import aftryk
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


def ansvar(aftale, *enheder):
    aktivitet_i(aftale).ansvarlige.set(enheder)


# --- the six areas -----------------------------------------------------------------------------------------------
def test_s11_the_coverage_names_all_six_with_the_goals_in_them_and_asks_nothing(v, aftale):
    byg.skriv_maal(aftale, v.skoleleder, titel="Andet mål", omraader=(1, 3))
    fyldt = fyld_indhold(aftale)
    with CaptureQueriesContext(connection) as spurgt:
        fundet = daekning(fyldt)
    assert len(spurgt) == 0
    assert [maal for _, maal in fundet.omraader] == ["mål 2", "", "mål 1 og 2", "", "", ""]
    assert fundet.beroert == 2


def test_s11_local_choice_one_area_is_enough_to_send(v, aftale):
    sanne = logget_ind(v.skoleleder)
    for sted in (rod(aftale), f"{rod(aftale)}send-til-godkendelse/"):
        side = tekst(sanne.get(sted))
        assert "Målene berører 1 af de seks målområder" in side
        assert "2. Udsatte børn og unge: intet mål" in side
    sanne.post(f"{rod(aftale)}send-til-godkendelse/")
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE


def test_the_coverage_is_for_those_who_write(v, aftale):
    for hvem in (v.medarbejder, v.koordinator):
        assert "af de seks målområder" not in tekst(logget_ind(hvem).get(rod(aftale)))
    assert "af de seks målområder" in tekst(logget_ind(v.paedagogiskleder).get(rod(aftale)))


# --- who answers -------------------------------------------------------------------------------------------------
def test_s15_one_party_alone_warns_two_do_not_and_neither_hinders(v, aftale):
    sted, sanne = f"{rod(aftale)}send-til-godkendelse/", logget_ind(v.skoleleder)
    assert "Ingen part er valgt som ansvarlig" in tekst(sanne.get(sted))
    ansvar(aftale, v.skole)
    assert "Kun Lindeskolen er ansvarlig for aktiviteterne." in tekst(sanne.get(sted))
    ansvar(aftale, v.skole, v.kkfo)
    assert "ansvarlig for aktiviteterne" not in tekst(sanne.get(sted))
    ansvar(aftale, v.skole)
    sanne.post(sted)
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE


def test_s15_before_there_is_an_activity_nothing_is_missed(v):
    tom = byg.tom(v)
    byg.skriv_maal(tom, v.skoleleder)
    assert daekning(fyld_indhold(tom)).advarsel == ""


# --- intentions --------------------------------------------------------------------------------------------------
def test_s62_the_words_are_the_models():
    kilde = aftryk.laes()
    saetning = (
        "læring, udvikling og trivsel samt deres demokratiske dannelse og deltagelse i børne- og ungefællesskaber"
    )
    assert aftryk.staar_i(saetning, "Indledning", kilde)
    assert INTENTIONER == ("læring", "udvikling", "trivsel", "demokratisk dannelse", "fællesskaber")


def test_s62_intentions_are_optional_chosen_shown_and_kept(v, aftale):
    pia, maal = logget_ind(v.paedagogiskleder), maal_i(aftale)
    felter = maalfelter(version="1", titel=maal.titel, intentioner=["trivsel", "læring"])
    assert pia.post(til_maal(aftale, maal.noegle), felter).status_code == 302
    maal.refresh_from_db()
    assert maal.intentioner == "læring, trivsel"
    assert "Skal især bidrage til læring og trivsel" in tekst(pia.get(rod(aftale)))
    assert "Trivsel: mål 1" in tekst(pia.get(rod(aftale)))
    side = pia.get(til_maal(aftale, maal.noegle)).content.decode()
    assert side.count('name="intentioner"') == 5
    assert side.count("checked") == 3  # two intentions and one area
    spor = Haendelse.objects.filter(navn="skriv_strategiskmaal").latest("pk")
    assert spor.data["felter"]["intentioner"] == ["", "læring, trivsel"]
    pia.post(til_maal(aftale, maal.noegle), maalfelter(version="2", titel=maal.titel))
    assert StrategiskMaal.objects.get(pk=maal.pk).intentioner == ""


def test_s62_an_unknown_intention_is_refused(v, aftale):
    svar = logget_ind(v.paedagogiskleder).post(til_maal(aftale), maalfelter(intentioner=["karakterer"]))
    assert "Et af valgene findes ikke." in tekst(svar)
    assert StrategiskMaal.objects.count() == 1


def test_s62_they_are_for_overview_and_outside_what_is_approved(v, aftale):
    foer = indhold_af(aftale).aftryk
    StrategiskMaal.objects.update(intentioner="trivsel")
    assert pak(som_data(byg.frisk(aftale))).aftryk == foer


def test_s9_two_choices_of_intentions_at_once_are_a_conflict_like_any_other(v, aftale):
    maal, (sanne, pia) = maal_i(aftale), map(logget_ind, (v.skoleleder, v.paedagogiskleder))
    sted = til_maal(aftale, maal.noegle)
    sanne.post(sted, maalfelter(version="1", titel=maal.titel, intentioner=["læring"]))
    svar = pia.post(sted, maalfelter(version="1", titel=maal.titel, intentioner=["trivsel", "udvikling"]))
    assert svar.status_code == 409
    assert "udvikling, trivsel" in tekst(svar)
    assert "læring" in tekst(svar)
    assert pia.post(sted, skjulte(svar)).status_code == 302
    assert StrategiskMaal.objects.get(pk=maal.pk).intentioner == "udvikling, trivsel"
