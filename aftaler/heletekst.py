"""The whole text of one agreement as the pages show it: rows to read, never to save."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from django.db.models import Model, QuerySet

from aftaler.models import Aftale, Aktivitet, Delmaal, StrategiskMaal
from samarbejde.forespoergsel import hent


def fyld_indhold(aftale: Aftale) -> Aftale:
    """Hang the whole text on the agreement in five queries: `maalliste` → `delmaalliste` → `aktivitetsliste`."""
    omraader, ansvarlige = defaultdict(list), defaultdict(list)
    for maal_id, nummer, navn in hent(_omraader, None, aftale=aftale.pk):
        omraader[maal_id].append((nummer, navn))
    for aktivitet_id, navn in hent(_ansvarlige, None, aftale=aftale.pk):
        ansvarlige[aktivitet_id].append(navn)

    aktiviteter, delmaal = defaultdict(list), defaultdict(list)
    for aktivitet in _led(Aktivitet, "delmaal__maal__aftale", aftale, *AKTIVITETSFELTER):
        aktivitet.ansvarligliste = ansvarlige[aktivitet.id]
        aktiviteter[aktivitet.delmaal_id].append(aktivitet)
    for ting in _led(Delmaal, "maal__aftale", aftale, "maal_id"):
        ting.aktivitetsliste = aktiviteter[ting.id]
        delmaal[ting.maal_id].append(ting)
    aftale.maalliste = _led(StrategiskMaal, "aftale", aftale, "realisering_html", "intentioner")
    for maal in aftale.maalliste:
        maal.omraadeliste, maal.delmaalliste = omraader[maal.id], delmaal[maal.id]
    return aftale


def _omraader(_: None, aftale: int) -> QuerySet[Any, Any]:
    raekker = StrategiskMaal.omraader.through.objects.filter(strategiskmaal__aftale=aftale).order_by("maalomraade")
    return raekker.values_list("strategiskmaal_id", "maalomraade_id", "maalomraade__navn")


def _ansvarlige(_: None, aftale: int) -> QuerySet[Any, Any]:
    raekker = Aktivitet.ansvarlige.through.objects.filter(aktivitet__delmaal__maal__aftale=aftale)
    return raekker.order_by("enhed__navn").values_list("aktivitet_id", "enhed__navn")


AKTIVITETSFELTER = ("delmaal_id", "art", "fra", "til_og_med", "tegn")


def _led(led: type[Model], sti: str, aftale: Aftale, *felter: str) -> list[Any]:
    """Rows to read, not to save: a hundred and thirty model objects cost more than their query."""
    felter = ("id", "noegle", "titel", "beskrivelse_html", *felter)
    raekker = hent(_raekker, None, led, sti, felter, aftale=aftale.pk)
    return [SimpleNamespace(**dict(zip(felter, raekke, strict=True))) for raekke in raekker]


def _raekker(_: None, led: type[Model], sti: str, felter: tuple[str, ...], aftale: int) -> QuerySet[Any, Any]:
    return led.objects.filter(**{sti: aftale}).values_list(*felter)
