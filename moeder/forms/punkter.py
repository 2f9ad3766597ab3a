"""What is typed about an item. Nothing can be typed about one child: those forms have no text field (S3)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms

from moeder.models import Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.models.punkt import PROSA
from ressourcecenter.models import Forum
from samarbejde.formater import dato, klokken
from samarbejde.formfelter import Afkrydsning, Formular, Talfelt, TekstFelt, Tekstform, vejledning
from samarbejde.models import Enhed, Faglighed, Person
from samarbejde.skolekalender import skoleaar_navn

VAELG = "Vælg en af mulighederne."
NIVEAUER = {
    Niveau.BOERNEGRUPPE: "En gruppe børn, fx en klasse. Nævn ingen enkelte børn",
    Niveau.TEMA: "Et tema, der ikke handler om bestemte børn",
}
ARTER = {
    Punkt.Art.DROEFTELSE: "Drøftelse: I tænker sammen",
    Punkt.Art.BESLUTNING: "Beslutning: I skal blive enige om noget",
    Punkt.Art.ORIENTERING: "Orientering: nogen fortæller",
}
SAMARBEJDE = "Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk Læringscenter"
I_KOEEN = "Lad det vente i køen"


def _valg(valg: Iterable[Any] = (), **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=valg, error_messages={"required": VAELG, "invalid_choice": VAELG}, **kwargs)


def _pk(**kwargs: Any) -> forms.TypedChoiceField:
    fejl = {"required": VAELG, "invalid_choice": "Det valgte kan ikke vælges mere. Vælg igen."}
    return forms.TypedChoiceField(coerce=int, required=False, empty_value=None, error_messages=fejl, **kwargs)


class Noeglefelt(forms.Field):
    """The key of something new, so that the same form sent twice is one. One that cannot be read is a new one."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> UUID:
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()


class _Ord(Tekstform):
    """The words of an item; about one child there are none."""

    noegle = Noeglefelt(required=False)
    niveau = _valg(widget=forms.RadioSelect, label="Hvad handler punktet om?")
    titel = TekstFelt(plads=200, label="Punktet i én linje", help_text="Titlen står på dagsordenen.")
    spoergsmaal = TekstFelt(
        plads=500,
        linjer=2,
        required=False,
        label="Hvad ønsker I drøftet?",
        help_text=vejledning("Det faglige spørgsmål, I vil have hjælp til at belyse fra flere sider.", SAMARBEJDE),
    )
    beskrivelse = TekstFelt(
        plads=PROSA,
        linjer=6,
        required=False,
        label="Baggrund",
        help_text="Det, deltagerne skal vide på forhånd. Afsnit med en tom linje, punkter med «- ».",
    )
    tema = _valg(required=False, label="Tema")

    def __init__(
        self, *args: Any, niveauer: Iterable[str], temaer: Iterable[Any], om_et_barn: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.om_et_barn = om_et_barn
        self.fields["noegle"].initial = uuid4
        self.fields["niveau"].choices = [
            (niveau, NIVEAUER[Niveau(niveau)]) for niveau in niveauer if niveau in NIVEAUER
        ]
        self.fields["tema"].choices = [("", "Intet tema"), *temaer]
        if om_et_barn:
            for navn in ("niveau", "titel", "spoergsmaal", "beskrivelse", "tema"):
                del self.fields[navn]
        elif len(self.fields["niveau"].choices) == 1:
            self.fields["niveau"].initial = self.fields["niveau"].choices[0][0]

    def felter(self) -> dict[str, Any]:
        felter = super().felter()
        del felter["noegle"]
        if self.om_et_barn and not self.initial.get("version"):
            felter["niveau"] = Niveau.ENKELTBARN
        return felter

    def uden(self, *navne: str) -> None:
        for navn in navne:
            self.fields.pop(navn, None)


class PunktForm(_Ord):
    art = _valg(ARTER.items(), widget=forms.RadioSelect, label="Hvad skal der ske?", initial=Punkt.Art.DROEFTELSE.value)
    minutter = Talfelt(mindst=1, hoejst=480, label="Minutter", help_text="Et forslag, som du kan ændre.")
    ansvarlig = _pk(label="Ansvarlig for punktet", help_text="En af deltagerne, fx den, der lægger op.")
    fagligheder = Afkrydsning(
        required=False, label="Fagligheder, I ønsker med", help_text="Bruges som forslag, når du inviterer."
    )
    delmaal = _pk(label="Delmål i samarbejdsaftalen", help_text="Hvis punktet arbejder med et af jeres delmål.")
    field_order = ("niveau", "titel", "spoergsmaal", "beskrivelse", "art", "minutter", "ansvarlig", "tema", "delmaal")

    def __init__(
        self,
        *args: Any,
        ansvarlige: Iterable[Person],
        delmaal: Iterable[Any],
        valgte: Iterable[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ansvarlig"].choices = [("", "Ingen"), *((en.pk, en.navn) for en in ansvarlige)]
        aabne = Faglighed.objects.filter(er_lukket=False) | Faglighed.objects.filter(pk__in=list(valgte))
        self.fields["fagligheder"].choices = [(en.pk, str(en)) for en in aabne]
        self.fields["delmaal"].choices = [
            ("", "Intet delmål"),
            *((et.pk, f"{et} ({skoleaar_navn(et.maal.aftale.skoleaar)})") for et in delmaal),
        ]
        self.fields["minutter"].initial = 60 if self.om_et_barn else 15
        if len(self.fields["ansvarlig"].choices) == 1:
            self.uden("ansvarlig")
        if self.om_et_barn or len(self.fields["delmaal"].choices) == 1:
            self.uden("delmaal")

    def felter(self) -> dict[str, Any]:
        felter = super().felter()
        return {**felter, "fagligheder": sorted(felter["fagligheder"])}


class ForslagForm(_Ord):
    enhed = _pk(label="Du foreslår det for")
    field_order = ("enhed", "niveau", "titel", "spoergsmaal", "beskrivelse", "tema")

    def __init__(self, *args: Any, enheder: list[Enhed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enhed"].choices = [(enhed.pk, enhed.navn) for enhed in enheder]
        if len(enheder) < 2:
            self.uden("enhed")
        self._enheder = {enhed.pk: enhed for enhed in enheder}

    def felter(self) -> dict[str, Any]:
        felter = super().felter()
        return {**felter, "enhed": self._enheder.get(felter.get("enhed"))}


class MoedevalgForm(Formular):
    """Which meeting; empty is the backlog, where that is possible."""

    moede = _valg(widget=forms.RadioSelect, label="Vælg et møde")

    def __init__(self, *args: Any, moeder: Iterable[Moede], ogsaa_koeen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._moeder = {moede.kode: moede for moede in moeder}
        valg = [(moede.kode, vist_moede(moede)) for moede in self._moeder.values()]
        self.fields["moede"].choices = [*valg, *([(KOEN, I_KOEEN)] if ogsaa_koeen else [])]
        if ogsaa_koeen:
            self.fields["moede"].label = "Hvor skal punktet hen?"

    def valgt(self) -> Moede | None:
        """None is the backlog."""
        return self._moeder.get(self.cleaned_data["moede"])

    def moedet(self) -> Moede:
        return self._moeder[self.cleaned_data["moede"]]


KOEN = "koe"


def vist_moede(moede: Moede) -> str:
    hvad = "fælles møde" if moede.medforum_id else moede.forum.get_art_display()
    return f"{dato(moede.begynder).capitalize()} kl. {klokken(moede.begynder)} ({hvad})"


class LukForm(Formular):
    grund = TekstFelt(
        plads=300, linjer=3, label="Hvorfor?", help_text="Den, der foreslog punktet, kan læse det. Skriv ikke om børn."
    )

    def __init__(self, *args: Any, om_et_barn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if om_et_barn:
            del self.fields["grund"]


class GivVidereForm(LukForm):
    forum = _pk(label="Forum")
    field_order = ("forum", "grund")

    def __init__(self, *args: Any, fora: Iterable[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fora = {forum.pk: forum for forum in fora}
        self.fields["forum"].choices = [("", "Vælg …"), *((pk, str(forum)) for pk, forum in self._fora.items())]
        self.fields["forum"].required = True

    def valgt(self) -> Forum:
        return self._fora[self.cleaned_data["forum"]]
