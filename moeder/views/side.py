"""What the pages about one meeting share: where we are, and how a form is saved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from moeder.models import Anmodning, Moede
from ressourcecenter.models import Forum
from ressourcecenter.views.side import adresse, gemt, indsendt

__all__ = ["adresse", "gemt", "indsendt", "vis", "vis_anmodning", "vis_i_forum"]
Krumme = tuple[str, str | None]


def vis(
    request: HttpRequest,
    skabelon: str,
    moede: Moede,
    overskrift: str,
    *,
    krummer: tuple[Krumme, ...] = (),
    status: int = 200,
    **indhold: Any,
) -> HttpResponse:
    """A page under a meeting, with its breadcrumbs and the way back."""
    rod = moede.get_absolute_url()
    sti = [("Møder", reverse("moeder")), (moede.kort_navn, rod), *krummer, (overskrift, None)]
    faelles = {"moede": moede, "rod": rod, "overskrift": overskrift, "broedkrummer": sti}
    return render(request, f"moeder/{skabelon}.html", {**faelles, **indhold}, status=status)


def vis_i_forum(
    request: HttpRequest, skabelon: str, forum: Forum, overskrift: str, *, status: int = 200, **indhold: Any
) -> HttpResponse:
    """A page of meetings under a forum."""
    rod = forum.get_absolute_url()
    sti = [("Ressourcecentre", reverse("fora")), (forum.enhed.navn, rod), (overskrift, None)]
    faelles = {"forum": forum, "rod": rod, "overskrift": overskrift, "broedkrummer": sti}
    return render(request, f"moeder/{skabelon}.html", {**faelles, **indhold}, status=status)


def vis_anmodning(
    request: HttpRequest, skabelon: str, anmodning: Anmodning, overskrift: str, *, status: int = 200, **indhold: Any
) -> HttpResponse:
    """A page under a request."""
    rod = anmodning.get_absolute_url()
    sti = [("Anmodninger", reverse("anmodninger")), (anmodning.overskrift, rod), (overskrift, None)]
    faelles = {"anmodning": anmodning, "rod": rod, "overskrift": overskrift, "broedkrummer": sti}
    return render(request, f"moeder/{skabelon}.html", {**faelles, **indhold}, status=status)
