"""Search of units and people within what one may see. Nothing about children is found, as nothing is here (D33).

A person is found where a page already shows them: as leader or coordinator of a unit that one may see, as one's own
staff, and in what the upper apps plug in as `stik.soeg`. The number of queries never follows the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from samarbejde import stik
from samarbejde.formater import soegetekst, sorter_dansk
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.models.organisation import LEDERROLLER
from samarbejde.permissions import Handling, Rolle
from samarbejde.stik import Fund

KORTEST, LAENGST, FLEST = 2, 100, 50
# A person stands with every role: so many rows are read to have enough people.
FLEST_RAEKKER = 4 * FLEST


@dataclass
class Personfund:
    """One person with everything that they were found as."""

    navn: str
    som: list[Fund] = field(default_factory=list)


@dataclass(frozen=True)
class Resultat:
    enheder: list[Enhed]
    personer: list[Personfund]
    flere_enheder: bool
    flere_personer: bool


def indeholder(tekst: str, felt: str = "soegetekst") -> Q:
    """Every word, in any order and anywhere in the name: `%` and `_` are letters like others."""
    return Q(*(Q(**{f"{felt}__contains": et}) for et in soegetekst(tekst).split()))


def soeg(person: Person, tekst: str) -> Resultat:
    enheder = _enheder(person).filter(indeholder(tekst)).order_by("navn", "pk")[: FLEST + 1]
    kilder = [_i_roller(person, tekst), *(plug(person, tekst) for plug in stik.soeg)]
    personer = _samlet(et for fund in kilder for et in fund)
    return Resultat(
        enheder=list(enheder)[:FLEST],
        personer=personer[:FLEST],
        flere_enheder=len(enheder) > FLEST,
        flere_personer=len(personer) > FLEST or any(len(fund) >= FLEST_RAEKKER for fund in kilder),
    )


def _enheder(person: Person) -> QuerySet[Enhed]:
    return Enhed.objects.gaeldende().synlige_for(person, Handling.SE_ENHED)


def _i_roller(person: Person, tekst: str) -> list[Fund]:
    """Leaders and coordinators are known to whoever may see the unit; staff to the leader who registers them."""
    egne = Enhed.objects.gaeldende().synlige_for(person, Handling.REGISTRER_MEDARBEJDER)
    medarbejder = Q(permission__codename=Rolle.MEDARBEJDER.value, content_object__in=egne.order_by().values("pk"))
    ledelse = Q(permission__codename__in=[Rolle.KOORDINATOR.value, *(rolle.value for rolle in LEDERROLLER.values())])
    kendt = ledelse & Q(content_object__in=_enheder(person).order_by().values("pk"))
    roller = Rolletildeling.objects.gaeldende().filter(kendt | medarbejder, user__lukket_den__isnull=True)
    roller = roller.filter(indeholder(tekst, "user__soegetekst")).select_related("user", "permission", "content_object")
    return [
        Fund(en.user_id, en.user.navn, en.vist_titel, en.enhed.navn, en.enhed.get_absolute_url())
        for en in roller.order_by("user__navn", "user_id", "pk")[:FLEST_RAEKKER]
    ]


def _samlet(fund: Iterable[Fund]) -> list[Personfund]:
    personer: dict[int, Personfund] = {}
    for et in fund:
        som = personer.setdefault(et.person_id, Personfund(et.navn)).som
        if et not in som:
            som.append(et)
    return sorter_dansk(personer.values(), key=lambda en: en.navn)
