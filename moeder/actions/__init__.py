"""Every change of requests, meetings and what hangs on them, by what it is about."""

from moeder.actions.afholdelse import blev_ikke_holdt, hold_moede, noter_fremmoede, vaelg_referent
from moeder.actions.anmodning import anmod_om_moede, forelaeg_anmodning, traek_anmodning
from moeder.actions.anmodningsfiler import fjern_anmodningsfil, laeg_fil_paa_anmodning
from moeder.actions.anmodningsgang import behandl_anmodninger, giv_anmodninger_tilbage
from moeder.actions.anmodningssvar import (
    afvis_anmodning,
    flet_anmodning,
    henvis_anmodning,
    planlaeg_for_anmodning,
    saet_anmodning_paa,
)
from moeder.actions.bidrag import fjern_bidrag, gem_forberedelse, giv_bidrag, marker_forberedt
from moeder.actions.deltagere import (
    fjern_deltager,
    skriv_grundlag,
    tag_med,
    tilfoej_deltager,
    tilfoej_deltagere,
    tilfoej_lokale,
    udelad,
)
from moeder.actions.dokumenter import bestil_papir
from moeder.actions.haenger import slip_opgave
from moeder.actions.indkaldelse import fortryd_indkaldelse, indkald
from moeder.actions.kalender import opret_kalenderadgang, tilbagekald_kalenderadgang
from moeder.actions.koe import foreslaa_punkt, gem_til_senere, giv_punkt_videre, luk_punkt, tag_paa
from moeder.actions.medarbejdere import afvis_medarbejder, bekraeft_medarbejder
from moeder.actions.opgaver import foelg_op, opret_opgave
from moeder.actions.paamindelse import glem_paamindelse
from moeder.actions.planlaegning import aflys_moede, flyt_moede, genopret_moede, planlaeg_moede, ret_moede
from moeder.actions.punkter import flyt_punkt, laeg_skabelon_paa, ret_punkt, tilfoej_punkt
from moeder.actions.punktfiler import fjern_punktfil, laeg_fil_paa
from moeder.actions.referat import bemaerk_referat, berigtig, luk_referat, send_referat, skriv_videre
from moeder.actions.repraesentant import fortryd_repraesentant, vaelg_repraesentant
from moeder.actions.ressourceteam import afslut_oenske, bed_om_deltagelse, svar_paa_oenske
from moeder.actions.runde import laeg_runde_paa, marker_hoert
from moeder.actions.serie import opret_serie, opret_serier
from moeder.actions.serieaendring import ret_serie
from moeder.actions.svar import svar_paa_indkaldelse
from moeder.actions.udfald import marker_behandlet, skriv_udfald
from moeder.actions.udsaettelse import udsaet_punkt

__all__ = [
    "aflys_moede",
    "afslut_oenske",
    "afvis_anmodning",
    "afvis_medarbejder",
    "anmod_om_moede",
    "bed_om_deltagelse",
    "behandl_anmodninger",
    "bekraeft_medarbejder",
    "bemaerk_referat",
    "berigtig",
    "bestil_papir",
    "blev_ikke_holdt",
    "fjern_anmodningsfil",
    "fjern_bidrag",
    "fjern_deltager",
    "fjern_punktfil",
    "flet_anmodning",
    "flyt_moede",
    "flyt_punkt",
    "foelg_op",
    "forelaeg_anmodning",
    "foreslaa_punkt",
    "fortryd_indkaldelse",
    "fortryd_repraesentant",
    "gem_forberedelse",
    "gem_til_senere",
    "genopret_moede",
    "giv_anmodninger_tilbage",
    "giv_bidrag",
    "giv_punkt_videre",
    "glem_paamindelse",
    "henvis_anmodning",
    "hold_moede",
    "indkald",
    "laeg_fil_paa",
    "laeg_fil_paa_anmodning",
    "laeg_runde_paa",
    "laeg_skabelon_paa",
    "luk_punkt",
    "luk_referat",
    "marker_behandlet",
    "marker_forberedt",
    "marker_hoert",
    "noter_fremmoede",
    "opret_kalenderadgang",
    "opret_opgave",
    "opret_serie",
    "opret_serier",
    "planlaeg_for_anmodning",
    "planlaeg_moede",
    "ret_moede",
    "ret_punkt",
    "ret_serie",
    "saet_anmodning_paa",
    "send_referat",
    "skriv_grundlag",
    "skriv_udfald",
    "skriv_videre",
    "slip_opgave",
    "svar_paa_indkaldelse",
    "svar_paa_oenske",
    "tag_med",
    "tag_paa",
    "tilbagekald_kalenderadgang",
    "tilfoej_deltager",
    "tilfoej_deltagere",
    "tilfoej_lokale",
    "tilfoej_punkt",
    "traek_anmodning",
    "udelad",
    "udsaet_punkt",
    "vaelg_referent",
    "vaelg_repraesentant",
]
