"""Who is taken when (the collision guard): names and times, never the forum, title or place of the other meeting."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from moeder.models import Deltager, Moede
from moeder.states import KOMMENDE, Deltagelse
from samarbejde.formater import klokken
from samarbejde.models import Person

Tidsrum = tuple[datetime, datetime]
OPTAGER = (Deltagelse.INVITERET, Deltagelse.ACCEPTERET)


@dataclass(frozen=True)
class Optaget:
    person: Person
    begynder: datetime
    slutter: datetime

    def __str__(self) -> str:
        return f"{self.person} er optaget kl. {klokken(self.begynder)}–{klokken(self.slutter)}"


class OptagetHer(Optaget):
    """By another of the meetings that are being planned on the same page."""

    def __str__(self) -> str:
        return f"{super().__str__()} af et andet af de møder, du planlægger her"


def sammenfald(
    tidsrum: Iterable[Tidsrum], personer: Iterable[Person], undtagen: Iterable[Moede] = ()
) -> dict[Tidsrum, list[Optaget]]:
    """For each stretch of time the people who stand on another meeting then, reservations too. One query.

    `undtagen` is what one is about to move. A meeting that ends when the other begins is no clash.
    """
    alle, folk = sorted(set(tidsrum)), {person.pk: person for person in personer}
    if not alle or not folk:
        return {}
    andre = Deltager.objects.filter(
        person__in=folk,
        tilstand__in=OPTAGER,
        moede__tilstand__in=KOMMENDE,
        moede__begynder__lt=max(slutter for _, slutter in alle),
        moede__slutter__gt=alle[0][0],
    ).exclude(moede__in=[moede.pk for moede in undtagen])
    raekker = andre.order_by("moede__begynder", "pk").values_list("person", "moede__begynder", "moede__slutter")
    fundet: dict[Tidsrum, list[Optaget]] = defaultdict(list)
    for person_id, begynder, slutter in raekker:
        for et in alle:
            if begynder < et[1] and et[0] < slutter:
                fundet[et].append(Optaget(folk[person_id], begynder, slutter))
    return dict(fundet)
