"""Up and down among its own: plain buttons, so that order is set by keyboard and without script (S14)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from aftaler import actions
from aftaler.models import Aftale, Aktivitet, Delmaal, Led, StrategiskMaal
from aftaler.views.side import adresse, under
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling


@kraever(Handling.SKRIV_AFTALE, Aftale)
@require_POST
def flyt_maal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    noegle = adresse(request)["maal"]
    _flyt(request, aftale, StrategiskMaal, "maal", "Målet")
    return redirect(f"{aftale.get_absolute_url()}#maal-{noegle}")


@kraever(Handling.SKRIV_AFTALE, Aftale)
@require_POST
def flyt_delmaal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    sti = adresse(request)
    _flyt(request, aftale, Delmaal, "delmaal", "Delmålet")
    return redirect(f"{under(aftale, 'skriv_maal', sti['maal'])}#led-{sti['delmaal']}")


@kraever(Handling.SKRIV_AFTALE, Aftale)
@require_POST
def flyt_aktivitet(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    sti = adresse(request)
    _flyt(request, aftale, Aktivitet, "aktivitet", "Aktiviteten")
    return redirect(f"{under(aftale, 'skriv_delmaal', sti['maal'], sti['delmaal'])}#led-{sti['aktivitet']}")


def _flyt(request: HttpRequest, aftale: Aftale, model: type[Led], navn: str, kaldes: str) -> None:
    til = request.POST.get("til", "")
    plads = int(til) if til.isdecimal() and len(til) < 4 else 1
    nummer = actions.flyt_led(aftale=aftale, af=request.user, model=model, noegle=adresse(request)[navn], til=plads)
    messages.success(request, f"{kaldes} er nu nummer {nummer}.")
