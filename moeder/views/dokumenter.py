"""The papers of a meeting: which there are, the order, the wait, and the stored bytes; never rendered here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moeder import actions
from moeder.actions.dokumenter import kraev_papir
from moeder.models import Moede, Moededokument
from moeder.queries import papir as queries
from moeder.views.side import vis
from samarbejde.adgang import kraever
from samarbejde.models import Enhed
from samarbejde.permissions import Handling
from samarbejde.views.filer import HOVEDER

Tilstand = Moededokument.Tilstand
PAPIRER = "Papirer"


@require_safe
@kraever(Handling.SE_MOEDE, Moede)
def papirer(request: HttpRequest, moede: Moede) -> HttpResponse:
    """Those there can be, each with its button or why there is none yet; nothing to whoever sees single items."""
    mulige = [(papir, queries.hindring(moede, papir.art)) for papir in queries.papirer(moede, request.user)]
    return vis(request, "papir_valg", moede, PAPIRER, papirer=mulige)


@require_POST
@kraever(Handling.SE_MOEDE, Moede)
def bestil_papir(request: HttpRequest, moede: Moede) -> HttpResponse:
    enhed = Enhed.objects.filter(slug=request.POST.get("enhed", "")).first()
    papir = actions.bestil_papir(moede=moede, art=request.POST.get("art", ""), enhed=enhed, af=request.user)
    return redirect(papir)


@require_safe
@kraever(Handling.SE_MOEDE, Moededokument)
def papir(request: HttpRequest, papir: Moededokument) -> HttpResponse:
    """While it is being made the page looks again by itself, without a script."""
    kraev_papir(papir=papir, af=request.user)
    er_bestilt = papir.tilstand == Tilstand.BESTILT
    indhold: dict[str, Any] = {"papir": papir, "krummer": ((PAPIRER, reverse("papirer", args=[papir.moede.kode])),)}
    response = vis(request, "papir_vent", papir.moede, papir.navn, status=202 if er_bestilt else 200, **indhold)
    if er_bestilt:
        response["Refresh"] = "5"
    return response


@require_safe
@kraever(Handling.SE_MOEDE, Moededokument)
def hent_papir(request: HttpRequest, papir: Moededokument) -> HttpResponse:
    kraev_papir(papir=papir, af=request.user)
    if papir.tilstand != Tilstand.KLAR:
        return redirect(papir)
    response = HttpResponse(bytes(papir.pdf), content_type="application/pdf", headers=HOVEDER)
    response["Content-Disposition"] = f'attachment; filename="{papir.filnavn}"'
    return response
