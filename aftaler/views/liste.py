import csv
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aftaler import oversigt, queries, ventende
from aftaler.aarshjul import aabne_skoleaar, aarshjul
from aftaler.adresser import nummer_i_adressen
from aftaler.oversigt import UDEN_AFTALE, Raekke, Valg
from aftaler.states import Tilstand
from aftaler.ventende import VENTER, Venter
from samarbejde import soegning, tid
from samarbejde.adgang import for_alle_indloggede
from samarbejde.formater import antal, dato_kort, uden_formel
from samarbejde.models import Person
from samarbejde.prosa import rens_linje
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn

PR_SIDE = 50
FLEST_AAR = 10
FARVER = {Tilstand.KLADDE: "info", Tilstand.TIL_GODKENDELSE: "warning", Tilstand.INDGAAET: "success"}
KOLONNER = ("Distrikt", "Skoleår", "Område", "Tilstand", "Siden", "Skal gøre noget nu", "Frist", "Indgået")
NAVNE = {True: ("distrikt uden aftale", "distrikter uden aftale"), False: ("aftale", "aftaler")}
SKOLELEDEREN = "Skolelederen"


@require_safe
@for_alle_indloggede
def aftaler(request: HttpRequest) -> HttpResponse:
    """Which agreements are there, where are they, and who must act?"""
    valg = _valg(request.GET)
    omraader = oversigt.maalomraader(request.user, valg)
    uden_aftale = valg.tilstand == UDEN_AFTALE
    fundne = omraader[0].uden_aftale if uden_aftale else omraader[0].antal
    side = Paginator(range(fundne), PR_SIDE).get_page(request.GET.get("side"))
    indhold = {
        "side": side,
        "raekker": _uden(request.user, valg, side) if uden_aftale else _raekker(request.user, valg, side),
        "antal": antal(fundne, *NAVNE[uden_aftale]),
        "kan_oprettes": queries.kan_oprettes(request.user),
        "uden_aftale": 0 if uden_aftale else omraader[0].uden_aftale,
        "dette_aar": valg.aar or skoleaar_for(tid.i_dag()),
        "filtre": _filtre(request.user, valg, omraader),
        "q": valg.q,
        "foresporgsel": urlencode(valg.valgt),
    }
    return render(request, "aftaler/aftaler.html", indhold)


@require_safe
@for_alle_indloggede
def aftaler_csv(request: HttpRequest) -> HttpResponse:
    """The whole of what is chosen on the list, for a spreadsheet: states and dates, never the text."""
    svar = HttpResponse(content_type="text/csv; charset=utf-8")
    svar["Content-Disposition"] = 'attachment; filename="aftaler.csv"'
    svar.write("\ufeff")
    ud = csv.writer(svar, delimiter=";")
    ud.writerow(KOLONNER)
    for raekke in _til_csv(request.user, _valg(request.GET)):
        ud.writerow([uden_formel(celle) for celle in raekke])
    return svar


# --- what is chosen ----------------------------------------------------------------------------------------------
def _valg(get: QueryDict) -> Valg:
    """What is not among the choices counts as not chosen."""
    tilstand = _et_af(get.get("tilstand"), (*Tilstand.values, UDEN_AFTALE))
    af_aftalen = tilstand != UDEN_AFTALE
    q = rens_linje(get.get("q", ""))[: soegning.LAENGST]
    return Valg(
        aar=int(_et_af(get.get("aar"), map(str, _aarene())) or 0),
        omraade=get.get("omraade", "")[:80].replace("\0", ""),
        tilstand=tilstand,
        maalomraade=int(_et_af(get.get("maalomraade"), "123456") or 0) if af_aftalen else 0,
        venter=_et_af(get.get("venter"), VENTER) if af_aftalen else "",
        q=q if len(q) >= soegning.KORTEST else "",
    )


def _et_af(valgt: str | None, mulige: Iterable[str]) -> str:
    return next((en for en in mulige if en == valgt), "")


def _aarene() -> range:
    nyeste = aabne_skoleaar(tid.i_dag())[-1]
    return range(nyeste, nyeste - FLEST_AAR, -1)


def _filtre(person: Person, valg: Valg, omraader: list[oversigt.Omraade]) -> list[dict[str, Any]]:
    tilstande = [*((vaerdi, navn.capitalize()) for vaerdi, navn in Tilstand.choices), (UDEN_AFTALE, "Ingen aftale")]
    filtre = [
        ("aar", "Skoleår", [(et, skoleaar_navn(et)) for et in _aarene()], valg.aar),
        ("omraade", "Område", oversigt.omraader_at_vaelge(person), valg.omraade),
        ("tilstand", "Tilstand", tilstande, valg.tilstand),
        ("maalomraade", "Målområde", [(en.nummer, f"{en.nummer}. {en.navn}") for en in omraader], valg.maalomraade),
        ("venter", "Venter på", list(VENTER.items()), valg.venter),
    ]
    return [
        {"navn": navn, "titel": titel, "mulige": mulige, "valgt": valgt}
        for navn, titel, mulige, valgt in filtre
        if mulige
    ]


# --- rows --------------------------------------------------------------------------------------------------------
def _raekker(person: Person, valg: Valg, side: Page) -> list[dict[str, Any]]:
    fundne = oversigt.raekker(person, valg, *_udsnit(side))
    venter, rod, i_dag = ventende.venter_paa(fundne, person), reverse("aftaler"), tid.i_dag()
    return [
        {
            "distrikt": en.distrikt,
            "aar": _aar(en),
            "adresse": f"{rod}{en.slug}/{en.skoleaar}/" + "".join(f"version/{nr}/" for nr in nummer_i_adressen(en)),
            "tilstand": en.tilstandsnavn,
            "farve": FARVER.get(Tilstand(en.tilstand), "neutral"),
            "er_min": venter[en.pk].er_min,
            "hvem": _hvem(venter[en.pk]),
            "frist": dato_kort(frist) if (frist := venter[en.pk].frist) else "",
            "overskredet": bool(frist and frist < i_dag),
        }
        for en in fundne
    ]


def _aar(en: Raekke) -> str:
    aar = skoleaar_navn(en.skoleaar)
    return f"{aar}, version {en.nummer}" if en.erstatter_id else aar


def _udsnit(side: Page) -> tuple[int, int]:
    return max(side.start_index() - 1, 0), side.end_index()


def _hvem(venter: Venter) -> str:
    hvem = venter.hvem
    if hvem[-1:] == (ventende.ALLE_PARTER,):
        return ventende.ALLE_PARTER
    if len(hvem) < 2:
        return hvem[0] if hvem else "Ingen"
    if hvem[0].startswith("Tovholderen"):
        return f"{hvem[0]}, og {antal(len(hvem) - 1, 'part', 'parter')} mangler at svare"
    return f"{len(hvem)} parter mangler at svare"


def _uden(person: Person, valg: Valg, side: Page) -> list[dict[str, Any]]:
    fra, til = _udsnit(side)
    aar = valg.aar or skoleaar_for(tid.i_dag())
    frist = aarshjul(aar).frist
    return [
        {
            "distrikt": navn,
            "aar": skoleaar_navn(aar),
            "adresse": reverse("distrikt", args=[slug]),
            "tilstand": "ingen aftale",
            "farve": "neutral",
            "hvem": SKOLELEDEREN,
            "frist": dato_kort(frist),
            "overskredet": frist < tid.i_dag(),
        }
        for navn, slug, _ in oversigt.uden_aftale(person, valg)[fra:til]
    ]


def _til_csv(person: Person, valg: Valg) -> Iterable[tuple[str, ...]]:
    if valg.tilstand == UDEN_AFTALE:
        aar = valg.aar or skoleaar_for(tid.i_dag())
        distrikter = oversigt.uden_aftale(person, valg)
        omraader = oversigt.omraade_af_distrikt(pk for _, _, pk in distrikter)
        frist = str(aarshjul(aar).frist)
        for navn, _, pk in distrikter:
            yield navn, skoleaar_navn(aar), omraader.get(pk, ""), "ingen aftale", "", SKOLELEDEREN, frist, ""
        return
    alle = oversigt.alle_raekker(person, valg)
    omraader = oversigt.omraade_af_distrikt({en.distrikt_id for en in alle})
    for en, venter in zip(alle, ventende.venter_paa(alle, person).values(), strict=True):
        yield _csv_raekke(en, venter, omraader.get(en.distrikt_id, ""))


def _csv_raekke(en: Raekke, venter: Venter, omraade: str) -> tuple[str, ...]:
    return (
        en.distrikt,
        _aar(en),
        omraade,
        en.tilstandsnavn,
        str(tid.lokal(en.tilstand_siden).date()),
        ", ".join(venter.hvem),
        str(venter.frist or ""),
        str(tid.lokal(en.indgaaet_den).date()) if en.indgaaet_den else "",
    )
