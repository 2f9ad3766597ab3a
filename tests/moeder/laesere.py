"""Two calendar programs as readers of our files: [start, end, status] of every meeting, in UTC to the minute."""

import json
import subprocess
import sys
from datetime import UTC, date
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr

UTC_MINUT = "%Y-%m-%dT%H:%M"
# Local time is UTC, so that khal itself reckons from our zone to it.
KHAL = """
[calendars]
[[moeder]]
path = {mappe}/kalender
type = calendar
[sqlite]
path = {mappe}/khal.db
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
[default]
default_calendar = moeder
"""


def med_icalendar(ics: str) -> list[list[str]]:
    """icalendar reads, dateutil lays the series out on the wall clock, as RFC 5545 says."""
    kalender = icalendar.Calendar.from_ical(ics)
    haendelser = kalender.walk("VEVENT")
    saerlige = {(str(h["UID"]), h["RECURRENCE-ID"].dt.astimezone(UTC)) for h in haendelser if "RECURRENCE-ID" in h}
    fundet = []
    for h in haendelser:
        varighed = h["DTEND"].dt.astimezone(UTC) - h["DTSTART"].dt.astimezone(UTC)
        for start in _starter(h):
            if "RECURRENCE-ID" in h or (str(h["UID"]), start) not in saerlige:
                fundet.append([f"{start:{UTC_MINUT}}", f"{start + varighed:{UTC_MINUT}}", str(h["STATUS"])])
    return sorted(fundet)


def _starter(haendelse):
    foerste = haendelse["DTSTART"].dt
    if "RRULE" not in haendelse:
        return [foerste.astimezone(UTC)]
    vaeg = rrulestr(haendelse["RRULE"].to_ical().decode(), dtstart=foerste.replace(tzinfo=None))
    uden = haendelse.get("EXDATE", [])
    uden = {ud.dt.astimezone(UTC) for en in (uden if isinstance(uden, list) else [uden]) for ud in en.dts}
    zone = ZoneInfo("Europe/Copenhagen")
    return [start for tid in vaeg if (start := tid.replace(tzinfo=zone).astimezone(UTC)) not in uden]


def med_khal(mappe, filer: dict[str, str]) -> dict[str, list[list[str]]]:
    """The program itself, in a process of its own: it turns icalendar over to another time zone library for good.

    Each file is a calendar of its own in the same run; the answer is by file name.
    """
    (mappe / "config").write_text(KHAL.format(mappe=mappe), encoding="utf-8")
    (mappe / "kalender").mkdir()
    hvis = {}
    for navn, ics in filer.items():
        (mappe / f"{navn}.ics").write_bytes(ics.encode())
        hvis |= {str(h["UID"]): navn for h in icalendar.Calendar.from_ical(ics).walk("VEVENT")}
    _khal(mappe, "import", "--batch", *(f"{mappe}/{navn}.ics" for navn in filer))
    felter = [ord for felt in ("uid", "start", "end", "status") for ord in ("--json", felt)]
    fra, til = date(2026, 1, 1), date(2028, 2, 1)
    dage = _khal(mappe, "list", *felter, str(fra), f"{(til - fra).days}d").splitlines()
    fundet = {navn: set() for navn in filer}  # a night is listed on both its days
    for en in (en for dag in dage for en in json.loads(dag)):
        fundet[hvis[en["uid"]]].add((en["start"], en["end"], en["status"]))
    return {navn: [list(tid) for tid in sorted(tider)] for navn, tider in fundet.items()}


def _khal(mappe, *ord: str) -> str:
    miljoe = {"HOME": str(mappe), "PATH": "", "LANG": "C.UTF-8", "TZ": "UTC"}
    kald = [sys.executable, "-m", "khal", "-c", f"{mappe}/config", *ord]
    koert = subprocess.run(kald, env=miljoe, capture_output=True, text=True, check=False, timeout=120)
    assert koert.returncode == 0, koert.stderr
    assert koert.stderr == "", "khal har noget at indvende"
    return koert.stdout
