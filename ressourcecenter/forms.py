"""The shape of what is typed about a forum and its people. Rules are the actions' to ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms

from ressourcecenter.models import Forum, LokaleRegler, Rammedokument
from samarbejde import tid
from samarbejde.formfelter import (
    Afkrydsning,
    Dagfelt,
    Formular,
    Klokkefelt,
    Talfelt,
    TekstFelt,
    Tekstform,
    vejledning,
)
from samarbejde.models import Enhed, Faglighed, Person, Rolletildeling

AFSNIT = "Deltagere, ansvar og rollefordeling i samarbejdet"
SAMARBEJDE = "Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk Læringscenter"
VAELG = "Vælg en af mulighederne."
Omfang = Rolletildeling.Omfang
VAELG_PERSON = "Vælg en person fra listen."
UDEN_SLUT = "Lad feltet stå tomt, hvis der ikke er en slutdato."
PERIODE = Div("fra", "til_og_med", css_class="formraekke")


def _person(**kwargs: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        error_messages={"required": VAELG_PERSON, "invalid_choice": "Personen kan ikke vælges mere. Vælg igen."},
        **kwargs,
    )


def _valg(valg: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=valg, error_messages={"required": VAELG, "invalid_choice": VAELG}, **kwargs)


def _omfang() -> forms.ChoiceField:
    vaelg = {"required": "Vælg, hvad rollen omfatter.", "invalid_choice": "Vælg, hvad rollen omfatter."}
    hjaelp = vejledning("Læringscentret er med, hvis I vælger det.", AFSNIT)
    return forms.ChoiceField(
        choices=Omfang.choices, widget=forms.RadioSelect, label="Omfang", help_text=hjaelp, error_messages=vaelg
    )


class _Periodeform(Formular):
    def clean(self) -> dict[str, Any]:
        fra, til_og_med = self.cleaned_data.get("fra"), self.cleaned_data.get("til_og_med")
        if fra and til_og_med and til_og_med < fra:
            self.add_error("til_og_med", "Slutdatoen ligger før startdatoen. Ret en af dem.")
        return self.cleaned_data


class KoordinatorForm(_Periodeform):
    person = _person(
        label="Person",
        help_text=vejledning("Ansatte på skolen og på de tilknyttede fritidstilbud kan være koordinator.", AFSNIT),
    )
    omfang = _omfang()
    fra = Dagfelt(label="Fra")
    til_og_med = Dagfelt(required=False, label="Til og med", help_text=UDEN_SLUT)
    felter_i_orden = ("person", "omfang", PERIODE)

    def __init__(self, *args: Any, personer: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Vælg …"), *((en.pk, en.navn) for en in personer)]
        self.fields["fra"].initial = tid.i_dag()


class ForberederForm(_Periodeform):
    person = _person(label="Medarbejder", help_text="Fx skolens sekretær. Kun skolens egne medarbejdere kan vælges.")
    fra = Dagfelt(label="Fra")
    til_og_med = Dagfelt(required=False, label="Til og med", help_text=UDEN_SLUT)
    felter_i_orden = ("person", PERIODE)

    def __init__(self, *args: Any, personer: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Vælg …"), *((en.pk, en.navn) for en in personer)]
        self.fields["fra"].initial = tid.i_dag()


class RetKoordinatorForm(Formular):
    omfang = _omfang()
    til_og_med = Dagfelt(required=False, label="Til og med", help_text=UDEN_SLUT)


class OrlovForm(_Periodeform):
    fra = Dagfelt(label="Orlov fra")
    til_og_med = Dagfelt(label="Orlov til og med")
    felter_i_orden = (PERIODE,)


class RessourcepersonForm(_Periodeform):
    person = _person(
        required=False,
        label="Person",
        help_text=vejledning(
            "Medarbejdere på skolen og de tilknyttede fritidstilbud og områdets tværfaglige support.", AFSNIT
        ),
    )
    email = forms.EmailField(
        required=False,
        label="E-mail, hvis personen ikke står på listen",
        error_messages={"invalid": "Skriv en hel mailadresse, fx navn@kommune.dk."},
    )
    navn = TekstFelt(plads=120, required=False, label="Navn", help_text="Kun hvis personen ikke har en konto endnu.")
    udloeber_den = Dagfelt(
        required=False,
        label="Kontoen gælder til og med",
        help_text="Kun for en ny konto til en person uden for kommunen.",
    )
    faglighed = forms.ModelChoiceField(
        Faglighed.objects.filter(er_lukket=False),
        label="Faglighed",
        empty_label="Vælg …",
        error_messages={"required": "Vælg personens faglighed.", "invalid_choice": "Vælg en faglighed fra listen."},
    )
    fora = Afkrydsning(label="Tilknyttes", error_messages={"required": "Vælg mindst ét forum."})
    fra = Dagfelt(label="Fra")
    til_og_med = Dagfelt(required=False, label="Til og med", help_text=UDEN_SLUT)
    ogsaa_udefra = forms.BooleanField(required=False, label="Tilknyt personen alligevel")
    felter_i_orden = ("person", "email", "navn", "udloeber_den", "faglighed", "fora", PERIODE, "ogsaa_udefra")

    def __init__(self, *args: Any, grupper: list[tuple[str, list[Person]]], fora: list[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = [(navn, [(en.pk, _med_faglighed(en)) for en in personer]) for navn, personer in grupper]
        self.fields["person"].choices = [("", "Vælg …"), *valg]
        self.fields["fora"].choices = [(forum.pk, forum.get_art_display()) for forum in fora]
        self.fields["fora"].initial = [forum.pk for forum in fora]
        self.fields["fra"].initial = tid.i_dag()
        self.helper.skjul_frivilligt = True
        if self.data.get("ogsaa_udefra") != "on":
            self.skjul_bekraeftelse()

    def skjul_bekraeftelse(self) -> None:
        self.fields["ogsaa_udefra"].widget = forms.HiddenInput()

    def bed_om_bekraeftelse(self, saetning: str) -> None:
        self.fields["ogsaa_udefra"].widget = forms.CheckboxInput()
        self.add_error("ogsaa_udefra", f"{saetning} Sæt kryds, hvis personen skal tilknyttes alligevel.")

    def clean(self) -> dict[str, Any]:
        felter = super().clean()
        if not felter.get("person") and not felter.get("email") and not {"person", "email"} & self.errors.keys():
            self.add_error("person", "Vælg en person fra listen, eller skriv en mailadresse.")
        if felter.get("person") and felter.get("email"):
            self.add_error("email", "Vælg enten en person fra listen eller en mailadresse, ikke begge.")
        return felter


def _med_faglighed(person: Person) -> str:
    return f"{person.navn} ({person.faglighed})" if person.faglighed else person.navn


class SlutForm(Formular):
    til_og_med = Dagfelt(label="Sidste dag", help_text="Vælger du i dag, slutter tilknytningen med det samme.")


class DelegationForm(_Periodeform):
    """Who takes part in the leader's place, at which school and when (S34)."""

    skole = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        label="Skole",
        help_text="Deltagelsen gælder skolens Ressourcecenter og Pædagogiske Læringscenter.",
        error_messages={"required": "Vælg en skole.", "invalid_choice": "Vælg en af de skoler, der står på listen."},
    )
    person = forms.TypedChoiceField(
        coerce=int,
        label="Medarbejder",
        help_text="Fx en teamkoordinator. Kun centrets egne ansatte kan vælges.",
        error_messages={
            "required": "Vælg en medarbejder.",
            "invalid_choice": "Vælg en af centrets egne ansatte på listen.",
        },
    )
    fra = Dagfelt(label="Fra")
    til_og_med = Dagfelt(required=False, label="Til og med", help_text=UDEN_SLUT)
    felter_i_orden = ("skole", "person", PERIODE)

    def __init__(
        self, *args: Any, skoler: Iterable[Enhed], personer: Iterable[tuple[Person, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._skoler = {skole.pk: skole for skole in skoler}
        self._personer = {person.pk: (person, f"{person.navn}, {titel}") for person, titel in personer}
        self.fields["skole"].choices = [(pk, skole.navn) for pk, skole in self._skoler.items()]
        self.fields["person"].choices = [("", "Vælg …"), *((pk, tekst) for pk, (_, tekst) in self._personer.items())]

    def valg(self) -> dict[str, Any]:
        """As the action wants it: the units and people themselves, and the half-open end."""
        felter = self.cleaned_data
        return {
            "skole": self._skoler[felter["skole"]],
            "person": self._personer[felter["person"]][0],
            "gyldig_fra": felter["fra"],
            "gyldig_til": tid.fra_til_og_med(felter["til_og_med"]),
        }


class AfslutDelegationForm(Formular):
    sidste_dag = Dagfelt(
        required=False, label="Sidste dag", help_text="Lad feltet stå tomt, hvis deltagelsen slutter med det samme."
    )

    def slut(self) -> date | None:
        return tid.fra_til_og_med(self.cleaned_data["sidste_dag"])


# --- what forvaltning keeps ----------------------------------------------------------------------------------------
class RammedokumentForm(Tekstform):
    titel = TekstFelt(plads=200, label="Titel")
    aar = Talfelt(mindst=1900, hoejst=2200, label="Dokumentets årstal")
    gaelder_for = _valg(Rammedokument.Gaelder.choices, label="Gælder for")
    link = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label="Adresse på nettet",
        help_text="Begynder med https://. Uden en adresse står titlen alene.",
        error_messages={
            "invalid": "Skriv en hel adresse, fx https://www.retsinformation.dk/.",
            "max_length": "Adressen er for lang. Der er plads til 300 tegn.",
        },
    )
    fra = Dagfelt(label="Gælder fra")
    til_og_med = Dagfelt(required=False, label="Til og med", help_text=UDEN_SLUT)
    felter_i_orden = ("version", "titel", Div("aar", "gaelder_for", css_class="formraekke"), "link", PERIODE)

    def dokument(self) -> dict[str, Any]:
        """As the action takes it: half-open."""
        felter = self.felter()
        return {
            **{navn: felter[navn] for navn in ("titel", "aar", "link", "gaelder_for")},
            "gyldig_fra": felter["fra"],
            "gyldig_til": tid.fra_til_og_med(felter["til_og_med"]),
        }


class FaglighedForm(Formular):
    navn = TekstFelt(plads=60, label="Ny faglighed", help_text="Skriv den, som den skal stå på siderne, fx psykolog.")


# --- local rules ---------------------------------------------------------------------------------------------------
class ReglerForm(Tekstform):
    """S43: everything a forum agrees on by itself, with the unit of each number in its label."""

    kadence = _valg(LokaleRegler.Kadence.choices, label="Hvor tit mødes I?")
    ugedag = _valg(LokaleRegler.Ugedag.choices, label="Ugedag")
    begynder = Klokkefelt(label="Mødet begynder kl.")
    minutter = Talfelt(mindst=15, hoejst=480, label="Mødets længde i minutter")
    uger_uden_moede = Talfelt(
        mindst=1,
        hoejst=52,
        label="Uger uden et planlagt møde",
        help_text="Er der gået så mange uger uden et planlagt møde, står det på forummets side og hos lederen.",
    )
    moeder_uden_invitation = Talfelt(
        mindst=1,
        hoejst=20,
        label="Møder, uden at en tilknyttet fritidsenhed er indkaldt",
        help_text="Er en fritidsenhed ikke indkaldt til så mange møder i træk, står det på distriktets side.",
    )
    dagsordensfrist = Talfelt(
        hoejst=60, label="Frist for punkter, dage før mødet", help_text="Så lang tid før skal punkterne være meldt ind."
    )
    udsendelse = Talfelt(
        hoejst=60,
        label="Dagsordenen sendes, dage før mødet",
        help_text="Så lang tid har deltagerne til at forberede sig.",
    )
    svarfrist = Talfelt(
        mindst=1,
        hoejst=20,
        label="Svar på en anmodning om møde, skoledage",
        help_text="Er der ikke svaret inden da, går anmodningen videre til lederen.",
    )
    hoeringsfrist = Talfelt(
        hoejst=20,
        label="Bemærkninger til referatet, skoledage",
        help_text="Så længe kan deltagerne skrive bemærkninger, før referatet lukkes.",
    )
    referent = _valg((), label="Hvem skriver referat?")
    dagsordensskabelon = TekstFelt(
        plads=4_000,
        linjer=7,
        required=False,
        label="Faste punkter på dagsordenen",
        help_text="Står på hvert møde fra starten. Lav punkter med «- » forrest på linjen.",
    )
    fast_runde = forms.BooleanField(
        required=False,
        label="Runden «Faglige perspektiver» er et fast punkt",
        help_text=vejledning("I runden får alle fagligheder ordet. Den kan altid tages af et møde igen.", AFSNIT),
    )
    aflysningsregel = TekstFelt(
        plads=300, required=False, label="Regel om aflysning", help_text="Vises, når nogen vil aflyse et møde."
    )
    holdes_samlet = forms.BooleanField(
        required=False, label="Ressourcecenter og Pædagogisk Læringscenter holder møder sammen"
    )

    def __init__(self, *args: Any, forum: Forum, kan_samles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referent"].choices = list(LokaleRegler.referenter(forum).items())
        hjaelp = vejledning("Holder I de to fora sammen, gælder de strengeste regler på møderne.", SAMARBEJDE)
        self.fields["holdes_samlet"].help_text = hjaelp
        if forum.er_team:  # no fritid unit has a standing place there
            del self.fields["moeder_uden_invitation"]
        faste = [] if forum.er_team else ["moeder_uden_invitation"]
        # Who may not hold them jointly does not see the field; one sent by hand stays, for the action to refuse.
        samlet = ["holdes_samlet"] if kan_samles or "holdes_samlet" in self.data else []
        if not samlet:
            del self.fields["holdes_samlet"]
        self.helper.layout = Layout(
            "version",
            Fieldset(
                "Møder",
                Div("kadence", "ugedag", css_class="formraekke"),
                Div("begynder", "minutter", css_class="formraekke"),
                "uger_uden_moede",
                *faste,
                *samlet,
            ),
            Fieldset("Frister", "dagsordensfrist", "udsendelse", "svarfrist", "hoeringsfrist"),
            Fieldset("Dagsorden og referat", "referent", "dagsordensskabelon", "fast_runde", "aflysningsregel"),
        )
