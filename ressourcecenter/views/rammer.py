"""What everybody works within (S27), and the page where forvaltning keeps it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from ressourcecenter import actions, queries
from ressourcecenter.forms import FaglighedForm, RammedokumentForm
from ressourcecenter.models import Rammedokument
from ressourcecenter.views.side import gemt, indsendt, sammenlign
from samarbejde import tid
from samarbejde.adgang import for_alle_indloggede, kraever_kommunen
from samarbejde.models import Faglighed
from samarbejde.permissions import Handling, maa
from samarbejde.roller import HELE_KOMMUNEN
from samarbejde.tilstande import KonfliktError


@for_alle_indloggede
@require_safe
def rammedokumenter(request: HttpRequest) -> HttpResponse:
    """The documents that hold today, for everybody who works within them."""
    indhold = {
        "grupper": queries.rammer_i_dag(),
        "kan_rette": maa(request.user, Handling.RET_RAMMER, HELE_KOMMUNEN),
    }
    return render(request, "ressourcecenter/rammedokumenter.html", indhold)


@kraever_kommunen(Handling.RET_RAMMER)
@require_safe
def rammer(request: HttpRequest) -> HttpResponse:
    return _vis(request, "rammer", "Rammer og fagligheder", form=FaglighedForm(), **queries.alle_rammer())


@kraever_kommunen(Handling.RET_RAMMER)
def opret_rammedokument(request: HttpRequest) -> HttpResponse:
    form = RammedokumentForm(indsendt(request))

    def opret(felter: dict[str, Any]) -> None:
        actions.opret_rammedokument(af=request.user, **form.dokument())
        messages.success(request, "Dokumentet er lagt ind.")

    if gemt(form, opret):
        return redirect("rammer")
    return _vis(request, "rammedokument", "Nyt rammedokument", form=form)


@kraever_kommunen(Handling.RET_RAMMER)
def ret_rammedokument(request: HttpRequest, pk: int) -> HttpResponse:
    dokument = get_object_or_404(Rammedokument, pk=pk)
    form = RammedokumentForm(indsendt(request), initial=_nu(dokument))

    def ret(felter: dict[str, Any]) -> None:
        actions.ret_rammedokument(dokument=dokument, version=felter["version"], af=request.user, **form.dokument())
        messages.success(request, "Dokumentet er rettet.")

    try:
        if gemt(form, ret):
            return redirect("rammer")
    except KonfliktError as konflikt:
        indhold = sammenlign(request, form, _nu(Rammedokument.objects.get(pk=pk)), konflikt)
        return _vis(request, "konflikt", "Ret rammedokument", status=409, **indhold)
    return _vis(request, "rammedokument", "Ret rammedokument", form=form, dokument=dokument)


def _nu(dokument: Rammedokument) -> dict[str, Any]:
    felter = {felt: getattr(dokument, felt) for felt in ("version", "titel", "aar", "link", "gaelder_for")}
    return {**felter, "fra": dokument.gyldig_fra, "til_og_med": tid.til_og_med(dokument.gyldig_til)}


@kraever_kommunen(Handling.RET_RAMMER)
def opret_faglighed(request: HttpRequest) -> HttpResponse:
    form = FaglighedForm(indsendt(request))

    def opret(felter: dict[str, Any]) -> None:
        ny = actions.opret_faglighed(navn=felter["navn"], af=request.user)
        messages.success(request, f"Fagligheden {ny} er lagt på listen.")

    if gemt(form, opret):
        return redirect("rammer")
    return _vis(request, "faglighed", "Ny faglighed", form=form)


@kraever_kommunen(Handling.RET_RAMMER)
@require_POST
def luk_faglighed(request: HttpRequest, pk: int) -> HttpResponse:
    lukket = actions.luk_faglighed(faglighed=get_object_or_404(Faglighed, pk=pk), af=request.user)
    messages.success(request, f"Fagligheden {lukket} er lukket. De, der har den, beholder den.")
    return redirect("rammer")


@kraever_kommunen(Handling.RET_RAMMER)
@require_POST
def genaabn_faglighed(request: HttpRequest, pk: int) -> HttpResponse:
    aaben = actions.genaabn_faglighed(faglighed=get_object_or_404(Faglighed, pk=pk), af=request.user)
    messages.success(request, f"Fagligheden {aaben} kan vælges igen.")
    return redirect("rammer")


def _vis(request: HttpRequest, skabelon: str, overskrift: str, status: int = 200, **indhold: Any) -> HttpResponse:
    krummer: list[tuple[str, str | None]] = [("Forvaltning", reverse("forvaltning"))]
    if skabelon != "rammer":
        krummer.append(("Rammer og fagligheder", reverse("rammer")))
    krummer.append((overskrift, None))
    faelles = {"overskrift": overskrift, "rod": reverse("rammer"), "broedkrummer": krummer}
    return render(request, f"ressourcecenter/{skabelon}.html", {**faelles, **indhold}, status=status)
