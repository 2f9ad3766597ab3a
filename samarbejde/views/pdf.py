"""Serving a PDF that is stored (samarbejde.models.dokument)."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from samarbejde.models.dokument import Pdf


def server_pdf(request: HttpRequest, raekke: Pdf, filnavn: str) -> HttpResponse:
    """Stored bytes, never rendered here."""
    etag = quote_etag(raekke.sha256)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(bytes(raekke.pdf), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{filnavn}"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
