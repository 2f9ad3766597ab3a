"""A reply to an invitation as a mail client writes it (RFC 5546, METHOD:REPLY). Pure: it reads, and changes nothing.

Anybody can send such a file, so the little that is needed is read here and the rest never evaluated: icalendar works
out whatever rule a VTIMEZONE in it holds, and is busy for minutes with one that changes every second since 1601.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from moeder.ical import PARTSTAT, ZONE, Svarstatus
from samarbejde.tid import koebenhavn, nu

BYTES = 200_000  # the longest that Outlook was seen to write, with our own text quoted, is a tenth
UID_TEGN = 255
SVAR = {navn: status for status, navn in PARTSTAT.items() if status != Svarstatus.AFVENTER}


class UgyldigtSvarError(ValueError):
    """One Danish sentence: what is wrong, and what to do."""

    def __init__(self, grund: str) -> None:
        super().__init__(f"{grund}; svar i stedet på mødets side.")


@dataclass(frozen=True)
class Svar:
    uid: str
    sekvens: int
    instans: datetime | None
    deltager_mail: str
    status: Svarstatus
    modtaget_den: datetime


@dataclass(frozen=True)
class Felt:
    vaerdi: str
    parametre: dict[str, str]


Felter = dict[str, list[Felt]]


def anvend_svar(ics: bytes | str, afsender: str) -> Svar:
    """`afsender` is who the mail proved to come from; only that one's answer counts, whatever the file claims."""
    kalender, haendelse = _kalender_og_haendelse(_linjer(_som_tekst(ics)))
    if [felt.vaerdi.strip().upper() for felt in kalender["METHOD"]] != ["REPLY"]:
        raise UgyldigtSvarError("Kalenderfilen er ikke et svar på en indkaldelse")
    mail = _adresse(afsender)
    return Svar(
        uid=_uid(haendelse),
        sekvens=_sekvens(haendelse),
        instans=_instans(haendelse),
        deltager_mail=mail,
        status=_status(haendelse, mail),
        modtaget_den=nu(),
    )


# --- from bytes to fields ----------------------------------------------------------------------------------------
UFOLD = re.compile(r"\r?\n[ \t]")
LINJE = re.compile(r"([A-Za-z0-9-]+)((?:;[^\";:]*(?:\"[^\"]*\"[^\";:]*)*)*):(.*)", re.DOTALL)
PARAMETER = re.compile(r";([A-Za-z0-9-]+)=((?:[^\";]|\"[^\"]*\")*)")
KALENDER, HAENDELSE = ("VCALENDAR",), ("VCALENDAR", "VEVENT")
DYBDE = 4  # a zone's half of the year lies third; a tower of BEGINs is not a calendar


def _som_tekst(ics: bytes | str) -> str:
    if len(ics) > BYTES:
        raise UgyldigtSvarError("Svaret fylder for meget til at være et svar på en indkaldelse")
    try:
        tekst = ics.decode("utf-8-sig") if isinstance(ics, bytes) else ics.removeprefix("\ufeff")
    except UnicodeDecodeError as fejl:
        raise UgyldigtSvarError("Svaret er ikke skrevet i UTF-8") from fejl
    return UFOLD.sub("", tekst)


def _linjer(tekst: str) -> list[tuple[str, Felt]]:
    return [_felt(linje.removesuffix("\r")) for linje in tekst.split("\n") if linje.strip()]


def _felt(linje: str) -> tuple[str, Felt]:
    fundet = LINJE.fullmatch(linje)
    if fundet is None:
        raise UgyldigtSvarError("Svaret er ikke en hel kalenderfil")
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
            raise UgyldigtSvarError("Svaret er ikke en hel kalenderfil")
        elif navn == "END":
            sti = sti[:-1]
        elif sti in felter:
            felter[sti][navn].append(felt)
    _kraev_en_haendelse(sti, begyndt)
    return felter[KALENDER], felter[HAENDELSE]


def _kraev_en_haendelse(sti: tuple[str, ...], begyndt: list[tuple[str, ...]]) -> None:
    if sti or begyndt.count(KALENDER) != 1:
        raise UgyldigtSvarError("Svaret er ikke en hel kalenderfil")
    if begyndt.count(HAENDELSE) != 1:
        raise UgyldigtSvarError("Svaret gælder ikke netop ét møde")


# --- what the event says -----------------------------------------------------------------------------------------
ADRESSE = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+")
MED_NAVN = re.compile(r"(?:[^<>@\"]*|\s*\"(?:[^\"\\]|\\.)*\"\s*)<([^<>]+)>\s*")
TAL = re.compile(r"[0-9]{1,9}")


def _uid(haendelse: Felter) -> str:
    uider = {re.sub(r"\\([\\;,])", r"\1", felt.vaerdi).strip() for felt in haendelse["UID"]} - {""}
    if len(uider) != 1:
        raise UgyldigtSvarError("Svaret siger ikke, hvilket møde det gælder")
    uid = uider.pop()
    if len(uid) > UID_TEGN or not uid.isprintable():
        raise UgyldigtSvarError("Svaret siger ikke, hvilket møde det gælder")
    return uid


def _sekvens(haendelse: Felter) -> int:
    """Left out it is the first, 0 (RFC 5545, 3.8.7.4)."""
    tal = [felt.vaerdi.strip() for felt in haendelse["SEQUENCE"]] or ["0"]
    if len(tal) != 1 or not TAL.fullmatch(tal[0]):
        raise UgyldigtSvarError("Svaret siger ikke, hvilken udgave af indkaldelsen det gælder")
    return int(tal[0])


def _instans(haendelse: Felter) -> datetime | None:
    match haendelse["RECURRENCE-ID"]:
        case []:
            return None
        case [felt] if "RANGE" not in felt.parametre:  # from here on: one answer for meetings that were not asked about
            return _tidspunkt(felt)
        case _:
            raise UgyldigtSvarError("Svaret gælder flere møder i rækken på én gang")


def _tidspunkt(felt: Felt) -> datetime:
    vaerdi = felt.vaerdi.strip().upper()
    try:
        if vaerdi.endswith("Z"):
            return datetime.strptime(vaerdi, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        zone = _zone(felt.parametre.get("TZID", ZONE))
        return datetime.strptime(vaerdi, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, LookupError, OSError, OverflowError) as fejl:
        raise UgyldigtSvarError("Svaret gælder en dato, vi ikke kan læse") from fejl


def _zone(navn: str) -> ZoneInfo:
    """Outlook says "Romance Standard Time", Thunderbird and Evolution put a word of their own in front."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return koebenhavn if navn.endswith(f"/{ZONE}") else ZoneInfo(WINDOWS_TO_OLSON.get(navn, navn))


def _status(haendelse: Felter, mail: str) -> Svarstatus:
    """An answer given for another (SENT-BY, or a file written by hand) is none: nobody answers for somebody else."""
    egne = [felt for felt in haendelse["ATTENDEE"] if _er_adressen(felt.vaerdi, mail)]
    if not egne:
        raise UgyldigtSvarError("Svaret kommer fra en anden adresse end den, der blev inviteret")
    svar = {SVAR.get(felt.parametre.get("PARTSTAT", "").upper()) for felt in egne}
    status = svar.pop()
    if svar or status is None:
        raise UgyldigtSvarError("Svaret siger hverken ja, nej eller måske")
    return status


def _er_adressen(cal_adresse: str, mail: str) -> bool:
    try:
        return _adresse(unquote(re.sub(r"(?i)^\s*mailto:\s*", "", cal_adresse))) == mail
    except UgyldigtSvarError:
        return False


def _adresse(tekst: str) -> str:
    """One address, with or without a name. Only A–Z are made small: K (Kelvin) made small is k, another's letter."""
    med_navn = MED_NAVN.fullmatch(tekst)
    mail = (med_navn[1] if med_navn else tekst).strip().strip("'\"")
    if not ADRESSE.fullmatch(mail):
        raise UgyldigtSvarError("Svaret kommer fra en adresse, vi ikke kan læse")
    return mail.lower() if mail.isascii() else mail
