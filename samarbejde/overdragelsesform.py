"""The form that ends a role. Shape only: rules are the action's to ask (samarbejde.actions_overdragelse)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from samarbejde import tid
from samarbejde.formfelter import Dagfelt, Formular, TekstFelt
from samarbejde.models import Person, Rolletildeling
from samarbejde.overdragelser import er_leder, handler_imens, mulige_overtagere

NOTE = 4_000
UKENDT = (
    "Ingen har en konto med den e-mail. Ret den, eller sæt kryds ved, at posten står tom, og udpeg lederen bagefter på "
    "enhedens side."
)
SLUT_IKKE_SET = date.max


class SetSlut(forms.Field):
    """The end of the role that was seen; empty when there was none. One that cannot be read was never seen."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> date | None:
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            return SLUT_IKKE_SET


class AfslutForm(Formular):
    data: Any
    slut_set = SetSlut(required=False)
    sidste_dag = Dagfelt(label="Sidste dag", help_text="Vælger du i dag, slutter rollen med det samme.")
    efterfoelger = forms.EmailField(
        required=False,
        label="Efterfølgerens e-mail",
        help_text="En person, der har en konto. Efterfølgeren bliver leder, når rollen slutter.",
        error_messages={"invalid": "Skriv en e-mail, fx navn@kommune.dk."},
    )
    staar_tom = forms.BooleanField(required=False, label="Posten står tom, og jeg ved, hvad det betyder")
    overtager = forms.TypedChoiceField(
        coerce=int,
        required=False,
        empty_value=None,
        label="Hvem overtager arbejdet?",
        help_text="Den, du vælger, får overdragelsen at se, men ingen ny rolle.",
        error_messages={"invalid_choice": "Personen arbejder her ikke længere. Vælg en fra listen."},
    )
    note = TekstFelt(
        plads=NOTE,
        linjer=8,
        required=False,
        label="Note til den, der tager over",
        help_text="Hvad er i gang, og hvor ligger det? Skriv ikke om enkelte børn eller familier.",
    )

    def __init__(self, *args: Any, tildeling: Rolletildeling, **kwargs: Any) -> None:
        slut = tildeling.gyldig_til and tildeling.gyldig_til.isoformat()
        begynd = {"slut_set": slut, "sidste_dag": _foreslaa(tildeling)}
        super().__init__(*args, initial=begynd, **kwargs)
        self.tildeling = tildeling
        if tildeling.gyldig_fra > tid.i_dag():
            del self.fields["sidste_dag"]
        else:
            graenser = {"min": tildeling.gyldig_fra, "max": tid.til_og_med(tildeling.gyldig_til)}
            self.fields["sidste_dag"].widget.attrs |= {navn: dag.isoformat() for navn, dag in graenser.items() if dag}
        if er_leder(tildeling):
            del self.fields["overtager"]
            self.fields["staar_tom"].help_text = handler_imens(tildeling.enhed, tid.i_dag())
        else:
            del self.fields["efterfoelger"], self.fields["staar_tom"]
            self._folk = {person.pk: person for person in mulige_overtagere(tildeling)}
            self.fields["overtager"].choices = [("", "Ingen bestemt"), *((pk, p.navn) for pk, p in self._folk.items())]

    def clean_efterfoelger(self) -> Person | None:
        email = self.cleaned_data["efterfoelger"].casefold()
        if not email:
            return None
        person = Person.objects.filter(email=email).first()
        if person is None:
            raise ValidationError(UKENDT)
        if not person.is_active:
            raise ValidationError(f"Kontoen for {person} er lukket. Vælg en anden efterfølger.")
        return person

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("efterfoelger") and self.cleaned_data.get("staar_tom"):
            self.add_error("staar_tom", "Du har både skrevet en efterfølger og sat kryds her. Vælg det ene.")
        return self.cleaned_data

    @property
    def gyldig_til(self) -> date:
        """Half-open, as stored: today ends now (S54); a role that has not begun is annulled."""
        dag = getattr(self, "cleaned_data", {}).get("sidste_dag") or _foreslaa(self.tildeling)
        return dag if dag == tid.i_dag() or "sidste_dag" not in self.fields else tid.fra_til_og_med(dag)

    def felter(self) -> dict[str, Any]:
        data = self.cleaned_data
        efterfoelger = data.get("efterfoelger") or (self._folk[data["overtager"]] if data.get("overtager") else None)
        valg = {"efterfoelger": efterfoelger, "staar_tom": data.get("staar_tom", False), "note": data["note"]}
        return {"gyldig_til": self.gyldig_til, "slut_set": data["slut_set"], **valg}

    def vis_som_nu(self) -> None:
        """What was typed stays; the end that was seen is from here on the one that is shown."""
        nu = self.data.copy()
        nu["slut_set"] = self.initial["slut_set"] or ""
        self.data = nu


def _foreslaa(tildeling: Rolletildeling) -> date:
    """Today, or the day a role begins that has not begun yet: annulled, it never holds."""
    return max(tid.i_dag(), tildeling.gyldig_fra)
