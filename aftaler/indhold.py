"""The content an approval binds to: canonical JSON (RFC 8785) of the text, units by `kode`.

Parties, approvals and status are outside it, so that a late party accedes to the same text (decision 12).
"""

import hashlib
from typing import Any

import rfc8785

from aftaler.models import Aftale, Aktivitet, Delmaal, Indhold, Led, StrategiskMaal

SKEMA = "samarbejdsaftale/1"
# What each part is found again by, and what is no part of what one approves (S62).
NOEGLER = frozenset({"noegle", "version", "behov_version", "retning_version", "intentioner"})


def indhold_af(aftale: Aftale) -> Indhold:
    """Store the present content of the agreement, once per content."""
    nyt = pak(som_data(aftale))
    indhold, _ = Indhold.objects.get_or_create(aftryk=nyt.aftryk, defaults={"json": nyt.json})
    return indhold


def pak(data: dict[str, Any]) -> Indhold:
    """The content's row, not stored."""
    kanonisk = rfc8785.dumps(data)
    return Indhold(aftryk=hashlib.sha256(kanonisk).hexdigest(), json=kanonisk.decode())


def kladdens_aftryk(aftale: Aftale) -> str:
    """What a draft says on paper: its text, and who the parties are."""
    parter = [[part.enhed.navn, part.er_frivillig] for part in aftale.parter.select_related("enhed")]
    tovholder = aftale.tovholder.navn
    return pak({"tekst": som_data(aftale), "parter": parter, "tovholder": tovholder, "aar": aftale.skoleaar}).aftryk


def koder(data: dict[str, Any]) -> set[str]:
    """The units that answer for something in it."""
    aktiviteter = (a for maal in data["maal"] for delmaal in maal["delmaal"] for a in delmaal["aktiviteter"])
    return {kode for aktivitet in aktiviteter for kode in aktivitet["ansvarlige"]}


def som_data(aftale: Aftale) -> dict[str, Any]:
    return uden_noegler(trae(aftale))


def uden_noegler(led: dict[str, Any]) -> dict[str, Any]:
    return {felt: _uden(vaerdi) for felt, vaerdi in led.items() if felt not in NOEGLER}


def _uden(vaerdi: Any) -> Any:
    if isinstance(vaerdi, list):
        return [uden_noegler(et) if isinstance(et, dict) else et for et in vaerdi]
    return vaerdi


def trae(aftale: Aftale) -> dict[str, Any]:
    """The content with the key and the version of each part."""
    maal = aftale.maal.prefetch_related("omraader", "delmaal__aktiviteter__ansvarlige")
    return {
        "skema": SKEMA,
        "distrikt": aftale.distrikt.kode,
        "skoleaar": aftale.skoleaar,
        "behov": aftale.behov,
        "behov_version": aftale.behov_version,
        "retning": aftale.retning,
        "retning_version": aftale.retning_version,
        "maal": [_maal(ting) for ting in maal],
    }


def _noegle(led: Led) -> dict[str, Any]:
    return {"noegle": str(led.noegle), "version": led.version}


def _maal(maal: StrategiskMaal) -> dict[str, Any]:
    return {
        **_noegle(maal),
        "titel": maal.titel,
        "omraader": sorted(omraade.nummer for omraade in maal.omraader.all()),
        "beskrivelse": maal.beskrivelse,
        "realisering": maal.realisering,
        "intentioner": maal.intentioner,
        "delmaal": [_delmaal(ting) for ting in maal.delmaal.all()],
    }


def _delmaal(delmaal: Delmaal) -> dict[str, Any]:
    return {
        **_noegle(delmaal),
        "titel": delmaal.titel,
        "beskrivelse": delmaal.beskrivelse,
        "aktiviteter": [_aktivitet(ting) for ting in delmaal.aktiviteter.all()],
    }


def _aktivitet(aktivitet: Aktivitet) -> dict[str, Any]:
    return {
        **_noegle(aktivitet),
        "titel": aktivitet.titel,
        "art": aktivitet.art,
        "beskrivelse": aktivitet.beskrivelse,
        "ansvarlige": sorted(enhed.kode for enhed in aktivitet.ansvarlige.all()),
        "fra": aktivitet.fra.isoformat() if aktivitet.fra else None,
        "til_og_med": aktivitet.til_og_med.isoformat() if aktivitet.til_og_med else None,
        "tegn": aktivitet.tegn,
    }
