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

from samarbejde import stik, tid
from samarbejde.formater import dato, dato_uden_ugedag, opremsning, periode
from samarbejde.models import Enhed, Person, Rolletildeling, Skoledistrikt
from samarbejde.permissions import Handling, Rolle, kraev_ret
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.spor import noter, noter_mange

Tidsrum = tuple[date, date | None]
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
    kraev_ret_til_rolle(af, rolle, laast, i_fravaer=detaljer.get("i_fravaer", False))
    _kraev_egnet(rolle, laast, gyldig_fra, gyldig_til)
    egne = Rolletildeling.objects.filter(user=person, content_object=laast).med_rolle(rolle)
    if egne.deler_dag(gyldig_fra, gyldig_til).exists():
        raise ValidationError(f"{person} er allerede {rolle.label} på {laast} i en del af perioden.")
    if rolle == Rolle.KOORDINATOR:
        detaljer.setdefault("omfang", Rolletildeling.Omfang.RC_OG_PLC)
        _kraev_plads(laast, (gyldig_fra, gyldig_til), _koordinatorperioder(laast))
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
    for rolle, pk in {(en["rolle"], en["enhed"].pk) for en in roller}:
        kraev_ret_til_rolle(af, rolle, enheder[pk])
    rettigheder = {rolle: rettighed(rolle) for rolle in {en["rolle"] for en in roller}}
    optaget = _optagne_perioder(list(enheder))
    pladser: dict[int, list[Tidsrum]] = defaultdict(list)
    for (_, kodenavn, pk), perioder in optaget.items():
        if kodenavn == Rolle.KOORDINATOR:
            pladser[pk] += perioder
    nye = []
    for detaljer in map(dict, roller):
        person, rolle, enhed = detaljer.pop("person"), detaljer.pop("rolle"), enheder[detaljer.pop("enhed").pk]
        tidsrum = (detaljer["gyldig_fra"], detaljer.get("gyldig_til"))
        _kraev_egnet(rolle, enhed, *tidsrum)
        samme = optaget[person.pk, rolle.value, enhed.pk]
        if any(_deler_dag(tidsrum, anden) for anden in samme):
            raise ValidationError(f"{person} er allerede {rolle.label} på {enhed} i en del af perioden.")
        samme.append(tidsrum)
        if rolle == Rolle.KOORDINATOR:
            detaljer.setdefault("omfang", Rolletildeling.Omfang.RC_OG_PLC)
            _kraev_plads(enhed, tidsrum, pladser[enhed.pk])
            pladser[enhed.pk].append(tidsrum)
        felter = {"user": person, "permission": rettigheder[rolle], "content_object": enhed, "tildelt_af": af}
        nye.append(Rolletildeling(**felter, **detaljer))
    Rolletildeling.objects.bulk_create(nye)
    noter_mange(af=af, navn="tildel_rolle", noter=[(ny, _rod(ny), _er_tildelt(ny)) for ny in nye])
    return nye


def _er_tildelt(tildeling: Rolletildeling) -> str:
    return f"{tildeling.user} er {tildeling.vist_post} fra {dato(tildeling.gyldig_fra)}."


def _rod(tildeling: Rolletildeling) -> Enhed | Person:
    """Who leads a unit is known to the district. Who works there is nobody's list: the event is the person's own."""
    return tildeling.user if tildeling.rolle == Rolle.MEDARBEJDER else tildeling.enhed


def _optagne_perioder(enhed_ids: list[int]) -> dict[tuple[int, str, int], list[Tidsrum]]:
    """Person, role, unit -> periods. In portions: SQLite takes so many values in one question and no more."""
    felter = ("user_id", "permission__codename", "content_object_id", "gyldig_fra", "gyldig_til")
    gaeldende, optaget = Rolletildeling.objects.ikke_annulleret(), defaultdict(list)
    for start in range(0, len(enhed_ids), 500):
        portion = gaeldende.filter(content_object__in=enhed_ids[start : start + 500])
        for *noegle, fra, til in portion.values_list(*felter):
            optaget[tuple(noegle)].append((fra, til))
    return optaget


def _deler_dag(en: Tidsrum, anden: Tidsrum) -> bool:
    return (en[1] is None or anden[0] < en[1]) and (anden[1] is None or en[0] < anden[1])


@transaction.atomic
def afslut_rolle(*, tildeling: Rolletildeling, gyldig_til: date, af: Person | None) -> Rolletildeling:
    """End a role. Ending today ends now (S54): the period is half-open, so its last whole day was yesterday.

    What hangs on the role (`stik.haenger`) is let go with it: nothing goes on pointing to somebody who has left.
    """
    Enhed.objects.select_for_update().get(pk=tildeling.content_object_id)
    laast = Rolletildeling.objects.select_related("user", "content_object", "permission").get(pk=tildeling.pk)
    kraev_ret_til_rolle(af, laast.rolle, laast.enhed, i_fravaer=laast.i_fravaer)
    if gyldig_til < laast.gyldig_fra:
        raise ValidationError("Rollen kan ikke slutte, før den begyndte.")
    if laast.gyldig_til is not None and laast.gyldig_til <= min(gyldig_til, tid.i_dag()):
        raise ValidationError(f"Rollen er allerede slut: den gjaldt {periode(laast.gyldig_fra, laast.gyldig_til)}.")
    return _slut(laast, gyldig_til, af)


@transaction.atomic
def slip_rolle(*, tildeling: Rolletildeling, gyldig_til: date, af: Person | None) -> Rolletildeling:
    """End a role because what it rests on ends: no right of its own is asked, and one that is over by then stays."""
    laast = Rolletildeling.objects.select_related("user", "content_object", "permission").get(pk=tildeling.pk)
    slut = max(gyldig_til, laast.gyldig_fra)
    if laast.gyldig_til is not None and laast.gyldig_til <= slut:
        return laast
    return _slut(laast, slut, af)


def _slut(laast: Rolletildeling, gyldig_til: date, af: Person | None) -> Rolletildeling:
    slip_haengende(tildeling=laast, gyldig_til=gyldig_til, af=af)
    foer, laast.gyldig_til = laast.gyldig_til, gyldig_til
    laast.save()
    noter(
        af=af,
        navn="afslut_rolle",
        objekt=laast,
        rod=_rod(laast),
        saetning=f"{laast.user} er ikke længere {laast.vist_post} fra {dato(gyldig_til)}.",
        felter={"gyldig_til": (foer or "", gyldig_til)},
    )
    glem_roller()
    return laast


def haengende(tildeling: Rolletildeling, gyldig_til: date) -> list[stik.Haenger]:
    """What hangs on a role, and what becomes of it when the role ends on that day."""
    return [ting for plug in stik.haenger for ting in plug(tildeling, gyldig_til)]


def slip_haengende(*, tildeling: Rolletildeling, gyldig_til: date, af: Person | None) -> int:
    sluppet = [ting.slip(af=af) for ting in haengende(tildeling, gyldig_til) if ting.slip is not None]
    return len(sluppet)


KAN_RETTES = {"gyldig_fra", "gyldig_til", "titel", "konstitueret", "er_primaer", "omfang", "arbejder_med"}


@transaction.atomic
def ret_rolle(*, tildeling: Rolletildeling, af: Person | None, **felter: Any) -> Rolletildeling:
    """Correct a role's period or details (D26). Who, what and where never change; nothing changed writes nothing."""
    if ukendte := felter.keys() - KAN_RETTES:
        raise TypeError(f"en rolle kan ikke rettes på {sorted(ukendte)}")
    Enhed.objects.select_for_update().get(pk=tildeling.content_object_id)
    laast = Rolletildeling.objects.select_related("user", "content_object", "permission__content_type").get(
        pk=tildeling.pk
    )
    kraev_ret_til_rolle(af, laast.rolle, laast.enhed, i_fravaer=laast.i_fravaer)
    aendret = {felt: (getattr(laast, felt), ny) for felt, ny in felter.items() if getattr(laast, felt) != ny}
    if not aendret:
        return laast
    for felt, (_, ny) in aendret.items():
        setattr(laast, felt, ny)
    _kraev_egnet(laast.rolle, laast.enhed, laast.gyldig_fra, laast.gyldig_til)
    andre = Rolletildeling.objects.filter(user=laast.user, content_object=laast.enhed).exclude(pk=laast.pk)
    if andre.med_rolle(laast.rolle).deler_dag(laast.gyldig_fra, laast.gyldig_til).exists():
        raise ValidationError(f"{laast.user} er allerede {laast.rolle.label} på {laast.enhed} i en del af perioden.")
    if laast.rolle == Rolle.KOORDINATOR:
        _kraev_plads(
            laast.enhed, (laast.gyldig_fra, laast.gyldig_til), _koordinatorperioder(laast.enhed, undtagen=laast.pk)
        )
    if "gyldig_til" in aendret and laast.gyldig_til is not None:
        slip_haengende(tildeling=laast, gyldig_til=laast.gyldig_til, af=af)
    laast.save()
    saetning = f"Rollen som {laast.vist_post} for {laast.user} er rettet."
    spor = {felt: ("" if fra is None else fra, "" if til is None else til) for felt, (fra, til) in aendret.items()}
    noter(af=af, navn="ret_rolle", objekt=laast, rod=_rod(laast), saetning=saetning, felter=spor)
    glem_roller()
    return laast


def rettighed(rolle: Rolle) -> Permission:
    # The content type comes along: guardian compares it on every save.
    return Permission.objects.select_related("content_type").get(
        content_type__app_label="samarbejde", content_type__model="enhed", codename=rolle.value
    )


# Who gives a role; every other one is forvaltning's or administrator's to give (decision 9).
TILDELES_MED: dict[Rolle, Handling] = {
    Rolle.KOORDINATOR: Handling.UDPEG_KOORDINATOR,
    Rolle.MEDARBEJDER: Handling.REGISTRER_MEDARBEJDER,
}
# Where a leader registers the staff; at an område, a klynge or in the forvaltning there is no such leader.
MED_EGNE_MEDARBEJDERE = {
    Enhed.Art.SKOLE,
    Enhed.Art.FRITIDSINSTITUTION,
    Enhed.Art.FRITIDSCENTER,
    Enhed.Art.DAGINSTITUTION,
}


def kraev_ret_til_rolle(af: Person | None, rolle: Rolle, enhed: Enhed, *, i_fravaer: bool = False) -> None:
    if af is None:
        return
    glem_roller()
    kraev_ret(af, handling_til_rolle(rolle, enhed, i_fravaer=i_fravaer), enhed)


def handling_til_rolle(rolle: Rolle, enhed: Enhed, *, i_fravaer: bool = False) -> Handling:
    """The right by which this role is given, corrected and ended."""
    handling = Handling.NAEVN_STEDFORTRAEDER if i_fravaer else TILDELES_MED.get(rolle, Handling.UDPEG_LEDER)
    if handling == Handling.REGISTRER_MEDARBEJDER and enhed.art not in MED_EGNE_MEDARBEJDERE:
        return Handling.UDPEG_LEDER
    return handling


FLEST_KOORDINATORER = 2


def _koordinatorperioder(enhed: Enhed, undtagen: int | None = None) -> list[Tidsrum]:
    andre = Rolletildeling.objects.filter(content_object=enhed).med_rolle(Rolle.KOORDINATOR).exclude(pk=undtagen)
    return list(andre.ikke_annulleret().values_list("gyldig_fra", "gyldig_til"))


def _kraev_plads(enhed: Enhed, ny: Tidsrum, andre: list[Tidsrum]) -> None:
    """S29: at most two at once, on any day. The most is reached where the new one or another within it begins."""
    samtidige = [anden for anden in andre if _deler_dag(ny, anden)]
    for dag in [ny[0], *(fra for fra, _ in samtidige if fra > ny[0])]:
        if sum(fra <= dag and (til is None or dag < til) for fra, til in samtidige) >= FLEST_KOORDINATORER:
            raise ValidationError(
                f"{enhed} har allerede to koordinatorer {dato(dag)}, og der kan højst være to ad gangen. "
                "Afslut en af dem først, eller vælg en dag, hvor der er en ledig plads."
            )


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
        raise ValidationError({"gyldig_til": "Rollen kan ikke slutte, før den begynder."})
    if enhed.gyldig_til is not None and fra >= enhed.gyldig_til:
        raise ValidationError({"gyldig_fra": f"{enhed} er lukket fra {dato(enhed.gyldig_til)}."})
    if fra < enhed.gyldig_fra:
        raise ValidationError({"gyldig_fra": f"{enhed} findes først fra {dato_uden_ugedag(enhed.gyldig_fra)}."})


@transaction.atomic
def luk_person(*, person: Person, af: Person | None, hvornaar: datetime | None = None) -> Person:
    """Close an account: never deleted (history keeps its name), logged out at once. Its roles end with it, and what
    hangs on them: nothing goes on pointing to somebody who has left.
    """
    if af is not None:
        glem_roller()
        kraev_ret(af, Handling.UDPEG_LEDER, HELE_KOMMUNEN)
    aabne = Rolletildeling.objects.filter(user=person).ikke_annulleret().exclude(gyldig_til__lte=tid.i_dag())
    for enhed_id, tildeling in aabne.order_by("content_object", "pk").values_list("content_object", "pk"):
        Enhed.objects.select_for_update().get(pk=enhed_id)
        slip_rolle(tildeling=Rolletildeling.objects.get(pk=tildeling), gyldig_til=tid.i_dag(), af=af)
    laast = Person.objects.select_for_update().get(pk=person.pk)
    laast.lukket_den = hvornaar or tid.nu()
    laast.save()
    noter(af=af, navn="luk_person", objekt=laast, saetning=f"Kontoen for {laast} er lukket.")
    return laast
