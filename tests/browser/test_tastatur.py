"""By keyboard alone, without a script, with wide text and with thick fingers: nothing is lost."""

import pytest
from playwright.sync_api import expect

from samarbejde.models import Besked
from tests.aftaler import byg
from tests.aftaler.sider import delmaal_i, maal_i, rod, til_aktivitet, til_maal
from tests.browser.besoeg import FOR_BRED
from tests.fabrik import ADGANGSKODE

pytestmark = pytest.mark.django_db(transaction=True)
SMAL = {"width": 320, "height": 640}
# Where the focus is, and whether one can see it: drawn, inside the window, and not covered by anything.
FOKUS = """() => {
  const e = document.activeElement, label = e.matches("[type=checkbox],[type=radio]") && e.labels[0];
  const set = label || e, boks = set.getBoundingClientRect();
  const stile = [getComputedStyle(e), label && getComputedStyle(label, "::before")].filter(Boolean);
  const ring = stile.some((s) => s.outlineStyle != "none" && parseFloat(s.outlineWidth) >= 2);
  const inde = (laengde) => Math.min(laengde / 2, 12);
  const midt = document.elementFromPoint(boks.left + inde(boks.width), boks.top + inde(boks.height));
  const fri = Boolean(midt) && (midt === e || set.contains(midt));
  return { navn: (set.textContent || e.name || "").trim().slice(0, 60), felt: e.name || "", ring, fri };
}"""
# Everything one can press that is under 24 px (WCAG 2.5.8), links in the middle of a sentence too.
FOR_SMAA = """() => [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
  .map((e) => [e, e.matches("[type=checkbox],[type=radio]") ? e.labels[0] : e])
  .filter(([e, set]) => set.checkVisibility() && !e.matches(".skipnav"))
  .map(([e, set]) => [e, set.getBoundingClientRect()])
  .filter(([e, boks]) => boks.height < 24 || boks.width < 24)
  .map(([e, boks]) => `${e.outerHTML.slice(0, 90)} ${Math.round(boks.width)}x${Math.round(boks.height)}`)"""
# WCAG 1.4.12, set as a reader's own stylesheet would; then: what is cut off?
TEKSTAFSTAND = """() => {
  const ark = new CSSStyleSheet();
  ark.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [ark];
}"""
# For a screen reader only, so clipped on purpose: also the names of the steps where there is room for numbers.
KLIPPET = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((e) => getComputedStyle(e).overflow != "visible" && e.checkVisibility())
  .filter((e) => !e.closest(".sr-only, thead, caption, .kort li:not(.current) .step-title, .kort .step-information"))
  .filter((e) => !e.matches("input, textarea, select, svg"))
  .filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
  .map((e) => e.outerHTML.slice(0, 120))"""


def tab_til(side, *, felt="", navn="", hoejst=60):
    """Tab until a field or a link has the focus; every stop on the way must be seen."""
    for _ in range(hoejst):
        side.keyboard.press("Tab")
        fokus = _fokus(side)
        assert fokus["ring"], f"fokus ses ikke: {fokus}"
        assert fokus["fri"], f"fokus er dækket: {fokus}"
        if (felt and fokus["felt"] == felt) or (navn and fokus["navn"] == navn[:60]):
            return
    pytest.fail(f"{felt or navn} kan ikke nås med tabulator")


def _fokus(side):
    """What slides into place gets half a second to do so."""
    for _ in range(10):
        fokus = side.evaluate(FOKUS)
        if fokus["ring"] and fokus["fri"]:
            break
        side.wait_for_timeout(50)
    return fokus


# --- keyboard --------------------------------------------------------------------------------------------------------
def test_man_kan_springe_menuen_over(som, v, live_server):
    side = som(v.skoleleder)
    side.goto(live_server.url)
    side.keyboard.press("Tab")
    expect(side.get_by_role("link", name="Gå til sidens indhold")).to_be_focused()
    expect(side.get_by_role("link", name="Gå til sidens indhold")).to_be_in_viewport()
    side.keyboard.press("Enter")
    expect(side.locator("#indhold")).to_be_focused()


def test_menuen_paa_en_telefon(som, v, live_server):
    side = som(v.skoleleder, **SMAL)
    side.goto(live_server.url)
    expect(side.get_by_role("link", name="Aftaler", exact=True)).to_be_hidden()
    tab_til(side, navn="Menu")
    side.keyboard.press("Enter")
    tab_til(side, navn="Aftaler")
    side.keyboard.press("Enter")
    expect(side.get_by_role("heading", level=1)).to_have_text("Aftaler")


@pytest.mark.parametrize("vindue", [{"width": 1280, "height": 900}, SMAL], ids=["1280", "320"])
def test_en_hel_aktivitet_skrives_og_gemmes_med_tastaturet(som, v, live_server, vindue):
    aftale = byg.kladde(v)
    side = som(v.paedagogiskleder, **vindue)
    side.goto(f"{live_server.url}{til_maal(aftale, maal_i(aftale).noegle)}")
    tab_til(side, navn="Fælles besøgsdage")
    side.keyboard.press("Enter")
    expect(side.get_by_role("heading", level=1)).to_have_text("Ret delmålet")
    tab_til(side, navn="Tilføj aktivitet")
    side.keyboard.press("Enter")
    expect(side.get_by_role("heading", level=1)).to_have_text("Ny aktivitet")
    tab_til(side, felt="titel")
    side.keyboard.type("Skovtur med de nye")
    tab_til(side, felt="art")
    side.keyboard.press("ArrowDown")
    tab_til(side, navn="KKFO Lindely")
    side.keyboard.press("Space")
    tab_til(side, felt="beskrivelse")
    side.keyboard.type("En tur i skoven.")
    tab_til(side, navn="Gem")
    side.keyboard.press("Enter")
    expect(side.locator(".alert-success")).to_contain_text("Tiltaget er gemt.")
    ny = delmaal_i(aftale).aktiviteter.get(titel="Skovtur med de nye")
    assert (ny.art, ny.beskrivelse) == ("tiltag", "En tur i skoven.")
    assert list(ny.ansvarlige.all()) == [v.kkfo]


def test_fra_fejlen_til_feltet(som, v, live_server):
    aftale = byg.kladde(v)
    side = som(v.paedagogiskleder, **SMAL)
    side.goto(f"{live_server.url}{til_aktivitet(aftale, delmaal_i(aftale).aktiviteter.get().noegle)}")
    side.locator("[name=titel]").fill("")
    side.locator("[name=til_og_med]").fill("2019-01-01")
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.locator(".fejlopsummering")).to_be_focused()
    tab_til(side, navn=side.locator(".fejlopsummering a").last.inner_text())
    side.keyboard.press("Enter")
    felt = side.locator("[name=til_og_med]")
    expect(felt).to_be_focused()
    expect(felt).to_be_in_viewport()
    assert "id_til_og_med_error" in felt.get_attribute("aria-describedby")
    expect(felt).to_have_attribute("aria-invalid", "true")


# --- fingers and eyes ------------------------------------------------------------------------------------------------
def taette_sider(v):
    aftale = byg.kladde(v)
    return [
        "/", "/aftaler/", rod(aftale), f"{rod(aftale)}parter/", til_maal(aftale, maal_i(aftale).noegle),
        f"{rod(aftale)}historik/", "/haendelser/", "/post/", "/hjaelp/hvem-maa-hvad/", v.distrikt.get_absolute_url(),
        v.skole.get_absolute_url(), "/konto/adgangskode/",
    ]  # fmt: skip


def test_alt_kan_rammes_med_en_finger(som, v, live_server):
    adresser = taette_sider(v)
    side = som(v.skoleleder, **SMAL)
    for adresse in adresser:
        assert side.goto(f"{live_server.url}{adresse}").status == 200
        assert side.evaluate(FOR_SMAA) == [], adresse
    side.locator(".mobilmenu summary").click()
    assert side.evaluate(FOR_SMAA) == []


def test_ekstra_afstand_i_teksten_klipper_intet(som, v, live_server):
    adresser = taette_sider(v)
    side = som(v.skoleleder, **SMAL)
    for adresse in adresser:
        assert side.goto(f"{live_server.url}{adresse}").status == 200
        side.evaluate(TEKSTAFSTAND)
        assert side.evaluate(FOR_BRED) == [], adresse
        assert side.evaluate(KLIPPET) == [], adresse


# --- without a script ------------------------------------------------------------------------------------------------
def test_uden_javascript_fra_login_til_godkendelse(ny_side, v, live_server):
    aftale = byg.kladde(v)
    side = ny_side(javascript=False, **SMAL)
    side.goto(f"{live_server.url}{rod(aftale)}afsnit/retning/")
    side.get_by_label("E-mail").fill(v.skoleleder.email)
    side.get_by_label("Adgangskode").fill(ADGANGSKODE)
    side.get_by_role("button", name="Log ind").click()
    side.locator("[name=tekst]").fill("Vi vil være ét distrikt.")
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.locator(".alert-success")).to_be_visible()
    expect(side.get_by_text("Vi vil være ét distrikt.")).to_be_visible()
    side.get_by_role("link", name="Gennemse og send til godkendelse").click()
    side.get_by_role("button", name="Send til godkendelse").click()
    assert Besked.objects.filter(til=v.paedagogiskleder).exists()
    side.get_by_role("link", name=f"Godkend for {v.skole.navn}").click()
    side.get_by_role("button", name=f"Godkend for {v.skole.navn}").click()
    side.get_by_label("Adgangskode").fill(ADGANGSKODE)
    side.get_by_role("button", name="Bekræft").click()
    expect(side.locator(".alert-success")).to_contain_text("Du har godkendt")
    side.get_by_role("button", name="Log ud").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Log ind")
