"""«Mette Bak skriver også i «Behov» lige nu»: asked for by a small script while the page is in front of somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from aftaler import actions
from aftaler.models import Aftale
from aftaler.samtale import andre_her
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling


@require_POST
@kraever(Handling.SKRIV_AFTALE, Aftale)
def meld_tilstede(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    actions.meld_tilstede(aftale=aftale, af=request.user, sted=request.POST.get("sted", ""))
    return render(request, "aftaler/_andre_her.html", {"andre": andre_her(aftale, request.user)})
