"""django-allauth bent to this site: self-registration closed (S57), mail through the outbox, one answer to every
failed login. A person has exactly one address, `Person.email`; allauth's EmailAddress rows are never made.
"""

from typing import Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from samarbejde import tid
from samarbejde.models import Person
from samarbejde.post import underret
from samarbejde.posttid import Levering


class KontoAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-mail og adgangskode passer ikke sammen. Prøv igen, eller vælg en ny adgangskode.",
        "too_many_login_attempts": "Du har prøvet mange gange på kort tid. Vent 5 minutter, og prøv så igen.",
        "enter_current_password": "Adgangskoden er ikke den, du bruger nu. Skriv den igen.",
        "incorrect_password": "Adgangskoden er forkert. Skriv den igen.",
        "invalid_password_reset": "Linket er brugt eller for gammelt. Bed om et nyt.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """After login one goes to a path on this site, never to another host, whatever ALLOWED_HOSTS says."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """A closed or expired account answers exactly like a wrong password, and is counted like one (S54)."""
        self.pre_authenticate(request, **credentials)
        person = authenticate(request, **credentials)
        AuthenticationBackend.unstash_authenticated_user()
        if person is not None:
            self._rollback_login_failed_rl_usage()
        return person

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Account and address: nobody can lock a colleague out from elsewhere."""
        return f"{credentials.get('email', '').casefold()}|{self.get_client_ip(request)}"

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        return redirect("account_login")

    def set_password(self, user: Person, password: str) -> None:
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("start")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On BASE_URL, never on the host that the request claims."""
        sti = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL + sti.replace("UID-KEY", quote(key))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = Person.objects.filter(email=email.casefold()).first()
        if person is None:
            return
        navn = template_prefix.rpartition("/")[2]
        underret(
            til=person,
            emne="Ny adgangskode til Stærkt samarbejde",
            tekst=render_to_string(f"beskeder/{navn}_message.txt", context),
            noegle=f"konto:{person.pk}:{tid.nu().timestamp()}",
            levering=Levering.BESTILT,
        )
