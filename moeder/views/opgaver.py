"""Tasks: the list, one of them, giving one and following it up (D22, S30)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.forms.referat import OpfoelgningForm, OpgaveForm
from moeder.models import Moede, Opgave
from moeder.queries.opgaver import Ansvarlig, mulige_ansvarlige, opgaveliste
from moeder.states import REFERATET_SKRIVES
from moeder.views.side import adresse, gemt, indsendt, vis
from ressourcecenter.views.side import sammenlign
from samarbejde.adgang import for_alle_indloggede, kraever
from samarbejde.models import Person
from samarbejde.permissions import Handling, maa
from samarbejde.tilstande import KonfliktError
from samarbejde.views.behold import behold_teksten

SKREVET = {"tekst": "Opgaven", "note": "Hvordan går det?"}


@require_safe
@for_alle_indloggede
def opgaver(request: HttpRequest) -> HttpResponse:
    krummer = [("Møder", reverse("moeder")), ("Opgaver", None)]
    return render(request, "moeder/opgaver.html", {**opgaveliste(request.user, request.GET), "broedkrummer": krummer})


@require_safe
@kraever(Handling.SE_OPGAVE, Opgave)
def opgave(request: HttpRequest, opgave: Opgave) -> HttpResponse:
    kan_foelge_op = maa(request.user, Handling.FOELG_OP, opgave)
    historie = opgave.opfoelgninger.select_related("af", "moede__forum")
    indhold = {"opgave": opgave, "kan_foelge_op": kan_foelge_op, "historie": historie}
    return vis(request, "opgave", opgave.punkt.moede, "Opgave", **indhold)


@behold_teksten(SKREVET)
@kraever(Handling.SKRIV_REFERAT, Moede)
def opret_opgave(request: HttpRequest, moede: Moede) -> HttpResponse:
    punkt = moede.punkter.select_related("forum__enhed").filter(noegle=adresse(request)["punkt"]).first()
    if punkt is None:
        raise Http404
    mulige = mulige_ansvarlige(punkt)
    form = OpgaveForm(indsendt(request), ansvarlige=mulige)

    def gem(felter: dict[str, Any]) -> None:
        felter["ansvarlig"] = _person(mulige, felter["ansvarlig"])
        actions.opret_opgave(moede=moede, punkt=punkt.noegle, af=request.user, **felter)

    if gemt(form, gem):
        messages.success(request, "Opgaven er gemt. Den ansvarlige får besked.")
        return redirect(f"{moede.get_absolute_url()}referat/#punkt-{punkt.noegle}")
    return vis(request, "opret_opgave", moede, "Tilføj opgave", form=form, punkt=punkt)


def _person(mulige: list[Ansvarlig], pk: int) -> Person:
    return next(en.person for en in mulige if en.person.pk == pk)


@behold_teksten(SKREVET)
@kraever(Handling.FOELG_OP, Opgave)
def foelg_op(request: HttpRequest, opgave: Opgave) -> HttpResponse:
    mulige = _mulige(opgave)
    form = _form(request, opgave, mulige)
    try:
        if gemt(form, lambda felter: _foelg_op(request, opgave, mulige, felter)):
            messages.success(request, "Opfølgningen er gemt.")
            return redirect(_tilbage(request, opgave))
    except KonfliktError as konflikt:
        nu = {"udfald": "", "note": "", **(konflikt.nu or {})}
        nu["ansvarlig"] = nu["ansvarlig"].pk
        sammenlignet = sammenlign(request, form, nu, konflikt)
        return vis(request, "konflikt", opgave.punkt.moede, "Følg op på opgaven", status=409, **sammenlignet)
    return vis(request, "foelg_op", opgave.punkt.moede, "Følg op på opgaven", form=form, opgave=opgave)


def _mulige(opgave: Opgave) -> list[Ansvarlig]:
    """The one who answers for it now stays a choice, also after leaving the meeting's list."""
    mulige = mulige_ansvarlige(opgave.punkt)
    if all(en.person.pk != opgave.ansvarlig_id for en in mulige):
        mulige.append(Ansvarlig(opgave.ansvarlig, opgave.enhed_id, str(opgave.enhed or "")))
    return mulige


def _form(request: HttpRequest, opgave: Opgave, mulige: list[Ansvarlig]) -> OpfoelgningForm:
    felter = {"tekst": opgave.tekst, "frist": opgave.frist, "ansvarlig": opgave.ansvarlig_id, "version": opgave.version}
    valg = [(en.person.pk, f"{en.person}, {en.om}") for en in mulige]
    return OpfoelgningForm(indsendt(request), initial=felter, valg=valg)


def _foelg_op(request: HttpRequest, opgave: Opgave, mulige: list[Ansvarlig], felter: dict[str, Any]) -> None:
    nyt = {"tekst": felter["tekst"], "frist": felter["frist"], "ansvarlig": _person(mulige, felter["ansvarlig"])}
    hvordan = {navn: felter[navn] for navn in ("udfald", "note", "version")}
    actions.foelg_op(opgave=opgave, nyt=nyt, moede=_paa_moedet(request), af=request.user, **hvordan)


def _paa_moedet(request: HttpRequest) -> Moede | None:
    """The meeting that is going on, when one came from its page and may write there."""
    moeder = Moede.objects.synlige_for(request.user, Handling.SKRIV_REFERAT).filter(tilstand__in=REFERATET_SKRIVES)
    return moeder.filter(kode=request.GET.get("moede", "")).first()


def _tilbage(request: HttpRequest, opgave: Opgave) -> str:
    moede = _paa_moedet(request)
    return f"{moede.get_absolute_url()}referat/#opgaver" if moede else opgave.get_absolute_url()
