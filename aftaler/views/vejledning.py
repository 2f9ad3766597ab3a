"""Where forvaltning edits the guidance beside the fields and the wording of the six areas (S12, S18)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aftaler import actions
from aftaler.forms import MaalomraadeForm, VejledningForm
from aftaler.maalomraader import Maalomraade
from aftaler.models import Vejledning
from aftaler.vejledninger import AFSNIT, NAVNE, STEDER
from aftaler.views.side import indsendt
from ressourcecenter.views.side import gemt, sammenlign
from samarbejde.adgang import kraever_kommunen
from samarbejde.permissions import Handling
from samarbejde.tilstande import KonfliktError


@kraever_kommunen(Handling.RET_VEJLEDNING)
@require_safe
def vejledninger(request: HttpRequest) -> HttpResponse:
    skrevet = {raekke.sted: raekke for raekke in Vejledning.objects.all()}
    sider = [
        (side, [(sted, navn, skrevet.get(sted)) for sted, navn in steder.items()]) for side, steder in STEDER.items()
    ]
    return _vis(request, "vejledninger", OVERSKRIFT, sider=sider, omraader=Maalomraade.objects.all())


OVERSKRIFT = "Vejledning og målområder"


@kraever_kommunen(Handling.RET_VEJLEDNING)
def ret_vejledning(request: HttpRequest, sted: str) -> HttpResponse:
    if sted not in NAVNE:
        raise Http404
    nu = _felter(Vejledning.objects.filter(sted=sted).first() or Vejledning(sted=sted, version=0), VEJLEDNING)
    nu |= {"overskrift": AFSNIT[sted]} if sted in AFSNIT else {}
    form = VejledningForm(indsendt(request), initial=nu, sted=sted)

    def ret(felter: dict[str, Any]) -> None:
        actions.ret_vejledning(sted=sted, af=request.user, **felter)

    return _ret(request, form, nu, ret, f"Ret vejledningen: {NAVNE[sted]}", "Vejledningen er gemt.")


@kraever_kommunen(Handling.RET_MAALOMRAADE)
def ret_maalomraade(request: HttpRequest, nummer: int) -> HttpResponse:
    nu = _felter(get_object_or_404(Maalomraade, pk=nummer), MAALOMRAADE)
    form = MaalomraadeForm(indsendt(request), initial=nu)

    def ret(felter: dict[str, Any]) -> None:
        actions.ret_maalomraade(nummer=nummer, af=request.user, **felter)

    return _ret(request, form, nu, ret, f"Ret målområde {nummer}", "Målområdet er gemt.")


VEJLEDNING = ("tekst", "eksempel", "kilde", "version")
MAALOMRAADE = ("navn", "beskrivelse", "version")


def _felter(raekke: Any, navne: tuple[str, ...]) -> dict[str, Any]:
    return {navn: getattr(raekke, navn) for navn in navne}


def _ret(request: HttpRequest, form: Any, nu: dict[str, Any], ret: Any, overskrift: str, besked: str) -> HttpResponse:
    try:
        if gemt(form, ret):
            messages.success(request, besked)
            return redirect("vejledninger")
    except KonfliktError as konflikt:
        indhold = sammenlign(request, form, {**nu, **(konflikt.nu or {})}, konflikt)
        return _vis(request, "vejledning_konflikt", overskrift, status=409, **indhold)
    return _vis(request, "ret_vejledning", overskrift, form=form)


def _vis(request: HttpRequest, skabelon: str, overskrift: str, status: int = 200, **indhold: Any) -> HttpResponse:
    krummer: list[tuple[str, str | None]] = [("Forvaltning", reverse("forvaltning"))]
    if skabelon != "vejledninger":
        krummer.append((OVERSKRIFT, reverse("vejledninger")))
    krummer.append((overskrift, None))
    faelles = {"overskrift": overskrift, "rod": reverse("vejledninger"), "broedkrummer": krummer}
    return render(request, f"aftaler/{skabelon}.html", {**faelles, **indhold}, status=status)
