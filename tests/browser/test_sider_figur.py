"""The figure of the samarbejdsmodel as people meet it: bare, full, missing, on a phone, on paper and by keyboard."""

import pytest
from playwright.sync_api import expect

from samarbejde import stik
from samarbejde.figur import FORA, KANTER
from samarbejde.kilder import KILDER
from samarbejde.stik import Figurstatus
from tests.aftaler import byg
from tests.browser.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PAPIR = {"width": 673, "height": 980}  # A4 between the margins, in CSS pixels
# The smallest text of the drawing that shows, in CSS pixels on the screen.
MINDSTE = """() => { const svg = [...document.querySelectorAll(".samarbejdsmodel svg")]
  .find((s) => s.getBoundingClientRect().width);
  return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * Math.min(...[...svg.querySelectorAll("text")]
  .map((t) => t.getAttribute("font-size") || t.parentNode.closest("[font-size]").getAttribute("font-size"))
  .map(Number)) }"""
# Texts that reach outside their own box.
UDENFOR = """() => [...document.querySelectorAll(".samarbejdsmodel svg")].filter((s) => s.getBoundingClientRect().width)
  .flatMap((s) => [...s.querySelectorAll(":scope > a, :scope > g:not([aria-hidden])")]).flatMap((boks) => {
    const r = boks.querySelector("rect").getBoundingClientRect();
    return [...boks.querySelectorAll("text")].filter((t) => { const b = t.getBoundingClientRect();
      return b.left < r.left || b.right > r.right + 1 || b.top < r.top - 1 || b.bottom > r.bottom + 1 })
      .map((t) => t.textContent) })"""


@pytest.fixture
def alt(monkeypatch):
    """A plug that knows something about every forum and about two edges."""
    svar = {
        "ressourcecenter": Figurstatus("mangler", "ingen koordinator fra 1. august", "/post/"),
        "ressourceteam": Figurstatus("klar", "4 møder er planlagt i år", "/post/"),
        "tematisk": Figurstatus("mangler", "intet møde", "/post/"),
        "fritid-ressourcecenter": Figurstatus("mangler", "et fritidscenter har ingen repræsentant", "/post/"),
        "fritid-ressourceteam": Figurstatus("klar", "med på mødet om overgange", "/post/"),
        "fritid": Figurstatus("planlagt", "en leder tiltræder 1. januar", "/post/"),
    }
    monkeypatch.setitem(stik.figurstatus._plugs, "proeve", lambda distrikt, person: svar if distrikt else {})


def test_modellen_for_den_uden_distrikt_og_for_den_med_to(besoeg, v):
    besoeg(v.udenfor).til("/samarbejdsmodellen/", "modellen-uden-distrikt")
    byg.sendt(v)
    carl = besoeg(v.centerleder)
    carl.til(f"/samarbejdsmodellen/?distrikt={v.distrikt.slug}", "modellen-to-distrikter")
    carl.aabn(f"/samarbejdsmodellen/?distrikt={v.distrikt.slug}")
    carl.side.locator("main summary").first.click()
    for kilde in carl.side.locator("main details.kilde").all():
        kilde.locator("summary").click()
    expect(carl.side.get_by_text(KILDER["S7"].tekst)).to_be_visible()
    carl.doem("modellen-foldet-ud")


def test_distriktet_naar_noget_mangler_og_naar_alt_er_sagt(besoeg, v, alt):
    sanne = besoeg(v.skoleleder)
    sanne.til(v.distrikt.get_absolute_url(), "distrikt-figur-mangler")
    assert sanne.side.evaluate(UDENFOR) == []
    byg.indgaaet(v)
    sanne.aabn(v.distrikt.get_absolute_url())
    sanne.side.get_by_text("Vis figuren som tabel").click()
    sanne.doem("distrikt-figur-tabel")


@pytest.mark.parametrize("bredde", [320, 767, 768, 1280])
def test_teksten_i_figuren_er_aldrig_lille_og_holder_sig_inde(som, v, alt, live_server, bredde):
    """At 320 px there is a drawing of its own; never sideways scroll, never tiny."""
    side = som(v.skoleleder, width=bredde, height=900)
    side.goto(live_server.url + v.distrikt.get_absolute_url())
    expect(side.locator(".samarbejdsmodel svg:visible")).to_have_count(1)
    expect(side.locator(f".figur-{'smal' if bredde < 768 else 'bred'}")).to_be_visible()
    assert side.evaluate(MINDSTE) >= 12
    assert side.evaluate(UDENFOR) == []
    assert side.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_figuren_paa_papir(som, v, alt, live_server, skaermbillede):
    """Print: the wide drawing, also on narrow paper; the table is unfolded beside it."""
    side = som(v.skoleleder, **PAPIR)
    side.emulate_media(media="print")
    side.goto(live_server.url + v.distrikt.get_absolute_url())
    expect(side.locator(".figur-bred")).to_be_visible()
    expect(side.locator(".figur-smal")).to_be_hidden()
    assert side.evaluate(MINDSTE) >= 12
    skaermbillede(side, "distrikt-figur-papir")


def test_i_laeserens_egne_farver(som, v, alt, live_server, skaermbillede):
    side = som(v.skoleleder, width=1280, height=900)
    side.emulate_media(forced_colors="active")
    side.goto(live_server.url + v.distrikt.get_absolute_url())
    skaermbillede(side, "distrikt-figur-egne-farver")


def test_med_tastatur_naar_man_hver_knude_een_gang_og_kanterne_i_tabellen(som, v, alt, live_server):
    """Seven stops and no more, each with a name that says all that stands in the box."""
    byg.sendt(v)
    side = som(v.skoleleder)
    side.goto(live_server.url + v.distrikt.get_absolute_url())
    navne = []
    side.locator("#figur").evaluate("h => { h.tabIndex = -1; h.focus() }")
    for _ in range(len(FORA) + 3):
        side.keyboard.press("Tab")
        navne.append(side.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert [navn.split(".")[0] for navn in navne] == [
        "Stærkt samarbejde", "Skole", "Fritidsinstitutioner og -centre", "0-6 års daginstitutioner",
        "Ressourcecenter/Pædagogisk Læringscenter", "Ressourceteam", "Ressourceteam/Ressourcecenter",
    ]  # fmt: skip
    assert navne[0].endswith(
        "Skal-opgave. en samarbejdsaftale hvert skoleår. På vej: aftalen 2026/27 er til godkendelse"
    )
    side.keyboard.press("Tab")
    expect(side.get_by_text("Vis figuren som tabel")).to_be_focused()
    side.keyboard.press("Enter")
    assert side.locator(".figurtabel").first.locator("td:nth-child(2) p").count() == len(KANTER)
    side.locator(".figurtabel").get_by_role("link", name="Stærkt samarbejde", exact=True).click()
    expect(side).to_have_url(f"{live_server.url}/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/")


def test_en_kant_kan_trykkes_paa_med_en_finger(som, v, alt, live_server):
    byg.sendt(v)
    side = som(v.skoleleder, **PHONE)
    side.goto(live_server.url + v.distrikt.get_absolute_url())
    for maerke in side.locator(".figur-smal [aria-hidden] a").all():
        boks = maerke.bounding_box()
        assert boks["width"] >= 22.5
        assert boks["height"] >= 22.5
    side.locator(".figur-smal [aria-hidden] a").first.click()
    expect(side).to_have_url(f"{live_server.url}/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/")


def test_kilden_foldes_ud_hvor_reglen_vises(besoeg, v):
    """On the page of the rules and on the refusal itself."""
    ingen = besoeg(None)
    ingen.aabn("/hjaelp/hvem-maa-hvad/")
    ingen.side.locator("#opret_aftale summary").click()
    expect(ingen.side.locator("#opret_aftale blockquote")).to_contain_text("en lokal samarbejdsaftale")
    ingen.doem("hvem-maa-hvad-kilde")
    mette = besoeg(v.medarbejder)
    mette.aabn(f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/", status=403)
    mette.side.locator("main summary").click()
    expect(mette.side.locator("main blockquote")).to_contain_text("en lokal samarbejdsaftale")
    mette.doem("403-kilde")
