"""Deleting a goal, a sub-goal or an activity: a page shows what is lost, then one button (S14)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aftaler import actions, queries
from aftaler.models import Aftale, Aktivitet, Delmaal, Led, StrategiskMaal
from aftaler.states import Overgang
from aftaler.views.side import adresse, bestemt, find, kan_ikke, under, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling

Hvor = dict[str, Any]
RETTET = "En anden har rettet i teksten, siden du åbnede siden."


@kraever(Handling.SKRIV_AFTALE, Aftale)
def slet_maal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    hvor = {"aftale": aftale, "noegle": adresse(request)["maal"]}
    return _slet(request, aftale, StrategiskMaal, hvor, aftale.get_absolute_url())


@kraever(Handling.SKRIV_AFTALE, Aftale)
def slet_delmaal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    sti = adresse(request)
    hvor = {"maal__aftale": aftale, "maal__noegle": sti["maal"], "noegle": sti["delmaal"]}
    return _slet(request, aftale, Delmaal, hvor, under(aftale, "skriv_maal", sti["maal"]))


@kraever(Handling.SKRIV_AFTALE, Aftale)
def slet_aktivitet(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    sti = adresse(request)
    hvor = {"delmaal__maal__aftale": aftale, "delmaal__maal__noegle": sti["maal"], "delmaal__noegle": sti["delmaal"]}
    hvor["noegle"] = sti["aktivitet"]
    return _slet(request, aftale, Aktivitet, hvor, under(aftale, "skriv_delmaal", sti["maal"], sti["delmaal"]))


def _slet(request: HttpRequest, aftale: Aftale, model: type[Led], hvor: Hvor, tilbage: str) -> HttpResponse:
    led = find(request, model, **hvor)
    if request.method != "POST":
        return kan_ikke(request, aftale, Overgang.RET) or _bekraeft(request, aftale, led)
    if led is not None:
        try:
            aftryk = request.POST.get("aftryk", "")
            actions.slet_led(aftale=aftale, af=request.user, model=model, noegle=led.noegle, aftryk=aftryk)
        except actions.KonfliktError:
            return _bekraeft(request, aftale, led, status=409, advarsel=RETTET)
    messages.success(request, f"{bestemt(model, getattr(led, 'art', None)).capitalize()} er slettet.")
    return redirect(tilbage)


def _bekraeft(request: HttpRequest, aftale: Aftale, led: Led, status: int = 200, advarsel: str = "") -> HttpResponse:
    navn = bestemt(type(led), getattr(led, "art", None))
    mere: dict[str, Any] = {"led": led, "navn": navn, "under": _det_der_ryger(led), "advarsel": advarsel}
    mere["aftryk"] = queries.led_aftryk(led)
    return vis(request, "slet", aftale, f"Slet {navn}", status=status, **mere)


def _det_der_ryger(led: Any) -> list[tuple[str, list[str]]]:
    """Each sub-goal with its activities; for a sub-goal itself its activities, for an activity nothing."""
    if isinstance(led, Aktivitet):
        return []
    delmaal = led.delmaal.prefetch_related("aktiviteter") if isinstance(led, StrategiskMaal) else [led]
    return [(en.titel, [aktivitet.titel for aktivitet in en.aktiviteter.all()]) for en in delmaal]
