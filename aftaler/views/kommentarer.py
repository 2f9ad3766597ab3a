"""Comments beside the draft: on a page of their own, so that the agreement itself stays the text."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from aftaler import actions
from aftaler.actions.kommentarer import LUKKET
from aftaler.models import Aftale
from aftaler.sammenforms import KommentarForm
from aftaler.samskrivning import Kommentar
from aftaler.samtale import SLETTET, aabne_pr_sted, naevnelige, samtalen, steder, ventende_forslag
from aftaler.states import LEVENDE, UDKAST
from aftaler.views.side import behold_teksten, indsendt, under, vis
from aftaler.views.tiltag import kan_foreslaa
from samarbejde.adgang import kraever
from samarbejde.models import Person
from samarbejde.permissions import Handling, maa
from samarbejde.tilstande import IkkeMuligtError


@require_safe
@kraever(Handling.LAES_KLADDE, Aftale)
def kommentarer(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """What is said about each text and goal: open first, the resolved folded away (never gone)."""
    alle = samtalen(aftale, request.user, actions.AFSNIT)
    indhold: dict[str, Any] = {
        "steder": alle,
        "antal_aabne": sum(len(sted.aabne) for sted in alle),
        "er_aaben": aftale.tilstand in LEVENDE,
        "kan_skrive": kan_skrive(aftale, request.user),
    }
    return vis(request, "kommentarer", aftale, "Kommentarer", **indhold)


@behold_teksten
@kraever(Handling.KOMMENTER, Aftale)
def kommenter(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """Writing one; `?om=` is the place it was opened from."""
    if request.method != "POST" and aftale.tilstand not in LEVENDE:
        messages.info(request, LUKKET)
        return redirect(under(aftale, "kommentarer"))
    form = KommentarForm(
        indsendt(request),
        initial={"noegle": uuid4(), "sted": request.GET.get("om", "")},
        steder=steder(aftale, actions.AFSNIT),
        personer=naevnelige(aftale, undtagen=request.user),
    )
    svar = _gem(request, aftale, form) if form.is_valid() else None
    krummer = (("Kommentarer", under(aftale, "kommentarer")),)
    status = 409 if form.non_field_errors() else 200
    overskrift = "Skriv en kommentar"
    return svar or vis(request, "kommenter", aftale, overskrift, krummer=krummer, status=status, form=form)


def _gem(request: HttpRequest, aftale: Aftale, form: KommentarForm) -> HttpResponse | None:
    """None when what was written must be shown again with the refusal."""
    felter = {**form.cleaned_data}
    felter["naevnte"] = list(Person.objects.filter(pk__in=felter["naevnte"]))
    try:
        ny = actions.kommenter(aftale=aftale, af=request.user, **felter)
    except ValidationError as fejl:
        form.tag_imod(fejl)
        return None
    except IkkeMuligtError as lukket:
        form.tag_imod(ValidationError(str(lukket)))
        return None
    messages.success(request, "Kommentaren er gemt.")
    return redirect(ny)


@require_POST
@kraever(Handling.LOES_KOMMENTAR, Kommentar)
def loes_kommentar(request: HttpRequest, kommentar: Kommentar) -> HttpResponse:
    actions.loes_kommentar(kommentar=kommentar, af=request.user)
    messages.success(request, "Kommentaren er løst. Den kan stadig læses.")
    return redirect(f"{under(kommentar.aftale, 'kommentarer')}#sted-{kommentar.sted}")


@require_POST
@kraever(Handling.LOES_KOMMENTAR, Kommentar)
def genaabn_kommentar(request: HttpRequest, kommentar: Kommentar) -> HttpResponse:
    actions.genaabn_kommentar(kommentar=kommentar, af=request.user)
    messages.success(request, "Kommentaren er åben igen.")
    return redirect(kommentar)


# --- on the agreement's page -------------------------------------------------------------------------------------
def kan_skrive(aftale: Aftale, person: Person) -> bool:
    return aftale.tilstand in LEVENDE and maa(person, Handling.KOMMENTER, aftale)


def samtale(aftale: Aftale, person: Person) -> dict[str, Any] | None:
    """How many comments are open where; for those who could read the draft, also when it has opened to others."""
    if aftale.tilstand not in UDKAST and not maa(person, Handling.LAES_KLADDE, aftale):
        return None
    aabne, rod = aabne_pr_sted(aftale), under(aftale, "kommentarer")
    navne = dict(actions.AFSNIT) | {
        str(maal.noegle): f"Mål {nummer}" for nummer, maal in enumerate(aftale.maalliste, start=1)
    }
    kendte = [(navn, aabne.pop(sted), f"{rod}#sted-{sted}") for sted, navn in navne.items() if sted in aabne]
    if aabne:
        kendte.append((SLETTET, aabne.total(), rod))
    svar: dict[str, Any] = {"aabne": kendte, "rod": rod, "er_aaben": aftale.tilstand in LEVENDE}
    return {**svar, "kan_skrive": kan_skrive(aftale, person), "forslag": _forslag(aftale, person)}


def _forslag(aftale: Aftale, person: Person) -> dict[str, Any]:
    kan_svare = maa(person, Handling.SKRIV_AFTALE, aftale)
    return {
        "venter": ventende_forslag(aftale, None if kan_svare else person) if aftale.tilstand in LEVENDE else 0,
        "rod": under(aftale, "tiltagsforslag"),
        "kan_svare": kan_svare,
        "kan_foreslaa": kan_foreslaa(aftale, person),
    }
