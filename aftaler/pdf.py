"""The agreement as PDF, made in the worker only: web workers never import WeasyPrint.

The row `Dokument` is the truth: a worker killed half-way leaves it ordered, and `doegnrutiner` wakes it again.
"""

import hashlib
import json
import logging
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from aftaler.aarshjul import aarshjul
from aftaler.models import Aftale, Aftalepart, Dokument, Maalomraade
from samarbejde import tid
from samarbejde.models import Enhed
from samarbejde.prosa import til_html

log = logging.getLogger(__name__)
FLEST_FORSOEG = 5
VENTETID = timedelta(minutes=2)
PARTSGRUPPER = {
    "Skoler": {Enhed.Art.SKOLE},
    "Fritidsinstitutioner og fritidscentre": {Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER},
    "0-6 års institutioner": {Enhed.Art.DAGINSTITUTION},
}
SKRIFT = "skrift://lokal/"
SKRIFTER: dict[str, Path] = {fil.name: fil for fil in (settings.BASE_DIR / "static" / "skrift").glob("*.woff2")}


def lav_dokument(dokument_id: int) -> None:
    """Make and store one ordered PDF. Doing it twice is harmless: the first one stored stays."""
    dokument = _begynd(dokument_id)
    if dokument is None:
        return
    try:
        pdf = render(dokument)
    except (Exception, FatalURLFetchingError) as fejl:
        _fejlede(dokument, fejl)
        raise
    with transaction.atomic():
        laast = Dokument.objects.select_for_update().get(pk=dokument_id)
        if laast.tilstand != Dokument.Tilstand.KLAR:
            laast.tilstand, laast.pdf, laast.fejl = Dokument.Tilstand.KLAR, pdf, ""
            laast.sha256, laast.lavet_den = hashlib.sha256(pdf).hexdigest(), tid.nu()
            laast.save()


def _begynd(dokument_id: int) -> Dokument | None:
    with transaction.atomic():
        dokument = Dokument.objects.select_for_update().defer("pdf").get(pk=dokument_id)
        if dokument.tilstand != Dokument.Tilstand.BESTILT:
            return None
        dokument.forsoeg += 1
        dokument.naeste_forsoeg_den = tid.nu() + VENTETID * dokument.forsoeg
        dokument.save(update_fields=["forsoeg", "naeste_forsoeg_den"])
    return dokument


def _fejlede(dokument: Dokument, fejl: BaseException) -> None:
    log.error("dokument %s kunne ikke laves (forsøg %s): %s", dokument.pk, dokument.forsoeg, fejl)
    dokument.fejl = f"{type(fejl).__name__}: {fejl}"[:300]
    if dokument.forsoeg >= FLEST_FORSOEG:
        dokument.tilstand = Dokument.Tilstand.FEJLET
    dokument.save(update_fields=["fejl", "tilstand"])


def render(dokument: Dokument) -> bytes:
    """The bytes of a tagged PDF (PDF/UA-1) from the stored content, never from the editable rows."""
    henter = Henter()
    html = render_to_string("aftaler/dokument.html", data_til(dokument))
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
        return URLFetcherResponse(url, SKRIFTER[navn].read_bytes(), {"Content-Type": "font/woff2"})


def data_til(dokument: Dokument) -> dict[str, Any]:
    aftale = Aftale.objects.select_related("distrikt", "tovholder").get(pk=dokument.aftale_id)
    indhold = json.loads(dokument.indhold.json)
    navne = dict(Enhed.objects.filter(kode__in=_koder(indhold)).values_list("kode", "navn"))
    parter = Aftalepart.objects.filter(aftale=aftale).select_related("enhed", "godkendelse")
    omraader = dict(Maalomraade.objects.values_list("nummer", "navn"))
    return {
        "aftale": aftale,
        "aarshjul": aarshjul(aftale.skoleaar),
        "behov": til_html(indhold["behov"]),
        "retning": til_html(indhold["retning"]),
        "maal": [_maal(maal, omraader, navne) for maal in indhold["maal"]],
        "partsgrupper": _efter_art(list(parter)),
        "parter": list(parter),
        "dokument": dokument,
    }


def _koder(indhold: dict[str, Any]) -> set[str]:
    aktiviteter = (a for maal in indhold["maal"] for delmaal in maal["delmaal"] for a in delmaal["aktiviteter"])
    return {kode for aktivitet in aktiviteter for kode in aktivitet["ansvarlige"]}


def _efter_art(parter: list[Aftalepart]) -> list[tuple[str, list[Aftalepart]]]:
    """All parties by type (D5), schools first."""
    grupper = [(navn, [part for part in parter if part.enhed.art in arter]) for navn, arter in PARTSGRUPPER.items()]
    return [(navn, gruppe) for navn, gruppe in grupper if gruppe]


def _maal(maal: dict[str, Any], omraader: dict[int, str], navne: dict[str, str]) -> dict[str, Any]:
    return {
        "titel": maal["titel"],
        "omraader": [f"{nummer}. {omraader[nummer]}" for nummer in maal["omraader"]],
        "beskrivelse": til_html(maal["beskrivelse"]),
        "realisering": til_html(maal["realisering"]),
        "delmaal": [
            {
                "titel": delmaal["titel"],
                "beskrivelse": til_html(delmaal["beskrivelse"]),
                "aktiviteter": [_aktivitet(aktivitet, navne) for aktivitet in delmaal["aktiviteter"]],
            }
            for delmaal in maal["delmaal"]
        ],
    }


def _aktivitet(aktivitet: dict[str, Any], navne: dict[str, str]) -> dict[str, Any]:
    return aktivitet | {
        "beskrivelse": til_html(aktivitet["beskrivelse"]),
        "ansvarlige": [navne[kode] for kode in aktivitet["ansvarlige"]],
        "fra": date.fromisoformat(aktivitet["fra"]) if aktivitet["fra"] else None,
        "til_og_med": date.fromisoformat(aktivitet["til_og_med"]) if aktivitet["til_og_med"] else None,
    }
