"""A party that nobody thought of in time: it comes to the same text, and the others are told, not asked (case 38)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler import pladser
from aftaler.actions.breve import fortael, fortael_leder
from aftaler.actions.laas import laas
from aftaler.actions.parter import FLEST_PARTER, Partsvalg, kraev_mulig_part
from aftaler.models import Aftale, Aftalepart
from aftaler.states import Tilstand
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

I_KLADDEN = "Aftalen er en kladde. Vælg parterne på siden «Vælg parter»."
ER_SLUT = "Aftalen gælder ikke længere, så der kan ikke optages flere parter."


@transaction.atomic
def optag_part(*, aftale: Aftale, af: Person, valg: Partsvalg) -> Aftalepart:
    """The party list is outside the content (decision 12): every approval given still stands."""
    laast = laas(aftale)
    kraev_ret(af, Handling.OPTAG_PART, laast)
    i_kraft = pladser.er_i_kraft(laast, tid.i_dag())
    if laast.tilstand != Tilstand.TIL_GODKENDELSE and not i_kraft:
        raise IkkeMuligtError(I_KLADDEN if laast.tilstand == Tilstand.KLADDE else ER_SLUT)
    _tjek(laast, valg)
    enhed = valg.enhed
    part = Aftalepart.objects.create(
        aftale=laast, enhed=enhed, er_frivillig=enhed.er_privat, begrundelse=valg.begrundelse
    )
    felter = {"begrundelse": ("", valg.begrundelse)} if valg.begrundelse else {}
    saetning = f"{enhed} er optaget som part."
    noter(af=af, navn="optag_part", objekt=part, rod=laast, saetning=saetning, felter=felter)
    svar = f"Du kan {'tiltræde' if i_kraft else 'godkende'} aftalen for {enhed} på aftalens side."
    fortael_leder(part, laast, hvad="optag_part", emne="Din enhed er optaget som part", tekst=svar)
    andre = f"{saetning} Teksten er den samme, og I skal ikke godkende igen."
    fortael(laast, f"optag{part.pk}", f"En part er optaget: {laast}", andre, af, undtagen=part)
    return part


def _tjek(aftale: Aftale, valg: Partsvalg) -> None:
    if any(part.enhed_id == valg.enhed.pk for part in aftale.parterne):
        raise ValidationError({"enhed": f"{valg.enhed} står allerede på aftalen."})
    if len(aftale.parterne) >= FLEST_PARTER:
        raise ValidationError({"enhed": f"En aftale kan højst have {FLEST_PARTER} parter."})
    i_distriktet = aftale.distrikt.tilknytninger.gaeldende().filter(enhed=valg.enhed).exists()
    kraev_mulig_part(valg, i_distriktet)
