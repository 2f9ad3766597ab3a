"""What the pages of minutes and tasks ask the database for: the same with one row and with many, pinned."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder.models import Bemaerkning, Berigtigelse, Moede, Opfoelgning
from samarbejde import tid
from samarbejde.permissions import Rolle
from tests.fabrik import person, rolle, verden
from tests.moeder import byg
from tests.moeder.referatbyg import begyndt, frisk

pytestmark = pytest.mark.django_db
SIDER = {
    "skriv_referat": 16,
    "laes_referat": 16,
    "vis_paa_skaerm": 10,
    "send_referat": 14,
    "opgaver": 5,
}


@pytest.fixture
def v():
    return verden()


def fyld(m, v, antal):
    gammelt = byg.moede(m.rc, af=v.skoleleder, begynder=tid.nu() - timedelta(days=20), tilstand="referat_lukket")
    foer = byg.punkt(gammelt)
    for nummer in range(antal):
        en = person(f"Gæst {nummer}")
        rolle(en, Rolle.MEDARBEJDER, v.kkfo)
        byg.inviter(m.moede, en, v.kkfo, tilstand="deltog")
        punkt = byg.punkt(m.moede, f"Punkt {nummer}", ansvarlig=en)
        byg.opgave(punkt, en, v.kkfo, f"Opgave {nummer}")
        opgave = byg.opgave(foer, en, v.kkfo, f"Gammel {nummer}")
        Opfoelgning.objects.create(opgave=opgave, moede=m.moede, udfald="fortsaetter", af=v.koordinator)
        Bemaerkning.objects.create(punkt=punkt, tekst="Nej", af=en)
        Berigtigelse.objects.create(moede=m.moede, punkt=punkt, tekst="Jo", af=en)
        Berigtigelse.objects.create(moede=m.moede, tekst="Jo", af=en)


def antal(klient, m, navn):
    sted = reverse(navn, args=[] if navn == "opgaver" else [m.moede.kode])
    with CaptureQueriesContext(connection) as kald:
        assert klient.get(sted).status_code == 200, navn
    return len(kald)


@pytest.mark.parametrize("hvor_mange", [1, 30])
def test_sidernes_opslag_foelger_ikke_raekkerne(client, v, hvor_mange):
    m = begyndt(v)
    fyld(m, v, hvor_mange)
    client.force_login(v.koordinator)
    client.get(reverse("opgaver"))
    fundet = {navn: antal(client, frisk(m), navn) for navn in SIDER if navn != "laes_referat"}
    Moede.objects.filter(pk=m.moede.pk).update(tilstand="referat_i_hoering", hoering_til=tid.i_dag())
    fundet["laes_referat"] = antal(client, frisk(m), "laes_referat")
    assert fundet == SIDER
