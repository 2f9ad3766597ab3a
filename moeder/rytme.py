"""The days of a year of meetings, by a rhythm (S43, D17): which are kept, and why the others are not. Pure dates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from samarbejde.formater import MAANEDER, UGEDAGE, dato_uden_ugedag
from samarbejde.skolekalender import (
    Ferie,
    foerste_dag,
    hvorfor_ikke_skoledag,
    isouge,
    sidste_dag,
    skoleaar_for,
    skoleaar_navn,
)

UGER_IMELLEM = {"uge": 1, "hver_2": 2, "hver_3": 3}
MAANEDER_IMELLEM = {"maaned": 1, "kvartal": 3}
KADENCER = (*UGER_IMELLEM, *MAANEDER_IMELLEM)
SIDSTE = 5
NUMRE = {1: "første", 2: "anden", 3: "tredje", 4: "fjerde", SIDSTE: "sidste"}
EN_UGE = timedelta(days=7)


class UmuligRytmeError(ValueError):
    """Danish, with the way on; `felt` is what it is about."""

    def __init__(self, felt: str, saetning: str) -> None:
        self.felt = felt
        super().__init__(saetning)


@dataclass(frozen=True)
class Rytme:
    """`fra` decides the beat: the first such weekday from then on, and for a month its number in the month."""

    kadence: str
    ugedag: str
    fra: date
    til_og_med: date
    uden_uger: frozenset[int] = field(default_factory=frozenset)

    @property
    def skoleaar(self) -> int:
        return skoleaar_for(self.fra)

    @property
    def foerste(self) -> date:
        return self.fra + timedelta(days=(UGEDAGE.index(self.ugedag) - self.fra.weekday()) % 7)

    @property
    def i_ord(self) -> str:
        """«den tredje tirsdag i hver måned»."""
        if uger := UGER_IMELLEM.get(self.kadence):
            return f"{self.ugedag} hver uge" if uger == 1 else f"{self.ugedag} hver {uger}. uge"
        hvor_tit = "hver måned" if self.kadence == "maaned" else "hver tredje måned"
        return f"den {NUMRE[nummer_i_maaneden(self.foerste)]} {self.ugedag} i {hvor_tit}"


@dataclass(frozen=True)
class Dag:
    """A day of the rhythm. `hvorfor_ikke` says what speaks against it; it warns, and never blocks (case 30)."""

    dag: date
    hvorfor_ikke: str = ""

    @property
    def er_med(self) -> bool:
        return not self.hvorfor_ikke


def dage(rytme: Rytme, ferier: Iterable[Ferie]) -> list[Dag]:
    kontroller(rytme)
    ferier = tuple(ferier)
    return [Dag(dag, _hvorfor_ikke(rytme, dag, ferier)) for dag in _i_takt(rytme)]


def kontroller(rytme: Rytme) -> None:
    """A series is one school year: a meeting after 31 July belongs to the next one's series."""
    if rytme.til_og_med < rytme.fra:
        raise UmuligRytmeError("til_og_med", "Slutdatoen ligger før startdatoen. Ret en af dem.")
    if skoleaar_for(rytme.til_og_med) != rytme.skoleaar:
        raise UmuligRytmeError(
            "til_og_med",
            f"En møderække hører til ét skoleår, og {skoleaar_navn(rytme.skoleaar)} slutter "
            f"{dato_uden_ugedag(sidste_dag(rytme.skoleaar))}. Vælg en slutdato senest den dag, og opret en række mere "
            "for det næste skoleår.",
        )


def nummer_i_maaneden(dag: date) -> int:
    """The third Tuesday is 3; the fifth is the last, since most months have four."""
    return (dag.day - 1) // 7 + 1


def naerhed(kadence: str, dag: date) -> tuple[int, int]:
    """What two meetings of one rhythm are never both in: the ISO week (with its own year), or the month."""
    return isouge(dag) if kadence in UGER_IMELLEM else (dag.year, dag.month)


def standardperiode(i_dag: date) -> tuple[date, date]:
    """The rest of this school year; from May on the whole of the next, which is then being planned."""
    aar = skoleaar_for(i_dag)
    if i_dag >= date(aar + 1, 5, 1):
        return foerste_dag(aar + 1), sidste_dag(aar + 1)
    return i_dag, sidste_dag(aar)


def naeste_i_takten(rytme: Rytme, dag: date) -> date:
    """Its first day from then on, were it to go on to the end of the school year; the day itself when none is left."""
    hele_aaret = replace(rytme, til_og_med=sidste_dag(rytme.skoleaar))
    return next((en for en in _i_takt(hele_aaret) if en >= dag), dag)


def _i_takt(rytme: Rytme) -> Iterator[date]:
    return _ugevis(rytme) if rytme.kadence in UGER_IMELLEM else _maanedsvis(rytme)


def _ugevis(rytme: Rytme) -> Iterator[date]:
    dag = rytme.foerste
    while dag <= rytme.til_og_med:
        yield dag
        dag += UGER_IMELLEM[rytme.kadence] * EN_UGE


def _maanedsvis(rytme: Rytme) -> Iterator[date]:
    foerste, skridt = rytme.foerste, MAANEDER_IMELLEM[rytme.kadence]
    nummer, ugedag = nummer_i_maaneden(foerste), foerste.weekday()
    maaned = foerste.year * len(MAANEDER) + foerste.month - 1
    while (dag := _den_nte(maaned, ugedag, nummer)) <= rytme.til_og_med:
        yield dag
        maaned += skridt


def _den_nte(maaned: int, ugedag: int, nummer: int) -> date:
    """The nth such weekday of a month counted from year nought; the fourth, where the last one is asked for."""
    aar, i_aaret = divmod(maaned, len(MAANEDER))
    den_foerste = date(aar, i_aaret + 1, 1)
    dag = den_foerste + timedelta(days=(ugedag - den_foerste.weekday()) % 7) + (nummer - 1) * EN_UGE
    return dag if dag.month == den_foerste.month else dag - EN_UGE


def _hvorfor_ikke(rytme: Rytme, dag: date, ferier: tuple[Ferie, ...]) -> str:
    uge = isouge(dag)[1]
    if uge in rytme.uden_uger:
        return f"I har valgt uge {uge} fra"
    return hvorfor_ikke_skoledag(dag, ferier) or ""
