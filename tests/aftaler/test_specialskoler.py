"""A special school has a district of its own without geography and is never reported as missing an agreement (S8)."""

import pytest

from tests.aftaler.sider import logget_ind, tekst
from tests.fabrik import distrikt, enhed, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    v = verden()
    v.specialdistrikt = distrikt("Specialskolen Bakken", er_uden_geografi=True)
    v.specialskole = enhed("Specialskolen Bakken", i=v.specialdistrikt)
    return v


def test_overblikket_siger_at_en_specialskole_ingen_aftale_behoever(v):
    svar = tekst(logget_ind(v.forvaltning).get("/forvaltning/"))
    assert "Specialskolen Bakken kræves ikke" in svar
    assert "Linde Skoledistrikt ingen endnu" in svar


def test_distriktets_side_siger_det_samme(v):
    klient = logget_ind(v.forvaltning)
    assert "En specialskole behøver ikke en aftale for" in tekst(klient.get(v.specialdistrikt.get_absolute_url()))
    assert "Der er ingen aftale for" in tekst(klient.get(v.distrikt.get_absolute_url()))
