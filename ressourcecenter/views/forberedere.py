"""Who prepares the meetings of a school (decision 10): the page where the skoleleder names and ends them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ressourcecenter import actions, queries
from ressourcecenter.forms import ForberederForm
from ressourcecenter.models import Forum
from ressourcecenter.views.side import adresse, gemt, indsendt, vis
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.models import Person
from samarbejde.permissions import Handling
from samarbejde.tid import fra_til_og_med


@kraever(Handling.NAVNGIV_FORBEREDER, Forum)
def navngiv_forbereder(request: HttpRequest, forum: Forum) -> HttpResponse:
    personer = list(queries.mulige_forberedere(forum))
    form = ForberederForm(indsendt(request), personer=personer)

    def navngiv(felter: dict[str, Any]) -> None:
        actions.navngiv_forbereder(
            forum=forum,
            person=Person.objects.get(pk=felter["person"]),
            gyldig_fra=felter["fra"],
            gyldig_til=fra_til_og_med(felter["til_og_med"]),
            af=request.user,
        )
        messages.success(request, "Mødeforberederen er navngivet og får besked.")

    if gemt(form, navngiv):
        return redirect("navngiv_forbereder", forum.enhed.slug)
    nuvaerende = list(queries.forberedere(forum))
    return vis(request, "forberedere", forum, "Mødeforberedere", form=form, nuvaerende=nuvaerende, ingen=not personer)


@kraever(Handling.NAVNGIV_FORBEREDER, Forum)
@require_POST
def afslut_forbereder(request: HttpRequest, forum: Forum) -> HttpResponse:
    fundet = queries.forberedere(forum).filter(pk=adresse(request)["pk"]).first()
    if fundet is None:
        raise Http404
    actions.afslut_forbereder(forbereder=fundet, gyldig_til=tid.i_dag(), af=request.user)
    messages.success(request, f"{fundet.person} forbereder ikke længere møder.")
    return redirect("navngiv_forbereder", forum.enhed.slug)
