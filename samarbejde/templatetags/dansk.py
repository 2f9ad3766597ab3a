"""Danish display, built into every template; and `{% formular %}`, which every POST form carries."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from samarbejde import formater, gemt
from samarbejde.prosa import til_html
from samarbejde.skolekalender import skoleaar_navn

register = template.Library()
for navn in ("dato", "dato_kort", "dato_uden_ugedag", "dato_med_uge", "tidspunkt", "klokken", "uge", "opremsning"):
    register.filter(navn, getattr(formater, navn))
register.filter("skoleaar", skoleaar_navn)


@register.filter
def antal(hvor_mange: int, navne: str) -> str:
    """`{{ 5|antal:"dag,dage" }}`: 5 dage."""
    return formater.antal(hvor_mange, *navne.split(","))


@register.filter
def citeret(navne: Iterable[str]) -> str:
    """Names in a sentence, also those that are questions: «Slags» og «Hvad gør I?»."""
    return formater.opremsning([f"«{navn}»" for navn in navne])


@register.filter
def prosa(tekst: str) -> SafeString:
    """Small safe Markdown where the HTML is not stored beside the text."""
    return mark_safe(til_html(tekst))  # noqa: S308 - til_html lets no HTML through


@register.filter
def venter_efter_login(videre: str | None) -> bool:
    return gemt.venter(videre or "")


@register.simple_tag
def periode(objekt: Any) -> str:
    return formater.periode(objekt.gyldig_fra, objekt.gyldig_til)


@register.simple_tag(takes_context=True)
def formular(context: dict[str, Any]) -> SafeString:
    """The CSRF token, and the signed name of the person the form is shown to, so that a lost session loses nothing."""
    request = context["request"]
    felter = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context["csrf_token"])
    if request.user.is_authenticated:
        felter += format_html('<input type="hidden" name="{}" value="{}">', gemt.FELT, gemt.underskriv(request.user))
    return felter
