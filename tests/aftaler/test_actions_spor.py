"""The trail of an agreement (S55, D39): each decision that the source text gives to a role, who, when and for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from aftaler import actions
from aftaler.historik import KLADDESPOR
from aftaler.models import Aktivitet, StrategiskMaal
from aftaler.queries import led_aftryk
from samarbejde import spor, tid
from samarbejde.actions import luk_person
from samarbejde.database import aabent_spor
from samarbejde.models import Haendelse, Person, Segling
from samarbejde.permissions import IkkeTilladtError
from samarbejde.spor import brud_paa_sporet, segl_spor
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db

KLOKKEN = datetime(2026, 9, 1, 10, 30, tzinfo=UTC)


@pytest.fixture
def v():
    return verden()


def seneste():
    return Haendelse.objects.first()


# --- every decision is there -------------------------------------------------------------------------------------
def test_s55_every_action_on_an_agreement_says_who_when_and_where(v):
    """From draft to annulled: the name of the event is the name of the act, its root the agreement."""
    with tid.frys(KLOKKEN):
        aftale = byg.kladde(v)
        parter = byg.valg([v.skole, v.kkfo])
        actions.vaelg_parter(aftale=aftale, af=v.skoleleder, parter=parter)
        byg.send(aftale, v.skoleleder)
        aftryk = byg.frisk(aftale).indhold_id
        byg.godkend(aftale, v.skole, v.skoleleder)
        actions.kan_ikke_godkende(
            part=byg.part(aftale, v.kkfo), af=v.paedagogiskleder, aftryk=aftryk, grund="Vi mangler et mål."
        )
        actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
        for led in (Aktivitet.objects.get(), StrategiskMaal.objects.get()):
            actions.slet_led(
                aftale=aftale, af=v.paedagogiskleder, model=type(led), noegle=led.noegle, aftryk=led_aftryk(led)
            )
        actions.annuller_aftale(aftale=aftale, af=v.skoleleder, grund="Vi begynder forfra.")
    fundet = Haendelse.objects.filter(rod_art__in=["aftale", KLADDESPOR], rod_id=aftale.pk)
    assert [haendelse.navn for haendelse in reversed(fundet)] == [
        "opret_aftale", "skriv_afsnit", "skriv_afsnit", "skriv_strategiskmaal", "skriv_delmaal", "skriv_aktivitet",
        "vaelg_parter", "send_til_godkendelse", "godkend", "kan_ikke_godkende", "traek_tilbage",
        "slet_aktivitet", "slet_strategiskmaal", "annuller_aftale",
    ]  # fmt: skip
    assert {haendelse.skete_den for haendelse in fundet} == {KLOKKEN}
    assert all(haendelse.af_navn in {"Sanne Lund", "Pia Dahl"} and haendelse.af for haendelse in fundet)
    assert all(haendelse.saetning.endswith(".") for haendelse in fundet)


def test_s55_an_answer_says_for_which_unit_and_which_text(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    assert seneste().saetning == "Pia Dahl, pædagogisk leder, har godkendt for KKFO Lindely."
    assert seneste().data["felter"] == {"aftryk": ["", aftale.indhold_id]}
    assert (seneste().objekt_art, seneste().objekt_id) == ("aftalepart", byg.part(aftale, v.kkfo).pk)
    actions.kan_ikke_godkende(
        part=byg.part(aftale, v.center), af=v.centerleder, aftryk=aftale.indhold_id, grund="For få besøg."
    )
    assert seneste().saetning == "Carl Havn kan ikke godkende endnu for Fritidscenter Havnen."
    assert seneste().data["felter"] == {"grund": ["", "For få besøg."]}


def test_s17_that_the_agreement_was_entered_is_the_systems_own_event(v):
    aftale = byg.indgaaet(v)
    haendelse = Haendelse.objects.get(navn="indgaa", rod_id=aftale.pk)
    assert (haendelse.af, haendelse.af_navn) == (None, "Systemet")


def test_s9_a_correction_keeps_what_was_there_and_what_came(v):
    aftale = byg.kladde(v)
    foer = aftale.behov
    byg.skriv_afsnit(aftale, v.dagtilbudsleder, "behov", "Nye behov")
    assert seneste().aendringer == [("Behov og udfordringer", foer, "Nye behov")]
    assert seneste().af == v.dagtilbudsleder


def test_what_changes_nothing_writes_nothing(v):
    aftale = byg.kladde(v)
    foer = Haendelse.objects.count()
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", aftale.behov)
    actions.vaelg_parter(aftale=aftale, af=v.skoleleder, parter=byg.valg(byg.parter(v)))
    assert Haendelse.objects.count() == foer


@pytest.mark.parametrize("hvem", ["skoleleder", "omraadechef", "udenfor"])
def test_only_forvaltning_and_administrator_close_an_account(v, hvem):
    """Decision 9."""
    with pytest.raises(IkkeTilladtError):
        luk_person(person=v.naboskoleleder, af=getattr(v, hvem))
    assert Person.objects.get(pk=v.naboskoleleder.pk).is_active
    luk_person(person=v.naboskoleleder, af=v.administrator)
    assert not Person.objects.get(pk=v.naboskoleleder.pk).is_active


# --- and cannot be changed ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", [Haendelse, Segling])
def test_d39_the_database_refuses_to_change_or_delete(v, model):
    segl_spor()
    raekke = model.objects.filter(pk=model.objects.first().pk)
    felt = {Haendelse: {"navn": "noget_andet"}, Segling: {"kaede": "0" * 64}}[model]
    for ondt in (lambda: raekke.update(**felt), lambda: raekke._raw_delete("default"), lambda: raekke.get().save()):
        with pytest.raises(DatabaseError, match="kun tilføjes"), transaction.atomic():
            ondt()
    assert not raekke.filter(**felt).exists()


def test_d39_the_switch_closes_again_in_the_same_transaction(v):
    with aabent_spor():
        Haendelse.objects.filter(pk=seneste().pk).update(navn="rettet")
    with pytest.raises(DatabaseError, match="kun tilføjes"), transaction.atomic():
        Haendelse.objects.filter(pk=seneste().pk).update(navn="rettet igen")


def test_d39_the_switch_closes_after_a_fault(v):
    with pytest.raises(ValueError, match="uheld"), transaction.atomic(), aabent_spor():
        raise ValueError("uheld")
    with pytest.raises(DatabaseError, match="kun tilføjes"), transaction.atomic():
        Haendelse.objects.filter(pk=seneste().pk).update(navn="rettet")


def test_d39_sealing_in_portions_and_twice_makes_one_whole_chain(v, monkeypatch):
    byg.kladde(v)
    antal = Haendelse.objects.count()
    monkeypatch.setattr(spor, "LED_PR_KOERSEL", 7)
    koersler = [segl_spor() for _ in range(antal // 7 + 3)]
    assert sum(koersler) == antal
    assert koersler[-2:] == [0, 0]
    assert list(Segling.objects.values_list("nummer", flat=True)) == list(range(1, antal + 1))
    assert brud_paa_sporet() == []


FORVANSKNINGER = {
    "data": {"saetning": "Noget ganske andet."},
    "af_navn": "En anden",
    "navn": "noget_andet",
    "af_id": None,
    "skete_den": KLOKKEN - timedelta(days=1),
    "rod_id": 4711,
    "rod_art": "enhed",
    "objekt_id": 4711,
    "objekt_art": "enhed",
    "salt": b"\0" * 16,
    "aftryk": "0" * 64,
}


@pytest.mark.parametrize("felt", FORVANSKNINGER)
def test_d39_a_changed_column_is_found_whichever_it_is(v, felt):
    byg.sendt(v)
    segl_spor()
    haendelse = Haendelse.objects.filter(navn="send_til_godkendelse").get()
    with aabent_spor():
        Haendelse.objects.filter(pk=haendelse.pk).update(**{felt: FORVANSKNINGER[felt]})
    fejl = brud_paa_sporet()
    assert fejl
    assert all(f"{haendelse.pk}" in linje for linje in fejl)


def test_every_column_of_an_event_is_one_of_those():
    """A new column is sealed too, or it says why not."""
    assert {felt.attname for felt in Haendelse._meta.concrete_fields} - {"id"} == set(FORVANSKNINGER)
