"""A year of meetings: the rhythm, every date with what speaks against it, the reservations; and changing the rest.

Everything travels in the form from page to page, and is asked again when it is saved.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.actions.serie import Serieoenske
from moeder.forms.serie import RetSerieForm, SerieForm
from moeder.models import Serie
from moeder.queries import aar, planlaegning
from moeder.queries import serie as opslag
from moeder.rytme import KADENCER, naeste_i_takten, standardperiode
from moeder.views.seriesider import NySerie, RetSerie
from moeder.views.side import indsendt, vis_i_forum
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.formater import antal
from samarbejde.permissions import Handling, maa
from samarbejde.skolekalender import skoleaar_navn
from samarbejde.views.behold import behold_teksten


@behold_teksten({"sted": "Sted", "uden_uger": "Uger uden møde"})
@kraever(Handling.PLANLAEG_MOEDE, Forum)
def ny_serie(request: HttpRequest, forum: Forum) -> HttpResponse:
    form = _serieform(request, forum)
    side = NySerie(request, forum, form)
    if not side.skal_vises():
        return _rytmen(request, forum, form)
    try:
        if "opret" in request.POST:
            return _opret(request, side.oensker())
    except ValidationError as fejl:
        form.tag_imod(fejl)
    return side.vis() if side.kan_vises() else _rytmen(request, forum, form)


def _serieform(request: HttpRequest, forum: Forum) -> SerieForm:
    andre = planlaegning.andre_fora(forum, request.user)
    kan_samles = forum.art == Forum.Art.RC and any(
        et.art == Forum.Art.PLC and et.enhed_id == forum.enhed_id for et in andre
    )
    forslag = _forslag(forum, kan_samles=kan_samles)
    return SerieForm(indsendt(request), initial=forslag, kan_samles=kan_samles, forum=forum, andre=andre)


def _opret(request: HttpRequest, oensker: list[Serieoenske]) -> HttpResponse:
    """All of them or none; of several none is more the result than the others."""
    serier = actions.opret_serier(oensker=oensker, af=request.user)
    hvor_mange = antal(sum(len(et.dage) for et in oensker), "kalenderreservation er", "kalenderreservationer er")
    fora = f" i {len(serier)} fora" if len(serier) > 1 else ""
    messages.success(request, f"{hvor_mange} oprettet{fora}. Indkald til hvert møde, når dagsordenen er klar.")
    return redirect(serier[0]) if len(serier) == 1 else redirect("moeder")


def _rytmen(request: HttpRequest, forum: Forum, form: SerieForm) -> HttpResponse:
    """Where the Ressourcecenter and the Læringscenter meet together, they are planned in the former (S60)."""
    overskrift = f"Planlæg et års møder i {forum.i_saetning}"
    holdes_samlet = False
    if forum.art == Forum.Art.PLC:
        rc = Forum.objects.select_related("lokale_regler").filter(enhed=forum.enhed_id, art=Forum.Art.RC)
        holdes_samlet = any(et.regler.holdes_samlet for et in rc)
    return vis_i_forum(request, "ny_serie", forum, overskrift, form=form, holdes_samlet=holdes_samlet)


def _forslag(forum: Forum, *, kan_samles: bool) -> dict[str, Any]:
    """What is agreed locally (S43); where they meet as needed, the month is a proposal."""
    regler = forum.regler
    fra, til_og_med = standardperiode(tid.i_dag())
    return {
        "noegle": uuid4(),
        "kadence": regler.kadence if regler.kadence in KADENCER else "maaned",
        "ugedag": regler.ugedag,
        "begynder": regler.begynder,
        "minutter": regler.minutter,
        "fra": fra,
        "til_og_med": til_og_med,
        "samlet": kan_samles and regler.holdes_samlet,
    }


@kraever(Handling.SE_MOEDE, Serie)
@require_safe
def serie(request: HttpRequest, serie: Serie) -> HttpResponse:
    """Its meetings: which are called, moved or cancelled, and the year as a picture."""
    sti = [("Møder", reverse("moeder")), (serie.navn, None)]
    indhold = {"serie": serie, "broedkrummer": sti, **opslag.serieside(serie)}
    indhold["aaret"] = aar.aaret(serie.skoleaar, indhold["moeder"])
    indhold["kan_flytte"] = maa(request.user, Handling.INDKALD, serie)
    return render(request, "moeder/serie.html", indhold)


@behold_teksten({"sted": "Sted", "uden_uger": "Uger uden møde"})
@kraever(Handling.INDKALD, Serie)
def ret_serie(request: HttpRequest, serie: Serie) -> HttpResponse:
    form = RetSerieForm(indsendt(request), initial=_nu(serie))
    side = RetSerie(request, serie, form)
    if not side.skal_vises():
        return side.rytmen()
    try:
        if "opret" in request.POST:
            actions.ret_serie(serie=serie, version=form.cleaned_data["version"], af=request.user, **side.oenske())
            messages.success(request, f"Møderækken for {skoleaar_navn(serie.skoleaar)} er rettet.")
            return redirect(serie)
    except ValidationError as fejl:
        form.tag_imod(fejl)
    return side.vis() if side.kan_vises() else side.rytmen()


def _nu(serie: Serie) -> dict[str, Any]:
    """From its next day, so that the beat is the one it has."""
    felter = ("version", "kadence", "ugedag", "til_og_med", "begynder", "minutter", "uden_uger", "sted", "link")
    fra = naeste_i_takten(serie.rytme, tid.i_dag() + timedelta(days=1))
    return {"fra": fra, **{felt: getattr(serie, felt) for felt in felter}}
