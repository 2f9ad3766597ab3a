"""The draft as PDF: served while it says what the draft says, else ordered; never rendered here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from aftaler import actions
from aftaler.indhold import kladdens_aftryk
from aftaler.models import Aftale, Kladdedokument
from aftaler.states import UDKAST
from aftaler.views.side import under, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.views.pdf import server_pdf

Tilstand = Kladdedokument.Tilstand


@require_safe
@kraever(Handling.LAES_KLADDE, Aftale)
def kladde_pdf(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """While it is being made the page looks again by itself, without a script."""
    if aftale.tilstand not in UDKAST:
        return redirect(under(aftale, "aftale_pdf"))
    fundet = aftale.kladdedokumenter.filter(aftryk=kladdens_aftryk(aftale)).first()
    if fundet is not None and fundet.tilstand == Tilstand.KLAR:
        return server_pdf(request, fundet, f"udkast-{aftale.distrikt.slug}-{aftale.skoleaar}.pdf")
    er_bestilt = fundet is not None and fundet.tilstand == Tilstand.BESTILT
    indhold: dict[str, Any] = {"kladdedokument": fundet, "bestil": under(aftale, "bestil_kladdedokument")}
    response = vis(request, "kladde_vent", aftale, "Udkastet som PDF", status=202 if er_bestilt else 200, **indhold)
    if er_bestilt:
        response["Refresh"] = "5"
    return response


@require_POST
@kraever(Handling.LAES_KLADDE, Aftale)
def bestil_kladdedokument(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    actions.bestil_kladdedokument(aftale=aftale, af=request.user)
    return redirect(under(aftale, "kladde_pdf"))
