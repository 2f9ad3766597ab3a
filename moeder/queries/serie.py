"""What the pages of a series show: every date with what speaks against it, and who is taken; the series itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from moeder.deltagelse import faste_deltagere
from moeder.models import Moede, Serie
from moeder.queries.optaget import Optaget, sammenfald
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
    optagne: list[Optaget] = field(default_factory=list)

    @property
    def dag(self) -> date:
        return self.mulighed.dag

    @property
    def noegle(self) -> str:
        return self.dag.isoformat()


def datoraekker(
    muligheder: Iterable[Mulighed],
    valgte: Collection[date] | None,
    *,
    forum: Forum,
    med: Forum | None,
    begynder: time,
    minutter: int,
    undtagen: Iterable[Moede] = (),
) -> list[Datoraekke]:
    """What was ticked; at first, every day that nothing speaks against."""
    raekker = [
        Datoraekke(en, not en.er_laast and (not en.hvorfor_ikke if valgte is None else en.dag in valgte))
        for en in muligheder
    ]
    mulige = [raekke.dag for raekke in raekker if not raekke.mulighed.er_laast]
    optagne = _optagne(mulige, forum, med, begynder, minutter, undtagen)
    for raekke in raekker:
        raekke.optagne = optagne.get(raekke.dag, [])
    return raekker


def _optagne(
    dage: list[date], forum: Forum, med: Forum | None, begynder: time, minutter: int, undtagen: Iterable[Moede]
) -> dict[date, list[Optaget]]:
    """Of those who would be invited that day, whoever stands on another meeting at that time."""
    varighed = timedelta(minutes=minutter)
    tider = {dag: tid.fra_lokal(dag, begynder) for dag in dage}
    moeder = [Moede(forum=forum, medforum=med, begynder=fra, slutter=fra + varighed) for fra in tider.values()]
    inviterede: dict[date, set[int]] = defaultdict(set)
    personer: dict[int, Person] = {}
    for deltager in faste_deltagere(moeder):
        if deltager.person:
            inviterede[deltager.moede.dag].add(deltager.person.pk)
            personer[deltager.person.pk] = deltager.person
    fundet = sammenfald(((fra, fra + varighed) for fra in tider.values()), personer.values(), undtagen)
    return {
        dag: [en for en in fundet.get((fra, fra + varighed), []) if en.person.pk in inviterede[dag]]
        for dag, fra in tider.items()
    }


def mangler_ferieplan(rytme: Rytme) -> bool:
    """Nobody has entered the holidays of that school year, so none could be skipped."""
    foerste, sidste = foerste_dag(rytme.skoleaar), sidste_dag(rytme.skoleaar)
    return not any(ferie.fra <= sidste and foerste <= ferie.til_og_med for ferie in ferier())


def serieside(serie: Serie) -> dict[str, Any]:
    moeder = list(Moede.objects.filter(serie=serie).order_by("begynder", "pk"))
    for moede in moeder:
        moede.forum, moede.medforum = serie.forum, serie.medforum
    kommer = [moede for moede in moeder if moede.er_kommende and not moede.er_begyndt()]
    return {"moeder": moeder, "antal_kommende": len(kommer)}
