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
from moeder.actions.afholdelse import blev_ikke_holdt, hold_moede, noter_fremmoede, vaelg_referent
from moeder.actions.haenger import slip_opgave
from moeder.actions.opgaver import foelg_op, opret_opgave
from moeder.actions.planlaegning import aflys_moede, flyt_moede, genopret_moede, planlaeg_moede, ret_moede
from moeder.actions.referat import bemaerk_referat, berigtig, luk_referat, send_referat, skriv_videre
from moeder.actions.udfald import marker_behandlet, skriv_udfald

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
    "bemaerk_referat",
    "berigtig",
    "blev_ikke_holdt",
    "flyt_moede",
    "foelg_op",
    "genopret_moede",
    "hold_moede",
    "luk_referat",
    "marker_behandlet",
    "noter_fremmoede",
    "opret_opgave",
    "planlaeg_moede",
    "ret_moede",
    "send_referat",
    "skriv_udfald",
    "skriv_videre",
    "slip_opgave",
    "vaelg_referent",
]
