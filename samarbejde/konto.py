from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.template.loader import render_to_string

from samarbejde import tid
from samarbejde.models import Person
from samarbejde.post import underret
from samarbejde.posttid import Levering


class KontoAdapter(DefaultAccountAdapter):
    """django-allauth with self-registration closed (S57), its mail through the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = Person.objects.filter(email=email.casefold()).first()
        if person is None:
            return
        navn = template_prefix.rpartition("/")[2]
        underret(
            til=person,
            emne="Ny adgangskode til Stærkt samarbejde",
            tekst=render_to_string(f"beskeder/{navn}.txt", context),
            noegle=f"konto:{person.pk}:{tid.nu().timestamp()}",
            levering=Levering.BESTILT,
        )
