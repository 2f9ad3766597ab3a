"""The PDF of the agreement: stored bytes, made once in the worker, never rendered here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from aftaler import queries
from aftaler.models import Aftale, Dokument
from aftaler.views.side import vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.queries import heltal
from samarbejde.views.pdf import server_pdf


@require_safe
@kraever(Handling.LAES, Aftale)
def aftale_pdf(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """The newest, or the one numbered `nr`: an accession makes one more, and the earlier ones stay (decision 12)."""
    alle = queries.dokumenter_til(aftale)
    nr = heltal(request.GET.get("nr"))
    valgt = next((en for en in alle if nr == en.loebenummer or "nr" not in request.GET), None)
    if valgt is None or valgt.tilstand != Dokument.Tilstand.KLAR:
        return _ikke_klar(request, aftale, valgt, [en for en in alle if en.tilstand == Dokument.Tilstand.KLAR])
    version, nummer = f"-version-{aftale.nummer}" if aftale.erstatter_id else "", f"-nr-{nr}" if nr else ""
    navn = f"samarbejdsaftale-{aftale.distrikt.slug}-{aftale.skoleaar}{version}{nummer}.pdf"
    return server_pdf(request, valgt, navn)


def _ikke_klar(
    request: HttpRequest, aftale: Aftale, dokument: Dokument | None, tidligere: list[Dokument]
) -> HttpResponse:
    """A page that says so; while it is being made it looks again by itself, without a script."""
    er_bestilt = dokument is not None and dokument.tilstand == Dokument.Tilstand.BESTILT
    indhold: dict[str, Any] = {"dokument": dokument, "tidligere": tidligere}
    response = vis(request, "dokument_vent", aftale, "Aftalen som PDF", status=202 if er_bestilt else 404, **indhold)
    if er_bestilt:
        response["Refresh"] = "5"
    return response
