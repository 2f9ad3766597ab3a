from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moeder.models import Moede
from moeder.queries import liste, moedeside
from samarbejde.adgang import for_alle_indloggede, kraever
from samarbejde.permissions import Handling


@for_alle_indloggede
@require_safe
def moeder(request: HttpRequest) -> HttpResponse:
    """The meetings of the person: those to come first, then what has been."""
    return render(request, "moeder/moeder.html", liste.moedeliste(request.user, request.GET))


@kraever(Handling.SE_MOEDE, Moede)
@require_safe
def moede(request: HttpRequest, moede: Moede) -> HttpResponse:
    """Purpose, agenda, who takes part, and what happens next."""
    krummer = [("Møder", reverse("moeder")), (moede.kort_navn, None)]
    indhold = {"moede": moede, "broedkrummer": krummer, **moedeside.moedeside(moede, request.user)}
    return render(request, "moeder/moede.html", indhold)
