"""What is to be exported: a school year, and the case in the journal if there is one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from samarbejde import tid
from samarbejde.eksport import SAGSNUMMER
from samarbejde.formfelter import Formular, TekstFelt
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn

FLEST_AAR = 10
UGYLDIGT = "Et sagsnummer kan have bogstaver, tal, mellemrum og tegnene . / _ og -. Ret det, og prøv igen."
VAELG = "Vælg et af skoleårene på listen."


class Eksportform(Formular):
    skoleaar = forms.TypedChoiceField(
        label="Skoleår", coerce=int, error_messages={"required": VAELG, "invalid_choice": VAELG}
    )
    sagsnr = TekstFelt(
        plads=40,
        required=False,
        label="Sagsnummer",
        help_text="Sagen i jeres journal, hvis den er oprettet. Nummeret kommer til at stå ved hvert dokument.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dette = skoleaar_for(tid.i_dag())
        self.fields["skoleaar"].choices = [
            (aar, skoleaar_navn(aar)) for aar in range(dette + 1, dette + 1 - FLEST_AAR, -1)
        ]
        self.initial.setdefault("skoleaar", dette)

    def clean_sagsnr(self) -> str:
        if not SAGSNUMMER.fullmatch(self.cleaned_data["sagsnr"]):
            raise ValidationError(UGYLDIGT)
        return self.cleaned_data["sagsnr"]
