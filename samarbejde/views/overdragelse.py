"""Ending a role and handing it over: what hangs on it, the form, and the page for leaver and successor (S54, S55)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from samarbejde import overdragelser
from samarbejde.actions import haengende
from samarbejde.actions_overdragelse import overdrag
from samarbejde.adgang import for_alle_indloggede, kraever_ret_til_rollen
from samarbejde.formater import periode
from samarbejde.models import Enhed, Overdragelse, Rolletildeling
from samarbejde.models.overdragelse import grupper
from samarbejde.overdragelsesform import AfslutForm
from samarbejde.permissions import Handling
from samarbejde.tilstande import IkkeMuligtError
from samarbejde.views.behold import behold_teksten
from samarbejde.views.pdf import server_pdf


@behold_teksten({"note": "Note til den, der tager over"})
@kraever_ret_til_rollen
def afslut_rolle(request: HttpRequest, tildeling: Rolletildeling) -> HttpResponse:
    if request.method != "POST":
        return _er_slut(request, tildeling) or _afslutside(request, tildeling, AfslutForm(tildeling=tildeling))
    form = AfslutForm(request.POST, tildeling=tildeling)
    if not form.is_valid():
        return _afslutside(request, tildeling, form)
    try:
        gjort = overdrag(tildeling=tildeling, af=request.user, **form.felter())
    except IkkeMuligtError as fejl:
        return _aendret_imens(request, tildeling, form, str(fejl))
    except ValidationError as fejl:
        form.tag_imod(fejl)
        return _afslutside(request, tildeling, form)
    messages.success(
        request, f"Rollen er afsluttet: {periode(gjort.gyldig_fra, gjort.gyldig_til)}. Overdragelsen er gemt."
    )
    return redirect(gjort)


def _er_slut(request: HttpRequest, tildeling: Rolletildeling) -> HttpResponse | None:
    """Opened too late: to the hand-over that was made, or to the unit, with the reason."""
    if not overdragelser.allerede_slut(tildeling):
        return None
    hvornaar = periode(tildeling.gyldig_fra, tildeling.gyldig_til)
    messages.info(request, f"Rollen er allerede slut: den gjaldt {hvornaar}.")
    gjort = Overdragelse.objects.for_person(request.user).filter(tildeling=tildeling).defer("pdf").first()
    return redirect(gjort or tildeling.enhed)


def _aendret_imens(request: HttpRequest, tildeling: Rolletildeling, form: AfslutForm, saetning: str) -> HttpResponse:
    """The note stays, beside the role as it is now."""
    form.add_error(None, saetning)
    form.vis_som_nu()
    return _afslutside(request, tildeling, form, status=409)


def _afslutside(request: HttpRequest, tildeling: Rolletildeling, form: AfslutForm, status: int = 200) -> HttpResponse:
    linjer = overdragelser.som_linjer(haengende(tildeling, form.gyldig_til))
    indhold = {
        "tildeling": tildeling,
        "form": form,
        "grupper": grupper(overdragelser.med_adresser(linjer, request.user)),
        "er_slut": overdragelser.allerede_slut(tildeling),
        "er_sidste_leder": overdragelser.er_sidste_leder(tildeling, form.gyldig_til),
        "rod": tildeling.enhed.get_absolute_url(),
        "broedkrummer": [(tildeling.enhed.navn, tildeling.enhed.get_absolute_url()), ("Afslut rollen", None)],
    }
    return render(request, "samarbejde/afslut_rolle.html", indhold, status=status)


@for_alle_indloggede
@require_safe
def overdragelse(request: HttpRequest, pk: int) -> HttpResponse:
    fundet = _find(request, pk)
    linjer = overdragelser.med_adresser(fundet.linjer, request.user)
    tildeling = fundet.tildeling
    kan_aabne = Enhed.objects.synlige_for(request.user, Handling.SE_ENHED).filter(pk=tildeling.content_object_id)
    indhold = {
        "overdragelse": fundet,
        "tildeling": tildeling,
        "grupper": grupper(linjer),
        "enhed_adresse": tildeling.enhed.get_absolute_url() if kan_aabne.exists() else "",
        "broedkrummer": [("Overdragelse", None)],
    }
    return render(request, "samarbejde/overdragelse.html", indhold)


@for_alle_indloggede
@require_safe
def overdragelse_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Stored bytes, made once in the worker, never rendered here; the name says nothing about anybody."""
    fundet = _find(request, pk)
    if fundet.tilstand == Overdragelse.Tilstand.KLAR:
        return server_pdf(request, fundet, f"overdragelse-{fundet.tildeling.enhed.slug}-{fundet.gyldig_til}.pdf")
    return _vent(request, fundet)


def _vent(request: HttpRequest, fundet: Overdragelse) -> HttpResponse:
    """A page that says so; while it is being made it looks again by itself, without a script."""
    er_bestilt = fundet.tilstand == Overdragelse.Tilstand.BESTILT
    indhold = {"overdragelse": fundet, "broedkrummer": [(str(fundet), fundet.get_absolute_url()), ("PDF", None)]}
    response = render(request, "samarbejde/overdragelse_vent.html", indhold, status=202 if er_bestilt else 404)
    if er_bestilt:
        response["Refresh"] = "5"
    return response


def _find(request: HttpRequest, pk: int) -> Overdragelse:
    fundet = overdragelser.find(pk, request.user)
    if fundet is None:
        raise Http404
    return fundet
