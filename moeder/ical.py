"""Meetings as iCalendar (RFC 5545, 5546): mails to one recipient each, a feed for one person, and a reply by mail.

Rendered by hand: icalendar takes twelve times as long for a feed. The tests read every line back with icalendar,
khal and ical.js. Nothing here knows a table. Titles come from the caller, neutral: a calendar is read over shoulders.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal
from urllib.parse import quote

from samarbejde.tid import lokal

ZONE = "Europe/Copenhagen"


class Svarstatus(StrEnum):
    AFVENTER = "afventer"
    ACCEPTERET = "accepteret"
    AFBUD = "afbud"
    MAASKE = "maaske"


class Deltagerrolle(StrEnum):
    MOEDELEDER = "moedeleder"
    DELTAGER = "deltager"
    VALGFRI = "valgfri"


PARTSTAT = {
    Svarstatus.AFVENTER: "NEEDS-ACTION",
    Svarstatus.ACCEPTERET: "ACCEPTED",
    Svarstatus.AFBUD: "DECLINED",
    Svarstatus.MAASKE: "TENTATIVE",
}
ROLE = {
    Deltagerrolle.MOEDELEDER: "CHAIR",
    Deltagerrolle.DELTAGER: "REQ-PARTICIPANT",
    Deltagerrolle.VALGFRI: "OPT-PARTICIPANT",
}


@dataclass(frozen=True)
class Inviteret:
    mail: str
    navn: str
    status: Svarstatus = Svarstatus.AFVENTER
    rolle: Deltagerrolle = Deltagerrolle.DELTAGER
    er_lokale: bool = False


@dataclass(frozen=True)
class Gentagelse:
    """Every week or every n weeks, at the same time on the wall. `antal` counts the dates left out too; a count and
    not a last day, since a last day is in UTC and every reader turns it its own way."""

    antal: int
    uger: int = 1


@dataclass(frozen=True)
class Begivenhed:
    """One meeting, one series, or (with `instans`, the start it had) one meeting of a series that differs from it.

    A change has the same uid and a higher sekvens, and so has what is called off.
    """

    uid: str
    sekvens: int
    begynder: datetime
    slutter: datetime
    titel: str
    aendret_den: datetime
    sted: str = ""
    link: str = ""
    beskrivelse: str = ""
    organisator_navn: str = ""
    organisator_mail: str = ""
    deltagere: tuple[Inviteret, ...] = ()
    aflyst: bool = False
    gentages: Gentagelse | None = None
    fravalgt: tuple[datetime, ...] = ()
    instans: datetime | None = None
    transp: Literal["OPAQUE", "TRANSPARENT"] = "OPAQUE"
    # Only a reservation so far.
    foreloebig: bool = False
    # Whether a reply by mail is asked for: only where somebody reads the organiser's mailbox.
    svar_paa_mail: bool = True


# --- the three documents -----------------------------------------------------------------------------------------
def indkaldelse(b: Begivenhed, til: Inviteret) -> str:
    """A new meeting or a change of one, to one recipient: nobody learns the address of another (only of rooms)."""
    return _kalender("METHOD:REQUEST", haendelser=[_haendelse(b, _parter(b, til))])


def aflysning(b: Begivenhed, til: Inviteret) -> str:
    """Called off, or called off for `til` alone, who was taken out: then the others hear nothing."""
    return _kalender("METHOD:CANCEL", haendelser=[_haendelse(b, _parter(b, til), aflyst=True)])


def feed(begivenheder: Iterable[Begivenhed], navn: str) -> str:
    """For a calendar that subscribes: no METHOD, nobody to answer, what is called off stays and says so."""
    hoved = [f"{felt}:{_linje(navn)}" for felt in ("NAME", "X-WR-CALNAME")]
    hoved += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    return _kalender(*hoved, haendelser=[_haendelse(b, []) for b in begivenheder])


# With the zones that icalendar adds by itself (7.3), ical.js moves every summer meeting by an hour. This is the rule
# of the EU since 1996.
VTIMEZONE = (
    *("BEGIN:VTIMEZONE", f"TZID:{ZONE}", f"X-LIC-LOCATION:{ZONE}"),
    *("BEGIN:DAYLIGHT", "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "DTSTART:19960331T020000"),
    *("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"),
    *("BEGIN:STANDARD", "TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19961027T030000"),
    *("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE"),
)
HOVED = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Staerkt samarbejde//Moeder//DA", "CALSCALE:GREGORIAN")


def _kalender(*hoved: str, haendelser: Iterable[list[str]]) -> str:
    linjer = [*HOVED, *hoved, *VTIMEZONE]
    for haendelse in haendelser:
        linjer += haendelse
    return "\r\n".join([*map(_fold, linjer), "END:VCALENDAR", ""])


def _haendelse(b: Begivenhed, parter: list[str], *, aflyst: bool = False) -> list[str]:
    aendret = _utc(b.aendret_den)
    linjer = [
        *("BEGIN:VEVENT", f"UID:{_linje(b.uid)}", f"SEQUENCE:{b.sekvens:d}"),
        *(f"DTSTAMP:{aendret}", f"LAST-MODIFIED:{aendret}"),
        *(f"DTSTART{_tid(b.begynder)}", f"DTEND{_tid(b.slutter)}", *_raekke(b)),
        f"SUMMARY:{_linje(b.titel)}",
    ]
    if b.sted:
        linjer.append(f"LOCATION:{_linje(b.sted)}")
    if b.link:
        linjer.append(f"URL:{_uri(b.link)}")
    if tekst := _beskrivelse(b):
        linjer.append(f"DESCRIPTION:{tekst}")
    status = "CANCELLED" if aflyst or b.aflyst else "TENTATIVE" if b.foreloebig else "CONFIRMED"
    transp = "TRANSPARENT" if b.transp == "TRANSPARENT" else "OPAQUE"
    return [*linjer, *parter, f"STATUS:{status}", f"TRANSP:{transp}", "END:VEVENT"]


def _raekke(b: Begivenhed) -> Iterator[str]:
    if b.instans is not None:
        yield f"RECURRENCE-ID{_tid(b.instans)}"
    if b.gentages is not None:
        yield f"RRULE:FREQ=WEEKLY;INTERVAL={b.gentages.uger:d};COUNT={b.gentages.antal:d}"
    for dag in b.fravalgt:
        yield f"EXDATE{_tid(dag)}"


def _parter(b: Begivenhed, til: Inviteret) -> list[str]:
    organisator = f"ORGANIZER;CN={_parameter(b.organisator_navn)}:{_mailto(b.organisator_mail)}"
    lokaler = [en for en in b.deltagere if en.er_lokale and en.mail and en.mail != til.mail]
    return [organisator, *(_deltager(en, svar_paa_mail=b.svar_paa_mail) for en in [til, *lokaler])]


def _deltager(en: Inviteret, *, svar_paa_mail: bool) -> str:
    slags = "CUTYPE=ROOM;ROLE=NON-PARTICIPANT" if en.er_lokale else f"CUTYPE=INDIVIDUAL;ROLE={ROLE[en.rolle]}"
    rsvp = "TRUE" if svar_paa_mail else "FALSE"
    return f"ATTENDEE;CN={_parameter(en.navn)};{slags};PARTSTAT={PARTSTAT[en.status]};RSVP={rsvp}:{_mailto(en.mail)}"


def _beskrivelse(b: Begivenhed) -> str:
    """Outlook shows no URL, so the link stands last in the text too."""
    dele = [b.beskrivelse, b.link if b.link not in b.beskrivelse else ""]
    return _tekst("\n\n".join(filter(None, dele)))


# --- values ------------------------------------------------------------------------------------------------------
LINJESKIFT = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# What a text may not hold: control characters, and half a character pair, which is no UTF-8.
ULOVLIGE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def _tekst(tekst: str) -> str:
    tekst = ULOVLIGE.sub(" ", LINJESKIFT.sub("\n", tekst))
    tekst = tekst.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return tekst.replace("\n", "\\n")


def _linje(tekst: str) -> str:
    """A title or a place is one line, whatever was pasted into it."""
    return _tekst(" ".join(tekst.split()))


def _parameter(tekst: str) -> str:
    """Quoted; a quote, ^ (the escape of RFC 6868 that Outlook does not know) and a backslash, which some readers take
    for an escape, have no place in a name.
    """
    rent = ULOVLIGE.sub(" ", " ".join(tekst.split()))
    return f'"{rent.replace(chr(34), chr(39)).replace("^", "").replace(chr(92), "")}"'


def _mailto(mail: str) -> str:
    return "mailto:" + quote(mail, safe="@.!#$&'*+/=?_`{|}~-", errors="replace")


def _uri(link: str) -> str:
    return quote(link, safe="%/:?#[]@!$&'()*+,;=~", errors="replace")


def _utc(tidspunkt: datetime) -> str:
    return f"{lokal(tidspunkt).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _tid(tidspunkt: datetime) -> str:
    """The time on the wall, which a series keeps over both changes. What stands between two and three at night comes
    twice in October, and readers differ on which is meant: that is written in UTC."""
    paa_vaeggen = lokal(tidspunkt)
    if paa_vaeggen.hour == 2:
        return f":{_utc(tidspunkt)}"
    return f";TZID={ZONE}:{paa_vaeggen:%Y%m%dT%H%M%S}"


OKTETTER = 75


def _fold(linje: str) -> str:
    """At most 75 octets a line (RFC 5545, 3.1), and never in the middle of a character."""
    oktetter = linje.encode()
    if len(oktetter) <= OKTETTER:
        return linje
    dele, fra, plads = [], 0, OKTETTER
    while len(oktetter) - fra > plads:
        til = fra + plads
        while oktetter[til] & 0xC0 == 0x80:  # in the middle of a character
            til -= 1
        dele.append(oktetter[fra:til])
        fra, plads = til, OKTETTER - 1  # the space in front counts
    return b"\r\n ".join([*dele, oktetter[fra:]]).decode()
