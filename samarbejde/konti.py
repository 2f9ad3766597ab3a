"""An account by e-mail, and the role that somebody is given on it: what staff, leaders and deputies have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from samarbejde.actions import kraev_ret_til_rolle, tildel_rolle
from samarbejde.formater import dato, dato_uden_ugedag, periode
from samarbejde.invitation import kan_inviteres, send_invitation
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.organisation import opret_person, ret_person
from samarbejde.permissions import Rolle
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.tid import til_og_med

LUKKET = "Kontoen med den e-mail er lukket eller udløbet. Bed administrator om at åbne den igen."
UDEN_NAVN = "Ingen har en konto med den e-mail. Skriv personens navn, så bliver kontoen oprettet."
BAGLAENS = "Den sidste dag kan ikke ligge før den første."
Spoerg = Callable[[Person | None], None]


class Tildelt(NamedTuple):
    """The role that was given, and whether the account was made for it."""

    tildeling: Rolletildeling
    ny_konto: bool

    @property
    def person(self) -> Person:
        return self.tildeling.user


@contextmanager
def ved_felt(felt: str) -> Iterator[None]:
    """What is refused below without saying where, is refused at this field."""
    try:
        yield
    except ValidationError as fejl:
        if hasattr(fejl, "error_dict"):
            raise
        raise ValidationError({felt: fejl.messages}) from fejl


def laas(enhed: Enhed) -> Enhed:
    return Enhed.objects.select_for_update().get(pk=enhed.pk)


def ret_til(rolle: Rolle, enhed: Enhed, *, i_fravaer: bool = False) -> Spoerg:
    """The right to the account follows the right to give the role."""
    return lambda af: kraev_ret_til_rolle(af, rolle, enhed, i_fravaer=i_fravaer)


def kraev_periode(enhed: Enhed, fra: date, til: date | None) -> None:
    """Inside the unit's own life, and at least a day long; half-open, as stored."""
    if til is not None and til <= fra:
        raise ValidationError({"gyldig_til": BAGLAENS})
    if enhed.gyldig_til is not None and fra >= enhed.gyldig_til:
        raise ValidationError({"gyldig_fra": f"{enhed} er lukket fra {dato(enhed.gyldig_til)}. Vælg en tidligere dag."})
    if fra < enhed.gyldig_fra:
        findes = dato_uden_ugedag(enhed.gyldig_fra)
        raise ValidationError({"gyldig_fra": f"{enhed} findes først fra {findes}. Vælg den dag eller en senere."})
    if til is not None and enhed.gyldig_til is not None and til > enhed.gyldig_til:
        sidste = dato_uden_ugedag(til_og_med(enhed.gyldig_til))
        lukker = f"{enhed} lukker, og sidste dag er {sidste}. Vælg den dag eller en tidligere."
        raise ValidationError({"gyldig_til": lukker})


def konto_til(
    *, af: Person, spoerg: Spoerg, email: str, navn: str, faglighed: Any = None, udloeber_den: date | None = None
) -> tuple[Person, bool]:
    """The account with this address, and whether it is new. Of one that exists only the name is ever told; it keeps
    its name, gets a faglighed where it had none, and expires when it did (D32).
    """
    email = email.strip().casefold()
    if (person := _findes(email)) is None:
        if not navn:
            raise ValidationError({"navn": UDEN_NAVN})
        felter = {"faglighed": faglighed, "udloeber_den": udloeber_den}
        try:
            with ved_felt("email"):
                return opret_person(af=af, spoerg=spoerg, email=email, navn=navn, **felter), True
        except IntegrityError:  # somebody else made it this very moment
            person = Person.objects.get(email=email)
    if not person.is_active:
        raise ValidationError({"email": LUKKET})
    if udloeber_den is not None and udloeber_den != person.udloeber_den:
        fast = f"{person} har allerede en konto. Kun administrator kan ændre, hvornår den udløber."
        raise ValidationError({"udloeber_den": f"{fast} Lad feltet være tomt."})
    if faglighed is not None and person.faglighed_id is None:
        person = ret_person(person=person, af=af, spoerg=spoerg, faglighed=faglighed)
    return person, False


def _findes(email: str) -> Person | None:
    return Person.objects.select_for_update().filter(email=email).first()


def giv(*, person: Person, ny_konto: bool, felt: str = "email", besked: str = "", **rolle: Any) -> Tildelt:
    """The role itself, and word of it: an invitation to whoever has never logged in, else one line in the digest;
    `besked` is said at once, because the ball is theirs.
    """
    with ved_felt(felt):
        tildeling = tildel_rolle(person=person, **rolle)
    af = rolle["af"]
    hvad = f"{tildeling.vist_post}, {periode(tildeling.gyldig_fra, tildeling.gyldig_til)}"
    gjort = "registreret" if tildeling.rolle == Rolle.MEDARBEJDER else "udpeget"
    tekst = f"{af.navn} har {gjort} dig som {hvad}. {besked}".strip()
    if kan_inviteres(person):
        send_invitation(person, tekst)
    elif person.pk != af.pk:
        underret(
            til=person,
            emne=f"Du er {gjort} som {tildeling.vist_post}",
            tekst=tekst,
            adresse=reverse("mine_roller"),
            noegle=f"tildelt:{tildeling.pk}",
            levering=Levering.STRAKS if besked else Levering.SAMLET,
        )
    return Tildelt(tildeling, ny_konto)
