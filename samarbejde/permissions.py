"""Who may do what: one table, pure data. Rendered as /hjaelp/hvem-maa-hvad/ and in the README.

A role counts on the narrowest object: `objekt.roller_for(person)` says which roles the person holds *there*, by the
periods that hold today. `maa` is the only question; there is no branch for superusers (named case 33).
"""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Protocol

from samarbejde.handlinger import Handling, Relation, Rolle
from samarbejde.regler import MODEL, PRAKSIS, REGLER, Regel

if TYPE_CHECKING:
    from samarbejde.models import Person


__all__ = [
    "MODEL",
    "PRAKSIS",
    "REGLER",
    "TILLADT",
    "Handling",
    "HarRoller",
    "IkkeTilladtError",
    "Regel",
    "Relation",
    "Rolle",
    "kraev_ret",
    "maa",
]

R, T = Rolle, Relation
Hvem = AbstractSet[Rolle | Relation]

PARTSLEDERE: Hvem = {R.SKOLELEDER, R.FRITIDSLEDER, R.DAGTILBUDSLEDER}
PARTERNES_FOLK: Hvem = PARTSLEDERE | {R.KOORDINATOR, R.MEDARBEJDER, R.KLYNGELEDER}
LAESERE: Hvem = {T.I_DISTRIKTET, R.NETVAERKSKOORDINATOR, R.OMRAADECHEF, R.FORVALTNING}
ALLE_OM_DISTRIKTET: Hvem = LAESERE | {T.ENHEDER_I_DISTRIKTET}
FORUMLEDELSE: Hvem = {R.SKOLELEDER, R.KOORDINATOR, R.KLYNGELEDER, R.NETVAERKSKOORDINATOR}
TILKNYTTEDE: Hvem = (
    PARTSLEDERE
    | {R.KOORDINATOR, R.MEDARBEJDER, R.KLYNGELEDER, R.NETVAERKSKOORDINATOR}
    | {T.DELEGERET, T.RESSOURCEPERSON, T.EKSTERN_RESSOURCEPERSON}
)
# Who may ask for a meeting: a right and a duty that no setting takes away (S39).
AKTOERER: Hvem = (
    FORUMLEDELSE | {R.FRITIDSLEDER, R.MEDARBEJDER} | {T.DELEGERET, T.RESSOURCEPERSON, T.EKSTERN_RESSOURCEPERSON}
)
INVITEREDE: Hvem = {T.INVITERET, T.INVITERET_TIL_PUNKT}
MOEDETS: Hvem = FORUMLEDELSE | INVITEREDE | {R.FRITIDSLEDER, R.DAGTILBUDSLEDER, T.DELEGERET, T.RESSOURCEPERSON}

TILLADT: dict[Handling, Hvem] = {
    Handling.SE_DISTRIKT: ALLE_OM_DISTRIKTET | {R.ADMINISTRATOR},
    Handling.SE_ENHED: ALLE_OM_DISTRIKTET | {R.KLYNGELEDER, R.ADMINISTRATOR},
    Handling.SE_FORVALTNING: {R.FORVALTNING, R.ADMINISTRATOR},
    Handling.EKSPORTER: {R.FORVALTNING},
    Handling.SE_AL_POST: {R.ADMINISTRATOR},
    Handling.GENSEND_BESKED: {R.ADMINISTRATOR},
    Handling.UDPEG_LEDER: {R.FORVALTNING, R.ADMINISTRATOR},
    Handling.NAEVN_STEDFORTRAEDER: {T.LEDER_SELV},
    Handling.REGISTRER_MEDARBEJDER: PARTSLEDERE,
    Handling.RET_RAMMER: {R.FORVALTNING},
    Handling.SE_FORUM: TILKNYTTEDE | {T.FORBEREDER, T.OVER_TILKNYTTET, R.OMRAADECHEF, R.FORVALTNING},
    Handling.SE_MANGLER: PARTSLEDERE
    | {R.KOORDINATOR, R.NETVAERKSKOORDINATOR, R.OMRAADECHEF, R.FORVALTNING, T.ENHEDER_I_DISTRIKTET},
    Handling.UDPEG_KOORDINATOR: {T.SKOLELEDER_SELV},
    Handling.NAVNGIV_FORBEREDER: {R.SKOLELEDER},
    Handling.TILKNYT_RESSOURCEPERSON: FORUMLEDELSE,
    Handling.DELEGER_DELTAGELSE: {T.FRITIDSLEDER_SELV},
    Handling.RET_LOKALE_REGLER: FORUMLEDELSE,
    Handling.ANMOD_OM_MOEDE: AKTOERER,
    Handling.SE_ANMODNING: FORUMLEDELSE | {T.ANMODER},
    Handling.EGEN_ANMODNING: {T.ANMODER},
    Handling.BESVAR_ANMODNING: FORUMLEDELSE,
    Handling.BESVAR_FORELAGT: FORUMLEDELSE - {R.KOORDINATOR},
    Handling.SE_MOEDE: MOEDETS | {T.FORFATTER, T.FORBEREDER, T.I_LEDIG_POST},
    Handling.PLANLAEG_MOEDE: FORUMLEDELSE | {T.FORBEREDER},
    Handling.INDKALD: FORUMLEDELSE,
    Handling.FORESLAA_PUNKT: AKTOERER | {R.DAGTILBUDSLEDER},
    Handling.SVAR_PAA_INDKALDELSE: {T.DELTAGER_SELV},
    Handling.VAELG_REPRAESENTANT: {R.FRITIDSLEDER, R.DAGTILBUDSLEDER, T.I_LEDIG_POST},
    Handling.BEKRAEFT_MEDARBEJDER: {R.FRITIDSLEDER, T.I_LEDIG_POST},
    Handling.BED_OM_DELTAGELSE: {R.FRITIDSLEDER},
    Handling.GIV_BIDRAG: FORUMLEDELSE | INVITEREDE,
    Handling.LAEG_FIL_PAA: FORUMLEDELSE | INVITEREDE | {T.FORBEREDER},
    Handling.SKRIV_REFERAT: FORUMLEDELSE | {T.REFERENT},
    Handling.LUK_REFERAT: FORUMLEDELSE,
    Handling.BEMAERK_REFERAT: FORUMLEDELSE | INVITEREDE,
    Handling.SE_OPGAVE: MOEDETS | {T.ANSVARLIG},
    Handling.FOELG_OP: FORUMLEDELSE | {T.ANSVARLIG},
    Handling.RET_AARSHJUL: {R.FORVALTNING},
    Handling.RET_VEJLEDNING: {R.FORVALTNING},
    Handling.RET_MAALOMRAADE: {R.FORVALTNING},
    Handling.OPRET_AFTALE: PARTSLEDERE,
    Handling.SE_TILSTAND: PARTERNES_FOLK | ALLE_OM_DISTRIKTET,
    Handling.LAES_KLADDE: PARTERNES_FOLK,
    Handling.LAES: PARTERNES_FOLK | LAESERE,
    Handling.SKRIV_AFTALE: PARTSLEDERE | {T.I_LEDIG_POST, T.KOORDINATOR_MED_LOV},
    Handling.KOMMENTER: PARTERNES_FOLK,
    Handling.LOES_KOMMENTAR: PARTSLEDERE | {T.I_LEDIG_POST, T.FORFATTER},
    Handling.LAD_KOORDINATOR_SKRIVE: {R.SKOLELEDER},
    Handling.FORESLAA_TILTAG: {R.MEDARBEJDER, R.KOORDINATOR},
    Handling.VAELG_PARTER: {T.TOVHOLDER},
    Handling.SEND_TIL_GODKENDELSE: {T.TOVHOLDER},
    Handling.TRAEK_TILBAGE: {T.TOVHOLDER},
    Handling.ANNULLER_AFTALE: {T.TOVHOLDER},
    Handling.GODKEND: PARTSLEDERE | {T.I_LEDIG_POST},
    Handling.KAN_IKKE_GODKENDE: PARTSLEDERE | {T.I_LEDIG_POST},
    Handling.FORTRYD_GODKENDELSE: PARTSLEDERE | {T.I_LEDIG_POST},
    Handling.INDGAA_UDEN_SVAR: {T.TOVHOLDER},
    Handling.OPTAG_PART: {T.TOVHOLDER},
    Handling.LAD_UDTRAEDE: {T.TOVHOLDER},
    Handling.OPHAEV_AFTALE: {T.TOVHOLDER},
    Handling.LAV_NY_VERSION: {T.TOVHOLDER},
    Handling.SKIFT_TOVHOLDER: {R.FORVALTNING},
    Handling.TILTRAED: PARTSLEDERE | {T.I_LEDIG_POST},
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
