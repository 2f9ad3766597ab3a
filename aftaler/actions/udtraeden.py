"""A party that leaves: with a date, and its history kept (S8, case 28)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler import pladser, queries
from aftaler.actions.breve import fortael, fortael_leder
from aftaler.actions.indgaaelse import giv_svar, indgaa_hvis_alle_har_godkendt
from aftaler.actions.laas import laas
from aftaler.models import Aftale, Aftalepart
from aftaler.states import LEVENDE, Svar, Svarovergang, Tilstand
from samarbejde import tid
from samarbejde.formater import dato_uden_ugedag
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

ER_SLUT = "Aftalen gælder ikke længere, så ingen kan træde ud af den."


@transaction.atomic
def lad_udtraede(*, aftale: Aftale, af: Person, enhed: Enhed, dato: date, grund: str) -> Aftalepart:
    """Note that a party has left; its approval stays as it was given. The others are not asked again."""
    laast = laas(aftale)
    kraev_ret(af, Handling.LAD_UDTRAEDE, laast)
    if laast.tilstand not in LEVENDE and not pladser.er_i_kraft(laast, tid.i_dag()):
        raise IkkeMuligtError(ER_SLUT)
    part = Aftalepart.objects.select_related("enhed").get(aftale=laast, enhed=enhed)
    _tjek(laast, part, dato)
    part.udtraadt_den, part.svar_tekst = dato, grund
    giv_svar(part, Svarovergang.UDTRAED)
    saetning = f"{enhed} er trådt ud af aftalen {dato_uden_ugedag(dato)}."
    noter(af=af, navn="lad_udtraede", objekt=part, rod=laast, saetning=saetning, felter={"grund": ("", grund)})
    emne = f"En part er trådt ud: {laast}"
    fortael(laast, f"udtraadt{part.pk}", emne, f"{saetning} Teksten er den samme.", af)
    fortael_leder(part, laast, hvad="udtraadt", emne="Din enhed er ikke længere part", tekst=saetning)
    if laast.tilstand == Tilstand.TIL_GODKENDELSE:
        indgaa_hvis_alle_har_godkendt(laast)
    return part


def _tjek(aftale: Aftale, part: Aftalepart, dato: date) -> None:
    if part.enhed_id == aftale.tovholder_id:
        besked = "Tovholderskolen kan ikke træde ud. Bed forvaltningen om at udpege en anden tovholder først."
        raise ValidationError({"enhed": besked})
    if dato > tid.i_dag():
        raise ValidationError({"dato": "Skriv den dag, parten trådte ud. Den kan ikke ligge efter i dag."})
    if dato < tid.lokal(aftale.oprettet_den).date():
        raise ValidationError({"dato": "Datoen ligger før den dag, aftalen blev oprettet."})
    if aftale.tilstand == Tilstand.KLADDE and (optaget := queries.ansvarlig_for(aftale, part.enhed)):
        besked = f"{part.enhed} er ansvarlig for aktiviteten «{optaget}». Vælg en anden ansvarlig først."
        raise ValidationError({"enhed": besked})
    tilbage = [en for en in aftale.parterne if en.pk != part.pk and en.tilstand != Svar.UDTRAADT]
    if all(en.enhed.art == Enhed.Art.SKOLE for en in tilbage):
        raise ValidationError({"enhed": "Der skal være mindst én institution tilbage i aftalen ud over skolen."})
