from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from samarbejde import stik
from samarbejde.permissions import TILLADT, Handling
from samarbejde.roller import mine_roller

Punkt = tuple[int, str, str]


def faelles(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: who I am, where I can go, whether this is the demo."""
    person = getattr(request, "user", None)
    kendt = person is not None and person.is_authenticated
    return {
        "person": person if kendt else None,
        "navigation": navigation(request, person) if kendt else [],
        "demo": settings.DEMO,
        "tema": settings.TEMA,
    }


def navigation(request: HttpRequest, person: Any) -> list[dict[str, Any]]:
    punkter = [punkt for plug in stik.menu for punkt in plug(person)]
    return [
        {"navn": navn, "adresse": adresse, "er_her": _er_her(request.path, adresse)}
        for _, navn, adresse in sorted(punkter)
    ]


def _er_her(sti: str, adresse: str) -> bool:
    return sti == adresse or (adresse != "/" and sti.startswith(adresse))


def grundmenu(person: Any) -> list[Punkt]:
    """The foundation's own part of the main navigation; upper apps put theirs between by number."""
    punkter = [
        (0, "Start", reverse("start")),
        (60, "Søg", reverse("soeg")),
        (80, "Hændelser", reverse("haendelser")),
        (90, "Post", reverse("post")),
    ]
    if not mine_roller(person).globale.isdisjoint(TILLADT[Handling.SE_FORVALTNING]):
        punkter.append((70, "Forvaltning", reverse("forvaltning")))
    return punkter
