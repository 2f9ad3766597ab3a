"""The link to a first login: signed, for seven days and once. There is no table: the signature covers the random
unusable password of an account that nobody has opened, so that choosing a password kills every link to it.
"""

from datetime import timedelta

from django.conf import settings
from django.core.signing import Signer, b62_decode, b62_encode
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from samarbejde import tid
from samarbejde.formater import tidspunkt
from samarbejde.forsendelse import INVITATION
from samarbejde.models import Besked, Person
from samarbejde.post import underret
from samarbejde.posttid import Levering

SALT = "samarbejde.invitation"


def kan_inviteres(person: Person) -> bool:
    """An account in force that nobody has opened yet."""
    return person.is_active and person.last_login is None and not person.has_usable_password()


def lav_token(person: Person) -> str:
    hvem = f"{person.pk}-{b62_encode(int(tid.nu().timestamp()))}"
    return f"{hvem}-{_signatur(hvem, person)}"


def _signatur(hvem: str, person: Person) -> str:
    return Signer(salt=SALT).signature(f"{hvem}:{person.password}")


def find_inviteret(token: str, *, laas: bool = False) -> Person | None:
    """Whom the link is for; None when it is forged, used or too old, or when the account is closed."""
    try:
        pk, lavet, signatur = token.split("-", 2)
        personer = Person.objects.select_for_update() if laas else Person.objects.all()
        person = personer.filter(pk=int(pk)).first()
    except ValueError:
        return None
    if person is None or not constant_time_compare(signatur, _signatur(f"{pk}-{lavet}", person)):
        return None
    alder = tid.nu().timestamp() - b62_decode(lavet)
    return person if kan_inviteres(person) and alder < settings.INVITATION_GAELDER else None


def send_invitation(person: Person, hvorfor: str) -> Besked | None:
    """One mail a minute at most: the button pressed twice is one invitation."""
    token = lav_token(person)
    link = settings.BASE_URL + reverse("invitation", args=[token])
    udloeber = tid.nu() + timedelta(seconds=settings.INVITATION_GAELDER)
    indhold = {"link": link, "hvorfor": hvorfor, "email": person.email, "til": tidspunkt(udloeber)}
    return underret(
        til=person,
        emne="Du har fået adgang til Stærkt samarbejde",
        tekst=render_to_string("beskeder/invitation.txt", indhold),
        noegle=f"{INVITATION}{person.pk}:{person.password[-8:]}:{tid.nu():%Y%m%d%H%M}",
        levering=Levering.BESTILT,
    )
