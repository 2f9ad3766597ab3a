"""Writing the agreement. Each action: lock the agreement, ask `maa` and `kan` again, change, note, tell.

`undervejs` is a save that nobody pressed for: all those of one sitting are one row in the trail and one version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from aftaler import udgaver
from aftaler.actions.laas import laas
from aftaler.actions.led import FLEST_LED, FORAELDER, TIL_AFTALEN, Felter, Valg, felter_i, gem_led, noter_led, som_json
from aftaler.actions.udgave import Gem, aaben_om, aabne, ny_udgave
from aftaler.historik import KLADDESPOR
from aftaler.indhold import trae
from aftaler.models import Aftale, Aktivitet, Delmaal, Led, Maalomraade, StrategiskMaal
from aftaler.queries import led_aftryk
from aftaler.states import Overgang, Svar
from aftaler.vejledninger import AFSNIT
from samarbejde.forespoergsel import hent
from samarbejde.models import Enhed, Haendelse, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError, skift

SLETTET = "Det, du retter i, er slettet af en anden, mens du skrev."
RETTET = "En anden har rettet i teksten, mens du skrev."


def laas_til_skrivning(aftale: Aftale, af: Person) -> Aftale:
    laast = laas(aftale)
    kraev_ret(af, Handling.SKRIV_AFTALE, laast)
    skift(laast, Overgang.RET)
    return laast


@transaction.atomic
def skriv_afsnit(
    *, aftale: Aftale, af: Person, afsnit: str, tekst: str, version: int, undervejs: bool = False
) -> Aftale:
    """Save one of the two texts (S10, S11). A save of what is already stored is no change; a stale one is refused."""
    laast = laas_til_skrivning(aftale, af)
    foer, nu = getattr(laast, afsnit), getattr(laast, f"{afsnit}_version")
    if foer == tekst:
        return laast
    if version != nu:
        raise KonfliktError({"tekst": foer}, nu, RETTET)
    setattr(laast, afsnit, tekst)
    setattr(laast, f"{afsnit}_html", til_html(tekst))
    setattr(laast, f"{afsnit}_version", nu + 1)
    laast.save(update_fields=[afsnit, f"{afsnit}_html", f"{afsnit}_version", "soegetekst"])
    siddende = hent(aabne, None, **aaben_om(laast, af, afsnit))
    aaben = next((en.pk for en in siddende if en.version == nu), None)
    rettelse = udgaver.rettet(afsnit, nu, {afsnit: foer, f"{afsnit}_version": nu})
    gem = Gem(laast, af, afsnit, nu, undervejs, aaben)
    gem.lav(rettelse, lambda: _noter_afsnit(gem, {} if undervejs else {AFSNIT[afsnit]: (foer, tekst)}))
    return laast


def _noter_afsnit(gem: Gem, felter: dict[str, tuple[str, str]]) -> Haendelse:
    saetning = f"«{AFSNIT[gem.noegle]}» er rettet{' undervejs' if gem.undervejs else ''}."
    return noter(spor=KLADDESPOR, af=gem.af, navn="skriv_afsnit", objekt=gem.aftale, saetning=saetning, felter=felter)


@transaction.atomic
def skriv_maal(
    *,
    aftale: Aftale,
    af: Person,
    noegle: UUID,
    version: int,
    omraader: Iterable[Maalomraade],
    undervejs: bool = False,
    **felter: str,
) -> StrategiskMaal:
    """Create (`version` 0) or correct a strategic goal (S11, S13). The same form sent twice is one goal."""
    laast = laas_til_skrivning(aftale, af)
    numre = sorted(omraade.pk for omraade in omraader)
    ny = _Skrivning(laast, af, noegle, version, felter, {"omraader": numre}, undervejs)
    return _skriv_led(StrategiskMaal, laast, ny)


@transaction.atomic
def skriv_delmaal(
    *, aftale: Aftale, af: Person, maal: UUID, noegle: UUID, version: int, undervejs: bool = False, **felter: str
) -> Delmaal:
    """Create or correct a sub-goal; it always belongs to a goal of this agreement (S14)."""
    laast = laas_til_skrivning(aftale, af)
    foraelder = StrategiskMaal.objects.filter(aftale=laast, noegle=maal).first()
    if foraelder is None:
        raise KonfliktError(None, 0, "Målet, som delmålet hører til, er slettet af en anden, mens du skrev.")
    return _skriv_led(Delmaal, foraelder, _Skrivning(laast, af, noegle, version, felter, {}, undervejs))


@transaction.atomic
def skriv_aktivitet(
    *,
    aftale: Aftale,
    af: Person,
    delmaal: UUID,
    noegle: UUID,
    version: int,
    ansvarlige: Iterable[Enhed],
    undervejs: bool = False,
    **felter: Any,
) -> Aktivitet:
    """Create or correct an activity (S14); only parties of the agreement can answer for it (S15)."""
    laast = laas_til_skrivning(aftale, af)
    foraelder = Delmaal.objects.filter(maal__aftale=laast, noegle=delmaal).first()
    if foraelder is None:
        raise KonfliktError(None, 0, "Delmålet, som aktiviteten hører til, er slettet af en anden, mens du skrev.")
    valgte = sorted(enhed.pk for enhed in ansvarlige)
    if not set(valgte) <= set(laast.parter.exclude(tilstand=Svar.UDTRAADT).values_list("enhed_id", flat=True)):
        raise ValidationError({"ansvarlige": "Kun aftalens parter kan være ansvarlige. Vælg igen."})
    ny = _Skrivning(laast, af, noegle, version, felter, {"ansvarlige": valgte}, undervejs)
    return _skriv_led(Aktivitet, foraelder, ny)


@dataclass(frozen=True)
class _Skrivning:
    aftale: Aftale
    af: Person
    noegle: UUID
    version: int
    felter: Felter
    valg: Valg
    undervejs: bool

    @property
    def efter(self) -> Felter:
        return {**self.felter, **self.valg}


def _skriv_led(model: type[Led], over: Any, ny: _Skrivning) -> Any:
    siddende = aaben_om(ny.aftale, ny.af, str(ny.noegle))
    fundne = hent(_led_med_siddende, None, model, over=over.pk, led=ny.noegle, **siddende)
    if not fundne:
        return _opret_led(model, over, ny)
    led = fundne[0]
    foer = felter_i(led, ny.felter, ny.valg)
    if foer == ny.efter:
        return led
    if led.version != ny.version:
        raise KonfliktError(foer, led.version, RETTET)
    led.version += 1
    gem_led(led, ny.felter, ny.valg, foer)
    rettelse = udgaver.rettet(str(ny.noegle), ny.version, som_json(foer))
    gem = Gem(ny.aftale, ny.af, str(ny.noegle), ny.version, ny.undervejs, led.aaben)
    gem.lav(rettelse, lambda: noter_led(ny.af, led, ny.aftale, "rettet", foer, ny.efter, ny.undervejs))
    return led


def _led_med_siddende(_: None, model: Any, over: int, led: UUID, **siddende: Any) -> QuerySet[Any]:
    """The part, with the sitting that a save of it goes on with in `aaben`."""
    aaben = aabne(None, **siddende).filter(version=OuterRef("version")).values("pk")[:1]
    egne = model.objects.filter(**{FORAELDER[model]: over}, noegle=led)
    return egne.annotate(aaben=Subquery(aaben))[:1]


def _opret_led(model: Any, over: Any, ny: _Skrivning) -> Any:
    if ny.version:
        raise KonfliktError(None, 0, SLETTET)
    led, soeskende = model(**{FORAELDER[model]: over}), model.objects.filter(**{FORAELDER[model]: over})
    antal = soeskende.count()
    if antal >= FLEST_LED:
        raise ValidationError(f"Der kan højst være {FLEST_LED} her. Saml eller slet nogle først.")
    sidste = soeskende.order_by("-plads").values_list("plads", flat=True).first() or 0
    led.noegle, led.plads = ny.noegle, sidste + 1
    gem_led(led, ny.felter, ny.valg, {})
    haendelse = noter_led(ny.af, led, ny.aftale, "tilføjet", {}, ny.efter, undervejs=False)
    ny_udgave(
        haendelse, ny.aftale, ny.af, [udgaver.tilfoejet(str(ny.noegle))], noegle=str(ny.noegle), version=led.version
    )
    return led


@transaction.atomic
def slet_led(*, aftale: Aftale, af: Person, model: type[Led], noegle: UUID, aftryk: str) -> None:
    """Delete a goal, sub-goal or activity with all below it; the trail keeps every word. Twice is once.

    `aftryk` is that of all that was seen (`led_aftryk`): what was added below meanwhile is not deleted unseen.
    """
    laast = laas_til_skrivning(aftale, af)
    led = model.objects.filter(**{TIL_AFTALEN[model]: laast}, noegle=noegle).first()
    if led is None:
        return
    if led_aftryk(led) != aftryk:
        raise KonfliktError({"titel": led.titel, "beskrivelse": led.beskrivelse}, led.version, RETTET)
    tekster = {sti: (tekst, "") for sti, tekst in _al_tekst(led)}
    saetning = f"{led._meta.verbose_name.capitalize()} «{led.titel}» er slettet."
    navn = f"slet_{led._meta.model_name}"
    haendelse = noter(spor=KLADDESPOR, af=af, navn=navn, objekt=led, rod=laast, saetning=saetning, felter=tekster)
    ny_udgave(
        haendelse, laast, af, [udgaver.slettet(trae(laast), str(noegle))], noegle=str(noegle), version=led.version
    )
    led.delete()


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
