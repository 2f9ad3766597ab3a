"""A reply to an invitation as a mail client writes it (RFC 5546, METHOD:REPLY). Pure: it reads, and changes nothing.

Anybody can send such a file, so the little that is needed is read here and the rest never evaluated: icalendar works
out whatever rule a VTIMEZONE in it holds, and is busy for minutes with one that changes every second since 1601.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from moeder.ical import PARTSTAT, ZONE, Svarstatus
from samarbejde.tid import koebenhavn

BYTES = 200_000  # the longest that Outlook was seen to write, with our own text quoted, is a tenth
UID_TEGN = 255
SVAR = {navn: status for status, navn in PARTSTAT.items() if status != Svarstatus.AFVENTER}


class Afvist(StrEnum):
    FOR_STOR = "for_stor"
    ULAESELIG = "ulaeselig"
    INTET_SVAR = "intet_svar"
    FLERE_MOEDER = "flere_moeder"
    FLERE_DELTAGERE = "flere_deltagere"
    FORFALSKET = "forfalsket"
    UKENDT_MOEDE = "ukendt_moede"
    FORKERT_GANG = "forkert_gang"
    FORAELDET = "foraeldet"
    UKENDT_UDGAVE = "ukendt_udgave"
    AFLYST = "aflyst"


class UgyldigtSvarError(ValueError):
    """One Danish sentence: what is wrong, and what to do; `slags` is which kind of wrong."""

    def __init__(self, slags: Afvist, grund: str) -> None:
        self.slags = slags
        super().__init__(f"{grund}; svar i stedet på mødets side.")


@dataclass(frozen=True)
class Sendt:
    """A calendar mail as it left us: to whom, for which event, with which number. `instans` is of a series."""

    uid: str
    sekvens: int
    mail: str
    instans: datetime | None = None
    aflyst: bool = False


@dataclass(frozen=True)
class Svar:
    uid: str
    sekvens: int
    instans: datetime | None
    deltager_mail: str
    status: Svarstatus


@dataclass(frozen=True)
class Felt:
    vaerdi: str
    parametre: dict[str, str]


Felter = dict[str, list[Felt]]


def anvend_svar(ics: bytes | str, afsender: str, sendte: Iterable[Sendt]) -> Svar:
    """Which of those we called said what. `afsender` is who the mail proved to come from: only that one's answer
    counts, whatever the file claims. Of several mails to one person about one meeting the last one counts.
    """
    svar = _laes(ics, afsender)
    om_moedet = [en for en in sendte if en.uid == svar.uid]
    if not om_moedet:
        raise UgyldigtSvarError(Afvist.UKENDT_MOEDE, "Svaret gælder et møde, vi ikke kender")
    gange = [en for en in om_moedet if en.instans == svar.instans]
    if not gange:
        raise UgyldigtSvarError(Afvist.FORKERT_GANG, "Svaret gælder en anden gang end den, der blev indkaldt til")
    til_afsenderen = [en for en in gange if _er_adressen(en.mail, svar.deltager_mail)]
    if not til_afsenderen:
        raise UgyldigtSvarError(Afvist.FORFALSKET, EN_ANDEN_ADRESSE)
    _kraev_den_sidste(svar, max(til_afsenderen, key=lambda en: en.sekvens))
    return svar


def sendt(kalender: str) -> Sendt:
    """What a calendar mail of ours said. The one it went to stands first; rooms may follow."""
    hele, haendelse = _kalender_og_haendelse(_linjer(_som_tekst(kalender)))
    return Sendt(
        uid=_uid(haendelse),
        sekvens=_sekvens(haendelse),
        mail=_adresse(_uden_mailto(haendelse["ATTENDEE"][0].vaerdi)),
        instans=_instans(haendelse),
        aflyst=_metode(hele) == "CANCEL",
    )


def _kraev_den_sidste(svar: Svar, sidste: Sendt) -> None:
    """RFC 5546, 2.1.5: an answer to an older edition says nothing about the one that holds."""
    if sidste.aflyst:
        raise UgyldigtSvarError(Afvist.AFLYST, "Mødet er aflyst, eller du er ikke længere inviteret")
    if svar.sekvens < sidste.sekvens:
        raise UgyldigtSvarError(Afvist.FORAELDET, "Mødet er ændret, siden svaret blev skrevet")
    if svar.sekvens > sidste.sekvens:
        raise UgyldigtSvarError(Afvist.UKENDT_UDGAVE, "Svaret gælder en udgave af indkaldelsen, vi ikke har sendt")


def _laes(ics: bytes | str, afsender: str) -> Svar:
    kalender, haendelse = _kalender_og_haendelse(_linjer(_som_tekst(ics)))
    if _metode(kalender) != "REPLY":
        raise UgyldigtSvarError(Afvist.INTET_SVAR, "Kalenderfilen er ikke et svar på en indkaldelse")
    mail = _adresse(afsender)
    return Svar(
        uid=_uid(haendelse),
        sekvens=_sekvens(haendelse),
        instans=_instans(haendelse),
        deltager_mail=mail,
        status=_status(haendelse, mail),
    )


# --- from bytes to fields ----------------------------------------------------------------------------------------
UFOLD = re.compile(r"\r?\n[ \t]")
LINJE = re.compile(r"([A-Za-z0-9-]+)((?:;[^\";:]*(?:\"[^\"]*\"[^\";:]*)*)*):(.*)", re.DOTALL)
PARAMETER = re.compile(r";([A-Za-z0-9-]+)=((?:[^\";]|\"[^\"]*\")*)")
KALENDER, HAENDELSE = ("VCALENDAR",), ("VCALENDAR", "VEVENT")
DYBDE = 4  # a zone's half of the year lies third; a tower of BEGINs is not a calendar


def _som_tekst(ics: bytes | str) -> str:
    if len(ics) > BYTES:
        raise UgyldigtSvarError(Afvist.FOR_STOR, "Svaret fylder for meget til at være et svar på en indkaldelse")
    try:
        tekst = ics.decode("utf-8-sig") if isinstance(ics, bytes) else ics.removeprefix("\ufeff")
    except UnicodeDecodeError as fejl:
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret er ikke skrevet i UTF-8") from fejl
    return UFOLD.sub("", tekst)


def _linjer(tekst: str) -> list[tuple[str, Felt]]:
    return [_felt(linje.removesuffix("\r")) for linje in tekst.split("\n") if linje.strip()]


def _felt(linje: str) -> tuple[str, Felt]:
    fundet = LINJE.fullmatch(linje)
    if fundet is None:
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret er ikke en hel kalenderfil")
    navn, parametre, vaerdi = fundet.groups()
    par = {noegle.upper(): tekst.strip('" ') for noegle, tekst in PARAMETER.findall(parametre)}
    return navn.upper(), Felt(vaerdi, par)


def _kalender_og_haendelse(linjer: list[tuple[str, Felt]]) -> tuple[Felter, Felter]:
    """The fields of the calendar and of its one event; what lies deeper (zones, alarms) is passed over."""
    sti: tuple[str, ...] = ()
    felter: dict[tuple[str, ...], Felter] = {KALENDER: defaultdict(list), HAENDELSE: defaultdict(list)}
    begyndt: list[tuple[str, ...]] = []
    for navn, felt in linjer:
        led = felt.vaerdi.strip().upper()
        if navn == "BEGIN" and len(sti) < DYBDE:
            sti = (*sti, led)
            begyndt.append(sti)
        elif navn == "BEGIN" or not sti or (navn == "END" and sti[-1] != led):
            raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret er ikke en hel kalenderfil")
        elif navn == "END":
            sti = sti[:-1]
        elif sti in felter:
            felter[sti][navn].append(felt)
    _kraev_en_haendelse(sti, begyndt)
    return felter[KALENDER], felter[HAENDELSE]


def _kraev_en_haendelse(sti: tuple[str, ...], begyndt: list[tuple[str, ...]]) -> None:
    if sti or begyndt.count(KALENDER) != 1:
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret er ikke en hel kalenderfil")
    if begyndt.count(HAENDELSE) != 1:
        raise UgyldigtSvarError(Afvist.FLERE_MOEDER, "Svaret gælder ikke netop ét møde")


# --- what the event says -----------------------------------------------------------------------------------------
ADRESSE = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+")
MED_NAVN = re.compile(r"(?:[^<>@\"]*|\s*\"(?:[^\"\\]|\\.)*\"\s*)<([^<>]+)>\s*")
TAL = re.compile(r"[0-9]{1,9}")
EN_ANDEN_ADRESSE = "Svaret kommer fra en anden adresse end den, der blev inviteret"


def _metode(kalender: Felter) -> str:
    return "+".join(felt.vaerdi.strip().upper() for felt in kalender["METHOD"])


def _uid(haendelse: Felter) -> str:
    uider = {re.sub(r"\\([\\;,])", r"\1", felt.vaerdi).strip() for felt in haendelse["UID"]} - {""}
    if len(uider) != 1:
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret siger ikke, hvilket møde det gælder")
    uid = uider.pop()
    if len(uid) > UID_TEGN or not uid.isprintable():
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret siger ikke, hvilket møde det gælder")
    return uid


def _sekvens(haendelse: Felter) -> int:
    """Left out it is the first, 0 (RFC 5545, 3.8.7.4)."""
    tal = [felt.vaerdi.strip() for felt in haendelse["SEQUENCE"]] or ["0"]
    if len(tal) != 1 or not TAL.fullmatch(tal[0]):
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret siger ikke, hvilken udgave af indkaldelsen det gælder")
    return int(tal[0])


def _instans(haendelse: Felter) -> datetime | None:
    match haendelse["RECURRENCE-ID"]:
        case []:
            return None
        case [felt] if "RANGE" not in felt.parametre:  # from here on: one answer for meetings that were not asked about
            return _tidspunkt(felt)
        case _:
            raise UgyldigtSvarError(Afvist.FLERE_MOEDER, "Svaret gælder flere møder i rækken på én gang")


def _tidspunkt(felt: Felt) -> datetime:
    vaerdi = felt.vaerdi.strip().upper()
    try:
        if vaerdi.endswith("Z"):
            return datetime.strptime(vaerdi, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        zone = _zone(felt.parametre.get("TZID", ZONE))
        return datetime.strptime(vaerdi, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, LookupError, OSError, OverflowError) as fejl:
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret gælder en dato, vi ikke kan læse") from fejl


def _zone(navn: str) -> ZoneInfo:
    """Outlook says "Romance Standard Time", Thunderbird and Evolution put a word of their own in front."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return koebenhavn if navn.endswith(f"/{ZONE}") else ZoneInfo(WINDOWS_TO_OLSON.get(navn, navn))


def _status(haendelse: Felter, mail: str) -> Svarstatus:
    """An answer given for another (SENT-BY, or a file written by hand) is none: nobody answers for somebody else."""
    egne: list[Felt] = []
    andre: list[Felt] = []
    for felt in haendelse["ATTENDEE"]:
        (egne if _er_adressen(_uden_mailto(felt.vaerdi), mail) else andre).append(felt)
    if not egne:
        raise UgyldigtSvarError(Afvist.FORFALSKET, EN_ANDEN_ADRESSE)
    if not all(_er_lokale(felt) for felt in andre):
        raise UgyldigtSvarError(Afvist.FLERE_DELTAGERE, "Svaret siger noget om andre end den, der svarer")
    svar = {SVAR.get(felt.parametre.get("PARTSTAT", "").upper()) for felt in egne}
    status = svar.pop()
    if svar or status is None:
        raise UgyldigtSvarError(Afvist.INTET_SVAR, "Svaret siger hverken ja, nej eller måske")
    return status


def _er_adressen(adresse: str, mail: str) -> bool:
    try:
        return _adresse(adresse) == mail
    except UgyldigtSvarError:
        return False


def _uden_mailto(cal_adresse: str) -> str:
    return unquote(re.sub(r"(?i)^\s*mailto:\s*", "", cal_adresse))


def _er_lokale(felt: Felt) -> bool:
    """A program that keeps what it got and turns only the method keeps the rooms of our call too."""
    return felt.parametre.get("CUTYPE", "").upper() in {"ROOM", "RESOURCE"}


def _adresse(tekst: str) -> str:
    """One address, with or without a name. Only A–Z are made small: K (Kelvin) made small is k, another's letter."""
    med_navn = MED_NAVN.fullmatch(tekst)
    mail = (med_navn[1] if med_navn else tekst).strip().strip("'\"")
    if not ADRESSE.fullmatch(mail):
        raise UgyldigtSvarError(Afvist.ULAESELIG, "Svaret kommer fra en adresse, vi ikke kan læse")
    return mail.lower() if mail.isascii() else mail
