"""The agreement as PDF, made in the worker only (samarbejde.pdf)."""

import json
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from aftaler.aarshjul import aarshjul
from aftaler.forsegling import forsegl
from aftaler.indhold import koder
from aftaler.models import Aftale, Aftalepart, Dokument, Maalomraade
from aftaler.vejledninger import VISION, vejledning_til
from samarbejde.models import Enhed
from samarbejde.pdf import lav_pdf, til_pdf
from samarbejde.prosa import til_html

PARTSGRUPPER = {
    "Skoler": {Enhed.Art.SKOLE},
    "Fritidsinstitutioner og fritidscentre": {Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER},
    "0-6 års institutioner": {Enhed.Art.DAGINSTITUTION},
}


def lav_dokument(dokument_id: int) -> None:
    lav_pdf(Dokument, dokument_id, render, forsegl)


def render(dokument: Dokument) -> bytes:
    """From the stored content, never from the editable rows."""
    return til_pdf(render_to_string("aftaler/dokument.html", data_til(dokument)))


def data_til(dokument: Dokument) -> dict[str, Any]:
    aftale = Aftale.objects.select_related("distrikt", "tovholder", "erstatter").get(pk=dokument.aftale_id)
    indhold = json.loads(dokument.indhold.json)
    navne = dict(Enhed.objects.filter(kode__in=koder(indhold)).values_list("kode", "navn"))
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
        "vision": vejledning_til(VISION),
    }


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
