"""The pages nobody hopes to see, judged like the others: calm words, a way on, and what was written is still there."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from playwright.sync_api import expect

from samarbejde import tid
from samarbejde.actions import afslut_rolle
from tests.aftaler import byg
from tests.aftaler.sider import maal_i, rod, til_maal

pytestmark = pytest.mark.django_db(transaction=True)
FEJL = {
    500: ZeroDivisionError("hemmelig detalje"),
    503: OperationalError("ingen base"),
    400: SuspiciousOperation("sløret"),
}


def test_naar_noget_er_i_stykker_hos_os(besoeg, v, monkeypatch):
    sanne = besoeg(v.skoleleder)
    for status, fejl in FEJL.items():

        def i_stykker(person, fejl=fejl):
            raise fejl

        monkeypatch.setattr("samarbejde.queries.ventende", i_stykker)
        sanne.til("/", str(status), status=status)
        expect(sanne.side.get_by_text(str(fejl))).to_have_count(0)
        expect(sanne.side.locator(".handlinger a").first).to_be_visible()


def test_en_formular_er_for_stor_eller_for_gammel(besoeg, v, settings):
    ingen = besoeg(None)
    ingen.aabn("/log-ind/")
    ingen.side.context.clear_cookies()
    ingen.skriv(login=v.skoleleder.email, password="x")
    ingen.tryk("Log ind", "formularen-er-for-gammel", status=403)
    aftale = byg.kladde(v)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(f"{rod(aftale)}afsnit/behov/")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    sanne.skriv(tekst="Lange ord. " * 200)
    sanne.tryk("Gem", "formularen-er-for-stor", status=413)


def test_s54_en_rolle_der_slutter_mens_man_skriver_koster_retten_men_ikke_teksten(besoeg, v):
    """S54: the page says why, and shows what was written."""
    aftale = byg.kladde(v)
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(til_maal(aftale, maal_i(aftale).noegle))
    afslut_rolle(tildeling=v.paedagogiskleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.forvaltning)
    pia.skriv(beskrivelse="Alle børn har en kendt voksen.")
    pia.tryk("Gem", "ikke-laengere-adgang", status=404)
    expect(pia.side.get_by_text("Alle børn har en kendt voksen.")).to_be_visible()


def test_det_man_ville_slette_er_rettet_imens(besoeg, v):
    aftale = byg.kladde(v)
    maal = maal_i(aftale)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(f"{til_maal(aftale, maal.noegle)}slet/")
    byg.skriv_maal(aftale, v.paedagogiskleder, noegle=maal.noegle, version=1, titel="Gode og trygge overgange")
    sanne.tryk("Slet målet", "slet-rettet-imens", status=409)
    expect(sanne.side.locator("main").get_by_text("Gode og trygge overgange")).to_be_visible()
    sanne.tryk("Slet målet")
    assert maal_i(aftale) is None


def test_et_login_der_er_udloebet_mens_man_skrev(besoeg, v):
    """The login page says that nothing is lost, and after it the words are there under the form's own labels."""
    aftale = byg.kladde(v)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(f"{rod(aftale)}maal/nyt/")
    sanne.skriv(titel="Trygge overgange", realisering="Vi mødes hver måned.")
    sanne.side.locator("[name=intentioner][value=trivsel]").check(force=True)
    sanne.side.locator("[name=omraader]").first.check(force=True)
    sanne.side.context.clear_cookies(name="sessionid")
    sanne.side.get_by_role("button", name="Gem", exact=True).click()
    expect(sanne.side.get_by_text("Det, du skrev, er gemt. Log ind, så får du det igen.")).to_be_visible()
    sanne.doem("login-med-gemt-tekst")
    videre = sanne.side.locator("main [name=next]").input_value()
    igen = besoeg(v.skoleleder)
    igen.til(videre, "gemt-maal")
    for navn in ("Målområder", "Hvad skal målet især bidrage til?", "Sådan realiserer I målet sammen"):
        expect(igen.side.get_by_text(navn, exact=True)).to_be_visible()
    igen.tryk("Send det, jeg havde skrevet")
    assert aftale.maal.get(titel="Trygge overgange").intentioner == "trivsel"


def test_et_login_der_er_udloebet_da_man_trykkede(besoeg, v, live_server):
    """A button without a text: the page asks whether one still wants to."""
    aftale = byg.kladde(v)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(f"{rod(aftale)}send-til-godkendelse/")
    sanne.side.context.clear_cookies(name="sessionid")
    sanne.tryk("Send til godkendelse")
    expect(sanne.side.get_by_role("heading", level=1)).to_have_text("Log ind")
    videre = sanne.side.locator("main [name=next]").input_value()
    igen = besoeg(v.skoleleder)
    igen.til(videre, "gemt-kun-en-knap")
    igen.tryk("Gør det nu")
    assert byg.frisk(aftale).tilstand == "til_godkendelse"
