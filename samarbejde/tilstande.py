"""The second question: is it possible now? Edges are data in each app's `states.py`, the reason beside each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Kant:
    """From these states to that one; `ellers` says in Danish why it is refused from any other."""

    fra: frozenset[Any]
    til: Any
    ellers: str


class IkkeMuligtError(Exception):
    """The person may, but the state does not allow it now. The message is one Danish sentence with the way on."""


@dataclass
class KonfliktError(Exception):
    """Somebody saved first. `nu` holds the stored fields, None when it was deleted; `version` what to confirm."""

    nu: dict[str, Any] | None
    version: int
    saetning: str


def kan(objekt: Any, overgang: StrEnum) -> bool:
    return objekt.tilstand in objekt.OVERGANGE[overgang].fra


def skift(objekt: Any, overgang: StrEnum) -> None:
    """Take the edge: the only place that assigns `.tilstand`."""
    kant = objekt.OVERGANGE[overgang]
    if objekt.tilstand not in kant.fra:
        raise IkkeMuligtError(kant.ellers)
    objekt.tilstand = kant.til
