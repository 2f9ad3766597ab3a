"""Calling a meeting, and regretting it before anything has left (S36, S37, decision 18)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.laas import laas_moede
from moeder.actions.udsendelse import noegle_for, send_aflysning, send_indkaldelser
from moeder.models import Moede
from moeder.queries.indkaldelse import Plan, plan
from moeder.states import Overgang
from samarbejde import tid
from samarbejde.formater import antal
from samarbejde.models import Besked, Person
from samarbejde.permissions import Handling
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

ANDEN_LISTE = "Mødet eller listen over inviterede er ændret, siden du åbnede siden. Se listen igennem, og send så."
HAR_FORLADT_OS = (
    "Den første indkaldelse er sendt, så den kan ikke trækkes tilbage. Flyt eller aflys mødet; så får alle besked."
)


@transaction.atomic
def indkald(*, moede: Moede, af: Person, aftryk: str = "") -> Moede:
    """Send the call of a reservation: only with a purpose, an item and a reason for each (S37, case 40). `aftryk` is
    the list that was seen; another one is shown before it is sent.
    """
    laast = laas_moede(moede, af, Handling.INDKALD)
    skift(laast, Overgang.INDKALD)
    listen = plan(laast)
    if listen.mangler:
        raise ValidationError(listen.mangler)
    if aftryk and aftryk != listen.aftryk:
        raise IkkeMuligtError(ANDEN_LISTE)
    laast.indkaldt_den = laast.tilstand_siden = tid.nu()
    laast.save(update_fields=["tilstand", "tilstand_siden", "indkaldt_den"])
    send_indkaldelser(laast, listen.deltagere, af=af)
    noter(af=af, navn="indkald", objekt=laast, saetning=_hvem(listen))
    return laast


def _hvem(listen: Plan) -> str:
    lokaler = sum(bool(deltager.lokale) for deltager in listen.deltagere)
    folk = antal(len(listen.deltagere) - lokaler, "inviteret", "inviterede")
    return f"Der er indkaldt til mødet: {folk}{' og ' + antal(lokaler, 'lokale', 'lokaler') if lokaler else ''}."


@transaction.atomic
def fortryd_indkaldelse(*, moede: Moede, af: Person) -> Moede:
    """Take the call back while every mail still waits: nobody has heard of it, and nobody will."""
    laast = laas_moede(moede, af, Handling.INDKALD)
    skift(laast, Overgang.FORTRYD_INDKALDELSE)
    deltagere = list(laast.deltagere.select_related("person", "enhed"))
    noegler = [noegle_for(laast, deltager) for deltager in deltagere]
    beskeder = list(Besked.objects.select_for_update().filter(noegle__in=noegler))
    if any(b.sendt_den is not None and b.sendt_den >= laast.indkaldt_den for b in beskeder):
        raise IkkeMuligtError(HAR_FORLADT_OS)
    laast.indkaldt_den, laast.tilstand_siden = None, tid.nu()
    laast.save(update_fields=["tilstand", "tilstand_siden", "indkaldt_den"])
    send_aflysning(laast, deltagere, af=af)
    laast.deltagere.update(indkaldt_den=None)
    saetning = "Indkaldelsen er fortrudt, før den blev sendt. Mødet er reserveret igen."
    noter(af=af, navn="fortryd_indkaldelse", objekt=laast, saetning=saetning)
    return laast
