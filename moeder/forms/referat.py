"""The shape of minutes, objections, corrections and tasks. Rules are the actions' to ask."""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django import forms

from moeder.models import Opfoelgning, Punkt
from moeder.models.punkt import PROSA
from moeder.queries.opgaver import Ansvarlig
from samarbejde.formfelter import Dagfelt, Formular, TekstFelt, Tekstform, VersionFelt
from samarbejde.models import Person

UDFALD = ("referat", "beslutning")
VAELG_IGEN = "Valget findes ikke længere. Vælg igen."
TILFOEJET = {"required": "Vælg, hvem der er ansvarlig.", "invalid_choice": VAELG_IGEN}


def aftryk(tekst: str) -> str:
    return f"{crc32(tekst.encode()):08x}"


class UdfaldForm(Formular):
    """The two texts of one item, each with the version and the imprint that were seen: what was not touched here is
    never sent over what somebody else wrote.
    """

    referat_version = VersionFelt(required=False)
    referat_aftryk = forms.CharField(required=False, widget=forms.HiddenInput)
    beslutning_version = VersionFelt(required=False)
    beslutning_aftryk = forms.CharField(required=False, widget=forms.HiddenInput)
    referat = TekstFelt(plads=PROSA, linjer=4, required=False, label="Referat")
    beslutning = TekstFelt(plads=PROSA, linjer=2, required=False, label="Beslutning")

    def __init__(self, *args: Any, punkt: Punkt, nummer: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, initial=gemt_udfald(punkt), auto_id=f"id_{nummer}_%s", **kwargs)
        self.helper.skjul_frivilligt = True

    def aendrede(self) -> dict[str, tuple[str, int]]:
        data = self.cleaned_data
        return {
            felt: (data[felt], data[f"{felt}_version"])
            for felt in UDFALD
            if aftryk(data[felt]) != data[f"{felt}_aftryk"]
        }


def gemt_udfald(punkt: Punkt) -> dict[str, Any]:
    gemt = {felt: getattr(punkt, felt) for felt in UDFALD}
    versioner = {f"{felt}_version": getattr(punkt, f"{felt}_version") for felt in UDFALD}
    return gemt | versioner | {f"{felt}_aftryk": aftryk(tekst) for felt, tekst in gemt.items()}


class ReferentForm(Formular):
    person = forms.TypedChoiceField(
        coerce=int,
        label="Referent",
        help_text="Forummets ledelse, eller en, der er med til hele mødet.",
        error_messages={"required": "Vælg en referent.", "invalid_choice": VAELG_IGEN},
    )

    def __init__(self, *args: Any, personer: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Vælg"), *((person.pk, str(person)) for person in personer)]


class BemaerkningForm(Formular):
    tekst = TekstFelt(
        plads=2_000,
        linjer=4,
        label="Din bemærkning",
        help_text="Hvad er forkert eller mangler i referatet af punktet? Alle, der ser punktet, kan læse det.",
    )


class BerigtigelseForm(Formular):
    punkt = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Hvad skal berigtiges?",
        error_messages={"invalid_choice": VAELG_IGEN},
    )
    tekst = TekstFelt(
        plads=2_000,
        linjer=4,
        label="Berigtigelse",
        help_text="Den står ved siden af det lukkede referat med dit navn. Referatet selv bliver ikke ændret.",
    )

    def __init__(self, *args: Any, punkter: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        egne = [(punkt.pk, f"{punkt.nummer}. {punkt.vist_titel}") for punkt in punkter if not punkt.er_om_et_barn]
        self.fields["punkt"].choices = [("", "Hele referatet"), *egne]


class AftrykForm(Formular):
    """«Yes, what I read»: sends or closes what was seen on the page."""

    aftryk = forms.CharField(required=False, widget=forms.HiddenInput)


class LukForm(AftrykForm):
    alligevel = forms.BooleanField(required=False, label="Luk referatet, selv om fristen ikke er gået")

    def __init__(self, *args: Any, er_for_tidligt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not er_for_tidligt:
            del self.fields["alligevel"]


class OpgaveForm(Formular):
    tekst = TekstFelt(
        plads=500, linjer=2, label="Hvad skal gøres?", help_text="Konkret, så alle kan se, hvornår det er gjort."
    )
    ansvarlig = forms.TypedChoiceField(
        coerce=int, label="Ansvarlig", help_text="Én person har ansvaret. Andre kan hjælpe.", error_messages=TILFOEJET
    )
    frist = Dagfelt(label="Frist")

    def __init__(self, *args: Any, ansvarlige: Iterable[Ansvarlig], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = [(en.person.pk, f"{en.person}, {en.om}") for en in ansvarlige]
        self.fields["ansvarlig"].choices = [("", "Vælg"), *valg]


class OpfoelgningForm(Tekstform):
    udfald = forms.ChoiceField(
        choices=[(udfald.value, udfald.label.capitalize()) for udfald in Opfoelgning.Udfald],
        widget=forms.RadioSelect,
        label="Hvad sker der med opgaven?",
        error_messages={"required": "Vælg, hvad der sker med opgaven."},
    )
    note = TekstFelt(
        plads=500, linjer=2, required=False, label="Hvordan går det?", help_text="Skal udfyldes, hvis opgaven opgives."
    )
    tekst = TekstFelt(plads=500, linjer=2, label="Opgaven")
    ansvarlig = forms.TypedChoiceField(coerce=int, label="Ansvarlig", error_messages=TILFOEJET)
    frist = Dagfelt(label="Frist")
    felter_i_orden = ("version", "udfald", "note", "tekst", "ansvarlig", "frist")

    def __init__(self, *args: Any, valg: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ansvarlig"].choices = valg
