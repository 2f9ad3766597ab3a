from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samarbejde import gemt
from samarbejde.adgang import for_alle_indloggede


@for_alle_indloggede
@require_safe
def vis_gemt(request: HttpRequest, noegle: str) -> HttpResponse:
    """What was written when the login had run out: shown to the same person, sent only when they say so."""
    fundet = gemt.find(noegle, request.user)
    if fundet is None:
        raise Http404
    return render(request, "samarbejde/gemt.html", {"gemt": fundet})
