"""«May we attend?»: asked by the leader of a fritid unit, answered by the leader of the team (S45, S46)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from moeder import actions
from moeder.forms.deltagere import OenskeForm, SvarForm
from moeder.models import Deltagelsesoenske
from moeder.queries import ressourceteam as queries
from moeder.views.side import adresse, gemt, indsendt, vis_i_forum
from ressourcecenter.models import Forum
from ressourcecenter.querysets import FRITID
from samarbejde.adgang import kraever
from samarbejde.kilder import KILDER
from samarbejde.models import Enhed
from samarbejde.permissions import Handling


@kraever(Handling.BED_OM_DELTAGELSE, Enhed)
def bed_om_deltagelse(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    if enhed.art not in FRITID:
        raise Http404
    teams = {en.pk: en for en in queries.teams_for(enhed)}
    form = OenskeForm(indsendt(request), teams=teams.values())

    def goer(felter: dict[str, Any]) -> None:
        forum = teams[felter["forum"]]
        actions.bed_om_deltagelse(enhed=enhed, forum=forum, tekst=felter["tekst"], af=request.user)
        messages.success(request, f"{forum} har fået jeres ønske. Svaret kommer her på siden.")

    if gemt(form, goer):
        return redirect("bed_om_deltagelse", enhed.slug)
    indhold = {"enhed": enhed, "form": form, "teams": teams, "oensker": queries.oensker_for(enhed)}
    return render(request, "moeder/bed_om_deltagelse.html", {**_faelles(enhed), **indhold})


BED_OM = "Deltagelse i ressourceteamets møder"


def _faelles(enhed: Enhed) -> dict[str, Any]:
    krummer = [(enhed.navn, enhed.get_absolute_url()), (BED_OM, None)]
    return {"overskrift": BED_OM, "broedkrummer": krummer, "kilder": KILDER, "rod": enhed.get_absolute_url()}


@kraever(Handling.BED_OM_DELTAGELSE, Enhed)
@require_POST
def traek_oenske(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    oenske = get_object_or_404(enhed.deltagelsesoensker, pk=adresse(request)["oenske"])
    actions.afslut_oenske(oenske=oenske, af=request.user)
    messages.success(request, f"I deltager ikke længere efter aftale i {oenske.forum}.")
    return redirect("bed_om_deltagelse", enhed.slug)


@kraever(Handling.INDKALD, Forum)
def deltagelsesoensker(request: HttpRequest, forum: Forum) -> HttpResponse:
    return _vis_oensker(_kun_team(forum), request)


@kraever(Handling.INDKALD, Forum)
@require_POST
def svar_paa_oenske(request: HttpRequest, forum: Forum) -> HttpResponse:
    oenske = get_object_or_404(_kun_team(forum).deltagelsesoensker, pk=adresse(request)["oenske"])
    form, ja = _svarform(oenske, request.POST), request.POST.get("svar") == "ja"
    if gemt(form, lambda felter: actions.svar_paa_oenske(oenske=oenske, ja=ja, af=request.user, **felter)):
        messages.success(request, f"{oenske.enhed} får svaret.")
        return redirect("deltagelsesoensker", forum.enhed.slug, forum.art)
    return _vis_oensker(forum, request, form, oenske.pk)


@kraever(Handling.INDKALD, Forum)
@require_POST
def afslut_oenske(request: HttpRequest, forum: Forum) -> HttpResponse:
    oenske = get_object_or_404(_kun_team(forum).deltagelsesoensker, pk=adresse(request)["oenske"])
    actions.afslut_oenske(oenske=oenske, af=request.user)
    messages.success(request, f"Aftalen med {oenske.enhed} er ophørt.")
    return redirect("deltagelsesoensker", forum.enhed.slug, forum.art)


def _kun_team(forum: Forum) -> Forum:
    if not forum.er_team:
        raise Http404
    return forum


def _svarform(oenske: Deltagelsesoenske, data: QueryDict | None = None) -> SvarForm:
    """One of several forms on the page: its fields have ids of their own."""
    return SvarForm(data, auto_id=f"id_{oenske.pk}_%s")


def _vis_oensker(
    forum: Forum, request: HttpRequest, afvist: SvarForm | None = None, fejl_i: int | None = None
) -> HttpResponse:
    oensker = [(en, afvist if en.pk == fejl_i else _svarform(en)) for en in queries.oensker_i(forum)]
    indhold: dict[str, Any] = {"oensker": oensker, "form": afvist, "kilder": KILDER}
    return vis_i_forum(request, "deltagelsesoensker", forum, "Fritidstilbud, der gerne vil deltage", **indhold)
