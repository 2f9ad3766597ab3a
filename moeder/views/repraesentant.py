"""Who takes part for a unit, decided by its leader (S35), meeting by meeting or for several at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moeder import actions
from moeder.forms.deltagere import AfvisForm, RepraesentantForm
from moeder.models import Deltager, Punkt
from moeder.queries import repraesentant as queries
from moeder.views.side import gemt, indsendt
from samarbejde.adgang import kraever
from samarbejde.formater import dato_kort, opremsning
from samarbejde.models import Enhed, Person
from samarbejde.permissions import REGLER, Handling

OVERSKRIFT = "Repræsentanter på møder"


@kraever(Handling.SE_ENHED, Enhed)
@require_safe
def repraesentanter(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    if enhed.art not in queries.MED_REPRAESENTANT:
        raise Http404
    return _vis(request, "repraesentanter", enhed, OVERSKRIFT, **queries.repraesentantside(enhed, request.user))


@kraever(Handling.VAELG_REPRAESENTANT, Deltager)
def vaelg_repraesentant(request: HttpRequest, deltager: Deltager) -> HttpResponse:
    pladser = {en.pk: en for en in queries.valgbare_pladser(deltager, request.user)}
    personer = queries.valgbare_ansatte(deltager)
    form = RepraesentantForm(
        indsendt(request), personer=personer, pladser=pladser.values(), initial={"moeder": [deltager.pk]}
    )

    def goer(felter: dict[str, Any]) -> None:
        valgte = [pladser[pk] for pk in felter["moeder"]]
        person = Person.objects.get(pk=felter["person"])
        actions.vaelg_repraesentant(deltagere=valgte, person=person, af=request.user)
        dage = opremsning(dato_kort(en.moede.dag) for en in valgte)
        messages.success(request, f"{person} repræsenterer {deltager.enhed} {dage}.")

    if gemt(form, goer):
        return redirect("repraesentanter", deltager.enhed.slug)
    afgoeres = queries.afgoeres_af_en_anden(deltager, request.user)
    indhold = {"form": form, "deltager": deltager, "afgoeres_af_en_anden": afgoeres, "har_ansatte": bool(personer)}
    return _vis(request, "vaelg_repraesentant", deltager.enhed, "Vælg repræsentant", **indhold)


@kraever(Handling.VAELG_REPRAESENTANT, Deltager)
@require_POST
def fortryd_repraesentant(request: HttpRequest, deltager: Deltager) -> HttpResponse:
    actions.fortryd_repraesentant(deltager=deltager, af=request.user)
    messages.success(request, f"Valget er fortrudt. Nu deltager {deltager.enhed} som ellers.")
    return redirect("repraesentanter", deltager.enhed.slug)


@kraever(Handling.BEKRAEFT_MEDARBEJDER, Deltager)
def bekraeft_medarbejder(request: HttpRequest, deltager: Deltager) -> HttpResponse:
    """One button; saying no is below it, with a reason."""
    if request.method == "POST":
        actions.bekraeft_medarbejder(deltager=deltager, af=request.user)
        messages.success(request, f"{deltager} deltager.")
        return redirect("repraesentanter", deltager.enhed.slug)
    return _vis_svar(request, deltager, AfvisForm())


@kraever(Handling.BEKRAEFT_MEDARBEJDER, Deltager)
def afvis_medarbejder(request: HttpRequest, deltager: Deltager) -> HttpResponse:
    form = AfvisForm(indsendt(request))
    if gemt(form, lambda felter: actions.afvis_medarbejder(deltager=deltager, af=request.user, **felter)):
        messages.success(request, f"{deltager} deltager ikke.")
        return redirect("repraesentanter", deltager.enhed.slug)
    return _vis_svar(request, deltager, form)


def _vis_svar(request: HttpRequest, deltager: Deltager, form: AfvisForm) -> HttpResponse:
    """The titles only for who sees the items: who acts in a vacancy may not."""
    synlige = Punkt.objects.synlige_for(request.user, Handling.SE_MOEDE).filter(deltagere=deltager)
    indhold = {"deltager": deltager, "form": form, "punkter": list(synlige)}
    return _vis(request, "bekraeft_medarbejder", deltager.enhed, "Skal medarbejderen deltage?", **indhold)


def _vis(request: HttpRequest, skabelon: str, enhed: Enhed, overskrift: str, **indhold: Any) -> HttpResponse:
    rod = reverse("repraesentanter", args=[enhed.slug])
    krummer: list[tuple[str, str | None]] = [(enhed.navn, enhed.get_absolute_url())]
    if skabelon != "repraesentanter":
        krummer.append((OVERSKRIFT, rod))
    faelles = {"enhed": enhed, "rod": rod, "overskrift": overskrift}
    faelles["regel"] = REGLER[Handling.VAELG_REPRAESENTANT]
    faelles["broedkrummer"] = [*krummer, (overskrift, None)]
    return render(request, f"moeder/{skabelon}.html", {**faelles, **indhold})
