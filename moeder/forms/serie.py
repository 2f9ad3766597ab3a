"""The rhythm of a year of meetings, as it is typed; the dates are chosen on the page that shows them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape

from moeder.forms.planlaegning import VAELG, linkfelt, stedfelt
from moeder.rytme import KADENCER, Rytme
from ressourcecenter.forms import SAMARBEJDE
from ressourcecenter.models import Forum, LokaleRegler
from samarbejde.formfelter import Dagfelt, Formular, Klokkefelt, Talfelt, TekstFelt, VersionFelt, vejledning

UGENUMRE = "Skriv ugenumre fra 1 til 53, fx 7 og 42."
SIDSTE_UGE = 53
LAENGSTE_UGELISTE = 120
OGSAA = "ogsaa_"
ANDET_FORUM = "Et af de fora, du har valgt, kan du ikke planlægge i mere. Se listen igennem, og vælg igen."
ER_MED_SAMLET = (
    "Læringscentret er allerede med til de fælles møder. Fjern et af de to hak. Læringscentrets egne møder kan du "
    "planlægge for sig."
)
OVERSKRIFT_ANDRE = "Planlæg i flere fora på én gang"
OM_ANDRE = (
    "<p>Møderne får den samme rytme, længde og periode. Ugedag, klokkeslæt og sted vælger du for hvert forum. Linket "
    "til onlinemøde følger ikke med.</p>"
)
ULAESELIG_DAG = "En af datoerne kunne ikke læses. Se dem igennem, og prøv igen."


class Ugefelt(TekstFelt):
    """«uge 7 og 42», «7, 42» or «50-52»."""

    def to_python(self, value: Any) -> frozenset[int]:
        tekst = super().to_python(value)
        if re.sub(r"\d{1,2}|uger?|og|[\s,.;–-]", "", tekst.lower()):
            raise ValidationError(UGENUMRE)
        uger: set[int] = set()
        for fra, til in re.findall(r"(\d{1,2})(?:\s*[–-]\s*(\d{1,2}))?", tekst):
            uger |= set(range(int(fra), int(til or fra) + 1)) or {0}
        if not all(1 <= uge <= SIDSTE_UGE for uge in uger):
            raise ValidationError(UGENUMRE)
        return frozenset(uger)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(map(str, sorted(value)))

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """The text itself is short, or it is not week numbers."""


class Noeglefelt(forms.Field):
    """One that cannot be read was never shown: a new one then."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()


def _valg(valg: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=valg, error_messages={"required": VAELG, "invalid_choice": VAELG}, **kwargs)


class _Rytmeform(Formular):
    kadence = _valg([valg for valg in LokaleRegler.Kadence.choices if valg[0] in KADENCER], label="Hvor tit mødes I?")
    ugedag = _valg(LokaleRegler.Ugedag.choices, label="Ugedag")
    begynder = Klokkefelt(label="Mødet begynder kl.")
    minutter = Talfelt(mindst=15, hoejst=480, label="Mødets længde i minutter")
    uden_uger = Ugefelt(
        plads=LAENGSTE_UGELISTE, required=False, label="Uger uden møde", help_text="Fx 7 og 42. Ferier springes over."
    )
    sted = stedfelt()
    link = linkfelt()

    def felter(self) -> dict[str, Any]:
        """As the actions take it, without the days."""
        data = self.cleaned_data
        return {"rytme": self.rytme(), **{felt: data[felt] for felt in ("begynder", "minutter", "sted", "link")}}

    def rytme(self) -> Rytme:
        data = self.cleaned_data
        return Rytme(*(data[felt] for felt in ("kadence", "ugedag", "fra", "til_og_med", "uden_uger")))


class SerieForm(_Rytmeform):
    noegle = Noeglefelt(required=False)
    fra = Dagfelt(
        label="Fra",
        help_text="Ugen med det første møde. Ligger det den tredje tirsdag i måneden, gør de andre det også, "
        "når I mødes en gang om måneden.",
    )
    til_og_med = Dagfelt(label="Til og med", help_text="En møderække gælder ét skoleår, der slutter 31. juli.")
    samlet = forms.BooleanField(required=False, label="Fælles møder med Pædagogisk Læringscenter")

    def __init__(self, *args: Any, kan_samles: bool, forum: Forum, andre: Sequence[Forum] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.andre = {et.pk: et for et in andre}
        self.enhed_id = forum.enhed_id
        for et in andre:
            self.fields |= _i_et_andet(et)
        self.fields["samlet"].help_text = vejledning("De strengeste regler gælder på et fælles møde.", SAMARBEJDE)
        # Who may not hold them jointly does not see the field; one sent by hand stays, for the action to refuse.
        samlet = ["samlet"] if kan_samles or "samlet" in self.data else []
        if not samlet:
            del self.fields["samlet"]
        self.helper.layout = Layout(
            "noegle",
            Fieldset(
                "Hvornår?",
                Div("kadence", "ugedag", css_class="formraekke"),
                Div("begynder", "minutter", css_class="formraekke"),
                Div("fra", "til_og_med", css_class="formraekke"),
                "uden_uger",
            ),
            Fieldset("Hvor?", "sted", "link", *samlet),
            *self._andre_fora(),
        )

    def _andre_fora(self) -> list[Any]:
        """Each with its own weekday, time and place: who leads several sits in one of them at a time."""
        if not self.andre:
            return []
        dele = [Fieldset(_som_overskrift(forum), *_layout(pk)) for pk, forum in self.andre.items()]
        return [Fieldset(OVERSKRIFT_ANDRE, HTML(OM_ANDRE), *dele)]

    def clean(self) -> dict[str, Any]:
        ukendte = [navn for navn in self.data if navn.startswith(OGSAA) and navn not in self.fields]
        if any(forms.CheckboxInput().value_from_datadict(self.data, {}, navn) for navn in ukendte):
            self.add_error(None, ANDET_FORUM)
        for forum in self.valgte_fora():
            for felt, mangler in (("ugedag", VAELG), ("begynder", Klokkefelt().error_messages["required"])):
                navn = f"{felt}_{forum.pk}"
                if not self.cleaned_data.get(navn) and navn not in self.errors:
                    self.add_error(navn, mangler)
            if forum.art == Forum.Art.PLC and forum.enhed_id == self.enhed_id and self.cleaned_data.get("samlet"):
                self.add_error(f"{OGSAA}{forum.pk}", ER_MED_SAMLET)
        return self.cleaned_data

    def valgte_fora(self) -> list[Forum]:
        return [forum for pk, forum in self.andre.items() if self.cleaned_data.get(f"{OGSAA}{pk}")]

    def felter_i(self, forum: Forum) -> dict[str, Any]:
        """As `felter`, for one of the others: the same rhythm on a day of its own. The link is the first one's."""
        i_det = {felt: self.cleaned_data[f"{felt}_{forum.pk}"] for felt in ("ugedag", "begynder", "sted")}
        rytme = replace(self.rytme(), ugedag=i_det.pop("ugedag"))
        return {**self.felter(), "rytme": rytme, "link": "", **i_det}


def _i_et_andet(forum: Forum) -> dict[str, forms.Field]:
    regler = forum.regler
    return {
        f"{OGSAA}{forum.pk}": forms.BooleanField(required=False, label="Planlæg også her"),
        f"ugedag_{forum.pk}": _valg(LokaleRegler.Ugedag.choices, required=False, label="Ugedag", initial=regler.ugedag),
        f"begynder_{forum.pk}": Klokkefelt(required=False, label="Mødet begynder kl.", initial=regler.begynder),
        f"sted_{forum.pk}": stedfelt(),
    }


def _som_overskrift(forum: Forum) -> str:
    """Crispy reads a legend as a template, and this one holds a name that somebody typed."""
    return escape(forum).replace("{", "&#123;")


class _KunMedHak(Field):
    """Needed where the forum is ticked, so it is not said to be voluntary."""

    def render(self, form: Any, context: Any, **kwargs: Any) -> str:
        return super().render(form, context, extra_context={"skjul_frivilligt": True}, **kwargs)


def _layout(pk: int) -> tuple[Any, ...]:
    raekke = Div(_KunMedHak(f"ugedag_{pk}"), _KunMedHak(f"begynder_{pk}"), css_class="formraekke")
    return f"{OGSAA}{pk}", raekke, f"sted_{pk}"


class RetSerieForm(_Rytmeform):
    version = VersionFelt(required=False)
    fra = Dagfelt(label="Ret møderne fra og med", help_text="Møder før den dag ændres ikke.")
    til_og_med = Dagfelt(
        label="Møderækken slutter til og med",
        help_text="Gør rækken kortere eller længere, højst til 31. juli i skoleåret.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "version",
            Div("fra", "til_og_med", css_class="formraekke"),
            Fieldset(
                "Hvornår?",
                Div("kadence", "ugedag", css_class="formraekke"),
                Div("begynder", "minutter", css_class="formraekke"),
                "uden_uger",
            ),
            Fieldset("Hvor?", "sted", "link"),
        )


def valgte_dage(data: Mapping[str, Any], felt: str = "dage") -> tuple[date, ...]:
    """The days that were ticked."""
    try:
        return tuple(sorted({date.fromisoformat(dag) for dag in data.getlist(felt)}))  # type: ignore[attr-defined]
    except ValueError as fejl:
        raise ValidationError(ULAESELIG_DAG) from fejl
