"""What is true of units, links, people and holidays (S25, D27): asked by every act on the register before it saves."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from samarbejde.formater import dato_uden_ugedag
from samarbejde.models import (
    Distriktstilknytning,
    Enhed,
    Enhedstilknytning,
    Feriedag,
    Person,
)

Tilknytning = Enhedstilknytning | Distriktstilknytning
Art = Enhed.Art

# Which kinds a unit of a kind may belong to or work with; a district takes the kinds of the last line.
HOERER_TIL: dict[str, set[str]] = {
    Art.SKOLE: {Art.OMRAADE},
    Art.FRITIDSINSTITUTION: {Art.SKOLE, Art.KLYNGE, Art.NETVAERK, Art.OMRAADE},
    Art.FRITIDSCENTER: {Art.SKOLE, Art.KLYNGE, Art.NETVAERK, Art.OMRAADE},
    Art.DAGINSTITUTION: {Art.KLYNGE, Art.NETVAERK, Art.OMRAADE},
    Art.KLYNGE: {Art.OMRAADE},
    Art.NETVAERK: {Art.OMRAADE},
    Art.OMRAADE: {Art.FORVALTNING},
    Art.FORVALTNING: set(),
}
I_DISTRIKT: set[str] = {Art.SKOLE, Art.FRITIDSINSTITUTION, Art.FRITIDSCENTER, Art.DAGINSTITUTION, Art.OMRAADE}
FERIE_DAGE = 100


def kontroller(objekt: models.Model) -> None:
    objekt.clean_fields(exclude=[felt.name for felt in objekt._meta.concrete_fields if felt.is_relation])
    if hasattr(objekt, "gyldig_til") and objekt.gyldig_til is not None and objekt.gyldig_til < objekt.gyldig_fra:
        raise ValidationError("Perioden kan ikke slutte, før den begynder.")
    if regel := REGLER.get(type(objekt)):
        regel(objekt)


def _kontroller_enhed(enhed: Enhed) -> None:
    if enhed.er_kkfo and (enhed.art, enhed.ejerform) != (Art.FRITIDSINSTITUTION, Enhed.Ejerform.KOMMUNAL):
        raise ValidationError("Kun en kommunal fritidsinstitution kan være KKFO.")
    if enhed.pk and enhed.art == Art.FRITIDSINSTITUTION and not enhed.er_privat:
        _kontroller_skoler(enhed)
    if enhed.efterfoelger_id and enhed.gyldig_til is None:
        raise ValidationError(f"{enhed} kan først få en efterfølger, når den lukker.")
    set_foer, naeste = {enhed.pk}, enhed.efterfoelger_id
    while naeste is not None:
        if naeste in set_foer:
            raise ValidationError(f"{enhed} kan ikke efterfølge sig selv.")
        set_foer.add(naeste)
        naeste = Enhed.objects.values_list("efterfoelger_id", flat=True).get(pk=naeste)


def _kontroller_skoler(enhed: Enhed) -> None:
    """One that is no longer private counts again (S25): its links are judged as if they were made now."""
    skoler = Enhedstilknytning.objects.ikke_annulleret().filter(enhed=enhed, til__art=Art.SKOLE)
    for link in skoler.select_related("til"):
        link.enhed = enhed
        _kontroller_enhedslink(link)


def _med_art(enhed: Enhed) -> str:
    return f"{enhed} ({enhed.get_art_display()})"


def _kontroller_enhedslink(link: Enhedstilknytning) -> None:
    if link.til.art not in HOERER_TIL[link.enhed.art]:
        raise ValidationError(f"{_med_art(link.enhed)} kan ikke tilknyttes {_med_art(link.til)}.")
    en_til_en = (link.enhed.art, link.til.art) == (Art.FRITIDSINSTITUTION, Art.SKOLE) and not link.enhed.er_privat
    naere = Q(enhed=link.enhed) | Q(til=link.til, enhed__art=Art.FRITIDSINSTITUTION)
    andre = _samtidige(link).filter(naere if en_til_en else Q(enhed=link.enhed, til=link.til))
    for anden in andre.select_related("enhed", "til"):
        if (anden.enhed_id, anden.til_id) == (link.enhed_id, link.til_id):
            raise ValidationError(f"{link.enhed} er allerede tilknyttet {link.til} i en del af perioden.")
        if en_til_en:
            _kraev_en_til_en(link, anden)


def _kraev_en_til_en(link: Enhedstilknytning, anden: Enhedstilknytning) -> None:
    """S25: one school for a fritidsinstitution; one for a school, beside which a private one may stand (decision 2)."""
    if anden.enhed_id == link.enhed_id:
        if anden.til.art == Art.SKOLE:
            raise ValidationError(f"{link.enhed} hører allerede til {anden.til}. Den kan kun have én skole.")
    elif not anden.enhed.er_privat:
        raise ValidationError(f"{link.til} har allerede fritidsinstitutionen {anden.enhed}. En skole kan kun have én.")


def _kontroller_distriktslink(link: Distriktstilknytning) -> None:
    if link.enhed.art not in I_DISTRIKT:
        raise ValidationError(f"{_med_art(link.enhed)} kan ikke ligge i et skoledistrikt.")
    if _samtidige(link).filter(enhed=link.enhed, distrikt=link.distrikt).exists():
        raise ValidationError(f"{link.enhed} er allerede i {link.distrikt} i en del af perioden.")


def _samtidige(link: Tilknytning) -> Any:
    """The other links whose period shares a day with this one; an annulled link shares none."""
    andre = type(link).objects.ikke_annulleret().exclude(pk=link.pk).exclude(gyldig_til__lte=link.gyldig_fra)
    if link.gyldig_til is None:
        return andre
    return andre.filter(gyldig_fra__lt=link.gyldig_til) if link.gyldig_til > link.gyldig_fra else andre.none()


def _kontroller_person(person: Person) -> None:
    samme = Q(email=person.email) | Q(kode=person.kode) if person.kode else Q(email=person.email)
    anden = Person.objects.exclude(pk=person.pk).filter(samme).only("email").first()
    if anden:
        hvad = f"Mailadressen {person.email}" if anden.email == person.email else f"Koden {person.kode}"
        raise ValidationError(f"{hvad} bruges allerede af en anden.")


def _kontroller_ferie(ferie: Feriedag) -> None:
    if ferie.til_og_med < ferie.fra:
        raise ValidationError("Ferien kan ikke slutte, før den begynder.")
    if (ferie.til_og_med - ferie.fra).days > FERIE_DAGE:
        raise ValidationError(f"En ferie kan højst vare {FERIE_DAGE} dage.")
    if Feriedag.objects.exclude(pk=ferie.pk).filter(navn=ferie.navn, fra=ferie.fra).exists():
        raise ValidationError(f"{ferie.navn} fra {dato_uden_ugedag(ferie.fra)} står allerede i ferieplanen.")


REGLER: dict[type[models.Model], Any] = {
    Enhed: _kontroller_enhed,
    Enhedstilknytning: _kontroller_enhedslink,
    Distriktstilknytning: _kontroller_distriktslink,
    Person: _kontroller_person,
    Feriedag: _kontroller_ferie,
}
