"""The shape of what is typed when somebody asks for a meeting, and when it is answered."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms

from moeder.models import Anmodning, Moede
from moeder.models.anmodning import INGEN_ORD_OM_BARNET
from moeder.models.faelles import Niveau, ny_kode
from moeder.queries.anmodningsforum import niveauer
from ressourcecenter.forms import AFSNIT
from ressourcecenter.models import Forum
from samarbejde.formater import dato_uden_ugedag, opremsning, tidspunkt
from samarbejde.formfelter import Filfelt, Formular, TekstFelt, vejledning
from samarbejde.models import Enhed

PROSA = 10_000
UDDYBNING = ("arbejder_ogsaa", "styrker", "proevet", "spoergsmaal", "metode")
AABN = (
    '<details class="details mt-4"{% if form.er_uddybet %} open{% endif %}><summary class="details-summary">'
    'Skriv mere, hvis det hjælper dem, der skal svare</summary><div class="details-text">'
)
LUK = "</div></details>"
VAELG_NIVEAU = "Vælg, hvad det handler om."


def _valg(valg: Any, fejl: str, **kwargs: Any) -> forms.TypedChoiceField:
    fejl_ved = {"required": fejl, "invalid_choice": fejl}
    return forms.TypedChoiceField(choices=valg, widget=forms.RadioSelect, error_messages=fejl_ved, **kwargs)


class AnmodForm(Formular):
    """S39, D20: only what and which level must be filled in; the rest is folded out."""

    kode = forms.CharField(required=False, widget=forms.HiddenInput)
    enhed = _valg((), "Vælg, hvilken enhed du beder om mødet for.", coerce=int, label="Hvem beder du om mødet for?")
    niveau = _valg((), VAELG_NIVEAU, label="Handler det om et barn, en gruppe børn eller et tema?")
    hvad = TekstFelt(plads=PROSA, linjer=5, label="Hvad handler det om?")
    gruppe = TekstFelt(
        plads=120, required=False, label="På vegne af", help_text="Hvis du beder for flere, fx teamet på 4. årgang."
    )
    haster = forms.BooleanField(required=False, label="Det haster")
    filer = Filfelt(required=False, label="Vedlæg filer")
    arbejder_ogsaa = TekstFelt(plads=300, required=False, label="Hvem arbejder også med det?")
    styrker = TekstFelt(plads=PROSA, linjer=4, required=False, label="Styrker og ressourcer")
    proevet = TekstFelt(plads=PROSA, linjer=4, required=False, label="Hvad er prøvet, og hvordan gik det?")
    spoergsmaal = TekstFelt(plads=500, linjer=2, required=False, label="Hvad ønsker I drøftet?")
    metode = TekstFelt(plads=PROSA, linjer=4, required=False, label="Forslag til en ændret pædagogik eller metode")

    def __init__(self, *args: Any, forum: Forum, enheder: list[Enhed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._enheder = {enhed.pk: enhed for enhed in enheder}
        self.fields["kode"].initial = ny_kode()
        self._vaelg_niveau(forum)
        self.fields["enhed"].choices = [(pk, enhed.navn) for pk, enhed in self._enheder.items()]
        flere = ["enhed"] if len(enheder) > 1 else []
        if not flere:
            del self.fields["enhed"]
        fra_fritid = any(enhed.pk != forum.enhed_id for enhed in enheder) and not forum.er_team
        hvem = "på skolen " if fra_fritid else ""
        self.fields["arbejder_ogsaa"].label = f"Hvem {hvem}arbejder også med det?"
        for felt, hjaelp in HJAELP.items():
            self.fields[felt].help_text = hjaelp
        self.helper.layout = Layout(
            "kode", *flere, "niveau", "hvad", "gruppe", "haster", "filer", HTML(AABN), *UDDYBNING, HTML(LUK)
        )

    def _vaelg_niveau(self, forum: Forum) -> None:
        """Only the levels that the forum takes; a matter about one child is asked for without a word (S3)."""
        mulige = niveauer(forum)
        self.fields["niveau"].choices = [(niveau.value, niveau.label.capitalize()) for niveau in mulige]
        self.fields["niveau"].help_text = OM_NIVEAU[Forum.Art(forum.art)]
        if len(mulige) == 1:
            self.fields["niveau"].initial = mulige[0]
        if Niveau.ENKELTBARN in mulige:
            self.fields["filer"].help_text = f"{INGEN_FILER} {self.fields['filer'].help_text}"
        self.fields["hvad"].required = self.data.get("niveau") != Niveau.ENKELTBARN

    @property
    def er_uddybet(self) -> bool:
        return any(self.data.get(felt) or felt in self.errors for felt in UDDYBNING)

    def felter(self) -> dict[str, Any]:
        """As the action takes them."""
        enhed = self._enheder.get(self.cleaned_data.get("enhed"))
        return {**self.cleaned_data, "enhed": enhed or next(iter(self._enheder.values()), None)}


INGEN_FILER = "Du kan ikke vedlægge filer, når det handler om et enkelt barn."
OM_NIVEAU = {
    Forum.Art.RC: (
        "Handler det om et enkelt barn, så skriv ikke om barnet her: lad alle felter stå tomme, og send. Den, der "
        "svarer, ringer til dig."
    ),
    Forum.Art.PLC: "Et enkelt barn drøftes kun i Ressourcecentret. Bed om et møde der i stedet.",
    Forum.Art.TEAM: "Et barn eller en gruppe børn drøftes på skolen. Bed om et møde i Ressourcecentret i stedet.",
}
HJAELP = {
    "hvad": "Skriv, hvad I har set, og hvad der kræver fælles handling. Nævn ingen børn ved navn.",
    "haster": "Haster det, tæller fristen også hverdage i skolernes ferier, og lederen får besked med det samme.",
    "arbejder_ogsaa": "Det er et forslag til den, der indkalder. Ingen bliver inviteret af sig selv.",
    "styrker": "Hvad går godt, og hvad kan der bygges på?",
    "proevet": "Skriv også, om forældrene er orienteret.",
    "metode": vejledning("I kan foreslå, at pædagogikken eller metoderne ændres i skolen eller i fritiden.", AFSNIT),
}


class AnmodningsfilForm(Formular):
    filer = Filfelt(label="Filer", help_text="De, der kan se anmodningen, kan hente filerne.")


# --- the answers ---------------------------------------------------------------------------------------------------
class PaaForm(Formular):
    moede = _valg((), "Vælg et møde.", coerce=int, label="Møde")

    def __init__(self, *args: Any, moeder: Iterable[Moede], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moeder = {moede.pk: moede for moede in moeder}
        valg = [(pk, f"{moede.navn}, {tidspunkt(moede.begynder)}") for pk, moede in self.moeder.items()]
        self.fields["moede"].choices = valg


class HenvisForm(Formular):
    forum = _valg((), "Vælg et forum.", coerce=int, label="Forum")
    tekst = TekstFelt(
        plads=2_000,
        linjer=3,
        required=False,
        label="Hvorfor hører det til der?",
        help_text="Den, der har bedt om mødet, og det andet forum kan læse det.",
    )

    def __init__(self, *args: Any, anmodning: Anmodning, fora: Iterable[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fora = {forum.pk: forum for forum in fora}
        self.fields["forum"].choices = [(pk, str(forum)) for pk, forum in self.fora.items()]
        if anmodning.er_om_et_barn:
            del self.fields["tekst"]


class AfvisForm(Formular):
    """A reason is mandatory (case 13); about one child it is chosen, never written (S3)."""

    grund = TekstFelt(
        plads=2_000,
        linjer=4,
        label="Hvorfor bliver der ikke indkaldt?",
        help_text="Den, der har bedt om mødet, kan læse grunden og kan forelægge afslaget for lederen.",
    )

    def __init__(self, *args: Any, anmodning: Anmodning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grund"].error_messages["required"] = "Skriv en grund. Den, der har bedt om mødet, kan læse den."
        if anmodning.er_om_et_barn:
            label, valg = self.fields["grund"].label, [(tekst, tekst) for tekst in INGEN_ORD_OM_BARNET]
            self.fields["grund"] = _valg(valg, "Vælg en grund.", label=label)
            self.fields["grund"].help_text = "Anmodningen handler om et enkelt barn. Derfor skriver du ikke selv."


class FletForm(Formular):
    med = _valg((), "Vælg en anmodning.", coerce=int, label="Saml den med")

    def __init__(self, *args: Any, andre: Iterable[Anmodning], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.andre = {en.pk: en for en in andre}
        self.fields["med"].choices = [(pk, _i_en_linje(en)) for pk, en in self.andre.items()]


def _i_en_linje(anmodning: Anmodning) -> str:
    hvem = opremsning(str(en.person) for en in anmodning.anmodere.all())
    return f"{anmodning.overskrift} ({hvem}, {dato_uden_ugedag(anmodning.oprettet_den)})"
