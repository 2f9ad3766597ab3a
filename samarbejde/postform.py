"""The one choice a person has about mail."""

from django import forms

from samarbejde.formfelter import Formular
from samarbejde.models import Person


class Postform(Formular):
    samlet_mail = forms.ChoiceField(
        label="Hvornår vil du have samlet mail?",
        help_text="Her står det, der ikke er din tur. I ferier venter mailen til den første skoledag.",
        choices=Person.SamletMail.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Vælg, hvornår du vil have samlet mail.",
            "invalid_choice": "Vælg en af de to muligheder.",
        },
    )
