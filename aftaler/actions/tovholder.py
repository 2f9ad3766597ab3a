"""Which school is tovholder: named when the agreement is started, changed by forvaltning (D1)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler import pladser, queries
from aftaler.actions.breve import fortael
from aftaler.actions.laas import laas
from aftaler.models import Aftale
from aftaler.states import LEVENDE
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

ER_SLUT = "Aftalen gælder ikke længere, så den skal ikke have en anden tovholder."
KAN_IKKE = "Tovholderen skal være en åben folkeskole i distriktet, som er part i aftalen. Vælg igen."


@transaction.atomic
def skift_tovholder(*, aftale: Aftale, af: Person, tovholder: Enhed) -> Aftale:
    """Another school of the agreement takes over; the text and the approvals stand."""
    laast = laas(aftale)
    kraev_ret(af, Handling.SKIFT_TOVHOLDER, laast)
    if laast.tilstand not in LEVENDE and not pladser.er_i_kraft(laast, tid.i_dag()):
        raise IkkeMuligtError(ER_SLUT)
    if tovholder.pk == laast.tovholder_id:
        return laast
    if tovholder.pk not in {skole.pk for skole in queries.mulige_tovholdere(laast)}:
        raise ValidationError({"tovholder": KAN_IKKE})
    foer, laast.tovholder = laast.tovholder, tovholder
    laast.save(update_fields=["tovholder"])
    saetning = f"{tovholder} er udpeget som tovholder."
    felter = {"tovholder": (foer.navn, tovholder.navn)}
    noter(af=af, navn="skift_tovholder", objekt=laast, saetning=saetning, felter=felter)
    hvad = f"skift_tovholder{tovholder.pk}:{tid.nu().timestamp()}"
    fortael(laast, hvad, f"Aftalen har en anden tovholder: {laast}", f"{saetning} Før var det {foer}.", af)
    return laast
