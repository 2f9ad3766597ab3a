from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from samarbejde import queries
from samarbejde.actions_post import gensend_besked
from samarbejde.adgang import for_alle_indloggede, kraever_kommunen
from samarbejde.models import Besked
from samarbejde.permissions import TILLADT, Handling
from samarbejde.roller import mine_roller


@for_alle_indloggede
@require_safe
def min_post(request: HttpRequest) -> HttpResponse:
    """The mails the site has sent, or is about to send, to the person."""
    kan_se_al = not mine_roller(request.user).globale.isdisjoint(TILLADT[Handling.SE_AL_POST])
    foer = queries.heltal(request.GET.get("foer"))
    side = queries.postside(Besked.objects.filter(til=request.user), foer)
    return render(request, "samarbejde/post.html", {"side": side, "foer": foer, "kan_se_al": kan_se_al})


@kraever_kommunen(Handling.SE_AL_POST)
@require_safe
def al_post(request: HttpRequest) -> HttpResponse:
    """Technique, not content: who, when, and what went wrong."""
    valgt = request.GET.get("tilstand", "")
    beskeder = Besked.objects.select_related("til")
    if valgt in Besked.Tilstand.values:
        beskeder = beskeder.filter(tilstand=valgt)
    foer = queries.heltal(request.GET.get("foer"))
    side = queries.postside(beskeder, foer)
    indhold = {"side": side, "foer": foer, "tilstande": Besked.Tilstand.choices, "valgt": valgt}
    return render(request, "samarbejde/al_post.html", indhold)


@kraever_kommunen(Handling.GENSEND_BESKED)
@require_POST
def gensend(request: HttpRequest, pk: int) -> HttpResponse:
    besked = gensend_besked(besked=get_object_or_404(Besked, pk=pk), af=request.user)
    messages.success(request, f"Mailen til {besked.til} bliver sendt igen.")
    return redirect("al_post")
