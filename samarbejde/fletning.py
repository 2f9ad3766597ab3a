"""Two texts that grew from the same one, made into one with the changes of both: paragraphs first, then words.

Where both changed the same words differently both are kept, one after the other, and it is said: nobody's word is lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

# As in the difference, but each new line by itself: a paragraph added after a word is no change of the word.
ORD = re.compile(r"\n|[^\S\n]*\S+|[^\S\n]+")
Stykker = list[str]
UKENDT = object()


@dataclass(frozen=True)
class Flettet:
    """`begge` when both had changed the same place, so that somebody must read it."""

    tekst: str
    begge: bool = False


def flet(grund: str | None, min_: str, deres: str) -> Flettet:
    """`grund` is the text both began with; without it what they have in common stands in its place."""
    a, b = _afsnit(min_), _afsnit(deres)
    dele = [_flet_stykke(*stykke) for stykke in _stykker(_faelles(a, b) if grund is None else _afsnit(grund), a, b)]
    return Flettet("".join(del_.tekst for del_ in dele).strip("\n"), any(del_.begge for del_ in dele))


def flet_valg(grund: Any, mit: Any, deres: Any) -> tuple[Any, bool]:
    """The same for a date or a choice; of several chosen, what either added is in and what either took out is out.

    Mine where both changed it differently, and it is said. `UKENDT` when nobody knows what both began with.
    """
    if deres in (mit, grund):
        return mit, False
    if mit == grund:
        return deres, False
    if not isinstance(mit, list):
        return mit, True
    if grund is UKENDT:
        return sorted({*mit, *deres}), True
    return sorted(({*mit, *deres} - set(grund)) | ({*mit} & {*deres})), False


def _afsnit(tekst: str) -> Stykker:
    """Each line with its end, the last one as well: two texts that end alike must look alike."""
    return [linje + "\n" for linje in tekst.split("\n")] if tekst else []


def _flet_stykke(grund: Stykker, a: Stykker, b: Stykker) -> Flettet:
    if (enig := _enige(grund, a, b)) is not None:
        return Flettet("".join(enig))
    ord_ = [ORD.findall("".join(stykke)) for stykke in (grund, a, b)]
    if all(ord_):
        sammen = [_enige(*stykke) for stykke in _stykker(*ord_)]
        if all(stykke is not None for stykke in sammen):
            return Flettet("".join(et for stykke in sammen if stykke for et in stykke))
    mellem = "\n" if a and b and a[-1].strip() and b[0].strip() else ""
    return Flettet("".join([*a, mellem, *b]), begge=True)


def _enige(grund: Stykker, a: Stykker, b: Stykker) -> Stykker | None:
    """What it became when only one changed it, or both alike."""
    if b in (a, grund):
        return a
    return b if grund == a else None


def _stykker(grund: Stykker, a: Stykker, b: Stykker) -> Iterator[tuple[Stykker, Stykker, Stykker]]:
    """The three texts in pieces that belong together: in turn what differs, and what all three have."""
    g = i = j = 0
    for fra, til, i_a, i_b in (*_ens_i_alle(grund, a, b), (len(grund), len(grund), len(a), len(b))):
        yield grund[g:fra], a[i:i_a], b[j:i_b]
        yield grund[fra:til], grund[fra:til], grund[fra:til]
        g, i, j = til, i_a + til - fra, i_b + til - fra


def _ens_i_alle(grund: Stykker, a: Stykker, b: Stykker) -> Iterator[tuple[int, int, int, int]]:
    med_a, med_b = _traef(grund, a), _traef(grund, b)
    while med_a and med_b:
        (fra_a, i_a, antal_a), (fra_b, i_b, antal_b) = med_a[0], med_b[0]
        fra, til = max(fra_a, fra_b), min(fra_a + antal_a, fra_b + antal_b)
        if fra < til:
            yield fra, til, i_a + fra - fra_a, i_b + fra - fra_b
        (med_a if fra_a + antal_a < fra_b + antal_b else med_b).pop(0)


def _traef(grund: Stykker, anden: Stykker) -> list[tuple[int, int, int]]:
    ens = SequenceMatcher(None, grund, anden, autojunk=False).get_matching_blocks()
    return [(et.a, et.b, et.size) for et in ens]


def _faelles(a: Stykker, b: Stykker) -> Stykker:
    return [linje for fra, _, antal in _traef(a, b) for linje in a[fra : fra + antal]]
