"""What the pages below show of meetings: plugged in by `apps.py`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from moeder.models import Moede
from moeder.queries import liste
from ressourcecenter.models import Forum
from samarbejde.models import Person
from samarbejde.permissions import TILLADT, Handling, Rolle
from samarbejde.roller import mine_roller
from samarbejde.stik import Boks


def menu(person: Person) -> list[tuple[int, str, str]]:
    """For everybody who may be invited; asked without a query."""
    mine = mine_roller(person)
    egne = mine.globale.union(*mine.enheder.values(), *mine.fora.values())
    uden = {Rolle.ADMINISTRATOR, Rolle.FORVALTNING, Rolle.OMRAADECHEF}
    return [(15, "Møder", reverse("moeder"))] if egne - uden else []


def synlige_moeder(person: Person) -> QuerySet[Any]:
    """The trail of a meeting speaks of all its items, so it is for those who lead the forum."""
    return Moede.objects.synlige_for(person, Handling.PLANLAEG_MOEDE).order_by().values("pk")


def forumboks(forum: Forum, fora: list[Forum], person: Person) -> list[Boks]:
    """The next meetings of the unit's forums, and what one can do there."""
    moeder = list(liste.kommende_i(fora, person))
    knapper = []
    for et in fora:
        roller = et.roller_ved_enheden(person) | mine_roller(person).fora.get(et.pk, frozenset())
        if not roller.isdisjoint(TILLADT[Handling.PLANLAEG_MOEDE]):
            adresse = reverse("planlaeg_moede", args=[forum.enhed.slug, et.art])
            knapper.append((f"Planlæg et møde i {et.i_saetning}", adresse))
            koen = reverse("koe", args=[forum.enhed.slug, et.art])
            knapper.append((f"Se, hvad der venter i {et.i_saetning}", koen))
    data = {"moeder": moeder, "knapper": knapper}
    return [Boks("Møder", "moeder/_forum.html", data)] if moeder or knapper else []
