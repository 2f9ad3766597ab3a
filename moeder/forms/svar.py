from typing import Any

from django import forms

from samarbejde.formfelter import Formular, TekstFelt

JA, NEJ = "ja", "nej"


class SvarForm(Formular):
    svar = forms.ChoiceField(
        label="Deltager du?",
        choices=[(JA, "Ja, jeg deltager"), (NEJ, "Nej, jeg melder afbud")],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg ja eller nej.", "invalid_choice": "Vælg ja eller nej."},
    )
    grund = TekstFelt(
        plads=300,
        required=False,
        label="Grund til afbud",
        help_text="Den, der indkalder, kan læse den. Skriv ikke om børn eller om helbred.",
    )

    def valg(self) -> dict[str, Any]:
        ja = self.cleaned_data["svar"] == JA
        return {"ja": ja, "grund": "" if ja else self.cleaned_data["grund"]}
