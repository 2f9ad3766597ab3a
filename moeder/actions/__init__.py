"""Every change of requests, meetings and what hangs on them, by what it is about."""

from moeder.actions.koe import foreslaa_punkt, gem_til_senere, giv_punkt_videre, luk_punkt, tag_paa
from moeder.actions.planlaegning import aflys_moede, flyt_moede, genopret_moede, planlaeg_moede, ret_moede
from moeder.actions.punkter import flyt_punkt, laeg_skabelon_paa, ret_punkt, tilfoej_punkt
from moeder.actions.udsaettelse import udsaet_punkt

__all__ = [
    "aflys_moede",
    "flyt_moede",
    "flyt_punkt",
    "foreslaa_punkt",
    "gem_til_senere",
    "genopret_moede",
    "giv_punkt_videre",
    "laeg_skabelon_paa",
    "luk_punkt",
    "planlaeg_moede",
    "ret_moede",
    "ret_punkt",
    "tag_paa",
    "tilfoej_punkt",
    "udsaet_punkt",
]
