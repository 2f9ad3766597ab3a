"""The places of an agreement that nobody has filled: who is silent, and when the others may go on (case 39)."""

from datetime import date, timedelta

from aftaler.aarshjul import aarshjul
from aftaler.models import Aftale, Aftalepart
from aftaler.states import AABNE, MANGLER_SVAR, OVERGANGE, Overgang, Svar, Tilstand
from samarbejde import tid
from samarbejde.formater import dato_uden_ugedag, opremsning
from samarbejde.models import Enhed
from samarbejde.tilstande import kan

TAVSE = frozenset({Svar.AFVENTER, Svar.BORTFALDET})
# Whoever answered an earlier text is not silent because a new one has just been sent (ADR 0021).
SVARTID = timedelta(days=7)


def tavse(aftale: Aftale) -> list[Aftalepart]:
    """Those who have not answered this text. A no and a regret are answers."""
    return [part for part in aftale.parterne if part.tilstand in TAVSE]


def aabne_pladser(aftale: Aftale) -> list[Aftalepart]:
    """Parties of an entered agreement that may still accede to its text."""
    if aftale.tilstand not in AABNE:
        return []
    return [part for part in aftale.parterne if part.tilstand in MANGLER_SVAR and not part.er_lukket]


def hindring(aftale: Aftale, dag: date) -> str:
    """Why the agreement cannot enter without those who are silent; empty when it can."""
    if not kan(aftale, Overgang.INDGAA):
        return OVERGANGE[Overgang.INDGAA].ellers
    frist = aarshjul(aftale.skoleaar).frist
    if dag <= frist:
        return f"Aftalen kan først indgås uden en tavs part, når fristen {dato_uden_ugedag(frist)} er gået."
    imod = [part.enhed.navn for part in aftale.parterne if part.tilstand in MANGLER_SVAR - TAVSE]
    if imod:
        return f"{opremsning(imod)} har svaret og er ikke tavs. Tal sammen, eller træk aftalen tilbage, og ret teksten."
    if not tavse(aftale):
        return "Ingen part er tavs."
    return _svartid(aftale, dag) or _mangler_parter(aftale)


def _svartid(aftale: Aftale, dag: date) -> str:
    sendt = tid.lokal(aftale.tilstand_siden).date()
    har_svaret = [part.enhed.navn for part in tavse(aftale) if part.svar_den is not None]
    if not har_svaret or dag > sendt + SVARTID:
        return ""
    hvem = f"{opremsning(har_svaret)} svarede på en tidligere tekst og fik den nye {dato_uden_ugedag(sendt)}"
    return f"{hvem}. Giv dem til og med {dato_uden_ugedag(sendt + SVARTID)} til at svare."


def _mangler_parter(aftale: Aftale) -> str:
    """S8 holds for those who go on, and the tovholder school is one of them (D1)."""
    med = [part for part in aftale.parterne if part.tilstand == Svar.GODKENDT]
    if aftale.tovholder_id not in {part.enhed_id for part in med}:
        return f"Tovholderskolen, {aftale.tovholder}, skal selv have godkendt."
    if all(part.enhed.art == Enhed.Art.SKOLE for part in med):
        return "Mindst én institution skal have godkendt sammen med skolen."
    return ""


def er_i_kraft(aftale: Aftale, dag: date) -> bool:
    return aftale.tilstand == Tilstand.INDGAAET and dag <= aarshjul(aftale.skoleaar).gaelder_til_og_med
