"""The municipality's holidays from the database, read once an hour a process: they change a few times a year."""

import time

from samarbejde.models import Feriedag
from samarbejde.skolekalender import Ferieperiode, skoleaar_for

HOLDBARHED_SEKUNDER = 3600
_husket: tuple[float, tuple[Ferieperiode, ...]] | None = None


def ferier() -> tuple[Ferieperiode, ...]:
    global _husket
    if _husket is None or time.monotonic() - _husket[0] > HOLDBARHED_SEKUNDER:
        raekker = Feriedag.objects.values_list("fra", "til_og_med", "navn")
        _husket = (
            time.monotonic(),
            tuple(Ferieperiode(skoleaar_for(fra), navn, fra, til) for fra, til, navn in raekker),
        )
    return _husket[1]


def glem_ferier() -> None:
    global _husket
    _husket = None
