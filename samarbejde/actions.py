"""Every change of organisation, people and roles. Each is atomic, checked, noted in the trail.

`af` is who signs; None is the system: the importer run by an operator, and nothing else.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from samarbejde import tid
from samarbejde.formater import dato, opremsning
from samarbejde.models import Enhed, Person, Rolletildeling, Skoledistrikt
from samarbejde.permissions import Handling, HarRoller, Rolle, kraev_ret
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.spor import noter, noter_mange

DANSKE_BOGSTAVER = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


def slug_for(navn: str, model: type[Enhed] | type[Skoledistrikt]) -> str:
    """A readable address in Danish ASCII; given once and never changed."""
    grund = slugify(navn.translate(DANSKE_BOGSTAVER))[:70] or "enhed"
    slug, nummer = grund, 1
    while model.objects.filter(slug=slug).exists():
        nummer += 1
        slug = f"{grund}-{nummer}"
    return slug


@transaction.atomic
def tildel_rolle(
    *,
    person: Person,
    rolle: Rolle,
    enhed: Enhed,
    gyldig_fra: date,
    gyldig_til: date | None = None,
    af: Person | None,
    **detaljer: Any,
) -> Rolletildeling:
    """Give a role at a unit for a period (D26). The same role twice at once is refused; a role must fit the unit."""
    laast = Enhed.objects.select_for_update().get(pk=enhed.pk)
    _kraev_udpeger(af, laast)
    _kraev_egnet(rolle, laast, gyldig_fra, gyldig_til)
    overlap = _overlap(
        Rolletildeling.objects.filter(user=person, content_object=laast).med_rolle(rolle), gyldig_fra, gyldig_til
    )
    if overlap:
        raise ValidationError(f"{person} er allerede {rolle.label} på {laast} i en del af perioden.")
    tildeling = Rolletildeling.objects.create(
        user=person,
        permission=rettighed(rolle),
        content_object=laast,
        gyldig_fra=gyldig_fra,
        gyldig_til=gyldig_til,
        tildelt_af=af,
        **detaljer,
    )
    noter(af=af, navn="tildel_rolle", objekt=tildeling, rod=_rod(tildeling), saetning=_er_tildelt(tildeling))
    return tildeling


@transaction.atomic
def tildel_roller(*, roller: Sequence[Mapping[str, Any]], af: Person | None) -> list[Rolletildeling]:
    """Many roles at once, as an import gives them: `tildel_rolle` with the questions asked for all together."""
    enheder = Enhed.objects.select_for_update().in_bulk({rolle["enhed"].pk for rolle in roller})
    for enhed in enheder.values():
        _kraev_udpeger(af, enhed)
    rettigheder = {rolle: rettighed(rolle) for rolle in {en["rolle"] for en in roller}}
    optaget = _optagne_perioder(list(enheder))
    nye = []
    for detaljer in map(dict, roller):
        person, rolle, enhed = detaljer.pop("person"), detaljer.pop("rolle"), enheder[detaljer.pop("enhed").pk]
        periode = (detaljer["gyldig_fra"], detaljer.get("gyldig_til"))
        _kraev_egnet(rolle, enhed, *periode)
        samme = optaget[person.pk, rolle.value, enhed.pk]
        if any(_deler_dag(periode, anden) for anden in samme):
            raise ValidationError(f"{person} er allerede {rolle.label} på {enhed} i en del af perioden.")
        samme.append(periode)
        felter = {"user": person, "permission": rettigheder[rolle], "content_object": enhed, "tildelt_af": af}
        nye.append(Rolletildeling(**felter, **detaljer))
    Rolletildeling.objects.bulk_create(nye)
    noter_mange(af=af, navn="tildel_rolle", noter=[(ny, _rod(ny), _er_tildelt(ny)) for ny in nye])
    return nye


def _er_tildelt(tildeling: Rolletildeling) -> str:
    titel = f"{tildeling.vist_titel} på {tildeling.enhed}"
    return f"{tildeling.user} er {titel} fra {dato(tildeling.gyldig_fra)}."


def _rod(tildeling: Rolletildeling) -> Enhed | Person:
    """Who leads a unit is known to the district. Who works there is nobody's list: the event is the person's own."""
    return tildeling.user if tildeling.rolle == Rolle.MEDARBEJDER else tildeling.enhed


def _optagne_perioder(enhed_ids: list[int]) -> dict[tuple[int, str, int], list[tuple[date, date | None]]]:
    """Person, role, unit -> periods. In portions: SQLite takes so many values in one question and no more."""
    felter = ("user_id", "permission__codename", "content_object_id", "gyldig_fra", "gyldig_til")
    gaeldende, optaget = Rolletildeling.objects.ikke_annulleret(), defaultdict(list)
    for start in range(0, len(enhed_ids), 500):
        portion = gaeldende.filter(content_object__in=enhed_ids[start : start + 500])
        for *noegle, fra, til in portion.values_list(*felter):
            optaget[tuple(noegle)].append((fra, til))
    return optaget


def _deler_dag(en: tuple[date, date | None], anden: tuple[date, date | None]) -> bool:
    return (en[1] is None or anden[0] < en[1]) and (anden[1] is None or en[0] < anden[1])


@transaction.atomic
def afslut_rolle(*, tildeling: Rolletildeling, gyldig_til: date, af: Person | None) -> Rolletildeling:
    """End a role. Ending today ends now (S54): the period is half-open, so its last whole day was yesterday."""
    Enhed.objects.select_for_update().get(pk=tildeling.content_object_id)
    laast = Rolletildeling.objects.select_related("user", "content_object", "permission").get(pk=tildeling.pk)
    _kraev_udpeger(af, laast.enhed)
    if gyldig_til < laast.gyldig_fra:
        raise ValidationError("Rollen kan ikke slutte, før den begyndte.")
    foer, laast.gyldig_til = laast.gyldig_til, gyldig_til
    laast.save()
    noter(
        af=af,
        navn="afslut_rolle",
        objekt=laast,
        rod=_rod(laast),
        saetning=f"{laast.user} er ikke længere {laast.vist_titel} på {laast.enhed} fra {dato(gyldig_til)}.",
        felter={"gyldig_til": (foer or "", gyldig_til)},
    )
    glem_roller()
    return laast


KAN_RETTES = {"gyldig_fra", "gyldig_til", "titel", "konstitueret", "er_primaer"}


@transaction.atomic
def ret_rolle(*, tildeling: Rolletildeling, af: Person | None, **felter: Any) -> Rolletildeling:
    """Correct a role's period or details (D26). Who, what and where never change; nothing changed writes nothing."""
    if ukendte := felter.keys() - KAN_RETTES:
        raise TypeError(f"en rolle kan ikke rettes på {sorted(ukendte)}")
    Enhed.objects.select_for_update().get(pk=tildeling.content_object_id)
    laast = Rolletildeling.objects.select_related("user", "content_object", "permission__content_type").get(
        pk=tildeling.pk
    )
    _kraev_udpeger(af, laast.enhed)
    aendret = {felt: (getattr(laast, felt), ny) for felt, ny in felter.items() if getattr(laast, felt) != ny}
    if not aendret:
        return laast
    for felt, (_, ny) in aendret.items():
        setattr(laast, felt, ny)
    _kraev_egnet(laast.rolle, laast.enhed, laast.gyldig_fra, laast.gyldig_til)
    andre = Rolletildeling.objects.filter(user=laast.user, content_object=laast.enhed).exclude(pk=laast.pk)
    if _overlap(andre.med_rolle(laast.rolle), laast.gyldig_fra, laast.gyldig_til):
        raise ValidationError(f"{laast.user} er allerede {laast.rolle.label} på {laast.enhed} i en del af perioden.")
    laast.save()
    saetning = f"Rollen som {laast.vist_titel} for {laast.user} på {laast.enhed} er rettet."
    spor = {felt: ("" if fra is None else fra, "" if til is None else til) for felt, (fra, til) in aendret.items()}
    noter(af=af, navn="ret_rolle", objekt=laast, rod=_rod(laast), saetning=saetning, felter=spor)
    glem_roller()
    return laast


def rettighed(rolle: Rolle) -> Permission:
    # The content type comes along: guardian compares it on every save.
    return Permission.objects.select_related("content_type").get(
        content_type__app_label="samarbejde", content_type__model="enhed", codename=rolle.value
    )


def _kraev_udpeger(af: Person | None, hvor: HarRoller) -> None:
    if af is not None:
        glem_roller()
        kraev_ret(af, Handling.UDPEG_LEDER, hvor)


PASSER_TIL: dict[Rolle, set[str]] = {
    Rolle.SKOLELEDER: {Enhed.Art.SKOLE},
    Rolle.KOORDINATOR: {Enhed.Art.SKOLE},
    Rolle.FRITIDSLEDER: {Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER},
    Rolle.DAGTILBUDSLEDER: {Enhed.Art.DAGINSTITUTION},
    Rolle.KLYNGELEDER: {Enhed.Art.KLYNGE},
    Rolle.NETVAERKSKOORDINATOR: {Enhed.Art.NETVAERK},
    Rolle.OMRAADECHEF: {Enhed.Art.OMRAADE},
    Rolle.FORVALTNING: {Enhed.Art.FORVALTNING},
    Rolle.ADMINISTRATOR: {Enhed.Art.FORVALTNING},
}


def _kraev_egnet(rolle: Rolle, enhed: Enhed, fra: date, til: date | None) -> None:
    if rolle in PASSER_TIL and enhed.art not in PASSER_TIL[rolle]:
        arter = opremsning([Enhed.Art(art).label for art in sorted(PASSER_TIL[rolle])], "eller")
        raise ValidationError(f"Rollen {rolle.label} hører til {arter}, og {enhed} er {enhed.get_art_display()}.")
    if til is not None and til < fra:
        raise ValidationError("Rollen kan ikke slutte, før den begynder.")
    if enhed.gyldig_til is not None and fra >= enhed.gyldig_til:
        raise ValidationError(f"{enhed} er lukket fra {dato(enhed.gyldig_til)}.")


def _overlap(raekker: Any, fra: date, til: date | None) -> Any:
    """Rows whose half-open period shares a day with [fra, til); an annulled one shares none."""
    if til is not None:
        raekker = raekker.filter(gyldig_fra__lt=til)
    return raekker.ikke_annulleret().exclude(gyldig_til__lte=fra).first()


@transaction.atomic
def luk_person(*, person: Person, af: Person | None, hvornaar: datetime | None = None) -> Person:
    """Close an account: never deleted (history keeps its name), logged out at once."""
    laast = Person.objects.select_for_update().get(pk=person.pk)
    _kraev_udpeger(af, HELE_KOMMUNEN)
    laast.lukket_den = hvornaar or tid.nu()
    laast.save()
    noter(af=af, navn="luk_person", objekt=laast, saetning=f"Kontoen for {laast} er lukket.")
    return laast
