"""Storing one goal, sub-goal or activity: what the saving, the restoring and the trail of each have in common."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from aftaler.historik import KLADDESPOR
from aftaler.models import Aktivitet, Delmaal, Led, StrategiskMaal
from samarbejde.forespoergsel import hent
from samarbejde.formater import opremsning
from samarbejde.models import Haendelse, Person
from samarbejde.prosa import til_html
from samarbejde.spor import noter

Felter = dict[str, Any]
Valg = dict[str, list[int]]
FLEST_LED = 40
FORAELDER: dict[type[Led], str] = {StrategiskMaal: "aftale", Delmaal: "maal", Aktivitet: "delmaal"}
TIL_AFTALEN: dict[type[Led], str] = {
    StrategiskMaal: "aftale",
    Delmaal: "maal__aftale",
    Aktivitet: "delmaal__maal__aftale",
}


def gem_led(led: Any, felter: Felter, valg: Valg, foer: Felter) -> None:
    for felt, vaerdi in felter.items():
        setattr(led, felt, vaerdi)
        if hasattr(led, f"{felt}_html"):
            setattr(led, f"{felt}_html", til_html(vaerdi))
    led.save()
    for felt, pks in valg.items():
        if pks != foer.get(felt, []):
            getattr(led, felt).set(pks)


def felter_i(led: Any, felter: Felter, valg: Valg) -> Felter:
    """What is stored in the fields that a save has."""
    enkelte = {felt: getattr(led, felt) for felt in felter}
    return enkelte | {felt: _valgte(led, felt) for felt in valg}


def _valgte(led: Any, navn: str) -> list[int]:
    felt = led._meta.get_field(navn)
    fra, til = felt.m2m_field_name(), felt.m2m_reverse_field_name()
    raekker = hent(_i_feltet, None, felt.remote_field.through, fra, til, led=led.pk)
    return sorted(pk for (pk,) in raekker)


def _i_feltet(_: None, gennem: Any, fra: str, til: str, led: int) -> QuerySet:
    return gennem.objects.filter(**{fra: led}).values_list(til)


def som_json(felter: Felter) -> Felter:
    return {felt: v.isoformat() if isinstance(v, date) else v for felt, v in felter.items()}


def noter_led(af: Person, led: Any, rod: Any, hvad: str, foer: Felter, efter: Felter, undervejs: bool) -> Haendelse:
    """A save that nobody pressed for is told without its words, which the version keeps: they are not the last."""
    aendrede = {} if undervejs else {felt: til for felt, til in efter.items() if foer.get(felt, "") != til}
    felter = {
        felt: (_laesbar(led, felt, foer.get(felt, "")), _laesbar(led, felt, til)) for felt, til in aendrede.items()
    }
    navn = led._meta.verbose_name.capitalize()
    saetning = f"{navn} «{led.titel}» er {hvad}{' undervejs' if undervejs else ''}."
    return noter(
        spor=KLADDESPOR,
        af=af,
        navn=f"skriv_{led._meta.model_name}",
        objekt=led,
        rod=rod,
        saetning=saetning,
        felter=felter,
    )


def _laesbar(led: Any, felt: str, vaerdi: Any) -> Any:
    """What the trail shows: names of the chosen, never their keys."""
    if not isinstance(vaerdi, list):
        return vaerdi if vaerdi is not None else ""
    valgte = led._meta.get_field(felt).related_model.objects.filter(pk__in=vaerdi)
    return opremsning([str(valgt) for valgt in valgte])
