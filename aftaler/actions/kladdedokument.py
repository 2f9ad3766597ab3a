"""Ordering the draft as PDF; the worker makes it (aftaler.pdf)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from aftaler.actions.laas import laas
from aftaler.historik import KLADDESPOR
from aftaler.indhold import kladdens_aftryk
from aftaler.models import Aftale, Kladdedokument
from aftaler.states import UDKAST
from aftaler.tasks import lav_kladdedokument_opgave
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

ER_INDGAAET = "Aftalen er ikke længere et udkast. Hent den som PDF på aftalens side."


@transaction.atomic
def bestil_kladdedokument(*, aftale: Aftale, af: Person) -> Kladdedokument:
    """One that says the same, and did not fail, is given again (S17: marked UDKAST until the agreement is entered)."""
    laast = laas(aftale)
    kraev_ret(af, Handling.LAES_KLADDE, laast)
    if laast.tilstand not in UDKAST:
        raise IkkeMuligtError(ER_INDGAAET)
    aftryk = kladdens_aftryk(laast)
    ens = Kladdedokument.objects.filter(aftale=laast, aftryk=aftryk).exclude(tilstand=Kladdedokument.Tilstand.FEJLET)
    if (findes := ens.defer("pdf").first()) is not None:
        return findes
    ny = Kladdedokument.objects.create(aftale=laast, aftryk=aftryk)
    noter(spor=KLADDESPOR, af=af, navn="bestil_kladdedokument", objekt=laast, saetning="Udkastet er bestilt som PDF.")
    transaction.on_commit(lambda: lav_kladdedokument_opgave.enqueue(ny.pk))
    return ny


def slet_gamle_kladdedokumenter(nu: datetime) -> int:
    """The last made of each draft stays, and what was ordered after it; none of an agreement that was entered."""
    nyere = Kladdedokument.objects.filter(aftale=OuterRef("aftale"), pk__gt=OuterRef("pk"), tilstand="klar")
    gamle = Kladdedokument.objects.filter(Q(Exists(nyere)) | ~Q(aftale__tilstand__in=UDKAST))
    return gamle.delete()[0]
