"""What the pages below show of meetings: plugged in by `apps.py`."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from moeder.models import Moede
from moeder.queries import aar
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
    """The next meetings of the unit's forums, their year, and what one can do there."""
    aaret = aar.aaret_i_fora(fora, person)
    knapper = [knap for et in fora for knap in _knapper(et, person)]
    data = {"moeder": aaret.naeste, "aaret": aaret.aaret, "serier": aaret.serier if knapper else [], "knapper": knapper}
    return [Boks("Møder", "moeder/_forum.html", data)] if aaret.aaret or knapper else []


def _knapper(forum: Forum, person: Person) -> Iterator[tuple[str, str]]:
    """By the roles at the forum itself, without a query."""
    roller = forum.roller_ved_enheden(person) | mine_roller(person).fora.get(forum.pk, frozenset())
    sted = [forum.enhed.slug, forum.art]
    if not roller.isdisjoint(TILLADT[Handling.PLANLAEG_MOEDE]):
        yield f"Planlæg et møde i {forum.i_saetning}", reverse("planlaeg_moede", args=sted)
        yield f"Planlæg et års møder i {forum.i_saetning}", reverse("ny_serie", args=sted)
        yield f"Se, hvad der venter i {forum.i_saetning}", reverse("koe", args=sted)
    if forum.er_team and not roller.isdisjoint(TILLADT[Handling.INDKALD]):
        yield "Se, hvem der ønsker at deltage", reverse("deltagelsesoensker", args=sted)
