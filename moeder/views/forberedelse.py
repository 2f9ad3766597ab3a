"""Coming prepared (S42): the invitee's page, which is one form, and the view of it that the leaders have (S41)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.actions.bidrag import Ugemt
from moeder.forms.forberedelse import DIT, ForberedelsesForm, skrevne
from moeder.models import Deltager, Moede, Punkt
from moeder.queries import forberedelse
from moeder.views.side import gemt, indsendt, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import REGLER, Handling
from samarbejde.views.behold import behold_teksten

OVERSKRIFT = "Forbered dig til mødet"


def _skrevet(request: HttpRequest) -> list[tuple[str, str]]:
    return [(hvad, tekst) for _, hvad, tekst in skrevne(request.POST)]


@behold_teksten(_skrevet)
@kraever(Handling.GIV_BIDRAG, Moede)
def giv_bidrag(request: HttpRequest, moede: Moede) -> HttpResponse:
    """S42: everything that needs the person, and all they bring, in one save."""
    indhold = forberedelse.forberedelse(moede, request.user)
    filer = request.FILES if request.method == "POST" else None
    form = ForberedelsesForm(indsendt(request), filer, forberedelse=indhold)
    ugemte: list[Ugemt] = []
    if request.method != "POST" or not gemt(form, lambda _: ugemte.extend(_gem(moede, request, form))):
        return _vis(request, form)
    if ugemte or form.uden_punkt():
        return _ikke_gemt(request, form, ugemte)
    messages.success(request, "Din forberedelse er gemt.")
    return redirect("giv_bidrag", kode=moede.kode)


def _gem(moede: Moede, request: HttpRequest, form: ForberedelsesForm) -> list[Ugemt]:
    return actions.gem_forberedelse(
        moede=moede, af=request.user, bidrag=form.bidrag(), filer=form.filer(), forberedt=form.forberedt()
    )


def _vis(request: HttpRequest, form: ForberedelsesForm) -> HttpResponse:
    indhold = form.forberedelse
    return vis(
        request,
        "forbered",
        indhold.moede,
        OVERSKRIFT,
        form=form,
        indhold=indhold,
        til_dig=[form.til(blok) for blok in indhold.til_dig],
        oevrige=[form.til(blok) for blok in indhold.oevrige],
        uden_punkt=form.uden_punkt(),
        regel=REGLER[Handling.GIV_BIDRAG],
    )


def _ikke_gemt(request: HttpRequest, form: ForberedelsesForm, ugemte: list[Ugemt]) -> HttpResponse:
    """Both texts where there is a choice; the text alone where there is none. Everything else is saved."""
    indhold = form.forberedelse
    saetning = indhold.hindring or forberedelse.IKKE_TIL_AT_SKRIVE_TIL
    rester = [{"ugemt": et, "hvad": DIT.get(et.art, "Fil"), "felter": _felter(et)} for et in ugemte]
    return vis(
        request,
        "forbered_konflikt",
        indhold.moede,
        "Ikke gemt",
        krummer=((OVERSKRIFT, request.path),),
        status=409,
        rester=rester,
        kan_vaelges=any(rest["felter"] for rest in rester),
        uden_punkt=form.uden_punkt(),
        saetning=saetning,
    )


def _felter(ugemt: Ugemt) -> list[tuple[str, Any]]:
    """What to send again to let one's own text stand, now against what was just shown."""
    if ugemt.gemt is None:
        return []
    navn = f"bidrag_{ugemt.punkt.pk}_{ugemt.art}"
    return [(navn, ugemt.tekst), (f"{navn}_version", ugemt.version)]


@kraever(Handling.INDKALD, Moede)
@require_safe
def forberedelsen(request: HttpRequest, moede: Moede) -> HttpResponse:
    """S41: who is prepared, what is brought to each item, and which professions have said nothing yet."""
    punkter = Punkt.objects.filter(moede=moede).order_by("plads", "pk")
    deltagere = Deltager.objects.filter(moede=moede).select_related("person", "enhed")
    overblik = forberedelse.overblik(moede, punkter, deltagere)
    adresse = reverse("giv_bidrag", args=[moede.kode])
    return vis(request, "forberedelse", moede, "Forberedelsen", overblik=overblik, bidrag_adresse=adresse)
