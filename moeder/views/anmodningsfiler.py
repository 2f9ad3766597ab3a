"""The files of a request: laid there by the asker, fetched by those who may see the request (S39, D20, S53)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.forms.anmodning import AnmodningsfilForm
from moeder.models import Anmodning, Anmodningsfil
from moeder.queries.anmodninger import hvorfor_ingen_filer, lagt_paa
from moeder.views.side import adresse, gemt, indsendt, vis_anmodning
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.tilstande import IkkeMuligtError
from samarbejde.views.filer import svar_med_fil


def _find(request: HttpRequest, anmodning: Anmodning) -> Anmodningsfil:
    fundet = lagt_paa(anmodning).filter(fil__noegle=adresse(request)["fil"]).first()
    if fundet is None:
        raise Http404
    return fundet


@kraever(Handling.SE_ANMODNING, Anmodning)
@require_safe
def anmodningsfil(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    return svar_med_fil(_find(request, anmodning).fil)


@kraever(Handling.EGEN_ANMODNING, Anmodning)
def laeg_fil_paa_anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    """All the chosen files or none of them."""
    if hindring := hvorfor_ingen_filer(anmodning):
        raise IkkeMuligtError(hindring)
    form = AnmodningsfilForm(indsendt(request), request.FILES or None)

    @transaction.atomic
    def laeg_paa(felter: dict[str, Any]) -> None:
        for upload in felter["filer"]:
            actions.laeg_fil_paa_anmodning(anmodning=anmodning, upload=upload, af=request.user)

    if gemt(form, laeg_paa):
        messages.success(request, "Filerne er lagt på anmodningen." if len(form.cleaned_data["filer"]) > 1 else EN)
        return redirect(anmodning)
    return vis_anmodning(request, "laeg_fil_paa_anmodning", anmodning, "Læg filer på anmodningen", form=form)


EN = "Filen er lagt på anmodningen."


@kraever(Handling.SE_ANMODNING, Anmodning)
def fjern_anmodningsfil(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    """Asked first: a file that is removed is gone for everybody."""
    fundet = _find(request, anmodning)
    if request.method != "POST":
        return vis_anmodning(request, "fjern_anmodningsfil", anmodning, "Fjern filen", fil=fundet.fil)
    actions.fjern_anmodningsfil(anmodningsfil=fundet, af=request.user)
    messages.success(request, f"Filen «{fundet.fil}» er fjernet.")
    return redirect(anmodning)
