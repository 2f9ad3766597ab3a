"""The agreement as one document: the same HTML is the page to look through and what the PDF is made of (S17)."""

import json
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from aftaler.aarshjul import aarshjul
from aftaler.indhold import koder, som_data
from aftaler.kode import i_grupper
from aftaler.models import Aftale, Aftalepart, Dokument, Kladdedokument, Maalomraade
from aftaler.states import MANGLER_SVAR
from aftaler.vejledninger import AFSNIT, VISION, vejledning_til
from samarbejde.figur import BESKRIVELSE, TITEL, modellen
from samarbejde.figurlayout import BRED
from samarbejde.figurtegning import tegning
from samarbejde.kilder import KILDER
from samarbejde.models import Enhed
from samarbejde.prosa import til_html

PARTSGRUPPER = {
    "Skoler": {Enhed.Art.SKOLE},
    "Fritidsinstitutioner og fritidscentre": {Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER},
    "0-6 års institutioner": {Enhed.Art.DAGINSTITUTION},
}


def som_html(data: dict[str, Any]) -> str:
    return render_to_string("aftaler/dokument.html", data)


@cache
def stil() -> str:
    """What is the same on screen and on paper."""
    return (settings.BASE_DIR / "static" / "css" / "dokument.css").read_text(encoding="utf-8")


def data_til(dokument: Dokument) -> dict[str, Any]:
    data = _data(_aftale(dokument.aftale_id), json.loads(dokument.indhold.json))
    data["aabne"] = [part for part in data["parter"] if part.tilstand in MANGLER_SVAR]
    uden_segl = dokument.segl_bemaerkning if dokument.segl == Dokument.Segl.IKKE_FORSEGLET else ""
    return data | {"dokument": dokument, "uden_segl": uden_segl} | til_kontrol(dokument.kode)


def data_til_kladde(kladdedokument: Kladdedokument) -> dict[str, Any]:
    """The draft as it stands now."""
    aftale = _aftale(kladdedokument.aftale_id)
    return _data(aftale, som_data(aftale)) | {"dokument": kladdedokument, "udkast": True}


def til_kontrol(kode: str) -> dict[str, Any]:
    """The code in groups of four, where to type it."""
    if not kode:
        return {}
    adresse = f"{settings.BASE_URL}/verificer/"
    direkte = f"{adresse}{kode}/"
    return {"kode": i_grupper(kode), "raa_kode": kode, "verificer": adresse, "direkte": direkte}


def _aftale(pk: int) -> Aftale:
    return Aftale.objects.select_related("distrikt", "tovholder", "erstatter").get(pk=pk)


def _data(aftale: Aftale, indhold: dict[str, Any]) -> dict[str, Any]:
    navne = dict(Enhed.objects.filter(kode__in=koder(indhold)).values_list("kode", "navn"))
    parter = list(Aftalepart.objects.filter(aftale=aftale).select_related("enhed", "godkendelse"))
    omraader = dict(Maalomraade.objects.values_list("nummer", "navn"))
    return {
        "aftale": aftale,
        "aarshjul": aarshjul(aftale.skoleaar),
        "parter": parter,
        "partsgrupper": _efter_art(parter),
        "overskrifter": dict(AFSNIT),
        "stil": stil(),
        "vision": vejledning_til(VISION),
        **fast(),
        **tekst_af(indhold, omraader, navne),
    }


def fast() -> dict[str, Any]:
    """What stands in every agreement: what the model says it is for, and the model as a figure (S7, S51)."""
    figur = tegning(modellen(), BRED).replace(TITEL, BESKRIVELSE, 1)  # the title is what is read aloud
    figur = figur.replace("'IBM Plex Sans', ", "")  # one that happens to be on the machine is none of ours
    return {"formaal": KILDER["S7"], "figur": mark_safe(figur)}  # noqa: S308 - our own drawing


def tekst_af(indhold: dict[str, Any], omraader: dict[int, str], navne: dict[str, str]) -> dict[str, Any]:
    delmaal = [et for maal in indhold["maal"] for et in maal["delmaal"]]
    return {
        "behov": til_html(indhold["behov"]),
        "retning": til_html(indhold["retning"]),
        "maal": [_maal(maal, omraader, navne) for maal in indhold["maal"]],
        "antal_delmaal": len(delmaal),
        "antal_aktiviteter": sum(len(et["aktiviteter"]) for et in delmaal),
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
