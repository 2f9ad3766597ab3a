"""The versions of the text: who saved what and when, the difference between any two, names, and the way back (S9).

They are the parties' own also after the agreement is entered: what was written on the way is never opened to others.
"""

from typing import Any

from django.contrib import messages
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from aftaler import actions, udgaver
from aftaler.aendringer import aendringer
from aftaler.forms import UdgavenavnForm
from aftaler.indhold import pak, uden_noegler
from aftaler.models import Aftale, Indhold, Udgave
from aftaler.states import Overgang
from aftaler.udgaver import NU
from aftaler.views.side import Krumme, adresse, behold_teksten, kan_ikke, under, vis
from samarbejde.adgang import kraever
from samarbejde.formater import opremsning
from samarbejde.models import Haendelse
from samarbejde.permissions import Handling, maa
from samarbejde.queries import heltal
from samarbejde.tilstande import KonfliktError, kan

PR_SIDE, FLEST_VALG = 50, 200
FOER, TEKSTEN_NU = "foer", "nu"
IMELLEM = ("send_til_godkendelse", "traek_tilbage", "indgaa")


@require_safe
@kraever(Handling.LAES_KLADDE, Aftale)
def aftale_udgaver(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    return _liste(request, aftale, UdgavenavnForm())


@behold_teksten
@kraever(Handling.SKRIV_AFTALE, Aftale)
def navngiv_udgave(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    if request.method != "POST":
        return redirect(under(aftale, "aftale_udgaver"))
    form = UdgavenavnForm(request.POST)
    if not form.is_valid():
        return _liste(request, aftale, form)
    actions.navngiv_udgave(aftale=aftale, af=request.user, navn=form.cleaned_data["navn"])
    messages.success(request, "Teksten, som den er nu, har fået sit navn.")
    return redirect(under(aftale, "aftale_udgaver"))


def _liste(request: HttpRequest, aftale: Aftale, form: UdgavenavnForm) -> HttpResponse:
    foer = heltal(request.GET.get("foer"))
    alle = aftale.udgaver.select_related("af", "haendelse").defer("rettelser")
    fundne = list(alle.filter(pk__lt=foer or NU)[: PR_SIDE + 1])
    indhold: dict[str, Any] = {
        "udgaver": _med_det_der_skete(aftale, fundne[:PR_SIDE], foer),
        "videre_fra": fundne[PR_SIDE - 1].pk if len(fundne) > PR_SIDE else None,
        "foer": foer,
        "form": form,
        "kan_skrive": _kan_skrive(request, aftale),
    }
    return vis(request, "udgaver", aftale, "Udgaver af teksten", **indhold)


def _med_det_der_skete(aftale: Aftale, fundne: list[Udgave], foer: int | None) -> list[Udgave | Haendelse]:
    """With the sendings and withdrawals that came among them; each with its moment in `gemt_den`, newest first."""
    skete = Haendelse.objects.filter(rod_art="aftale", rod_id=aftale.pk, navn__in=IMELLEM)
    if foer:
        skete = skete.filter(skete_den__lt=Subquery(aftale.udgaver.filter(pk=foer).values("gemt_den")))
    raekke: list[Any] = list(fundne)
    for en in skete.filter(skete_den__gte=fundne[-1].gemt_den) if fundne else ():
        en.gemt_den = en.skete_den
        raekke.append(en)
    return sorted(raekke, key=lambda en: (en.gemt_den, isinstance(en, Haendelse), en.pk), reverse=True)


@require_safe
@kraever(Handling.LAES_KLADDE, Aftale)
def aftale_udgave(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """What one save changed, or the difference between it and any other (`med`)."""
    udgave = _udgave(request, aftale)
    valg = list(aftale.udgaver.exclude(pk=udgave.pk).defer("rettelser")[:FLEST_VALG])
    med = request.GET.get("med", FOER)
    anden = {FOER: udgave.pk - 1, TEKSTEN_NU: NU}.get(med) or next((en.pk for en in valg if str(en.pk) == med), None)
    if anden is None:
        raise Http404
    foer, efter = (_indhold(tekst) for tekst in udgaver.tekster(aftale, *sorted([anden, udgave.pk])))
    indhold: dict[str, Any] = {
        "udgave": udgave,
        "valg": valg,
        "med": med,
        "aendringer": aendringer(foer, efter),
        "kan_skrive": _kan_skrive(request, aftale),
    }
    return vis(request, "udgave", aftale, capfirst(str(udgave)), krummer=_krummer(aftale), **indhold)


@kraever(Handling.SKRIV_AFTALE, Aftale)
def genskab_udgave(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """What will change is shown first; what was not shown is never overwritten."""
    udgave = _udgave(request, aftale)
    if request.method != "POST":
        return kan_ikke(request, aftale, Overgang.RET) or _bekraeft(request, aftale, udgave)
    try:
        aftryk = request.POST.get("aftryk", "")
        gaaet = actions.genskab_udgave(aftale=aftale, af=request.user, udgave=udgave, aftryk=aftryk)
    except KonfliktError as konflikt:
        return _bekraeft(request, aftale, udgave, 409, f"{konflikt.saetning} Læs igen, hvad der bliver ændret.")
    messages.success(request, f"Teksten er igen, som den var i {udgave}.")
    if gaaet:
        hvem = opremsning(gaaet)
        messages.warning(request, f"{hvem} er ikke længere part og er derfor taget ud som ansvarlig.")
    return redirect(aftale)


def _bekraeft(
    request: HttpRequest, aftale: Aftale, udgave: Udgave, status: int = 200, advarsel: str = ""
) -> HttpResponse:
    nu, gammel = (_indhold(tekst) for tekst in udgaver.tekster(aftale, NU, udgave.pk))
    indhold: dict[str, Any] = {
        "udgave": udgave,
        "aftryk": nu.aftryk,
        "aendringer": aendringer(nu, gammel),
        "advarsel": advarsel,
        "udgaverod": under(aftale, "aftale_udgaver"),
    }
    krummer = _krummer(aftale)
    return vis(request, "genskab", aftale, "Genskab en tidligere tekst", krummer=krummer, status=status, **indhold)


def _udgave(request: HttpRequest, aftale: Aftale) -> Udgave:
    udgave = aftale.udgaver.select_related("af", "haendelse").filter(pk=adresse(request)["udgave"]).first()
    if udgave is None:
        raise Http404
    return udgave


def _indhold(tekst: udgaver.Node) -> Indhold:
    return pak(uden_noegler(tekst))


def _kan_skrive(request: HttpRequest, aftale: Aftale) -> bool:
    return kan(aftale, Overgang.RET) and maa(request.user, Handling.SKRIV_AFTALE, aftale)


def _krummer(aftale: Aftale) -> tuple[Krumme, ...]:
    return (("Udgaver af teksten", under(aftale, "aftale_udgaver")),)
