"""The content an approval binds to: canonical JSON (RFC 8785) of the text, units by `kode`.

Parties, approvals and status are outside it, so that a late party accedes to the same text (decision 12).
"""

import hashlib
from typing import Any

import rfc8785

from aftaler.models import Aftale, Aktivitet, Delmaal, Indhold, StrategiskMaal

SKEMA = "samarbejdsaftale/1"


def indhold_af(aftale: Aftale) -> Indhold:
    """Store the present content of the agreement, once per content."""
    nyt = pak(som_data(aftale))
    indhold, _ = Indhold.objects.get_or_create(aftryk=nyt.aftryk, defaults={"json": nyt.json})
    return indhold


def pak(data: dict[str, Any]) -> Indhold:
    """The content's row, not stored."""
    kanonisk = rfc8785.dumps(data)
    return Indhold(aftryk=hashlib.sha256(kanonisk).hexdigest(), json=kanonisk.decode())


def koder(data: dict[str, Any]) -> set[str]:
    """The units that answer for something in it."""
    aktiviteter = (a for maal in data["maal"] for delmaal in maal["delmaal"] for a in delmaal["aktiviteter"])
    return {kode for aktivitet in aktiviteter for kode in aktivitet["ansvarlige"]}


def som_data(aftale: Aftale) -> dict[str, Any]:
    maal = aftale.maal.prefetch_related("omraader", "delmaal__aktiviteter__ansvarlige")
    return {
        "skema": SKEMA,
        "distrikt": aftale.distrikt.kode,
        "skoleaar": aftale.skoleaar,
        "behov": aftale.behov,
        "retning": aftale.retning,
        "maal": [_maal(ting) for ting in maal],
    }


def _maal(maal: StrategiskMaal) -> dict[str, Any]:
    return {
        "titel": maal.titel,
        "omraader": sorted(omraade.nummer for omraade in maal.omraader.all()),
        "beskrivelse": maal.beskrivelse,
        "realisering": maal.realisering,
        "delmaal": [_delmaal(ting) for ting in maal.delmaal.all()],
    }


def _delmaal(delmaal: Delmaal) -> dict[str, Any]:
    return {
        "titel": delmaal.titel,
        "beskrivelse": delmaal.beskrivelse,
        "aktiviteter": [_aktivitet(ting) for ting in delmaal.aktiviteter.all()],
    }


def _aktivitet(aktivitet: Aktivitet) -> dict[str, Any]:
    return {
        "titel": aktivitet.titel,
        "art": aktivitet.art,
        "beskrivelse": aktivitet.beskrivelse,
        "ansvarlige": sorted(enhed.kode for enhed in aktivitet.ansvarlige.all()),
        "fra": aktivitet.fra.isoformat() if aktivitet.fra else None,
        "til_og_med": aktivitet.til_og_med.isoformat() if aktivitet.til_og_med else None,
        "tegn": aktivitet.tegn,
    }
