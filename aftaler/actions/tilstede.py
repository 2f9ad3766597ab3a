"""Saying that one is writing just now: a small write now and then, without locks, trail or mail."""

from datetime import datetime, timedelta

from django.db import transaction

from aftaler.actions.skrivning import AFSNIT
from aftaler.models import Aftale
from aftaler.samskrivning import Tilstedevaerelse
from aftaler.samtale import HER_NU, steder
from aftaler.states import Overgang
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.tilstande import kan

HVERT = timedelta(seconds=30)


@transaction.atomic
def meld_tilstede(*, aftale: Aftale, af: Person, sted: str) -> None:
    """At most one write per person in thirty seconds, whatever is sent; nothing once the text is locked."""
    kraev_ret(af, Handling.SKRIV_AFTALE, aftale)
    nu = tid.nu()
    if not kan(aftale, Overgang.RET) or Tilstedevaerelse.objects.filter(person=af, set_den__gt=nu - HVERT).exists():
        return
    navn = steder(aftale, AFSNIT).get(sted)
    nu_her = Tilstedevaerelse(aftale=aftale, person=af, sted=f"«{navn}»" if navn else "et nyt mål", set_den=nu)
    Tilstedevaerelse.objects.bulk_create(
        [nu_her], update_conflicts=True, unique_fields=["aftale", "person"], update_fields=["sted", "set_den"]
    )


def glem_tilstede(nu: datetime) -> int:
    """Run every minute: what is no longer shown is not kept."""
    return Tilstedevaerelse.objects.filter(set_den__lt=nu - HER_NU).delete()[0]
