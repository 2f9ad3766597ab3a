"""The shape of what is typed about people and their roles. Rules are `samarbejde.personale`'s to ask.

A period is typed as its first and last day, and handed on half-open as it is stored.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.db.models import Q

from samarbejde.formater import dato_uden_ugedag
from samarbejde.formfelter import Dagfelt, Formular, TekstFelt
from samarbejde.konti import BAGLAENS
from samarbejde.models import Faglighed, Person, Rolletildeling
from samarbejde.personaleopslag import Rettelser, aftryk_af
from samarbejde.tid import fra_til_og_med, til_og_med

NAVN, TITEL, ARBEJDER_MED = 120, 60, 200
PERIODE = Row("gyldig_fra", "gyldig_til")
HALVAABNE = {"gyldig_til", "udloeber_den"}
TITEL_HJAELP = "Vises sammen med navnet. Lad feltet være tomt, hvis det bare er «{}»."


class Emailfelt(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="E-mail", max_length=254, **kwargs)
        self.error_messages["required"] = "Skriv personens e-mail."
        for tjek in self.validators:
            tjek.message = "Skriv en hel e-mail, fx navn@skole.example."


class Rolleform(Formular):
    # Errors are told in the order of the page.
    field_order = ["medarbejder", "navn", "email", "faglighed", "titel", "arbejder_med", "gyldig_fra", "gyldig_til"]
    gyldig_fra = Dagfelt(label="Første dag")
    gyldig_til = Dagfelt(label="Sidste dag", required=False)

    def clean(self) -> dict[str, Any]:
        """Said together with what else is wrong; the action asks again."""
        felter = super().clean()
        fra, til = felter.get("gyldig_fra"), felter.get("gyldig_til")
        if fra and til and til < fra:
            self.add_error("gyldig_til", BAGLAENS)
        return felter

    def felter(self) -> dict[str, Any]:
        return {n: fra_til_og_med(v) if n in HALVAABNE else v for n, v in self.cleaned_data.items()}


class Fagvalg(forms.ModelChoiceField):
    def __init__(self) -> None:
        super().__init__(
            queryset=Faglighed.objects.filter(er_lukket=False),
            required=False,
            label="Faglighed",
            empty_label="Vælg faglighed",
            help_text="Vises ved det, personen skriver. Mangler den på listen, så bed forvaltningen om at tilføje den.",
        )
        self.error_messages["invalid_choice"] = "Den faglighed findes ikke længere. Vælg en anden."


def navnefelt(**kwargs: Any) -> TekstFelt:
    return TekstFelt(plads=NAVN, label="Navn", **kwargs)


class MedarbejderForm(Rolleform):
    navn = navnefelt()
    email = Emailfelt(help_text="Personens e-mail på arbejdet. Har den allerede en konto, får samme konto rollen.")
    faglighed = Fagvalg()
    titel = TekstFelt(plads=TITEL, required=False, label="Titel", help_text=TITEL_HJAELP.format("medarbejder"))
    arbejder_med = TekstFelt(
        plads=ARBEJDER_MED, required=False, label="Arbejder med", help_text="Fx «indskolingen og overgange»."
    )
    udloeber_den = Dagfelt(
        label="Kontoens sidste dag",
        required=False,
        help_text="Kun for en person uden for kommunen. Efter den dag kan kontoen ikke bruges.",
    )
    felter_i_orden = ("navn", "email", "faglighed", "titel", "arbejder_med", PERIODE, "udloeber_den")


class RetMedarbejderForm(Rolleform):
    navn = navnefelt()
    email = Emailfelt()
    faglighed = Fagvalg()
    titel, arbejder_med = MedarbejderForm.base_fields["titel"], MedarbejderForm.base_fields["arbejder_med"]
    aftryk = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, tildeling: Rolletildeling, maa: Rettelser, **kwargs: Any) -> None:
        super().__init__(*args, initial=_som_typet(tildeling), **kwargs)
        nuvaerende = Q(er_lukket=False) | Q(pk=tildeling.user.faglighed_id)
        self.fields["faglighed"].queryset = Faglighed.objects.filter(nuvaerende)
        for felt, tilladt in (("navn", maa.navn), ("faglighed", maa.navn), ("email", maa.email)):
            if not tilladt:
                del self.fields[felt]
        orden = ("navn", "email", "faglighed", "titel", "arbejder_med")
        self.helper.layout.fields = [*(felt for felt in orden if felt in self.fields), PERIODE, "aftryk"]

    felter_i_orden = (PERIODE,)

    def rettet(self) -> list[tuple[str, str]]:
        """What was typed and differs from what is stored, as one reads it."""
        typet = [(felt, self.cleaned_data.get(felt)) for felt in self.changed_data if felt != "aftryk"]
        laest = [(felt, dato_uden_ugedag(v) if isinstance(v, date) else str(v)) for felt, v in typet if v]
        return [(str(self.fields[felt].label), tekst) for felt, tekst in laest]


def _som_typet(tildeling: Rolletildeling) -> dict[str, Any]:
    person = tildeling.user
    rolle = {felt: getattr(tildeling, felt) for felt in ("titel", "arbejder_med", "gyldig_fra")}
    konto = {"navn": person.navn, "email": person.email, "faglighed": person.faglighed_id}
    return {**rolle, **konto, "gyldig_til": til_og_med(tildeling.gyldig_til), "aftryk": aftryk_af(tildeling)}


class LederForm(Rolleform):
    email = Emailfelt(help_text="Personens e-mail på arbejdet. Har den allerede en konto, får samme konto rollen.")
    navn = navnefelt(required=False, help_text="Skriv det, hvis personen ikke har en konto endnu.")
    titel = TekstFelt(plads=TITEL, required=False, label="Titel")
    konstitueret = forms.BooleanField(required=False, label="Konstitueret i stillingen")
    er_primaer = forms.BooleanField(
        required=False, label="Primær leder", help_text="Har enheden flere ledere, vises den primære først."
    )
    field_order = ["email", "navn", "titel", "konstitueret", "er_primaer", "gyldig_fra", "gyldig_til"]
    felter_i_orden = ("email", "navn", "titel", "konstitueret", "er_primaer", PERIODE)

    def __init__(self, *args: Any, ledertitel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["titel"].help_text = TITEL_HJAELP.format(ledertitel)


class StedfortraederForm(Rolleform):
    """Chosen among the unit's own, or where it has none, by e-mail."""

    medarbejder = forms.TypedChoiceField(coerce=int, label="Medarbejder")
    email = Emailfelt(help_text="Har den allerede en konto, får samme konto rollen.")
    navn = navnefelt(required=False, help_text="Skriv det, hvis personen ikke har en konto endnu.")
    gyldig_til = Dagfelt(label="Sidste dag")
    field_order = ["medarbejder", "email", "navn", "gyldig_fra", "gyldig_til"]

    def __init__(self, *args: Any, egne: Iterable[Rolletildeling], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personer: dict[int, Person] = {rolle.user_id: rolle.user for rolle in egne}
        vaek = ("email", "navn") if self.personer else ("medarbejder",)
        for felt in vaek:
            del self.fields[felt]
        orden = [felt for felt in ("medarbejder", "email", "navn") if felt in self.fields]
        self.helper.layout.fields = [*orden, PERIODE]
        if self.personer:
            valg = self.fields["medarbejder"]
            valg.choices = [("", "Vælg en medarbejder"), *((pk, str(person)) for pk, person in self.personer.items())]
            valg.error_messages["required"] = "Vælg en medarbejder."
            valg.error_messages["invalid_choice"] = "Vælg en af enhedens egne medarbejdere."

    felter_i_orden = (PERIODE,)

    def felter(self) -> dict[str, Any]:
        felter = super().felter()
        if "medarbejder" in felter:
            felter["medarbejder"] = self.personer[felter["medarbejder"]]
        return felter
