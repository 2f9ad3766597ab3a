"""Public pages without a word about anybody: for the operator's monitoring, and what the law asks for."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samarbejde import sundhed, tid
from samarbejde.adgang import for_alle

SECURITY_TXT_GAELDER = timedelta(days=180)


@for_alle
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


@for_alle
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    svar = sundhed.tilstand()
    return JsonResponse(
        svar,
        status=200 if svar["klar"] else 503,
        headers={"Cache-Control": "no-store"},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@for_alle
@require_safe
def was(request: HttpRequest) -> HttpResponse:
    return redirect("tilgaengelighed")


@for_alle
@require_safe
def tilgaengelighed(request: HttpRequest) -> HttpResponse:
    return render(request, "samarbejde/tilgaengelighed.html", {"drift": settings.DRIFT})


@for_alle
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The contact is the operator's (SIKKERHED_KONTAKT); without one the page that says whom to ask."""
    kontakt = settings.DRIFT["sikkerhed"] or f"{settings.BASE_URL}/tilgaengelighed/"
    udloeber = (tid.nu() + SECURITY_TXT_GAELDER).strftime("%Y-%m-%dT00:00:00Z")
    linjer = [
        f"Contact: {kontakt}",
        f"Expires: {udloeber}",
        "Preferred-Languages: da, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(linjer) + "\n", content_type="text/plain; charset=utf-8")
