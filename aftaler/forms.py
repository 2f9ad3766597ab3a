"""The shape of what people type into an agreement. Rules are the actions' to ask; here is length, dates and CPR.

Text is cleaned where it is read, so that a form that comes back shows what would have been stored.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from aftaler.models import INTENTIONER, PROSA, TITEL, Aktivitet, Maalomraade
from aftaler.vejledninger import AFSNIT, vejledning_til
from samarbejde.formater import dato_uden_ugedag, opremsning
from samarbejde.formfelter import Afkrydsning, Dagfelt, Formular, TekstFelt, Tekstform
from samarbejde.models import Enhed
from samarbejde.skolekalender import foerste_dag, sidste_dag
from samarbejde.skrifter import kraev_kendte_tegn

GRUND = 2_000
OMRAADER = {"1", "2", "3", "4", "5", "6"}
VAELG_SLAGS = "Vælg, om det er en aktivitet eller et tiltag."
PERSONNUMMER = "Aftalen må ikke rumme personnumre, og her står noget, der ligner et. Slet det, og gem igen."
MARKDOWN = "Du kan lave afsnit med en tom linje, punkter med «- » og *fremhævet* tekst med stjerner."


def hjaelp(sted: str, skrivemaade: str = "") -> str:
    """What forvaltning says beside the field: guidance, example and source (S18, decision 17)."""
    her = vejledning_til(sted)
    return _hjaelp(her.tekst, skrivemaade, her.eksempel, her.kilde)


@lru_cache(maxsize=100)
def _hjaelp(tekst: str, skrivemaade: str, eksempel: str, kilde: str) -> str:
    linjer = [
        " ".join(filter(None, [tekst, skrivemaade])),
        f"Fx «{eksempel.rstrip('.')}»." if eksempel else "",
        f"Kilde: {kilde}." if kilde else "",
    ]
    return format_html_join(mark_safe("<br>"), "{}", ((linje,) for linje in linjer if linje))


class Vejledt(forms.BaseForm):
    """Fields with guidance: `vejledt` says where it stands, `skrivemaader` what the system itself adds."""

    vejledt: dict[str, str] = {}
    skrivemaader: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for felt, sted in self.vejledt.items():
            self.fields[felt].help_text = hjaelp(sted, self.skrivemaader.get(felt, ""))


class AftaleFelt(TekstFelt):
    personnummer = PERSONNUMMER

    def validate(self, value: str) -> None:
        super().validate(value)
        kraev_kendte_tegn(value)


class SenereFelt(AftaleFelt):
    """Asked for when the agreement is sent, not while it is a draft: shown as required, saved empty."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class Omraadevalg(Afkrydsning):
    """The six are fixed (S12): a save knows them without asking what they are called."""

    def valid_value(self, value: Any) -> bool:
        return str(value) in OMRAADER


class Intentionsvalg(forms.MultipleChoiceField):
    """Some of five words, kept as one line of text: «læring, trivsel» (S62)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=[(ord_, ord_.capitalize()) for ord_ in INTENTIONER], required=False, **kwargs)
        self.error_messages["invalid_choice"] = "Et af valgene findes ikke. Se listen igennem, og vælg igen."

    def prepare_value(self, value: Any) -> Any:
        return value.split(", ") if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        valgte = super().clean(value)
        return ", ".join(ord_ for ord_ in INTENTIONER if ord_ in valgte)


class DatoFelt(Dagfelt):
    """A day in the agreement's school year; `skoleaar` is set by the form."""

    skoleaar = 0

    def validate(self, value: date | None) -> None:
        forms.DateField.validate(self, value)
        foerste, sidste = foerste_dag(self.skoleaar), sidste_dag(self.skoleaar)
        if value and not foerste <= value <= sidste:
            aar = f"{dato_uden_ugedag(foerste)} til {dato_uden_ugedag(sidste)}"
            raise ValidationError(f"Datoen ligger uden for aftalens skoleår. Vælg en dag fra {aar}.")


class AfsnitForm(Tekstform):
    tekst = SenereFelt(plads=PROSA, linjer=14)

    def __init__(self, *args: Any, afsnit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tekst"].label, self.fields["tekst"].help_text = AFSNIT[afsnit], hjaelp(afsnit, MARKDOWN)


class MaalForm(Vejledt, Tekstform):
    titel = AftaleFelt(plads=TITEL, label="Målet i én sætning")
    omraader = Omraadevalg(senere=True, label="Målområder")
    intentioner = Intentionsvalg(label="Hvad skal målet især bidrage til?")
    beskrivelse = AftaleFelt(plads=PROSA, linjer=5, required=False, label="Beskrivelse")
    realisering = AftaleFelt(plads=PROSA, linjer=5, required=False, label="Sådan realiserer I målet sammen")
    vejledt = {felt: f"maal_{felt}" for felt in ("titel", "omraader", "intentioner", "beskrivelse", "realisering")}
    skrivemaader = {"realisering": MARKDOWN}

    def __init__(self, *args: Any, omraader: Callable[[], Iterable[Maalomraade]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["omraader"].choices = lambda: [(omraade.nummer, str(omraade)) for omraade in omraader()]

    def felter(self) -> dict[str, Any]:
        felter = super().felter()
        return {**felter, "omraader": [Maalomraade(nummer=nummer) for nummer in felter["omraader"]]}

    def som_tekst(self, navn: str, vaerdi: Any) -> str:
        return vaerdi if navn == "intentioner" else super().som_tekst(navn, vaerdi)


class DelmaalForm(Vejledt, Tekstform):
    titel = AftaleFelt(plads=TITEL, label="Delmålet i én sætning")
    beskrivelse = AftaleFelt(plads=PROSA, linjer=5, required=False, label="Beskrivelse")
    vejledt = {"titel": "delmaal_titel", "beskrivelse": "delmaal_beskrivelse"}
    skrivemaader = {"beskrivelse": MARKDOWN}


class AktivitetForm(Vejledt, Tekstform):
    titel = AftaleFelt(plads=TITEL, label="Hvad gør I?")
    art = forms.ChoiceField(
        choices=[(art.value, art.label.capitalize()) for art in Aktivitet.Art],
        widget=forms.RadioSelect,
        initial=Aktivitet.Art.AKTIVITET,
        label="Slags",
        error_messages={"required": VAELG_SLAGS, "invalid_choice": VAELG_SLAGS},
    )
    ansvarlige = Afkrydsning(required=False, label="Ansvarlige")
    fra = DatoFelt(required=False, label="Fra")
    til_og_med = DatoFelt(required=False, label="Til og med")
    beskrivelse = AftaleFelt(plads=PROSA, linjer=4, required=False, label="Beskrivelse")
    tegn = AftaleFelt(plads=500, linjer=2, required=False, label="Tegn på at det lykkes")
    vejledt = {felt: f"aktivitet_{felt}" for felt in ("titel", "art", "ansvarlige", "beskrivelse", "tegn")}
    skrivemaader = {"beskrivelse": MARKDOWN}
    felter_i_orden = (
        "version",
        "titel",
        "art",
        "ansvarlige",
        Div("fra", "til_og_med", css_class="formraekke"),
        "beskrivelse",
        "tegn",
    )

    def __init__(self, *args: Any, skoleaar: int, parter: Iterable[Enhed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._parter = {enhed.pk: enhed for enhed in parter}
        self.fields["ansvarlige"].choices = [(pk, enhed.navn) for pk, enhed in self._parter.items()]
        for navn in ("fra", "til_og_med"):
            self.fields[navn].skoleaar = skoleaar
            graenser = {"min": foerste_dag(skoleaar).isoformat(), "max": sidste_dag(skoleaar).isoformat()}
            self.fields[navn].widget.attrs.update(graenser)

    def felter(self) -> dict[str, Any]:
        felter = super().felter()
        return {**felter, "ansvarlige": [self._parter[pk] for pk in felter["ansvarlige"]]}

    def _sig_hvem_der_er_gaaet(self) -> None:
        """A party that left while the form was open is named; its mark is gone, so saving again is enough."""
        valgte = [int(pk) for pk in self.data.getlist("ansvarlige") if pk.isdecimal() and len(pk) < 10]
        gaaet = Enhed.objects.filter(pk__in=valgte).exclude(pk__in=self._parter)
        if navne := opremsning([enhed.navn for enhed in gaaet]):
            besked = f"{navne} er ikke længere part og kan ikke være ansvarlig. Krydset er taget væk: gem igen."
            self.errors["ansvarlige"] = self.error_class([besked], renderer=self.renderer)

    def clean(self) -> dict[str, Any]:
        if "ansvarlige" in self.errors:
            self._sig_hvem_der_er_gaaet()
        fra, til_og_med = self.cleaned_data.get("fra"), self.cleaned_data.get("til_og_med")
        if fra and til_og_med and til_og_med < fra:
            self.add_error("til_og_med", "Slutdatoen ligger før startdatoen. Ret en af dem.")
        return self.cleaned_data


class GrundForm(Formular):
    """A reason; `aftryk` is the content that was seen, where the answer is about one."""

    aftryk = forms.Field(required=False, widget=forms.HiddenInput)
    grund = AftaleFelt(plads=GRUND, linjer=5)

    def __init__(self, *args: Any, spoergsmaal: str, hjaelp: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grund"].label, self.fields["grund"].help_text = spoergsmaal, hjaelp
        self.fields["grund"].error_messages["required"] = "Skriv en grund."


class UdgavenavnForm(Formular):
    navn = AftaleFelt(
        plads=80, label="Navn på udgaven", help_text="Fx «Før skolebestyrelsens møde». Så er den let at finde igen."
    )


class AarshjulForm(Tekstform):
    """The dates of one school year for the whole municipality (D3)."""

    kladde_aabner = Dagfelt(label="Kladden åbner", help_text="Fra den dag kan årets aftale oprettes.")
    frist = Dagfelt(label="Aftalen skal være indgået", help_text="Fristen for alle parters godkendelse.")
    midtvejs = Dagfelt(label="Midtvejsstatus")
    evaluering = Dagfelt(label="Evaluering")


class VejledningForm(Tekstform):
    """What stands beside one field, for the whole municipality, and what each of the two texts is called (S18,
    decision 17).
    """

    overskrift = TekstFelt(plads=80, label="Overskrift", help_text="Vises i alle aftaler og i nye PDF’er.")
    tekst = TekstFelt(
        plads=2000, linjer=6, required=False, label="Vejledning", help_text="Sig kort, hvad der skal stå."
    )
    eksempel = TekstFelt(plads=1000, linjer=3, required=False, label="Eksempel", help_text="Vises i citationstegn.")
    kilde = TekstFelt(
        plads=200, required=False, label="Kilde", help_text="Fx «Samarbejdsmodellen, afsnit Stærkt samarbejde»."
    )

    def __init__(self, *args: Any, sted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sted not in AFSNIT:
            del self.fields["overskrift"]


class MaalomraadeForm(Tekstform):
    """The wording of one of the six areas (S12)."""

    navn = TekstFelt(plads=120, label="Målområdets navn")
    beskrivelse = TekstFelt(
        plads=2000, linjer=5, required=False, label="Beskrivelse", help_text="Vises, når lederne vælger målområder."
    )
