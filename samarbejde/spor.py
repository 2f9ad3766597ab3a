"""The audit trail: every change writes one `Haendelse`; a task seals them into a chain (S55, D39)."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from samarbejde.models import Haendelse, Person, Segling

SYSTEM = "Systemet"
FOERSTE_LED = "0" * 64
LED_PR_KOERSEL = 5_000


def noter(
    *,
    af: Person | None,
    navn: str,
    objekt: models.Model,
    saetning: str,
    rod: models.Model | None = None,
    felter: dict[str, tuple[Any, Any]] | None = None,
    spor: str = "",
) -> Haendelse:
    """Write the event of a change, inside the transaction of the change. `af` None is the system itself. `spor` is for
    what fewer may read than the rest of what happens to its root.
    """
    haendelse = _haendelse(af=af, navn=navn, objekt=objekt, saetning=saetning, rod=rod, felter=felter)
    haendelse.rod_art = spor or haendelse.rod_art
    haendelse.save(force_insert=True)
    return haendelse


def noter_mange(*, af: Person | None, navn: str, noter: Iterable[tuple[models.Model, models.Model, str]]) -> None:
    """The same change of many objects at once: (objekt, rod, saetning) of each, in order."""
    Haendelse.objects.bulk_create(
        _haendelse(af=af, navn=navn, objekt=objekt, rod=rod, saetning=saetning) for objekt, rod, saetning in noter
    )


def _haendelse(
    *,
    af: Person | None,
    navn: str,
    objekt: models.Model,
    saetning: str,
    rod: models.Model | None = None,
    felter: dict[str, tuple[Any, Any]] | None = None,
) -> Haendelse:
    rod = rod or objekt
    data: dict[str, Any] = {"saetning": saetning}
    if felter:
        data["felter"] = {felt: [str(fra), str(til)] for felt, (fra, til) in felter.items()}
    salt, af_navn = secrets.token_bytes(16), af.navn if af else SYSTEM
    return Haendelse(
        af=af,
        af_navn=af_navn,
        navn=navn,
        rod_art=rod._meta.model_name,
        rod_id=rod.pk,
        objekt_art=objekt._meta.model_name,
        objekt_id=objekt.pk,
        data=data,
        salt=salt,
        aftryk=_aftryk(salt, af_navn, data),
    )


def segl_spor(nu: datetime | None = None) -> int:
    """Add a link to the chain for each event that has none, in the order of the rows. One runner at a time."""
    with transaction.atomic():
        sidste = Segling.objects.select_for_update().order_by("-nummer").first()
        nummer, kaede = (sidste.nummer, sidste.kaede) if sidste else (0, FOERSTE_LED)
        led = []
        for haendelse in Haendelse.objects.filter(segling=None).order_by("pk")[:LED_PR_KOERSEL]:
            nummer, kaede = nummer + 1, _led(kaede, haendelse)
            led.append(Segling(haendelse=haendelse, nummer=nummer, kaede=kaede))
        Segling.objects.bulk_create(led)
    return len(led)


def brud_paa_sporet() -> list[str]:
    """Walk the whole chain; one Danish line for each fault, none when the trail is whole."""
    fejl, kaede, ventet = [], FOERSTE_LED, 0
    for led in Segling.objects.select_related("haendelse").order_by("nummer").iterator(chunk_size=2_000):
        ventet += 1
        haendelse = led.haendelse
        if led.nummer != ventet:
            fejl.append(f"Kæden springer fra nummer {ventet - 1} til {led.nummer}.")
            ventet = led.nummer
        if haendelse.aftryk != _aftryk(bytes(haendelse.salt), haendelse.af_navn, haendelse.data):
            fejl.append(f"Hændelse {haendelse.pk} er ændret: indholdet svarer ikke til aftrykket.")
        kaede = _led(kaede, haendelse)
        if led.kaede != kaede:
            fejl.append(f"Kæden er brudt ved nummer {led.nummer} (hændelse {haendelse.pk}).")
            kaede = led.kaede
    return fejl


def _aftryk(salt: bytes, af_navn: str, data: dict[str, Any]) -> str:
    """The payload: the words and the name they are shown with."""
    tekst = json.dumps([af_navn, data], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(salt + tekst.encode()).hexdigest()


def _led(forrige: str, h: Haendelse) -> str:
    """Covers everything but the payload itself, which the salted imprint stands for, so that it can be deleted."""
    tekst = f"{forrige}|{h.pk}|{h.skete_den.astimezone(UTC).isoformat()}|{h.af_id}|{h.navn}|{h.rod_art}|{h.rod_id}"
    return hashlib.sha256(f"{tekst}|{h.objekt_art}|{h.objekt_id}|{h.aftryk}".encode()).hexdigest()
