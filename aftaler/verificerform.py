"""What a stranger gives on /verificer/: a code, or a file."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from aftaler.kode import laes_kode
from samarbejde import filer

INGEN_KODE = "Skriv koden, som den står på aftalen: 12 tegn i grupper på fire."
UKENDT_KODE = "Vi kender ikke koden. Se efter, om den er skrevet, som den står på aftalen."
INGEN_FIL = "Vælg den fil, du vil kontrollere."


class KodeForm(forms.Form):
    kode = forms.CharField(
        label="Kode",
        help_text="Står på aftalen. Store og små bogstaver og mellemrum betyder ikke noget.",
        error_messages={"required": INGEN_KODE},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_kode(self) -> str:
        if not (kode := laes_kode(self.cleaned_data["kode"])):
            raise ValidationError(INGEN_KODE)
        return kode


class FilForm(forms.Form):
    fil = forms.FileField(
        label="Aftalen som PDF",
        error_messages={"required": INGEN_FIL, "empty": "Filen er tom. Vælg en anden fil."},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "fil"
        ].help_text = f"Vælg filen, eller træk den hen på feltet. Højst {filer.graense()}. Filen læses og glemmes igen."

    def clean_fil(self) -> UploadedFile:
        fil: UploadedFile = self.cleaned_data["fil"]
        if fil.size > settings.STOERSTE_FIL:
            raise ValidationError(f"Filen fylder mere end {filer.graense()}, og det gør ingen af aftalerne.")
        return fil
