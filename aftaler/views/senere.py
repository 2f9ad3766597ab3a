"""After the deadline and after entry: without those who are silent, late accession, a party that leaves (cases 28,
38, 39), the end, a new version.
"""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from aftaler import actions, pladser, queries
from aftaler.forms import GrundForm
from aftaler.models import Aftale, Aftalepart
from aftaler.partsforms import OptagForm, UdtraedenForm
from aftaler.states import Overgang, Svar, Svarovergang, Tilstand
from aftaler.views import overblik
from aftaler.views.side import behold_teksten, indsendt, kan_ikke, under, vis
from aftaler.views.svar import gem_grund, har_selv_svaret, statuskode
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.models import Enhed
from samarbejde.permissions import Handling
from samarbejde.roller import mine_roller
from samarbejde.tilstande import IkkeMuligtError, kan

LAESES_AF_ALLE = "Alle, der kan læse aftalen, kan læse grunden. Skriv ikke om enkelte børn."
GRUND = "Hvorfor indgår I aftalen nu uden alle parter?"


@behold_teksten
@kraever(Handling.INDGAA_UDEN_SVAR, Aftale)
def indgaa_uden_svar(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    hindring = pladser.hindring(aftale, tid.i_dag())
    if hindring and request.method != "POST":
        messages.info(request, hindring)
        return redirect(aftale)
    form = GrundForm(indsendt(request), spoergsmaal=GRUND, hjaelp=LAESES_AF_ALLE)

    def indgaa(grund: str, **_: Any) -> None:
        actions.indgaa_uden_svar(aftale=aftale, af=request.user, grund=grund)

    svar = gem_grund(request, aftale, form, indgaa, besked="Aftalen er indgået. De tavse parter kan stadig tiltræde.")
    indhold: dict[str, Any] = {"form": form, "tavse": pladser.tavse(aftale)}
    overskrift = "Indgå uden dem, der ikke har svaret"
    return svar or vis(request, "indgaa_uden_svar", aftale, overskrift, status=statuskode(form), **indhold)


@behold_teksten
@kraever(Handling.OPTAG_PART, Aftale)
def optag_part(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    if request.method != "POST" and not overblik.kan_optage(aftale, request.user):
        messages.info(request, "Der kan optages en part, mens aftalen er til godkendelse eller gælder.")
        return redirect(aftale)
    form = OptagForm(indsendt(request), initial={"enhed": request.GET.get("enhed", "")}, enheder=_mulige(aftale))
    if form.is_valid():
        try:
            part = actions.optag_part(aftale=aftale, af=request.user, valg=actions.Partsvalg(*form.felter()))
            messages.success(request, f"{part.enhed} er optaget som part. Lederen får besked.")
            return redirect(aftale)
        except (ValidationError, IkkeMuligtError) as fejl:
            form.tag_imod(fejl if isinstance(fejl, ValidationError) else ValidationError(str(fejl)))
    return vis(request, "optag_part", aftale, "Optag en part", status=statuskode(form), form=form)


def _mulige(aftale: Aftale) -> list[Enhed]:
    kendte = {part.enhed_id for part in aftale.parterne}
    alle = [*queries.mulige_parter(aftale.distrikt), *queries.mulige_udefra(aftale.distrikt)]
    return [enhed for enhed in alle if enhed.pk not in kendte]


@behold_teksten
@kraever(Handling.LAD_UDTRAEDE, Aftale)
def lad_udtraede(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    parter = [part.enhed for part in aftale.parterne if part.tilstand != Svar.UDTRAADT]
    lukket = next((part.enhed for part in aftale.parterne if part.er_lukket), None)
    begynd = {"enhed": lukket.pk, "dato": lukket.gyldig_til} if lukket else None
    form = UdtraedenForm(
        indsendt(request), initial=begynd, parter=[enhed for enhed in parter if enhed.pk != aftale.tovholder_id]
    )
    if form.is_valid():
        try:
            part = actions.lad_udtraede(aftale=aftale, af=request.user, **form.felter())
            messages.success(request, f"{part.enhed} står nu som trådt ud. Parternes ledere får besked.")
            return _til_efterfoelgeren(request, aftale, part.enhed)
        except (ValidationError, IkkeMuligtError) as fejl:
            form.tag_imod(fejl if isinstance(fejl, ValidationError) else ValidationError(str(fejl)))
    return vis(request, "lad_udtraede", aftale, "En part er trådt ud", status=statuskode(form), form=form)


def _til_efterfoelgeren(request: HttpRequest, aftale: Aftale, enhed: Enhed) -> HttpResponseRedirect:
    """A unit that merged proposes the one it went into (decision 6); the tovholder decides."""
    ny = enhed.efterfoelger
    if ny is None or ny.pk not in {en.pk for en in _mulige(aftale)}:
        return redirect(aftale)
    messages.info(request, f"{enhed} er gået over i {ny}. Skal {ny} være part i stedet?")
    if aftale.tilstand == Tilstand.KLADDE:
        return redirect(under(aftale, "vaelg_parter"))
    return redirect(f"{under(aftale, 'optag_part')}?enhed={ny.pk}")


@kraever(Handling.TILTRAED, Aftalepart)
@reauthentication_required(allow_get=True)
def tiltraed(request: HttpRequest, part: Aftalepart) -> HttpResponse:
    """The entered text as it stands, and one button; the password is asked for again (S17)."""
    aftale = part.aftale
    if request.method != "POST":
        if pladser.er_i_kraft(aftale, tid.i_dag()) and kan(part, Svarovergang.TILTRAED):
            indhold: dict[str, Any] = {"part": part, "paa_vegne_af": part.kan_traedes_til_af(mine_roller(request.user))}
            return vis(request, "tiltraed", overblik.med_tekst(aftale), f"Tiltræd for {part.enhed}", **indhold)
        messages.info(request, f"Der er ikke en åben plads til {part.enhed} nu.")
        return redirect(aftale)
    if not har_selv_svaret(request, part, Svar.TILTRAADT):
        actions.tiltraed(part=part, af=request.user, aftryk=request.POST.get("aftryk", ""))
    messages.success(request, f"{part.enhed} har tiltrådt aftalen. De andre parter får besked.")
    return redirect(aftale)


@behold_teksten
@kraever(Handling.OPHAEV_AFTALE, Aftale)
def ophaev_aftale(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    form = GrundForm(indsendt(request), spoergsmaal="Hvorfor ophæver I aftalen?", hjaelp=LAESES_AF_ALLE)

    def ophaev(grund: str, **_: Any) -> None:
        actions.ophaev_aftale(aftale=aftale, af=request.user, grund=grund)

    svar = kan_ikke(request, aftale, Overgang.OPHAEV)
    svar = svar or gem_grund(request, aftale, form, ophaev, besked="Aftalen er ophævet. Parternes ledere får besked.")
    return svar or vis(request, "ophaev", aftale, "Ophæv aftalen", status=statuskode(form), form=form)


@behold_teksten
@kraever(Handling.LAV_NY_VERSION, Aftale)
def lav_ny_version(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """The only way to correct an entered text (S17); one goes on in the new version."""
    if request.method != "POST" and not overblik.kan_faa_ny_version(aftale, request.user):
        messages.info(request, "Der kan ikke begyndes på en ny version af aftalen nu.")
        return redirect(aftale)
    form = GrundForm(indsendt(request), spoergsmaal="Hvorfor skal aftalen ændres?", hjaelp=LAESES_AF_ALLE)
    if form.is_valid():
        try:
            ny = actions.lav_ny_version(aftale=aftale, af=request.user, grund=form.cleaned_data["grund"])
            messages.success(request, "Den nye version er begyndt med den samme tekst. Parternes ledere får besked.")
            return redirect(ny)
        except IkkeMuligtError as fejl:
            form.add_error(None, str(fejl))
    return vis(request, "lav_ny_version", aftale, "Lav en ny version", status=statuskode(form), form=form)
