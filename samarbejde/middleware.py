"""What every request passes through."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

from samarbejde import gemt, roller
from samarbejde.database import brudt_regel
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from samarbejde.views import fejl

Naeste = Callable[[HttpRequest], HttpResponse]


def sikkerhedshoveder(get_response: Naeste) -> Naeste:
    csp = "; ".join(f"{navn} {' '.join(kilder)}" for navn, kilder in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", csp)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware


def afvis_ubrugelige_tegn(get_response: Naeste) -> Naeste:
    """NUL cannot be stored by PostgreSQL and is never typed: in an address it is a 404, in a form field the field
    itself says so (django.forms refuses it); here the rest of the request is kept clean.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or any(
            "\x00" in vaerdi for vaerdier in request.GET.lists() for vaerdi in vaerdier[1]
        ):
            return fejl.ubrugelige_tegn(request)
        return get_response(request)

    return middleware


def en_rolleopslag_pr_kald(get_response: Naeste) -> Naeste:
    def middleware(request: HttpRequest) -> HttpResponse:
        roller.husk_roller()
        try:
            return get_response(request)
        finally:
            roller.slut_med_roller()

    return middleware


class LoginKraevet(LoginRequiredMiddleware):
    """Nobody passes without login. A form sent after the session ended is kept for the same person (quality: nobody
    loses a word) and brought back after login.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        try:
            noegle = gemt.gem(request) if request.method == "POST" else None
        except gemt.ForStorError:
            return fejl.for_stor(request)
        return gemt.til_login(noegle) if noegle else super().handle_no_permission(request, view_func)


class Afvisninger:
    """What an action refuses is a page in Danish: the rule and who can (403), or why not now (409). Views that can
    show it beside the form catch it themselves.
    """

    def __init__(self, get_response: Naeste) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return fejl.kun_knap(request, response) if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, IkkeTilladtError):
            return fejl.ikke_tilladt(request, exception.handling)
        if isinstance(exception, IkkeMuligtError):
            return fejl.ikke_muligt(request, [str(exception)])
        if isinstance(exception, ValidationError):
            return fejl.afvist_af_regel(request, exception)
        if isinstance(exception, IntegrityError) and (saetning := brudt_regel(exception)):
            return fejl.ikke_muligt(request, [saetning])
        return None
