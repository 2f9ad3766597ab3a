"""The pages where people talk about the draft: empty, full and with errors, at 1280 and 320 px."""

import pytest

from aftaler import actions
from aftaler.samskrivning import Tilstedevaerelse
from tests.aftaler import byg
from tests.aftaler.sider import maal_i, rod, til_maal
from tests.fabrik import verden

PIA_SKRIVER = "Pia Dahl skriver også i «Behov og udfordringer» lige nu."

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def v():
    return verden()


def test_decision_11_kommentarer_tomme_fulde_og_med_fejl(besoeg, v):
    aftale = byg.kladde(v)
    mette = besoeg(v.medarbejder)
    sted = f"{rod(aftale)}kommentarer/"
    mette.til(sted, "kommentarer-tomme")
    mette.foelg("Kommentér «Strategisk retning»", "kommenter")
    assert mette.side.locator("[name=sted]").input_value() == "retning"
    mette.tryk("Gem kommentaren", "kommenter-fejl")
    mette.skriv(tekst="Vi mangler klubben:\n\n- om eftermiddagen\n- i *ferierne*")
    mette.side.get_by_text("Nævn nogen").click()
    mette.side.get_by_label("Pia Dahl").check()
    mette.axe(mette.side)
    mette.skaermbillede(mette.side, "kommenter-naevnt")
    mette.tryk("Gem kommentaren", "kommentar-gemt")
    byg.kommenter(aftale, v.skoleleder, "Kan I skrive et eksempel?", sted=str(maal_i(aftale).noegle))
    loest = byg.kommenter(aftale, v.klyngeleder, "Husk børnehuset Månen.", sted="behov")
    actions.loes_kommentar(kommentar=loest, af=v.skoleleder)
    sanne = besoeg(v.skoleleder)
    sanne.til(rod(aftale), "aftale-med-kommentarer")
    sanne.til(sted, "kommentarer-fulde")
    sanne.side.get_by_text("1 løst kommentar").click()
    sanne.axe(sanne.side)
    sanne.skaermbillede(sanne.side, "kommentarer-loeste-aabnet")
    sanne.side.get_by_role("button", name="Markér som løst fra Mette Bak").click()
    sanne.side.get_by_text("Kommentaren er løst.").wait_for()
    sanne.doem("kommentar-loest")


def test_s14_forslag_til_tiltag_tomme_fulde_besvarede_og_med_fejl(besoeg, v):
    aftale = byg.kladde(v)
    mette, sanne = besoeg(v.medarbejder), besoeg(v.skoleleder)
    sted = f"{rod(aftale)}forslag/"
    mette.til(sted, "forslag-tomt")
    mette.foelg("Foreslå et tiltag", "foreslaa-tiltag")
    mette.tryk("Send forslaget", "foreslaa-tiltag-fejl")
    mette.side.locator("[name=delmaal]").select_option("Fælles besøgsdage")
    mette.skriv(titel="Fælles legepatrulje i alle frikvarterer", beskrivelse="De store hjælper de *små*.")
    mette.tryk("Send forslaget", "forslag-sendt")
    afvist = byg.foreslaa_tiltag(aftale, v.vejleder, "Fælles morgensang", beskrivelse="Hver fredag i hallen.")
    sanne.til(rod(aftale), "aftale-med-forslag")
    sanne.til(sted, "forslag-fulde")
    sanne.til(f"{sted}{afvist.noegle}/afvis/", "afvis-forslag")
    sanne.tryk("Send svaret", "afvis-forslag-fejl")
    sanne.skriv(grund="Hallen er optaget om fredagen.")
    sanne.tryk("Send svaret", "forslag-afvist")
    with sanne.side.expect_navigation():
        sanne.side.get_by_role("button", name="Tag tiltaget med").click()
    sanne.doem("forslag-taget-med")
    sanne.til(sted, "forslag-besvarede")
    mette.til(rod(aftale), "aftale-for-medarbejder")


def test_s9_hvem_skriver_ellers_lige_nu(besoeg, som, live_server, v):
    """Pia writes with script and is told about; Sanne sees it, and so does Carl, whose browser runs none."""
    aftale = byg.kladde(v)
    behov = f"{rod(aftale)}afsnit/behov/"
    pia, sanne = besoeg(v.paedagogiskleder), besoeg(v.skoleleder)
    with pia.side.expect_response(lambda svar: svar.url.endswith("/meld-tilstede/")) as svar:
        pia.aabn(behov)
    assert svar.value.status == 200
    sanne.til(f"{rod(aftale)}afsnit/retning/", "skriver-nu")
    assert sanne.side.locator("[data-her-nu]").inner_text() == PIA_SKRIVER
    carl = som(v.centerleder, javascript=False)
    carl.goto(f"{live_server.url}{til_maal(aftale, maal_i(aftale).noegle)}")
    assert "Pia Dahl skriver også" in carl.locator("[data-her-nu]").inner_text()
    assert Tilstedevaerelse.objects.filter(person=v.centerleder).count() == 0


def test_s9_lige_nu_foelger_med_hvert_halve_minut_og_kun_mens_siden_ses(som, live_server, v):
    aftale = byg.kladde(v)
    side = som(v.skoleleder)
    side.clock.install()
    kald = []
    side.on("request", lambda request: kald.append(request.url) if "meld-tilstede" in request.url else None)
    side.goto(f"{live_server.url}{rod(aftale)}afsnit/retning/")
    side.wait_for_function("() => document.readyState === 'complete'")
    actions.meld_tilstede(aftale=byg.frisk(aftale), af=v.paedagogiskleder, sted="behov")
    assert side.locator("[data-her-nu]").inner_text() == ""
    side.clock.run_for(32_000)
    side.get_by_text(PIA_SKRIVER).wait_for()
    assert len(kald) == 2
    side.evaluate("() => Object.defineProperty(document, 'visibilityState', {value: 'hidden'})")
    side.clock.run_for(120_000)
    assert len(kald) == 2


def test_efter_indgaaelsen_laeses_det_der_blev_sagt_af_parternes_egne(besoeg, v):
    aftale = byg.kladde(v)
    byg.kommenter(aftale, v.medarbejder)
    byg.foreslaa_tiltag(aftale, v.medarbejder)
    byg.send(aftale, v.skoleleder)
    for part in byg.parter(v):
        byg.godkend(aftale, part, byg.leder(v, part))
    mette = besoeg(v.medarbejder)
    mette.til(rod(aftale), "aftale-indgaaet-samtale")
    mette.til(f"{rod(aftale)}kommentarer/", "kommentarer-lukkede")
    mette.til(f"{rod(aftale)}forslag/", "forslag-lukkede")
