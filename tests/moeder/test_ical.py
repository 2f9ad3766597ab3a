"""Meetings as iCalendar: what stands in a mail and a feed, read by icalendar and khal (ical.js: tests/browser)."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar.parser.property import unescape_backslash

from moeder.ical import Begivenhed, Deltagerrolle, Gentagelse, Inviteret, Svarstatus, aflysning, feed, indkaldelse
from tests.moeder.forloeb import AASE, BO, LOKALE, ONDE, SKREVET, alle, moede
from tests.moeder.laesere import med_icalendar, med_khal

KOEBENHAVN = ZoneInfo("Europe/Copenhagen")
FELTER = {
    *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "URL", "DESCRIPTION"),
    *("ORGANIZER", "ATTENDEE", "STATUS", "TRANSP"),
}


def laes(ics):
    """The calendar and its one event; a line that icalendar could not make sense of is an error here."""
    kalender = icalendar.Calendar.from_ical(ics)
    [haendelse] = kalender.walk("VEVENT")
    assert kalender.errors == haendelse.errors == []
    return kalender, haendelse


def deltagere(haendelse):
    fundet = haendelse["ATTENDEE"]
    return fundet if isinstance(fundet, list) else [fundet]


# --- every start and end -----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def khal(tmp_path_factory):
    return med_khal(tmp_path_factory.mktemp("khal"), {forloeb.navn: forloeb.ics for forloeb in alle()})


@pytest.mark.parametrize("forloeb", alle(), ids=lambda forloeb: forloeb.navn)
def test_icalendar_sees_every_start_and_end(forloeb):
    assert med_icalendar(forloeb.ics) == forloeb.ventet


@pytest.mark.parametrize("navn", [forloeb.navn for forloeb in alle()])
def test_khal_sees_every_start_and_end(khal, navn):
    assert khal[navn] == next(forloeb.ventet for forloeb in alle() if forloeb.navn == navn)


def test_the_zone_that_comes_with_the_file_is_the_zone_on_the_wall():
    """Read as written, without asking for its name: every noon and the hours around each change, 1997 to 2037."""
    kalender, _ = laes(indkaldelse(moede("zone", "2026-11-03"), AASE))
    [zone] = kalender.walk("VTIMEZONE")
    skrevet = zone.to_tz(lookup_tzid=False)
    for dag in range((date(2038, 1, 1) - date(1997, 1, 1)).days):
        for klokken in (time(0, 59), time(3, 1), time(12)):
            vaeg = datetime.combine(date(1997, 1, 1) + timedelta(days=dag), klokken)
            assert vaeg.replace(tzinfo=skrevet).utcoffset() == vaeg.replace(tzinfo=KOEBENHAVN).utcoffset(), vaeg


def test_the_zone_changes_in_the_second_the_clock_does():
    kalender, _ = laes(indkaldelse(moede("zone", "2026-11-03"), AASE))
    for halvaar in kalender.walk("DAYLIGHT") + kalender.walk("STANDARD"):
        skift = (halvaar["DTSTART"].dt - halvaar["TZOFFSETFROM"].td).replace(tzinfo=UTC)
        assert (skift - timedelta(seconds=1)).astimezone(KOEBENHAVN).utcoffset() == halvaar["TZOFFSETFROM"].td
        assert skift.astimezone(KOEBENHAVN).utcoffset() == halvaar["TZOFFSETTO"].td


@given(start=st.datetimes(datetime(2020, 1, 1), datetime(2037, 1, 1)), minutter=st.integers(1, 60 * 24 * 3))
def test_any_time_comes_back_as_it_was(start, minutter):
    start = start.replace(second=0, microsecond=0, tzinfo=UTC)
    b = moede("tid", "2026-11-03", begynder=start, slutter=start + timedelta(minutes=minutter))
    _, haendelse = laes(indkaldelse(b, AASE))
    assert haendelse["DTSTART"].dt.astimezone(UTC) == b.begynder
    assert haendelse["DTEND"].dt.astimezone(UTC) == b.slutter


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="ingen tidszone"):
        indkaldelse(moede("naiv", "2026-11-03", begynder=datetime(2026, 11, 3, 8, 30)), AASE)


# --- who reads what ----------------------------------------------------------------------------------------------
def test_an_invitation_names_its_reader_and_the_room_and_nobody_else():
    """One recipient a mail; the others' addresses are nobody's business (quality: mail)."""
    ics = indkaldelse(moede("hvem", "2026-11-03"), AASE)
    kalender, haendelse = laes(ics)
    assert kalender["METHOD"] == "REQUEST"
    assert deltagere(haendelse) == [f"mailto:{AASE.mail}", f"mailto:{LOKALE.mail}"]
    assert [en.params["CN"] for en in deltagere(haendelse)] == [AASE.navn, LOKALE.navn]
    assert deltagere(haendelse)[1].params["CUTYPE"] == "ROOM"
    assert haendelse["ORGANIZER"] == "mailto:moeder@samarbejde.example"
    assert haendelse["ORGANIZER"].params["CN"] == "Stærkt samarbejde"
    assert BO.mail not in ics.replace("\r\n ", "")
    assert BO.navn not in ics.replace("\r\n ", "")


def test_an_invitation_to_the_room_itself_names_it_once():
    _, haendelse = laes(indkaldelse(moede("lokale", "2026-11-03"), LOKALE))
    assert deltagere(haendelse) == [f"mailto:{LOKALE.mail}"]


@pytest.mark.parametrize(
    ("status", "partstat"),
    [("afventer", "NEEDS-ACTION"), ("accepteret", "ACCEPTED"), ("afbud", "DECLINED"), ("maaske", "TENTATIVE")],
)
def test_an_answer_that_is_given_stands_in_the_next_update(status, partstat):
    _, haendelse = laes(indkaldelse(moede("svar", "2026-11-03"), replace(AASE, status=Svarstatus(status))))
    assert deltagere(haendelse)[0].params["PARTSTAT"] == partstat


@pytest.mark.parametrize(
    ("rolle", "role"),
    [("moedeleder", "CHAIR"), ("deltager", "REQ-PARTICIPANT"), ("valgfri", "OPT-PARTICIPANT")],
)
def test_the_part_one_plays(rolle, role):
    _, haendelse = laes(indkaldelse(moede("rolle", "2026-11-03"), replace(AASE, rolle=Deltagerrolle(rolle))))
    assert deltagere(haendelse)[0].params["ROLE"] == role


def test_a_change_is_the_same_meeting_with_a_higher_number():
    foer = moede("aendret", "2026-11-03")
    efter = replace(foer, sekvens=4, begynder=foer.begynder + timedelta(hours=1), aendret_den=SKREVET + timedelta(1))
    (_, gammel), (_, ny) = laes(indkaldelse(foer, AASE)), laes(indkaldelse(efter, AASE))
    assert ny["UID"] == gammel["UID"]
    assert (gammel["SEQUENCE"], ny["SEQUENCE"]) == (0, 4)
    assert ny["DTSTAMP"].dt > gammel["DTSTAMP"].dt


def test_called_off_says_so_to_the_method_and_to_the_meeting():
    kalender, haendelse = laes(aflysning(moede("aflyst", "2026-11-03", sekvens=2), AASE))
    assert (kalender["METHOD"], haendelse["STATUS"], haendelse["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)


def test_one_who_was_taken_out_is_told_alone():
    """The meeting goes on without Bo: the mail is about Bo, who is no longer among the invited."""
    b = moede("fjernet", "2026-11-03", sekvens=2, deltagere=(AASE, LOKALE))
    ics = aflysning(b, BO)
    _, haendelse = laes(ics)
    assert deltagere(haendelse)[0] == f"mailto:{BO.mail}"
    assert AASE.mail not in ics.replace("\r\n ", "")


def test_the_link_stands_in_the_text_too_but_once():
    """Outlook shows no URL."""
    link = "https://samarbejde.example/moeder/7/"
    _, haendelse = laes(indkaldelse(moede("link", "2026-11-03"), AASE))
    assert haendelse["URL"] == link
    assert haendelse["DESCRIPTION"] == f"Forbered dig på mødets side.\n\n{link}"
    _, haendelse = laes(indkaldelse(moede("link", "2026-11-03", beskrivelse=f"Se {link} først."), AASE))
    assert haendelse["DESCRIPTION"] == f"Se {link} først."


def test_a_meeting_with_nothing_but_a_time_has_no_empty_lines():
    b = Begivenhed("kun-tid", 0, SKREVET, SKREVET + timedelta(hours=1), "Møde", SKREVET)
    assert not re.search(r"^[A-Z-]+:\r$", feed([b], "Mine møder"), re.MULTILINE)


def test_a_meeting_that_takes_no_time_from_the_day():
    _, haendelse = laes(indkaldelse(moede("fri", "2026-11-03", transp="TRANSPARENT"), AASE))
    assert haendelse["TRANSP"] == "TRANSPARENT"


# --- the feed ----------------------------------------------------------------------------------------------------
def test_a_feed_has_no_method_and_nobody_to_answer():
    ics = feed([moede("a", "2026-11-03"), moede("b", "2026-11-10", aflyst=True)], "Åses møder")
    kalender = icalendar.Calendar.from_ical(ics)
    assert "METHOD" not in kalender
    assert kalender["X-WR-CALNAME"] == kalender["NAME"] == "Åses møder"
    assert kalender["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert kalender["X-PUBLISHED-TTL"] == "PT1H"
    assert [str(h["STATUS"]) for h in kalender.walk("VEVENT")] == ["CONFIRMED", "CANCELLED"]
    assert "mailto:" not in ics
    assert len(kalender.walk("VTIMEZONE")) == 1


def test_an_empty_feed_is_a_calendar():
    assert icalendar.Calendar.from_ical(feed([], "Mine møder")).walk("VEVENT") == []


def test_a_feed_that_nobody_changed_is_the_same_to_the_byte():
    """Else no 304 (quality: feed)."""
    moeder = [moede("a", "2026-11-03"), moede("b", "2026-11-10", gentages=Gentagelse(3))]
    assert feed(moeder, "Mine møder") == feed(moeder, "Mine møder")


# --- the lines, and texts that want out of them ------------------------------------------------------------------
def kraev_hele_linjer(ics):
    """75 octets a line, each of them UTF-8 by itself, CRLF and no other end (RFC 5545, 3.1)."""
    oktetter = ics.encode()
    assert oktetter.endswith(b"END:VCALENDAR\r\n")
    for linje in oktetter.removesuffix(b"\r\n").split(b"\r\n"):
        assert 0 < len(linje) <= 75
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", linje.decode())


@pytest.mark.parametrize("ics", [forloeb.ics for forloeb in alle()], ids=[forloeb.navn for forloeb in alle()])
def test_the_lines_of_every_file(ics):
    kraev_hele_linjer(ics)


@pytest.mark.parametrize("laengde", range(60, 90))
@pytest.mark.parametrize("tegn", ["x", "æ", "€", "👍"])
def test_a_long_line_is_never_broken_inside_a_character(tegn, laengde):
    titel = tegn * laengde
    ics = indkaldelse(moede("lang", "2026-11-03", titel=titel), AASE)
    kraev_hele_linjer(ics)
    assert laes(ics)[1]["SUMMARY"] == titel


def ren(tekst):
    """What is left of a text in a calendar: no control characters, no halves of characters, one kind of new line."""
    tekst = re.sub("\r\n|[\r\n\v\f\x85\u2028\u2029]", "\n", tekst)
    return "".join(
        " " if tegn != "\n" and re.match(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", tegn) else tegn for tegn in tekst
    )


def kraev_hele_tekster(tekst, mail):
    hvem = Inviteret(mail, tekst)
    b = moede("tekst", "2026-11-03", titel=tekst, sted=f"x{tekst}", beskrivelse=f"{tekst}x")
    b = replace(b, uid=f"u{tekst}", organisator_navn=tekst, organisator_mail=mail)
    b = replace(b, link=f"https://samarbejde.example/{tekst}")
    ics = indkaldelse(b, hvem)
    kraev_hele_linjer(ics)
    kalender, haendelse = laes(ics)
    assert set(haendelse) == FELTER
    assert set(kalender) == {"VERSION", "PRODID", "CALSCALE", "METHOD"}
    linje = ren(" ".join(tekst.split()))
    assert haendelse["SUMMARY"] == linje
    assert haendelse["LOCATION"] == ren(" ".join(f"x{tekst}".split()))
    assert haendelse["UID"] == ren(" ".join(f"u{tekst}".split()))
    assert haendelse["DESCRIPTION"].startswith(ren(f"{tekst}x"))
    assert haendelse["URL"].startswith("https://samarbejde.example/")
    # In a parameter nothing is escaped, and some readers unescape all the same: no backslash, so one reading.
    navn = linje.replace('"', "'").replace("^", "").replace("\\", "")
    assert [en.params["CN"] for en in (haendelse["ORGANIZER"], deltagere(haendelse)[0])] == [navn, navn]
    assert [set(en.params) for en in deltagere(haendelse)[:1]] == [{"CN", "CUTYPE", "ROLE", "PARTSTAT", "RSVP"}]
    assert len(deltagere(haendelse)) == 2
    navne = icalendar.Calendar.from_ical(feed([b], tekst))
    assert {unescape_backslash(navne[felt]) for felt in ("NAME", "X-WR-CALNAME")} == {linje}  # left raw (RFC 7265)


@pytest.mark.parametrize("ondt", ONDE)
def test_a_marked_text_stays_in_its_property(ondt):
    kraev_hele_tekster(ondt, f"{ondt}@ond.example")


def test_khal_sees_one_meeting_where_a_text_wants_to_be_two(tmp_path):
    filer = {
        f"ond{nr}": indkaldelse(moede(f"ond{nr}", "2026-11-03", titel=ondt, sted=ondt, beskrivelse=ondt), AASE)
        for nr, ondt in enumerate(ONDE)
    }
    et_moede = [["2026-11-03T07:30", "2026-11-03T09:30", "CONFIRMED"]]
    assert med_khal(tmp_path, filer) == dict.fromkeys(filer, et_moede)


# Mostly what has a meaning in iCalendar, then anything at all: half characters too.
TEGN = st.one_of(st.sampled_from('\\;,:"^\r\n\t nN=\x00\x85\u2028æ👍'), st.characters(codec=None))


@settings(deadline=None, max_examples=300, derandomize=True, database=None)
@given(tekst=st.text(TEGN, max_size=120), mail=st.text(TEGN, max_size=40))
@example(tekst="\\,", mail="")
def test_any_text_stays_in_its_property(tekst, mail):
    kraev_hele_tekster(tekst, mail)
