"""The shape of what is said beside the agreement's text."""

from typing import Any
from uuid import UUID, uuid4

from crispy_forms.layout import HTML
from django import forms

from aftaler.forms import MARKDOWN, AftaleFelt
from aftaler.samskrivning import BEMAERKNING, TITEL
from samarbejde.formfelter import Afkrydsning, Formular

AABN = (
    '<details class="details mt-4"{% if form.naevnte.errors or form.naevnte.value %} open{% endif %}>'
    '<summary class="details-summary">Nævn nogen, så de får en mail</summary><div class="details-text">'
)
LUK = "</div></details>"


class NoegleFelt(forms.Field):
    """Made with the empty form, so that the same form sent twice is one; one that cannot be read is a new one."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> UUID:
        try:
            return UUID(value)
        except (AttributeError, TypeError, ValueError):
            return uuid4()


class KommentarForm(Formular):
    noegle = NoegleFelt(required=False)
    sted = forms.ChoiceField(
        label="Hvad handler kommentaren om?",
        error_messages={
            "required": "Vælg, hvad kommentaren handler om.",
            "invalid_choice": "Målet er slettet, mens du skrev. Vælg, hvad kommentaren så handler om.",
        },
    )
    tekst = AftaleFelt(
        plads=BEMAERKNING,
        linjer=6,
        label="Din kommentar",
        help_text=f"Skriv ikke om enkelte børn. {MARKDOWN}",
    )
    naevnte = Afkrydsning(
        required=False,
        label="Hvem vil du nævne?",
        help_text="De får en mail om, at de er nævnt. Kommentaren selv står ikke i mailen.",
    )
    felter_i_orden = ("noegle", "sted", "tekst", HTML(AABN), "naevnte", HTML(LUK))

    def __init__(self, *args: Any, steder: dict[str, str], personer: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sted"].choices = [("", "Vælg"), *steder.items()]
        self.fields["naevnte"].choices = personer
        self.fields["naevnte"].error_messages["invalid_choice"] = (
            "En af dem, du har valgt, kan ikke læse kladden og kan derfor ikke nævnes. Vælg igen."
        )


class TiltagForm(Formular):
    noegle = NoegleFelt(required=False)
    delmaal = forms.ChoiceField(
        label="Hvilket delmål hører tiltaget til?",
        error_messages={
            "required": "Vælg det delmål, som tiltaget hører til.",
            "invalid_choice": "Delmålet er slettet, mens du skrev. Vælg et andet delmål.",
        },
    )
    titel = AftaleFelt(plads=TITEL, label="Hvad foreslår du?", help_text="Fx «Fælles legepatrulje i frikvartererne».")
    beskrivelse = AftaleFelt(
        plads=BEMAERKNING,
        linjer=5,
        required=False,
        label="Beskrivelse",
        help_text=f"Hvad skal der ske, og hvorfor? {MARKDOWN}",
    )

    def __init__(self, *args: Any, delmaal: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delmaal"].choices = [("", "Vælg"), *delmaal]
