"""The list of a meeting, for those who call it (S36)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moeder import actions
from moeder.forms.deltagere import GrundForm, InviterForm, LokaleForm
from moeder.invitationsregler import er_paa_tvaers
from moeder.models import Deltager, Moede, Punkt
from moeder.queries import deltagere as queries
from moeder.queries.grundlag import mulige_grundlag
from moeder.queries.kandidater import kandidater
from moeder.states import Deltagelse
from moeder.views.side import gemt, indsendt, vis
from samarbejde.adgang import kraever
from samarbejde.formater import opremsning
from samarbejde.kilder import KILDER
from samarbejde.permissions import Handling

LISTE = "Deltagere"


@kraever(Handling.INDKALD, Moede)
@require_safe
def deltagere(request: HttpRequest, moede: Moede) -> HttpResponse:
    return vis(request, "deltagere", moede, LISTE, kilder=KILDER, **queries.deltagerside(moede))


@kraever(Handling.INDKALD, Moede)
def tilfoej_deltager(request: HttpRequest, moede: Moede) -> HttpResponse:
    form = _inviter_form(request, moede)

    def goer(felter: dict[str, Any]) -> None:
        punkter = Punkt.objects.filter(moede=moede, pk__in=felter.get("punkter", ()))
        valg = {"noegler": form.noegler(), "punkter": punkter, "grund": felter["grund"], "grundlag": form.grundlaget()}
        nye = actions.tilfoej_deltagere(moede=moede, af=request.user, **valg)
        messages.success(request, f"{opremsning(map(str, nye))} er på mødets liste.")
        if venter := [str(en) for en in nye if en.tilstand == Deltagelse.FORESLAAET]:
            messages.info(request, f"{opremsning(venter)} er først med, når lederen har bekræftet det.")

    if gemt(form, goer):
        return redirect("deltagere", moede.kode)
    return vis(request, "inviter", moede, "Invitér deltagere", krummer=_liste(moede), form=form, rod_liste=_rod(moede))


def _inviter_form(request: HttpRequest, moede: Moede) -> InviterForm:
    kandidaterne = kandidater(moede)
    paa_tvaers = any(er_paa_tvaers(en, moede) for en in kandidaterne)
    return InviterForm(
        indsendt(request),
        kandidater=kandidaterne,
        punkter=queries.aabne_punkter(moede),
        grundlag=mulige_grundlag(moede) if paa_tvaers else None,
        initial={"grundlag": moede.grundlag, "aktivitet": moede.grundlag_aktivitet_id},
    )


@kraever(Handling.INDKALD, Moede)
def tilfoej_lokale(request: HttpRequest, moede: Moede) -> HttpResponse:
    form = LokaleForm(indsendt(request))
    if gemt(form, lambda felter: actions.tilfoej_lokale(moede=moede, af=request.user, **felter)):
        messages.success(request, "Lokalet er på mødets liste.")
        return redirect("deltagere", moede.kode)
    return vis(request, "lokale", moede, "Tilføj et lokale", krummer=_liste(moede), form=form, rod_liste=_rod(moede))


@kraever(Handling.INDKALD, Deltager)
def udelad(request: HttpRequest, deltager: Deltager) -> HttpResponse:
    moede, form = deltager.moede, GrundForm(indsendt(request))
    if gemt(form, lambda felter: actions.udelad(deltager=deltager, af=request.user, **felter)):
        messages.success(request, f"{deltager} er udeladt fra mødet. Du kan tage deltageren med igen.")
        return redirect("deltagere", moede.kode)
    indhold: dict[str, Any] = {"form": form, "deltager": deltager, "rod_liste": _rod(moede), "kilder": KILDER}
    return vis(request, "udelad", moede, f"Udelad {deltager}", krummer=_liste(moede), **indhold)


@kraever(Handling.INDKALD, Deltager)
@require_POST
def tag_med(request: HttpRequest, deltager: Deltager) -> HttpResponse:
    actions.tag_med(deltager=deltager, af=request.user)
    messages.success(request, f"{deltager} er med på listen igen.")
    return redirect("deltagere", deltager.moede.kode)


@kraever(Handling.INDKALD, Deltager)
@require_POST
def fjern_deltager(request: HttpRequest, deltager: Deltager) -> HttpResponse:
    actions.fjern_deltager(deltager=deltager, af=request.user)
    messages.success(request, f"{deltager} er ikke længere på mødets liste.")
    return redirect("deltagere", deltager.moede.kode)


def _rod(moede: Moede) -> str:
    return reverse("deltagere", args=[moede.kode])


def _liste(moede: Moede) -> tuple[tuple[str, str], ...]:
    return ((LISTE, _rod(moede)),)
