"""The error pages: calm, in Danish, with a way on."""

import sys
from contextlib import suppress
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent, ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from samarbejde import gemt
from samarbejde.filer import graense
from samarbejde.permissions import REGLER, TILLADT, Handling

LAES_HOEJST, BID = 300 * 1024 * 1024, 256 * 1024


def ubrugelige_tegn(request: HttpRequest) -> HttpResponse:
    return render(request, "404.html", status=404)


def ikke_tilladt(request: HttpRequest, handling: Handling) -> HttpResponse:
    """403 with the rule in one sentence, its source, and who can."""
    kan = sorted(rolle.label for rolle in TILLADT[handling])
    return render(request, "403.html", {"regel": REGLER[handling], "kan": kan}, status=403)


def ikke_muligt(request: HttpRequest, saetninger: list[str]) -> HttpResponse:
    """409: the person may, but it cannot be done now. The sentence says why, the page leads back."""
    kom_fra = request.META.get("HTTP_REFERER", "")
    tilbage = kom_fra if url_has_allowed_host_and_scheme(kom_fra, {request.get_host()}) else "/"
    return render(request, "samarbejde/ikke_muligt.html", {"saetninger": saetninger, "tilbage": tilbage}, status=409)


def afvist_af_regel(request: HttpRequest, fejl: ValidationError) -> HttpResponse:
    return ikke_muligt(request, fejl.messages)


def kun_knap(request: HttpRequest, svar: HttpResponse) -> HttpResponse:
    """405 in words: people come here by the way back from login, after a button was pressed too late."""
    side = render(request, "samarbejde/kun_knap.html", status=405)
    side["Allow"] = svar["Allow"]
    return side


def csrf_fejl(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form belongs to an earlier login: what was written is kept and shown again, never sent unseen."""
    try:
        noegle = gemt.gem(request)
    except gemt.ForStorError:
        return for_stor(request)
    if noegle is None:
        return render(request, "samarbejde/gammel_formular.html", status=403)
    return redirect("gemt", noegle) if request.user.is_authenticated else gemt.til_login(noegle)


def for_stor(request: HttpRequest, exception: Any = None) -> HttpResponse:
    _laes_resten(request)
    return render(request, "samarbejde/for_stor.html", {"fil": graense()}, status=413)


def _laes_resten(request: HttpRequest) -> None:
    """A browser that is still sending shows no answer: what is left is read and dropped, within reason."""
    with suppress(OSError):
        for _ in range(LAES_HOEJST // BID):
            if not request.read(BID):
                break


def ubrugelig(request: HttpRequest, exception: Any = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return for_stor(request)
    return render(request, "400.html", status=400)


def ingen_adgang(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def findes_ikke(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def for_mange_forsoeg(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "429.html", status=429)


def noget_gik_galt(request: HttpRequest) -> HttpResponse:
    """A database that is away is a pause, not a fault. Neither page leans on the database or the session."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return render(None, "503.html", status=503)
    return render(None, "500.html", status=500)
