"""Who may do what: one table, pure data. Rendered as /hjaelp/hvem-maa-hvad/ and in the README.

A role counts on the narrowest object: `objekt.roller_for(person)` says which roles the person holds *there*, by the
periods that hold today. `maa` is the only question; there is no branch for superusers (named case 33).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import TextChoices

if TYPE_CHECKING:
    from samarbejde.models import Person


class Rolle(TextChoices):
    """Roles a person is given at one unit for a period (D26): the codenames of the permissions on `Enhed`."""

    SKOLELEDER = "skoleleder", "skoleleder"
    KOORDINATOR = "koordinator", "koordinator"
    FRITIDSLEDER = "fritidsleder", "leder af fritidsinstitution eller fritidscenter"
    DAGTILBUDSLEDER = "dagtilbudsleder", "leder af 0-6 års institution"
    MEDARBEJDER = "medarbejder", "medarbejder"
    KLYNGELEDER = "klyngeleder", "klyngeleder"
    NETVAERKSKOORDINATOR = "netvaerkskoordinator", "netværkskoordinator"
    OMRAADECHEF = "omraadechef", "områdechef"
    FORVALTNING = "forvaltning", "forvaltning"
    ADMINISTRATOR = "administrator", "administrator"


class Relation(TextChoices):
    """What a person is to one object by virtue of roles elsewhere: derived, never given."""

    TOVHOLDER = "tovholder", "tovholder (skoleleder på tovholderskolen)"
    I_DISTRIKTET = "i_distriktet", "alle med en aktiv rolle på en enhed i distriktet"
    ENHEDER_I_DISTRIKTET = "enheder_i_distriktet", "klyngeleder eller netværkskoordinator med enheder i distriktet"


class Handling(StrEnum):
    """Every act the server guards. The value is the name of the action and of the URL."""

    SE_DISTRIKT = "se_distrikt"
    SE_ENHED = "se_enhed"
    SE_FORVALTNING = "se_forvaltning"
    SE_AL_POST = "se_al_post"
    GENSEND_BESKED = "gensend_besked"
    UDPEG_LEDER = "udpeg_leder"

    OPRET_AFTALE = "opret_aftale"
    SE_TILSTAND = "se_tilstand"
    LAES_KLADDE = "laes_kladde"
    LAES = "laes"
    SKRIV_AFTALE = "skriv_aftale"
    VAELG_PARTER = "vaelg_parter"
    SEND_TIL_GODKENDELSE = "send_til_godkendelse"
    TRAEK_TILBAGE = "traek_tilbage"
    ANNULLER_AFTALE = "annuller_aftale"
    GODKEND = "godkend"
    KAN_IKKE_GODKENDE = "kan_ikke_godkende"


R, T = Rolle, Relation
Hvem = AbstractSet[Rolle | Relation]

PARTSLEDERE: Hvem = {R.SKOLELEDER, R.FRITIDSLEDER, R.DAGTILBUDSLEDER}
PARTERNES_FOLK: Hvem = PARTSLEDERE | {R.KOORDINATOR, R.MEDARBEJDER, R.KLYNGELEDER}
LAESERE: Hvem = {T.I_DISTRIKTET, R.NETVAERKSKOORDINATOR, R.OMRAADECHEF, R.FORVALTNING}
ALLE_OM_DISTRIKTET: Hvem = LAESERE | {T.ENHEDER_I_DISTRIKTET}

TILLADT: dict[Handling, Hvem] = {
    Handling.SE_DISTRIKT: ALLE_OM_DISTRIKTET | {R.ADMINISTRATOR},
    Handling.SE_ENHED: ALLE_OM_DISTRIKTET | {R.KLYNGELEDER, R.ADMINISTRATOR},
    Handling.SE_FORVALTNING: {R.FORVALTNING, R.ADMINISTRATOR},
    Handling.SE_AL_POST: {R.ADMINISTRATOR},
    Handling.GENSEND_BESKED: {R.ADMINISTRATOR},
    Handling.UDPEG_LEDER: {R.FORVALTNING, R.ADMINISTRATOR},
    Handling.OPRET_AFTALE: PARTSLEDERE,
    Handling.SE_TILSTAND: PARTERNES_FOLK | ALLE_OM_DISTRIKTET,
    Handling.LAES_KLADDE: PARTERNES_FOLK,
    Handling.LAES: PARTERNES_FOLK | LAESERE,
    Handling.SKRIV_AFTALE: PARTSLEDERE,
    Handling.VAELG_PARTER: {T.TOVHOLDER},
    Handling.SEND_TIL_GODKENDELSE: {T.TOVHOLDER},
    Handling.TRAEK_TILBAGE: {T.TOVHOLDER},
    Handling.ANNULLER_AFTALE: {T.TOVHOLDER},
    Handling.GODKEND: PARTSLEDERE,
    Handling.KAN_IKKE_GODKENDE: PARTSLEDERE,
}


@dataclass(frozen=True)
class Regel:
    """The rule as one Danish sentence, what it says in a list, and where it comes from."""

    navn: str
    saetning: str
    kilde: str


MODEL = "Samarbejdsmodellen, afsnit "
PRAKSIS = "Lokal praksis: "
REGLER: dict[Handling, Regel] = {
    Handling.SE_DISTRIKT: Regel(
        "Se et distrikts side",
        "Et distrikts side er for dem, der har en rolle i distriktet, og for forvaltningen.",
        MODEL + "Samarbejdsmodellen",
    ),
    Handling.SE_ENHED: Regel(
        "Se en enheds side",
        "En enheds side er for dem, der har en rolle i samme distrikt, og for forvaltningen.",
        PRAKSIS + "adgang efter tjenstligt behov",
    ),
    Handling.SE_FORVALTNING: Regel(
        "Se forvaltningens overblik",
        "Overblikket på tværs af distrikter er for forvaltning og administrator.",
        PRAKSIS + "forvaltningen følger aftalerne, men godkender dem ikke",
    ),
    Handling.SE_AL_POST: Regel(
        "Se al udgående post",
        "Kun administrator kan se, om mails til andre er sendt eller fejlet.",
        PRAKSIS + "administrator har teknikken, ikke indholdet",
    ),
    Handling.GENSEND_BESKED: Regel(
        "Sende en fejlet mail igen",
        "Kun administrator kan sende en mail igen, som ikke kunne afleveres.",
        PRAKSIS + "administrator har teknikken, ikke indholdet",
    ),
    Handling.UDPEG_LEDER: Regel(
        "Udpege ledere",
        "Ledere udpeges af forvaltning eller administrator og aldrig af andre ledere.",
        PRAKSIS + "lederudpegning",
    ),
    Handling.OPRET_AFTALE: Regel(
        "Oprette årets aftale",
        "Årets aftale oprettes af en leder af en skole eller institution i distriktet.",
        MODEL + "Stærkt samarbejde",
    ),
    Handling.SE_TILSTAND: Regel(
        "Se en aftales tilstand og datoer",
        "Tilstand og datoer kan ses af alle med en aktiv rolle i distriktet og af forvaltningen.",
        PRAKSIS + "åbenhed om, hvor aftalen er",
    ),
    Handling.LAES_KLADDE: Regel(
        "Læse en aftale, før den er indgået",
        "En kladde er fortrolig mellem parterne, deres medarbejdere, koordinatorer og klyngeledere, indtil aftalen er "
        "indgået.",
        PRAKSIS + "et fortroligt skriverum",
    ),
    Handling.LAES: Regel(
        "Læse en indgået aftale",
        "En indgået aftale kan læses af alle med en aktiv rolle i distriktet og af forvaltningen.",
        MODEL + "Stærkt samarbejde",
    ),
    Handling.SKRIV_AFTALE: Regel(
        "Skrive i aftalen",
        "Aftalen skrives af parternes ledere i fællesskab, skole og fritid på lige fod.",
        MODEL + "Stærkt samarbejde",
    ),
    Handling.VAELG_PARTER: Regel(
        "Vælge aftalens parter",
        "Parterne vælges af tovholderen, skolelederen på tovholderskolen.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.SEND_TIL_GODKENDELSE: Regel(
        "Sende aftalen til godkendelse",
        "Aftalen sendes til godkendelse af tovholderen, skolelederen på tovholderskolen.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.TRAEK_TILBAGE: Regel(
        "Trække aftalen tilbage til kladde",
        "Kun tovholderen kan trække aftalen tilbage fra godkendelse, så teksten kan rettes.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.ANNULLER_AFTALE: Regel(
        "Annullere en aftale, der ikke er indgået",
        "Kun tovholderen kan annullere en aftale, og kun før den er indgået.",
        PRAKSIS + "skolelederen er tovholder",
    ),
    Handling.GODKEND: Regel(
        "Godkende for en part",
        "En part godkendes af partens egen leder og af ingen andre.",
        MODEL + "Stærkt samarbejde",
    ),
    Handling.KAN_IKKE_GODKENDE: Regel(
        "Svare «Kan ikke godkende endnu»",
        "Kun partens egen leder kan svare, at parten ikke kan godkende endnu.",
        MODEL + "Stærkt samarbejde",
    ),
}


class HarRoller(Protocol):
    def roller_for(self, person: "Person") -> frozenset[Any]: ...


class IkkeTilladtError(Exception):
    """The person may see that the object exists but lacks the right: answered with 403, the rule and who can."""

    def __init__(self, handling: Handling) -> None:
        self.handling = handling
        super().__init__(REGLER[handling].saetning)


def maa(person: "Person", handling: Handling, objekt: HarRoller) -> bool:
    """May this person do this to this object, today?

    An object may narrow the question: reading a draft is `LAES_KLADDE`, seeing a party is seeing its agreement.
    """
    snaevr = getattr(objekt, "snaevr", None)
    if snaevr is not None:
        handling, objekt = snaevr(handling)
    return not TILLADT[handling].isdisjoint(objekt.roller_for(person))


def kraev_ret(person: "Person", handling: Handling, objekt: HarRoller) -> None:
    """Raise `IkkeTilladtError` unless `maa`; every action asks again after it has locked the root row."""
    if not maa(person, handling, objekt):
        raise IkkeTilladtError(handling)
