"""What came of each item, written while the meeting runs (D21): two writers never overwrite each other."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.afholdelse import skift_moede
from moeder.actions.laas import laas_moede
from moeder.models import Moede, Punkt
from moeder.states import Overgang, Punktovergang, Punkttilstand
from samarbejde import tid
from samarbejde.models import Haendelse, Person
from samarbejde.permissions import Handling
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError, kan, skift

FELTER = ("referat", "beslutning")
OM_ET_BARN = (
    "Skriv ikke om barnet her. Notér kun, at punktet er behandlet; det, I aftaler om barnet, hører til i barnets sag."
)
RETTET = "En anden har skrevet i punktet, mens du skrev."
SAMME_OMGANG = timedelta(minutes=10)


@transaction.atomic
def skriv_udfald(*, moede: Moede, punkt: UUID, af: Person, felter: Mapping[str, tuple[str, int]]) -> Punkt:
    """Save the texts that were changed, each as (text, the version that was seen).

    What is already stored is no change; a stale one is refused with what is stored. An outcome makes the item
    `behandlet`. The trail says who wrote, once in ten minutes; the words come with what is sent (`send_referat`).
    """
    laast = laas_moede(moede, af, Handling.SKRIV_REFERAT)
    et = laast.punkter.get(noegle=punkt)
    nye = {felt: tekst for felt, (tekst, _) in felter.items() if getattr(et, felt) != tekst}
    if not nye:
        return et
    skift_moede(laast, Overgang.SKRIV)
    if et.er_om_et_barn:
        raise ValidationError(OM_ET_BARN)
    if any(felter[felt][1] != getattr(et, f"{felt}_version") for felt in nye):
        raise KonfliktError({felt: getattr(et, felt) for felt in FELTER} | _versioner(et), et.version, RETTET)
    for felt, tekst in nye.items():
        setattr(et, felt, tekst)
        setattr(et, f"{felt}_html", til_html(tekst))
        setattr(et, f"{felt}_version", getattr(et, f"{felt}_version") + 1)
    if any(nye.values()) and kan(et, Punktovergang.BEHANDL):
        skift(et, Punktovergang.BEHANDL)
    et.save(update_fields=["tilstand", *(navn for felt in nye for navn in (felt, f"{felt}_html", f"{felt}_version"))])
    laast.save(update_fields=["tilstand", "tilstand_siden"])
    _noter_omgang(laast, et, af)
    return et


def _versioner(punkt: Punkt) -> dict[str, int]:
    return {f"{felt}_version": getattr(punkt, f"{felt}_version") for felt in FELTER}


def _noter_omgang(moede: Moede, punkt: Punkt, af: Person) -> None:
    nylig = Haendelse.objects.filter(rod_art="moede", rod_id=moede.pk, navn="skriv_udfald", objekt_id=punkt.pk, af=af)
    if not nylig.filter(skete_den__gte=tid.nu() - SAMME_OMGANG).exists():
        noter(af=af, navn="skriv_udfald", objekt=punkt, rod=moede, saetning="Der er skrevet referat af et punkt.")


@transaction.atomic
def marker_behandlet(*, moede: Moede, punkt: UUID, behandlet: bool, af: Person) -> Punkt:
    """Tick an item off, or open it again: all that an item about one child has in the minutes."""
    laast = laas_moede(moede, af, Handling.SKRIV_REFERAT)
    et = laast.punkter.get(noegle=punkt)
    if (et.tilstand == Punkttilstand.BEHANDLET) == behandlet:
        return et
    skift_moede(laast, Overgang.SKRIV)
    skift(et, Punktovergang.BEHANDL if behandlet else Punktovergang.GENAABN)
    et.save(update_fields=["tilstand"])
    laast.save(update_fields=["tilstand", "tilstand_siden"])
    saetning = "Et punkt er behandlet." if behandlet else "Et punkt er åbnet igen."
    noter(af=af, navn="marker_behandlet", objekt=et, rod=laast, saetning=saetning)
    return et
