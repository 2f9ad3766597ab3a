import locale
import random
import sqlite3
from datetime import UTC, date, datetime, time

import pytest

from samarbejde.formater import (
    antal,
    dansk_noegle,
    dato,
    dato_kort,
    dato_med_uge,
    dato_uden_ugedag,
    klokken,
    opremsning,
    periode,
    sammenlign_dansk,
    sorter_dansk,
    tidspunkt,
    uge,
)

MANDAG = date(2026, 11, 23)


def test_en_dato_paa_dansk():
    """D35 and ux.md "Words"."""
    assert dato(MANDAG) == "mandag den 23. november 2026"
    assert dato_uden_ugedag(MANDAG) == "23. november 2026"
    assert dato_kort(MANDAG) == "23. nov. 2026"
    assert dato_med_uge(MANDAG) == "mandag den 23. november 2026, uge 48"
    assert tidspunkt(datetime(2026, 11, 23, 7, 30, tzinfo=UTC)) == "mandag den 23. november 2026 kl. 8.30, uge 48"


@pytest.mark.parametrize(
    ("dag", "vist"),
    [
        (date(2027, 2, 28), "søndag den 28. februar 2027, uge 8"),
        (date(2027, 1, 1), "fredag den 1. januar 2027, uge 53"),
        (date(2025, 12, 29), "mandag den 29. december 2025, uge 1"),
        (date(2026, 8, 1), "lørdag den 1. august 2026, uge 31"),
    ],
)
def test_ugenummeret_er_iso_ugen(dag, vist):
    assert dato_med_uge(dag) == vist


@pytest.mark.parametrize(
    ("i_utc", "vist"),
    [
        (datetime(2026, 7, 31, 22, 15, tzinfo=UTC), "lørdag den 1. august 2026 kl. 0.15, uge 31"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "søndag den 25. oktober 2026 kl. 2.30, uge 43"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "søndag den 25. oktober 2026 kl. 2.30, uge 43"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=UTC), "søndag den 25. oktober 2026 kl. 3.30, uge 43"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "søndag den 28. marts 2027 kl. 1.59, uge 12"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "søndag den 28. marts 2027 kl. 3.00, uge 12"),
    ],
)
def test_et_tidspunkt_vises_som_i_koebenhavn(i_utc, vist):
    assert tidspunkt(i_utc) == vist


@pytest.mark.parametrize("format_", [dato, dato_kort, dato_uden_ugedag, uge])
def test_ogsaa_datoen_af_et_tidspunkt_er_dagen_i_koebenhavn(format_):
    lige_efter_midnat = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert format_(lige_efter_midnat) == format_(MANDAG)


@pytest.mark.parametrize("format_", [dato, dato_kort, tidspunkt, klokken, uge])
def test_et_tidspunkt_uden_tidszone_afvises(format_):
    with pytest.raises(ValueError, match="ingen tidszone"):
        format_(datetime(2026, 11, 23, 8, 30))


@pytest.mark.parametrize(("kl", "vist"), [(time(8, 30), "8.30"), (time(0, 5), "0.05"), (time(15), "15.00")])
def test_klokken(kl, vist):
    assert klokken(kl) == vist


@pytest.mark.parametrize(
    ("fra", "gyldig_til", "vist"),
    [
        (date(2026, 8, 1), date(2027, 8, 1), "1. august 2026 til og med 31. juli 2027"),
        (date(2026, 8, 1), None, "fra 1. august 2026"),
        (date(2027, 2, 1), date(2027, 3, 1), "1. februar 2027 til og med 28. februar 2027"),
        (date(2026, 8, 1), date(2026, 8, 2), "1. august 2026"),
        (date(2026, 8, 1), date(2026, 8, 1), "1. august 2026 (annulleret)"),
    ],
)
def test_en_halvaaben_periode_vises_til_og_med(fra, gyldig_til, vist):
    assert periode(fra, gyldig_til) == vist


@pytest.mark.parametrize(
    ("led", "vist"),
    [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c"), (iter("abcd"), "a, b, c og d")],
)
def test_opremsning(led, vist):
    assert opremsning(led) == vist


def test_opremsning_med_eller():
    assert opremsning(["skolelederen", "koordinatoren"], "eller") == "skolelederen eller koordinatoren"


@pytest.mark.parametrize(
    ("hvor_mange", "vist"), [(0, "0 møder"), (1, "1 møde"), (2, "2 møder"), (12400, "12.400 møder")]
)
def test_antal(hvor_mange, vist):
    assert antal(hvor_mange, "møde", "møder") == vist


DANSK_ORDEN = [
    *("Abel", "Amager Fælled", "Amagerbro", "idé", "ideal"),
    *("thor", "tid", "Vesterbro", "Wagner", "yb", "über", "zoo", "Ähtäri", "Ærø"),
    *("öland", "Øresund - syd", "Øresund \u2013 vest", "Østre Skole", "øvelse", "Aabenraa", "Ågerup", "Aalborg", "Åse"),
]


def test_aeoeaa_staar_sidst_og_aa_er_aa():
    """D35. The order is ICU's for Danish, compared with Intl.Collator('da')."""
    blandet = list(DANSK_ORDEN)
    random.Random(48).shuffle(blandet)
    assert sorter_dansk(blandet) == DANSK_ORDEN


def test_store_og_smaa_bogstaver_blandes():
    assert sorter_dansk(["ål", "Zebra", "æble", "abe", "Ørn", "ZOO", "Abe"]) == [
        *("Abe", "abe", "Zebra", "ZOO", "æble", "Ørn", "ål")
    ]


def test_sorteret_efter_en_noegle():
    enheder = [{"navn": "Øster"}, {"navn": "Aaby"}, {"navn": "Zoo"}]
    assert [e["navn"] for e in sorter_dansk(enheder, key=lambda e: e["navn"])] == ["Zoo", "Øster", "Aaby"]


def test_aa_skrevet_paa_to_maader_i_unicode_staar_samme_sted():
    sammensat, delt = "\u00c5by", "A\u030aby"
    assert dansk_noegle(sammensat)[0] == dansk_noegle(delt)[0] == dansk_noegle("Aaby")[0]


def test_kun_ens_tekster_er_ens():
    """Else SQLite would take Åby and Aaby for one under a UNIQUE constraint, and PostgreSQL for two."""
    assert sammenlign_dansk("Åby", "Åby") == 0
    for a, b in [("Åby", "Aaby"), ("Åby", "åby"), ("ide", "idé"), ("ÿ", "å")]:
        assert sammenlign_dansk(a, b) == -sammenlign_dansk(b, a) != 0


def test_noeglen_duer_som_sorteringsorden_i_sqlite():
    base = sqlite3.connect(":memory:")
    base.create_collation("dansk", sammenlign_dansk)
    base.execute("CREATE TABLE enhed (navn TEXT)")
    base.executemany("INSERT INTO enhed VALUES (?)", [("Aaby",), ("Østre",), ("Zoo",), ("ærø",)])
    navne = [navn for (navn,) in base.execute("SELECT navn FROM enhed ORDER BY navn COLLATE dansk")]
    base.close()
    assert navne == ["Zoo", "ærø", "Østre", "Aaby"]


def test_serverens_sprog_betyder_intet():
    foer = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "C")
        assert dato(MANDAG) == "mandag den 23. november 2026"
        assert antal(1000, "mål", "mål") == "1.000 mål"
        assert sorter_dansk(["å", "ø", "æ", "z"]) == ["z", "æ", "ø", "å"]
    finally:
        locale.setlocale(locale.LC_ALL, foer)
