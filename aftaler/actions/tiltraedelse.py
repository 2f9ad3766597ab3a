"""After the deadline and after entry: go on without those who are silent, and let them accede late (cases 38, 39)."""

from django.db import transaction

from aftaler import pladser
from aftaler.actions.breve import fortael, fortael_om_aaben_plads
from aftaler.actions.godkendelse import laas_part, underskriv
from aftaler.actions.indgaaelse import bestil_dokument, giv_svar, indgaa
from aftaler.actions.laas import laas
from aftaler.models import Aftale, Aftalepart
from aftaler.states import Svarovergang
from samarbejde import tid
from samarbejde.formater import opremsning
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

IKKE_I_KRAFT = "Aftalen gælder ikke nu, så den kan ikke tiltrædes."
ANDEN_TEKST = "Aftalens tekst er en anden end den, du læste. Læs den, før du tiltræder."


@transaction.atomic
def indgaa_uden_svar(*, aftale: Aftale, af: Person, grund: str) -> Aftale:
    """The deadline is gone and somebody is silent: the others enter, with a reason. The place stays open (case 39)."""
    laast = laas(aftale)
    kraev_ret(af, Handling.INDGAA_UDEN_SVAR, laast)
    if hindring := pladser.hindring(laast, tid.i_dag()):
        raise IkkeMuligtError(hindring)
    tavse = pladser.tavse(laast)
    navne = opremsning(part.enhed.navn for part in tavse)
    laast.uden_svar_grund = grund
    saetning = f"Fristen er gået, og {navne} har ikke svaret. Aftalen indgås uden."
    noter(af=af, navn="indgaa_uden_svar", objekt=laast, saetning=saetning, felter={"grund": ("", grund)})
    indgaa(laast, f"Aftalen er indgået uden svar fra {navne}.")
    for part in tavse:
        fortael_om_aaben_plads(part, laast)
    return laast


@transaction.atomic
def tiltraed(*, part: Aftalepart, af: Person, aftryk: str) -> Aftalepart:
    """Accede late to the text that was entered: one more sealed document; the others are told, not asked (case 38)."""
    laast, egen = laas_part(part, af, Handling.TILTRAED)
    if not pladser.er_i_kraft(laast, tid.i_dag()):
        raise IkkeMuligtError(IKKE_I_KRAFT)
    if aftryk != laast.indhold_id:
        raise IkkeMuligtError(ANDEN_TEKST)
    hvem = underskriv(egen, laast, af)
    giv_svar(egen, Svarovergang.TILTRAED)
    saetning = f"{hvem} har tiltrådt aftalen for {egen.enhed}."
    noter(af=af, navn="tiltraed", objekt=egen, rod=laast, saetning=saetning, felter={"aftryk": ("", aftryk)})
    bestil_dokument(laast)
    tekst = f"{egen.enhed} har tiltrådt aftalen. Teksten er den samme, og I skal ikke godkende igen."
    fortael(laast, f"tiltraed{egen.pk}", f"En part har tiltrådt aftalen: {laast}", tekst, af)
    return egen
