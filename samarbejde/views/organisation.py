from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samarbejde import modeltekster, opslag
from samarbejde.adgang import for_alle_indloggede, kraever, kraever_kommunen
from samarbejde.models import Enhed, Skoledistrikt
from samarbejde.permissions import Handling, maa
from samarbejde.roller import HELE_KOMMUNEN

DISTRIKTER_PR_SIDE = 50


@kraever(Handling.SE_ENHED, Enhed)
@require_safe
def enhed(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    return render(request, "samarbejde/enhed.html", {"enhed": enhed, **opslag.enhedsside(enhed, request.user)})


@kraever(Handling.SE_DISTRIKT, Skoledistrikt)
@require_safe
def distrikt(request: HttpRequest, distrikt: Skoledistrikt) -> HttpResponse:
    return render(
        request, "samarbejde/distrikt.html", {"distrikt": distrikt, **opslag.distriktsside(distrikt, request.user)}
    )


@for_alle_indloggede
@require_safe
def samarbejdsmodellen(request: HttpRequest) -> HttpResponse:
    """The model explained, with the figure of one of the person's own districts (S51)."""
    indhold = {**opslag.modelside(request.user, request.GET.get("distrikt", "")), "tekster": modeltekster}
    return render(request, "samarbejde/samarbejdsmodellen.html", indhold)


@kraever_kommunen(Handling.SE_FORVALTNING)
@require_safe
def forvaltning(request: HttpRequest) -> HttpResponse:
    """Where are all the districts this year, and how fresh is what we know?"""
    side = Paginator(opslag.distrikter(), DISTRIKTER_PR_SIDE).get_page(request.GET.get("side"))
    kan_rette = maa(request.user, Handling.RET_RAMMER, HELE_KOMMUNEN)
    indhold = {
        "side": side,
        "kan_rette_rammer": kan_rette,
        "kan_eksportere": maa(request.user, Handling.EKSPORTER, HELE_KOMMUNEN),
        **opslag.overblik(list(side), request.user),
        **opslag.friskhed(),
    }
    return render(request, "samarbejde/forvaltning.html", indhold)
