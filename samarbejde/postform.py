"""The one choice a person has about mail."""

from django import forms

from samarbejde.formfelter import Formular
from samarbejde.models import Person


class Postform(Formular):
    samlet_mail = forms.ChoiceField(
        label="Hvornår vil du have samlet mail?",
        help_text="Den samler det, der ikke er din tur. På skoledage: i en ferie kommer den første skoledag efter.",
        choices=Person.SamletMail.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Vælg, hvornår du vil have samlet mail.",
            "invalid_choice": "Vælg en af de to muligheder.",
        },
    )
