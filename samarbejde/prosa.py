"""Prose fields: a small safe Markdown (paragraphs, emphasis, lists), rendered once, when it is saved."""

import re
import unicodedata
from datetime import date

from markdown_it import MarkdownIt

_markdown = MarkdownIt("zero", {"html": False, "breaks": True}).enable(["emphasis", "list", "newline", "escape"])
_STYRETEGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PERSONNUMMER = re.compile(r"\b(\d{2})(\d{2})(\d{2})[-–\s]?\d{4}\b")
# What Word puts in front of list lines when they are pasted as text.
_WORDPUNKT = re.compile(r"^[ \t]*[•·▪◦‣o§][ \t]+(?=\S)", re.MULTILINE)


def rens(tekst: str) -> str:
    """One form of the same text: NFC, plain line ends, no control or direction characters, Word's bullets as lists."""
    tekst = tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\u2028", "\n")
    # NFC last of the characters: what a removed one kept apart may now belong together.
    tekst = unicodedata.normalize("NFC", _STYRETEGN.sub("", tekst))
    return _WORDPUNKT.sub("- ", tekst.strip())


def rens_linje(tekst: str) -> str:
    return " ".join(rens(tekst).split())


def til_html(tekst: str) -> str:
    return _markdown.render(tekst).strip()


def har_personnummer(tekst: str) -> bool:
    """Ten digits that begin with a day that exists in some century (D7, D12)."""
    return any(_er_en_dag(*map(int, fundet)) for fundet in _PERSONNUMMER.findall(tekst))


def _er_en_dag(dag: int, maaned: int, aar: int) -> bool:
    for aarhundrede in (1800, 1900, 2000):
        try:
            date(aarhundrede + aar, maaned, dag)
        except ValueError:
            continue
        return True
    return False
