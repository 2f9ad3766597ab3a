"""School years, weeks and school days. Public holidays are computed; all other days off are data (D17): municipalities
differ, and 1 May, grundlovsdag and 24 December are no public holidays by law."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from dateutil.easter import easter

FERIEPLAN = Path(__file__).parent / "data" / "ferieplan.csv"

BEVAEGELIGE = {
    -3: "skærtorsdag",
    -2: "langfredag",
    0: "påskedag",
    1: "2. påskedag",
    39: "Kristi himmelfartsdag",
    49: "pinsedag",
    50: "2. pinsedag",
}
STORE_BEDEDAG_AFSKAFFET = 2024
_ET_DOEGN = timedelta(days=1)
_LAENGSTE_PAUSE = 366
_LOERDAG, _SOENDAG = 5, 6
_WEEKEND = {_LOERDAG: "lørdag", _SOENDAG: "søndag"}


class Ferie(Protocol):
    """Whatever has these three: a row of the plan below, or of the database. Both days belong to the holiday."""

    @property
    def fra(self) -> date: ...
    @property
    def til_og_med(self) -> date: ...
    @property
    def navn(self) -> str: ...


class Ferieperiode(NamedTuple):
    """`skoleaar` is the plan's year; a summer holiday belongs to the year it opens (folkeskoleloven § 14 a)."""

    skoleaar: int
    navn: str
    fra: date
    til_og_med: date


def skoleaar_for(dag: date) -> int:
    return dag.year if dag >= foerste_dag(dag.year) else dag.year - 1


def skoleaar_navn(aar: int) -> str:
    return f"{aar}/{(aar + 1) % 100:02d}"


def foerste_dag(aar: int) -> date:
    return date(aar, 8, 1)


def sidste_dag(aar: int) -> date:
    return date(aar + 1, 7, 31)


def isouge(dag: date) -> tuple[int, int]:
    """The week's own year comes along: 1 January 2027 lies in week 53 of 2026."""
    aar, uge, _ = dag.isocalendar()
    return aar, uge


@lru_cache(maxsize=64)
def helligdage(aar: int) -> Mapping[date, str]:
    """The folkekirkens ten. The library `holidays`, which the tests compare with, takes 16 MB of every process."""
    paaske = easter(aar)
    dage = {date(aar, 1, 1): "nytårsdag", date(aar, 12, 25): "juledag", date(aar, 12, 26): "2. juledag"}
    bevaegelige = BEVAEGELIGE if aar >= STORE_BEDEDAG_AFSKAFFET else {**BEVAEGELIGE, 26: "store bededag"}
    dage |= {paaske + timedelta(days=efter): navn for efter, navn in bevaegelige.items()}
    return MappingProxyType(dict(sorted(dage.items())))


def hvorfor_ikke_skoledag(dag: date, ferier: Iterable[Ferie]) -> str | None:
    """The most telling reason: 2. påskedag before påskeferie, sommerferie before lørdag."""
    if helligdag := helligdage(dag.year).get(dag):
        return helligdag
    ferie = next((f.navn for f in ferier if f.fra <= dag <= f.til_og_med), None)
    return ferie or _WEEKEND.get(dag.weekday())


def er_skoledag(dag: date, ferier: Iterable[Ferie]) -> bool:
    return hvorfor_ikke_skoledag(dag, ferier) is None


def foerste_skoledag_fra(dag: date, ferier: Iterable[Ferie]) -> date:
    """The day itself, if it is a school day."""
    return next(_skoledage(dag, _ET_DOEGN, ferier))


def naeste_skoledag(dag: date, ferier: Iterable[Ferie]) -> date:
    """Always after the day itself."""
    return foerste_skoledag_fra(dag + _ET_DOEGN, ferier)


def laeg_skoledage_til(dag: date, antal: int, ferier: Iterable[Ferie]) -> date:
    """The antal-th school day after `dag` (S39: unanswered after 5 school days); before it, if antal is negative."""
    skridt = _ET_DOEGN if antal > 0 else -_ET_DOEGN
    skoledage = _skoledage(dag + skridt, skridt, ferier)
    for _ in range(abs(antal)):
        dag = next(skoledage)
    return dag


def skoledage_mellem(fra: date, til_og_med: date, ferier: Iterable[Ferie]) -> int:
    """School days gone by since `fra`: that day is not counted, the last one is. Undoes laeg_skoledage_til."""
    ferier = tuple(ferier)
    dage = (til_og_med - fra).days
    return sum(er_skoledag(fra + timedelta(days=n), ferier) for n in range(1, dage + 1))


def _skoledage(dag: date, skridt: timedelta, ferier: Iterable[Ferie]) -> Iterator[date]:
    ferier = tuple(ferier)
    pause = 0
    while pause <= _LAENGSTE_PAUSE:
        if er_skoledag(dag, ferier):
            yield dag
            pause = 0
        pause += 1
        dag += skridt
    raise ValueError(
        f"Ferieplanen har ingen skoledag i et helt år op til {dag.isoformat()}. Ret den ferie, der er for lang."
    )


def ferier_fra_csv(linjer: Iterable[str]) -> tuple[Ferieperiode, ...]:
    """Columns skoleaar,navn,fra,til_og_med; skoleaar is the year it starts, dates are ISO and inclusive."""
    return tuple(_ferieperiode(nummer, raekke) for nummer, raekke in enumerate(csv.DictReader(linjer), start=2))


def _ferieperiode(nummer: int, raekke: Mapping[str, str]) -> Ferieperiode:
    try:
        fra, til_og_med = date.fromisoformat(raekke["fra"]), date.fromisoformat(raekke["til_og_med"])
        ferie = Ferieperiode(int(raekke["skoleaar"]), raekke["navn"].strip(), fra, til_og_med)
    except (KeyError, TypeError, ValueError, AttributeError) as fejl:
        raise ValueError(f"Ferieplanens linje {nummer} kan ikke læses: {fejl}") from fejl
    if not ferie.navn or til_og_med < fra:
        raise ValueError(f"Ferieplanens linje {nummer} mangler navn eller slutter, før den begynder")
    return ferie


@lru_cache(maxsize=1)
def laes_ferieplan() -> tuple[Ferieperiode, ...]:
    """Copenhagen's plans 2025/26 and 2026/27: the default that a municipality replaces with its own."""
    return ferier_fra_csv(FERIEPLAN.read_text(encoding="utf-8-sig").splitlines())
