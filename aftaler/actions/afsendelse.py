"""The tovholder's own acts: send to approval, withdraw, annul (D1, S17)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler import queries
from aftaler.actions.breve import bed_om_svar, fortael
from aftaler.actions.indgaaelse import gem_tilstand, giv_svar, indgaa_hvis_alle_har_godkendt
from aftaler.actions.laas import laas
from aftaler.indhold import indhold_af
from aftaler.models import Aftale, Aftalepart
from aftaler.states import Overgang, Svar, Svarovergang
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError, skift

RETTET = "Teksten er rettet, siden du åbnede siden. Læs den igennem her, og send den så."


@transaction.atomic
def send_til_godkendelse(*, aftale: Aftale, af: Person, rettet: str | None = None) -> Aftale:
    """Lock the text and ask every party (S17). All rules of a whole agreement are checked; answers to exactly this
    content stand, also a no with its reason; those to another text fall. `rettet` is `queries.rettet_senest` of what
    the sender looked through: nobody sends a text that they have not seen.
    """
    laast = laas(aftale)
    kraev_ret(af, Handling.SEND_TIL_GODKENDELSE, laast)
    skift(laast, Overgang.SEND)
    if fejl := queries.mangler(laast):
        raise ValidationError([mangel.tekst for mangel in fejl])
    if rettet is not None and rettet != queries.rettet_senest(laast):
        raise KonfliktError(None, 0, RETTET)
    foer, laast.indhold = laast.indhold_id, indhold_af(laast)
    gem_tilstand(laast)
    noter(af=af, navn="send_til_godkendelse", objekt=laast, saetning="Aftalen er sendt til godkendelse.")
    for part in Aftalepart.objects.filter(aftale=laast).select_related("godkendelse"):
        if part.tilstand == Svar.GODKENDT and part.godkendelse.indhold_id != laast.indhold_id:
            giv_svar(part, Svarovergang.BORTFALD)
        elif part.tilstand == Svar.KAN_IKKE and laast.indhold_id != foer:
            giv_svar(part, Svarovergang.SPOERG_IGEN)
    bed_om_svar(laast)
    indgaa_hvis_alle_har_godkendt(laast)
    return laast


@transaction.atomic
def traek_tilbage(*, aftale: Aftale, af: Person) -> Aftale:
    """Back to draft so that the text can be corrected. Nothing is wiped: unchanged text keeps its approvals."""
    laast = laas(aftale)
    kraev_ret(af, Handling.TRAEK_TILBAGE, laast)
    skift(laast, Overgang.TRAEK_TILBAGE)
    gem_tilstand(laast)
    noter(af=af, navn="traek_tilbage", objekt=laast, saetning="Aftalen er trukket tilbage til kladde.")
    emne = f"Aftalen er trukket tilbage til kladde: {laast}"
    fortael(laast, "traek_tilbage", emne, "Teksten kan nu rettes igen.", af)
    return laast


@transaction.atomic
def annuller_aftale(*, aftale: Aftale, af: Person, grund: str) -> Aftale:
    """Give up an agreement that was never entered; the district can then start another (S7)."""
    laast = laas(aftale)
    kraev_ret(af, Handling.ANNULLER_AFTALE, laast)
    skift(laast, Overgang.ANNULLER)
    gem_tilstand(laast)
    felter = {"grund": ("", grund)}
    noter(af=af, navn="annuller_aftale", objekt=laast, saetning="Aftalen er annulleret.", felter=felter)
    fortael(laast, "annuller", f"Aftalen er annulleret: {laast}", "Du kan se grunden på aftalens side.", af)
    return laast
