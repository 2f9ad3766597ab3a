"""Running a meeting: it begins, who came, who writes, and when it never was held."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from moeder import actions
from moeder.forms.referat import ReferentForm
from moeder.models import Moede
from moeder.queries.referat import inviterede, mulige_referenter
from moeder.states import Deltagelse
from moeder.views.side import gemt, indsendt, vis
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.models import Person
from samarbejde.permissions import Handling

FELT = re.compile(r"d(\d{1,18})")


@require_POST
@kraever(Handling.SKRIV_REFERAT, Moede)
def hold(request: HttpRequest, moede: Moede) -> HttpResponse:
    actions.hold_moede(moede=moede, af=request.user)
    messages.success(request, "Mødet er begyndt. Notér, hvem der er her, og skriv referat af punkterne.")
    return redirect("skriv_referat", moede.kode)


@require_POST
@kraever(Handling.SKRIV_REFERAT, Moede)
def noter_fremmoede(request: HttpRequest, moede: Moede) -> HttpResponse:
    """Only what was changed here is noted; «the rest» are those nobody has said anything about."""
    noteret = _valgte(request)
    if "resten" in request.POST:
        rest = inviterede(moede).filter(tilstand__in=[Deltagelse.INVITERET, Deltagelse.ACCEPTERET])
        noteret = dict.fromkeys(rest.values_list("pk", flat=True), Deltagelse.DELTOG.value) | noteret
    try:
        actions.noter_fremmoede(moede=moede, fremmoede=noteret, af=request.user)
        messages.success(request, "Fremmødet er noteret.")
    except ValidationError as fejl:
        messages.error(request, fejl.messages[0])
    return redirect(f"{moede.get_absolute_url()}referat/#fremmoede")


def _valgte(request: HttpRequest) -> dict[int, str]:
    kendte = {Deltagelse.DELTOG.value, Deltagelse.DELTOG_IKKE.value, Deltagelse.AFBUD.value}
    felter = [(FELT.fullmatch(navn), vaerdi) for navn, vaerdi in request.POST.items()]
    return {
        int(felt[1]): vaerdi
        for felt, vaerdi in felter
        if felt and vaerdi in kendte and vaerdi != request.POST.get(f"foer{felt[1]}")
    }


@kraever(Handling.PLANLAEG_MOEDE, Moede)
def vaelg_referent(request: HttpRequest, moede: Moede) -> HttpResponse:
    form = ReferentForm(indsendt(request), personer=mulige_referenter(moede), initial={"person": moede.referent_id})

    def gem(felter: dict[str, int]) -> None:
        actions.vaelg_referent(moede=moede, person=Person.objects.get(pk=felter["person"]), af=request.user)

    if gemt(form, gem):
        messages.success(request, "Referenten er valgt.")
        return redirect("skriv_referat", moede.kode)
    return vis(request, "vaelg_referent", moede, "Vælg referent", form=form)


@kraever(Handling.PLANLAEG_MOEDE, Moede)
def blev_ikke_holdt(request: HttpRequest, moede: Moede) -> HttpResponse:
    if request.method == "POST":
        actions.blev_ikke_holdt(moede=moede, af=request.user)
        messages.success(request, "Det er registreret, at mødet ikke blev holdt. Punkterne venter på et nyt møde.")
        return redirect(moede)
    kan = moede.tilstand == "indkaldt" and moede.slutter <= tid.nu()
    return vis(request, "blev_ikke_holdt", moede, "Mødet blev ikke holdt", kan=kan)
