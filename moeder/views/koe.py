"""The backlog of a forum, and what anybody attached proposes for it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from moeder import actions
from moeder.actions.punktregler import mulige_niveauer
from moeder.forms.punkter import ForslagForm, GivVidereForm, LukForm, MoedevalgForm
from moeder.models import Punkt
from moeder.models.faelles import Niveau
from moeder.queries import punkter as queries
from moeder.queries import punktside
from moeder.views.punkter import BARN, TEKSTER, til_dagsordenen, til_punktet, vil_om_et_barn, vis_punkt
from moeder.views.side import gemt, indsendt, vis_i_forum
from ressourcecenter.models import Forum
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.views.behold import behold_teksten


@kraever(Handling.SE_MOEDE, Forum)
@require_safe
def koe(request: HttpRequest, forum: Forum) -> HttpResponse:
    """What waits for a meeting, proposals first."""
    indhold: dict[str, Any] = {
        "linjer": [queries.Linje(punkt) for punkt in queries.koe(forum, request.user)],
        "kan_planlaegge": queries.kan(request.user, Handling.PLANLAEG_MOEDE, forum),
        "kan_svare": queries.kan(request.user, Handling.BESVAR_ANMODNING, forum),
        "kan_foreslaa": queries.kan(request.user, Handling.FORESLAA_PUNKT, forum),
    }
    return vis_i_forum(request, "koe", forum, f"Punkter, der venter i {forum.i_saetning}", **indhold)


@behold_teksten(TEKSTER)
@kraever(Handling.FORESLAA_PUNKT, Forum)
def foreslaa_punkt(request: HttpRequest, forum: Forum) -> HttpResponse:
    niveauer = mulige_niveauer(forum)
    om_et_barn = vil_om_et_barn(request, niveauer)
    valg = {"niveauer": niveauer, "temaer": queries.temaer(forum), "om_et_barn": om_et_barn}
    form = ForslagForm(indsendt(request), enheder=queries.mine_enheder_i(forum, request.user), **valg)

    def foreslaa(felter: dict[str, Any]) -> None:
        actions.foreslaa_punkt(forum=forum, af=request.user, noegle=felter["noegle"], **form.felter())
        messages.success(request, "Dit forslag er sendt. Her kan du følge, hvad der sker med det.")

    if gemt(form, foreslaa):
        return redirect(f"{request.path}#forslag")
    overskrift = f"Foreslå en {BARN.lower()}" if om_et_barn else f"Foreslå et punkt til {forum.i_saetning}"
    kan_om_et_barn = Niveau.ENKELTBARN in niveauer and not om_et_barn
    mine = list(queries.mine_forslag(forum, request.user))
    return vis_i_forum(request, "foreslaa", forum, overskrift, form=form, mine=mine, kan_om_et_barn=kan_om_et_barn)


@kraever(Handling.SE_MOEDE, Punkt)
@require_safe
def koepunkt(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    """The item wherever it is: the link in a mail leads here, also after it has come on a meeting."""
    if punkt.moede is not None:
        return redirect("punkt", kode=punkt.moede.kode, punkt=punkt.noegle)
    return vis_punkt(request, "punkt", punkt, punkt.vist_titel, **punktside.punktside(punkt, request.user))


@kraever(Handling.BESVAR_ANMODNING, Punkt)
@require_POST
def gem_til_senere(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    actions.gem_til_senere(punkt=punkt, af=request.user)
    messages.success(request, "Forslaget er taget imod og venter på et møde.")
    return redirect("koe", enhed=punkt.forum.enhed.slug, art=punkt.forum.art)


@kraever(Handling.PLANLAEG_MOEDE, Punkt)
def tag_paa(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    moeder = list(queries.moeder_at_vaelge(punkt, request.user))
    form = MoedevalgForm(indsendt(request), moeder=moeder, initial={"moede": moeder[0].kode if moeder else ""})

    def tag(_: dict[str, Any]) -> None:
        paa = actions.tag_paa(punkt=punkt, moede=form.moedet(), af=request.user)
        svar = " Den anmodning, det kom fra, er besvaret med det." if queries.besvarer_en_anmodning(paa) else ""
        messages.success(request, f"Punktet er sat på dagsordenen.{svar}")

    if gemt(form, tag):
        return til_dagsordenen(form.moedet())
    return vis_punkt(request, "punkt_tag_paa", punkt, "Sæt punktet på et møde", form=form, moeder=moeder)


@behold_teksten({"grund": "Hvorfor?"})
@kraever(Handling.BESVAR_ANMODNING, Punkt)
def luk_punkt(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    form = LukForm(indsendt(request), om_et_barn=punkt.er_om_et_barn)

    def luk(felter: dict[str, Any]) -> None:
        actions.luk_punkt(punkt=punkt, af=request.user, grund=felter.get("grund", ""))
        messages.success(request, "Punktet er lukket.")

    if gemt(form, luk):
        return til_punktet(punkt)
    return vis_punkt(request, "punkt_luk", punkt, "Luk punktet", form=form)


@behold_teksten({"grund": "Hvorfor?"})
@kraever(Handling.BESVAR_ANMODNING, Punkt)
def giv_punkt_videre(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    fora = [et for et in queries.andre_fora(punkt, request.user) if punkt.niveau in mulige_niveauer(et)]
    form = GivVidereForm(indsendt(request), fora=fora, om_et_barn=punkt.er_om_et_barn)

    def giv(felter: dict[str, Any]) -> None:
        nyt_sted = form.valgt()
        actions.giv_punkt_videre(punkt=punkt, forum=nyt_sted, af=request.user, grund=felter.get("grund", ""))
        messages.success(request, f"Punktet er givet videre til {nyt_sted}.")

    if gemt(form, giv):
        return til_punktet(punkt)
    return vis_punkt(request, "punkt_giv_videre", punkt, "Giv punktet videre", form=form, fora=fora)
