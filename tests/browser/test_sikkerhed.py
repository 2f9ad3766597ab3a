"""What the browser is told to refuse, and what it keeps: policy, cookies, and a text written after the login ran out.

That every page carries the headers and breaks no policy is asked of each page that any browser test opens (conftest).
"""

import pytest
from playwright.sync_api import expect

from tests.aftaler import byg
from tests.aftaler.sider import rod
from tests.browser.conftest import HEADERS
from tests.fabrik import ADGANGSKODE

pytestmark = pytest.mark.django_db(transaction=True)
ONDT = "<script>document.title = 'ramt'</script><img src=x onerror=\"document.title = 'ramt'\">"
SKREVET = "Første linje.\n\n- et punkt med æøå og <b>tegn</b>"


def log_ind(side, person):
    side.get_by_label("E-mail").fill(person.email)
    side.get_by_label("Adgangskode").fill(ADGANGSKODE)
    side.get_by_role("button", name="Log ind").click()


# --- the policy ------------------------------------------------------------------------------------------------------
def test_et_plantet_script_bliver_ikke_koert(chromium, live_server, v):
    """If a hole let markup through, the browser would still not run it; a page of its own, as it does complain."""
    context = chromium.new_context()
    side = context.new_page()
    klager = []
    side.on("console", lambda besked: klager.append(besked.text))
    side.goto(f"{live_server.url}/log-ind/")
    side.evaluate("ondt => document.body.append(document.createRange().createContextualFragment(ondt))", ONDT)
    side.evaluate("() => document.querySelector('h1').setAttribute('style', 'display:none')")
    expect(side).to_have_title("Log ind – Stærkt samarbejde")
    expect(side.get_by_role("heading", level=1)).to_be_visible()
    context.close()
    assert sum("Content Security Policy" in klage for klage in klager) >= 3


def test_hvad_nogen_skriver_bliver_staaende_som_tekst(som, v, live_server):
    aftale = byg.kladde(v)
    side = som(v.paedagogiskleder)
    side.goto(f"{live_server.url}{rod(aftale)}afsnit/retning/")
    side.locator("[name=tekst]").fill(ONDT)
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_text("document.title = 'ramt'").first).to_be_visible()
    expect(side).to_have_title("Linde Skoledistrikt 2026/27 – Stærkt samarbejde")
    assert side.locator("main img, main script").count() == 0


def test_siderne_paa_sitet_har_hovederne_ogsaa_naar_det_ikke_er_sider(som, v, live_server):
    aftale = byg.kladde(v)
    side = som(v.skoleleder)
    for adresse in ("/healthz", "/readyz", "/.well-known/security.txt", "/findes-ikke/", "/forvaltning/", rod(aftale)):
        hoveder = side.request.get(f"{live_server.url}{adresse}").headers
        assert {navn: hoveder.get(navn) for navn in HEADERS} == HEADERS, adresse


# --- the cookies -----------------------------------------------------------------------------------------------------
def test_cookierne_er_kun_til_os_og_kun_til_browseren_lukkes(ny_side, v, live_server):
    side = ny_side()
    side.goto(f"{live_server.url}/log-ind/")
    log_ind(side, v.skoleleder)
    expect(side.get_by_role("heading", level=1)).to_have_text("Start")
    cookies = {cookie["name"]: cookie for cookie in side.context.cookies()}
    assert set(cookies) == {"sessionid", "csrftoken"}
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies.values())
    assert cookies["sessionid"]["expires"] == -1
    assert side.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


def test_efter_log_ud_viser_tilbageknappen_intet(ny_side, v, live_server):
    aftale = byg.kladde(v)
    side = ny_side()
    side.goto(f"{live_server.url}{rod(aftale)}")
    log_ind(side, v.skoleleder)
    expect(side.get_by_role("heading", name="Mål", exact=True)).to_be_visible()
    side.get_by_role("button", name="Log ud").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Log ind")
    side.go_back()
    expect(side.get_by_role("heading", level=1)).to_have_text("Log ind")
    expect(side.get_by_text(v.distrikt.navn)).to_have_count(0)


# --- nobody loses a word ---------------------------------------------------------------------------------------------
def test_et_login_der_udloeber_midt_i_en_saetning_koster_ikke_et_ord(ny_side, v, live_server, axe, skaermbillede):
    aftale = byg.kladde(v)
    side = ny_side()
    side.goto(f"{live_server.url}{rod(aftale)}afsnit/retning/")
    log_ind(side, v.skoleleder)
    side.locator("[name=tekst]").fill(SKREVET)
    side.context.clear_cookies(name="sessionid")
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Log ind")
    assert byg.frisk(aftale).retning == "Vi vil mødes om børnefællesskaberne."
    log_ind(side, v.skoleleder)
    expect(side.get_by_role("heading", level=1)).to_have_text("Her er det, du havde skrevet")
    for bredde in ({"width": 320, "height": 640}, {"width": 1280, "height": 900}):
        side.set_viewport_size(bredde)
        axe(side)
        skaermbillede(side, "gemt")
    side.get_by_role("button", name="Send det, jeg havde skrevet").click()
    expect(side).to_have_url(f"{live_server.url}{rod(aftale)}")
    assert byg.frisk(aftale).retning == SKREVET
