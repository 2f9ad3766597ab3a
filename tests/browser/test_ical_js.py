"""ical.js, Thunderbird's reader, run in Chromium: the third opinion on every start and end (issue: calendar)."""

from pathlib import Path

import pytest

from moeder.ical import feed, indkaldelse
from tests.moeder.forloeb import AASE, ONDE, alle, moede

ICAL_JS = Path(__file__).resolve().parents[1] / "moeder" / "ical_js" / "ical.min.js"
TIDER = """ics => {
  const haendelser = new ICAL.Component(ICAL.parse(ics)).getAllSubcomponents("vevent").map(v => new ICAL.Event(v));
  const minut = tid => new Date(tid.toUnixTime() * 1000).toISOString().slice(0, 16);
  const raekker = haendelser.filter(h => h.isRecurring());
  const fundet = [];
  const husk = (h, fra, til) => fundet.push([minut(fra), minut(til), h.component.getFirstPropertyValue("status")]);
  for (const h of haendelser.filter(h => !h.isRecurring())) {
    const raekke = raekker.find(r => r.uid === h.uid);
    if (raekke) raekke.relateException(h);
    else husk(h, h.startDate, h.endDate);
  }
  for (const raekke of raekker) {
    const gang = raekke.iterator();
    for (let tid; (tid = gang.next()); ) {
      const en = raekke.getOccurrenceDetails(tid);
      husk(en.item, en.startDate, en.endDate);
    }
  }
  return fundet.sort();
}"""
TEKSTER = """ics => {
  const kalender = new ICAL.Component(ICAL.parse(ics));
  const haendelser = kalender.getAllSubcomponents("vevent");
  const vaerdi = navn => haendelser[0].getFirstPropertyValue(navn);
  return {
    felter: haendelser.map(h => h.getAllProperties().map(f => f.name).sort()),
    kalender: kalender.getAllProperties().map(f => f.name),
    tekster: [vaerdi("summary"), vaerdi("location"), vaerdi("uid")],
    beskrivelse: vaerdi("description"),
    navne: haendelser[0].getAllProperties("attendee").map(f => f.getParameter("cn")),
  };
}"""


@pytest.fixture(scope="module")
def ical_js(chromium):
    """`ical_js(TIDER, ics)`; an empty page of its own, no site and no network."""
    side = chromium.new_page(
        timezone_id="America/New_York"
    )  # a reader elsewhere must reckon, not take it from the clock
    side.add_script_tag(content=ICAL_JS.read_text(encoding="utf-8"))
    yield side.evaluate
    side.close()


@pytest.mark.parametrize("forloeb", alle(), ids=lambda forloeb: forloeb.navn)
def test_ical_js_sees_every_start_and_end(ical_js, forloeb):
    assert ical_js(TIDER, forloeb.ics) == forloeb.ventet


def test_ical_js_would_notice_a_wrong_zone(ical_js):
    """The check itself: a zone without summer moves the meetings of the summer and no others."""
    hele_aaret = next(forloeb for forloeb in alle() if forloeb.navn == "hele-aaret")
    uden_sommer = hele_aaret.ics.replace("TZOFFSETTO:+0200", "TZOFFSETTO:+0100")
    tider = ical_js(TIDER, uden_sommer)
    assert len([1 for set_, ventet in zip(tider, hele_aaret.ventet, strict=True) if set_ != ventet]) == 31


@pytest.mark.parametrize("ondt", ONDE)
def test_ical_js_keeps_a_marked_text_in_its_property(ical_js, ondt):
    almindelig = ical_js(TEKSTER, indkaldelse(moede("ondt", "2026-11-03"), AASE))
    b = moede("ondt", "2026-11-03", titel=ondt, sted=ondt, beskrivelse=ondt, organisator_navn=ondt)
    laest = ical_js(TEKSTER, indkaldelse(b, AASE))
    assert laest["felter"] == almindelig["felter"]
    assert laest["kalender"] == almindelig["kalender"]
    assert "PWNED" in ondt
    assert all("PWNED" in laest["tekster"][nr] for nr in (0, 1))
    assert "PWNED" in laest["beskrivelse"]


@pytest.mark.parametrize("ondt", ONDE)
def test_ical_js_keeps_a_marked_name_of_the_feed_in_its_property(ical_js, ondt):
    almindelig = ical_js(TEKSTER, feed([moede("ondt", "2026-11-03")], "Mine møder"))
    assert ical_js(TEKSTER, feed([moede("ondt", "2026-11-03")], ondt)) == almindelig
