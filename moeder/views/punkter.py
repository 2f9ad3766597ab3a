"""The agenda: add an item, correct it, move it, put it off, and the page of one item (case 11)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from moeder import actions
from moeder.actions.punkter import felter_i, niveauer_at_vaelge
from moeder.actions.punktregler import mulige_niveauer
from moeder.forms.punkter import MoedevalgForm, PunktForm
from moeder.models import Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.queries import punkter as queries
from moeder.queries import punktside
from moeder.views.side import gemt, indsendt, vis, vis_i_forum
from ressourcecenter.views.side import sammenlign
from samarbejde.adgang import kraever
from samarbejde.formater import antal
from samarbejde.permissions import Handling
from samarbejde.tilstande import KonfliktError
from samarbejde.views.behold import behold_teksten

TEKSTER = {"titel": "Punktet", "spoergsmaal": "Hvad ønsker I drøftet?", "beskrivelse": "Baggrund"}
BARN = "Drøftelse om et barn"


@kraever(Handling.SE_MOEDE, Punkt)
@require_safe
def punkt(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    """What somebody invited to this item alone sees: this one, and nothing of the others (S33)."""
    indhold = punktside.punktside(punkt, request.user)
    if indhold["kun_forslagsstiller"]:  # who follows a proposal is no part of the meeting
        return vis_i_forum(request, "punkt", punkt.forum, punkt.vist_titel, **indhold)
    return vis(request, "punkt", punkt.moede, punkt.vist_titel, **indhold)


@behold_teksten(TEKSTER)
@kraever(Handling.PLANLAEG_MOEDE, Moede)
def tilfoej_punkt(request: HttpRequest, moede: Moede) -> HttpResponse:
    niveauer = mulige_niveauer(moede.forum, moede)
    om_et_barn = vil_om_et_barn(request, niveauer)
    form = PunktForm(indsendt(request), **valg_paa(moede, request, niveauer), om_et_barn=om_et_barn)

    def tilfoej(felter: dict[str, Any]) -> None:
        actions.tilfoej_punkt(moede=moede, af=request.user, noegle=felter["noegle"], **form.felter())
        messages.success(request, "Punktet er sat på dagsordenen.")

    if gemt(form, tilfoej):
        return til_dagsordenen(moede)
    kan_om_et_barn = Niveau.ENKELTBARN in niveauer and not om_et_barn
    overskrift = f"Tilføj en {BARN.lower()}" if om_et_barn else "Tilføj et punkt"
    return vis(request, "punkt_nyt", moede, overskrift, form=form, kan_om_et_barn=kan_om_et_barn)


def vil_om_et_barn(request: HttpRequest, niveauer: list[str]) -> bool:
    """Asked for by a link; the form of it has no text field."""
    return Niveau.ENKELTBARN in niveauer and request.GET.get("niveau") == Niveau.ENKELTBARN


def valg_paa(moede: Moede, request: HttpRequest, niveauer: list[str]) -> dict[str, Any]:
    return {
        "niveauer": niveauer,
        "temaer": queries.temaer(moede.forum),
        "ansvarlige": queries.mulige_ansvarlige(moede),
        "delmaal": queries.mulige_delmaal(moede.forum, request.user),
    }


@behold_teksten(TEKSTER)
@kraever(Handling.PLANLAEG_MOEDE, Punkt)
def ret_punkt(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    form = _retteform(request, punkt)
    felter: list[str] = [navn for navn in form.fields if navn not in {"noegle", "version"}]
    if request.method != "POST":
        form.initial = {"version": punkt.version, **felter_i(punkt, felter)}

    def ret(rensede: dict[str, Any]) -> None:
        actions.ret_punkt(punkt=punkt, af=request.user, version=rensede["version"], **form.felter())
        messages.success(request, "Punktet er rettet.")

    try:
        if gemt(form, ret):
            return til_punktet(punkt)
    except KonfliktError as konflikt:
        indhold = sammenlign(request, form, konflikt.nu or {}, konflikt)
        return vis_punkt(request, "konflikt", punkt, "Ret punktet", status=409, **indhold)
    return vis_punkt(request, "punkt_ret", punkt, "Ret punktet", form=form)


def _retteform(request: HttpRequest, punkt: Punkt) -> PunktForm:
    delmaal = list(queries.mulige_delmaal(punkt.forum, request.user))
    form = PunktForm(
        indsendt(request),
        initial={"version": punkt.version},
        niveauer=niveauer_at_vaelge(punkt),
        temaer=queries.temaer(punkt.forum),
        ansvarlige=queries.mulige_ansvarlige(punkt.moede) if punkt.moede else [],
        delmaal=delmaal,
        valgte=punkt.fagligheder.values_list("pk", flat=True),
        om_et_barn=punkt.er_om_et_barn,
    )
    if punkt.delmaal_id and punkt.delmaal_id not in {et.pk for et in delmaal}:
        form.uden("delmaal")  # chosen by somebody who may read that agreement: left as it is
    return form


@kraever(Handling.PLANLAEG_MOEDE, Punkt)
@require_POST
def flyt_punkt(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    til = request.POST.get("til", "")
    actions.flyt_punkt(punkt=punkt, til=int(til) if til.isdecimal() and len(til) < 4 else 1, af=request.user)
    return til_dagsordenen(punkt.moede)


@kraever(Handling.PLANLAEG_MOEDE, Moede)
@require_POST
def laeg_skabelon_paa(request: HttpRequest, moede: Moede) -> HttpResponse:
    nye = actions.laeg_skabelon_paa(moede=moede, af=request.user)
    if nye:
        messages.success(request, f"{antal(len(nye), 'fast punkt', 'faste punkter')} er sat på dagsordenen.")
    else:
        messages.info(request, "Der er ingen faste punkter at sætte på. Skriv dem i forummets lokale regler.")
    return til_dagsordenen(moede)


@kraever(Handling.PLANLAEG_MOEDE, Moede)
@require_POST
def laeg_runde_paa(request: HttpRequest, moede: Moede) -> HttpResponse:
    actions.laeg_runde_paa(moede=moede, af=request.user)
    messages.success(request, "Runden «Faglige perspektiver» er sat på dagsordenen.")
    return til_dagsordenen(moede)


@kraever(Handling.PLANLAEG_MOEDE, Punkt)
def udsaet_punkt(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    moeder = queries.moeder_at_vaelge(punkt, request.user)
    form = MoedevalgForm(indsendt(request), moeder=moeder, ogsaa_koeen=True)

    def udsaet(_: dict[str, Any]) -> None:
        actions.udsaet_punkt(punkt=punkt, til_moede=form.valgt(), af=request.user)
        messages.success(request, "Punktet er udsat. De, der kun er inviteret til det, følger med.")

    if gemt(form, udsaet):
        return til_dagsordenen(punkt.moede)
    return vis_punkt(request, "punkt_udsaet", punkt, "Udsæt punktet", form=form, linje=queries.Linje(punkt))


# --- where one is ------------------------------------------------------------------------------------------------
def til_dagsordenen(moede: Moede) -> HttpResponseRedirect:
    return redirect(f"{moede.get_absolute_url()}#dagsorden")


def til_punktet(punkt: Punkt) -> HttpResponseRedirect:
    return til_dagsordenen(punkt.moede) if punkt.moede else redirect("koepunkt", punkt=punkt.noegle)


def vis_punkt(
    request: HttpRequest, skabelon: str, om: Punkt, overskrift: str, /, status: int = 200, **indhold: Any
) -> HttpResponse:
    """A page about an item: under its meeting, or under its forum while it waits."""
    indhold = {"punkt": om, **indhold}
    if om.moede is not None:
        return vis(request, skabelon, om.moede, overskrift, status=status, **indhold)
    return vis_i_forum(request, skabelon, om.forum, overskrift, status=status, **indhold)
