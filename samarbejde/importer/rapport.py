"""The difference in Danish, for the operator who decides whether to go on."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from samarbejde import tid
from samarbejde.formater import antal, opremsning
from samarbejde.importer.forskel import Aendring, Arkforskel
from samarbejde.importer.skema import SLUTDAGE

VIS_HOEJST = 20
ENTAL = {
    "enheder": ("enhed", "enheder"),
    "distrikter": ("distrikt", "distrikter"),
    "tilknytninger": ("tilknytning", "tilknytninger"),
    "personer": ("person", "personer"),
    "roller": ("rolle", "roller"),
    "ferier": ("ferie", "ferier"),
}


def rapport(forskelle: list[Arkforskel], alt: bool = False) -> Iterator[str]:
    """New rows are shown by the first twenty unless `alt`; changes and proposals always all."""
    for forskel in forskelle:
        yield f"{forskel.ark}: {_tal(forskel)}"
        if forskel.nye:
            yield "  Nye"
            vist = forskel.nye if alt else forskel.nye[:VIS_HOEJST]
            yield from (f"    + {_navn(forskel.ark, raekke.felter)}" for raekke in vist)
            if resten := len(forskel.nye) - len(vist):
                yield f"    … og {resten} til (vis alle med -v 2)"
        if forskel.aendrede:
            yield "  Ændrede"
            yield from (f"    ~ {_aendring(aendring)}" for aendring in forskel.aendrede)
        if forskel.foreslaas_lukket:
            yield "  Foreslås lukket: står ikke i filen, og importen lukker dem ikke"
            yield from (f"    - {_navn(forskel.ark, felter)}" for felter in forskel.foreslaas_lukket)


def _tal(forskel: Arkforskel) -> str:
    return opremsning(
        [
            antal(len(forskel.nye), "ny", "nye"),
            antal(len(forskel.aendrede), "ændret", "ændrede"),
            antal(len(forskel.foreslaas_lukket), "foreslås lukket", "foreslås lukket"),
            antal(forskel.uaendrede, "uændret", "uændrede"),
        ]
    )


def _aendring(aendring: Aendring) -> str:
    felter = [f"{navn}: {_vis(navn, fra)} → {_vis(navn, til)}" for navn, (fra, til) in aendring.felter.items()]
    return f"{_navn(aendring.raekke.ark, aendring.raekke.felter)}: {', '.join(felter)}"


def _navn(ark: str, felter: dict[str, Any]) -> str:
    match ark:
        case "tilknytninger":
            return f"{felter['enhed']} til {felter['til']} fra {_vis('gyldig_fra', felter['gyldig_fra'])}"
        case "roller":
            hvem = felter["person"] or "(person uden kode)"
            return f"{hvem}: {felter['rolle']} på {felter['enhed']} fra {_vis('gyldig_fra', felter['gyldig_fra'])}"
        case "ferier":
            return f"{felter['navn']} fra {_vis('fra', felter['fra'])}"
    return f"{felter['kode']} {felter['navn']}"


def _vis(kolonne: str, vaerdi: Any) -> str:
    """As the file would write it: the last day, ja and nej, dates as dd-mm-åååå."""
    if vaerdi is None or vaerdi == "":
        return "(tom)"
    if isinstance(vaerdi, bool):
        return "ja" if vaerdi else "nej"
    if isinstance(vaerdi, date):
        return f"{tid.til_og_med(vaerdi) if kolonne in SLUTDAGE else vaerdi:%d-%m-%Y}"
    return str(vaerdi)
