"""The page of an agreement: where it is, who must act and by when, what I can do, and the text."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aftaler import historik as fra_sporet
from aftaler import papir, tur
from aftaler.aarshjul import aarshjul
from aftaler.models import Aftale, Kladdedokument
from aftaler.states import UDKAST
from aftaler.views import overblik
from aftaler.views.kommentarer import samtale
from aftaler.views.liste import FARVER
from aftaler.views.side import vis
from aftaler.views.trin import trin
from samarbejde.adgang import kraever
from samarbejde.models import Person
from samarbejde.permissions import Handling, maa
from samarbejde.queries import heltal


@require_safe
@kraever(Handling.SE_TILSTAND, Aftale)
def aftale(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    maa_laese = maa(request.user, Handling.LAES, aftale)
    indhold = {
        "aftale": aftale,
        "rod": aftale.get_absolute_url(),
        "broedkrummer": [("Aftaler", reverse("aftaler")), (str(aftale), None)],
        "farve": FARVER.get(aftale.tilstand, "neutral"),
        "aarshjul": aarshjul(aftale.skoleaar),
        "maa_laese": maa_laese,
        "parter": overblik.parter(aftale, maa_laese),
        "vis_svar": maa_laese and overblik.har_svar(aftale),
        "kan_faa_anden_tovholder": overblik.kan_faa_anden_tovholder(aftale, request.user),
    }
    if maa_laese:
        maa_se_udgaver = maa(request.user, Handling.LAES_KLADDE, aftale)
        indhold |= {**_til_laesere(aftale, request.user), "maa_se_udgaver": maa_se_udgaver}
        indhold["kan_faa_udkast"] = maa_se_udgaver and aftale.tilstand in UDKAST
    return render(request, "aftaler/aftale.html", indhold)


def _til_laesere(aftale: Aftale, person: Person) -> dict[str, Any]:
    """The text, and what is to be done; only for those who may read it."""
    overblik.med_tekst(aftale)
    rod = aftale.get_absolute_url()
    skridt = [replace(et, adresse="") if et.adresse == rod else et for et in tur.naeste_skridt(aftale, person)]
    return {
        "min_tur": [et for et in skridt if et.er_min],
        "andres_tur": [et for et in skridt if not et.er_min],
        "trin": trin(aftale, person),
        "samtale": samtale(aftale, person),
        "handlinger": overblik.handlinger(aftale, person),
        "ret": rod if overblik.kan_rette(aftale, person) else "",
        **overblik.muligheder(aftale, person),
        "grund": fra_sporet.grund_til_slut(aftale),
        "tidligere_dokumenter": range(1, (aftale.dokumentet or {}).get("nummer", 1)),
    }


@require_safe
@kraever(Handling.LAES, Aftale)
def aftale_paa_en_side(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """For the skolebestyrelse and the staff: what is agreed, without answers and duties, on screen and on paper."""
    indhold: dict[str, Any] = {
        "aarshjul": aarshjul(aftale.skoleaar),
        "er_indgaaet": aftale.tilstand not in UDKAST,
        "parter": overblik.med_i_aftalen(aftale),
        "maal": overblik.i_korte_traek(aftale),
    }
    return vis(request, "paa_en_side", aftale, "På én side", **indhold)


@require_safe
@kraever(Handling.LAES, Aftale)
def gennemse_aftale(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """The very HTML that the PDF is made of; of what was entered as it was approved, of a draft as it stands."""
    dokument = None if aftale.tilstand in UDKAST else aftale.dokumenter.select_related("indhold").defer("pdf").first()
    data = papir.data_til(dokument) if dokument else papir.data_til_kladde(Kladdedokument(aftale=aftale))
    return HttpResponse(papir.som_html(data | {"skaerm": True, "rod": aftale.get_absolute_url()}))


@require_safe
@kraever(Handling.LAES, Aftale)
def historik(request: HttpRequest, aftale: Aftale) -> HttpResponse:
    """Who changed what and when, newest first."""
    foer = heltal(request.GET.get("foer"))
    med_kladden = aftale.tilstand in UDKAST or maa(request.user, Handling.LAES_KLADDE, aftale)
    linjer, videre_fra = fra_sporet.historik(aftale, med_kladden, foer)
    indhold: dict[str, Any] = {"haendelser": linjer, "videre_fra": videre_fra, "foer": foer}
    indhold["maa_se_udgaver"] = med_kladden
    return vis(request, "historik", aftale, "Historik", **indhold)
