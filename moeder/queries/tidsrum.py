"""When somebody who is invited to items only must be there: worked out from the agenda (case 11, D37)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from moeder.models import Deltager, Moede, Punkt
from moeder.states import Punkttilstand

Tidsrum = tuple[datetime, datetime]
STAAR_DER = frozenset({Punkttilstand.PAA_DAGSORDEN, Punkttilstand.BEHANDLET, Punkttilstand.UDSAT})


def dagsordener(moeder: Iterable[int]) -> dict[int, list[Punkt]]:
    """The items of these meetings in their order; one query."""
    punkter = Punkt.objects.filter(moede__in=list(moeder), tilstand__in=STAAR_DER)
    efter_moede = defaultdict(list)
    for punkt in punkter.only("pk", "moede", "plads", "minutter", "niveau").order_by("plads", "pk"):
        efter_moede[punkt.moede_id].append(punkt)
    return efter_moede


def egne_punkter(deltagere: Iterable[Any]) -> dict[int, set[int]]:
    """{invitation: the items it is to}, of those to items only; one query."""
    egne = defaultdict(set)
    kun = [deltager.pk for deltager in deltagere if deltager.kun_punkter]
    valgte = Deltager.punkter.through.objects.filter(deltager__in=kun)
    for deltager, punkt in valgte.values_list("deltager", "punkt"):
        egne[deltager].add(punkt)
    return egne


def tidsrum(begynder: datetime, slutter: datetime, dagsorden: Sequence[Punkt], egne: Collection[int]) -> Tidsrum | None:
    """From the first of the own items to the end of the last; None when none of them stands on the agenda. An agenda
    longer than the meeting never asks anybody to come when it is over.
    """
    gaaet, foerste, sidste = 0, -1, 0
    for punkt in dagsorden:
        if punkt.pk in egne:
            foerste = gaaet if foerste < 0 else foerste
            sidste = gaaet + punkt.minutter
        gaaet += punkt.minutter
    if foerste < 0:
        return None
    slut = min(sidste, int((slutter - begynder).total_seconds() // 60))
    start = foerste if foerste < slut else max(0, slut - (sidste - foerste))
    return begynder + timedelta(minutes=start), begynder + timedelta(minutes=slut)


def deltagerens_tid(deltager: Deltager, moede: Moede, dagsorden: Sequence[Punkt], egne: set[int]) -> Tidsrum | None:
    if not deltager.kun_punkter:
        return moede.begynder, moede.slutter
    return tidsrum(moede.begynder, moede.slutter, dagsorden, egne)
