"""Sending the minutes out for comments, answering them, closing, and correcting in the open afterwards (D23)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from moeder import actions
from moeder.actions.referat import KUN_I_HOERING, fristen_er_gaaet
from moeder.forms.referat import AftrykForm, BemaerkningForm, BerigtigelseForm, LukForm
from moeder.models import Moede, Punkt
from moeder.queries.referat import referatdata
from moeder.states import OVERGANGE, Overgang, Tilstand
from moeder.views.side import gemt, indsendt, vis
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.kalender import ferier
from samarbejde.permissions import Handling
from samarbejde.skolekalender import laeg_skoledage_til
from samarbejde.tilstande import KonfliktError, kan
from samarbejde.views.behold import behold_teksten

SKREVET = {"tekst": "Teksten"}


def _gemt(request: HttpRequest, form: Any, handling: Any) -> bool:
    """As `gemt`; minutes that were corrected after they were read come back to be read again."""
    try:
        return gemt(form, handling)
    except KonfliktError as konflikt:
        messages.warning(request, konflikt.saetning)
        form.data = {**form.data.dict(), "aftryk": form.initial["aftryk"]}
        return False


@kraever(Handling.LUK_REFERAT, Moede)
def send(request: HttpRequest, moede: Moede) -> HttpResponse:
    """The minutes as they will be read, and a button."""
    data = referatdata(moede)
    form = AftrykForm(indsendt(request), initial={"aftryk": data.aftryk})
    if request.method != "POST" and not kan(moede, Overgang.SEND_I_HOERING):
        messages.info(request, OVERGANGE[Overgang.SEND_I_HOERING].ellers)
        return redirect("laes_referat", moede.kode)
    if _gemt(request, form, lambda felter: actions.send_referat(moede=moede, af=request.user, **felter)):
        messages.success(request, "Referatet er sendt. Deltagerne får besked.")
        return redirect("laes_referat", moede.kode)
    dage = moede.forum.regler.hoeringsfrist
    frist = laeg_skoledage_til(tid.i_dag(), dage, ferier()) if dage else None
    return vis(request, "send_referat", moede, "Send referatet til bemærkninger", data=data, form=form, frist=frist)


@require_POST
@kraever(Handling.LUK_REFERAT, Moede)
def skriv_videre(request: HttpRequest, moede: Moede) -> HttpResponse:
    actions.skriv_videre(moede=moede, af=request.user)
    messages.success(request, "Referatet kan rettes nu. Send det igen, når du er færdig.")
    return redirect("skriv_referat", moede.kode)


@kraever(Handling.LUK_REFERAT, Moede)
def luk(request: HttpRequest, moede: Moede) -> HttpResponse:
    data = referatdata(moede)
    for_tidligt = not fristen_er_gaaet(moede)
    form = LukForm(indsendt(request), initial={"aftryk": data.aftryk}, er_for_tidligt=for_tidligt)
    if request.method != "POST" and not kan(moede, Overgang.LUK):
        messages.info(request, OVERGANGE[Overgang.LUK].ellers)
        return redirect("laes_referat", moede.kode)
    if _gemt(request, form, lambda felter: actions.luk_referat(moede=moede, af=request.user, **felter)):
        messages.success(request, "Referatet er lukket. Det kan ikke rettes længere, kun berigtiges.")
        return redirect("laes_referat", moede.kode)
    return vis(request, "luk_referat", moede, "Luk referatet", data=data, form=form, for_tidligt=for_tidligt)


@behold_teksten(SKREVET)
@kraever(Handling.LUK_REFERAT, Moede)
def berigtig(request: HttpRequest, moede: Moede) -> HttpResponse:
    data = referatdata(moede)
    punkter = {punkt.pk: punkt for punkt in data.punkter}
    form = BerigtigelseForm(indsendt(request), punkter=data.punkter)

    def gem(felter: dict[str, Any]) -> None:
        punkt = punkter.get(felter["punkt"])
        actions.berigtig(moede=moede, punkt=punkt, tekst=felter["tekst"], af=request.user)

    if gemt(form, gem):
        messages.success(request, "Berigtigelsen står nu ved referatet. Deltagerne får besked.")
        return redirect("laes_referat", moede.kode)
    return vis(request, "berigtig_referat", moede, "Berigtig referatet", form=form, data=data)


@behold_teksten(SKREVET)
@kraever(Handling.BEMAERK_REFERAT, Punkt)
def bemaerk_referat(request: HttpRequest, punkt: Punkt) -> HttpResponse:
    form = BemaerkningForm(indsendt(request))
    if request.method != "POST" and punkt.moede.tilstand != Tilstand.REFERAT_I_HOERING:
        messages.info(request, KUN_I_HOERING)
        return redirect("laes_referat", punkt.moede.kode)
    if gemt(form, lambda felter: actions.bemaerk_referat(punkt=punkt, af=request.user, **felter)):
        messages.success(request, "Din bemærkning er gemt. Referenten får besked.")
        return redirect("laes_referat", punkt.moede.kode)
    return vis(request, "bemaerk_referat", punkt.moede, "Skriv en bemærkning", form=form, punkt=punkt)
