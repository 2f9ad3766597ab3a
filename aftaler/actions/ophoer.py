"""How an agreement ends before its year does: ophævet by the tovholder, bortfaldet when the year ran out first."""

from datetime import datetime

from django.db import transaction

from aftaler.actions.breve import fortael
from aftaler.actions.indgaaelse import gem_tilstand
from aftaler.actions.laas import laas
from aftaler.models import Aftale
from aftaler.states import LEVENDE, Overgang
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.skolekalender import skoleaar_for
from samarbejde.spor import noter
from samarbejde.tilstande import skift


@transaction.atomic
def ophaev_aftale(*, aftale: Aftale, af: Person, grund: str) -> Aftale:
    """End one in force, with a reason. It can still be read, and the district can start another."""
    laast = laas(aftale)
    kraev_ret(af, Handling.OPHAEV_AFTALE, laast)
    skift(laast, Overgang.OPHAEV)
    gem_tilstand(laast)
    felter = {"grund": ("", grund)}
    noter(af=af, navn="ophaev_aftale", objekt=laast, saetning="Aftalen er ophævet.", felter=felter)
    fortael(laast, "ophaev", f"Aftalen er ophævet: {laast}", "Du kan se grunden på aftalens side.", af)
    return laast


def lad_gamle_bortfalde(nu: datetime) -> int:
    """Nightly: a draft whose school year is over is never entered, and waits for nobody."""
    gamle = Aftale.objects.filter(tilstand__in=LEVENDE, skoleaar__lt=skoleaar_for(tid.lokal(nu).date()))
    return sum(_bortfald(aftale) for aftale in gamle.order_by("pk"))


@transaction.atomic
def _bortfald(aftale: Aftale) -> bool:
    laast = laas(aftale)
    if laast.tilstand not in LEVENDE:
        return False
    skift(laast, Overgang.BORTFALD)
    gem_tilstand(laast)
    saetning = "Skoleåret er slut, og aftalen blev ikke indgået. Den er bortfaldet."
    noter(af=None, navn="bortfald", objekt=laast, saetning=saetning)
    tekst = f"{saetning} Teksten kan stadig læses."
    fortael(laast, "bortfald", f"Aftalen er bortfaldet: {laast}", tekst, None)
    return True
