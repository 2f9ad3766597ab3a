"""S39: an item that came from a request answers it again when it is put on another agenda from the backlog."""

import pytest
from django.urls import reverse

from moeder import actions
from moeder.models import Anmodning, Punkt
from moeder.states import Anmodningstilstand, Punkttilstand
from ressourcecenter.models import Forbereder
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler.sider import logget_ind
from tests.fabrik import FRA, person, rolle, verden
from tests.moeder.byg import anmod, moede
from tests.ressourcecenter.byg import forum
from tests.samtidigt import fordel, samtidig

A = Anmodningstilstand


@pytest.fixture
def v(db):
    v = verden()
    v.rc = forum(v.skole)
    return v


@pytest.fixture
def i_koeen(v):
    """Promised to a meeting that was then called off: it waits for a new answer, and its item in the backlog."""
    return aflyst(v, anmod(v.rc, v.medarbejder, v.kkfo))


def aflyst(v, anmodning):
    m = moede(v.rc, af=v.skoleleder)
    actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator)
    actions.aflys_moede(moede=m, grund="Sygdom", af=v.skoleleder)
    Besked.objects.all().delete()
    anmodning = Anmodning.objects.get(pk=anmodning.pk)
    assert (anmodning.tilstand, anmodning.punkt.tilstand) == (A.MODTAGET, Punkttilstand.VENTER)
    return anmodning


def test_the_item_on_another_agenda_is_the_answer_with_one_mail_to_the_asker(v, i_koeen):
    naeste = moede(v.rc, af=v.skoleleder, dage=28)
    for _ in range(2):
        paa = actions.tag_paa(punkt=i_koeen.punkt, moede=naeste, af=v.koordinator)
    i_koeen.refresh_from_db()
    assert (i_koeen.tilstand, i_koeen.moede, i_koeen.punkt) == (A.PAA_DAGSORDEN, naeste, paa)
    assert (i_koeen.besvaret_af, Punkt.objects.count()) == (v.koordinator, 1)
    mail = Besked.objects.get(til=v.medarbejder)
    assert (mail.adresse, mail.levering) == (i_koeen.get_absolute_url(), "lejlighed")
    assert "kommer på et møde" in mail.tekst
    assert "Uro" not in f"{mail.emne} {mail.tekst}"
    assert Haendelse.objects.filter(navn="saet_anmodning_paa", rod_id=i_koeen.pk).count() == 2
    with pytest.raises(IkkeMuligtError):
        actions.afvis_anmodning(anmodning=i_koeen, grund="Nej", af=v.skoleleder)


def test_what_still_waited_to_be_sent_to_those_who_should_answer_is_taken_back(v):
    anmodning, m = anmod(v.rc, v.medarbejder, v.kkfo), moede(v.rc, af=v.skoleleder)
    actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator)
    actions.aflys_moede(moede=m, grund="Sygdom", af=v.skoleleder)
    venter = Besked.objects.filter(noegle__startswith=f"anmodning:{anmodning.pk}:svar", tilstand="venter")
    assert venter.exists()
    anmodning.refresh_from_db()
    actions.tag_paa(punkt=anmodning.punkt, moede=moede(v.rc, af=v.skoleleder, dage=28), af=v.skoleleder)
    assert not venter.exists()


def test_every_asker_of_a_merged_request_hears_it(v):
    en, anden = anmod(v.rc, v.medarbejder, v.kkfo), anmod(v.rc, v.vejleder, v.skole)
    actions.flet_anmodning(anmodning=anden, med=en, af=v.koordinator)
    en = aflyst(v, en)
    actions.tag_paa(punkt=en.punkt, moede=moede(v.rc, af=v.skoleleder, dage=28), af=v.koordinator)
    assert {mail.til for mail in Besked.objects.all()} == {v.medarbejder, v.vejleder}


def test_decision_10_whoever_only_prepares_puts_the_item_on_and_answers_nobody(v, i_koeen):
    signe = person("Signe Sekretær")
    rolle(signe, Rolle.MEDARBEJDER, v.skole)
    Forbereder.objects.create(skole=v.skole, person=signe, navngivet_af=v.skoleleder, gyldig_fra=FRA)
    naeste = moede(v.rc, af=v.skoleleder, dage=28)
    paa = actions.tag_paa(punkt=i_koeen.punkt, moede=naeste, af=signe)
    i_koeen.refresh_from_db()
    assert (i_koeen.tilstand, i_koeen.besvaret_af) == (A.MODTAGET, v.koordinator)
    besvaret = actions.saet_anmodning_paa(anmodning=i_koeen, moede=naeste, af=v.koordinator)
    assert (besvaret.punkt, Punkt.objects.count()) == (paa, 1), "the coordinator confirms it, on the same item"


def test_s28_one_that_lies_before_the_leader_is_not_answered_by_the_coordinator_with_its_item(v, i_koeen):
    Anmodning.objects.update(tilstand=A.FORELAGT, svar_tekst="Ikke nu.")
    actions.tag_paa(punkt=i_koeen.punkt, moede=moede(v.rc, af=v.skoleleder, dage=28), af=v.koordinator)
    assert Anmodning.objects.get().tilstand == A.FORELAGT


@pytest.mark.parametrize("tilstand", [A.TRUKKET, A.BEHANDLET])
def test_a_request_that_is_over_is_never_woken_by_its_item(v, i_koeen, tilstand):
    Anmodning.objects.update(tilstand=tilstand, moede=moede(v.rc, af=v.skoleleder, dage=21))
    naeste = moede(v.rc, af=v.skoleleder, dage=28)
    actions.tag_paa(punkt=i_koeen.punkt, moede=naeste, af=v.koordinator)
    i_koeen.refresh_from_db()
    assert (i_koeen.tilstand, i_koeen.moede != naeste) == (tilstand, True)


def test_an_outsider_puts_nothing_on_and_answers_nothing(v, i_koeen):
    naeste = moede(v.rc, af=v.skoleleder, dage=28)
    for hvem in (v.udenfor, v.naboskoleleder, v.medarbejder, v.paedagogiskleder):
        with pytest.raises(IkkeTilladtError):
            actions.tag_paa(punkt=i_koeen.punkt, moede=naeste, af=hvem)
    i_koeen.refresh_from_db()
    assert (i_koeen.tilstand, Besked.objects.count()) == (A.MODTAGET, 0)


def test_the_page_says_that_the_request_is_answered_by_it(v, i_koeen):
    naeste = moede(v.rc, af=v.skoleleder, dage=28)
    sted = reverse("tag_paa", args=[i_koeen.punkt.noegle])
    side = logget_ind(v.koordinator).post(sted, {"moede": naeste.kode}, follow=True).content.decode()
    assert "Punktet er sat på dagsordenen. Den anmodning, det kom fra, er besvaret med det." in side
    i_koeen.refresh_from_db()
    assert i_koeen.tilstand == A.PAA_DAGSORDEN


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_by_its_item_and_by_its_own_page_answer_once():
    v = verden()
    v.rc = forum(v.skole)
    anmodning = aflyst(v, anmod(v.rc, v.medarbejder, v.kkfo))
    et, andet = moede(v.rc, af=v.skoleleder, dage=28), moede(v.rc, af=v.skoleleder, dage=35)
    svar = samtidig(
        lambda: actions.tag_paa(punkt=anmodning.punkt, moede=et, af=v.koordinator),
        lambda: actions.saet_anmodning_paa(anmodning=anmodning, moede=andet, af=v.skoleleder),
    )
    fordel(svar, IkkeMuligtError)
    anmodning.refresh_from_db()
    assert anmodning.tilstand == A.PAA_DAGSORDEN
    assert anmodning.punkt.moede == anmodning.moede
    assert Besked.objects.filter(til=v.medarbejder, noegle__startswith=f"anmodning:{anmodning.pk}:nyt").count() == 1
