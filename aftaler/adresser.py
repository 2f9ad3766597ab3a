"""Where an agreement is found: the year's own address leads to the one that counts, a version of it has its number."""

from typing import Any

from django.db.models import Case, Q, Value, When
from django.urls import reverse

from aftaler.states import LEVENDE, TAELLER_IKKE, Tilstand


def aftalens_adresse(aftale: Any, navn: str = "aftale", *resten: Any) -> str:
    return reverse(navn, args=[aftale.distrikt.slug, aftale.skoleaar, *nummer_i_adressen(aftale), *resten])


def nummer_i_adressen(aftale: Any) -> list[int]:
    """A version made to replace another, and one that is over; `aftale` may be a row of the list."""
    return [aftale.nummer] if aftale.erstatter_id or aftale.tilstand in TAELLER_IKKE else []


def paa_adressen(adresse: dict[str, Any], foran: str = "") -> Q:
    """`foran` is the way to the agreement."""
    hvor = {"distrikt__slug": adresse["distrikt"], "skoleaar": adresse["aar"]}
    if "nummer" in adresse:
        hvor["nummer"] = adresse["nummer"]
    return Q(**{f"{foran}{felt}": vaerdi for felt, vaerdi in hvor.items()})


def den_der_taeller(foran: str = "") -> tuple[Any, str]:
    """An order: the one in force, else the one being written, else the newest of those that are over (S7)."""
    i_kraft = When(Q(**{f"{foran}tilstand": Tilstand.INDGAAET}), then=Value(0))
    levende = When(Q(**{f"{foran}tilstand__in": LEVENDE}), then=Value(1))
    return Case(i_kraft, levende, default=Value(2)), f"-{foran}nummer"
