"""The outbox: what is said to whom is decided with the change, in its transaction; a worker delivers it.

Mail is the most hated thing in systems like this (docs/mail.md): one recipient a mail, neutral subjects, never in the
evening or in holidays, one digest for all that is not the reader's turn.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from samarbejde import tid
from samarbejde.kalender import ferier
from samarbejde.models import Besked, Person
from samarbejde.posttid import Levering, naeste_posttid

log = logging.getLogger(__name__)
FLEST_FORSOEG = 8
FOERSTE_VENTETID = timedelta(minutes=1)
LAENGSTE_FEJL = 300


def underret(
    *, til: Person, emne: str, tekst: str, noegle: str, adresse: str = "", levering: Levering = Levering.SAMLET
) -> Besked | None:
    """Put one mail in the outbox. The same `noegle` twice is one mail; somebody without an active account gets none.

    `adresse` is a path on this site. Neither subject nor text may hold a word from an agreement or a matter (D37).
    """
    if not til.is_active:
        return None
    besked, er_ny = Besked.objects.get_or_create(
        noegle=noegle,
        defaults={
            "til": til,
            "emne": emne,
            "tekst": tekst,
            "adresse": adresse,
            "levering": levering.value,
            "tidligst_den": naeste_posttid(tid.nu(), levering, ferier()),
        },
    )
    if er_ny and levering is not Levering.SAMLET and besked.tidligst_den <= tid.nu():
        transaction.on_commit(lambda: _vaek_worker(besked.pk))
    return besked if er_ny else None


def _vaek_worker(besked_id: int) -> None:
    from samarbejde.tasks import send_besked_opgave

    send_besked_opgave.enqueue(besked_id)


def saet_i_gang(nu: datetime | None = None) -> int:
    """Wake the worker for every mail that is due: also those whose wake-up was lost with a process."""
    forfaldne = _forfaldne(nu or tid.nu()).exclude(levering=Levering.SAMLET).values_list("pk", flat=True)
    for pk in forfaldne:
        _vaek_worker(pk)
    return len(forfaldne)


def _forfaldne(nu: datetime) -> QuerySet:
    return Besked.objects.filter(tilstand=Besked.Tilstand.VENTER, tidligst_den__lte=nu)


def saml_post(nu: datetime | None = None) -> int:
    """The digest: gather what waits for each person into one mail."""
    nu = nu or tid.nu()
    personer = _forfaldne(nu).filter(levering=Levering.SAMLET).values_list("til", flat=True).order_by("til").distinct()
    return sum(_saml_for(person_id, nu) for person_id in personer)


def _saml_for(person_id: int, nu: datetime) -> int:
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        ventende = list(_forfaldne(nu).filter(til=person, levering=Levering.SAMLET).order_by("pk"))
        if not ventende or not person.is_active:
            return 0
        tekst = render_to_string("beskeder/samlet.txt", {"beskeder": ventende, "base_url": settings.BASE_URL})
        samlet = Besked.objects.create(
            til=person,
            emne="Nyt i Stærkt samarbejde",
            tekst=tekst,
            levering=Levering.STRAKS.value,
            noegle=f"samlet:{ventende[0].pk}-{ventende[-1].pk}",
            tidligst_den=nu,
        )
        Besked.objects.filter(pk__in=[b.pk for b in ventende]).update(tilstand=Besked.Tilstand.SAMLET, samlet_i=samlet)
        transaction.on_commit(lambda: _vaek_worker(samlet.pk))
    return 1


def send_besked(besked_id: int) -> None:
    """Deliver one mail, once: the row is locked while the mail server takes it; a failure waits longer each time."""
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
            besked.tilstand, besked.sendt_den, besked.fejl = Besked.Tilstand.SENDT, tid.nu(), ""
        besked.save()


def _udskyd(besked: Besked, fejl: Exception) -> None:
    log.warning("besked %s blev ikke afleveret (forsøg %s): %s", besked.pk, besked.forsoeg, fejl)
    besked.fejl = f"{type(fejl).__name__}: {fejl}"[:LAENGSTE_FEJL]
    besked.tidligst_den = tid.nu() + FOERSTE_VENTETID * 4 ** (besked.forsoeg - 1)
    if besked.forsoeg >= FLEST_FORSOEG:
        besked.tilstand = Besked.Tilstand.FEJLET


def _aflever(besked: Besked) -> None:
    tekst = render_to_string("beskeder/mail.txt", {"besked": besked, "base_url": settings.BASE_URL})
    domaene = settings.BASE_URL.split("//")[-1].split(":")[0].split("/")[0]
    EmailMessage(
        subject=besked.emne,
        body=tekst,
        to=[besked.til.email],
        headers={"Message-ID": f"<besked-{besked.pk}@{domaene}>", "Auto-Submitted": "auto-generated"},
    ).send()
