from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samarbejde.adgang import kraever_kommunen
from samarbejde.eksport import Eksport, filnavn
from samarbejde.eksportform import Eksportform
from samarbejde.permissions import Handling


@kraever_kommunen(Handling.EKSPORTER)
@require_safe
def eksport(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Which year is to be kept? With the answer it is sent as it is read, and nothing is written."""
    form = Eksportform(request.GET if "skoleaar" in request.GET else None)
    if not form.is_valid():
        return render(request, "samarbejde/eksport.html", {"form": form}, status=400 if form.is_bound else 200)
    valgt = Eksport(form.cleaned_data["skoleaar"], form.cleaned_data["sagsnr"])
    svar = StreamingHttpResponse(valgt.stroem(), content_type="application/zip")
    svar["Content-Disposition"] = f'attachment; filename="{filnavn(valgt.skoleaar)}"'
    svar["Cache-Control"] = "private, no-store"
    return svar
