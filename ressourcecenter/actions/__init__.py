"""Every change of a forum, by what it is about."""

from ressourcecenter.actions.delegation import afslut_delegation, deleger_deltagelse
from ressourcecenter.actions.fora import sikr_fora
from ressourcecenter.actions.forberedere import afslut_forbereder, navngiv_forbereder
from ressourcecenter.actions.koordinatorer import giv_orlov, ret_koordinator, udpeg_koordinator
from ressourcecenter.actions.rammer import (
    genaabn_faglighed,
    luk_faglighed,
    opret_faglighed,
    opret_rammedokument,
    ret_rammedokument,
)
from ressourcecenter.actions.regler import INDSTILLINGER, ret_lokale_regler
from ressourcecenter.actions.ressourcepersoner import (
    FraAndetOmraadeError,
    afslut_ressourceperson,
    tilknyt_ressourceperson,
    tilknyt_udefra,
)

__all__ = [
    "INDSTILLINGER",
    "FraAndetOmraadeError",
    "afslut_delegation",
    "afslut_forbereder",
    "afslut_ressourceperson",
    "deleger_deltagelse",
    "genaabn_faglighed",
    "giv_orlov",
    "luk_faglighed",
    "navngiv_forbereder",
    "opret_faglighed",
    "opret_rammedokument",
    "ret_koordinator",
    "ret_lokale_regler",
    "ret_rammedokument",
    "sikr_fora",
    "tilknyt_ressourceperson",
    "tilknyt_udefra",
    "udpeg_koordinator",
]
