"""The shape of what is typed about a meeting itself. Rules are the actions' to ask."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms

from moeder.models import Moede
from moeder.models.moede import PLC_TEMAER, Formaal, Tema
from ressourcecenter.forms import SAMARBEJDE
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.formfelter import Dagfelt, Formular, Klokkefelt, TekstFelt, Tekstform, vejledning
from samarbejde.models import Enhed

VAELG = "Vælg en af mulighederne."
FORMAAL = "Formål med samarbejdet"
RESSOURCETEAM = "Fritidsinstitutioners og fritidscentres deltagelse i klyngen/netværkets ressourceteam"


def linkfelt() -> forms.URLField:
    return forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label="Link til onlinemøde",
        error_messages={"invalid": "Skriv en hel adresse, der begynder med https://."},
    )


def stedfelt() -> TekstFelt:
    return TekstFelt(plads=120, required=False, label="Sted", help_text="Fx et lokale på skolen.")


class _Tidsform(Tekstform):
    """A day and two times of the clock in Copenhagen."""

    dato = Dagfelt(label="Dato")
    begynder = Klokkefelt(label="Begynder kl.")
    slutter = Klokkefelt(label="Slutter kl.")

    def tid(self) -> dict[str, datetime]:
        felter = self.cleaned_data
        return {navn: tid.fra_lokal(felter["dato"], felter[navn]) for navn in ("begynder", "slutter")}


class PlanlaegForm(_Tidsform):
    sted = stedfelt()
    link = linkfelt()
    samlet = forms.BooleanField(required=False, label="Fælles møde med Pædagogisk Læringscenter")
    er_tematisk = forms.BooleanField(required=False, label="Mødet er tematisk")
    er_fast = forms.BooleanField(required=False, initial=True, label="Mødet er et af teamets faste møder")
    kun_om = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Handler mødet kun om ét fritidstilbud?",
        help_text="Så er det et ad hoc-møde. De andre fritidstilbud bliver ikke indkaldt og kan ikke se det.",
        error_messages={"invalid_choice": "Fritidstilbuddet er ikke længere tilknyttet. Vælg igen."},
    )

    def __init__(self, *args: Any, forum: Forum, kan_samles: bool, fritid: Iterable[Enhed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fritid = {enhed.pk: enhed for enhed in fritid}
        self.fields["kun_om"].choices = [
            ("", "Nej, det er for hele forummet"),
            *((pk, enhed.navn) for pk, enhed in self.fritid.items()),
        ]
        self.fields["samlet"].help_text = vejledning("De strengeste regler gælder på et fælles møde.", SAMARBEJDE)
        self.fields["er_tematisk"].help_text = _om_tematisk(forum)
        # Who may not hold it jointly does not see the field; one sent by hand stays, for the action to refuse.
        valgfri = [navn for navn, er_med in _valgfri(forum, kan_samles or "samlet" in self.data) if er_med]
        if self.fritid:
            valgfri.append("kun_om")
        for navn in {"samlet", "er_fast", "kun_om"} - set(valgfri):
            del self.fields[navn]
        tidsraekke = Div("begynder", "slutter", css_class="formraekke")
        self.helper.layout = Layout("dato", tidsraekke, "sted", "link", *valgfri, "er_tematisk")

    def fakta(self) -> dict[str, Any]:
        felter = self.cleaned_data
        fakta = {navn: felter[navn] for navn in ("sted", "link", "er_tematisk", "er_fast") if navn in felter}
        return fakta | ({"kun_om": self.fritid[felter["kun_om"]]} if felter.get("kun_om") else {})


def _valgfri(forum: Forum, kan_samles: bool) -> list[tuple[str, bool]]:
    return [("samlet", forum.art == Forum.Art.RC and kan_samles), ("er_fast", forum.er_team)]


def _om_tematisk(forum: Forum) -> str:
    if forum.er_team:
        return vejledning("Fritid og skolens ressourcepersoner kan kun inviteres til tematiske møder.", RESSOURCETEAM)
    return vejledning("0-6 års institutioner kan kun være gæster på tematiske møder.", RESSOURCETEAM)


class RetMoedeForm(Tekstform):
    """Purposes (S24), theme, place; what it takes to call the meeting (S37)."""

    formaal = forms.MultipleChoiceField(
        choices=Formaal.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Formål",
        help_text=vejledning("Vælg mindst ét, før I indkalder.", FORMAAL),
        error_messages={"invalid_choice": "Vælg formål fra listen."},
    )
    tema = forms.ChoiceField(required=False, label="Tema", error_messages={"invalid_choice": VAELG})
    er_tematisk = forms.BooleanField(required=False, label="Mødet er tematisk")
    er_fast = forms.BooleanField(required=False, label="Mødet er et af teamets faste møder")
    sted = stedfelt()
    link = linkfelt()
    grundlag = TekstFelt(
        plads=300,
        required=False,
        label="Lokalt grundlag for gæster",
        help_text=vejledning(
            "Hvad har I aftalt om at mødes på tværs? Skriv det, før I inviterer gæster.", RESSOURCETEAM
        ),
    )
    grundlag_aktivitet = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Hører det til en aktivitet i årets aftale?",
        error_messages={"invalid_choice": "Aktiviteten findes ikke længere. Vælg igen."},
    )

    def __init__(self, *args: Any, moede: Moede, aktiviteter: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tema"].choices = [("", "Intet tema"), *_temaer(moede)]
        self.fields["er_tematisk"].help_text = _om_tematisk(moede.forum)
        self.fields["grundlag_aktivitet"].choices = [("", "Nej"), *aktiviteter]
        er_fast = ["er_fast"] if moede.forum.er_team else []
        if not er_fast:
            del self.fields["er_fast"]
        self.helper.layout = Layout(
            "version",
            Fieldset("Hvorfor mødes I?", "formaal", "tema", "er_tematisk", *er_fast),
            Fieldset("Hvor?", "sted", "link"),
            Fieldset("Gæster", "grundlag", "grundlag_aktivitet"),
        )


def _temaer(moede: Moede) -> list[tuple[str, str]]:
    """In the Læringscenter its own topics stand first (S21)."""
    er_plc = moede.forum.art == Forum.Art.PLC
    return sorted(Tema.choices, key=lambda valg: er_plc and valg[0] not in PLC_TEMAER)


class FlytForm(_Tidsform):
    felter_i_orden = ("version", "dato", Div("begynder", "slutter", css_class="formraekke"))


class AflysForm(Formular):
    INGEN_PUNKTER = "Ingen punkter"
    grund = TekstFelt(
        plads=300,
        linjer=3,
        label="Hvorfor aflyses mødet?",
        help_text="Alle, der er inviteret, kan læse grunden på mødets side. Skriv ikke om enkelte børn.",
    )


def begynd_med(moede: Moede) -> dict[str, Any]:
    begynder, slutter = tid.lokal(moede.begynder), tid.lokal(moede.slutter)
    return {
        "version": moede.version,
        "dato": begynder.date(),
        "begynder": begynder.time(),
        "slutter": slutter.time(),
    }


def forslag(dag: date, klokken: time, minutter: int) -> dict[str, Any]:
    """What the forum's own rules propose, never past midnight."""
    slut = min(klokken.hour * 60 + klokken.minute + minutter, 23 * 60 + 59)
    return {"dato": dag, "begynder": klokken, "slutter": time(*divmod(slut, 60))}
