"""The error pages: calm, in Danish, with a way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samarbejde import gemt
from samarbejde.permissions import REGLER, TILLADT, Handling


def ubrugelige_tegn(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html", status=404)


def ikke_tilladt(request: HttpRequest, handling: Handling) -> HttpResponse:
    """403 with the rule in one sentence, its source, and who can."""
    kan = sorted(rolle.label for rolle in TILLADT[handling])
    return render(request, "403.html", {"regel": REGLER[handling], "kan": kan}, status=403)


def csrf_fejl(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form belongs to an earlier login: what was written is kept and shown again, never sent unseen."""
    noegle = gemt.gem(request)
    if noegle is None:
        return render(request, "403.html", {"csrf": True}, status=403)
    return redirect("gemt", noegle) if request.user.is_authenticated else gemt.til_login(noegle)


def for_mange_forsoeg(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "429.html", status=429)
