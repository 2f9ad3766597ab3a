"""One's own account: the first password, and what one is, where, how long and why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samarbejde import personaleopslag
from samarbejde.adgang import for_alle, for_alle_indloggede
from samarbejde.forms import FoersteKodeForm
from samarbejde.invitation import find_inviteret
from samarbejde.personale import vaelg_adgangskode
from samarbejde.tilstande import IkkeMuligtError


@for_alle
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, since mail scanners open it too; used, expired and forged answer alike."""
    person = find_inviteret(token)
    if person is None:
        return render(request, "samarbejde/invitation.html")
    form = FoersteKodeForm(request.POST if request.method == "POST" else None, user=person)
    if form.is_valid():
        try:
            vaelg_adgangskode(token=token, adgangskode=form.cleaned_data["password1"], af=person)
        except IkkeMuligtError:
            return render(request, "samarbejde/invitation.html")
        messages.success(request, "Din adgangskode er gemt. Log ind med din e-mail.")
        return redirect("account_login")
    return render(request, "samarbejde/invitation.html", {"form": form})


@for_alle_indloggede
@require_safe
def mine_roller(request: HttpRequest) -> HttpResponse:
    roller = personaleopslag.mine_rollelinjer(request.user)
    sti = [("Start", "/"), ("Mine roller", None)]
    return render(request, "samarbejde/mine_roller.html", {"broedkrummer": sti, **roller})
