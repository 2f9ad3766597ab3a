"""Units, districts, links, people and holidays: each change is atomic, checked and noted (D27, D39).

`af` is who signs; None is the system, the importer run by an operator. A correction that changes nothing writes
nothing. Addresses (`slug`) and keys (`kode`) never change; closing sets an end and deletes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from samarbejde import stik
from samarbejde.actions import slug_for
from samarbejde.formater import dato_uden_ugedag, opremsning, soegetekst
from samarbejde.models import (
    Distriktstilknytning,
    Enhed,
    Enhedstilknytning,
    Feriedag,
    Person,
    Skoledistrikt,
)
from samarbejde.organisationsregler import Tilknytning, kontroller
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.spor import noter, noter_mange
from samarbejde.tid import til_og_med

Model = TypeVar("Model", bound=models.Model)
Spoerg = Callable[[Person | None], None]
Art = Enhed.Art

KAN_RETTES: dict[type[models.Model], set[str]] = {
    Enhed: {"navn", "ejerform", "er_kkfo", "gyldig_fra", "gyldig_til", "efterfoelger"},
    Skoledistrikt: {"navn", "er_uden_geografi", "gyldig_fra", "gyldig_til"},
    Enhedstilknytning: {"gyldig_fra", "gyldig_til"},
    Distriktstilknytning: {"gyldig_fra", "gyldig_til"},
    Person: {"kode", "navn", "email", "faglighed", "udloeber_den", "er_beskyttet"},
    Feriedag: {"fra", "til_og_med"},
}


# --- units -------------------------------------------------------------------------------------------------------
@transaction.atomic
def opret_enhed(*, af: Person | None, kode: str, navn: str, art: str, gyldig_fra: date, **felter: Any) -> Enhed:
    _kraev_ret(af)
    _kraev_ledig_kode(kode)
    enhed = Enhed(kode=kode, navn=navn, art=art, gyldig_fra=gyldig_fra, slug=slug_for(navn, Enhed), **felter)
    return _opret(enhed, af=af, navn="opret_enhed", saetning=f"{navn} er oprettet som {enhed.get_art_display()}.")


@transaction.atomic
def ret_enhed(*, enhed: Enhed, af: Person | None, **felter: Any) -> Enhed:
    """The kind is never corrected: what becomes something else closes and has a successor (decision 6)."""
    return _ret(enhed, felter, af=af, navn="ret_enhed")


@transaction.atomic
def luk_enhed(*, enhed: Enhed, gyldig_til: date, af: Person | None, **felter: Any) -> Enhed:
    return _ret(enhed, {"gyldig_til": gyldig_til, **felter}, af=af, navn="luk_enhed")


# --- districts ---------------------------------------------------------------------------------------------------
@transaction.atomic
def opret_distrikt(*, af: Person | None, kode: str, navn: str, gyldig_fra: date, **felter: Any) -> Skoledistrikt:
    _kraev_ret(af)
    _kraev_ledig_kode(kode)
    slug = slug_for(navn, Skoledistrikt)
    distrikt = Skoledistrikt(kode=kode, navn=navn, gyldig_fra=gyldig_fra, slug=slug, **felter)
    return _opret(distrikt, af=af, navn="opret_distrikt", saetning=f"Skoledistriktet {navn} er oprettet.")


@transaction.atomic
def ret_distrikt(*, distrikt: Skoledistrikt, af: Person | None, **felter: Any) -> Skoledistrikt:
    return _ret(distrikt, felter, af=af, navn="ret_distrikt")


@transaction.atomic
def luk_distrikt(*, distrikt: Skoledistrikt, gyldig_til: date, af: Person | None) -> Skoledistrikt:
    return _ret(distrikt, {"gyldig_til": gyldig_til}, af=af, navn="luk_distrikt")


# --- links -------------------------------------------------------------------------------------------------------
@transaction.atomic
def tilknyt(
    *, enhed: Enhed, til: Enhed | Skoledistrikt, gyldig_fra: date, af: Person | None, gyldig_til: date | None = None
) -> Tilknytning:
    """A unit belongs to a district, or belongs to or works with another unit, for a period (D27)."""
    _kraev_ret(af)
    periode = {"enhed": enhed, "gyldig_fra": gyldig_fra, "gyldig_til": gyldig_til}
    link: Tilknytning
    if isinstance(til, Skoledistrikt):
        link = Distriktstilknytning(distrikt=til, **periode)
    else:
        link = Enhedstilknytning(til=til, **periode)
    _laas_enheder(link)
    saetning = f"{enhed} er tilknyttet {til} fra {dato_uden_ugedag(gyldig_fra)}."
    return _opret(link, af=af, navn="tilknyt", saetning=saetning, rod=enhed)


@transaction.atomic
def ret_tilknytning(*, tilknytning: Tilknytning, af: Person | None, **felter: Any) -> Tilknytning:
    _laas_enheder(tilknytning)
    return _ret(tilknytning, felter, af=af, navn="ret_tilknytning", rod=tilknytning.enhed)


@transaction.atomic
def afslut_tilknytning(*, tilknytning: Tilknytning, gyldig_til: date, af: Person | None) -> Tilknytning:
    _laas_enheder(tilknytning)
    return _ret(tilknytning, {"gyldig_til": gyldig_til}, af=af, navn="afslut_tilknytning", rod=tilknytning.enhed)


# --- people ------------------------------------------------------------------------------------------------------
@transaction.atomic
def opret_person(*, af: Person | None, email: str, navn: str, spoerg: Spoerg | None = None, **felter: Any) -> Person:
    """An account for a professional (S57), without password. `spoerg` asks for another right than the register's."""
    (spoerg or _kraev_ret)(af)
    person = Person(email=email.casefold(), navn=navn, **felter)
    person.set_unusable_password()
    return _opret(person, af=af, navn="opret_person", saetning=f"Der er oprettet en konto til {navn}.")


@transaction.atomic
def opret_personer(*, af: Person | None, personer: Sequence[Mapping[str, Any]]) -> list[Person]:
    """Many accounts at once, as an import makes them: `opret_person` with the questions asked for all together."""
    _kraev_ret(af)
    nye = [Person(**{**felter, "email": felter["email"].casefold()}) for felter in personer]
    optaget = {vaerdi for par in Person.objects.values_list("email", "kode") for vaerdi in par if vaerdi}
    for person in nye:
        if optaget & {person.email, person.kode}:
            raise ValidationError(f"Mailadressen {person.email} eller koden {person.kode} bruges allerede af en anden.")
        optaget |= {person.email, person.kode} - {None}
        person.set_unusable_password()
        _foelg_navnet(person)
        person.clean_fields()
    Person.objects.bulk_create(nye)
    noter_mange(
        af=af,
        navn="opret_person",
        noter=[(person, person, f"Der er oprettet en konto til {person}.") for person in nye],
    )
    return nye


@transaction.atomic
def ret_person(*, person: Person, af: Person | None, spoerg: Spoerg | None = None, **felter: Any) -> Person:
    if "email" in felter:
        felter["email"] = felter["email"].casefold()
    return _ret(person, felter, af=af, navn="ret_person", spoerg=spoerg)


# --- holidays ----------------------------------------------------------------------------------------------------
@transaction.atomic
def opret_ferie(*, af: Person | None, navn: str, fra: date, til_og_med: date) -> Feriedag:
    _kraev_ret(af)
    ferie = Feriedag(navn=navn, fra=fra, til_og_med=til_og_med)
    saetning = f"{navn} fra {dato_uden_ugedag(fra)} til og med {dato_uden_ugedag(til_og_med)} er lagt i ferieplanen."
    return _opret(ferie, af=af, navn="opret_ferie", saetning=saetning)


@transaction.atomic
def ret_ferie(*, ferie: Feriedag, af: Person | None, **felter: Any) -> Feriedag:
    return _ret(ferie, felter, af=af, navn="ret_ferie")


# --- in common ---------------------------------------------------------------------------------------------------
def _opret(objekt: Model, *, af: Person | None, navn: str, saetning: str, rod: models.Model | None = None) -> Model:
    kontroller(objekt)
    _foelg_navnet(objekt)
    objekt.save(force_insert=True)
    _fortael_om(objekt)
    noter(af=af, navn=navn, objekt=objekt, rod=rod, saetning=saetning)
    glem_roller()
    return objekt


def _ret(
    objekt: Model, felter: dict[str, Any], *, af: Person | None, navn: str, rod: Any = None, spoerg: Any = None
) -> Model:
    if ukendte := felter.keys() - KAN_RETTES[type(objekt)]:
        raise TypeError(f"{type(objekt).__name__} kan ikke rettes på {sorted(ukendte)}")
    laast = type(objekt)._default_manager.select_for_update().get(pk=objekt.pk)
    (spoerg or _kraev_ret)(af)
    aendret = {felt: (getattr(laast, felt), ny) for felt, ny in felter.items() if getattr(laast, felt) != ny}
    if not aendret:
        return laast
    for felt, (_, ny) in aendret.items():
        setattr(laast, felt, ny)
    kontroller(laast)
    laast.save(update_fields=[*aendret, *_foelg_navnet(laast)])
    _fortael_om(laast)
    noter(
        af=af, navn=navn, objekt=laast, rod=rod, saetning=_saetning(laast, aendret), felter=_til_sporet(laast, aendret)
    )
    glem_roller()
    return laast


def _foelg_navnet(objekt: models.Model) -> list[str]:
    """The text that search compares with follows the name."""
    if not hasattr(objekt, "soegetekst"):
        return []
    objekt.soegetekst = soegetekst(objekt.navn)
    return ["soegetekst"]


def _fortael_om(objekt: models.Model) -> None:
    if isinstance(objekt, Enhed):
        for plug in stik.ny_enhed:
            plug(objekt)


def _saetning(objekt: models.Model, aendret: dict[str, tuple[Any, Any]]) -> str:
    slut = aendret.get("gyldig_til", (None, None))[1]
    if slut is not None:
        return f"{objekt} gælder til og med {dato_uden_ugedag(til_og_med(slut))}."
    navne = [str(objekt._meta.get_field(felt).verbose_name) for felt in aendret]
    return f"{objekt} er rettet: {opremsning(navne)}."


def _til_sporet(objekt: models.Model, aendret: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    """The address of a protected person stays out of the trail, which many may read (decision 30)."""
    skjul = {"email"} if getattr(objekt, "er_beskyttet", False) else set()
    return {
        felt: ("", "ændret") if felt in skjul else ("" if fra is None else fra, "" if til is None else til)
        for felt, (fra, til) in aendret.items()
    }


def _kraev_ret(af: Person | None) -> None:
    if af is not None:
        glem_roller()
        kraev_ret(af, Handling.UDPEG_LEDER, HELE_KOMMUNEN)


def _kraev_ledig_kode(kode: str) -> None:
    if Enhed.objects.filter(kode=kode).exists() or Skoledistrikt.objects.filter(kode=kode).exists():
        raise ValidationError(f"Koden {kode} er allerede brugt.")


def _laas_enheder(link: Tilknytning) -> None:
    """Always in the same order, so that two writers wait for each other and never both."""
    enheder = {link.enhed_id, link.til_id if isinstance(link, Enhedstilknytning) else link.enhed_id}
    list(Enhed.objects.select_for_update().filter(pk__in=enheder).order_by("pk"))
