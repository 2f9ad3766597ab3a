"""Resource persons (S31): attach somebody to one or more forums of a unit, and end it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from ressourcecenter import actions, queries
from ressourcecenter.forms import RessourcepersonForm, SlutForm
from ressourcecenter.models import Forum, Ressourceperson
from ressourcecenter.views.side import adresse, gemt, indsendt, vis
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.models import Person
from samarbejde.permissions import Handling
from samarbejde.tid import fra_til_og_med


@kraever(Handling.TILKNYT_RESSOURCEPERSON, Forum)
def tilknyt_ressourceperson(request: HttpRequest, forum: Forum) -> HttpResponse:
    fora = [et for et in queries.fora_ved(forum, request.user) if et.kan_tilknytte]
    form = RessourcepersonForm(indsendt(request), grupper=queries.mulige_ressourcepersoner(forum), fora=fora)
    try:
        if gemt(form, lambda felter: _tilknyt(request, fora, felter)):
            messages.success(request, "Ressourcepersonen er tilknyttet og får besked.")
            return redirect(forum)
    except actions.FraAndetOmraadeError as advarsel:
        form.bed_om_bekraeftelse(advarsel.saetning)
    return vis(request, "tilknyt_ressourceperson", forum, "Tilknyt ressourceperson", form=form)


def _tilknyt(request: HttpRequest, fora: list[Forum], felter: dict[str, Any]) -> None:
    hvordan = {
        "fora": [et for et in fora if et.pk in felter["fora"]],
        "faglighed": felter["faglighed"],
        "gyldig_fra": felter["fra"],
        "gyldig_til": fra_til_og_med(felter["til_og_med"]),
        "ogsaa_udefra": felter["ogsaa_udefra"],
        "af": request.user,
    }
    if felter["person"]:
        actions.tilknyt_ressourceperson(person=Person.objects.get(pk=felter["person"]), **hvordan)
    else:
        udloeber = fra_til_og_med(felter["udloeber_den"])
        actions.tilknyt_udefra(email=felter["email"], navn=felter["navn"], udloeber_den=udloeber, **hvordan)


@kraever(Handling.TILKNYT_RESSOURCEPERSON, Forum)
def afslut_ressourceperson(request: HttpRequest, forum: Forum) -> HttpResponse:
    egne = Ressourceperson.objects.filter(forum__enhed=forum.enhed_id).ikke_annulleret()
    fundet = egne.select_related("person", "forum__enhed", "faglighed").filter(pk=adresse(request)["pk"]).first()
    if fundet is None:
        raise Http404
    form = SlutForm(indsendt(request), initial={"til_og_med": tid.i_dag()})

    def afslut(felter: dict[str, Any]) -> None:
        sidste, i_dag = felter["til_og_med"], tid.i_dag()
        slut = fra_til_og_med(sidste) if sidste > i_dag else i_dag  # S54: ending today ends now
        actions.afslut_ressourceperson(ressourceperson=fundet, gyldig_til=slut, af=request.user)
        messages.success(request, f"Tilknytningen af {fundet.person} er afsluttet.")

    if gemt(form, afslut):
        return redirect(forum)
    return vis(request, "afslut_ressourceperson", forum, f"Afslut {fundet.person}", form=form, ressourceperson=fundet)
