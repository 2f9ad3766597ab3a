"""Whether data has the shape of the published schema (static/skema): as much of JSON Schema as that file uses.

The library that knows all of it is used by the tests only, which hold the two against each other.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings

from aftaler.indhold import SKEMA

Skema = dict[str, Any]
ARTER: dict[str, tuple[type | tuple[type, ...], str]] = {
    "object": (dict, "en gruppe af felter"),
    "array": (list, "en liste"),
    "string": (str, "en tekst"),
    "integer": (int, "et helt tal"),
    "boolean": (bool, "true eller false"),
    "null": (type(None), "null"),
}


@cache
def skemaet() -> Skema:
    navn = f"{SKEMA.replace('/', '-')}.json"
    return json.loads((settings.BASE_DIR / "static" / "skema" / navn).read_text(encoding="utf-8"))


def fejl_i(data: Any) -> Iterator[str]:
    """One Danish line for each place that is not as the schema says."""
    return _fejl(data, skemaet(), "")


def _fejl(vaerdi: Any, skema: Skema, sted: str) -> Iterator[str]:
    if "$ref" in skema:
        yield from _fejl(vaerdi, skemaet()["$defs"][skema["$ref"].rpartition("/")[2]], sted)
    elif "anyOf" in skema:
        yield from _mindst_en(vaerdi, skema["anyOf"], sted)
    elif hvad := _forkert(vaerdi, skema):
        yield f"{sted or 'filen'}: {hvad}"
    elif isinstance(vaerdi, dict):
        yield from _felter(vaerdi, skema, sted)
    elif isinstance(vaerdi, list):
        for nummer, ting in enumerate(vaerdi, start=1):
            yield from _fejl(ting, skema["items"], f"{sted}, nr. {nummer}")


def _mindst_en(vaerdi: Any, mulige: list[Skema], sted: str) -> Iterator[str]:
    """With the faults of the first that it could be."""
    fundet = [list(_fejl(vaerdi, skema, sted)) for skema in mulige]
    if all(fundet):
        yield from fundet[0]


def _felter(vaerdi: dict[str, Any], skema: Skema, sted: str) -> Iterator[str]:
    def her(navn: str) -> str:
        return f"{sted}, {navn}" if sted else navn

    for navn in skema["required"]:
        if navn not in vaerdi:
            yield f"{her(navn)}: mangler"
    for navn, under in vaerdi.items():
        if navn in skema["properties"]:
            yield from _fejl(under, skema["properties"][navn], her(navn))
        else:
            yield f"{her(navn[:40])}: er ikke et felt i skemaet"


def _forkert(vaerdi: Any, skema: Skema) -> str:
    """What is wrong with the value itself; nothing when it is right."""
    if "const" in skema:
        return "" if vaerdi == skema["const"] else f"skal være {skema['const']}"
    if "enum" in skema:
        return "" if vaerdi in skema["enum"] else f"skal være en af {', '.join(skema['enum'])}"
    arter = skema["type"] if isinstance(skema["type"], list) else [skema["type"]]
    if not any(_er(vaerdi, art) for art in arter):
        return f"skal være {' eller '.join(ARTER[art][1] for art in arter)}"
    if isinstance(vaerdi, str):
        return _tekstfejl(vaerdi, skema)
    if isinstance(vaerdi, list):
        return _listefejl(vaerdi, skema)
    return _talfejl(vaerdi, skema) if "minimum" in skema and vaerdi is not None else ""


def _er(vaerdi: Any, art: str) -> bool:
    """In Python, true is a whole number."""
    return isinstance(vaerdi, ARTER[art][0]) and (art == "boolean" or not isinstance(vaerdi, bool))


def _tekstfejl(tekst: str, skema: Skema) -> str:
    if not skema.get("minLength", 0) <= len(tekst) <= skema.get("maxLength", len(tekst)):
        return f"skal fylde {skema.get('minLength', 0)} til {skema['maxLength']} tegn"
    if "pattern" in skema and not re.fullmatch(skema["pattern"].removeprefix("^").removesuffix("$"), tekst, re.ASCII):
        return "er ikke skrevet, som skemaet siger"
    return "" if not skema.get("format", "").startswith("date") or _er_en_dag(tekst) else "er ikke en dato, der findes"


def _er_en_dag(tekst: str) -> bool:
    try:
        datetime.fromisoformat(tekst)
    except ValueError:
        return False
    return True


def _listefejl(liste: list[Any], skema: Skema) -> str:
    if not skema.get("minItems", 0) <= len(liste) <= skema["maxItems"]:
        return f"skal have {skema.get('minItems', 0)} til {skema['maxItems']} punkter"
    if skema.get("uniqueItems") and len({json.dumps(ting) for ting in liste}) < len(liste):
        return "nævner det samme to gange"
    return ""


def _talfejl(tal: int, skema: Skema) -> str:
    hoejst = skema["maximum"]
    return "" if skema["minimum"] <= tal <= hoejst else f"skal være mellem {skema['minimum']} og {hoejst}"
