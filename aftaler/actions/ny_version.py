"""A new version of an agreement in force: the only way to correct what was entered (S17)."""

from django.db import transaction
from django.db.models import Max

from aftaler import pladser
from aftaler.actions.breve import fortael
from aftaler.actions.kopi import kopier_tekst
from aftaler.actions.laas import laas
from aftaler.models import Aftale, Aftalepart
from aftaler.states import LEVENDE, Overgang, Svar
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

ER_SLUT = "Aftalen gælder ikke længere, så der kan ikke laves en ny version af den."
ER_BEGYNDT = "I er allerede i gang med en ny version. Skriv videre på den."


@transaction.atomic
def lav_ny_version(*, aftale: Aftale, af: Person, grund: str) -> Aftale:
    """A draft with the same text and parties; nobody has approved it. The old one holds until every party has."""
    laast = laas(aftale)
    kraev_ret(af, Handling.LAV_NY_VERSION, laast)
    skift(laast, Overgang.LAV_NY_VERSION)
    if not pladser.er_i_kraft(laast, tid.i_dag()):
        raise IkkeMuligtError(ER_SLUT)
    aarets = Aftale.objects.filter(distrikt=laast.distrikt, skoleaar=laast.skoleaar)
    if aarets.filter(tilstand__in=LEVENDE).exists():
        raise IkkeMuligtError(ER_BEGYNDT)
    ny = Aftale.objects.create(
        distrikt=laast.distrikt,
        skoleaar=laast.skoleaar,
        nummer=aarets.aggregate(Max("nummer"))["nummer__max"] + 1,
        erstatter=laast,
        tovholder=laast.tovholder,
    )
    for part in laast.parter.exclude(tilstand=Svar.UDTRAADT).order_by("pk"):
        Aftalepart.objects.create(
            aftale=ny, enhed_id=part.enhed_id, er_frivillig=part.er_frivillig, begrundelse=part.begrundelse
        )
    kopier_tekst(laast, ny)
    felter = {"grund": ("", grund)}
    for hvilken in (laast, ny):
        saetning = f"En ny version, nr. {ny.nummer}, er begyndt."
        noter(af=af, navn="lav_ny_version", objekt=hvilken, saetning=saetning, felter=felter)
    tekst = "Du kan skrive med nu. Den gælder, når alle parter har godkendt den; indtil da gælder den aftale, I har."
    fortael(ny, "lav_ny_version", f"Aftalen skal have en ny version: {ny}", tekst, af)
    return ny
