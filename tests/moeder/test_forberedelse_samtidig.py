"""S42 at the same instant: the same form sent twice is one, and two windows never overwrite each other."""

import pytest

from moeder import actions
from moeder.models import Bidrag, Punktfil
from samarbejde.tilstande import KonfliktError
from tests.moeder.forberedelse import billede, eget_lager, indkaldt
from tests.samtidigt import fordel, samtidig


@pytest.fixture
def v(transactional_db, settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    return indkaldt()


def giv(v, tekst, version=0):
    return lambda: actions.giv_bidrag(punkt=v.foerste, af=v.paedagogiskleder, art="ide", tekst=tekst, version=version)


def test_s42_det_samme_bidrag_paa_samme_tid_er_eet(v):
    lykkedes, afvist = fordel(samtidig(*[giv(v, "Besøg")] * 4), KonfliktError)
    assert (len(lykkedes), len(afvist)) == (4, 0)
    assert Bidrag.objects.get().version == 1


def test_s42_to_vinduer_paa_samme_tid(v):
    giv(v, "Første")()
    lykkedes, afvist = fordel(samtidig(giv(v, "A", 1), giv(v, "B", 1)), KonfliktError)
    assert (len(lykkedes), len(afvist)) == (1, 1)
    assert afvist[0].nu == {"tekst": lykkedes[0].tekst}
    assert Bidrag.objects.get().tekst == lykkedes[0].tekst


def test_den_samme_fil_paa_samme_tid_er_een(v):
    svar = samtidig(
        *[lambda: actions.laeg_fil_paa(punkt=v.foerste, upload=billede(), af=v.paedagogiskleder) for _ in range(3)]
    )
    assert len({et.pk for et in svar}) == 1
    assert Punktfil.objects.count() == 1
