"""Who takes part for a fritid unit at each school, and the leader's way to hand it over (S32, S34, S35)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ressourcecenter import actions
from ressourcecenter import deltagelse as queries
from ressourcecenter.forms import AfslutDelegationForm, DelegationForm
from ressourcecenter.querysets import FRITID
from ressourcecenter.repraesentation import hindring
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.models import Enhed
from samarbejde.permissions import Handling
from samarbejde.tilstande import IkkeMuligtError


@kraever(Handling.SE_ENHED, Enhed)
@require_safe
def repraesentation(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    if enhed.art not in FRITID:
        raise Http404
    indhold = queries.repraesentationsside(enhed, request.user)
    return _vis(request, "repraesentation", enhed, "Deltagelse i Ressourcecentre", **indhold)


@kraever(Handling.DELEGER_DELTAGELSE, Enhed)
def deleger_deltagelse(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    skoler = queries.valgbare_skoler(enhed)
    if forhindret := hindring(enhed, skoler):
        status = 409 if request.method == "POST" else 200
        return _vis(request, "kan_ikke_delegere", enhed, UDDELEGER, status=status, forhindret=forhindret)
    form = DelegationForm(
        _indsendt(request), skoler=skoler, personer=queries.valgbare_personer(enhed), initial={"fra": tid.i_dag()}
    )
    if form.is_valid():
        try:
            ny = actions.deleger_deltagelse(center=enhed, af=request.user, **form.valg())
            messages.success(request, f"{ny.person} deltager fast på {ny.skole}. Skolens ledelse får besked.")
            return redirect("repraesentation", enhed.slug)
        except (ValidationError, IkkeMuligtError) as fejl:
            form.tag_imod(fejl if isinstance(fejl, ValidationError) else ValidationError(str(fejl)))
    return _vis(request, "deleger", enhed, UDDELEGER, form=form)


@kraever(Handling.DELEGER_DELTAGELSE, Enhed)
def afslut_delegation(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    valgte = enhed.delegationer.select_related("center", "skole", "person")
    valg = get_object_or_404(valgte, pk=request.resolver_match.kwargs["pk"])
    if request.method != "POST" and queries.er_slut(valg):
        messages.info(request, "Uddelegeringen er allerede slut.")
        return redirect("repraesentation", enhed.slug)
    form = AfslutDelegationForm(_indsendt(request))
    if form.is_valid():
        try:
            actions.afslut_delegation(delegation=valg, gyldig_til=form.slut(), af=request.user)
            messages.success(request, f"Uddelegeringen til {valg.person} på {valg.skole} er afsluttet.")
            return redirect("repraesentation", enhed.slug)
        except ValidationError as fejl:
            form.tag_imod(fejl)
    grund, overskrift = queries.ophoersgrund(valg), f"Afslut uddelegeringen på {valg.skole}"
    return _vis(request, "afslut_delegation", enhed, overskrift, form=form, valg=valg, grund=grund)


UDDELEGER = "Uddeleger den faste deltagelse"


def _indsendt(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _vis(
    request: HttpRequest, skabelon: str, enhed: Enhed, overskrift: str, *, status: int = 200, **indhold: Any
) -> HttpResponse:
    rod = reverse("repraesentation", args=[enhed.slug])
    krummer: list[tuple[str, str | None]] = [(enhed.navn, enhed.get_absolute_url())]
    if skabelon != "repraesentation":
        krummer.append(("Deltagelse i Ressourcecentre", rod))
    faelles = {"enhed": enhed, "rod": rod, "overskrift": overskrift, "broedkrummer": [*krummer, (overskrift, None)]}
    return render(request, f"ressourcecenter/{skabelon}.html", {**faelles, **indhold}, status=status)
