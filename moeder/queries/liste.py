"""The list of meetings: what the person may see, to come and been, by forum and state."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from moeder.models import Moede
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling

PR_SIDE = 50


def moedeliste(person: Person, valg: QueryDict) -> dict[str, Any]:
    hvornaar = "tidligere" if valg.get("hvornaar") == "tidligere" else "kommende"
    alle = synlige(person)
    if hvornaar == "tidligere":
        moeder = alle.filter(slutter__lt=tid.nu()).order_by("-begynder", "-pk")
    else:
        moeder = alle.filter(slutter__gte=tid.nu()).order_by("begynder", "pk")
    side = Paginator(moeder, PR_SIDE).get_page(valg.get("side"))
    return {"side": side, "moeder": side.object_list, "hvornaar": hvornaar, "foresporgsel": f"hvornaar={hvornaar}"}


def synlige(person: Person) -> QuerySet[Moede]:
    return Moede.objects.synlige_for(person, Handling.SE_MOEDE).select_related("forum__enhed", "medforum")
