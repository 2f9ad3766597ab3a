"""PDFs, made in the worker only: web workers never import WeasyPrint.

The row (samarbejde.models.dokument.Pdf) is the truth: a worker killed half-way leaves it ordered, and `doegnrutiner`
wakes it again.
"""

import hashlib
import io
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from samarbejde import tid
from samarbejde.models.dokument import Pdf

log = logging.getLogger(__name__)
FLEST_FORSOEG = 5
VENTETID = timedelta(minutes=2)
SKRIFT = "skrift://lokal/"
SKRIFTER: dict[str, Path] = {fil.name: fil for fil in (settings.BASE_DIR / "static" / "skrift").glob("*.woff2")}


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


def til_pdf(html: str) -> bytes:
    """The bytes of a tagged PDF (PDF/UA-1), with nothing fetched from outside."""
    henter = Henter()
    pdf = HTML(string=html, base_url=None, url_fetcher=henter).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    if henter.afviste:  # inside inline SVG the refusal is swallowed and the PDF made anyway
        raise ValueError(f"dokumentet bad om noget udefra: {henter.afviste}")
    return pdf


class Henter(URLFetcher):
    """Serves our own fonts by name and refuses everything else, also where the library would swallow the refusal."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=())
        self.afviste: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        navn = url.removeprefix(SKRIFT)
        if not url.startswith(SKRIFT) or navn not in SKRIFTER:
            self.afviste.append(url)
            raise FatalURLFetchingError(f"afvist: {url}")
        return URLFetcherResponse(url, _skrift(navn), {"Content-Type": "font/ttf"})


@cache
def _skrift(navn: str) -> bytes:
    """Unpacked once in a process: the library would do it again for every document, which costs more than a page."""
    skrift = TTFont(SKRIFTER[navn])
    skrift.flavor = None
    pakket_ud = io.BytesIO()
    skrift.save(pakket_ud)
    return pakket_ud.getvalue()
