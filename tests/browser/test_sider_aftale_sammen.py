"""The pages where people talk about the draft: empty, full and with errors, at 1280 and 320 px."""

import pytest

from aftaler import actions
from tests.aftaler import byg
from tests.aftaler.sider import maal_i, rod
from tests.fabrik import verden

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
