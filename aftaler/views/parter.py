"""Who the agreement is between: proposed from the register when it is started, chosen by the tovholder later; the
tovholder school is changed by forvaltning.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from aftaler import actions, queries
from aftaler.aarshjul import aabne_skoleaar
from aftaler.models import Aftale
from aftaler.partsforms import PartsForm, TovholderForm
from aftaler.states import Overgang
from aftaler.views.side import adresse, behold_teksten, indsendt, kan_ikke, vis
from aftaler.views.trin import trin_foer_aftalen
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.formater import opremsning
from samarbejde.models import Enhed, Skoledistrikt
from samarbejde.permissions import Handling
from samarbejde.skolekalender import skoleaar_navn
from samarbejde.tilstande import IkkeMuligtError

GRUPPER = {
    "Skoler": {Enhed.Art.SKOLE},
    "Fritidsinstitutioner og fritidscentre": {Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER},
    "0-6 års institutioner": {Enhed.Art.DAGINSTITUTION},
}


@behold_teksten
@kraever(Handling.OPRET_AFTALE, Skoledistrikt)
def opret_aftale(request: HttpRequest, distrikt: Skoledistrikt) -> HttpResponse:
    """Start the year's agreement with the parties the register proposes; when there is one, go to it (S7)."""
    aar = adresse(request)["aar"]
    if findes := queries.levende_aftale(distrikt, aar):
        return _findes(request, findes)
    enheder = queries.mulige_parter(distrikt)
    form = _form(request, distrikt, enheder, {enhed.pk for enhed in enheder}, None)
    form.tilbyd_samlet([])  # all are chosen to begin with
    form.tilbyd(queries.sidste_aars(distrikt, aar, request.user))
    if form.is_valid():
        try:
            aftale = actions.opret_aftale(distrikt=distrikt, skoleaar=aar, af=request.user, **_valg(form, enheder))
        except actions.FindesAlleredeError as fejl:
            return _findes(request, fejl.aftale)
        except ValidationError as fejl:
            form.tag_imod(fejl)
        else:
            messages.success(request, "Aftalen er oprettet som kladde. Parternes ledere får besked.")
            return redirect(aftale)
    return _opretside(request, distrikt, aar, form)


def _findes(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    messages.info(request, f"Der findes allerede en aftale for {aftale}. Her er den.")
    return redirect(aftale)


def _opretside(request: HttpRequest, distrikt: Skoledistrikt, aar: int, form: PartsForm) -> HttpResponse:
    aabne = aabne_skoleaar(tid.i_dag())
    overskrift = f"Opret aftalen for {skoleaar_navn(aar)}"
    indhold = {
        "distrikt": distrikt,
        "form": form,
        "trin": trin_foer_aftalen(),
        "overskrift": overskrift,
        "broedkrummer": [("Aftaler", reverse("aftaler")), (overskrift, None)],
        "lukket": "" if aar in aabne else opremsning([skoleaar_navn(et) for et in aabne]),
        "aabent_aar": aabne[-1],
    }
    return render(request, "aftaler/opret.html", indhold)


@behold_teksten
@kraever(Handling.VAELG_PARTER, Aftale)
def vaelg_parter(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    nuvaerende = {part.enhed_id: part for part in aftale.parterne}
    enheder = queries.mulige_parter(aftale.distrikt)
    kendte = {enhed.pk for enhed in enheder}
    enheder += [part.enhed for pk, part in nuvaerende.items() if pk not in kendte]
    form = _form(request, aftale.distrikt, enheder, set(nuvaerende), aftale.tovholder_id)
    form.tilbyd(None)
    form.tilbyd_samlet(queries.samlede_grupper([enhed for enhed in enheder if enhed.pk not in nuvaerende]))
    del form.fields["tovholder"]  # named when the agreement is started, and changed by forvaltning only
    if svar := kan_ikke(request, aftale, Overgang.RET):
        return svar
    if form.is_valid():
        grunde = {pk: part.begrundelse for pk, part in nuvaerende.items()}
        try:
            actions.vaelg_parter(aftale=aftale, af=request.user, **_valg(form, enheder, grunde))
            messages.success(request, "Parterne er gemt.")
            return redirect(aftale)
        except (ValidationError, IkkeMuligtError) as fejl:
            form.tag_imod(fejl if isinstance(fejl, ValidationError) else ValidationError(str(fejl)))
    return vis(request, "parter", aftale, "Vælg parter", form=form)


@kraever(Handling.SKIFT_TOVHOLDER, Aftale)
def skift_tovholder(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """Forvaltning names another school of the agreement (D1)."""
    skoler = queries.mulige_tovholdere(aftale)
    form = TovholderForm(indsendt(request), initial={"tovholder": aftale.tovholder_id}, skoler=skoler)
    if form.is_valid():
        try:
            actions.skift_tovholder(aftale=aftale, af=request.user, tovholder=form.felter())
            messages.success(request, f"{form.felter()} er tovholder. Parternes ledere får besked.")
            return redirect(aftale)
        except (ValidationError, IkkeMuligtError) as fejl:
            form.tag_imod(fejl if isinstance(fejl, ValidationError) else ValidationError(str(fejl)))
    return vis(request, "skift_tovholder", aftale, "Udpeg en anden tovholder", form=form)


def _form(
    request: HttpRequest, distrikt: Skoledistrikt, enheder: list[Enhed], valgte: set[int], tovholder: int | None
) -> PartsForm:
    skoler = queries.folkeskoler(enheder)
    if tovholder is None and len(skoler) == 1:
        tovholder = skoler[0].pk
    return PartsForm(
        indsendt(request),
        initial={"parter": sorted(valgte), "tovholder": tovholder},
        grupper=[(navn, _grupper(enheder, arter)) for navn, arter in GRUPPER.items() if _grupper(enheder, arter)],
        skoler=skoler,
        udenfor=[enhed for enhed in queries.mulige_udefra(distrikt) if enhed.pk not in valgte],
    )


def _grupper(enheder: list[Enhed], arter: set[Any]) -> list[tuple[int, str]]:
    return [
        (enhed.pk, f"{enhed.navn} (privat)" if enhed.er_privat else enhed.navn)
        for enhed in enheder
        if enhed.art in arter
    ]


def _valg(form: PartsForm, enheder: list[Enhed], grunde: dict[int, str] | None = None) -> dict[str, Any]:
    """What the action takes: the chosen units, the one from outside with its reason, and at the start the tovholder
    and the text to begin with.
    """
    efter_pk = {enhed.pk: enhed for enhed in enheder}
    felter = form.cleaned_data
    parter = [actions.Partsvalg(efter_pk[pk], (grunde or {}).get(pk, "")) for pk in felter["parter"]]
    if felter["udenfor"]:
        parter.append(actions.Partsvalg(Enhed.objects.get(pk=felter["udenfor"]), felter["begrundelse"]))
    if "tovholder" not in felter:
        return {"parter": parter}
    return {"tovholder": efter_pk[felter["tovholder"]], "parter": parter, "fra": form.fra}
