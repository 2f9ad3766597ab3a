"""Several people at the same instant: two answers, two merges, eight presses. One wins and nothing counts twice."""

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.models import Anmodning, Moede, Punkt
from samarbejde.models import Besked, Haendelse
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import verden
from tests.moeder.byg import anmod, moede, om
from tests.ressourcecenter.byg import forum
from tests.samtidigt import fordel, samtidig


@pytest.fixture
def v(transactional_db):
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


def test_s39_eight_presses_at_once_are_one_request(v, rc):
    felter = {"forum": rc, "af": v.medarbejder, "niveau": "tema", "hvad": "Overgange", "kode": "bcdfghjk"}
    svar = samtidig(*[lambda: actions.anmod_om_moede(**felter)] * 8)
    lykkedes, afvist = fordel(svar)
    assert (len(set(lykkedes)), afvist) == (1, [])
    assert Anmodning.objects.count() == Haendelse.objects.filter(navn="anmod_om_moede").count() == 1
    assert Besked.objects.filter(noegle__contains=":svar:").count() == 1


def test_two_answers_at_once_one_wins(v, rc):
    anmodning, m = anmod(rc, v.medarbejder, v.kkfo), moede(rc, af=v.skoleleder)
    tiden = {"begynder": om(9), "slutter": om(9).replace(hour=om(9).hour + 1)}
    svar = samtidig(
        lambda: actions.afvis_anmodning(anmodning=anmodning, grund="Ikke nu.", af=v.koordinator),
        lambda: actions.planlaeg_for_anmodning(anmodning=anmodning, af=v.skoleleder, **tiden),
        lambda: actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator),
        lambda: actions.traek_anmodning(anmodning=anmodning, af=v.medarbejder),
    )
    lykkedes, afvist = fordel(svar, IkkeMuligtError)
    assert (len(lykkedes), len(afvist)) == (1, 3)
    nu = Anmodning.objects.get()
    assert nu.tilstand == lykkedes[0].tilstand
    assert Punkt.objects.count() == (nu.tilstand in {"planlagt", "paa_dagsorden"})
    assert Moede.objects.count() == 1 + (nu.tilstand == "planlagt")
    assert Haendelse.objects.filter(rod_art="anmodning").count() == 1


def test_two_merges_into_each_other_leave_one_that_is_open(v, rc):
    a, b = anmod(rc, v.medarbejder, v.kkfo), anmod(rc, v.vejleder, v.skole)
    svar = samtidig(
        lambda: actions.flet_anmodning(anmodning=a, med=b, af=v.koordinator),
        lambda: actions.flet_anmodning(anmodning=b, med=a, af=v.skoleleder),
    )
    lykkedes, afvist = fordel(svar, IkkeMuligtError, ValidationError)
    assert (len(lykkedes), len(afvist)) == (1, 1)
    aaben = Anmodning.objects.get(tilstand="modtaget")
    assert aaben == lykkedes[0]
    assert {en.person for en in aaben.anmodere.all()} == {v.medarbejder, v.vejleder}
    assert Anmodning.objects.get(tilstand="flettet").flettet_i == aaben


def test_a_meeting_cancelled_while_a_request_is_put_on_it_keeps_no_promise(v, rc):
    anmodning, m = anmod(rc, v.medarbejder, v.kkfo), moede(rc, af=v.skoleleder)

    def aflys():
        return actions.aflys_moede(moede=m, grund="Sygdom", af=v.skoleleder)

    svar = samtidig(aflys, lambda: actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator))
    fordel(svar, IkkeMuligtError, ValidationError)
    assert Anmodning.objects.get().tilstand == "modtaget"
