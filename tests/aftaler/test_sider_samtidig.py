"""The same press eight times at once, and two people at once, over HTTP and on both databases."""

import pytest
from django.db import transaction

from aftaler.models import Aftale, Aktivitet, Delmaal, Godkendelse, Maalomraade, StrategiskMaal
from samarbejde.database import aabent_spor
from samarbejde.models import Haendelse, Segling
from tests.aftaler import byg
from tests.aftaler.sider import (
    aktivitetsfelter,
    delmaalfelter,
    logget_ind,
    maalfelter,
    rod,
    til_aktivitet,
    til_delmaal,
    til_maal,
)
from tests.aftaler.test_samtidighed import samtidig
from tests.fabrik import verden


@pytest.fixture
def v(transactional_db):
    for nummer in range(1, 7):
        Maalomraade.objects.get_or_create(nummer=nummer, defaults={"navn": f"Område {nummer}"})
    yield verden()
    with transaction.atomic(), aabent_spor():
        Segling.objects.all().delete()
        Haendelse.objects.all().delete()


def otte_gange(hvem, sted, felter):
    klienter = [logget_ind(hvem) for _ in range(8)]
    return samtidig(*[lambda klient=klient: klient.post(sted, felter).status_code for klient in klienter])


def test_s14_a_new_goal_posted_eight_times_at_once_is_one(v):
    aftale = byg.kladde(v)
    for sted, felter, model in (
        (til_maal(aftale), maalfelter(), StrategiskMaal),
        (til_delmaal(aftale), delmaalfelter(), Delmaal),
        (til_aktivitet(aftale), aktivitetsfelter(), Aktivitet),
    ):
        assert otte_gange(v.paedagogiskleder, sted, felter) == [302] * 8
        assert model.objects.count() == 2
        model.objects.filter(noegle=sted.rstrip("/").rsplit("/", 1)[1]).delete()


def test_s17_an_approval_posted_eight_times_at_once_is_one(v):
    aftale = byg.sendt(v)
    sted = f"{rod(aftale)}parter/{v.kkfo.slug}/godkend/"
    svar = otte_gange(v.paedagogiskleder, sted, {"aftryk": aftale.indhold_id})
    assert set(svar) <= {302, 409}
    assert 302 in svar
    assert Godkendelse.objects.count() == 1


def test_s7_case_20_two_who_create_at_once_come_to_the_same_agreement(v):
    sted = f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/"
    felter = {"tovholder": v.skole.pk, "parter": [v.skole.pk, v.kkfo.pk]}
    klienter = [logget_ind(hvem) for hvem in (v.skoleleder, v.paedagogiskleder, v.centerleder)]
    svar = samtidig(*[lambda klient=klient: klient.post(sted, felter).url for klient in klienter])
    assert set(svar) == {rod(Aftale.objects.get())}


def test_s9_two_who_save_at_once_are_one_saved_and_one_conflict(v):
    aftale = byg.kladde(v)
    sted = rod(aftale) + "afsnit/behov/"
    klienter = [(logget_ind(v.skoleleder), "Sannes"), (logget_ind(v.paedagogiskleder), "Pias")]
    svar = samtidig(*[lambda k=k, t=t: k.post(sted, {"tekst": t, "version": "1"}).status_code for k, t in klienter])
    assert sorted(svar) == [302, 409]
    assert byg.frisk(aftale).behov == ["Sannes", "Pias"][svar.index(302)]
