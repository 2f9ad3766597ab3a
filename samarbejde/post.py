"""The outbox: what is said to whom is decided with the change, in its transaction; a worker delivers it.

Mail is the most hated thing in systems like this: one recipient a mail, neutral subjects, never in the
evening or in holidays, one digest for all that is not the reader's turn.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string

from samarbejde import tid
from samarbejde.forsendelse import opgiv_doede_links
from samarbejde.kalender import ferier
from samarbejde.models import Besked, Person
from samarbejde.posttid import Levering, naeste_posttid
from samarbejde.tasks import send_besked_opgave, venter_i_koeen

LAENGSTE_EMNE = 150


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
            "emne": " ".join(emne.split())[:LAENGSTE_EMNE],
            "tekst": tekst,
            "adresse": adresse,
            "levering": levering.value,
            "tidligst_den": naeste_posttid(tid.nu(), levering, ferier()),
        },
    )
    if er_ny and levering is not Levering.SAMLET and besked.tidligst_den <= tid.nu():
        transaction.on_commit(lambda: vaek_worker(besked.pk))
    return besked if er_ny else None


def vaek_worker(besked_id: int) -> None:
    send_besked_opgave.enqueue(besked_id)


def saet_i_gang(nu: datetime | None = None) -> int:
    """Wake the worker for every mail that is due: also those whose wake-up was lost with a process.

    While wake-ups still wait the worker is merely behind, and more of them would only pile up.
    """
    nu = nu or tid.nu()
    opgiv_doede_links(nu)
    if venter_i_koeen(send_besked_opgave):
        return 0
    forfaldne = _forfaldne(nu).exclude(levering=Levering.SAMLET).values_list("pk", flat=True)
    for pk in forfaldne:
        vaek_worker(pk)
    return len(forfaldne)


def _forfaldne(nu: datetime) -> QuerySet:
    return Besked.objects.filter(tilstand=Besked.Tilstand.VENTER, tidligst_den__lte=nu)


def regn_som_sendt(foer: datetime) -> int:
    """What was to leave before `foer` counts as sent then: the demo's earlier years are not mailed today."""
    gammel = Besked.objects.filter(tilstand=Besked.Tilstand.VENTER, tidligst_den__lt=foer)
    return gammel.update(tilstand=Besked.Tilstand.SENDT, sendt_den=F("tidligst_den"))


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
        transaction.on_commit(lambda: vaek_worker(samlet.pk))
    return 1
