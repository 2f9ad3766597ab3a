"""Delivering one mail of the outbox; runs in the worker."""

import logging
import re
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from samarbejde import tid
from samarbejde.brev import lav_brev
from samarbejde.models import Besked
from samarbejde.posttid import Levering

log = logging.getLogger(__name__)
FLEST_FORSOEG = 8
FOERSTE_VENTETID = timedelta(minutes=1)
LAENGSTE_FEJL = 300
# How the key of an invitation to a first login begins (samarbejde.invitation).
INVITATION = "invitation:"
FOR_SENT = "Linket i mailen blev for gammelt, før mailen kunne afleveres."


def send_besked(besked_id: int) -> None:
    """Deliver one mail, once: the row is locked while the mail server takes it; a failure waits longer each time.

    The person's row is not locked: others may write to them meanwhile.
    """
    opgiv_doede_links(tid.nu())
    with transaction.atomic():
        besked = Besked.objects.select_for_update(of=("self",)).select_related("til").get(pk=besked_id)
        if besked.tilstand != Besked.Tilstand.VENTER or besked.tidligst_den > tid.nu():
            return
        besked.forsoeg += 1
        med = _foelger_med(besked)
        try:
            _aflever(besked, med)
        # smtplib's errors are OSErrors too: nobody answers, or the server says no. A ValueError is a mail that cannot
        # be made: it counts as an attempt, so that it is given up and seen instead of failing every minute unseen.
        except (OSError, ValueError) as fejl:
            _udskyd(besked, fejl)
        else:
            _afsluttet(besked, med)
        besked.save()


def _foelger_med(besked: Besked) -> list[Besked]:
    """What waits for the same person and needs no mail of its own. What another worker holds rides along there.
    Nothing of a person's goes to the mailbox of a room.
    """
    if besked.levering == Levering.BESTILT or besked.lokale_mail:
        return []
    ventende = Besked.objects.select_for_update(skip_locked=True).kan_foelge_med(tid.nu())
    return list(ventende.filter(til_id=besked.til_id).exclude(pk=besked.pk))


def _hvorfor(besked: Besked, fejl: Exception) -> str:
    """In words first; then what the mail server said, without the address, which may be a protected person's."""
    match fejl:
        case SMTPRecipientsRefused():
            ord_ = "Mailserveren tager ikke imod mail til den adresse."
        case SMTPAuthenticationError():
            ord_ = "Mailserveren afviser vores login."
        case SMTPResponseException():
            ord_ = "Mailserveren tog ikke imod mailen."
        case ValueError():
            ord_ = "Mailen kan ikke laves, som den er skrevet."
        case _:
            ord_ = "Mailserveren svarer ikke."
    teknisk = re.sub(re.escape(besked.modtager), "modtageren", f"{type(fejl).__name__}: {fejl}", flags=re.IGNORECASE)
    return f"{ord_} {teknisk}"[:LAENGSTE_FEJL]


def _aflever(besked: Besked, med: list[Besked]) -> None:
    lav_brev(besked, med).send()


def opgiv_doede_links(nu: datetime) -> int:
    """What somebody ordered holds a link that opens their account: two hours for a new password, seven days for a
    first login. When it no longer works it is not sent, nor kept.
    """
    venter = Besked.objects.venter().filter(levering=Levering.BESTILT)
    invitation = Q(noegle__startswith=INVITATION)
    kort, lang = (
        Q(oprettet_den__lte=nu - timedelta(seconds=sekunder))
        for sekunder in (settings.PASSWORD_RESET_TIMEOUT, settings.INVITATION_GAELDER)
    )
    doede = venter.filter((~invitation & kort) | (invitation & lang))
    return doede.update(tilstand=Besked.Tilstand.FEJLET, tekst="", fejl=FOR_SENT)


def _afsluttet(besked: Besked, med: list[Besked]) -> None:
    besked.tilstand, besked.sendt_den, besked.fejl = Besked.Tilstand.SENDT, tid.nu(), ""
    _glem_linket(besked)
    fulgte_med = Besked.objects.filter(pk__in=[en.pk for en in med])
    fulgte_med.update(tilstand=Besked.Tilstand.SAMLET, samlet_i=besked)


def _glem_linket(besked: Besked) -> None:
    """Nobody who reads the database later can use it."""
    besked.svarlink = ""
    if besked.levering == Levering.BESTILT:
        besked.tekst = ""


def _udskyd(besked: Besked, fejl: Exception) -> None:
    log.warning("besked %s blev ikke afleveret (forsøg %s): %s", besked.pk, besked.forsoeg, fejl)
    besked.fejl = _hvorfor(besked, fejl)
    besked.tidligst_den = tid.nu() + FOERSTE_VENTETID * 4 ** (besked.forsoeg - 1)
    if besked.forsoeg >= FLEST_FORSOEG:
        besked.tilstand = Besked.Tilstand.FEJLET
        _glem_linket(besked)
