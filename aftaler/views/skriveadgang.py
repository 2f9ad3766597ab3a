"""The skoleleder lets the school's coordinators write, and ends it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from aftaler import actions, queries
from aftaler.models import Aftalepart
from aftaler.states import LEVENDE
from aftaler.views.side import vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling


@kraever(Handling.LAD_KOORDINATOR_SKRIVE, Aftalepart)
def lad_koordinator_skrive(request: HttpRequest, part: Aftalepart) -> HttpResponse:
    aftale, adgang = part.aftale, part.skriveadgange.select_related("givet_af").filter(sluttet_den=None).first()
    if request.method == "POST":
        actions.lad_koordinator_skrive(part=part, af=request.user)
        messages.success(request, f"Koordinatorerne på {part.enhed} kan nu skrive med.")
        return redirect(aftale)
    if adgang is None and aftale.tilstand not in LEVENDE:
        messages.info(request, "Der bliver ikke skrevet på aftalen mere.")
        return redirect(aftale)
    mere = {"part": part, "adgang": adgang, "koordinatorer": queries.koordinatorer(part.enhed)}
    return vis(request, "skriveadgang", aftale, f"Koordinatorernes skriveadgang, {part.enhed}", **mere)


@kraever(Handling.LAD_KOORDINATOR_SKRIVE, Aftalepart)
@require_POST
def afslut_skriveadgang(request: HttpRequest, part: Aftalepart) -> HttpResponse:
    actions.afslut_skriveadgang(part=part, af=request.user)
    messages.success(request, f"Koordinatorerne på {part.enhed} skriver ikke længere med.")
    return redirect(part.aftale)
