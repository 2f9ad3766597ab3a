"""Public: whoever holds an agreement on paper or as a file can see whether it is the one that was made (S17).

It says no more than the document itself does. What is sent is read and forgotten: nothing is written anywhere.
"""

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from aftaler import verificering
from aftaler.kode import laes_kode
from aftaler.models import Dokument
from aftaler.verificerform import UKENDT_KODE, FilForm, KodeForm
from samarbejde import filer
from samarbejde.adgang import for_alle


@for_alle
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verificer(request: HttpRequest) -> HttpResponse:
    """A code that is typed leads to its address, as the QR does; a file is answered at once."""
    if request.method == "POST":
        return _fil(request)
    form = KodeForm(request.GET) if "kode" in request.GET else None
    if form is not None and form.is_valid():
        return redirect("verificer_kode", form.cleaned_data["kode"])
    return _side(request, kodeform=form)


@for_alle
@never_cache
@require_safe
def verificer_kode(request: HttpRequest, kode: str) -> HttpResponse:
    """By the code alone: which document it is, and that only the file itself can show that it is unchanged."""
    if for_mange := _for_mange(request):
        return for_mange
    dokument = verificering.efter_kode(laes_kode(kode))
    if dokument is not None:
        return _side(request, **_om(dokument), dom="kode")
    form = KodeForm({"kode": kode})
    if form.is_valid():
        form.add_error("kode", UKENDT_KODE)
    return _side(request, kodeform=form, ukendt_kode=True)


def _fil(request: HttpRequest) -> HttpResponse:
    if for_mange := _for_mange(request, "verificer_fil"):
        return for_mange
    form = FilForm(request.POST, request.FILES)
    if not form.is_valid():
        return _side(request, filform=form)
    fil = form.cleaned_data["fil"]
    svar = verificering.efter_fil(fil.read())
    om = _om(svar.dokument) if svar.dokument else {}
    return _side(request, **om, dom=svar.dom, forskel=svar.forskel, filnavn=filer.rens_filnavn(fil.name))


def _for_mange(request: HttpRequest, hvad: str = "verificer") -> HttpResponse | None:
    return ratelimit.consume_or_429(request, action=hvad, limit_get=True)


def _om(dokument: Dokument) -> dict[str, Any]:
    return {
        "dokument": dokument,
        "aftale": dokument.aftale,
        "godkendt_af": verificering.godkendt_af(dokument),
        "gaelder_ikke": verificering.gaelder_ikke(dokument),
        "nyere": verificering.nyere(dokument),
    }


def _side(
    request: HttpRequest,
    *,
    kodeform: KodeForm | None = None,
    filform: FilForm | None = None,
    **indhold: Any,
) -> HttpResponse:
    indhold |= {"form": kodeform or filform, "kodeform": kodeform or KodeForm(), "filform": filform or FilForm()}
    response = render(request, "aftaler/verificer.html", indhold)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
