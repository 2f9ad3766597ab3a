"""Delivering one mail of the outbox; runs in the worker."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from samarbejde import tid
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
    """Deliver one mail, once: the row is locked while the mail server takes it; a failure waits longer each time."""
    opgiv_doede_links(tid.nu())
    with transaction.atomic():
        besked = Besked.objects.select_for_update().select_related("til").get(pk=besked_id)
        if besked.tilstand != Besked.Tilstand.VENTER or besked.tidligst_den > tid.nu():
            return
        besked.forsoeg += 1
        try:
            _aflever(besked)
        except OSError as fejl:  # smtplib's errors are OSErrors too: nobody answers, or the server says no
            _udskyd(besked, fejl)
        else:
            _afsluttet(besked)
        besked.save()


def opgiv_doede_links(nu: datetime) -> int:
    """What somebody ordered holds a link that opens their account: two hours for a new password, seven days for a
    first login. When it no longer works it is not sent, nor kept.
    """
    venter = Besked.objects.filter(tilstand=Besked.Tilstand.VENTER, levering=Levering.BESTILT)
    invitation = Q(noegle__startswith=INVITATION)
    kort, lang = (
        Q(oprettet_den__lte=nu - timedelta(seconds=sekunder))
        for sekunder in (settings.PASSWORD_RESET_TIMEOUT, settings.INVITATION_GAELDER)
    )
    doede = venter.filter((~invitation & kort) | (invitation & lang))
    return doede.update(tilstand=Besked.Tilstand.FEJLET, tekst="", fejl=FOR_SENT)


def _afsluttet(besked: Besked) -> None:
    besked.tilstand, besked.sendt_den, besked.fejl = Besked.Tilstand.SENDT, tid.nu(), ""
    _glem_linket(besked)


def _glem_linket(besked: Besked) -> None:
    """Nobody who reads the database later can use it."""
    if besked.levering == Levering.BESTILT:
        besked.tekst = ""


def _udskyd(besked: Besked, fejl: Exception) -> None:
    log.warning("besked %s blev ikke afleveret (forsøg %s): %s", besked.pk, besked.forsoeg, fejl)
    besked.fejl = f"{type(fejl).__name__}: {fejl}"[:LAENGSTE_FEJL]
    besked.tidligst_den = tid.nu() + FOERSTE_VENTETID * 4 ** (besked.forsoeg - 1)
    if besked.forsoeg >= FLEST_FORSOEG:
        besked.tilstand = Besked.Tilstand.FEJLET
        _glem_linket(besked)


def _aflever(besked: Besked) -> None:
    tekst = render_to_string("beskeder/mail.txt", {"besked": besked, "base_url": settings.BASE_URL})
    domaene = settings.BASE_URL.split("//")[-1].split(":")[0].split("/")[0]
    EmailMessage(
        subject=besked.emne,
        body=tekst,
        to=[besked.til.email],
        headers={"Message-ID": f"<besked-{besked.pk}@{domaene}>", "Auto-Submitted": "auto-generated"},
    ).send()
