"""Fetching and removing the files of an item: there for those who may see the item, and for nobody else (S53)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.models import Punkt, Punktfil
from moeder.queries.punktside import er_kun_forslagsstiller
from moeder.views.side import adresse, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
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


@kraever(Handling.GIV_BIDRAG, Punkt)
def fjern_punktfil(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    """Asked first: a file that is removed is gone for everybody."""
    fundet = _find(request, punkt)
    if request.method != "POST":
        return vis(request, "fjern_punktfil", punkt.moede, "Fjern filen", fil=fundet.fil, punkt=punkt)
    actions.fjern_punktfil(punktfil=fundet, af=request.user)
    messages.success(request, f"Filen «{fundet.fil}» er fjernet.")
    return redirect("giv_bidrag", kode=punkt.moede.kode)
