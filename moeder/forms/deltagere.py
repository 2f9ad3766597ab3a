"""The shape of what is typed about who takes part. Rules are the actions' to ask."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms

from moeder.invitationsregler import Art, Kandidat
from moeder.models import Deltager, Punkt
from moeder.queries.grundlag import Grundlag
from ressourcecenter.models import Forum
from samarbejde.formater import dato_uden_ugedag
from samarbejde.formfelter import Afkrydsning, Formular, TekstFelt, vejledning
from samarbejde.models import Person

AFSNIT = "Deltagere, ansvar og rollefordeling i samarbejdet"
GRUPPER = {Art.RESSOURCEPERSON: "Ressourcepersoner", Art.GAEST: "Gæster på det tematiske møde"}
IKKE_MERE = "Personen kan ikke vælges mere. Vælg igen."


class Noegler(Afkrydsning):
    """Several of those who can be invited, by the keys of the list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.coerce = str


class InviterForm(Formular):
    hvem = Noegler(required=False, label="Hvem skal inviteres?")
    medarbejder = forms.ChoiceField(
        required=False,
        label="Medarbejder, som arbejder med et punkt",
        help_text=vejledning("Inviteres kun til de punkter, du vælger nedenfor.", AFSNIT),
        error_messages={"invalid_choice": IKKE_MERE},
    )
    punkter = Afkrydsning(
        required=False, label="Til hvilke punkter?", help_text="Vælg ingen, hvis de skal med til hele mødet."
    )
    grund = TekstFelt(
        plads=300,
        required=False,
        label="Hvorfor?",
        help_text="Er feltet tomt, står den faste grund, fx «ressourceperson».",
    )
    grundlag = TekstFelt(
        plads=300,
        required=False,
        label="Hvor er det aftalt, at I inviterer hinanden?",
        help_text="Skriv en kort note, eller vælg aktiviteten i aftalen.",
    )
    aktivitet = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Aktivitet i aftalen",
        error_messages={"invalid_choice": IKKE_MERE},
    )
    felter_i_orden = ("hvem", "medarbejder", "punkter", "grund", "grundlag", "aktivitet")

    def __init__(
        self,
        *args: Any,
        kandidater: Sequence[Kandidat],
        punkter: Sequence[Punkt],
        grundlag: Sequence[Grundlag] | None,
        **kwargs: Any,
    ) -> None:
        """`grundlag` None: nobody here needs one."""
        super().__init__(*args, **kwargs)
        self.helper.skjul_frivilligt = True
        self.fields["hvem"].choices = _hvem(kandidater)
        self.fields["medarbejder"].choices = [("", "Ingen"), *_medarbejdere(kandidater)]
        self.fields["punkter"].choices = [(en.pk, f"{nr}. {en.vist_titel}") for nr, en in enumerate(punkter, 1)]
        udgaar = [navn for navn in ("hvem", "punkter") if not self.fields[navn].choices]
        if grundlag is None:
            udgaar += ["grundlag", "aktivitet"]
        else:
            self.fields["aktivitet"].choices = [("", "Ingen"), *((en.aktivitet.pk, en.navn) for en in grundlag)]
        for navn in udgaar:
            del self.fields[navn]
            self.helper.layout.fields.remove(navn)

    def clean(self) -> dict[str, Any]:
        felter = super().clean() or self.cleaned_data
        if not felter.get("hvem") and not felter.get("medarbejder") and not self.errors:
            self.add_error("hvem" if "hvem" in self.fields else "medarbejder", "Vælg mindst én, der skal inviteres.")
        return felter

    def noegler(self) -> list[str]:
        felter = self.cleaned_data
        return [*felter.get("hvem", ()), *([felter["medarbejder"]] if felter.get("medarbejder") else [])]

    def grundlaget(self) -> tuple[str, int | None] | None:
        if "grundlag" not in self.fields:
            return None
        return self.cleaned_data["grundlag"], self.cleaned_data["aktivitet"]


def _hvem(kandidater: Sequence[Kandidat]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Whom the agenda calls for comes first; staff by the hundred are chosen from a list of their own."""
    foreslaaet = [(en.noegle, f"{en.navn}: {en.forslag}") for en in kandidater if en.forslag]
    grupper = [("Dagsordenen kalder på", foreslaaet)]
    for art, navn in GRUPPER.items():
        grupper.append((navn, [(en.noegle, en.navn) for en in kandidater if en.art == art and not en.forslag]))
    return [(navn, egne) for navn, egne in grupper if egne]


def _medarbejdere(kandidater: Sequence[Kandidat]) -> list[tuple[str, list[tuple[str, str]]]]:
    egne = [en for en in kandidater if en.art == Art.MEDARBEJDER and not en.forslag]
    steder = groupby(sorted(egne, key=lambda en: str(en.enhed)), lambda en: str(en.enhed))
    return [(sted, [(en.noegle, str(en.person)) for en in gruppe]) for sted, gruppe in steder]


class LokaleForm(Formular):
    navn = TekstFelt(plads=120, label="Lokalets navn", help_text="Fx Lindeskolen, mødelokale 2.")
    mail = forms.EmailField(
        label="Lokalets mailadresse",
        help_text="Hertil sendes kalenderinvitationen. Et svar når ikke frem, så hør selv, om lokalet er ledigt.",
        error_messages={
            "required": "Skriv lokalets mailadresse.",
            "invalid": "Skriv en hel mailadresse, fx lokale2@kommune.dk.",
        },
    )


class GrundForm(Formular):
    grund = TekstFelt(plads=300, label="Hvorfor ikke denne gang?", help_text="Fx ikke relevant for mødets indhold.")


class AfvisForm(Formular):
    grund = TekstFelt(plads=300, label="Hvorfor ikke?", help_text="Den, der indkalder, læser grunden.")


class RepraesentantForm(Formular):
    person = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        label="Hvem repræsenterer jer?",
        error_messages={"required": "Vælg en af jeres egne.", "invalid_choice": IKKE_MERE},
    )
    moeder = Afkrydsning(label="På hvilke møder?", error_messages={"required": "Vælg mindst ét møde."})
    felter_i_orden = ("person", "moeder")

    def __init__(
        self, *args: Any, personer: Iterable[tuple[Person, str]], pladser: Iterable[Deltager], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        valg = [(person.pk, f"{person}, {titel}") for person, titel in personer]
        self.fields["person"].choices = [("", "Vælg …"), *valg]
        self.fields["moeder"].choices = [(en.pk, _plads(en)) for en in pladser]


def _plads(en: Deltager) -> str:
    hvem = f"nu {en.person}" if en.person else "nu ingen"
    return f"{dato_uden_ugedag(en.moede.dag)}: {en.moede.navn} ({hvem})"


class OenskeForm(Formular):
    forum = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        label="Ressourceteam",
        error_messages={"required": "Vælg et ressourceteam.", "invalid_choice": "Vælg et ressourceteam fra listen."},
    )
    tekst = TekstFelt(
        plads=500,
        linjer=3,
        label="Hvad vil I gerne være med til at drøfte?",
        help_text="Fx overgange, ikke bestemte børn.",
    )

    def __init__(self, *args: Any, teams: Iterable[Forum], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = [("", "Vælg …"), *((en.pk, str(en)) for en in teams)]


class SvarForm(Formular):
    tekst = TekstFelt(plads=300, required=False, label="Grund", help_text="Skal skrives, hvis du siger nej.")
