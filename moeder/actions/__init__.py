"""Every change of requests, meetings and what hangs on them, by what it is about."""

from moeder.actions.planlaegning import aflys_moede, flyt_moede, genopret_moede, planlaeg_moede, ret_moede
from moeder.actions.serie import opret_serie, opret_serier
from moeder.actions.serieaendring import ret_serie

__all__ = [
    "aflys_moede",
    "flyt_moede",
    "genopret_moede",
    "opret_serie",
    "opret_serier",
    "planlaeg_moede",
    "ret_moede",
    "ret_serie",
]
