"""What the pages of one agreement share: where we are, and a text that is never lost."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from aftaler.adresser import aftalens_adresse
from aftaler.models import Aftale, Aktivitet, Delmaal, Led, StrategiskMaal
from aftaler.states import OVERGANGE, Overgang
from aftaler.views.trin import trin_paa_siden
from samarbejde.forespoergsel import hent
from samarbejde.tilstande import kan
from samarbejde.views.behold import behold_teksten as behold

Krumme = tuple[str, str | None]


def vis(
    request: HttpRequest,
    skabelon: str,
    aftale: Aftale,
    overskrift: str,
    *,
    krummer: tuple[Krumme, ...] = (),
    status: int = 200,
    **indhold: Any,
) -> HttpResponse:
    """A page under the agreement: its breadcrumbs, its heading, and the address everything else hangs on."""
    rod = aftale.get_absolute_url()
    sti = [("Aftaler", reverse("aftaler")), (str(aftale), rod), *krummer, (overskrift, None)]
    faelles: dict[str, Any] = {"aftale": aftale, "rod": rod, "overskrift": overskrift, "broedkrummer": sti}
    faelles["trin"] = trin_paa_siden(skabelon, aftale, request.user)
    return render(request, f"aftaler/{skabelon}.html", {**faelles, **indhold}, status=status)


def adresse(request: HttpRequest) -> dict[str, Any]:
    """What the address names below the agreement."""
    return request.resolver_match.kwargs


def indsendt(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


OVER = {Delmaal: ["maal"], Aktivitet: ["delmaal__maal"]}


def find(request: HttpRequest, model: type[Model], **hvor: Any) -> Any:
    """The part that the address names; a POST may be about one that somebody deleted: then there is None."""
    pk = {navn: getattr(vaerdi, "pk", vaerdi) for navn, vaerdi in hvor.items()}
    fundet = hent(_del, None, model, **pk)
    if not fundet and request.method != "POST":
        raise Http404
    return fundet[0] if fundet else None


def _del(_: None, model: type[Model], **hvor: Any) -> QuerySet[Any]:
    return model.objects.filter(**hvor).select_related(*OVER.get(model, ()))[:1]


def under(aftale: Aftale, navn: str, *noegler: UUID | str) -> str:
    return aftalens_adresse(aftale, navn, *noegler)


BESTEMT = {StrategiskMaal: "målet", Delmaal: "delmålet", Aktivitet: "aktiviteten"}


def bestemt(model: type[Led], art: str | None = None) -> str:
    """What a part is called in a sentence; a tiltag is not called an activity."""
    return "tiltaget" if art == Aktivitet.Art.TILTAG else BESTEMT[model]


def kan_ikke(request: HttpRequest, aftale: Aftale, overgang: Overgang) -> HttpResponseRedirect | None:
    """Opened when it is not possible: back to the agreement, with the reason."""
    if request.method == "POST" or kan(aftale, overgang):
        return None
    messages.info(request, OVERGANGE[overgang].ellers)
    return redirect(aftale)


# What a person wrote, by the name of the field: shown again when the right to write has ended meanwhile.
SKREVET = {
    "tekst": "Teksten",
    "titel": "Titel",
    "beskrivelse": "Beskrivelse",
    "realisering": "Sådan realiserer I målet sammen",
    "tegn": "Tegn på at det lykkes",
    "grund": "Grunden",
    "begrundelse": "Begrundelsen",
    "navn": "Navnet",
}


behold_teksten = behold(SKREVET)
