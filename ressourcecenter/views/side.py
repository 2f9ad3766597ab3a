"""What the pages about one forum share: where we are, and what an action refused at its field."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from ressourcecenter.models import Forum
from samarbejde.formfelter import Formular, Tekstform
from samarbejde.tilstande import KonfliktError


def vis(
    request: HttpRequest, skabelon: str, forum: Forum, overskrift: str, status: int = 200, **indhold: Any
) -> HttpResponse:
    """A page under the forums of a unit, with its breadcrumbs and the way back."""
    rod = forum.get_absolute_url()
    krummer = [("Ressourcecentre", reverse("fora")), (forum.enhed.navn, rod), (overskrift, None)]
    faelles = {"forum": forum, "rod": rod, "overskrift": overskrift, "broedkrummer": krummer}
    return render(request, f"ressourcecenter/{skabelon}.html", {**faelles, **indhold}, status=status)


def indsendt(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def adresse(request: HttpRequest) -> dict[str, Any]:
    return request.resolver_match.kwargs


def gemt(form: Formular, handling: Callable[[dict[str, Any]], Any]) -> bool:
    """Do it; False when the form must be shown, also with what a rule refused, at the field it is about."""
    if not form.is_valid():
        return False
    try:
        handling(form.cleaned_data)
    except ValidationError as fejl:
        form.tag_imod(fejl)
        return False
    return True


def sammenlign(request: HttpRequest, form: Tekstform, nu: dict[str, Any], konflikt: KonfliktError) -> dict[str, Any]:
    """A stale save: what was typed beside what is stored, and one press that keeps one's own against what is shown."""
    felter = form.felter()
    raekker = [
        (form.fields[navn].label, form.som_tekst(navn, mit), form.som_tekst(navn, nu[navn]))
        for navn, mit in felter.items()
    ]
    skjulte = [(navn, vaerdi) for navn in felter for vaerdi in request.POST.getlist(navn)]
    return {
        "saetning": konflikt.saetning,
        "raekker": [raekke for raekke in raekker if raekke[1] != raekke[2]],
        "skjulte": [*skjulte, ("version", konflikt.version)],
    }
