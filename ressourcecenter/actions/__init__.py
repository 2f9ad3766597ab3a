"""Every change of a forum, by what it is about."""

from ressourcecenter.actions.delegation import afslut_delegation, deleger_deltagelse
from ressourcecenter.actions.fora import sikr_fora
from ressourcecenter.actions.koordinatorer import giv_orlov, ret_koordinator, udpeg_koordinator
from ressourcecenter.actions.ressourcepersoner import (
    FraAndetOmraadeError,
    afslut_ressourceperson,
    tilknyt_ressourceperson,
    tilknyt_udefra,
)

__all__ = [
    "FraAndetOmraadeError",
    "afslut_delegation",
    "afslut_ressourceperson",
    "deleger_deltagelse",
    "giv_orlov",
    "ret_koordinator",
    "sikr_fora",
    "tilknyt_ressourceperson",
    "tilknyt_udefra",
    "udpeg_koordinator",
]
