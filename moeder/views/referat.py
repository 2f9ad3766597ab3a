"""Writing and reading the minutes (D21, D23). What came of an item is saved by a button, or by itself with a script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from moeder import actions
from moeder.forms.referat import UDFALD, UdfaldForm, gemt_udfald
from moeder.models import Moede, Punkt
from moeder.queries import referat as queries
from moeder.queries.opgaver import aabne_opgaver
from moeder.queries.papir import uddragsdata
from moeder.queries.runde import runde
from moeder.queries.skridt import naeste_skridt
from moeder.states import REFERATET_SKRIVES, Tilstand
from moeder.views.side import adresse, indsendt, vis
from samarbejde import tid
from samarbejde.adgang import kraever
from samarbejde.formater import klokken
from samarbejde.permissions import TILLADT, Handling
from samarbejde.tilstande import IkkeMuligtError, KonfliktError
from samarbejde.views.behold import behold_teksten

SKREVET = {"referat": "Referat", "beslutning": "Beslutning"}
BEHOLDT = "Teksten er her stadig. Tryk «Gem punktet», så kan du læse begge tekster og vælge."


# --- while it runs ------------------------------------------------------------------------------------------------
@require_safe
@kraever(Handling.SKRIV_REFERAT, Moede)
def skriv_referat(request: HttpRequest, moede: Moede) -> HttpResponse:
    data = queries.referatdata(moede, request.user)
    kan_skrive = moede.tilstand in REFERATET_SKRIVES
    for punkt in data.punkter:
        punkt.runde = runde(punkt, moede) if punkt.er_runde else None
        punkt.form = UdfaldForm(punkt=punkt, nummer=punkt.nummer) if kan_skrive and not punkt.er_om_et_barn else None
    roller, inviterede = moede.roller_for(request.user), list(queries.inviterede(moede))
    indhold = {
        "data": data,
        "kan_skrive": kan_skrive,
        "kan_begynde": moede.tilstand == "indkaldt",
        "er_slut": moede.slutter <= tid.nu(),
        "opgaver": aabne_opgaver(moede, request.user),
        "inviterede": inviterede,
        "alle_noteret": queries.alle_noteret(inviterede),
        "kan_lede": not roller.isdisjoint(TILLADT[Handling.LUK_REFERAT]),
    }
    return vis(request, "skriv_referat", moede, "Hold mødet", **indhold)


@behold_teksten(SKREVET)
@kraever(Handling.SKRIV_REFERAT, Moede)
def skriv_udfald(request: HttpRequest, moede: Moede) -> HttpResponse:
    punkt = _punkt(request, moede)
    form = UdfaldForm(indsendt(request), punkt=punkt)
    if request.method != "POST":
        return _til_punktet(moede, punkt)
    svar = _SomJson(request) if request.headers.get("Accept") == "application/json" else _SomSide(request, moede, punkt)
    if not form.is_valid():
        return svar.fejl(form, " ".join(fejl for felt in form.errors.values() for fejl in felt))
    try:
        gemt = actions.skriv_udfald(moede=moede, punkt=punkt.noegle, af=request.user, felter=form.aendrede())
    except KonfliktError as konflikt:
        return svar.konflikt(form, konflikt)
    except (ValidationError, IkkeMuligtError) as afvist:
        return svar.afvist(form, getattr(afvist, "messages", [str(afvist)])[0])
    return svar.gemt(gemt)


def _punkt(request: HttpRequest, moede: Moede) -> Punkt:
    punkt = moede.punkter.filter(noegle=adresse(request)["punkt"]).first()
    if punkt is None:
        raise Http404
    return punkt


def _til_punktet(moede: Moede, punkt: Punkt) -> HttpResponse:
    return redirect(f"{moede.get_absolute_url()}referat/#punkt-{punkt.noegle}")


class _SomJson:
    """The answer to a save by the script: what to carry on with, or what to do."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def gemt(self, punkt: Punkt) -> HttpResponse:
        nu = gemt_udfald(punkt)
        felter = {navn: vaerdi for navn, vaerdi in nu.items() if navn not in UDFALD}
        return JsonResponse({"besked": f"Gemt kl. {klokken(tid.nu())}", "felter": felter})

    def fejl(self, form: UdfaldForm, besked: str) -> HttpResponse:
        return JsonResponse({"besked": f"Ikke gemt: {besked}"}, status=422)

    def afvist(self, form: UdfaldForm, besked: str) -> HttpResponse:
        return JsonResponse(
            {"besked": f"Ikke gemt: {besked} Teksten er her stadig, så du kan kopiere den."}, status=409
        )

    def konflikt(self, form: UdfaldForm, konflikt: KonfliktError) -> HttpResponse:
        return JsonResponse({"besked": f"Ikke gemt: {konflikt.saetning} {BEHOLDT}"}, status=409)


class _SomSide:
    """The answer to a save by the button: back to the item, or a page on which nothing that was typed is lost."""

    def __init__(self, request: HttpRequest, moede: Moede, punkt: Punkt) -> None:
        self.request, self.moede, self.punkt = request, moede, punkt

    def gemt(self, punkt: Punkt) -> HttpResponse:
        messages.success(self.request, "Punktet er gemt.")
        return _til_punktet(self.moede, punkt)

    def fejl(self, form: UdfaldForm, besked: str) -> HttpResponse:
        return self._vis("ret_udfald", form=form)

    def afvist(self, form: UdfaldForm, besked: str) -> HttpResponse:
        skrevet = [(SKREVET[felt], form.cleaned_data[felt]) for felt in UDFALD if form.cleaned_data[felt]]
        return self._vis("udfald_afvist", 409, saetning=besked, skrevet=skrevet)

    def konflikt(self, form: UdfaldForm, konflikt: KonfliktError) -> HttpResponse:
        nu, mine = konflikt.nu or {}, form.aendrede()
        raekker = [(SKREVET[felt], mine[felt][0], nu[felt]) for felt in mine if mine[felt][0] != nu[felt]]
        skjulte = {**nu, **{felt: tekst for felt, (tekst, _) in mine.items()}}
        return self._vis("konflikt", 409, saetning=konflikt.saetning, raekker=raekker, skjulte=skjulte.items())

    def _vis(self, skabelon: str, status: int = 200, **indhold: Any) -> HttpResponse:
        overskrift = f"Referat af «{self.punkt.vist_titel}»"
        return vis(self.request, skabelon, self.moede, overskrift, status=status, punkt=self.punkt, **indhold)


@require_POST
@kraever(Handling.SKRIV_REFERAT, Moede)
def marker_behandlet(request: HttpRequest, moede: Moede) -> HttpResponse:
    punkt, behandlet = _punkt(request, moede), request.POST.get("behandlet") == "1"
    actions.marker_behandlet(moede=moede, punkt=punkt.noegle, behandlet=behandlet, af=request.user)
    messages.success(request, "Punktet er behandlet." if behandlet else "Punktet er åbnet igen.")
    return _til_punktet(moede, punkt)


@require_POST
@kraever(Handling.SKRIV_REFERAT, Moede)
def marker_hoert(request: HttpRequest, moede: Moede) -> HttpResponse:
    """S41: tick off who has spoken in the round; one of those who are there."""
    punkt, valgt = _punkt(request, moede), request.POST.get("faglighed", "")
    med = {str(en.faglighed.pk): en.faglighed for en in runde(punkt, moede).pladser} if punkt.er_runde else {}
    if valgt not in med:
        raise Http404
    hoert = request.POST.get("hoert") == "1"
    actions.marker_hoert(moede=moede, punkt=punkt.noegle, faglighed=med[valgt], hoert=hoert, af=request.user)
    return _til_punktet(moede, punkt)


# --- reading ------------------------------------------------------------------------------------------------------
@require_safe
@kraever(Handling.SE_MOEDE, Moede)
def laes(request: HttpRequest, moede: Moede) -> HttpResponse:
    """What is out for everybody who was invited; until then only for those who write it."""
    roller = moede.roller_for(request.user)
    data = queries.referatdata(moede, request.user)
    kan_skrive = not roller.isdisjoint(TILLADT[Handling.SKRIV_REFERAT])
    i_hoering = moede.tilstand == Tilstand.REFERAT_I_HOERING
    skridt = [et for et in naeste_skridt(moede, request.user, roller) if et.er_min or kan_skrive]
    indhold: dict[str, Any] = {
        "data": data,
        "vises": data.er_ude or (kan_skrive and moede.er_holdt),
        "skridt": skridt,
        "kan_skrive": kan_skrive,
        "kan_lede": not roller.isdisjoint(TILLADT[Handling.LUK_REFERAT]),
        "kan_bemaerke": i_hoering and not roller.isdisjoint(TILLADT[Handling.BEMAERK_REFERAT]),
        "uddrag": queries.uddragsenheder(moede, request.user),
    }
    return vis(request, "laes_referat", moede, "Referat", **indhold)


@require_safe
@kraever(Handling.SE_MOEDE, Moede)
def vis_paa_skaerm(request: HttpRequest, moede: Moede) -> HttpResponse:
    """For the screen in the room: one item at a time, in large type, read-only. Minutes only to those who write."""
    punkter = queries.nummererede(moede, request.user)
    valgt = request.GET.get("punkt", "")
    nummer = min(max(int(valgt) if valgt.isdecimal() and len(valgt) < 4 else 1, 1), max(len(punkter), 1))
    kan_skrive = not moede.roller_for(request.user).isdisjoint(TILLADT[Handling.SKRIV_REFERAT])
    vist = punkter[nummer - 1] if punkter else None
    indhold: dict[str, Any] = {
        "punkt": vist,
        "runde": runde(vist, moede) if vist and vist.er_runde else None,
        "forrige": nummer - 1,
        "naeste": nummer + 1 if nummer < len(punkter) else 0,
        "antal": len(punkter),
        "med_referat": kan_skrive or moede.tilstand in queries.UDE,
    }
    return vis(request, "paa_skaerm", moede, "Vis på skærm", **indhold)


@require_safe
@kraever(Handling.SE_MOEDE, Moede)
def uddrag(request: HttpRequest, moede: Moede) -> HttpResponse:
    """For a unit's other staff, given by its leader or whoever was there for it."""
    enheder = {enhed.slug: enhed for enhed in queries.uddragsenheder(moede, request.user)}
    enhed = enheder.get(adresse(request)["enhed"])
    if enhed is None:
        messages.info(request, "Uddraget kan læses af enhedens leder og ledelsen, når referatet er sendt ud.")
        return redirect("laes_referat", moede.kode)
    return vis(request, "uddrag", moede, f"Uddrag til {enhed}", **uddragsdata(moede, enhed))
