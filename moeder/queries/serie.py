"""What the pages of a series show: every date with what speaks against it, and who is taken; the series itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from moeder.deltagelse import faste_deltagere
from moeder.models import Moede, Serie
from moeder.queries.optaget import Optaget, OptagetHer, Tidsrum, sammenfald
from moeder.queries.serieplan import Mulighed
from moeder.rytme import Rytme
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.kalender import ferier
from samarbejde.models import Person
from samarbejde.skolekalender import foerste_dag, sidste_dag

ET_DOEGN = timedelta(days=1)


@dataclass
class Datoraekke:
    """A line of the page: the day, what speaks against it, whether it is ticked, and who is taken then."""

    mulighed: Mulighed
    er_valgt: bool
    felt: str
    optagne: list[Optaget] = field(default_factory=list)

    @property
    def dag(self) -> date:
        return self.mulighed.dag

    @property
    def noegle(self) -> str:
        return self.dag.isoformat()

    @property
    def id(self) -> str:
        return f"{self.felt.replace('dage', 'dag', 1)}-{self.noegle}"


@dataclass(frozen=True)
class Forslag:
    """A series that may be made, or what the rest of one may become. `valgte` is None until the days were shown."""

    forum: Forum
    med: Forum | None
    begynder: time
    minutter: int
    muligheder: list[Mulighed]
    valgte: Collection[date] | None
    felt: str = "dage"

    def raekker(self) -> list[Datoraekke]:
        """What was ticked; at first, every day that nothing speaks against."""
        return [Datoraekke(en, self._er_valgt(en), self.felt) for en in self.muligheder]

    def _er_valgt(self, en: Mulighed) -> bool:
        return not en.er_laast and (not en.hvorfor_ikke if self.valgte is None else en.dag in self.valgte)

    def moede(self, dag: date) -> Moede:
        begynder = tid.fra_lokal(dag, self.begynder)
        slutter = begynder + timedelta(minutes=self.minutter)
        return Moede(forum=self.forum, medforum=self.med, begynder=begynder, slutter=slutter)


def datoraekker(forslag: Sequence[Forslag], undtagen: Iterable[Moede] = ()) -> list[list[Datoraekke]]:
    """For each series its lines, with whoever is taken: by a meeting that stands, or by another of those ticked here.
    Six queries, however many series.
    """
    alle = [(et, et.raekker()) for et in forslag]
    moeder = {
        (et.felt, raekke.dag): et.moede(raekke.dag)
        for et, raekker in alle
        for raekke in raekker
        if not raekke.mulighed.er_laast
    }
    inviterede = _inviterede(moeder.values())
    personer = {person.pk: person for folk in inviterede.values() for person in folk}
    staar = sammenfald((_tidsrum(moede) for moede in moeder.values()), personer.values(), undtagen)
    valgte = [moeder[et.felt, raekke.dag] for et, raekker in alle for raekke in raekker if raekke.er_valgt]
    her = _her(valgte, inviterede)
    for et, raekker in alle:
        for raekke in raekker:
            if moede := moeder.get((et.felt, raekke.dag)):
                folk = inviterede[_noegle(moede)]
                optagne = [*staar.get(_tidsrum(moede), ()), *_andre_her(moede, her)]
                raekke.optagne = [en for en in optagne if en.person in folk]
    return [raekker for _, raekker in alle]


Noegle = tuple[int, date]


def _noegle(moede: Moede) -> Noegle:
    return moede.forum_id, moede.dag


def _tidsrum(moede: Moede) -> Tidsrum:
    return moede.begynder, moede.slutter


def _inviterede(moeder: Iterable[Moede]) -> dict[Noegle, list[Person]]:
    """Who would be invited to each by itself."""
    folk: dict[Noegle, list[Person]] = defaultdict(list)
    for deltager in faste_deltagere(moeder):
        if deltager.person:
            folk[_noegle(deltager.moede)].append(deltager.person)
    return folk


def _her(valgte: Iterable[Moede], inviterede: dict[Noegle, list[Person]]) -> dict[date, list[tuple[Moede, Person]]]:
    efter_dag: dict[date, list[tuple[Moede, Person]]] = defaultdict(list)
    for moede in valgte:
        efter_dag[moede.dag] += [(moede, person) for person in inviterede[_noegle(moede)]]
    return efter_dag


def _andre_her(moede: Moede, her: dict[date, list[tuple[Moede, Person]]]) -> Iterator[Optaget]:
    for andet, person in her.get(moede.dag, ()):
        samtidig = andet.begynder < moede.slutter and moede.begynder < andet.slutter
        if samtidig and andet.forum_id != moede.forum_id:
            yield OptagetHer(person, andet.begynder, andet.slutter)


def mangler_ferieplan(rytme: Rytme) -> bool:
    """Nobody has entered the holidays of that school year, so none could be skipped."""
    foerste, sidste = foerste_dag(rytme.skoleaar), sidste_dag(rytme.skoleaar)
    return not any(ferie.fra <= sidste and foerste <= ferie.til_og_med for ferie in ferier())


def serieside(serie: Serie) -> dict[str, Any]:
    moeder = list(Moede.objects.filter(serie=serie).order_by("begynder", "pk"))
    for moede in moeder:
        moede.forum, moede.medforum = serie.forum, serie.medforum
    kommer = [moede for moede in moeder if moede.er_kommende and not moede.er_begyndt()]
    kan_rettes = tid.i_dag() < sidste_dag(serie.skoleaar)
    return {"moeder": moeder, "antal_kommende": len(kommer), "kan_rettes": kan_rettes}
