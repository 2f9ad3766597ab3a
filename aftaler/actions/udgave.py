"""What every save of the text lays down beside the trail; saves by themselves in one sitting are one row of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from aftaler.models import Aftale, Udgave
from aftaler.udgaver import Rettelse
from samarbejde import tid
from samarbejde.models import Haendelse, Person

# Somebody who has not typed for so long has left the table.
SIDDETID = timedelta(minutes=30)


def aaben_om(aftale: Aftale, af: Person, noegle: str) -> dict[str, Any]:
    """What `aabne` asks about: a person's sitting with a part, begun since the agreement was last sent or withdrawn."""
    siden, sidst = aftale.tilstand_siden, tid.nu() - SIDDETID
    return {"aftale": aftale.pk, "af": af.pk, "noegle": noegle, "siden": siden, "sidst": sidst}


def aabne(_: None, aftale: int, af: int, noegle: str, siden: datetime, sidst: datetime) -> QuerySet[Udgave]:
    egne = Udgave.objects.filter(aftale=aftale, af=af, noegle=noegle, er_undervejs=True)
    return egne.filter(begyndt__gte=siden, gemt_den__gte=sidst)


@dataclass(frozen=True)
class Gem:
    """A save of one part: from the version that was there to the next."""

    aftale: Aftale
    af: Person
    noegle: str
    fra_version: int
    undervejs: bool
    aaben: int | None = None

    def lav(self, rettelse: Rettelse, skriv_i_sporet: Callable[[], Haendelse]) -> None:
        """Go on with the open sitting, or write an event and a row of its own."""
        til = self.fra_version + 1
        if self.aaben:
            nyt = {"version": til, "gemt_den": tid.nu(), "er_undervejs": self.undervejs}
            Udgave.objects.filter(pk=self.aaben).update(**nyt)
            return
        fra = {"noegle": self.noegle, "fra_version": self.fra_version, "version": til}
        ny_udgave(skriv_i_sporet(), self.aftale, self.af, [rettelse], **fra, er_undervejs=self.undervejs)


def ny_udgave(haendelse: Haendelse, aftale: Aftale, af: Person, rettelser: list[Rettelse], **hvilken: Any) -> Udgave:
    return Udgave.objects.create(aftale=aftale, haendelse=haendelse, af=af, rettelser=rettelser, **hvilken)
