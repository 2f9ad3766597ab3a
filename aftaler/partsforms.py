"""The forms about who the agreement is between (S8, D1, D2). Whether a choice can be is the actions' to say."""

from collections.abc import Iterable
from typing import Any

from django import forms

from aftaler.forms import GRUND, AftaleFelt, Vejledt
from aftaler.models import Aftale
from samarbejde.formfelter import Afkrydsning, Dagfelt, Formular
from samarbejde.models import Enhed
from samarbejde.skolekalender import skoleaar_navn

BEGRUNDELSE = 300


class PartsForm(Vejledt, Formular):
    """Who are the parties, and which school is tovholder; `grupper` are the units by kind (S8, D1, D2)."""

    tovholder = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label="Tovholder",
        error_messages={
            "required": "Vælg den skole, der er tovholder.",
            "invalid_choice": "Tovholderen skal være en af distriktets egne folkeskoler. Vælg igen.",
        },
    )
    fra_sidste_aar = forms.BooleanField(
        required=False,
        label="Begynd med teksten fra sidste års aftale",
        help_text="I retter den sammen bagefter. Svar, datoer og enheder, der ikke er parter mere, følger ikke med.",
    )
    parter = Afkrydsning(
        label="Parter",
        error_messages={"required": "Vælg mindst én skole og én institution."},
    )
    alle = Afkrydsning(required=False, label="Tag flere med på én gang", help_text="Dem, du har valgt, bliver.")
    udenfor = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        label="Tilføj en enhed uden for distriktet",
        help_text="Et fritidscenter eller en 0-6 års institution i samme område, som I arbejder sammen med.",
        error_messages={"invalid_choice": "Enheden kan ikke vælges. Vælg en fra listen."},
    )
    begrundelse = AftaleFelt(
        plads=BEGRUNDELSE,
        required=False,
        label="Hvorfor er enheden part?",
        help_text="Kun når du vælger en enhed ovenfor.",
    )
    vejledt = {"tovholder": "tovholder", "parter": "parter"}

    def __init__(
        self, *args: Any, grupper: list[Any], skoler: list[Enhed], udenfor: Iterable[Enhed], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parter"].choices = grupper
        self.fields["tovholder"].choices = [(skole.pk, skole.navn) for skole in skoler]
        self.fields["udenfor"].choices = [("", "Ingen"), *((enhed.pk, enhed.navn) for enhed in udenfor)]

    def tilbyd_samlet(self, grupper: list[tuple[str, list[Enhed]]]) -> None:
        """Whole groups to take in at once (D2)."""
        self._samlet = [[enhed.pk for enhed in gruppe] for _, gruppe in grupper]
        self.fields["alle"].choices = list(enumerate(navn for navn, _ in grupper))
        if not grupper:
            del self.fields["alle"]

    def tilbyd(self, sidste: Aftale | None) -> None:
        """Last year's text to begin with (S7), when there is one."""
        self._sidste = sidste
        if sidste is None:
            del self.fields["fra_sidste_aar"]
        else:
            navn = f"Begynd med teksten fra aftalen for {skoleaar_navn(sidste.skoleaar)}"
            self.fields["fra_sidste_aar"].label = navn

    def clean(self) -> dict[str, Any]:
        samlet = {pk for nummer in self.cleaned_data.get("alle", ()) for pk in self._samlet[nummer]}
        if samlet:
            self.errors.pop("parter", None)
            self.cleaned_data["parter"] = [*{*self.cleaned_data.get("parter", ()), *samlet}]
        valgt, grund = self.cleaned_data.get("udenfor"), self.cleaned_data.get("begrundelse")
        if valgt and not grund and "begrundelse" not in self.errors:
            self.add_error("begrundelse", "Skriv, hvorfor enheden er part uden at høre til distriktet.")
        if grund and not valgt and "udenfor" not in self.errors:
            self.add_error("udenfor", "Vælg den enhed, begrundelsen hører til, eller slet begrundelsen.")
        return self.cleaned_data

    @property
    def fra(self) -> Aftale | None:
        return self._sidste if self.cleaned_data.get("fra_sidste_aar") else None


class TovholderForm(Formular):
    tovholder = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label="Hvilken skole skal være tovholder?",
        help_text="En folkeskole i distriktet, der er part i aftalen.",
        error_messages={"required": "Vælg en skole.", "invalid_choice": "Vælg en skole fra listen."},
    )

    def __init__(self, *args: Any, skoler: Iterable[Enhed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._skoler = {skole.pk: skole for skole in skoler}
        self.fields["tovholder"].choices = [(pk, skole.navn) for pk, skole in self._skoler.items()]

    def felter(self) -> Enhed:
        return self._skoler[self.cleaned_data["tovholder"]]


class OptagForm(Formular):
    """A unit that becomes party late; from outside the district with a reason (S8)."""

    enhed = forms.TypedChoiceField(
        coerce=int,
        label="Hvem skal være part?",
        error_messages={"required": "Vælg en enhed.", "invalid_choice": "Vælg en enhed fra listen."},
    )
    begrundelse = AftaleFelt(
        plads=BEGRUNDELSE,
        required=False,
        label="Hvorfor er enheden part?",
        help_text="Kun når enheden ikke hører til distriktet.",
    )

    def __init__(self, *args: Any, enheder: Iterable[Enhed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._enheder = {enhed.pk: enhed for enhed in enheder}
        self.fields["enhed"].choices = [("", "Vælg"), *((pk, enhed.navn) for pk, enhed in self._enheder.items())]

    def felter(self) -> tuple[Enhed, str]:
        return self._enheder[self.cleaned_data["enhed"]], self.cleaned_data["begrundelse"]


class UdtraedenForm(Formular):
    """Which party has left, when and why; whether it can is the action's to say."""

    enhed = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label="Hvilken part er trådt ud?",
        error_messages={"required": "Vælg den part, der er trådt ud.", "invalid_choice": "Vælg en part fra listen."},
    )
    dato = Dagfelt(label="Hvilken dag trådte parten ud?")
    grund = AftaleFelt(
        plads=GRUND,
        linjer=3,
        label="Hvorfor?",
        help_text="Fx «Institutionen er lukket». Alle, der kan læse aftalen, kan læse grunden.",
        error_messages={"required": "Skriv, hvorfor parten er trådt ud."},
    )

    def __init__(self, *args: Any, parter: Iterable[Enhed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parter = {enhed.pk: enhed for enhed in parter}
        self.fields["enhed"].choices = [(pk, enhed.navn) for pk, enhed in self._parter.items()]

    def felter(self) -> dict[str, Any]:
        return {**self.cleaned_data, "enhed": self._parter[self.cleaned_data["enhed"]]}
