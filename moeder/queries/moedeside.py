"""What the page of one meeting shows; the number of queries never follows the rows."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from moeder.models import Deltager, Moede
from moeder.queries.indkaldelse import kan_fortrydes_til
from moeder.queries.opgaver import aabne_opgaver
from moeder.queries.punkter import dagsorden
from moeder.queries.skridt import naeste_skridt
from moeder.querysets import HELE
from moeder.states import AKTIVE, KOMMENDE, REFERATET_SKRIVES, Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Person
from samarbejde.permissions import TILLADT, Handling, Relation
from samarbejde.roller import Roller

FARVER = {Tilstand.RESERVERET: "neutral", Tilstand.INDKALDT: "info", Tilstand.REFERAT_LUKKET: "ok"}
FOER_REFERATET = KOMMENDE | {Tilstand.AFHOLDT}
INVITERET = frozenset({Relation.INVITERET, Relation.INVITERET_TIL_PUNKT})
# What one seldom comes for stands as links after the buttons.
SJAELDNE = {"ret_moede", "flyt_moede", "aflys_moede", "papirer"}
EN_TIME = timedelta(hours=1)
RAEKKEFOELGE = {art: plads for plads, art in enumerate(Deltager.Art.values)}


@dataclass(frozen=True)
class Knap:
    """An act that is possible now, for somebody who may (komponenter/handlinger.html)."""

    navn: str
    adresse: str
    slags: str = "secondary"
    metode: str = ""


def moedeside(moede: Moede, person: Person) -> dict[str, Any]:
    roller = moede.roller_for(person)
    plan, kan_planlaegge = dagsorden(moede, person), maa_her(roller, Handling.PLANLAEG_MOEDE)
    deltagere = _deltagere(moede)
    return {
        "dagsorden": plan,
        "kan_rettes": kan_planlaegge and plan.er_aaben,
        "deltagere": [en for en in deltagere if en.tilstand != Deltagelse.BORTFALDET],
        "tilstandsfarve": FARVER.get(moede.tilstand, "advarsel"),
        "skridt": naeste_skridt(moede, person, roller),
        "opgaver": aabne_opgaver(moede, person) if moede.tilstand in FOER_REFERATET else [],
        "knapper": list(knapper(moede, roller)),
        "fortryd_til": kan_fortrydes_til(moede) if maa_her(roller, Handling.INDKALD) else None,
        "kan_planlaegge": kan_planlaegge,
        "kan_foreslaa": moede.er_kommende and maa_her(roller, Handling.FORESLAA_PUNKT),
    }


def maa_her(roller: Roller, handling: Handling) -> bool:
    """`maa` when the roles on the object are known already."""
    return not roller.isdisjoint(TILLADT[handling])


def _deltagere(moede: Moede) -> list[Deltager]:
    return sorted(
        hent(_paa_listen, None, moede=moede.pk), key=lambda en: (en.tilstand not in AKTIVE, RAEKKEFOELGE[en.art], en.pk)
    )


def _paa_listen(_: None, moede: int) -> QuerySet[Deltager]:
    return Deltager.objects.filter(moede=moede).select_related("person", "enhed").only(*LISTEFELTER)


LISTEFELTER = (
    *("art", "tilstand", "kun_punkter", "grund", "udeladt_grund", "tidligere_svar", "lokale"),
    *("person__navn", "enhed__navn"),
)


def knapper(moede: Moede, roller: Roller) -> list[Knap]:
    """What the person may do to the meeting as it stands, the most likely first."""
    nu, kommer = moede.tilstand, moede.er_kommende
    indkaldt = nu == Tilstand.INDKALDT
    mulige = [
        ("Skriv referat", "skriv_referat", Handling.SKRIV_REFERAT, _kan_skrives(moede)),
        ("Læs referatet", "laes_referat", Handling.SE_MOEDE, moede.er_holdt and nu != Tilstand.AFHOLDT),
        ("Svar på indkaldelsen", "svar_paa_indkaldelse", Handling.BEMAERK_REFERAT, indkaldt and not moede.er_begyndt()),
        ("Forbered dig til mødet", "giv_bidrag", Handling.GIV_BIDRAG, indkaldt),
        ("Send indkaldelse", "indkald", Handling.INDKALD, nu == Tilstand.RESERVERET),
        ("Deltagere", "deltagere", Handling.INDKALD, kommer),
        ("Se forberedelsen", "forberedelsen", Handling.INDKALD, indkaldt),
        ("Ret mødet", "ret_moede", Handling.PLANLAEG_MOEDE, kommer),
        ("Flyt mødet", "flyt_moede", Handling.INDKALD, kommer),
        ("Aflys mødet", "aflys_moede", Handling.INDKALD, kommer),
        ("Papirer (PDF)", "papirer", Handling.SE_MOEDE, not roller.isdisjoint(HELE)),
        ("Fortryd aflysningen", "genopret_moede", Handling.INDKALD, nu == Tilstand.AFLYST and not moede.er_begyndt()),
    ]
    er_med = not roller.isdisjoint(INVITERET)
    return [
        Knap(navn, reverse(adresse, args=[moede.kode]), "tertiary" if adresse in SJAELDNE else "secondary")
        for navn, adresse, handling, er_nu in mulige
        if er_nu and maa_her(roller, handling) and (adresse != "svar_paa_indkaldelse" or er_med)
    ]


def _kan_skrives(moede: Moede) -> bool:
    """From an hour before it begins until the minutes are out."""
    snart = moede.tilstand == Tilstand.INDKALDT and moede.er_begyndt(tid.nu() + EN_TIME)
    return snart or moede.tilstand in REFERATET_SKRIVES
