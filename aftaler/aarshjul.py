"""The yearly cycle of an agreement: the municipality's own dates, or the default (D3, decision 14).

They are read once an hour a process, as they change a few times a year; whoever corrects them sees it at once.
"""

import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from aftaler.aarshjulsdatoer import Aarshjulsdatoer
from samarbejde.skolekalender import foerste_dag, sidste_dag, skoleaar_for

HOLDBARHED_SEKUNDER = 3600
DATOER = ("kladde_aabner", "frist", "midtvejs", "evaluering")


@dataclass(frozen=True)
class Aarshjul:
    kladde_aabner: date
    frist: date
    midtvejs: date
    evaluering: date
    gaelder_fra: date
    gaelder_til_og_med: date
    naeste_frist: date


def aarshjul(skoleaar: int) -> Aarshjul:
    egne = _egne(int(time.monotonic() // HOLDBARHED_SEKUNDER))
    datoer = egne.get(skoleaar) or standard(skoleaar)
    return Aarshjul(
        **datoer,
        gaelder_fra=foerste_dag(skoleaar),
        gaelder_til_og_med=sidste_dag(skoleaar),
        naeste_frist=(egne.get(skoleaar + 1) or standard(skoleaar + 1))["frist"],
    )


def standard(skoleaar: int) -> dict[str, date]:
    return {
        "kladde_aabner": date(skoleaar, 3, 1),
        "frist": date(skoleaar, 9, 15),
        "midtvejs": date(skoleaar + 1, 1, 31),
        "evaluering": date(skoleaar + 1, 5, 31),
    }


@lru_cache(maxsize=1)
def _egne(time_nummer: int) -> dict[int, dict[str, date]]:
    return {raekke.pop("skoleaar"): raekke for raekke in Aarshjulsdatoer.objects.values("skoleaar", *DATOER)}


glem_aarshjul = _egne.cache_clear


def aabne_skoleaar(dag: date) -> list[int]:
    """The years an agreement can be started for: this school year and, once its draft opens, the next (S7)."""
    dette = skoleaar_for(dag)
    return [dette, dette + 1] if dag >= aarshjul(dette + 1).kladde_aabner else [dette]
