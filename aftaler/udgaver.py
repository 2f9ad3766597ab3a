"""Every earlier text of an agreement, found from the present one by undoing the saves that came after it (S9).

A save lays down only what it changed, so a text of any length costs a save no more than the field it is about.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from aftaler.indhold import trae
from aftaler.models import Aftale, Udgave
from samarbejde.models import Enhed

Node = dict[str, Any]
Rettelse = dict[str, Any]
NU = 2**63 - 1
BOERN = ("maal", "delmaal", "aktiviteter")


# --- what a save lays down ---------------------------------------------------------------------------------------
def rettet(noegle: str, version: int, felter: dict[str, Any]) -> Rettelse:
    """`felter` and `version` as they were before it."""
    return {"slags": "rettet", "noegle": noegle, "version": version, "felter": felter}


def tilfoejet(noegle: str) -> Rettelse:
    return {"slags": "tilfoejet", "noegle": noegle}


def slettet(data: Node, noegle: str) -> Rettelse:
    """With all that lay below it, and where it lay in `data`."""
    over, plads, led = _find(data, noegle)
    return {"slags": "slettet", "noegle": noegle, "over": over.get("noegle", ""), "plads": plads, "led": led}


def flyttet(over: str, noegler: list[str]) -> Rettelse:
    """The order of what lies below `over` ("" is the agreement), as it was."""
    return {"slags": "flyttet", "noegle": over, "noegler": noegler}


# --- found again -------------------------------------------------------------------------------------------------
def tekster(aftale: Aftale, *efter: int) -> list[Node]:
    """The whole text with its keys as it was right after each of these saves; `NU` is the present one."""
    senere = list(aftale.udgaver.filter(pk__gt=min(efter)).only("aftale", "rettelser")) if min(efter) != NU else []
    koder, data, fundne = _koder(senere), trae(aftale), {}
    for sted in sorted(efter, reverse=True):
        while senere and senere[0].pk > sted:
            for rettelse in reversed(senere.pop(0).rettelser):
                _fortryd(data, rettelse, koder)
        fundne[sted] = deepcopy(data)
    return [fundne[sted] for sted in efter]


def hoejeste_versioner(aftale: Aftale) -> dict[str, int]:
    """{key: the highest version that somebody may have seen} of every part that was corrected or deleted."""
    versioner: dict[str, int] = {}
    for udgave in aftale.udgaver.only("aftale", "rettelser"):
        for rettelse in udgave.rettelser:
            for noegle, version in _versioner(rettelse):
                versioner[noegle] = max(version, versioner.get(noegle, 0))
    return versioner


@dataclass(frozen=True)
class Imens:
    """What came of a part since the version that somebody still sees: its fields then, as far as they were changed
    since, and the save that came last.
    """

    grund: dict[str, Any] | None = None
    seneste: Udgave | None = None


def imens(aftale: Aftale, noegle: str, version: int) -> Imens:
    """Of a sitting only the beginning is kept: whoever saw the middle of it gets an older text to merge from."""
    fundet, grund = Imens(), dict[str, Any]()
    for udgave in aftale.udgaver.filter(noegle__in=[noegle, ""]).select_related("af").order_by("pk"):
        for rettelse in udgave.rettelser:
            if rettelse["slags"] != "rettet" or rettelse["noegle"] != noegle:
                continue
            if version < (udgave.version if udgave.noegle else rettelse["version"] + 1):
                grund = {**rettelse["felter"], **grund}
                fundet = Imens(grund, udgave)
    return fundet


def sletning(aftale: Aftale, noegler: Iterable[str]) -> Udgave | None:
    """The save that last deleted one of these."""
    fundne = aftale.udgaver.filter(noegle__in=list(noegler), rettelser__0__slags="slettet")
    return fundne.select_related("af").first()


def alle(data: Node) -> Iterator[Node]:
    """Every part, each before what lies below it."""
    for barn in boern(data):
        yield barn
        yield from alle(barn)


def boern(led: Node) -> list[Node]:
    return next((led[navn] for navn in BOERN if navn in led), [])


def _versioner(rettelse: Rettelse) -> Iterator[tuple[str, int]]:
    if rettelse["slags"] == "rettet":
        yield rettelse["noegle"], rettelse["version"] + 1
    if rettelse["slags"] == "slettet":
        yield from ((led["noegle"], led["version"]) for led in (rettelse["led"], *alle(rettelse["led"])))


def _fortryd(data: Node, rettelse: Rettelse, koder: dict[int, str]) -> None:
    match rettelse["slags"]:
        case "rettet":
            led = led_i(data, rettelse["noegle"])
            gamle = {**rettelse["felter"], "version": rettelse["version"]}
            led.update({felt: _kanonisk(vaerdi, felt, koder) for felt, vaerdi in gamle.items() if felt in led})
        case "tilfoejet":
            over, plads, _ = _find(data, rettelse["noegle"])
            del boern(over)[plads : plads + 1]
        case "slettet":
            boern(led_i(data, rettelse["over"])).insert(rettelse["plads"], deepcopy(rettelse["led"]))
        case "flyttet":
            raekke = {noegle: plads for plads, noegle in enumerate(rettelse["noegler"])}
            boern(led_i(data, rettelse["noegle"])).sort(key=lambda led: raekke.get(led["noegle"], len(raekke)))


def led_i(data: Node, noegle: str) -> Node:
    """The part, the agreement itself for its own two texts; nothing when it is not there."""
    if not noegle or noegle in data:
        return data
    return next((led for led in alle(data) if led["noegle"] == noegle), {})


def _find(data: Node, noegle: str) -> tuple[Node, int, Node]:
    for over in (data, *alle(data)):
        for plads, led in enumerate(boern(over)):
            if led["noegle"] == noegle:
                return over, plads, led
    return {}, 0, {}


def _kanonisk(vaerdi: Any, felt: str, koder: dict[int, str]) -> Any:
    """As the content has it: a save knows units by their row, the content by their `kode`."""
    return sorted(koder.get(en, en) for en in vaerdi) if felt == "ansvarlige" else vaerdi


def _koder(udgaver: Iterable[Udgave]) -> dict[int, str]:
    felter = (rettelse.get("felter", {}) for udgave in udgaver for rettelse in udgave.rettelser)
    pks = {en for et in felter for en in et.get("ansvarlige", ()) if isinstance(en, int)}
    return dict(Enhed.objects.filter(pk__in=pks).values_list("pk", "kode")) if pks else {}


def enhedsnavne(koder: Iterable[str]) -> list[str]:
    """Nothing is asked when there are none."""
    koder = list(koder)
    return list(Enhed.objects.filter(kode__in=koder).values_list("navn", flat=True)) if koder else []
