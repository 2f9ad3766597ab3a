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
from moeder.actions.indkaldelse import fortryd_indkaldelse, indkald
from moeder.actions.kalender import opret_kalenderadgang, tilbagekald_kalenderadgang
from moeder.actions.koe import foreslaa_punkt, gem_til_senere, giv_punkt_videre, luk_punkt, tag_paa
from moeder.actions.planlaegning import aflys_moede, flyt_moede, genopret_moede, planlaeg_moede, ret_moede
from moeder.actions.punkter import flyt_punkt, laeg_skabelon_paa, ret_punkt, tilfoej_punkt
from moeder.actions.serie import opret_serie, opret_serier
from moeder.actions.serieaendring import ret_serie
from moeder.actions.svar import svar_paa_indkaldelse
from moeder.actions.udsaettelse import udsaet_punkt

__all__ = [
    "aflys_moede",
    "afvis_anmodning",
    "anmod_om_moede",
    "behandl_anmodninger",
    "flet_anmodning",
    "flyt_moede",
    "flyt_punkt",
    "forelaeg_anmodning",
    "foreslaa_punkt",
    "fortryd_indkaldelse",
    "gem_til_senere",
    "genopret_moede",
    "giv_anmodninger_tilbage",
    "giv_punkt_videre",
    "henvis_anmodning",
    "indkald",
    "laeg_skabelon_paa",
    "luk_punkt",
    "opret_kalenderadgang",
    "opret_serie",
    "opret_serier",
    "planlaeg_for_anmodning",
    "planlaeg_moede",
    "ret_moede",
    "ret_punkt",
    "ret_serie",
    "saet_anmodning_paa",
    "svar_paa_indkaldelse",
    "tag_paa",
    "tilbagekald_kalenderadgang",
    "tilfoej_punkt",
    "traek_anmodning",
    "udsaet_punkt",
]
