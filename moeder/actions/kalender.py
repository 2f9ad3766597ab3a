"""A person's own calendar feed: one address at a time, shown once, and revoked at any moment."""

import secrets

from django.db import transaction

from moeder.models import Kalenderadgang
from moeder.models.faelles import aftryk
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.spor import noter


@transaction.atomic
def opret_kalenderadgang(*, af: Person) -> str:
    """A new secret address for one's own meetings; the one before it stops at once. Only its imprint is kept."""
    laast = Person.objects.select_for_update().get(pk=af.pk)
    _tilbagekald(laast)
    noegle = secrets.token_urlsafe(32)
    ny = Kalenderadgang.objects.create(person=laast, aftryk=aftryk(noegle))
    saetning = f"{laast} har lavet en adresse til sin egen kalender."
    noter(af=af, navn="opret_kalenderadgang", objekt=ny, rod=laast, saetning=saetning)
    return noegle


@transaction.atomic
def tilbagekald_kalenderadgang(*, af: Person) -> None:
    laast = Person.objects.select_for_update().get(pk=af.pk)
    if adgang := _tilbagekald(laast):
        saetning = f"{laast} har lukket adressen til sin egen kalender."
        noter(af=af, navn="tilbagekald_kalenderadgang", objekt=adgang, rod=laast, saetning=saetning)


def _tilbagekald(person: Person) -> Kalenderadgang | None:
    adgang: Kalenderadgang | None = person.kalenderadgange.filter(tilbagekaldt_den=None).first()
    if adgang is not None:
        adgang.tilbagekaldt_den = tid.nu()
        adgang.save(update_fields=["tilbagekaldt_den"])
    return adgang
