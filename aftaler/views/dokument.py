"""The PDF of the agreement: stored bytes, made once in the worker, never rendered here."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from aftaler import queries
from aftaler.models import Aftale, Dokument
from aftaler.views.side import vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.views.pdf import server_pdf


@require_safe
@kraever(Handling.LAES, Aftale)
def aftale_pdf(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    dokument = queries.dokument_til(aftale)
    if dokument is None or dokument.tilstand != Dokument.Tilstand.KLAR:
        return _ikke_klar(request, aftale, dokument)
    return server_pdf(request, dokument, f"samarbejdsaftale-{aftale.distrikt.slug}-{aftale.skoleaar}.pdf")


def _ikke_klar(request: HttpRequest, aftale: Aftale, dokument: Dokument | None) -> HttpResponse:
    """A page that says so; while it is being made it looks again by itself, without a script."""
    er_bestilt = dokument is not None and dokument.tilstand == Dokument.Tilstand.BESTILT
    response = vis(
        request, "dokument_vent", aftale, "Aftalen som PDF", status=202 if er_bestilt else 404, dokument=dokument
    )
    if er_bestilt:
        response["Refresh"] = "5"
    return response
