"""Somebody always holds the ball of a meeting, and the start page says so (S30, S38)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moeder import actions
from moeder.models import Moede
from moeder.queries.skridt import naeste_skridt, ventende_skridt
from moeder.states import OVERGANGE, Tilstand
from samarbejde import tid
from samarbejde.roller import husk_roller, slut_med_roller
from tests.fabrik import verden
from tests.moeder import byg
from tests.moeder.referatbyg import begyndt, kom_i_gang, sendt
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db
SLUT = {Tilstand.REFERAT_LUKKET, Tilstand.AFLYST, Tilstand.IKKE_AFHOLDT}
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


@given(
    tilstand=st.sampled_from(Tilstand.values),
    dage=st.integers(-40, 40),
    hoering=st.none() | st.integers(-10, 10),
    med_referent=st.booleans(),
    hvem=st.sampled_from(["skoleleder", "koordinator", "paedagogiskleder", "medarbejder", "udenfor", "vejleder"]),
)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_enhver_tilstand_der_ikke_er_slut_har_en_der_har_bolden(v, tilstand, dage, hoering, med_referent, hvem):
    frist = None if hoering is None else tid.i_dag() + hoering * DAG
    felter = {"tilstand": tilstand, "hoering_til": frist, "aflyst_grund": "Ingen punkter"}
    moede = byg.moede(
        forum(v.skole), af=v.skoleleder, dage=dage, referent=v.vejleder if med_referent else None, **felter
    )
    skridt = naeste_skridt(moede, getattr(v, hvem))
    assert bool(skridt) == (tilstand not in SLUT)
    assert all(et.hvem and et.hvad and et.maal and et.siden for et in skridt)
    assert all(bool(et.adresse) == et.er_min for et in skridt)
    if tilstand not in SLUT:
        assert any(et.er_min for et in naeste_skridt(moede, v.koordinator))


def test_enhver_tilstand_der_ikke_er_slut_har_en_vej_ud():
    veje = {fra for kant in OVERGANGE.values() for fra in kant.fra if kant.til != fra}
    assert set(Tilstand) - veje == SLUT - {Tilstand.AFLYST}  # a cancellation can be regretted


def titler(person):
    return [(et.hvad, et.er_min) for et in sorted(ventende_skridt(person), key=lambda et: (et.hvem, et.frist))]


def test_forsiden_siger_hvem_der_skriver_og_lukker(v):
    m = begyndt(v)
    actions.vaelg_referent(moede=m.moede, person=v.paedagogiskleder, af=v.koordinator)
    skriv = ("Skriv referatet færdigt, og send det til bemærkninger", True)
    assert titler(v.koordinator) == titler(v.skoleleder) == titler(v.paedagogiskleder) == [skriv]
    assert titler(v.centerleder) == titler(v.medarbejder) == titler(v.naboskoleleder) == titler(v.udenfor) == []


def test_forsiden_et_moede_der_aldrig_blev_holdt_eller_skrevet(v):
    kom_i_gang(v, begynder=tid.nu() - DAG)
    assert titler(v.skoleleder) == [("Skriv referatet, eller registrér, at mødet ikke blev holdt", True)]


def test_forsiden_efter_fristen_skal_referatet_lukkes(v):
    sendt(v)
    assert titler(v.koordinator) == []
    with tid.frys(tid.nu() + 30 * DAG):
        assert titler(v.koordinator) == [("Ret referatet, eller luk det", True)]
        assert titler(v.paedagogiskleder) == []


def test_forsiden_mine_opgaver_den_naeste_uge_og_hvor_mange_af_de_andres_der_er_over_fristen(v):
    moede = byg.moede(forum(v.skole), af=v.skoleleder, dage=-30, tilstand="referat_lukket")
    p = byg.punkt(moede)
    for tekst, dage in (("Snart", 7), ("Senere", 8), ("For sent", -2)):
        byg.opgave(p, v.centerleder, v.center, tekst, dage)
    byg.opgave(p, v.koordinator, v.skole, "Min egen", 3)
    assert titler(v.centerleder) == [("For sent", True), ("Snart", True)]
    assert titler(v.koordinator) == [
        ("Min egen", True),
        ("Følg op på 1 opgave, som er over fristen", True),
    ]
    assert titler(v.paedagogiskleder) == []


@pytest.mark.parametrize("antal", [1, 40])
def test_forsidens_opslag_er_et(v, antal):
    for nummer in range(antal):
        moede = byg.moede(forum(v.skole), af=v.skoleleder, dage=-nummer - 1, tilstand="afholdt")
        byg.opgave(byg.punkt(moede), v.centerleder, v.center, f"Opgave {nummer}", -1)
    for hvem, ventet in ((v.koordinator, 1), (v.centerleder, 1), (v.udenfor, 0)):
        husk_roller()
        try:
            _varm(hvem)
            with CaptureQueriesContext(connection) as kald:
                ventende_skridt(hvem)
        finally:
            slut_med_roller()
        assert len(kald) == ventet
    assert Moede.objects.count() == antal


def _varm(hvem):
    """The look-up of roles and the holidays are the page's own, asked once."""
    from samarbejde.kalender import ferier
    from samarbejde.roller import mine_roller

    mine_roller(hvem)
    ferier()


def test_s38_en_reservation_der_er_naer_venter_paa_dem_der_kan_indkalde(v):
    """Within two weeks, also when its time has passed; never on the fixed participants."""
    for dage in (3, 13, 15, 60):
        byg.moede(forum(v.skole), af=v.skoleleder, dage=dage)
    kald = "Indkald til mødet, eller aflys det"
    for hvem in (v.skoleleder, v.koordinator):
        assert [et.hvad for et in ventende_skridt(hvem)] == [kald, kald]
    assert ventende_skridt(v.paedagogiskleder) == []
    with tid.frys(tid.nu() + timedelta(days=4)):
        assert sorted(et.overskredet for et in ventende_skridt(v.skoleleder)) == [False, False, True]
