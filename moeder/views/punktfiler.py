"""The files of an item, to lay there, fetch and remove: for those who may see the item, and for nobody else (S53)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.forms.forberedelse import PunktfilForm
from moeder.models import Punkt, Punktfil
from moeder.queries.forberedelse import moedets_hindring, punktets_hindring
from moeder.queries.punktside import er_kun_forslagsstiller
from moeder.views.side import adresse, gemt, indsendt, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling, maa
from samarbejde.tilstande import IkkeMuligtError
from samarbejde.views.filer import svar_med_fil


def _find(request: HttpRequest, punkt: Punkt) -> Punktfil:
    filer = Punktfil.objects.filter(punkt=punkt, fjernet_den=None).select_related("fil")
    fundet = None if punkt.er_om_et_barn else filer.filter(fil__noegle=adresse(request)["fil"]).first()
    if fundet is None:
        raise Http404
    return fundet


@kraever(Handling.SE_MOEDE, Punkt)
@require_safe
def punktfil(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    """Not for somebody who only proposed the item: they see nothing that others bring to it."""
    if er_kun_forslagsstiller(punkt.roller_for(request.user)):
        raise Http404
    return svar_med_fil(_find(request, punkt).fil)


@kraever(Handling.LAEG_FIL_PAA, Punkt)
def laeg_fil_paa(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    """Documents made ready by somebody who is not invited (decision 10). All the chosen files or none of them."""
    if hindring := moedets_hindring(punkt.moede) or punktets_hindring(punkt):
        raise IkkeMuligtError(hindring)
    form = PunktfilForm(indsendt(request), request.FILES or None, punkt=punkt)

    @transaction.atomic
    def laeg_paa(_: dict[str, Any]) -> None:
        for upload in form.filer():
            actions.laeg_fil_paa(punkt=punkt, upload=upload, af=request.user)

    if gemt(form, laeg_paa):
        messages.success(
            request, "Filerne er lagt på punktet." if len(form.filer()) > 1 else "Filen er lagt på punktet."
        )
        return redirect("punkt", punkt.moede.kode, punkt.noegle)
    return vis(request, "laeg_fil_paa", punkt.moede, "Læg filer på punktet", form=form, punkt=punkt)


@kraever(Handling.LAEG_FIL_PAA, Punkt)
def fjern_punktfil(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    """Asked first: a file that is removed is gone for everybody."""
    fundet = _find(request, punkt)
    if request.method != "POST":
        return vis(
            request,
            "fjern_punktfil",
            punkt.moede,
            "Fjern filen",
            fil=fundet.fil,
            punkt=punkt,
            tilbage=_tilbage(request, punkt),
        )
    actions.fjern_punktfil(punktfil=fundet, af=request.user)
    messages.success(request, f"Filen «{fundet.fil}» er fjernet.")
    return redirect(_tilbage(request, punkt))


def _tilbage(request: HttpRequest, punkt: Punkt) -> str:
    """Whoever has a preparation page comes back to it."""
    if maa(request.user, Handling.GIV_BIDRAG, punkt):
        return reverse("giv_bidrag", args=[punkt.moede.kode])
    return reverse("punkt", args=[punkt.moede.kode, punkt.noegle])
