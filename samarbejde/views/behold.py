"""A text that is never lost, also when the right to send it ended while the form was open."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samarbejde.permissions import IkkeTilladtError
from samarbejde.prosa import rens

Visning = Callable[..., HttpResponse]
Skrevet = Callable[[HttpRequest], list[tuple[str, str]]]


def behold_teksten(felter: dict[str, str] | Skrevet) -> Callable[[Visning], Visning]:
    """A role that ended while a form was open ends the right (S54), but the writer gets the words back.

    `felter` is what a person writes, by the name of the field; where those differ, who finds (name, text) of each.
    """
    find = partial(_i_felter, felter) if isinstance(felter, dict) else felter

    def dekorator(visning: Visning) -> Visning:
        @wraps(visning)
        def vaernet(request: HttpRequest, **adresse: Any) -> HttpResponse:
            try:
                return visning(request, **adresse)
            except (Http404, IkkeTilladtError) as afvist:
                if not (skrevet := find(request)):
                    raise
                return _med_teksten(request, skrevet, afvist)

        return vaernet

    return dekorator


def _i_felter(felter: dict[str, str], request: HttpRequest) -> list[tuple[str, str]]:
    return [(navn, rens(request.POST[felt])) for felt, navn in felter.items() if request.POST.get(felt)]


def _med_teksten(request: HttpRequest, skrevet: list[tuple[str, str]], afvist: Exception) -> HttpResponse:
    regel = str(afvist) if isinstance(afvist, IkkeTilladtError) else ""
    indhold = {"skrevet": skrevet, "regel": regel}
    return render(request, "fejl/afvist.html", indhold, status=403 if regel else 404)
