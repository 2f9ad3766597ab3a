"""The agreement as data: `aftale.json`, which lies in the PDF and which `importer` reads (docs/data.md).

Of people only what the PDF shows. The text is the stored content, word for word, so that its imprint can be tested.
"""

import json
from datetime import UTC, datetime
from typing import Any

import rfc8785

from aftaler.aarshjul import aarshjul
from aftaler.indhold import SKEMA, koder
from aftaler.maalomraader import maalomraader
from aftaler.models import Aftale, Aftalepart, Dokument, Godkendelse
from aftaler.states import MED
from samarbejde.models import Enhed

# Where the agreement belongs in the municipalities' common subject list (D16): main group 17, school.
KLE = "17.00.00"
AABEN = "aaben"


def aftale_json(dokument: Dokument) -> bytes:
    """Canonical (RFC 8785): the same document gives the same bytes."""
    return rfc8785.dumps(aftale_data(dokument))


def aftale_data(dokument: Dokument) -> dict[str, Any]:
    aftale = Aftale.objects.select_related("distrikt", "tovholder", "erstatter").get(pk=dokument.aftale_id)
    indhold, hjul = json.loads(dokument.indhold.json), aarshjul(aftale.skoleaar)
    return {
        "skema": SKEMA,
        "dokument": {"nummer": dokument.loebenummer, "kode": dokument.kode},
        "distrikt": {"kode": aftale.distrikt.kode, "navn": aftale.distrikt.navn},
        "skoleaar": aftale.skoleaar,
        "version": aftale.nummer,
        "erstatter_version": aftale.erstatter.nummer if aftale.erstatter else None,
        "kle": KLE,
        "tovholder": _enhed(aftale.tovholder),
        "indgaaet": tidspunkt(aftale.indgaaet_den),
        "indgaaet_uden_svar_fra_alle": bool(aftale.uden_svar_grund),
        "gaelder_fra": hjul.gaelder_fra.isoformat(),
        "gaelder_til_og_med": hjul.gaelder_til_og_med.isoformat(),
        "revideres_senest": hjul.naeste_frist.isoformat(),
        "parter": _parter(dokument),
        "enheder": _navne(indhold),
        "maalomraader": [{"nummer": et.nummer, "navn": et.navn} for et in maalomraader()],
        "aftryk": dokument.indhold_id,
        "indhold": indhold,
    }


def tidspunkt(hvornaar: datetime | None) -> str | None:
    return hvornaar.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if hvornaar else None


def _enhed(enhed: Enhed) -> dict[str, str]:
    return {"kode": enhed.kode, "navn": enhed.navn}


def _navne(indhold: dict[str, Any]) -> list[dict[str, str]]:
    """The units that answer for something in the text, which knows them by `kode` alone."""
    return [_enhed(enhed) for enhed in Enhed.objects.filter(kode__in=koder(indhold)).order_by("kode")]


def _parter(dokument: Dokument) -> list[dict[str, Any]]:
    parter = Aftalepart.objects.filter(aftale=dokument.aftale_id).select_related("enhed", "godkendelse")
    data, nummer = [], 0
    for part in parter.order_by("pk"):
        godkendelse = part.godkendelse if _gaelder_teksten(part, dokument) else None
        nummer += godkendelse is not None
        data.append(_part(part, _godkendelse(godkendelse, nummer) if godkendelse else None))
    return data


def _gaelder_teksten(part: Aftalepart, dokument: Dokument) -> bool:
    """An approval of an earlier text is no approval of this one (S17)."""
    return part.tilstand in MED and part.godkendelse is not None and part.godkendelse.indhold_id == dokument.indhold_id


def _part(part: Aftalepart, godkendelse: dict[str, Any] | None) -> dict[str, Any]:
    return {
        **_enhed(part.enhed),
        "art": part.enhed.art,
        "frivillig": part.er_frivillig,
        "status": part.tilstand if part.tilstand in MED else AABEN,
        "udtraadt": part.udtraadt_den.isoformat() if part.udtraadt_den else None,
        "godkendelse": godkendelse,
    }


def _godkendelse(godkendelse: Godkendelse, nummer: int) -> dict[str, Any]:
    return {
        "nummer": nummer,
        "navn": godkendelse.navn,
        "titel": godkendelse.titel,
        "enhed": godkendelse.enhedsnavn,
        "egenskab": godkendelse.egenskab,
        "godkendt": tidspunkt(godkendelse.godkendt_den),
    }
