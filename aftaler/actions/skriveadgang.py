"""The coordinators of a school write in the agreement only when, and as long as, the skoleleder lets them."""

from django.db import transaction

from aftaler import queries
from aftaler.actions.laas import laas
from aftaler.models import Aftalepart, Skriveadgang
from aftaler.states import LEVENDE
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

IKKE_I_ARBEJDE = "Der bliver ikke skrevet på aftalen mere, så der er ikke brug for en skriveadgang."


@transaction.atomic
def lad_koordinator_skrive(*, part: Aftalepart, af: Person) -> Skriveadgang:
    """The same press twice is one leave. It is for this agreement alone, and for whoever coordinates at the school."""
    laast = _laas(part, af)
    if laast.aftale.tilstand not in LEVENDE:
        raise IkkeMuligtError(IKKE_I_ARBEJDE)
    if aaben := laast.skriveadgange.filter(sluttet_den=None).first():
        return aaben
    ny = Skriveadgang.objects.create(part=laast, givet_af=af)
    saetning = f"Koordinatorerne på {laast.enhed} kan skrive med."
    noter(af=af, navn="lad_koordinator_skrive", objekt=laast, rod=laast.aftale, saetning=saetning)
    _fortael(laast, ny, "Du kan skrive med", f"Skolelederen på {laast.enhed} lader dig skrive med på aftalen.")
    return ny


@transaction.atomic
def afslut_skriveadgang(*, part: Aftalepart, af: Person) -> None:
    """What they wrote stays; the row keeps who let them and who ended it."""
    laast = _laas(part, af)
    aaben = laast.skriveadgange.filter(sluttet_den=None).first()
    if aaben is None:
        return
    aaben.sluttet_af, aaben.sluttet_den = af, tid.nu()
    aaben.save(update_fields=["sluttet_af", "sluttet_den"])
    saetning = f"Koordinatorerne på {laast.enhed} kan ikke længere skrive med."
    noter(af=af, navn="afslut_skriveadgang", objekt=laast, rod=laast.aftale, saetning=saetning)
    tekst = f"Skolelederen på {laast.enhed} har afsluttet din skriveadgang. Du kan stadig læse aftalen."
    _fortael(laast, aaben, "Du skriver ikke længere med", tekst)


def _laas(part: Aftalepart, af: Person) -> Aftalepart:
    aftale = laas(part.aftale)
    laast = Aftalepart.objects.select_related("enhed").get(pk=part.pk)
    laast.aftale = aftale
    kraev_ret(af, Handling.LAD_KOORDINATOR_SKRIVE, laast)
    return laast


def _fortael(part: Aftalepart, adgang: Skriveadgang, emne: str, tekst: str) -> None:
    for person in queries.koordinatorer(part.enhed):
        underret(
            til=person,
            emne=f"{emne}: {part.aftale}",
            tekst=tekst,
            adresse=part.aftale.get_absolute_url(),
            noegle=f"skriveadgang:{adgang.pk}:{adgang.sluttet_den is None}:{person.pk}",
            levering=Levering.SAMLET,
        )
