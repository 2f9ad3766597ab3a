"""Two at the same instant: a delegation is given once and ended once. Threads, on both databases."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from ressourcecenter.actions import afslut_delegation, deleger_deltagelse
from ressourcecenter.models import Delegation
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.database import aabent_spor
from samarbejde.models import Haendelse, Segling
from samarbejde.permissions import Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler.test_samtidighed import fordel, samtidig
from tests.fabrik import person, rolle, verden
from tests.ressourcecenter import byg


@pytest.fixture
def v(transactional_db):
    yield verden()
    with transaction.atomic(), aabent_spor():
        Segling.objects.all().delete()
        Haendelse.objects.all().delete()


def deleger(v, **felter):
    valg = {"skole": v.skole, "person": v.teamkoordinator, "gyldig_fra": tid.i_dag(), **felter}
    return deleger_deltagelse(center=v.center, af=v.centerleder, **valg)


def test_s34_the_same_delegation_eight_times_at_once_is_given_once(v):
    lykkedes, afvist = fordel(samtidig(*[lambda: deleger(v)] * 8), ValidationError)
    assert (len(lykkedes), len(afvist)) == (1, 7)
    assert Delegation.objects.count() == 1
    assert Haendelse.objects.filter(navn="deleger_deltagelse").count() == 1


def test_s34_two_people_at_the_same_school_at_once_both_get_it(v):
    anden = person("Bo Friis")
    rolle(anden, Rolle.MEDARBEJDER, v.center)
    samtidig(lambda: deleger(v), lambda: deleger(v, person=anden))
    assert set(Delegation.objects.values_list("person", flat=True)) == {v.teamkoordinator.pk, anden.pk}


def test_s34_ending_four_times_at_once_ends_once(v):
    ny = deleger(v)
    kald = [lambda: afslut_delegation(delegation=ny, af=v.centerleder)] * 4
    lykkedes, afvist = fordel(samtidig(*kald), IkkeMuligtError)
    assert (len(lykkedes), len(afvist)) == (1, 3)
    assert Haendelse.objects.filter(navn="afslut_delegation").count() == 1


def test_s54_a_delegation_and_the_end_of_the_employment_at_once_leave_none_behind(v):
    """Whoever comes first: refused, or ended with the employment; never a row that outlives it."""
    job, slut = v.teamkoordinator.rolletildelinger.get(), tid.i_dag() + timedelta(days=7)
    samtidig(lambda: deleger(v), lambda: afslut_rolle(tildeling=job, gyldig_til=slut, af=v.centerleder))
    job.refresh_from_db()
    assert job.gyldig_til == slut
    assert list(Delegation.objects.exclude(gyldig_til__lte=slut)) == []


def test_case_9_a_delegation_and_the_loss_of_a_school_at_once(v):
    """Refused, or given before and flagged: never given after."""
    samtidig(lambda: deleger(v), lambda: byg.forlad(v.center, v.naboskole))
    assert Delegation.objects.count() in {0, 1}
    with pytest.raises(IkkeMuligtError):
        deleger(v, person=v.teamkoordinator, gyldig_fra=tid.i_dag() + timedelta(days=1))
