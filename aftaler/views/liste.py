from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aftaler import queries
from aftaler.aarshjul import aabne_skoleaar
from aftaler.models import Aftale
from aftaler.states import Tilstand
from samarbejde import tid
from samarbejde.adgang import for_alle_indloggede
from samarbejde.models import Person
from samarbejde.skolekalender import skoleaar_navn

PR_SIDE = 50
FLEST_AAR = 10
FARVER = {Tilstand.KLADDE: "info", Tilstand.TIL_GODKENDELSE: "warning", Tilstand.INDGAAET: "success"}


@require_safe
@for_alle_indloggede
def aftaler(request: HttpRequest) -> HttpResponse:
    """Which agreements are there, where are they, and who must act?"""
    nyeste = aabne_skoleaar(tid.i_dag())[-1]
    aarene = range(nyeste, nyeste - FLEST_AAR, -1)
    aar = next((et for et in aarene if str(et) == request.GET.get("aar")), None)
    tilstand = next((en for en in Tilstand.values if en == request.GET.get("tilstand")), "")
    side = Paginator(queries.liste(request.user, aar, tilstand), PR_SIDE).get_page(request.GET.get("side"))
    valg = {"aar": aar, "tilstand": tilstand}
    indhold = {
        "side": side,
        "raekker": [_raekke(aftale, request.user) for aftale in side],
        "kan_oprettes": queries.kan_oprettes(request.user),
        "aarene": [(et, skoleaar_navn(et)) for et in aarene],
        "tilstande": Tilstand.choices,
        "valgt": valg,
        "foresporgsel": _foresporgsel(valg),
    }
    return render(request, "aftaler/aftaler.html", indhold)


def _foresporgsel(valg: dict[str, Any]) -> str:
    foresporgsel = QueryDict(mutable=True)
    foresporgsel.update({navn: vaerdi for navn, vaerdi in valg.items() if vaerdi})
    return foresporgsel.urlencode()


def _raekke(aftale: Aftale, person: Person) -> dict[str, Any]:
    skridt = queries.naeste_skridt(aftale, person)
    hvem = list(dict.fromkeys(et.hvem for et in skridt))
    return {
        "distrikt": aftale.distrikt.navn,
        "aar": skoleaar_navn(aftale.skoleaar),
        "adresse": f"{reverse('aftaler')}{aftale.distrikt.slug}/{aftale.skoleaar}/",
        "tilstand": aftale.tilstandsnavn,
        "farve": FARVER.get(aftale.tilstand, "neutral"),
        "er_min": any(et.er_min for et in skridt),
        "hvem": hvem[0] if len(hvem) == 1 else "",
        "flere": f"{len(hvem)} parter mangler at svare" if len(hvem) > 1 else "",
        "frist": next((et.frist for et in skridt if et.frist), None),
        "overskredet": any(et.overskredet for et in skridt),
    }
