"""Writing the agreement. Each action: lock the agreement, ask `maa` and `kan` again, change, note, tell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.laas import laas
from aftaler.models import Aftale, Aktivitet, Delmaal, Led, Maalomraade, StrategiskMaal
from aftaler.queries import led_aftryk
from aftaler.states import Overgang
from samarbejde.formater import opremsning
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError, skift

FLEST_LED = 40
AFSNIT = {"behov": "Behov og udfordringer", "retning": "Strategisk retning"}


SLETTET = "Det, du retter i, er slettet af en anden, mens du skrev."
RETTET = "En anden har rettet i teksten, mens du skrev."


def _laas_til_skrivning(aftale: Aftale, af: Person) -> Aftale:
    laast = laas(aftale)
    kraev_ret(af, Handling.SKRIV_AFTALE, laast)
    skift(laast, Overgang.RET)
    return laast


@transaction.atomic
def skriv_afsnit(*, aftale: Aftale, af: Person, afsnit: str, tekst: str, version: int) -> Aftale:
    """Save one of the two texts (S10, S11). A save of what is already stored is no change; a stale one is refused."""
    laast = _laas_til_skrivning(aftale, af)
    foer, nu = getattr(laast, afsnit), getattr(laast, f"{afsnit}_version")
    if foer == tekst:
        return laast
    if version != nu:
        raise KonfliktError({"tekst": foer}, nu, RETTET)
    setattr(laast, afsnit, tekst)
    setattr(laast, f"{afsnit}_html", til_html(tekst))
    setattr(laast, f"{afsnit}_version", nu + 1)
    laast.save(update_fields=[afsnit, f"{afsnit}_html", f"{afsnit}_version"])
    navn = AFSNIT[afsnit]
    noter(af=af, navn="skriv_afsnit", objekt=laast, saetning=f"«{navn}» er rettet.", felter={navn: (foer, tekst)})
    return laast


@transaction.atomic
def skriv_maal(
    *, aftale: Aftale, af: Person, noegle: UUID, version: int, omraader: Iterable[Maalomraade], **felter: str
) -> StrategiskMaal:
    """Create (`version` 0) or correct a strategic goal (S11, S13). The same form sent twice is one goal."""
    laast = _laas_til_skrivning(aftale, af)
    numre = sorted(omraade.pk for omraade in omraader)
    return _skriv_led(
        StrategiskMaal.objects.filter(aftale=laast),
        _Skrivning(laast, af, noegle, version, felter, {"omraader": numre}),
        lambda: StrategiskMaal(aftale=laast),
    )


@transaction.atomic
def skriv_delmaal(*, aftale: Aftale, af: Person, maal: UUID, noegle: UUID, version: int, **felter: str) -> Delmaal:
    """Create or correct a sub-goal; it always belongs to a goal of this agreement (S14)."""
    laast = _laas_til_skrivning(aftale, af)
    foraelder = StrategiskMaal.objects.filter(aftale=laast, noegle=maal).first()
    if foraelder is None:
        raise KonfliktError(None, 0, "Målet, som delmålet hører til, er slettet af en anden, mens du skrev.")
    return _skriv_led(
        Delmaal.objects.filter(maal=foraelder),
        _Skrivning(laast, af, noegle, version, felter, {}),
        lambda: Delmaal(maal=foraelder),
    )


@transaction.atomic
def skriv_aktivitet(
    *, aftale: Aftale, af: Person, delmaal: UUID, noegle: UUID, version: int, ansvarlige: Iterable[Enhed], **felter: Any
) -> Aktivitet:
    """Create or correct an activity (S14); only parties of the agreement can answer for it (S15)."""
    laast = _laas_til_skrivning(aftale, af)
    foraelder = Delmaal.objects.filter(maal__aftale=laast, noegle=delmaal).first()
    if foraelder is None:
        raise KonfliktError(None, 0, "Delmålet, som aktiviteten hører til, er slettet af en anden, mens du skrev.")
    valgte = sorted(enhed.pk for enhed in ansvarlige)
    if not set(valgte) <= set(laast.parter.values_list("enhed_id", flat=True)):
        raise ValidationError({"ansvarlige": "Kun aftalens parter kan være ansvarlige. Vælg igen."})
    return _skriv_led(
        Aktivitet.objects.filter(delmaal=foraelder),
        _Skrivning(laast, af, noegle, version, felter, {"ansvarlige": valgte}),
        lambda: Aktivitet(delmaal=foraelder),
    )


@dataclass(frozen=True)
class _Skrivning:
    aftale: Aftale
    af: Person
    noegle: UUID
    version: int
    felter: dict[str, Any]
    valg: dict[str, list[int]]


def _skriv_led(soeskende: Any, ny: _Skrivning, opret: Callable[[], Led]) -> Any:
    led = soeskende.filter(noegle=ny.noegle).first()
    if led is None:
        return _opret_led(soeskende, ny, opret())
    foer = _felter(led, ny)
    if foer == {**ny.felter, **ny.valg}:
        return led
    if led.version != ny.version:
        raise KonfliktError(foer, led.version, RETTET)
    led.version += 1
    _gem_led(led, ny, foer)
    _noter_led(led, ny, "rettet", foer)
    return led


def _opret_led(soeskende: Any, ny: _Skrivning, led: Any) -> Any:
    if ny.version:
        raise KonfliktError(None, 0, SLETTET)
    antal = soeskende.count()
    if antal >= FLEST_LED:
        raise ValidationError(f"Der kan højst være {FLEST_LED} her. Saml eller slet nogle først.")
    sidste = soeskende.order_by("-plads").values_list("plads", flat=True).first() or 0
    led.noegle, led.plads = ny.noegle, sidste + 1
    _gem_led(led, ny, {})
    _noter_led(led, ny, "tilføjet", {})
    return led


def _gem_led(led: Any, ny: _Skrivning, foer: dict[str, Any]) -> None:
    for felt, vaerdi in ny.felter.items():
        setattr(led, felt, vaerdi)
        if hasattr(led, f"{felt}_html"):
            setattr(led, f"{felt}_html", til_html(vaerdi))
    led.save()
    for felt, pks in ny.valg.items():
        if pks != foer.get(felt, []):
            getattr(led, felt).set(pks)


def _felter(led: Any, ny: _Skrivning) -> dict[str, Any]:
    enkelte = {felt: getattr(led, felt) for felt in ny.felter}
    return enkelte | {felt: sorted(getattr(led, felt).values_list("pk", flat=True)) for felt in ny.valg}


def _noter_led(led: Any, ny: _Skrivning, hvad: str, foer: dict[str, Any]) -> None:
    efter = {**ny.felter, **ny.valg}
    aendrede = {felt: (foer.get(felt, ""), til) for felt, til in efter.items() if foer.get(felt, "") != til}
    felter = {felt: tuple(_laesbar(led, felt, vaerdi) for vaerdi in par) for felt, par in aendrede.items()}
    navn = led._meta.verbose_name
    noter(
        af=ny.af,
        navn=f"skriv_{led._meta.model_name}",
        objekt=led,
        rod=ny.aftale,
        saetning=f"{navn.capitalize()} «{led.titel}» er {hvad}.",
        felter=felter,
    )


def _laesbar(led: Any, felt: str, vaerdi: Any) -> Any:
    """What the trail shows: names of the chosen, never their keys."""
    if not isinstance(vaerdi, list):
        return vaerdi if vaerdi is not None else ""
    valgte = led._meta.get_field(felt).related_model.objects.filter(pk__in=vaerdi)
    return opremsning([str(valgt) for valgt in valgte])


@transaction.atomic
def slet_led(*, aftale: Aftale, af: Person, model: type[Led], noegle: UUID, aftryk: str) -> None:
    """Delete a goal, sub-goal or activity with all below it; the trail keeps every word. Twice is once.

    `aftryk` is that of all that was seen (`led_aftryk`): what was added below meanwhile is not deleted unseen.
    """
    laast = _laas_til_skrivning(aftale, af)
    led = model.objects.filter(**{TIL_AFTALEN[model]: laast}, noegle=noegle).first()
    if led is None:
        return
    if led_aftryk(led) != aftryk:
        raise KonfliktError({"titel": led.titel, "beskrivelse": led.beskrivelse}, led.version, RETTET)
    tekster = {sti: (tekst, "") for sti, tekst in _al_tekst(led)}
    saetning = f"{led._meta.verbose_name.capitalize()} «{led.titel}» er slettet."
    noter(af=af, navn=f"slet_{led._meta.model_name}", objekt=led, rod=laast, saetning=saetning, felter=tekster)
    led.delete()


TIL_AFTALEN: dict[type[Led], str] = {
    StrategiskMaal: "aftale",
    Delmaal: "maal__aftale",
    Aktivitet: "delmaal__maal__aftale",
}


def _al_tekst(led: Any) -> Iterable[tuple[str, str]]:
    """Every text that goes with a part and what is below it, named by its place."""
    yield (
        led.titel,
        "\n\n".join(filter(None, [led.beskrivelse, getattr(led, "realisering", ""), getattr(led, "tegn", "")])),
    )
    for under in _under(led):
        for sti, tekst in _al_tekst(under):
            yield f"{led.titel} › {sti}", tekst


def _under(led: Any) -> Iterable[Any]:
    if isinstance(led, StrategiskMaal):
        return led.delmaal.all()
    return led.aktiviteter.all() if isinstance(led, Delmaal) else ()
