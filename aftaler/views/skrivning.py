"""Writing the agreement, one text, goal, sub-goal or activity at a time (S1, S9: all party leaders alike).

A form for something new carries a fresh key in its address and version 0, so that the same form sent twice is one.
"""

from functools import partial
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from aftaler import actions, queries
from aftaler.forms import AfsnitForm, AktivitetForm, DelmaalForm, MaalForm
from aftaler.models import Aftale, Aktivitet, Delmaal, StrategiskMaal
from aftaler.states import Overgang, Svar
from aftaler.vejledninger import VISION, vejledning_til
from aftaler.views.gem import gem
from aftaler.views.side import adresse, behold_teksten, bestemt, find, indsendt, kan_ikke, under
from aftaler.views.skriveside import Skriveside
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling


@behold_teksten
@kraever(Handling.SKRIV_AFTALE, Aftale)
def skriv_afsnit(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    afsnit = adresse(request)["afsnit"]
    gemt = {"tekst": getattr(aftale, afsnit), "version": getattr(aftale, f"{afsnit}_version")}
    form = AfsnitForm(indsendt(request), initial=gemt, afsnit=afsnit)
    mere = {"afsnit": afsnit, "vision": vejledning_til(VISION)}
    side = Skriveside(request, aftale, "afsnit", actions.AFSNIT[afsnit], form, request.path, mere)
    if request.method != "POST":
        return kan_ikke(request, aftale, Overgang.RET) or side.vis()
    mangler_retning = afsnit == "behov" and not aftale.retning
    videre = under(aftale, "skriv_afsnit", "retning") if mangler_retning else aftale.get_absolute_url()
    return gem(side, actions.skriv_afsnit, f"«{side.overskrift}» er gemt.", videre, afsnit=afsnit)


MAAL_NYT, MAAL_RET = "Nyt strategisk mål", "Ret målet"


# --- goals -------------------------------------------------------------------------------------------------------


@require_safe
@kraever(Handling.SKRIV_AFTALE, Aftale)
def nyt_maal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    return kan_ikke(request, aftale, Overgang.RET) or _maalside(request, aftale, uuid4()).vis()


@behold_teksten
@kraever(Handling.SKRIV_AFTALE, Aftale)
def skriv_maal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    noegle = adresse(request)["maal"]
    if request.method != "POST":
        maal = find(request, StrategiskMaal, aftale=aftale, noegle=noegle)
        return kan_ikke(request, aftale, Overgang.RET) or _maalside(request, aftale, noegle, maal).vis()
    er_ny = request.POST.get("version") == "0"
    form = MaalForm(request.POST, omraader=partial(queries.omraader_til, None))
    side = Skriveside(request, aftale, "maal", MAAL_NYT if er_ny else MAAL_RET, form, request.path)
    videre = under(aftale, "nyt_delmaal", noegle) if er_ny else aftale.get_absolute_url()
    if "endnu" in request.POST:
        videre = under(aftale, "nyt_maal")
    besked = "Målet er gemt. Skriv nu det første delmål." if er_ny else "Målet er gemt."
    return gem(side, actions.skriv_maal, besked, videre, noegle=noegle)


def _maalside(request: HttpRequest, aftale: Aftale, noegle: Any, maal: StrategiskMaal | None = None) -> Skriveside:
    omraader = queries.omraader_til(maal)
    gemt = _felter(maal, "titel", "intentioner", "beskrivelse", "realisering")
    gemt["omraader"] = [omraade.pk for omraade in omraader if omraade.er_valgt]
    form = MaalForm(initial=gemt, omraader=lambda: omraader)
    forklaret = [omraade for omraade in omraader if omraade.beskrivelse]
    mere = {"maal": maal, "delmaalliste": maal.delmaal.all() if maal else [], "forklaret": forklaret}
    return Skriveside(
        request, aftale, "maal", MAAL_RET if maal else MAAL_NYT, form, under(aftale, "skriv_maal", noegle), mere
    )


# --- sub-goals ---------------------------------------------------------------------------------------------------


@require_safe
@kraever(Handling.SKRIV_AFTALE, Aftale)
def nyt_delmaal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    maal = find(request, StrategiskMaal, aftale=aftale, noegle=adresse(request)["maal"])
    return kan_ikke(request, aftale, Overgang.RET) or _delmaalside(request, aftale, uuid4(), maal).vis()


@behold_teksten
@kraever(Handling.SKRIV_AFTALE, Aftale)
def skriv_delmaal(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    sti = adresse(request)
    delmaal = find(request, Delmaal, maal__aftale=aftale, maal__noegle=sti["maal"], noegle=sti["delmaal"])
    maal = delmaal.maal if delmaal else find(request, StrategiskMaal, aftale=aftale, noegle=sti["maal"])
    side = _delmaalside(request, aftale, sti["delmaal"], maal, delmaal)
    if request.method != "POST":
        return kan_ikke(request, aftale, Overgang.RET) or side.vis()
    videre = under(aftale, "skriv_maal", sti["maal"])
    if "endnu" in request.POST:
        videre = under(aftale, "nyt_delmaal", sti["maal"])
    elif delmaal is None:
        videre = under(aftale, "ny_aktivitet", sti["maal"], sti["delmaal"])
    besked = "Delmålet er gemt." if delmaal else "Delmålet er gemt. Skriv nu den første aktivitet."
    return gem(side, actions.skriv_delmaal, besked, videre, maal=sti["maal"], noegle=sti["delmaal"])


def _delmaalside(
    request: HttpRequest, aftale: Aftale, noegle: Any, maal: StrategiskMaal | None, delmaal: Delmaal | None = None
) -> Skriveside:
    form = DelmaalForm(indsendt(request), initial=_felter(delmaal, "titel", "beskrivelse"))
    hvor = under(aftale, "skriv_delmaal", adresse(request)["maal"], noegle)
    mere = {"maal": maal, "delmaal": delmaal, "aktivitetsliste": delmaal.aktiviteter.all() if delmaal else []}
    overskrift = "Ret delmålet" if delmaal else "Nyt delmål"
    return Skriveside(request, aftale, "delmaal", overskrift, form, hvor, mere)


# --- activities --------------------------------------------------------------------------------------------------


@require_safe
@kraever(Handling.SKRIV_AFTALE, Aftale)
def ny_aktivitet(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    delmaal = _delmaal(request, aftale)
    return kan_ikke(request, aftale, Overgang.RET) or _aktivitetsside(request, aftale, uuid4(), delmaal).vis()


@behold_teksten
@kraever(Handling.SKRIV_AFTALE, Aftale)
def skriv_aktivitet(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    sti = adresse(request)
    hvor = {"delmaal__maal__aftale": aftale, "delmaal__maal__noegle": sti["maal"], "delmaal__noegle": sti["delmaal"]}
    aktivitet = find(request, Aktivitet, noegle=sti["aktivitet"], **hvor)
    delmaal = aktivitet.delmaal if aktivitet else _delmaal(request, aftale)
    side = _aktivitetsside(request, aftale, sti["aktivitet"], delmaal, aktivitet)
    if request.method != "POST":
        return kan_ikke(request, aftale, Overgang.RET) or side.vis()
    navn = "ny_aktivitet" if "endnu" in request.POST else "skriv_delmaal"
    videre = under(aftale, navn, sti["maal"], sti["delmaal"])
    besked = f"{bestemt(Aktivitet, request.POST.get('art')).capitalize()} er gemt."
    return gem(side, actions.skriv_aktivitet, besked, videre, delmaal=sti["delmaal"], noegle=sti["aktivitet"])


def _delmaal(request: HttpRequest, aftale: Aftale) -> Delmaal | None:
    sti = adresse(request)
    return find(request, Delmaal, maal__aftale=aftale, maal__noegle=sti["maal"], noegle=sti["delmaal"])


def _aktivitetsside(
    request: HttpRequest, aftale: Aftale, noegle: Any, delmaal: Delmaal | None, aktivitet: Aktivitet | None = None
) -> Skriveside:
    gemt = _felter(aktivitet, "titel", "art", "beskrivelse", "fra", "til_og_med", "tegn")
    if aktivitet and request.method != "POST":
        gemt["ansvarlige"] = list(aktivitet.ansvarlige.values_list("pk", flat=True))
    parter = [part.enhed for part in aftale.parterne if part.tilstand != Svar.UDTRAADT]
    form = AktivitetForm(indsendt(request), initial=gemt, skoleaar=aftale.skoleaar, parter=parter)
    sti = adresse(request)
    hvor = under(aftale, "skriv_aktivitet", sti["maal"], sti["delmaal"], noegle)
    mere = {"delmaal": delmaal, "aktivitet": aktivitet, "maal": delmaal.maal if delmaal else None}
    overskrift = f"Ret {bestemt(Aktivitet, aktivitet.art)}" if aktivitet else "Ny aktivitet"
    return Skriveside(request, aftale, "aktivitet", overskrift, form, hvor, mere)


def _felter(led: Any, *navne: str) -> dict[str, Any]:
    """The stored fields to begin with; something new begins as version 0."""
    if led is None:
        return {"version": 0}
    return {"version": led.version, **{navn: getattr(led, navn) for navn in navne}}
