"""What differs between two contents of an agreement, place by place and word by word (decision 12).

A goal, sub-goal or activity is found again by its title, else by its words: content has no keys.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from aftaler.indhold import koder
from aftaler.models import Aktivitet, Indhold, Maalomraade
from aftaler.vejledninger import AFSNIT
from samarbejde.formater import dato_uden_ugedag, opremsning
from samarbejde.forskel import Stykke, er_ens, forskel
from samarbejde.models import Enhed

Led = dict[str, Any]
LIGHED = 0.5
# What lies below each: the key of its list, what one is called, and the fields of one.
BOERN = {"": "maal", "maal": "delmaal", "delmaal": "aktiviteter"}
KALDES = {"maal": "Mål", "delmaal": "Delmål", "aktiviteter": "Aktivitet"}
FELTER = {
    "": AFSNIT,
    "maal": {
        "titel": "Målet",
        "omraader": "Målområder",
        "beskrivelse": "Beskrivelse",
        "realisering": "Sådan realiserer vi målet sammen",
    },
    "delmaal": {"titel": "Delmålet", "beskrivelse": "Beskrivelse"},
    "aktiviteter": {
        "titel": "Aktiviteten",
        "art": "Slags",
        "ansvarlige": "Ansvarlige",
        "fra": "Fra",
        "til_og_med": "Til og med",
        "beskrivelse": "Beskrivelse",
        "tegn": "Tegn på at det lykkes",
    },
}


@dataclass(frozen=True)
class Aendring:
    """Where, which field or what happened to the whole, and the words."""

    sted: str
    hvad: str
    stykker: list[Stykke]


def aendringer(foer: Indhold, efter: Indhold) -> list[Aendring]:
    """In reading order; two queries, for the names of units and areas."""
    gammelt, nyt = json.loads(foer.json), json.loads(efter.json)
    navne = dict(Enhed.objects.filter(kode__in=koder(gammelt) | koder(nyt)).values_list("kode", "navn"))
    omraader = {omraade.nummer: str(omraade) for omraade in Maalomraade.objects.all()}
    return list(_Laeser(navne, omraader).led("", gammelt, nyt, ()))


@dataclass
class _Laeser:
    navne: dict[str, str]
    omraader: dict[int, str]

    def led(self, slags: str, foer: Led, efter: Led, sti: tuple[str, ...]) -> Iterator[Aendring]:
        for felt, navn in FELTER[slags].items():
            stykker = forskel(self.tekst(felt, foer), self.tekst(felt, efter))
            if not er_ens(stykker):
                yield Aendring(" › ".join(sti), navn, stykker)
        if slags in BOERN:
            yield from self.boern(BOERN[slags], foer[BOERN[slags]], efter[BOERN[slags]], sti)

    def boern(self, slags: str, foer: list[Led], efter: list[Led], sti: tuple[str, ...]) -> Iterator[Aendring]:
        par = _par(foer, efter)
        for nummer, nyt in enumerate(efter, start=1):
            her = (*sti, f"{KALDES[slags]} {nummer}: {nyt['titel']}")
            if nummer - 1 in par:
                yield from self.led(slags, foer[par[nummer - 1]], nyt, her)
            else:
                yield Aendring(" › ".join(her), "Tilføjet", forskel("", self.helt(slags, nyt)))
        for nummer, gammelt in enumerate(foer):
            if nummer not in par.values():
                her = (*sti, f"{KALDES[slags]}: {gammelt['titel']}")
                yield Aendring(" › ".join(her), "Slettet", forskel(self.helt(slags, gammelt), ""))
        if list(par.values()) != sorted(par.values()):
            raekker = [[f"{nr}. {et['titel']}" for nr, et in enumerate(liste, start=1)] for liste in (foer, efter)]
            sted = " › ".join(sti) or "Målene"
            yield Aendring(sted, "Rækkefølgen er ændret", forskel(*["\n".join(linjer) for linjer in raekker]))

    def helt(self, slags: str, led: Led) -> str:
        """All of it as one text, with what lies below."""
        egne = ((navn, self.tekst(felt, led)) for felt, navn in FELTER[slags].items())
        linjer = [f"{navn}: {tekst}" for navn, tekst in egne if tekst]
        if slags in BOERN:
            linjer += [self.helt(BOERN[slags], barn) for barn in led[BOERN[slags]]]
        return "\n".join(linjer)

    def tekst(self, felt: str, led: Led) -> str:
        vaerdi = led[felt]
        match felt:
            case "omraader":
                return "\n".join(self.omraader[nummer] for nummer in vaerdi)
            case "ansvarlige":
                return opremsning([self.navne[kode] for kode in vaerdi])
            case "art":
                return str(Aktivitet.Art(vaerdi).label)
            case "fra" | "til_og_med":
                return dato_uden_ugedag(date.fromisoformat(vaerdi)) if vaerdi else ""
        return str(vaerdi)


def _par(foer: list[Led], efter: list[Led]) -> dict[int, int]:
    """{place in `efter`: place in `foer`} of those that are the same one: by title first, then by their words."""
    par: dict[int, int] = {}
    for maal in (_samme_titel, _ligner):
        for nyt, ny in enumerate(efter):
            ledige = (gammelt for gammelt in range(len(foer)) if gammelt not in par.values())
            fundet = next((gammelt for gammelt in ledige if nyt not in par and maal(foer[gammelt], ny)), None)
            if fundet is not None:
                par[nyt] = fundet
    return dict(sorted(par.items()))


def _samme_titel(foer: Led, efter: Led) -> bool:
    return foer["titel"] == efter["titel"]


def _ligner(foer: Led, efter: Led) -> bool:
    ord_foer, ord_efter = (json.dumps(led, ensure_ascii=False).split() for led in (foer, efter))
    return SequenceMatcher(None, ord_foer, ord_efter).ratio() > LIGHED
