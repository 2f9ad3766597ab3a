"""From draft to entered: send, withdraw, annul, and each party's own answer (S17).

A button that cannot be used now is answered by the site's own 409 page (`samarbejde.middleware.Afvisninger`); only
where a reason was typed does the page come back with it.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from aftaler import actions, queries
from aftaler.aendringer import aendringer
from aftaler.forms import GrundForm
from aftaler.models import Aftale, Aftalepart
from aftaler.states import LEVENDE, Overgang, Svar, Svarovergang, Tilstand
from aftaler.views import overblik
from aftaler.views.side import behold_teksten, indsendt, kan_ikke, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.roller import mine_roller
from samarbejde.tilstande import IkkeMuligtError, KonfliktError, kan

SENDT = "Aftalen er sendt til godkendelse. Parternes ledere får besked."
INDGAAET = "Alle parter har godkendt. Aftalen er indgået."


@kraever(Handling.SEND_TIL_GODKENDELSE, Aftale)
def send_til_godkendelse(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """«Gennemse»: the whole text as it will be read, what is missing, and the button."""
    if request.method != "POST":
        return kan_ikke(request, aftale, Overgang.SEND) or _gennemse(request, aftale)
    try:
        rettet = request.POST.get("rettet")
        sendt = actions.send_til_godkendelse(aftale=aftale, af=request.user, rettet=rettet)
    except KonfliktError as afvist:
        messages.error(request, afvist.saetning)
        return _gennemse(request, aftale, status=409)
    except ValidationError:
        return _gennemse(request, aftale, status=409)
    messages.success(request, INDGAAET if sendt.tilstand == Tilstand.INDGAAET else SENDT)
    return redirect(aftale)


def _gennemse(request: HttpRequest, aftale: Aftale, status: int = 200) -> HttpResponse:
    rettet = queries.rettet_senest(aftale)  # before the text, so that what is saved meanwhile is not taken for seen
    mangler = queries.mangler(overblik.med_tekst(aftale))
    return vis(request, "gennemse", aftale, "Gennemse aftalen", status=status, mangler=mangler, rettet=rettet)


@kraever(Handling.TRAEK_TILBAGE, Aftale)
def traek_tilbage(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    if request.method != "POST":
        svar = kan_ikke(request, aftale, Overgang.TRAEK_TILBAGE)
        return svar or vis(request, "traek_tilbage", aftale, "Træk aftalen tilbage til kladde")
    actions.traek_tilbage(aftale=aftale, af=request.user)
    messages.success(request, "Aftalen er trukket tilbage til kladde. Teksten kan nu rettes.")
    return redirect(aftale)


@behold_teksten
@kraever(Handling.ANNULLER_AFTALE, Aftale)
def annuller_aftale(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    hjaelp = "Alle parters ledere kan læse grunden. Skriv ikke om enkelte børn."
    form = GrundForm(indsendt(request), spoergsmaal="Hvorfor skal aftalen annulleres?", hjaelp=hjaelp)

    def annuller(grund: str, **_: Any) -> None:
        actions.annuller_aftale(aftale=aftale, af=request.user, grund=grund)

    svar = kan_ikke(request, aftale, Overgang.ANNULLER)
    svar = svar or gem_grund(request, aftale, form, annuller, besked="Aftalen er annulleret.")
    return svar or vis(request, "annuller", aftale, "Annullér aftalen", status=statuskode(form), form=form)


# --- one party's answer ------------------------------------------------------------------------------------------


@kraever(Handling.GODKEND, Aftalepart)
@reauthentication_required(allow_get=True)
def godkend(request: HttpRequest, part: Aftalepart) -> HttpResponse:
    """The whole text that is approved and one button; whoever approved an earlier text meets the difference. The
    password is asked for again before anything is stored (S17).
    """
    aftale = part.aftale
    if request.method != "POST":
        return _kan_ikke_svare(request, part) or _godkendside(request, part)
    if not har_selv_svaret(request, part, Svar.GODKENDT):
        actions.godkend(part=part, af=request.user, aftryk=request.POST.get("aftryk", ""))
    aftale.refresh_from_db(fields=["tilstand"])
    besked = INDGAAET if aftale.tilstand == Tilstand.INDGAAET else f"Du har godkendt aftalen for {part.enhed}."
    messages.success(request, besked)
    return redirect(aftale)


def har_selv_svaret(request: HttpRequest, part: Aftalepart, svar: Svar) -> bool:
    """The same press twice: the first one counts."""
    er_givet = part.tilstand == svar and part.godkendelse is not None
    return er_givet and part.godkendelse.af_id == request.user.pk


def _godkendside(request: HttpRequest, part: Aftalepart) -> HttpResponse:
    aftale, foer = part.aftale, queries.godkendt_foer(part, request.user)
    indhold: dict[str, Any] = {
        "part": part,
        "paa_vegne_af": part.kan_traedes_til_af(mine_roller(request.user)),
        "foer": foer,
        "min": foer is not None and foer.af_id == request.user.pk,
        "aendringer": aendringer(foer.indhold, aftale.indhold) if foer else [],
    }
    return vis(request, "godkend", overblik.med_tekst(aftale), f"Godkend for {part.enhed}", **indhold)


@kraever(Handling.FORTRYD_GODKENDELSE, Aftalepart)
def fortryd_godkendelse(request: HttpRequest, part: Aftalepart) -> HttpResponse:
    """One's own regret, until the agreement is entered; the party can approve again."""
    aftale = part.aftale
    if request.method != "POST":
        if aftale.tilstand in LEVENDE and kan(part, Svarovergang.FORTRYD):
            return vis(request, "fortryd_godkendelse", aftale, f"Træk godkendelsen tilbage for {part.enhed}", part=part)
        messages.info(request, "Der er ingen godkendelse, som kan trækkes tilbage nu.")
        return redirect(aftale)
    actions.fortryd_godkendelse(part=part, af=request.user)
    messages.success(request, f"Godkendelsen for {part.enhed} er trukket tilbage. Tovholderen får besked.")
    return redirect(aftale)


@behold_teksten
@kraever(Handling.KAN_IKKE_GODKENDE, Aftalepart)
def kan_ikke_godkende(request: HttpRequest, part: Aftalepart) -> HttpResponse:
    """A decline is an answer with a reason, never a dead end: the ball goes to the tovholder."""
    hjaelp = "Skriv, hvad der skal ændres, for at I kan godkende. Alle, der kan læse kladden, kan læse grunden."
    begynd = {"aftryk": part.aftale.indhold_id, "grund": part.svar_tekst if part.tilstand == Svar.KAN_IKKE else ""}
    spoergsmaal = f"Hvorfor kan {part.enhed} ikke godkende endnu?"
    form = GrundForm(indsendt(request), initial=begynd, spoergsmaal=spoergsmaal, hjaelp=hjaelp)

    def svar_nej(grund: str, aftryk: str) -> None:
        actions.kan_ikke_godkende(part=part, af=request.user, aftryk=aftryk, grund=grund)

    besked = f"Svaret for {part.enhed} er gemt. Grunden står på aftalens side."
    svar = _kan_ikke_svare(request, part) or gem_grund(request, part.aftale, form, svar_nej, besked)
    overskrift = "Kan ikke godkende endnu"
    return svar or vis(
        request, "kan_ikke_godkende", part.aftale, overskrift, status=statuskode(form), form=form, part=part
    )


def _kan_ikke_svare(request: HttpRequest, part: Aftalepart) -> HttpResponseRedirect | None:
    """Opened when there is nothing to answer: back to the agreement, with the reason."""
    kan_svare = part.aftale.tilstand == Tilstand.TIL_GODKENDELSE and kan(part, Svarovergang.GODKEND)
    if request.method == "POST" or kan_svare:
        return None
    har_svaret = part.tilstand == Svar.GODKENDT
    messages.info(request, f"{part.enhed} har godkendt." if har_svaret else "Aftalen er ikke til godkendelse nu.")
    return redirect(part.aftale)


def gem_grund(
    request: HttpRequest, aftale: Aftale, form: GrundForm, handling: Callable[..., None], besked: str
) -> HttpResponseRedirect | None:
    """Do it and go to the agreement; None when the form must be shown, also with what the state refused."""
    if not form.is_valid():
        return None
    try:
        handling(**form.cleaned_data)
    except IkkeMuligtError as fejl:
        form.add_error(None, str(fejl))
        return None
    messages.success(request, besked)
    return redirect(aftale)


def statuskode(form: GrundForm) -> int:
    return 409 if form.non_field_errors() else 200
