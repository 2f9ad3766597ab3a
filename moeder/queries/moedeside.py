"""What the page of one meeting shows; the number of queries never follows the rows."""

from typing import Any

from moeder.models import Deltager, Moede, Punkt
from samarbejde.models import Person
from samarbejde.permissions import TILLADT, Handling


def moedeside(moede: Moede, person: Person) -> dict[str, Any]:
    roller = moede.roller_for(person)
    punkter = Punkt.objects.synlige_for(person, Handling.SE_MOEDE).filter(moede=moede).select_related("ansvarlig")
    deltagere = Deltager.objects.filter(moede=moede).select_related("person", "enhed")
    return {
        "punkter": list(punkter),
        "deltagere": list(deltagere),
        "kan_planlaegge": not roller.isdisjoint(TILLADT[Handling.PLANLAEG_MOEDE]),
    }
