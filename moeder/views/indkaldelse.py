"""The call: seen before it is sent, sent once, and regretted while nothing has left."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from moeder import actions
from moeder.models import Moede
from moeder.queries import indkaldelse
from moeder.states import Overgang, Tilstand
from moeder.views.side import vis
from samarbejde.adgang import kraever
from samarbejde.formater import tidspunkt
from samarbejde.permissions import Handling
from samarbejde.tilstande import IkkeMuligtError, kan

OVERSKRIFT = "Send indkaldelse"


@kraever(Handling.INDKALD, Moede)
def indkald(request: HttpRequest, moede: Moede) -> HttpResponse:
    """The recipients as they will be mailed, what is missing, and the button."""
    if not kan(moede, Overgang.INDKALD):
        messages.info(request, moede.OVERGANGE[Overgang.INDKALD].ellers)
        return redirect(moede)
    if request.method != "POST":
        return _vis(request, moede)
    try:
        sendt = actions.indkald(moede=moede, af=request.user, aftryk=request.POST.get("aftryk", "mangler"))
    except ValidationError:
        return _vis(request, moede, status=409)
    except IkkeMuligtError as fejl:
        return _vis(request, moede, status=409, aendret=str(fejl))
    frist = indkaldelse.fortrydelsesfrist(sendt.indkaldt_den)
    messages.success(request, f"Mødet er indkaldt. Mailene sendes {tidspunkt(frist)}. Indtil da kan du fortryde.")
    return redirect(moede)


def _vis(request: HttpRequest, moede: Moede, *, status: int = 200, aendret: str = "") -> HttpResponse:
    plan = indkaldelse.plan(moede)
    return vis(request, "indkald", moede, OVERSKRIFT, status=status, plan=plan, aendret=aendret)


@kraever(Handling.INDKALD, Moede)
@require_POST
def fortryd_indkaldelse(request: HttpRequest, moede: Moede) -> HttpResponse:
    if moede.tilstand != Tilstand.RESERVERET:  # the same press twice
        actions.fortryd_indkaldelse(moede=moede, af=request.user)
    messages.success(request, "Indkaldelsen er fortrudt. Ingen har fået en mail, og mødet er reserveret igen.")
    return redirect(moede)
