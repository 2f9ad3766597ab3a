"""The empty form behind an address: what was written before the login ran out is read with the form's own labels."""

from collections.abc import Callable
from typing import Any

from django import forms

from aftaler import queries
from aftaler.forms import AfsnitForm, AktivitetForm, DelmaalForm, MaalForm
from aftaler.sammenforms import KommentarForm, TiltagForm
from aftaler.vejledninger import AFSNIT
from samarbejde.models import Enhed
from samarbejde.queries import heltal

Adresse = dict[str, Any]
Felter = dict[str, list[str]]


def _aktivitet(adresse: Adresse, felter: Felter) -> forms.Form:
    valgte = [pk for pk in map(heltal, felter.get("ansvarlige", [])) if pk]
    return AktivitetForm(skoleaar=adresse["aar"], parter=Enhed.objects.filter(pk__in=valgte))


# What is chosen here and read from somebody's draft (a sub-goal, a goal, a person) has no name: the right to read it
# may have ended.
FORMULARER: dict[str, Callable[[Adresse, Felter], forms.Form]] = {
    "skriv_afsnit": lambda adresse, _: AfsnitForm(afsnit=adresse["afsnit"]),
    "skriv_maal": lambda *_: MaalForm(omraader=lambda: queries.omraader_til(None)),
    "skriv_delmaal": lambda *_: DelmaalForm(),
    "skriv_aktivitet": _aktivitet,
    "kommenter": lambda *_: KommentarForm(steder=dict(AFSNIT), personer=[]),
    "foreslaa_tiltag": lambda *_: TiltagForm(delmaal=[]),
}


def formular_bag(navn: str, adresse: Adresse, felter: Felter) -> forms.Form | None:
    return FORMULARER[navn](adresse, felter) if navn in FORMULARER else None
