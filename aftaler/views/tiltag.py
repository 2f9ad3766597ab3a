"""Proposed tiltag: those who proposed them see their own and the answer, the parties' leaders see and answer all."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from aftaler import actions
from aftaler.forms import GrundForm
from aftaler.models import Aftale
from aftaler.sammenforms import TiltagForm
from aftaler.samskrivning import Forslagsovergang, Tiltagsforslag
from aftaler.samtale import delmaalene, forslagene
from aftaler.states import LEVENDE, Overgang
from aftaler.views.side import behold_teksten, indsendt, kan_ikke, under, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling, maa
from samarbejde.tilstande import IkkeMuligtError, kan

INGEN_DELMAAL = "Kladden har ingen delmål endnu, så der er ikke noget at foreslå et tiltag under. Prøv igen senere."


@require_safe
@kraever(Handling.LAES_KLADDE, Aftale)
def tiltagsforslag(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    kan_svare = maa(request.user, Handling.SKRIV_AFTALE, aftale)
    indhold: dict[str, Any] = {
        "forslag": forslagene(aftale, None if kan_svare else request.user),
        "kan_svare": kan_svare,
        "er_kladde": kan(aftale, Overgang.RET),
        "er_aaben": aftale.tilstand in LEVENDE,
        "kan_foreslaa": kan_foreslaa(aftale, request.user),
    }
    return vis(request, "tiltagsforslag", aftale, "Forslag til tiltag", **indhold)


@behold_teksten
@kraever(Handling.FORESLAA_TILTAG, Aftale)
def foreslaa_tiltag(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    if ikke_nu := kan_ikke(request, aftale, Overgang.RET):
        return ikke_nu
    delmaal = delmaalene(aftale)
    if not delmaal and request.method != "POST":
        messages.info(request, INGEN_DELMAAL)
        return redirect(under(aftale, "tiltagsforslag"))
    form = TiltagForm(indsendt(request), initial={"noegle": uuid4()}, delmaal=delmaal)
    svar = _gem(request, aftale, form) if form.is_valid() else None
    krummer = (("Forslag til tiltag", under(aftale, "tiltagsforslag")),)
    status = 409 if form.non_field_errors() else 200
    return svar or vis(
        request, "foreslaa_tiltag", aftale, "Foreslå et tiltag", krummer=krummer, status=status, form=form
    )


def _gem(request: HttpRequest, aftale: Aftale, form: TiltagForm) -> HttpResponse | None:
    """None when what was written must be shown again with the refusal."""
    try:
        nyt = actions.foreslaa_tiltag(aftale=aftale, af=request.user, **form.cleaned_data)
    except (ValidationError, IkkeMuligtError) as fejl:
        form.tag_imod(fejl if isinstance(fejl, ValidationError) else ValidationError(str(fejl)))
        return None
    messages.success(request, "Forslaget er sendt. Du får en mail, når en af parternes ledere har svaret.")
    return redirect(nyt)


@require_POST
@kraever(Handling.SKRIV_AFTALE, Tiltagsforslag)
def tag_tiltag_med(request: HttpRequest, forslag: Tiltagsforslag) -> HttpResponse:
    """On to the activity itself, where those responsible, the period and the sign are written."""
    tiltag = actions.tag_tiltag_med(forslag=forslag, af=request.user)
    forslag.refresh_from_db(fields=["svar_af"])
    hvem = "" if forslag.svar_af == request.user else f"{forslag.svar_af.navn} har allerede taget det med."
    messages.success(request, hvem or "Tiltaget er taget med. Skriv nu, hvem der er ansvarlig, og hvornår det sker.")
    noegler = (tiltag.delmaal.maal.noegle, tiltag.delmaal.noegle, tiltag.noegle)
    return redirect(under(forslag.aftale, "skriv_aktivitet", *noegler))


@behold_teksten
@kraever(Handling.SKRIV_AFTALE, Tiltagsforslag)
def afvis_tiltag(request: HttpRequest, forslag: Tiltagsforslag) -> HttpResponse:
    """The reason is the proposer's to read; one that was answered meanwhile gives the words back with why."""
    aftale, liste = forslag.aftale, under(forslag.aftale, "tiltagsforslag")
    if request.method != "POST" and not kan(forslag, Forslagsovergang.AFVIS):
        messages.info(request, forslag.OVERGANGE[Forslagsovergang.AFVIS].ellers)
        return redirect(forslag)
    hjaelp = f"{forslag.af.navn} og parternes ledere kan læse grunden."
    form = GrundForm(indsendt(request), spoergsmaal="Hvorfor kommer tiltaget ikke med?", hjaelp=hjaelp)
    svar = _afvis(request, forslag, form) if form.is_valid() else None
    krummer = (("Forslag til tiltag", liste),)
    status = 409 if form.non_field_errors() else 200
    indhold: dict[str, Any] = {"form": form, "forslag": forslag, "tilbage": liste}
    return svar or vis(request, "afvis_tiltag", aftale, "Afvis forslaget", krummer=krummer, status=status, **indhold)


def _afvis(request: HttpRequest, forslag: Tiltagsforslag, form: GrundForm) -> HttpResponse | None:
    try:
        actions.afvis_tiltag(forslag=forslag, af=request.user, grund=form.cleaned_data["grund"])
    except IkkeMuligtError as fejl:
        form.add_error(None, str(fejl))
        return None
    messages.success(request, f"Forslaget er besvaret. {forslag.af.navn} får en mail.")
    return redirect(forslag)


def kan_foreslaa(aftale: Aftale, person: Any) -> bool:
    return kan(aftale, Overgang.RET) and maa(person, Handling.FORESLAA_TILTAG, aftale)
