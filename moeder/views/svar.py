"""Answering an invitation: on the site, or by the single-use link of the mail, which can do only this.

The link's address is a key. Nothing leads to another site from its page, and the site's own Referrer-Policy tells
other sites nothing; a stricter one would hide the origin of the form too, and the CSRF check would refuse it.
"""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moeder import actions
from moeder.forms.svar import JA, NEJ, SvarForm
from moeder.models import Deltager, Moede
from moeder.models.faelles import aftryk
from moeder.queries import svar as queries
from moeder.states import Deltagelse
from moeder.views.side import gemt, indsendt, vis
from samarbejde.adgang import for_alle, kraever
from samarbejde.permissions import Handling
from samarbejde.tilstande import IkkeMuligtError
from samarbejde.views.behold import behold_teksten

SVARET = {True: "Tak. Du har svaret, at du deltager.", False: "Tak. Dit afbud er givet videre."}


@behold_teksten({"grund": "Grund til afbud"})
@kraever(Handling.SVAR_PAA_INDKALDELSE, Moede)
def svar_paa_indkaldelse(request: HttpRequest, moede: Moede) -> HttpResponse:
    """Only one's own answer; whoever leads the unit is led on to choose another in one's place (S35)."""
    deltager = queries.egen_invitation(moede, request.user)
    assert deltager is not None  # noqa: S101 - it is what gave the right
    if request.method != "POST" and (hvorfor := queries.hvorfor_ikke(moede)):
        messages.info(request, hvorfor)
        return redirect(moede)
    form = SvarForm(indsendt(request), initial=_tidligere(deltager))

    def gem(felter: dict[str, Any]) -> None:
        actions.svar_paa_indkaldelse(deltager=deltager, af=request.user, **form.valg())

    if gemt(form, gem):
        return _videre(request, moede)
    tidsrum = queries.egen_tid(deltager, moede)
    return vis(request, "svar", moede, "Svar på indkaldelsen", form=form, deltager=deltager, tidsrum=tidsrum)


def _videre(request: HttpRequest, moede: Moede) -> HttpResponse:
    """To the meeting; a leader who declined, to whom the unit may send instead."""
    egen = queries.egen_invitation(moede, request.user)
    assert egen is not None  # noqa: S101 - it was answered just now
    messages.success(request, SVARET[egen.tilstand == Deltagelse.ACCEPTERET])
    if not queries.kan_sende_en_anden(egen, request.user):
        return redirect(moede)
    messages.info(request, f"Du kan vælge en anden til at deltage for {egen.enhed} her, eller lade pladsen stå.")
    return redirect("vaelg_repraesentant", moede.kode, egen.pk)


def _tidligere(deltager: Deltager) -> dict[str, str]:
    svar = {Deltagelse.ACCEPTERET: JA, Deltagelse.AFBUD: NEJ}.get(Deltagelse(deltager.tilstand), "")
    return {"svar": svar, "grund": deltager.svar_tekst}


@for_alle
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def svar_med_link(request: HttpRequest, noegle: str) -> HttpResponse:
    """Opening it changes nothing, since mail scanners open it too. Forged, used, replaced and late answer alike."""
    if not ratelimit.consume(request, action="svar_med_link"):
        return render(request, "429.html", status=429)
    deltager = queries.med_noegle(aftryk(noegle))
    indhold: dict[str, Any] = {"deltager": deltager}
    if deltager is not None:
        indhold |= {"moede": deltager.moede, "tidsrum": queries.egen_tid(deltager, deltager.moede)}
        if request.method == "POST" and request.POST.get("svar") in {JA, NEJ}:
            indhold["svaret"] = _svar(deltager, noegle, ja=request.POST["svar"] == JA)
    response = render(request, "moeder/svar_med_link.html", indhold)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _svar(deltager: Deltager, noegle: str, *, ja: bool) -> str:
    """What is said to the person; empty when somebody was first with the same link."""
    try:
        actions.svar_paa_indkaldelse(deltager=deltager, ja=ja, af=deltager.person, svarnoegle=noegle)
    except IkkeMuligtError:
        return ""
    return SVARET[ja]
