"""What the pages about participation ask the database for: the same with one delegation and with thirty, pinned."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samarbejde.permissions import Rolle
from tests.aftaler.sider import logget_ind
from tests.fabrik import person, rolle, verden
from tests.ressourcecenter import byg

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def antal(klient, adresse):
    with CaptureQueriesContext(connection) as kald:
        assert klient.get(adresse).status_code == 200
    return len(kald)


def koster(v):
    rod, foerste = f"/repraesentation/{v.center.slug}/", v.center.delegationer.first()
    return {
        (v.centerleder, rod): 8,
        (v.skoleleder, rod): 8,
        (v.centerleder, f"{rod}deleger/"): 6,
        (v.centerleder, f"{rod}delegationer/{foerste.pk}/afslut/"): 6,
        (v.centerleder, v.center.get_absolute_url()): 15,
        (v.skoleleder, v.skole.get_absolute_url()): 13,
    }


def test_every_page_costs_the_same_small_and_large(v):
    byg.delegation(v.center, v.skole, v.teamkoordinator)
    ventet = koster(v)
    assert {(hvem, sted): antal(logget_ind(hvem), sted) for hvem, sted in ventet} == ventet
    for nummer in range(6):
        skole = byg.ny_skole(f"Skole {nummer}", center=v.center)
        for ansat in (person(f"Ansat {nummer}.{n}") for n in range(5)):
            rolle(ansat, Rolle.MEDARBEJDER, v.center)
            byg.delegation(v.center, skole, ansat)
    assert {(hvem, sted): antal(logget_ind(hvem), sted) for hvem, sted in ventet} == ventet


def test_the_step_of_case_9_costs_the_start_page_the_same_for_one_and_for_thirty(v):
    byg.delegation(v.center, v.skole, v.teamkoordinator)
    byg.forlad(v.center, v.naboskole)
    carl = logget_ind(v.centerleder)
    foer = antal(carl, "/")
    for ansat in (person(f"Ansat {n}") for n in range(30)):
        rolle(ansat, Rolle.MEDARBEJDER, v.center)
        byg.delegation(v.center, v.skole, ansat)
    assert antal(carl, "/") == foer
    assert "Bekræft, at uddelegeringen på Lindeskolen ophører" in carl.get("/").content.decode()
