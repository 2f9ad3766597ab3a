"""Form fields that every app uses: cleaned Danish text, lists of choices, days, the version that was seen; and the
form that carries them. Shape only: rules are the actions' to ask.

Text is cleaned where it is read, so that a form that comes back shows what would have been stored.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, time
from typing import Any, Self

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html

from samarbejde import filer
from samarbejde.formater import dato_uden_ugedag, klokken, opremsning
from samarbejde.prosa import har_personnummer, rens, rens_linje

UBRUGELIG_VERSION = -1
PERSONNUMMER = "Her må ikke stå personnumre, og der står noget, der ligner et. Slet det, og gem igen."


def vejledning(tekst: str, afsnit: str = "") -> str:
    """A hint beside a field, with the part of the model text that it comes from."""
    if not afsnit:
        return tekst
    return format_html('{} <span class="ingen-ombrydning">Kilde: Samarbejdsmodellen,</span> afsnit {}.', tekst, afsnit)


class RensetTekst(forms.Textarea):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return rens(data.get(name) or "")


class RensetLinje(forms.TextInput):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return rens_linje(data.get(name) or "")


class TekstFelt(forms.CharField):
    """`plads` is said in words and never cuts: a `maxlength` would drop the end of a pasted text without a sound."""

    personnummer = PERSONNUMMER

    def __init__(self, *, plads: int, linjer: int = 0, **kwargs: Any) -> None:
        self.plads = plads
        kwargs["error_messages"] = {"required": f"Udfyld «{kwargs.get('label', 'feltet')}»."}
        widget = RensetTekst(attrs={"rows": linjer}) if linjer else RensetLinje()
        super().__init__(widget=widget, strip=False, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.plads:
            raise ValidationError(f"Teksten er på {tal(len(value))} tegn. Der er plads til {tal(self.plads)}.")
        if har_personnummer(value):
            raise ValidationError(self.personnummer)


class Afkrydsning(forms.TypedMultipleChoiceField):
    """Several of a few: `choices` are (number, text), perhaps in groups."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, senere: bool = False, **kwargs: Any) -> None:
        self.senere = senere
        super().__init__(coerce=int, **kwargs)
        self.error_messages["invalid_choice"] = "Et af valgene findes ikke længere. Se listen igennem, og vælg igen."

    def validate(self, value: list[Any]) -> None:
        if value or not self.senere:
            super().validate(value)


class Dagfelt(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y"], **kwargs)
        self.error_messages["invalid"] = "Skriv en dato, der findes, fx 15-10-2026."
        self.error_messages["required"] = "Vælg en dato."

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not 1990 <= value.year <= 2200:
            raise ValidationError("Skriv en dato, der findes, fx 15-10-2026.")


class Talfelt(forms.IntegerField):
    """A whole number between two limits, which are said in the error."""

    def __init__(self, *, mindst: int = 0, hoejst: int, **kwargs: Any) -> None:
        super().__init__(min_value=mindst, max_value=hoejst, **kwargs)
        graenser = f"Skriv et helt tal fra {mindst} til {hoejst}."
        self.error_messages.update(invalid=graenser, required=graenser)
        for regel in self.validators:
            if isinstance(regel, MinValueValidator | MaxValueValidator):
                regel.message = graenser


class Klokkefelt(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        super().__init__(widget=widget, input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H"], **kwargs)
        klokkeslaet = "Skriv et klokkeslæt, fx 8.30."
        self.error_messages.update(invalid=klokkeslaet, required=klokkeslaet)


class Filvaelger(forms.FileInput):
    allow_multiple_selected = True


class Filfelt(forms.FileField):
    """One or more files, judged by their content. A browser gives no file back: with any error all are chosen again."""

    def __init__(self, *, flest: int = 5, help_text: str = "", **kwargs: Any) -> None:
        self.flest = flest
        graense = f"højst {filer.graense()}" if flest == 1 else f"højst {flest} ad gangen og {filer.graense()} hver"
        widget = Filvaelger(attrs={"accept": filer.ACCEPT, "multiple": flest > 1})
        super().__init__(widget=widget, help_text=f"{help_text} {filer.TYPER}, {graense}.".strip(), **kwargs)
        self.error_messages["required"] = "Vælg en fil."

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        valgte = [fil for fil in data or [] if fil]
        if not valgte and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(valgte) > self.flest:
            raise ValidationError(f"Du har valgt {len(valgte)} filer. Vælg højst {self.flest} ad gangen.")
        fejl = [saetning for fil in valgte for saetning in self._bedoem(fil)]
        if fejl and len(valgte) > 1:
            fejl.append(vaelg_igen(valgte))
        if fejl:
            raise ValidationError(fejl)
        return valgte

    def _bedoem(self, fil: UploadedFile) -> list[str]:
        try:
            filer.art_af(fil, fil.name)
        except ValidationError as fejl:
            return [f"«{filer.rens_filnavn(fil.name)}»: {saetning}" for saetning in fejl.messages]
        return []


def vaelg_igen(valgte: Iterable[UploadedFile]) -> str:
    navne = opremsning([f"«{filer.rens_filnavn(fil.name)}»" for fil in valgte])
    return f"Vælg {navne} igen: filer bliver ikke husket, når noget i formularen skal rettes."


class VersionFelt(forms.Field):
    """The version that was seen. One that cannot be read was never seen: it is stale, not an error."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> int:
        try:
            return int(value)
        except (TypeError, ValueError):
            return UBRUGELIG_VERSION


class Formular(forms.Form):
    """Crispy with our pack; the page writes <form> and {% formular %} itself."""

    felter_i_orden: Sequence[Any] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf, self.helper.include_media = False, True, False
        if self.felter_i_orden:
            self.helper.layout = Layout(*self.felter_i_orden)

    def full_clean(self) -> None:
        super().full_clean()
        if self._errors:
            self._bed_om_filerne_igen()

    def tag_imod(self, fejl: ValidationError) -> None:
        """Show what an action refused at the field it is about, or above the form."""
        for felt, beskeder in getattr(fejl, "message_dict", {"": fejl.messages}).items():
            for besked in beskeder:
                self.add_error(felt if felt in self.fields else None, besked)
        self._bed_om_filerne_igen()

    def _bed_om_filerne_igen(self) -> None:
        """The files were good, but the form comes back without them."""
        for navn in [navn for navn, felt in self.fields.items() if isinstance(felt, Filfelt)]:
            if valgte := self.cleaned_data.get(navn):
                self.add_error(navn, vaelg_igen(valgte))


class Tekstform(Formular):
    """A form that carries the version that was seen, and can show two versions of itself side by side."""

    version = VersionFelt(required=False)

    def felter(self) -> dict[str, Any]:
        return {navn: vaerdi for navn, vaerdi in self.cleaned_data.items() if navn != "version"}

    def med(self, vaerdier: dict[str, Any]) -> Self:
        """The same form, not sent, with these values in it."""
        ny = copy(self)
        ny.is_bound, ny.initial, ny._errors, ny._bound_fields_cache = False, vaerdier, None, {}
        return ny

    def som_tekst(self, navn: str, vaerdi: Any) -> str:
        """A field's value as one reads it, whether it was typed just now or is stored."""
        if isinstance(vaerdi, bool):
            return "ja" if vaerdi else "nej"
        if isinstance(vaerdi, date):
            return dato_uden_ugedag(vaerdi)
        if isinstance(vaerdi, time):
            return klokken(vaerdi)
        if not hasattr(self.fields[navn], "choices"):
            return "" if vaerdi is None else str(vaerdi)
        valgte = {str(en) for en in (vaerdi if isinstance(vaerdi, list | tuple) else [vaerdi])}
        return opremsning([str(tekst) for pk, tekst in self.fields[navn].choices if str(pk) in valgte])


def tal(antal: int) -> str:
    return f"{antal:,}".replace(",", ".")
