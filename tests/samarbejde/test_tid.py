from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest

import samarbejde
from samarbejde.tid import fra_lokal, fra_til_og_med, frys, i_dag, koebenhavn, lokal, nu, til_og_med

MANDAG_MORGEN = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def test_uret_gaar_i_utc():
    foer = datetime.now(UTC)
    assert foer <= nu() <= datetime.now(UTC)
    assert nu().utcoffset() == timedelta(0)


def test_frosset_tid_staar_stille_og_gaar_igen_bagefter():
    with frys(MANDAG_MORGEN):
        assert nu() == nu() == MANDAG_MORGEN
        assert i_dag() == date(2026, 11, 23)
    assert nu() != MANDAG_MORGEN


def test_frosset_tid_kan_fryses_igen_indeni_og_toer_op_efter_en_fejl():
    def fejler_i_morgen():
        with frys(MANDAG_MORGEN + timedelta(days=1)):
            raise RuntimeError(i_dag())

    with frys(MANDAG_MORGEN):
        with pytest.raises(RuntimeError, match="2026-11-24"):
            fejler_i_morgen()
        assert i_dag() == date(2026, 11, 23)


def test_en_test_fryser_ikke_tiden_for_andre_traade():
    set_af_den_anden = []
    with frys(MANDAG_MORGEN):
        anden = Thread(target=lambda: set_af_den_anden.append(nu()))
        anden.start()
        anden.join()
    assert set_af_den_anden != [MANDAG_MORGEN]


def test_frosset_tid_er_utc_uanset_hvilken_tidszone_den_kom_i():
    with frys(datetime(2026, 7, 1, 9, 0, tzinfo=koebenhavn)):
        assert nu().isoformat() == "2026-07-01T07:00:00+00:00"


@pytest.mark.parametrize("funktion", [lokal, lambda t: frys(t).__enter__()])
def test_et_tidspunkt_uden_tidszone_afvises(funktion):
    with pytest.raises(ValueError, match="ingen tidszone"):
        funktion(datetime(2026, 11, 23, 8, 30))


@pytest.mark.parametrize(
    ("i_utc", "dagen_i_koebenhavn"),
    [
        (datetime(2026, 7, 31, 21, 59, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),  # the new school year begins
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 7, 31, 18, 0, tzinfo=timezone(timedelta(hours=-7))), date(2027, 8, 1)),
    ],
)
def test_dagen_er_dagen_i_koebenhavn(i_utc, dagen_i_koebenhavn):
    """D35."""
    with frys(i_utc):
        assert i_dag() == dagen_i_koebenhavn
        assert type(i_dag()) is date


@pytest.mark.parametrize(
    ("dag", "klokken", "i_utc"),
    [
        (date(2026, 10, 24), time(7), "2026-10-24T05:00:00+00:00"),
        (date(2026, 10, 25), time(7), "2026-10-25T06:00:00+00:00"),
        (date(2027, 3, 27), time(7), "2027-03-27T06:00:00+00:00"),
        (date(2027, 3, 28), time(7), "2027-03-28T05:00:00+00:00"),
        (date(2027, 3, 28), time(2, 30), "2027-03-28T01:30:00+00:00"),  # does not exist: becomes 3.30
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30:00+00:00"),  # exists twice: the first
    ],
)
def test_vaegurets_tid_foelger_sommertid_og_vintertid(dag, klokken, i_utc):
    assert fra_lokal(dag, klokken).isoformat() == i_utc


@pytest.mark.parametrize(
    ("gemt", "vist"),
    [
        (date(2027, 8, 1), date(2027, 7, 31)),
        (date(2027, 3, 1), date(2027, 2, 28)),
        (date(2028, 3, 1), date(2028, 2, 29)),
        (date(2027, 1, 1), date(2026, 12, 31)),
        (None, None),
    ],
)
def test_perioder_gemmes_halvaabne_og_vises_til_og_med(gemt, vist):
    assert til_og_med(gemt) == vist
    assert fra_til_og_med(vist) == gemt


def test_ingen_anden_ser_paa_uret():
    forbudt = ("datetime.now(", "date.today(", "datetime.today(", "utcnow(", "timezone.now(", "timezone.localdate(")
    rod = Path(samarbejde.__file__).parent.parent
    filer = [f for app in ("samarbejde", "ressourcecenter", "aftaler", "moeder") for f in (rod / app).rglob("*.py")]
    syndere = [str(f) for f in filer if f.name != "tid.py" and any(kald in f.read_text("utf-8") for kald in forbudt)]
    assert len(filer) > 3
    assert syndere == []
