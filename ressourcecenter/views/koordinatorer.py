"""The skoleleder's coordinators (S29): appoint, correct, give leave. Ending one is the page that ends any role."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ressourcecenter import actions, queries
from ressourcecenter.forms import KoordinatorForm, OrlovForm, RetKoordinatorForm
from ressourcecenter.models import Forum
from ressourcecenter.views.side import adresse, gemt, indsendt, vis
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling, Rolle
from samarbejde.tid import fra_til_og_med


@kraever(Handling.UDPEG_KOORDINATOR, Forum)
def udpeg_koordinator(request: HttpRequest, forum: Forum) -> HttpResponse:
    personer = queries.mulige_koordinatorer(forum)
    form = KoordinatorForm(indsendt(request), personer=personer)

    def udpeg(felter: dict[str, Any]) -> None:
        actions.udpeg_koordinator(
            forum=forum,
            person=Person.objects.get(pk=felter["person"]),
            omfang=felter["omfang"],
            gyldig_fra=felter["fra"],
            gyldig_til=fra_til_og_med(felter["til_og_med"]),
            af=request.user,
        )
        messages.success(request, "Koordinatoren er udpeget og får besked.")

    if gemt(form, udpeg):
        return redirect(forum)
    return vis(request, "udpeg_koordinator", forum, "Udpeg koordinator", form=form, ingen=not personer.exists())


def _tildeling(request: HttpRequest, forum: Forum) -> Rolletildeling:
    """An appointment at this school that is not over; one that is over has nothing more to correct."""
    egne = Rolletildeling.objects.filter(content_object=forum.enhed_id).med_rolle(Rolle.KOORDINATOR).ikke_annulleret()
    egne = egne.select_related("user", "permission", "content_object")
    fundet = egne.filter(pk=adresse(request)["pk"]).first()
    if fundet is None:
        raise Http404
    return fundet


@kraever(Handling.UDPEG_KOORDINATOR, Forum)
def ret_koordinator(request: HttpRequest, forum: Forum) -> HttpResponse:
    tildeling = _tildeling(request, forum)
    nu = {"omfang": tildeling.omfang, "til_og_med": tid.til_og_med(tildeling.gyldig_til)}
    form = RetKoordinatorForm(indsendt(request), initial=nu)

    def ret(felter: dict[str, Any]) -> None:
        slut = fra_til_og_med(felter["til_og_med"])
        actions.ret_koordinator(tildeling=tildeling, omfang=felter["omfang"], gyldig_til=slut, af=request.user)
        messages.success(request, f"Rollen for {tildeling.user} er rettet.")

    if gemt(form, ret):
        return redirect(forum)
    return vis(request, "ret_koordinator", forum, f"Ret koordinator: {tildeling.user}", form=form, tildeling=tildeling)


@kraever(Handling.UDPEG_KOORDINATOR, Forum)
def giv_orlov(request: HttpRequest, forum: Forum) -> HttpResponse:
    tildeling = _tildeling(request, forum)
    form = OrlovForm(indsendt(request))

    def giv(felter: dict[str, Any]) -> None:
        actions.giv_orlov(tildeling=tildeling, fra=felter["fra"], til_og_med=felter["til_og_med"], af=request.user)
        messages.success(request, f"Orloven for {tildeling.user} er registreret. Pladsen er ledig imens.")

    if gemt(form, giv):
        return redirect(forum)
    return vis(request, "giv_orlov", forum, f"Registrér orlov: {tildeling.user}", form=form, tildeling=tildeling)
