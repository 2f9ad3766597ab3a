from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ressourcecenter import queries
from ressourcecenter.models import Forum
from samarbejde import stik
from samarbejde.adgang import for_alle_indloggede, kraever
from samarbejde.kilder import KILDER
from samarbejde.permissions import Handling


@for_alle_indloggede
@require_safe
def fora(request: HttpRequest) -> HttpResponse:
    """The forums the person is attached to or answers for."""
    return render(request, "ressourcecenter/fora.html", {"grupper": queries.mine_fora(request.user)})


@kraever(Handling.SE_FORUM, Forum)
@require_safe
def forum(request: HttpRequest, forum: Forum) -> HttpResponse:
    """Who leads, who coordinates, who takes part and why; what is going on."""
    krummer = [("Ressourcecentre", reverse("fora")), (forum.enhed.navn, None)]
    indhold = {"forum": forum, "broedkrummer": krummer, "kilder": KILDER, **queries.forumside(forum, request.user)}
    indhold["bokse"] = [boks for plug in stik.forum for boks in plug(forum, indhold["fora"], request.user)]
    return render(request, "ressourcecenter/forum.html", indhold)
