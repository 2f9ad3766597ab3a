"""Every change of requests, meetings and what hangs on them, by what it is about."""

from moeder.actions.anmodning import anmod_om_moede, forelaeg_anmodning, traek_anmodning
from moeder.actions.anmodningsgang import behandl_anmodninger, giv_anmodninger_tilbage
from moeder.actions.anmodningssvar import (
    afvis_anmodning,
    flet_anmodning,
    henvis_anmodning,
    planlaeg_for_anmodning,
    saet_anmodning_paa,
)
from moeder.actions.planlaegning import aflys_moede, flyt_moede, genopret_moede, planlaeg_moede, ret_moede

__all__ = [
    "aflys_moede",
    "afvis_anmodning",
    "anmod_om_moede",
    "behandl_anmodninger",
    "flet_anmodning",
    "flyt_moede",
    "forelaeg_anmodning",
    "genopret_moede",
    "giv_anmodninger_tilbage",
    "henvis_anmodning",
    "planlaeg_for_anmodning",
    "planlaeg_moede",
    "ret_moede",
    "saet_anmodning_paa",
    "traek_anmodning",
]
