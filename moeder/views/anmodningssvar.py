"""The answers to a request (S39), each with the request beside it. A refusal shows the form again, words and all."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from moeder import actions
from moeder.forms.anmodning import AfvisForm, FletForm, HenvisForm, PaaForm
from moeder.forms.planlaegning import PlanlaegForm, forslag
from moeder.models import Anmodning
from moeder.queries import anmodninger as queries
from moeder.queries import anmodningsforum, planlaegning
from moeder.states import Anmodningsovergang
from moeder.views.side import gemt, indsendt, vis_anmodning
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.tilstande import IkkeMuligtError, kan
from samarbejde.views.behold import behold_teksten

BESVAR = Handling.BESVAR_ANMODNING
Handler = Callable[[dict[str, Any]], None]


@kraever(BESVAR, Anmodning)
def planlaeg_for_anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    forum, regler = anmodning.forum, anmodning.forum.regler
    med = planlaegning.kan_samles_med(forum, request.user)
    begynd = forslag(planlaegning.naeste_ledige_dag(forum), regler.begynder, regler.minutter)
    fritid = planlaegning.fritidstilbud(forum)
    form = PlanlaegForm(indsendt(request), initial=begynd, forum=forum, kan_samles=bool(med), fritid=fritid)

    def planlaeg(felter: dict[str, Any]) -> None:
        sammen = planlaegning.laeringscentret(forum) if felter.get("samlet") else None
        hvad = {**form.tid(), **form.fakta()}
        actions.planlaeg_for_anmodning(anmodning=anmodning, af=request.user, med=sammen, **hvad)

    return _svar(request, anmodning, form, planlaeg, "planlaeg")


@kraever(BESVAR, Anmodning)
def saet_anmodning_paa(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    form = PaaForm(indsendt(request), moeder=queries.kommende_moeder(anmodning, request.user))

    def saet_paa(felter: dict[str, Any]) -> None:
        actions.saet_anmodning_paa(anmodning=anmodning, moede=form.moeder[felter["moede"]], af=request.user)

    return _svar(request, anmodning, form, saet_paa, "saet_paa", er_tom=not form.moeder)


@behold_teksten({"tekst": "Hvorfor hører det til der?"})
@kraever(BESVAR, Anmodning)
def henvis_anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    fora = anmodningsforum.kan_henvises_til(anmodning)
    form = HenvisForm(indsendt(request), anmodning=anmodning, fora=fora)

    def henvis(felter: dict[str, Any]) -> None:
        til, tekst = form.fora[felter["forum"]], felter.get("tekst", "")
        actions.henvis_anmodning(anmodning=anmodning, forum=til, tekst=tekst, af=request.user)

    return _svar(request, anmodning, form, henvis, "henvis", er_tom=not form.fora)


@behold_teksten({"grund": "Grunden"})
@kraever(BESVAR, Anmodning)
def afvis_anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    form = AfvisForm(indsendt(request), anmodning=anmodning)

    def afvis(felter: dict[str, Any]) -> None:
        actions.afvis_anmodning(anmodning=anmodning, grund=felter["grund"], af=request.user)

    return _svar(request, anmodning, form, afvis, "afvis")


@kraever(BESVAR, Anmodning)
def flet_anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    form = FletForm(indsendt(request), andre=queries.kan_flettes_med(anmodning, request.user))

    def flet(felter: dict[str, Any]) -> None:
        actions.flet_anmodning(anmodning=anmodning, med=form.andre[felter["med"]], af=request.user)

    return _svar(request, anmodning, form, flet, "flet", er_tom=not form.andre)


class Ord(NamedTuple):
    """What an answer is called, says first, is sent with and says afterwards; `tom`: nothing to choose."""

    overskrift: str
    indledning: str
    knap: str
    besked: str
    tom: str = ""


ORD = {
    "planlaeg": Ord(
        "Planlæg et møde om anmodningen",
        "Du reserverer tiden, og anmodningen kommer på dagsordenen. Ingen andre får besked, før du indkalder.",
        "Reservér tiden",
        "Mødet er reserveret med anmodningen på dagsordenen. Den, der har bedt om det, får besked.",
    ),
    "saet_paa": Ord(
        "Sæt anmodningen på en dagsorden",
        "Vælg et møde, der allerede er planlagt. Den, der har bedt om mødet, står som forslagsstiller.",
        "Sæt på dagsordenen",
        "Anmodningen er på dagsordenen. Den, der har bedt om mødet, får besked.",
        "Der er ikke planlagt et møde, som anmodningen kan drøftes på. Planlæg et møde i stedet.",
    ),
    "henvis": Ord(
        "Henvis anmodningen til et andet forum",
        "Det andet forum får anmodningen at se, og det er dem, der svarer, inden for en ny frist.",
        "Henvis anmodningen",
        "Anmodningen er henvist. Det andet forum og den, der har bedt om mødet, får besked.",
        "Der er ikke et andet forum, som den slags anmodninger kan drøftes i.",
    ),
    "afvis": Ord(
        "Afvis anmodningen",
        "Et afslag har altid en grund, som den, der har bedt om mødet, kan læse.",
        "Afvis anmodningen",
        "Anmodningen er afvist. Den, der har bedt om mødet, kan læse grunden.",
    ),
    "flet": Ord(
        "Saml anmodningen med en anden",
        "Handler to anmodninger om det samme, så saml dem. Begge, der har bedt om mødet, følger svaret.",
        "Saml anmodningerne",
        "Anmodningerne er samlet. Svar på den, der er tilbage.",
        "Der er ikke en anden ubesvaret anmodning i samme forum og på samme niveau.",
    ),
}


def _svar(
    request: HttpRequest, anmodning: Anmodning, form: Any, handling: Handler, hvordan: str, *, er_tom: bool = False
) -> HttpResponse:
    """Answer and go to the request; else the form, and why not: somebody else may have answered meanwhile."""
    overgang, status, tekster = Anmodningsovergang(hvordan), 200, ORD[hvordan]
    if request.method != "POST" and not kan(anmodning, overgang):
        messages.info(request, Anmodning.OVERGANGE[overgang].ellers)
        return redirect(anmodning)
    try:
        if gemt(form, handling):
            messages.success(request, tekster.besked)
            return _videre(request, anmodning)
    except IkkeMuligtError as fejl:
        form.tag_imod(ValidationError(str(fejl)))
        status = 409
    indhold = {"form": form, "ord": tekster, "er_tom": er_tom}
    return vis_anmodning(request, "anmodning_svar", anmodning, tekster.overskrift, status=status, **indhold)


def _videre(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    """To the request; once it is referred it is another forum's, and the list is what is left to see."""
    synlige = Anmodning.objects.synlige_for(request.user, Handling.SE_ANMODNING)
    return redirect(anmodning) if synlige.filter(pk=anmodning.pk).exists() else redirect("anmodninger")
