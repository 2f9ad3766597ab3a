"""The difference between two texts, word by word, for a reader: what stayed, what went, what came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

# A word carries the blanks before it, a new line stands by itself: a new paragraph is a change, a double blank is not.
ORD = re.compile(r"\n\s*|[^\S\n]*\S+|[^\S\n]+")


class Slags(StrEnum):
    LIGE = "lige"
    FJERNET = "fjernet"
    TILFOEJET = "tilfoejet"


@dataclass(frozen=True)
class Stykke:
    slags: Slags
    tekst: str


def forskel(foer: str, efter: str) -> list[Stykke]:
    """In reading order, what went before what came instead. Without what went it is `efter`, but for blanks."""
    raekke = groupby(_ord_for_ord(ORD.findall(foer), ORD.findall(efter)), key=lambda par: par[0])
    return [Stykke(slags, "".join(ord_ for _, ord_ in gruppe)) for slags, gruppe in raekke]


def er_ens(stykker: list[Stykke]) -> bool:
    return all(stykke.slags == Slags.LIGE for stykke in stykker)


def _ord_for_ord(foer: list[str], efter: list[str]) -> Iterator[tuple[Slags, str]]:
    sammenligning = SequenceMatcher(None, [*map(_noegle, foer)], [*map(_noegle, efter)])
    for hvad, fra, til, nyt_fra, nyt_til in sammenligning.get_opcodes():
        if hvad == "equal":
            # The first word of a text has no blank before it, and may stand behind one that was removed.
            faelles = zip(foer[fra:til], efter[nyt_fra:nyt_til], strict=True)
            yield from ((Slags.LIGE, max(par, key=len)) for par in faelles)
            continue
        yield from ((Slags.FJERNET, ord_) for ord_ in foer[fra:til])
        yield from ((Slags.TILFOEJET, ord_) for ord_ in efter[nyt_fra:nyt_til])


def _noegle(ord_: str) -> str:
    return ord_.strip() or ("\n" if "\n" in ord_ else " ")
