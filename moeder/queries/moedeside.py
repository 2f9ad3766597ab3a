"""What the page of one meeting shows; the number of queries never follows the rows."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from moeder.models import Deltager, Moede
from moeder.queries.indkaldelse import kan_fortrydes_til
from moeder.queries.punkter import dagsorden
from moeder.states import AKTIVE, Deltagelse, Tilstand
from samarbejde.models import Person
from samarbejde.permissions import TILLADT, Handling
from samarbejde.roller import Roller

FARVER = {Tilstand.RESERVERET: "neutral", Tilstand.INDKALDT: "info", Tilstand.REFERAT_LUKKET: "ok"}
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
        "min": next((en for en in deltagere if en.person_id == person.pk and en.er_aktiv), None),
        "tilstandsfarve": FARVER.get(moede.tilstand, "advarsel"),
        "knapper": list(knapper(moede, roller)),
        "fortryd_til": kan_fortrydes_til(moede) if maa_her(roller, Handling.INDKALD) else None,
        "kan_planlaegge": kan_planlaegge,
        "kan_foreslaa": maa_her(roller, Handling.FORESLAA_PUNKT),
    }


def maa_her(roller: Roller, handling: Handling) -> bool:
    """`maa` when the roles on the object are known already."""
    return not roller.isdisjoint(TILLADT[handling])


def _deltagere(moede: Moede) -> list[Deltager]:
    deltagere = Deltager.objects.filter(moede=moede).select_related("person", "enhed")
    return sorted(deltagere, key=lambda en: (en.tilstand not in AKTIVE, RAEKKEFOELGE[en.art], en.pk))


def knapper(moede: Moede, roller: Roller) -> list[Knap]:
    """What the person may do to the meeting as it stands, the most likely first."""
    kan_svares = moede.tilstand == Tilstand.INDKALDT and not moede.er_begyndt()
    mulige = [
        ("Svar på indkaldelsen", "svar_paa_indkaldelse", Handling.SVAR_PAA_INDKALDELSE, kan_svares),
        ("Send indkaldelse", "indkald", Handling.INDKALD, moede.tilstand == Tilstand.RESERVERET),
        ("Deltagere", "deltagere", Handling.INDKALD, moede.er_kommende),
        ("Ret mødet", "ret_moede", Handling.PLANLAEG_MOEDE, moede.er_kommende),
        ("Flyt mødet", "flyt_moede", Handling.INDKALD, moede.er_kommende),
        ("Aflys mødet", "aflys_moede", Handling.INDKALD, moede.er_kommende),
        ("Fortryd aflysningen", "genopret_moede", Handling.INDKALD, _kan_genoprettes(moede)),
    ]
    return [
        Knap(navn, reverse(adresse, args=[moede.kode]))
        for navn, adresse, handling, er_nu in mulige
        if er_nu and maa_her(roller, handling)
    ]


def _kan_genoprettes(moede: Moede) -> bool:
    return moede.tilstand == Tilstand.AFLYST and not moede.er_begyndt()
