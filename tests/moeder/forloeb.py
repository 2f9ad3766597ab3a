"""Meetings as three readers must see them: each course of events with its file and every start and end in UTC, literal.

The readers: icalendar and khal in tests/moeder/test_ical.py, ical.js in tests/browser/test_ical_js.py.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from moeder.ical import Begivenhed, Gentagelse, Inviteret, aflysning, feed, indkaldelse
from samarbejde.tid import fra_lokal

AASE = Inviteret("aase@aaby.example", "Åse Ærø")
BO = Inviteret("bo@aaby.example", "Bo Bang")
LOKALE = Inviteret("lokale12@aaby.example", "Åby Skole, lokale 12", er_lokale=True)
SKREVET = fra_lokal(date(2026, 1, 5), time(12))


@dataclass(frozen=True)
class Forloeb:
    navn: str
    ics: str
    ventet: list[list[str]]
    """[start, end, status], in UTC to the minute"""


def moede(uid: str, dag: str, fra: str = "08:30", til: str = "10:30", **andet) -> Begivenhed:
    """`dag`, `fra` and `til` as the clock on the wall shows them."""
    felter = {
        "uid": f"{uid}@samarbejde.example",
        "sekvens": 0,
        "begynder": vaeg(dag, fra),
        "slutter": vaeg(dag, til),
        "titel": "Møde i ressourcecentret",
        "aendret_den": SKREVET,
        "sted": "Åby Skole, lokale 12",
        "link": "https://samarbejde.example/moeder/7/",
        "beskrivelse": "Forbered dig på mødets side.",
        "organisator_navn": "Stærkt samarbejde",
        "organisator_mail": "moeder@samarbejde.example",
        "deltagere": (AASE, BO, LOKALE),
    }
    return Begivenhed(**felter | andet)


def vaeg(dag: str, klokken: str) -> datetime:
    return fra_lokal(date.fromisoformat(dag), time.fromisoformat(klokken))


def ved(*tider: str, status: str = "CONFIRMED") -> list[list[str]]:
    """`"2026-10-19T06:30/08:30"`"""
    return [[tid[:16], f"{tid[:10]}T{tid[17:]}", status] for tid in tider]


def _ugentlig(uid: str, foerste: str, antal: int, uger: int = 1, **andet) -> Begivenhed:
    return moede(uid, foerste, gentages=Gentagelse(antal=antal, uger=uger), **andet)


def _flyttet(raekke: Begivenhed, fra: str, til: str) -> Begivenhed:
    nyt = moede("x", til, "13:00", "14:00")
    return _en_af(raekke, fra, begynder=nyt.begynder, slutter=nyt.slutter)


def _en_af(raekke: Begivenhed, dag: str, **nyt) -> Begivenhed:
    """One meeting of the series that differs from it."""
    som_den_var = {"instans": vaeg(dag, "08:30"), "begynder": vaeg(dag, "08:30"), "slutter": vaeg(dag, "10:30")}
    return replace(raekke, sekvens=1, gentages=None, fravalgt=(), **som_den_var | nyt)


def _hele_aaret() -> list[list[str]]:
    """Every Tuesday of 2027; the clock changes on 28 March and 31 October."""
    dage = [date(2027, 1, 5) + timedelta(weeks=uge) for uge in range(52)]
    sommer = [date(2027, 3, 28) <= dag < date(2027, 10, 31) for dag in dage]
    return ved(*(f"{dag}T06:30/08:30" if s else f"{dag}T07:30/09:30" for dag, s in zip(dage, sommer, strict=True)))


def alle() -> list[Forloeb]:
    return [*_over_tidsskift(), *_naetter(), *_aendringer(), *_kalenderaaret()]


def _over_tidsskift() -> list[Forloeb]:
    """The wall clock says 8.30 on both sides of each change of 2026 and 2027."""
    forventet = {
        "foraar-2026": ("2026-03-23", ["2026-03-23T07:30/09:30", "2026-03-30T06:30/08:30"]),
        "efteraar-2026": ("2026-10-19", ["2026-10-19T06:30/08:30", "2026-10-26T07:30/09:30"]),
        "foraar-2027": ("2027-03-22", ["2027-03-22T07:30/09:30", "2027-03-29T06:30/08:30"]),
        "efteraar-2027": ("2027-10-25", ["2027-10-25T06:30/08:30", "2027-11-01T07:30/09:30"]),
    }
    raekker = [
        Forloeb(f"raekke-{navn}", indkaldelse(_ugentlig(navn, dag, 2), AASE), ved(*tider))
        for navn, (dag, tider) in forventet.items()
    ]
    hver_for_sig = [
        Forloeb(
            f"enkelt-{navn}",
            feed([moede(f"e{nr}-{navn}", tid[:10]) for nr, tid in enumerate(tider)], "Mine møder"),
            ved(*tider),
        )
        for navn, (_, tider) in forventet.items()
    ]
    return raekker + hver_for_sig


def _naetter() -> list[Forloeb]:
    """Nobody meets then, but a time that readers disagree on must not exist: the hour that comes twice, the hour that
    never comes, and a night that lasts an hour more or less."""
    tid = datetime.fromisoformat
    ekstra = {
        "to-gange-foerst": ("2026-10-25T00:30", "2026-10-25T00:45"),
        "to-gange-sidst": ("2026-10-25T01:30", "2026-10-25T01:45"),
        "over-vinternatten": ("2026-10-24T22:30", "2026-10-25T02:30"),
        "over-sommernatten": ("2027-03-28T00:30", "2027-03-28T01:30"),
    }
    return [
        Forloeb(
            navn,
            indkaldelse(moede(navn, "2026-10-25", begynder=tid(f"{fra}Z"), slutter=tid(f"{til}Z")), AASE),
            [[fra, til, "CONFIRMED"]],
        )
        for navn, (fra, til) in ekstra.items()
    ]


def _aendringer() -> list[Forloeb]:
    raekke = _ugentlig("flyttet", "2026-10-13", 3)
    afbud = _ugentlig("aflyst-en", "2026-10-13", 3)
    ude = moede("fjernet", "2026-11-03", sekvens=2, deltagere=(AASE, LOKALE))
    flyttet = _flyttet(raekke, "2026-10-20", "2026-10-26")
    foer_efter = ["2026-10-13T06:30/08:30", "2026-10-27T07:30/09:30"]
    return [
        Forloeb(
            "flyttet-over-tidsskift",
            feed([raekke, flyttet], "Mine møder"),
            sorted(ved(*foer_efter, "2026-10-26T12:00/13:00")),
        ),
        Forloeb(
            "flyttet-som-mail",
            indkaldelse(replace(flyttet, uid="flyttet-mail@samarbejde.example"), AASE),
            ved("2026-10-26T12:00/13:00"),
        ),
        Forloeb(
            "aflyst-en",
            feed([afbud, _en_af(afbud, "2026-10-20", aflyst=True)], "Mine møder"),
            sorted(ved(*foer_efter) + ved("2026-10-20T06:30/08:30", status="CANCELLED")),
        ),
        Forloeb(
            "aflyst-en-som-mail",
            aflysning(_en_af(replace(afbud, uid="aflyst-mail@samarbejde.example"), "2026-10-27"), AASE),
            ved("2026-10-27T07:30/09:30", status="CANCELLED"),
        ),
        Forloeb("fjernet-deltager", aflysning(ude, BO), ved("2026-11-03T07:30/09:30", status="CANCELLED")),
        Forloeb(
            "flyttet-hel",
            indkaldelse(moede("flyttet-hel", "2027-06-01", "12:15", "13:00", sekvens=3), BO),
            ved("2027-06-01T10:15/11:00"),
        ),
    ]


def _kalenderaaret() -> list[Forloeb]:
    """Week 53 of 2026, a whole year over 31 July, and every third week with two dates left out."""
    fravalgt = (vaeg("2026-09-22", "08:30"), vaeg("2026-11-03", "08:30"))
    return [
        Forloeb(
            "uge-53",
            indkaldelse(_ugentlig("uge-53", "2026-12-22", 3), AASE),
            ved("2026-12-22T07:30/09:30", "2026-12-29T07:30/09:30", "2027-01-05T07:30/09:30"),
        ),
        Forloeb("hele-aaret", feed([_ugentlig("hele-aaret", "2027-01-05", 52)], "Mine møder"), _hele_aaret()),
        Forloeb(
            "hver-tredje-uge",
            indkaldelse(_ugentlig("hver-tredje-uge", "2026-09-01", 5, 3, fravalgt=fravalgt), AASE),
            ved("2026-09-01T06:30/08:30", "2026-10-13T06:30/08:30", "2026-11-24T07:30/09:30"),
        ),
    ]


# Marked payloads: what would show if one of them got out of its property.
ONDE = [
    "PWNED\r\nATTENDEE:mailto:ond@ond.example",
    "PWNED\nEND:VEVENT\nBEGIN:VEVENT\nUID:ond",
    "PWNED\rX-OND:1",
    "PWNED\r\n X-OND:1",
    "PWNED\u2028X-OND:1\u2029X-OND:2\x85X-OND:3\x0bX-OND:4\x0cX-OND:5",
    "PWNED\\nX-OND:1",
    "PWNED\\",
    'PWNED";X-OND=1:mailto:ond@ond.example',
    "PWNED^nX-OND:1^'^^",
    "PWNED;X-OND=1:ond,ond",
    "PWNED\x00\x07\x1b[31m\x7f",
    "PWNED \ud83d og \udc4d",
    "PWNED 👩‍👩‍👧‍👦" + " 👍🏽" * 40,
    "PWNED " + "æøå" * 60,
    "PWNED <script>alert(1)</script> {{ 7*7 }} =1+1",
]
