"""Is this file the document that was made? By its hash, which nothing but the same bytes can have (S17).

Neither the seal nor a PDF library is asked: a change after the seal leaves it valid in some readers. A file that is
not ours byte for byte is searched for the code of one of ours, also inside what is compressed.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from aftaler.kode import LAENGDE, TEGN
from aftaler.models import Aftale, Aftalepart, Dokument, Godkendelse
from aftaler.states import MED, Tilstand

KODER = re.compile(rb"(?<![0-9A-Za-z])[%s]{%d}(?![0-9A-Za-z])" % (TEGN.encode(), LAENGDE))
STROEM = re.compile(rb"stream\r?\n")
BID = 512
FLEST_KODER = 500
FLEST_STROEMME = 2_000
PAKKET_UD_HOEJST = 40_000_000


class Dom(StrEnum):
    AEGTE = "aegte"
    AENDRET = "aendret"
    UVIS = "uvis"
    UKENDT = "ukendt"


class Forskel(StrEnum):
    UDEN_SEGL = "uden_segl"
    TILFOEJET = "tilfoejet"
    ANDET = "andet"


@dataclass(frozen=True)
class Svar:
    dom: Dom
    dokument: Dokument | None = None
    forskel: Forskel | None = None


def lavede() -> QuerySet[Dokument]:
    """Those that are made: before that no paper carries the code. The bytes stay in the database."""
    return Dokument.objects.filter(tilstand=Dokument.Tilstand.KLAR).select_related("aftale__distrikt").defer("pdf")


def efter_kode(kode: str) -> Dokument | None:
    return lavede().filter(kode=kode).first() if kode else None


def efter_fil(fil: bytes) -> Svar:
    aftryk = hashlib.sha256(fil).hexdigest()
    if dokument := lavede().filter(sha256=aftryk).first():
        return Svar(Dom.AEGTE, dokument)
    if dokument := lavede().filter(uforseglet_sha256=aftryk).first():
        return Svar(Dom.AENDRET, dokument, Forskel.UDEN_SEGL)
    # Of one that was restored, made again or not yet, it may be the first file, which is not here any more.
    genskabte = Dokument.objects.filter(genskabt_den__isnull=False).select_related("aftale__distrikt").defer("pdf")
    if dokument := (genskabte | lavede()).filter(kode__in=_koder(fil)).order_by("pk").first():
        if dokument.genskabt_den:
            return Svar(Dom.UVIS, dokument)
        return Svar(Dom.AENDRET, dokument, _forskel(fil, dokument))
    return Svar(Dom.UKENDT)


def _forskel(fil: bytes, dokument: Dokument) -> Forskel:
    return Forskel.TILFOEJET if fil.startswith(bytes(dokument.pdf)) else Forskel.ANDET


def _koder(fil: bytes) -> list[str]:
    fundet: dict[str, None] = {}
    for del_ in _laesbart(fil):
        for kode in KODER.finditer(del_):
            fundet[kode[0].decode()] = None
            if len(fundet) >= FLEST_KODER:
                return list(fundet)
    return list(fundet)


def _laesbart(fil: bytes) -> Iterator[bytes]:
    """The file itself, and each of its compressed streams as far as it can be read; never more work than so much."""
    yield fil
    tilbage = PAKKET_UD_HOEJST
    for nummer, stroem in enumerate(STROEM.finditer(fil)):
        if tilbage <= 0 or nummer >= FLEST_STROEMME:
            return
        indhold, laest = _pak_ud(memoryview(fil)[stroem.end() :][:tilbage], tilbage)
        tilbage -= max(len(indhold), laest)
        yield indhold


def _pak_ud(pakket: memoryview, hoejst: int) -> tuple[bytes, int]:
    """As much as can be read, and what it took: a byte that was changed spoils only what comes after it."""
    udpakker, ud, laest = zlib.decompressobj(), bytearray(), 0
    with suppress(zlib.error):
        while laest < len(pakket) and len(ud) < hoejst and not udpakker.eof:
            bid = pakket[laest : laest + BID]
            laest += BID
            ud += udpakker.decompress(bid, hoejst - len(ud))
    return bytes(ud), laest


def godkendt_af(dokument: Dokument) -> list[Godkendelse]:
    """As the document shows them: a party that acceded later stands in a later one."""
    parter = Aftalepart.objects.filter(aftale=dokument.aftale_id).select_related("godkendelse").order_by("pk")
    return [part.godkendelse for part in parter if staar_som_godkendt(part, dokument)]


def staar_som_godkendt(part: Aftalepart, dokument: Dokument) -> bool:
    """An approval of an earlier text, one that was taken back and one that came later are none of this document."""
    godkendelse = part.godkendelse if part.tilstand in MED else None
    if godkendelse is None or godkendelse.indhold_id != dokument.indhold_id:
        return False
    return godkendelse.godkendt_den <= dokument.bestilt_den


def gaelder_ikke(dokument: Dokument) -> str:
    """Why the agreement of a genuine document is not in force; empty when it is."""
    aftale = dokument.aftale
    if aftale.tilstand == Tilstand.ERSTATTET:
        ny = Aftale.objects.filter(erstatter=aftale, indgaaet_den__isnull=False).order_by("-nummer").first()
        return f"Aftalen er erstattet af version {ny.nummer}." if ny else "Aftalen er erstattet af en nyere version."
    if aftale.tilstand == Tilstand.OPHAEVET:
        return "Aftalen er ophævet."
    return "Skoleåret er slut, og aftalen er udløbet." if aftale.er_udloebet else ""


def nyere(dokument: Dokument) -> Dokument | None:
    """A later one of the same agreement, in which more have acceded."""
    senere = Q(aftale=dokument.aftale_id, loebenummer__gt=dokument.loebenummer)
    return lavede().filter(senere).order_by("-loebenummer").first()
