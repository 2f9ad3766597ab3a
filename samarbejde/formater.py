"""Danish as it is shown (D35): dates, lists, numbers and the alphabet, whatever the server's locale says.

A datetime is always shown as the day and time in Copenhagen; one without a time zone is refused.
"""

import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeVar

from samarbejde.skolekalender import isouge
from samarbejde.tid import lokal, til_og_med

T = TypeVar("T")

UGEDAGE = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MAANEDER = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
MAANEDER_KORT = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")


def dato(dag: date) -> str:
    dag = _dag(dag)
    return f"{UGEDAGE[dag.weekday()]} den {dato_uden_ugedag(dag)}"


def dato_uden_ugedag(dag: date) -> str:
    dag = _dag(dag)
    return f"{dag.day}. {MAANEDER[dag.month - 1]} {dag.year}"


def dato_kort(dag: date) -> str:
    dag = _dag(dag)
    return f"{dag.day}. {MAANEDER_KORT[dag.month - 1]} {dag.year}"


def dato_med_uge(dag: date) -> str:
    return f"{dato(dag)}, {uge(dag)}"


def uge(dag: date) -> str:
    return f"uge {isouge(_dag(dag))[1]}"


def klokken(hvornaar: datetime | time) -> str:
    klokkeslaet = lokal(hvornaar).time() if isinstance(hvornaar, datetime) else hvornaar
    return f"{klokkeslaet.hour}.{klokkeslaet.minute:02d}"


def tidspunkt(hvornaar: datetime) -> str:
    return f"{dato(hvornaar)} kl. {klokken(hvornaar)}, {uge(hvornaar)}"


def periode(fra: date, gyldig_til: date | None) -> str:
    """From the half-open period as it is stored; one that ends where it begins was annulled."""
    begynder = dato_uden_ugedag(fra)
    if gyldig_til is None:
        return f"fra {begynder}"
    if gyldig_til <= fra:
        return f"{begynder} (annulleret)"
    slutter = dato_uden_ugedag(til_og_med(gyldig_til))
    return begynder if begynder == slutter else f"{begynder} til og med {slutter}"


def _dag(dag: date) -> date:
    return lokal(dag).date() if isinstance(dag, datetime) else dag


def opremsning(led: Iterable[str], bindeord: str = "og") -> str:
    *foerste, sidste = list(led) or [""]
    return f"{', '.join(foerste)} {bindeord} {sidste}" if foerste else sidste


def filstoerrelse(antal_byte: int) -> str:
    """As Windows and phones show it, in thousands of 1,024."""
    kb = max(1, round(antal_byte / 1024))
    return f"{kb} kB" if kb < 1000 else f"{kb / 1024:.1f} MB".replace(".0 ", " ").replace(".", ",")


def antal(hvor_mange: int, ental: str, flertal: str) -> str:
    tal = f"{hvor_mange:,}".replace(",", ".")
    return f"{tal} {ental if abs(hvor_mange) == 1 else flertal}"


# æ and ø already stand after z and in this order. å goes behind them, to the place of ÿ, which is a y with an accent.
# Foreign letters stand where ICU's Danish collation puts them.
_PLADS_I_ALFABETET = str.maketrans(
    {"å": "ÿ", "ä": "æ", "ö": "ø", "ő": "ø", "œ": "oe", "ü": "y", "ű": "y", "ÿ": "y"}
    | {"ð": "d", "đ": "d", "þ": "th", "ł": "l"}
    | dict.fromkeys("‐‑–—", "-")
)


@lru_cache(maxsize=4_096)  # SQLite asks for both names at every comparison of a sort
def dansk_noegle(tekst: str) -> tuple[str, str]:
    """Danish order (D35): æ, ø, å last, Aa as Å, case and accents aside. The text itself decides between equals, so
    that only identical texts are equal, as in PostgreSQL."""
    bogstaver = unicodedata.normalize("NFC", tekst.casefold()).replace("aa", "å").translate(_PLADS_I_ALFABETET)
    return "".join(map(_uden_accent, bogstaver)), tekst


def _uden_accent(tegn: str) -> str:
    return tegn if tegn == "ÿ" else unicodedata.normalize("NFD", tegn)[0]


def sammenlign_dansk(a: str, b: str) -> int:
    """In the form SQLite's create_collation asks for."""
    foerst, sidst = dansk_noegle(a), dansk_noegle(b)
    return (foerst > sidst) - (foerst < sidst)


def sorter_dansk(ting: Iterable[T], key: Callable[[T], str] = str) -> list[T]:
    return sorted(ting, key=lambda en: dansk_noegle(key(en)))


def soegetekst(*dele: str, laengst: int | None = 250) -> str:
    """What search compares with: case-folded, since SQLite's own comparison does not know Ø from ø."""
    return " ".join(unicodedata.normalize("NFC", " ".join(dele)).casefold().split())[:laengst]


# A spreadsheet runs a cell that begins so.
_FORMELTEGN = ("=", "+", "-", "@", "\t", "\r")


def uden_formel(celle: str) -> str:
    return f"'{celle}" if celle.startswith(_FORMELTEGN) else celle
