"""D15: the PDFs of a meeting are thrown away after a while; what they were made from stays, and so does the trail."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder import actions
from moeder.actions.dokumenter import FLEST_AD_GANGEN, HOLDBAR, slet_gamle_papirer
from moeder.models import Moededokument
from moeder.pdf import lav_papir
from samarbejde import tid
from samarbejde.models import Haendelse
from tests.aftaler.sider import logget_ind
from tests.fabrik import verden
from tests.moeder.byg import moede, papir
from tests.moeder.papirer import med_referat, tekst
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def m(v):
    return med_referat(v).moede


def gammelt(papiret, alder=HOLDBAR + DAG, **felter):
    Moededokument.objects.filter(pk=papiret.pk).update(bestilt_den=tid.nu() - alder, **felter)
    return papiret


def test_what_is_old_is_deleted_once_and_what_is_not_stays(v, m):
    gamle = [gammelt(papir(m, "referat")), gammelt(papir(m, "uddrag", v.kkfo))]
    nyt = gammelt(papir(m, "pakke"), HOLDBAR - DAG)
    assert slet_gamle_papirer(tid.nu()) == len(gamle)
    assert list(Moededokument.objects.all()) == [nyt]
    assert slet_gamle_papirer(tid.nu()) == 0


def test_the_trail_of_the_meeting_keeps_that_there_was_one(v, m):
    gammelt(papir(m, "uddrag", v.kkfo))
    slet_gamle_papirer(tid.nu())
    spor = Haendelse.objects.get(navn="slet_gamle_papirer")
    assert (spor.rod_art, spor.rod_id, spor.af) == ("moede", m.pk, None)
    assert spor.saetning.startswith("Uddrag til KKFO Lindely som PDF, bestilt ")
    assert spor.saetning.endswith(" er slettet.")


def test_one_that_failed_goes_too_and_one_the_worker_has_stays(v, m):
    gammelt(papir(m, "referat"), tilstand="fejlet")
    venter = gammelt(papir(m, "pakke"), tilstand="bestilt")
    slet_gamle_papirer(tid.nu())
    assert list(Moededokument.objects.all()) == [venter]


def test_the_minutes_can_be_made_again_and_say_the_same(v, m):
    foerste = actions.bestil_papir(moede=m, art="referat", af=v.skoleleder)
    lav_papir(foerste.pk)
    foerste.refresh_from_db()
    with tid.frys(tid.nu() + HOLDBAR + DAG):
        assert slet_gamle_papirer(tid.nu()) == 1
        igen = actions.bestil_papir(moede=m, art="referat", af=v.skoleleder)
        lav_papir(igen.pk)
    igen.refresh_from_db()
    assert igen.pk != foerste.pk
    assert igen.indhold == foerste.indhold, "the fingerprint of what it says"
    assert ord_i(igen) == ord_i(foerste)


def ord_i(papiret):
    """Without the foot that says when it was made."""
    return tekst(bytes(papiret.pdf)).split("Lavet ")[0]


def test_its_address_is_gone_for_everybody_and_the_page_offers_a_new_one(v, m):
    papiret = gammelt(papir(m, "referat"))
    klient = logget_ind(v.skoleleder)
    assert klient.get(papiret.get_absolute_url()).status_code == 200
    slet_gamle_papirer(tid.nu())
    for navn in ("papir", "hent_papir"):
        assert klient.get(reverse(navn, args=[m.kode, papiret.pk])).status_code == 404
    assert "Lav referatet som PDF" in klient.get(reverse("papirer", args=[m.kode])).content.decode()


def test_the_nightly_routine_does_it(v, m):
    gammelt(papir(m, "referat"))
    call_command("doegnrutiner", verbosity=0)
    assert not Moededokument.objects.exists()


def test_it_costs_the_same_for_many_and_takes_no_more_than_its_share(v):
    antal = []
    for hvor_mange in (1, 20):
        for dage in range(hvor_mange):
            gammelt(papir(moede(forum(v.skole), af=v.skoleleder, dage=dage + 1)))
        with CaptureQueriesContext(connection) as kald:
            assert slet_gamle_papirer(tid.nu()) == hvor_mange <= FLEST_AD_GANGEN
        antal.append(len(kald))
    assert antal == [5, 5]
