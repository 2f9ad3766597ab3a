"""One's own meetings in Outlook or a telephone: the page that makes and closes the address, and the feed itself."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.models.faelles import aftryk
from moeder.queries import kalender as queries
from samarbejde.adgang import for_alle, for_alle_indloggede


@for_alle_indloggede
@require_safe
def min_kalender(request: HttpRequest) -> HttpResponse:
    return _vis(request)


@for_alle_indloggede
def opret_kalenderadgang(request: HttpRequest) -> HttpResponse:
    """The address is shown in this one answer, and nowhere else."""
    if request.method != "POST":
        return redirect("min_kalender")
    noegle = actions.opret_kalenderadgang(af=request.user)
    return _vis(request, settings.BASE_URL + reverse("kalender", args=[noegle]))


@for_alle_indloggede
def tilbagekald_kalenderadgang(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        actions.tilbagekald_kalenderadgang(af=request.user)
        messages.success(request, "Adressen er lukket. Kalendere, der bruger den, får ikke flere møder herfra.")
    return redirect("min_kalender")


def _vis(request: HttpRequest, ny_adresse: str = "") -> HttpResponse:
    krummer = [("Møder", reverse("moeder")), ("Møder i din kalender", None)]
    indhold = {**queries.kalenderside(request.user), "ny_adresse": ny_adresse, "broedkrummer": krummer}
    return render(request, "moeder/min_kalender.html", indhold)


@for_alle
@require_safe
def kalender(request: HttpRequest, noegle: str) -> HttpResponse:
    """The address is the key, as calendars cannot log in; a calendar that has the latest is told so."""
    person = queries.ejer(aftryk(noegle))
    if person is None:
        raise Http404
    indhold = queries.kalender_for(person).encode()
    etag = f'"{hashlib.sha256(indhold).hexdigest()[:32]}"'
    if etag in request.headers.get("If-None-Match", ""):
        svar: HttpResponse = HttpResponseNotModified()
    else:
        svar = HttpResponse(indhold, content_type="text/calendar; charset=utf-8")
    hoveder = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex, nofollow"}
    for navn, vaerdi in hoveder.items():
        svar.headers[navn] = vaerdi
    return svar
