"""Every change of requests, meetings and what hangs on them, by what it is about."""

from moeder.actions.planlaegning import aflys_moede, flyt_moede, genopret_moede, planlaeg_moede, ret_moede

__all__ = [
    "aflys_moede",
    "flyt_moede",
    "genopret_moede",
    "planlaeg_moede",
    "ret_moede",
]
