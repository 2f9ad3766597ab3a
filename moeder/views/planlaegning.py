"""Planning a meeting: reserve it, correct it, move it, cancel it and regret that."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from moeder import actions
from moeder.forms.planlaegning import AflysForm, FlytForm, PlanlaegForm, RetMoedeForm, begynd_med, forslag
from moeder.models import Moede
from moeder.queries import anmodninger, planlaegning
from moeder.queries.indkaldelse import optagne_til
from moeder.states import MED, Overgang, Tilstand
from moeder.views.side import gemt, indsendt, vis, vis_i_forum
from ressourcecenter.models import Forum
from ressourcecenter.views.side import sammenlign
from samarbejde.adgang import kraever
from samarbejde.formfelter import Tekstform
from samarbejde.kalender import ferier
from samarbejde.permissions import Handling
from samarbejde.skolekalender import hvorfor_ikke_skoledag
from samarbejde.tilstande import KonfliktError, kan
from samarbejde.views.behold import behold_teksten


@kraever(Handling.PLANLAEG_MOEDE, Forum)
def planlaeg_moede(request: HttpRequest, forum: Forum) -> HttpResponse:
    med = planlaegning.kan_samles_med(forum, request.user)
    regler = forum.regler
    begynd = forslag(planlaegning.naeste_ledige_dag(forum), regler.begynder, regler.minutter)
    begynd["samlet"] = bool(med and regler.holdes_samlet)
    fritid = planlaegning.fritidstilbud(forum)
    form = PlanlaegForm(indsendt(request), initial=begynd, forum=forum, kan_samles=bool(med), fritid=fritid)
    lavet: list[Moede] = []

    def planlaeg(felter: dict[str, Any]) -> None:
        sammen = planlaegning.laeringscentret(forum) if felter.get("samlet") else None
        lavet.append(actions.planlaeg_moede(forum=forum, med=sammen, af=request.user, **form.tid(), **form.fakta()))

    if gemt(form, planlaeg):
        _sig_hvad_der_er_i_vejen(request, lavet[0])
        messages.success(request, "Mødet er reserveret. Sæt punkter på, og indkald, når du er klar.")
        return redirect(lavet[0])
    return vis_i_forum(request, "planlaeg", forum, f"Planlæg et møde i {forum.i_saetning}", form=form)


def _sig_hvad_der_er_i_vejen(request: HttpRequest, moede: Moede) -> None:
    """Case 30: a meeting in a holiday is possible, and said; so is who is taken at that time."""
    if grund := hvorfor_ikke_skoledag(moede.dag, ferier()):
        messages.warning(request, f"Bemærk, at mødet ligger på en dag uden skole: {grund}.")
    for optaget in optagne_til(moede, moede.deltagere.filter(tilstand__in=MED).select_related("person")):
        messages.warning(request, f"{optaget}.")


@behold_teksten({"grundlag": "Lokalt grundlag for gæster", "sted": "Sted"})
@kraever(Handling.PLANLAEG_MOEDE, Moede)
def ret_moede(request: HttpRequest, moede: Moede) -> HttpResponse:
    begynd = {felt: getattr(moede, felt) for felt in ("formaal", "tema", "er_tematisk", "er_fast", "sted", "link")}
    begynd |= {"version": moede.version, "grundlag": moede.grundlag, "grundlag_aktivitet": moede.grundlag_aktivitet_id}
    aktiviteter = planlaegning.aktiviteter(moede, request.user)
    form = RetMoedeForm(indsendt(request), initial=begynd, moede=moede, aktiviteter=aktiviteter)

    def ret(felter: dict[str, Any]) -> None:
        fakta = form.felter()
        fakta["grundlag_aktivitet"] = planlaegning.aktivitet(fakta["grundlag_aktivitet"])
        actions.ret_moede(moede=moede, af=request.user, version=felter["version"], **fakta)
        messages.success(request, "Mødet er rettet.")

    return _gem(request, moede, form, ret, "ret_moede", "Ret mødet", Overgang.RET)


@kraever(Handling.INDKALD, Moede)
def flyt_moede(request: HttpRequest, moede: Moede) -> HttpResponse:
    form = FlytForm(indsendt(request), initial=begynd_med(moede))

    def flyt(felter: dict[str, Any]) -> None:
        flyttet = actions.flyt_moede(moede=moede, af=request.user, version=felter["version"], **form.tid())
        _sig_hvad_der_er_i_vejen(request, flyttet)
        messages.success(request, "Mødet er flyttet.")

    return _gem(request, moede, form, flyt, "flyt_moede", "Flyt mødet", Overgang.RET)


@behold_teksten({"grund": "Grunden"})
@kraever(Handling.INDKALD, Moede)
def aflys_moede(request: HttpRequest, moede: Moede) -> HttpResponse:
    form = AflysForm(indsendt(request))

    def aflys(felter: dict[str, Any]) -> None:
        actions.aflys_moede(moede=moede, af=request.user, grund=felter["grund"])
        messages.success(request, "Mødet er aflyst. Punkterne venter på et andet møde.")

    aabne = {"aabne": anmodninger.ved_aflysning(moede), "regel": moede.forum.regler.aflysningsregel}
    return _gem(request, moede, form, aflys, "aflys_moede", "Aflys mødet", Overgang.AFLYS, **aabne)


@kraever(Handling.INDKALD, Moede)
def genopret_moede(request: HttpRequest, moede: Moede) -> HttpResponse:
    if request.method == "POST":
        actions.genopret_moede(moede=moede, af=request.user)
        messages.success(request, "Aflysningen er fortrudt. Indkald igen, når du er klar.")
        return redirect(moede)
    return vis(request, "genopret_moede", moede, "Fortryd aflysningen")


def _gem(
    request: HttpRequest,
    moede: Moede,
    form: Any,
    handling: Any,
    skabelon: str,
    overskrift: str,
    overgang: Overgang,
    **indhold: Any,
) -> HttpResponse:
    """Save and go to the meeting; else the form, or a stale save beside what is stored."""
    if request.method != "POST" and not _kan_nu(moede, overgang):
        messages.info(request, moede.OVERGANGE[overgang].ellers)
        return redirect(moede)
    try:
        if gemt(form, handling):
            return redirect(moede)
    except KonfliktError as konflikt:
        return _konflikt(request, moede, form, overskrift, konflikt)
    return vis(request, skabelon, moede, overskrift, form=form, **indhold)


def _konflikt(
    request: HttpRequest, moede: Moede, form: Tekstform, overskrift: str, konflikt: KonfliktError
) -> HttpResponse:
    begge = sammenlign(request, form, planlaegning.gemt_i(konflikt, form), konflikt)
    return vis(request, "konflikt", moede, overskrift, status=409, **begge)


def _kan_nu(moede: Moede, overgang: Overgang) -> bool:
    return kan(moede, overgang) or (overgang == Overgang.RET and moede.tilstand == Tilstand.INDKALDT)
