"""A real browser against `live_server`: one Chromium per pytest process, a fresh profile per page.

def test_start(live_server, side, axe, skaermbillede):
    side.goto(live_server.url)
    axe(side)
    skaermbillede(side, "start")
"""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import sync_playwright

from deploy.install import browser as find_browser
from tests.browser.besoeg import Besoeg
from tests.fabrik import verden

SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "skaermbilleder"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
FLAGS = [
    "--no-sandbox",  # root, and containers without user namespaces
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
HEADERS = {
    "content-security-policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
# What a stranger wrote is never a page of ours (samarbejde.views.filer).
UPLOADED = {"content-security-policy": "default-src 'none'; sandbox"}
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="session", autouse=True)
def django_beside_playwright():
    """Playwright's sync API runs an event loop in this thread; Django would refuse every query."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def chromium():
    path = find_browser()
    assert path, "Chromium mangler: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def ny_side(chromium):
    """`ny_side(width=…, height=…, javascript=False)`: a page in a browser profile of its own. The test fails if any
    page it opened came without our Content-Security-Policy, broke it, had a script that failed or asked a question.
    """
    contexts, complaints = [], []

    def make(javascript=True, **viewport):
        context = chromium.new_context(viewport=viewport or DESKTOP, locale="da-DK", java_script_enabled=javascript)
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.extend(_complaint(page, message)))
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("response", lambda response: complaints.extend(_without_headers(response)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def _without_headers(response):
    if not response.request.is_navigation_request():
        return []
    expected = HEADERS | (UPLOADED if response.headers.get("content-disposition", "").startswith("attachment") else {})
    missing = {name: value for name, value in expected.items() if response.headers.get(name) != value}
    return [f"{response.url} uden {missing}"] if missing else []


def _complaint(page, message):
    """What the browser writes itself; the status of an error page that we opened is no complaint."""
    if message.type not in {"error", "warning"}:
        return []
    if message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]:
        return []
    return [f"{page.url}: {message.text}"]


@pytest.fixture
def side(ny_side):
    return ny_side(**DESKTOP)


@pytest.fixture
def smal_side(ny_side):
    return ny_side(**PHONE)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["1280", "320"])
def hver_side(ny_side, request):
    """The same test at both widths."""
    return ny_side(**request.param)


@pytest.fixture(scope="session")
def axe():
    engine = Axe()

    def check(page):
        """Half a megabyte of script is read once a document, however many widths it is asked at. The same pages come
        from both databases, so the judge is asked on one: it is a quarter of the browser's time.
        """
        if connection.vendor != "sqlite":
            return
        if not page.evaluate("'axe' in window"):
            page.evaluate(engine.axe_script)
        violations = page.evaluate("valg => axe.run(valg)", AXE)["violations"]
        told = [
            f"{v['id']} ({v['impact']}): {v['help']}\n"
            + "\n".join(f"    {n['target']} {n['html'][:200]}" for n in v["nodes"])
            for v in violations
        ]
        assert not told, f"{page.url} at {page.viewport_size}:\n" + "\n".join(told)

    return check


@pytest.fixture(scope="session")
def skaermbillede(request):
    """Pictures are for people to look at, so they are taken when somebody asks: an eighth of the browser's time."""
    asked = request.config.getoption("--skaermbilleder")

    def take(page, navn):
        if not asked:
            return
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{navn}-{page.viewport_size['width']}.png"
        page.screenshot(path=path, full_page=True)

    return take


# --- known people ------------------------------------------------------------------------------------------------
@pytest.fixture
def v(transactional_db):
    call_command("createcachetable", verbosity=0)
    cache.clear()  # no table of a model, so no flush empties it: the last test's failed logins would count here
    return verden()


@pytest.fixture
def som(ny_side, live_server):
    """`som(v.skoleleder, javascript=False)`: a page where somebody is logged in already; nobody: `som(None)`."""

    def logget_ind(person, **valg):
        side = ny_side(**valg)
        if person is not None:
            klient = Client()
            klient.force_login(person)
            cookie = {"name": "sessionid", "value": klient.cookies["sessionid"].value, "url": live_server.url}
            side.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])
        return side

    return logget_ind


@pytest.fixture
def besoeg(som, live_server, axe, skaermbillede):
    """`besoeg(v.skoleleder)`: see `tests.browser.besoeg`."""
    return lambda person: Besoeg(som(person), live_server.url, axe, skaermbillede)
