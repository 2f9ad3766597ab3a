"""The municipality's holidays from the database, read once an hour a process: they change a few times a year."""

import time
from functools import lru_cache

from samarbejde.models import Feriedag
from samarbejde.skolekalender import Ferieperiode, skoleaar_for

HOLDBARHED_SEKUNDER = 3600


def ferier() -> tuple[Ferieperiode, ...]:
    return _ferier(int(time.monotonic() // HOLDBARHED_SEKUNDER))


@lru_cache(maxsize=1)
def _ferier(time_nummer: int) -> tuple[Ferieperiode, ...]:
    raekker = Feriedag.objects.values_list("fra", "til_og_med", "navn")
    return tuple(Ferieperiode(skoleaar_for(fra), navn, fra, til) for fra, til, navn in raekker)


glem_ferier = _ferier.cache_clear
