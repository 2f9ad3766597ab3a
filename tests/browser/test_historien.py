"""The thin story in a real browser: four people, from login to PDF, and an onlooker who must not see it (S7–S17)."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from aftaler.aarshjul import aabne_skoleaar
from samarbejde import tid
from tests.fabrik import ADGANGSKODE, verden

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def v():
    call_command("createcachetable", verbosity=0)
    return verden()


@pytest.fixture
def log_ind(ny_side, live_server):
    def som(person, **viewport):
        side = ny_side(**viewport)
        side.goto(f"{live_server.url}/log-ind/")
        side.get_by_label("E-mail").fill(person.email)
        side.get_by_label("Adgangskode").fill(ADGANGSKODE)
        side.get_by_role("button", name="Log ind").click()
        expect(side.get_by_role("heading", level=1)).to_have_text("Start")
        return side

    return som


def skriv(side, **felter):
    for navn, tekst in felter.items():
        side.locator(f"[name={navn}]").fill(tekst)
    side.get_by_role("button", name="Gem", exact=True).click()
    expect(side.get_by_role("status").or_(side.locator(".alert-success")).first).to_be_visible()


def bekraeft(side):
    """The password once more, before the approval is stored (S17)."""
    side.get_by_label("Adgangskode").fill(ADGANGSKODE)
    side.get_by_role("button", name="Bekræft").click()


def test_s7_s17_fra_login_til_pdf_som_fire_ledere(v, log_ind, live_server, axe, skaermbillede):
    aar = aabne_skoleaar(tid.i_dag())[0]
    aftale = f"{live_server.url}/aftaler/{v.distrikt.slug}/{aar}/"

    skoleleder = log_ind(v.skoleleder)
    skoleleder.get_by_role("link", name="Opret årets aftale").click()
    axe(skoleleder)
    skaermbillede(skoleleder, "historien-1-opret")
    skoleleder.get_by_role("button", name="Opret aftalen").click()
    expect(skoleleder).to_have_url(aftale)

    skoleleder.goto(f"{aftale}afsnit/behov/")
    skriv(skoleleder, tekst="Mange børn mister en kendt voksen, når de skifter.\n\n- Overgange\n- Klubstart")
    skoleleder.goto(f"{aftale}afsnit/retning/")
    skriv(skoleleder, tekst="Vi vil være **ét distrikt** om ét barneliv.")

    # S1: the leisure side writes as an equal; each new thing leads on to the next one missing.
    paedagogiskleder = log_ind(v.paedagogiskleder, width=320, height=640)
    paedagogiskleder.goto(f"{aftale}maal/nyt/")
    paedagogiskleder.get_by_label("Overgange").check()
    skriv(paedagogiskleder, titel="Alle børn har en kendt voksen med sig")
    skriv(paedagogiskleder, titel="Fælles overgangsforløb")
    skriv(paedagogiskleder, titel="Besøgsuger i maj")

    skoleleder.goto(f"{aftale}send-til-godkendelse/")
    axe(skoleleder)
    skaermbillede(skoleleder, "historien-2-gennemse")
    skoleleder.get_by_role("button", name="Send til godkendelse").click()

    ledere = [(skoleleder, v.skole), (paedagogiskleder, v.kkfo)]
    ledere += [(log_ind(v.centerleder), v.center), (log_ind(v.dagtilbudsleder, width=320, height=640), v.boernehus)]
    _fjern_part_uden_leder(v, skoleleder, aftale)
    for side, enhed in ledere:
        side.goto(live_server.url)
        side.get_by_role("link", name=f"Godkend aftalen for {enhed.navn}").click()
        axe(side)
        skaermbillede(side, f"historien-3-godkend-{enhed.slug}")
        side.get_by_role("button", name=f"Godkend for {enhed.navn}").click()
        bekraeft(side)
        expect(side).to_have_url(aftale)

    expect(skoleleder.get_by_text("indgået").first).to_be_hidden()  # the page from before
    skoleleder.goto(aftale)
    expect(skoleleder.get_by_text("indgået").first).to_be_visible()
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    svar = skoleleder.request.get(f"{aftale}aftale.pdf")
    assert svar.headers["content-type"] == "application/pdf"
    assert svar.body().startswith(b"%PDF-1.7")

    tilskuer = log_ind(v.udenfor)
    assert tilskuer.goto(aftale).status == 404
    assert tilskuer.goto(f"{aftale}aftale.pdf").status == 404
    axe(tilskuer)
    tilskuer.goto(f"{live_server.url}/aftaler/")
    expect(tilskuer.get_by_text(v.distrikt.navn)).to_have_count(0)


def _fjern_part_uden_leder(v, skoleleder, aftale):
    """Nobody answers for a vacant post: the tovholder withdraws, leaves it out, and sends the unchanged text again."""
    skoleleder.goto(f"{aftale}traek-tilbage/")
    skoleleder.get_by_role("button", name="Træk tilbage").click()
    skoleleder.goto(f"{aftale}parter/")
    skoleleder.get_by_label(v.selvejende.navn).uncheck()
    skoleleder.get_by_role("button", name="Gem").click()
    skoleleder.goto(f"{aftale}send-til-godkendelse/")
    skoleleder.get_by_role("button", name="Send til godkendelse").click()
