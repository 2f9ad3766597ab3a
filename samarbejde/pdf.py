"""PDFs, made in the worker only: web workers never import WeasyPrint.

The row (samarbejde.models.dokument.Pdf) is the truth: a worker killed half-way leaves it ordered, and `doegnrutiner`
wakes it again.
"""

import gc
import hashlib
import io
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from fontTools.ttLib import TTFont
from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from samarbejde import tid
from samarbejde.models.dokument import Pdf
from samarbejde.pdfarkiv import goer_faerdig, ogsaa_pdfua
from samarbejde.skrifter import SKRIFTER, klar_til_skrift

log = logging.getLogger(__name__)
FLEST_FORSOEG = 5
VENTETID = timedelta(minutes=2)
EGNE: dict[str, tuple[dict[str, Path], str]] = {
    "skrift://lokal/": (SKRIFTER, "font/ttf"),
    "billede://lokal/": (
        {fil.name: fil for fil in (settings.BASE_DIR / "static" / "billeder").glob("*.svg")},
        "image/svg+xml",
    ),
}


Felter = dict[str, Any]


def uden_segl(raekke: Pdf, pdf: bytes) -> Felter:
    return {"pdf": pdf}


def lav_pdf(
    model: type[Pdf],
    pk: int,
    render: Callable[[Any], bytes],
    forsegl: Callable[[Any, bytes], Felter] = uden_segl,
) -> None:
    """Make, seal and store one ordered PDF. Doing it twice is harmless: the first one stored stays. `forsegl` gives
    the columns to store, among them the bytes to serve.
    """
    raekke = _begynd(model, pk)
    if raekke is None:
        return
    try:
        felter = forsegl(raekke, render(raekke))
    except (Exception, FatalURLFetchingError) as fejl:
        _fejlede(raekke, fejl)
        raise
    _gem(model, pk, felter)


def _gem(model: type[Pdf], pk: int, felter: Felter) -> None:
    with transaction.atomic():
        laast = model.objects.select_for_update().get(pk=pk)
        if laast.tilstand == model.Tilstand.KLAR:
            return
        felter |= {"tilstand": model.Tilstand.KLAR, "fejl": "", "lavet_den": tid.nu()}
        felter["sha256"] = hashlib.sha256(felter["pdf"]).hexdigest()
        for navn, vaerdi in felter.items():
            setattr(laast, navn, vaerdi)
        laast.save()


def _begynd(model: type[Pdf], pk: int) -> Pdf | None:
    with transaction.atomic():
        raekke = model.objects.select_for_update().defer("pdf").get(pk=pk)
        if raekke.tilstand != model.Tilstand.BESTILT:
            return None
        raekke.forsoeg += 1
        raekke.naeste_forsoeg_den = tid.nu() + VENTETID * raekke.forsoeg
        raekke.save(update_fields=["forsoeg", "naeste_forsoeg_den"])
    return raekke


def _fejlede(raekke: Pdf, fejl: BaseException) -> None:
    navn = raekke._meta.verbose_name
    log.error("%s %s kunne ikke laves (forsøg %s): %s", navn, raekke.pk, raekke.forsoeg, fejl)
    raekke.fejl = f"{type(fejl).__name__}: {fejl}"[:300]
    if raekke.forsoeg >= FLEST_FORSOEG:
        raekke.tilstand = raekke.Tilstand.FEJLET
    raekke.save(update_fields=["fejl", "tilstand"])


@dataclass(frozen=True)
class Bilag:
    """A file inside the PDF, which says the same as its pages."""

    navn: str
    indhold: bytes
    beskrivelse: str
    mime: str = "application/json"


def til_pdf(html: str, *, bilag: Sequence[Bilag] = (), oprettet: datetime, segl: bool = False) -> bytes:
    """The bytes of a PDF/A-3a that is also PDF/UA-1 (D34): the same HTML, files and moment give the same bytes, and
    nothing is fetched from outside. `segl`: with one empty field to seal.
    """
    henter = Henter()
    with _uden_oprydning():
        pdf = _skriv(klar_til_skrift(html), henter, bilag, oprettet.astimezone(UTC).replace(microsecond=0), segl)
    if henter.afviste:  # inside inline SVG the refusal is swallowed and the PDF made anyway
        raise ValueError(f"dokumentet bad om noget udefra: {henter.afviste}")
    return pdf


@contextmanager
def _uden_oprydning() -> Iterator[None]:
    """A layout is a hundred thousand objects that live until it ends: looking among them for rubbish costs a sixth."""
    var_slaaet_til = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if var_slaaet_til:
            gc.enable()


def _skriv(html: str, henter: "Henter", bilag: Sequence[Bilag], oprettet: datetime, segl: bool) -> bytes:
    dokument = HTML(string=html, base_url=None, url_fetcher=henter).render(pdf_variant="pdf/a-3a")
    dokument.metadata.created = dokument.metadata.modified = oprettet.strftime("%Y-%m-%dT%H:%M:%SZ")
    ogsaa_pdfua(dokument.metadata)
    return dokument.write_pdf(
        pdf_variant="pdf/a-3a",
        attachments=[_vedhaeftet(et, oprettet) for et in bilag],
        finisher=lambda _, trae: goer_faerdig(trae, [et.mime for et in bilag], segl),
    )


def _vedhaeftet(bilag: Bilag, oprettet: datetime) -> Attachment:
    return Attachment(
        file_obj=io.BytesIO(bilag.indhold),
        name=bilag.navn,
        description=bilag.beskrivelse,
        created=oprettet,
        modified=oprettet,
        relationship="Data",
    )


class Henter(URLFetcher):
    """Serves our own fonts and pictures by name and refuses everything else, also where the library swallows it."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=())
        self.afviste: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        for rod, (filer, art) in EGNE.items():
            navn = url.removeprefix(rod)
            if url.startswith(rod) and navn in filer:
                return URLFetcherResponse(url, _indhold(filer[navn]), {"Content-Type": art})
        self.afviste.append(url)
        raise FatalURLFetchingError(f"afvist: {url}")


@cache
def _indhold(fil: Path) -> bytes:
    """Fonts are unpacked once in a process: the library would do it again for every document, which costs more than
    a page.
    """
    if fil.suffix != ".woff2":
        return fil.read_bytes()
    skrift = TTFont(fil, recalcTimestamp=False)  # the day it was unpacked is no part of a document
    skrift.flavor = None
    pakket_ud = io.BytesIO()
    skrift.save(pakket_ud)
    return pakket_ud.getvalue()
