"""Every change of an agreement, by what it is about."""

from aftaler.actions.aarshjul import ret_aarshjul
from aftaler.actions.afsendelse import annuller_aftale, send_til_godkendelse, traek_tilbage
from aftaler.actions.genskabelse import genskab_udgave, laeg_tilbage, navngiv_udgave
from aftaler.actions.godkendelse import fortryd_godkendelse, godkend, kan_ikke_godkende
from aftaler.actions.kladdedokument import bestil_kladdedokument
from aftaler.actions.kommentarer import genaabn_kommentar, kommenter, loes_kommentar
from aftaler.actions.ny_version import lav_ny_version
from aftaler.actions.ophoer import ophaev_aftale
from aftaler.actions.optagelse import optag_part
from aftaler.actions.parter import FindesAlleredeError, Partsvalg, opret_aftale, vaelg_parter
from aftaler.actions.raekkefoelge import flyt_led
from aftaler.actions.skriveadgang import afslut_skriveadgang, lad_koordinator_skrive
from aftaler.actions.skrivning import (
    AFSNIT,
    KonfliktError,
    skriv_afsnit,
    skriv_aktivitet,
    skriv_delmaal,
    skriv_maal,
    slet_led,
)
from aftaler.actions.tilstede import meld_tilstede
from aftaler.actions.tiltag import afvis_tiltag, foreslaa_tiltag, tag_tiltag_med
from aftaler.actions.tiltraedelse import indgaa_uden_svar, tiltraed
from aftaler.actions.tovholder import skift_tovholder
from aftaler.actions.udtraeden import lad_udtraede
from aftaler.actions.vejledning import ret_maalomraade, ret_vejledning

__all__ = [
    "AFSNIT",
    "FindesAlleredeError",
    "KonfliktError",
    "Partsvalg",
    "afslut_skriveadgang",
    "afvis_tiltag",
    "annuller_aftale",
    "bestil_kladdedokument",
    "flyt_led",
    "foreslaa_tiltag",
    "fortryd_godkendelse",
    "genaabn_kommentar",
    "genskab_udgave",
    "godkend",
    "indgaa_uden_svar",
    "kan_ikke_godkende",
    "kommenter",
    "lad_koordinator_skrive",
    "lad_udtraede",
    "laeg_tilbage",
    "lav_ny_version",
    "loes_kommentar",
    "meld_tilstede",
    "navngiv_udgave",
    "ophaev_aftale",
    "opret_aftale",
    "optag_part",
    "ret_aarshjul",
    "ret_maalomraade",
    "ret_vejledning",
    "send_til_godkendelse",
    "skift_tovholder",
    "skriv_afsnit",
    "skriv_aktivitet",
    "skriv_delmaal",
    "skriv_maal",
    "slet_led",
    "tag_tiltag_med",
    "tiltraed",
    "traek_tilbage",
    "vaelg_parter",
]
