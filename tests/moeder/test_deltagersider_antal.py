"""What the pages about participation ask the database for: the same for one and for many, pinned."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moeder.models import Deltager
from moeder.states import Tilstand
from samarbejde.permissions import Rolle
from tests.aftaler.sider import logget_ind
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import inviter, punkt
from tests.moeder.deltagere import med_faste, plads
from tests.ressourcecenter.byg import forum, ressourceperson

pytestmark = pytest.mark.django_db


def antal(klient, adresse):
    with CaptureQueriesContext(connection) as kald:
        assert klient.get(adresse).status_code == 200
    return len(kald)


def test_every_page_costs_the_same_small_and_large():
    v = verden()
    rc = forum(v.skole)
    m = med_faste(rc, v.skoleleder, tilstand=Tilstand.INDKALDT)
    inviter(m, v.vejleder, v.skole, [punkt(m)])
    ressourceperson(rc, v.sundhedsplejerske)
    rod = f"/moeder/{m.kode}/deltagere/"
    sider = {
        (v.koordinator, rod): DELTAGERE,
        (v.koordinator, f"{rod}tilfoej/"): INVITER,
        (v.paedagogiskleder, f"/moeder/repraesentant/{v.kkfo.slug}/"): REPRAESENTANTER,
        (v.paedagogiskleder, f"{rod}{plads(m, v.kkfo).pk}/repraesentant/"): VAELG,
    }
    assert {(hvem, sted): antal(logget_ind(hvem), sted) for hvem, sted in sider} == sider
    for nr in range(12):
        med_faste(rc, v.skoleleder, dage=20 + nr, tilstand=Tilstand.INDKALDT)
        p, hvem = punkt(m, f"Punkt {nr}"), person(f"Ekspert {nr}")
        rolle(hvem, Rolle.MEDARBEJDER, v.kkfo)
        ressourceperson(rc, hvem, v.kkfo)
        inviter(m, person(f"Gæst {nr}"), None, art=Deltager.Art.RESSOURCEPERSON)
        inviter(m, person(f"Til punkt {nr}"), v.skole, [p])
    assert {(hvem, sted): antal(logget_ind(hvem), sted) for hvem, sted in sider} == sider


DELTAGERE, INVITER, REPRAESENTANTER, VAELG = 9, 16, 5, 6
