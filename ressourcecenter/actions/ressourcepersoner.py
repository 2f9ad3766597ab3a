"""Resource persons (S31): from the school, from an attached fritid unit, or external from the område's support."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from ressourcecenter.actions.koordinatorer import laas_forum
from ressourcecenter.models import Forum, Ressourceperson
from ressourcecenter.queries import ansaettelser, egne_omraader
from ressourcecenter.querysets import FRITID
from samarbejde import tid
from samarbejde.formater import dato, periode
from samarbejde.invitation import send_invitation
from samarbejde.konti import konto_til
from samarbejde.models import Enhed, Faglighed, Person
from samarbejde.models.organisation import LEDERROLLER
from samarbejde.permissions import Handling
from samarbejde.post import underret
from samarbejde.spor import noter

Tilhoersforhold = Ressourceperson.Tilhoersforhold


@dataclass
class FraAndetOmraadeError(Exception):
    """External persons come from the område's own support (S31): another one is possible, but never by mistake."""

    saetning: str


@transaction.atomic
def tilknyt_ressourceperson(
    *,
    fora: Iterable[Forum],
    person: Person,
    faglighed: Faglighed,
    gyldig_fra: date,
    gyldig_til: date | None,
    af: Person,
    ogsaa_udefra: bool = False,
) -> list[Ressourceperson]:
    """Attach a person to one or more forums of the same unit. Where the person is employed on the first day decides
    whether they are from school, from fritid or external.
    """
    laaste = [laas_forum(forum, af, Handling.TILKNYT_RESSOURCEPERSON) for forum in sorted(fora, key=lambda f: f.pk)]
    if not laaste:
        raise ValidationError({"fora": "Vælg mindst ét forum."})
    if gyldig_til is not None and gyldig_til <= gyldig_fra:
        raise ValidationError({"til_og_med": "Tilknytningen kan ikke slutte, før den begynder. Ret en af datoerne."})
    _kraev_konto(person, gyldig_fra)
    tilhoersforhold, enhed = _tilhoersforhold(laaste[0], person, gyldig_fra)
    if tilhoersforhold == Tilhoersforhold.EKSTERN and not ogsaa_udefra:
        _advar_om_andet_omraade(laaste[0], person, gyldig_fra)
    felter = {"person": person, "tilhoersforhold": tilhoersforhold, "enhed": enhed, "faglighed": faglighed}
    nye = [_tilknyt(forum, gyldig_fra, gyldig_til, af, **felter) for forum in laaste]
    _fortael(nye[0], af)
    return nye


@transaction.atomic
def tilknyt_udefra(
    *,
    fora: Iterable[Forum],
    email: str,
    navn: str,
    udloeber_den: date | None,
    faglighed: Faglighed,
    af: Person,
    **hvordan: Any,
) -> list[Ressourceperson]:
    """The same for somebody named by e-mail. Whoever has no account is from outside the municipality: one is made,
    with a day on which it expires, and an invitation is sent (D32).
    """
    valgte = list(fora)

    def spoerg(hvem: Person | None) -> None:
        for forum in valgte:
            laas_forum(forum, af, Handling.TILKNYT_RESSOURCEPERSON)

    kendt = Person.objects.filter(email=email.strip().casefold()).exists()
    if not kendt and navn and udloeber_den is None:
        raise ValidationError({"udloeber_den": "Vælg, hvornår kontoen udløber. Den gælder til og med den dag."})
    konto: dict[str, Any] = {"email": email, "navn": navn, "udloeber_den": None if kendt else udloeber_den}
    person, er_ny = konto_til(af=af, spoerg=spoerg, **konto)
    nye = tilknyt_ressourceperson(fora=valgte, person=person, faglighed=faglighed, af=af, **hvordan)
    if er_ny:
        send_invitation(person, f"{af.navn} har tilknyttet dig som ressourceperson i {nye[0].forum}.")
    return nye


def _kraev_konto(person: Person, fra: date) -> None:
    if not person.is_active:
        raise ValidationError({"person": f"Kontoen for {person} er lukket. Bed administrator om at åbne den først."})
    if person.udloeber_den is not None and person.udloeber_den <= fra:
        raise ValidationError({"fra": f"Kontoen for {person} udløber før. Vælg en tidligere dag."})


def _tilhoersforhold(forum: Forum, person: Person, dag: date) -> tuple[str, Enhed | None]:
    """Employment at the school counts first, then at an attached fritid unit; else the person is external."""
    job = list(ansaettelser(person, dag))
    ved_skolen = next((enhed for enhed in job if enhed.pk == forum.enhed_id and not forum.er_team), None)
    if ved_skolen:
        return Tilhoersforhold.SKOLE, ved_skolen
    fritid = forum.enhed.medlemmer.gaeldende(dag).filter(enhed__art__in=FRITID).values_list("enhed_id", flat=True)
    if fra_fritid := next((enhed for enhed in job if enhed.pk in set(fritid)), None):
        return Tilhoersforhold.FRITID, fra_fritid
    if not job and person.udloeber_den is None:
        besked = f"{person} er ikke ansat nogen steder i kommunen {dato(dag)}, og kontoen har ingen udløbsdato."
        raise ValidationError({"person": f"{besked} Bed administrator om at sætte en."})
    hjemme = egne_omraader(forum, dag)
    return Tilhoersforhold.EKSTERN, next((enhed for enhed in job if enhed.pk in hjemme), next(iter(job), None))


def _advar_om_andet_omraade(forum: Forum, person: Person, dag: date) -> None:
    hjemme = egne_omraader(forum, dag)
    if not any(enhed.pk in hjemme for enhed in ansaettelser(person, dag)):
        raise FraAndetOmraadeError(
            f"{person} hører ikke til områdets tværfaglige support. Eksterne ressourcepersoner kommer som udgangspunkt "
            "fra forummets eget område."
        )


def _tilknyt(forum: Forum, fra: date, til: date | None, af: Person, **felter: object) -> Ressourceperson:
    samme = Ressourceperson.objects.ikke_annulleret().filter(forum=forum, person=felter["person"])
    samme = samme.filter(Q(gyldig_til__isnull=True) | Q(gyldig_til__gt=fra))
    if til is not None:
        samme = samme.filter(gyldig_fra__lt=til)
    if anden := samme.first():
        naar = periode(anden.gyldig_fra, anden.gyldig_til)
        raise ValidationError({"person": f"{anden.person} er allerede ressourceperson i {forum}: {naar}."})
    ny = Ressourceperson(forum=forum, gyldig_fra=fra, gyldig_til=til, **felter)
    ny.save(force_insert=True)
    saetning = f"{ny.person}, {ny.faglighed}, er tilknyttet {forum} fra {dato(fra)}."
    noter(af=af, navn="tilknyt_ressourceperson", objekt=ny, rod=forum, saetning=saetning)
    return ny


@transaction.atomic
def afslut_ressourceperson(*, ressourceperson: Ressourceperson, gyldig_til: date, af: Person) -> Ressourceperson:
    """End the attachment; today ends now (S54)."""
    laas_forum(ressourceperson.forum, af, Handling.TILKNYT_RESSOURCEPERSON)
    laast = _laas(ressourceperson)
    if laast.gyldig_til is not None and laast.gyldig_til <= min(gyldig_til, tid.i_dag()):
        raise ValidationError("Tilknytningen er allerede slut.")
    return _slut(laast, gyldig_til, af)


@transaction.atomic
def slip_ressourceperson(*, ressourceperson: Ressourceperson, gyldig_til: date, af: Person | None) -> Ressourceperson:
    """It ends with the employment it rests on: no right of its own is asked, and one that is over by then stays."""
    laast = _laas(ressourceperson)
    if laast.gyldig_til is not None and laast.gyldig_til <= max(gyldig_til, laast.gyldig_fra):
        return laast
    return _slut(laast, gyldig_til, af)


def _laas(ressourceperson: Ressourceperson) -> Ressourceperson:
    raekker = Ressourceperson.objects.select_for_update(of=("self",)).select_related("person", "forum__enhed")
    return raekker.get(pk=ressourceperson.pk)


def _slut(laast: Ressourceperson, gyldig_til: date, af: Person | None) -> Ressourceperson:
    foer, laast.gyldig_til = laast.gyldig_til, max(gyldig_til, laast.gyldig_fra)
    laast.save(update_fields=["gyldig_til"])
    noter(
        af=af,
        navn="afslut_ressourceperson",
        objekt=laast,
        rod=laast.forum,
        saetning=f"{laast.person} er ikke længere ressourceperson i {laast.forum} fra {dato(laast.gyldig_til)}.",
        felter={"gyldig_til": (foer or "", laast.gyldig_til)},
    )
    return laast


def _fortael(ny: Ressourceperson, af: Person) -> None:
    """The person, and the leader of the fritid unit they come from (decision 7)."""
    modtagere = {ny.person}
    if ny.tilhoersforhold == Tilhoersforhold.FRITID and ny.enhed is not None:
        rolle = LEDERROLLER[ny.enhed.art]
        modtagere |= {en.user for en in ny.enhed.rolletildelinger.gaeldende().med_rolle(rolle).select_related("user")}
    for person in modtagere - {af}:
        underret(
            til=person,
            emne=f"Ny ressourceperson: {ny.forum}",
            tekst=f"{ny.person} er tilknyttet som ressourceperson fra {dato(ny.gyldig_fra)}.",
            adresse=ny.forum.get_absolute_url(),
            noegle=f"ressourceperson:{ny.pk}:{person.pk}",
        )
