"""Asking for a meeting in three steps (S2, S39): where, what, sent; then its page, and the list."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from moeder import actions
from moeder.forms.anmodning import HJAELP, AnmodForm
from moeder.models import Anmodning
from moeder.queries import anmodninger as queries
from moeder.queries import anmodningsforum
from moeder.views.side import gemt, indsendt, vis_anmodning
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.adgang import for_alle_indloggede, kraever
from samarbejde.formater import dato
from samarbejde.kilder import KILDER
from samarbejde.permissions import Handling
from samarbejde.views.behold import behold_teksten

SKREVET = {
    "hvad": "Hvad handler det om?",
    "gruppe": "På vegne af",
    "arbejder_ogsaa": "Hvem arbejder også med det?",
    "styrker": "Styrker og ressourcer",
    "proevet": "Hvad er prøvet, og hvordan gik det?",
    "spoergsmaal": "Hvad ønsker I drøftet?",
    "metode": "Forslag til en ændret pædagogik eller metode",
}
assert SKREVET.keys() >= HJAELP.keys() - {"haster"}  # noqa: S101 - nothing that is typed is left out


@for_alle_indloggede
@require_safe
def anmod(request: HttpRequest) -> HttpResponse:
    """Which school or team; left out when there is only one. The Ressourcecenter stands first (S20)."""
    steder = anmodningsforum.mulige_steder(request.user)
    private = list(anmodningsforum.private_skoler(request.user))
    if len(steder) == 1 and not private:
        foerste = steder[0].fora[0]
        return redirect("anmod_om_moede", foerste.enhed.slug, foerste.art)
    krummer = [("Anmodninger", reverse("anmodninger")), ("Bed om et møde", None)]
    indhold = {"steder": steder, "private": private, "kilder": KILDER, "broedkrummer": krummer}
    return render(request, "moeder/anmod.html", indhold)


@behold_teksten(SKREVET)
@kraever(Handling.ANMOD_OM_MOEDE, Forum)
def anmod_om_moede(request: HttpRequest, forum: Forum) -> HttpResponse:
    enheder = anmodningsforum.enheder_at_bede_for(forum, request.user)
    form = AnmodForm(indsendt(request), request.FILES or None, forum=forum, enheder=enheder)
    lavet: list[Anmodning] = []

    def send(felter: dict[str, Any]) -> None:
        lavet.append(actions.anmod_om_moede(forum=forum, af=request.user, **form.felter()))

    if gemt(form, send):
        messages.success(request, f"Anmodningen er sendt. Du får svar senest {dato(lavet[0].frist)}.")
        return redirect(lavet[0])
    return render(request, "moeder/anmod_om_moede.html", _formularside(request, forum, form))


def _formularside(request: HttpRequest, forum: Forum, form: AnmodForm) -> dict[str, Any]:
    i_dag = tid.i_dag()
    andre = Forum.objects.synlige_for(request.user, Handling.ANMOD_OM_MOEDE).filter(enhed=forum.enhed_id)
    return {
        "forum": forum,
        "form": form,
        "frist": anmodningsforum.frist_for(forum, i_dag, haster=False),
        "hastefrist": anmodningsforum.frist_for(forum, i_dag, haster=True),
        "andre": andre.exclude(pk=forum.pk).select_related("enhed"),
        "rod": reverse("anmodninger"),
        "kilder": KILDER,
        "broedkrummer": [("Anmodninger", reverse("anmodninger")), ("Bed om et møde", None)],
    }


@for_alle_indloggede
@require_safe
def anmodninger(request: HttpRequest) -> HttpResponse:
    """Mine, and those I must answer."""
    return render(request, "moeder/anmodninger.html", queries.anmodningsliste(request.user, request.GET))


@kraever(Handling.SE_ANMODNING, Anmodning)
@require_safe
def anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    """Status, clock and answer for the one who asks; the choices for the one who answers."""
    krummer = [("Anmodninger", reverse("anmodninger")), (anmodning.overskrift, None)]
    indhold = {"anmodning": anmodning, "broedkrummer": krummer, **queries.anmodningsside(anmodning, request.user)}
    return render(request, "moeder/anmodning.html", indhold)


@kraever(Handling.EGEN_ANMODNING, Anmodning)
def traek_anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    if request.method != "POST":
        return vis_anmodning(request, "traek_anmodning", anmodning, "Træk anmodningen tilbage")
    actions.traek_anmodning(anmodning=anmodning, af=request.user)
    messages.success(request, "Anmodningen er trukket tilbage.")
    return redirect(anmodning)


@kraever(Handling.EGEN_ANMODNING, Anmodning)
def forelaeg_anmodning(request: HttpRequest, anmodning: Anmodning) -> HttpResponse:
    if request.method != "POST":
        return vis_anmodning(request, "forelaeg_anmodning", anmodning, "Forelæg afslaget for lederen")
    forelagt = actions.forelaeg_anmodning(anmodning=anmodning, af=request.user)
    messages.success(request, f"Afslaget er forelagt lederen, som svarer dig senest {dato(forelagt.frist)}.")
    return redirect(anmodning)
