"""Writing the agreement in the browser: guidance as forvaltning edits it."""

import pytest
from playwright.sync_api import expect

from aftaler.maalomraader import glem_maalomraader
from aftaler.vejledninger import glem_vejledninger
from tests.aftaler import byg
from tests.aftaler.sider import delmaal_i, maal_i, rod, til_maal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def glemt():
    yield
    glem_vejledninger()
    glem_maalomraader()


def test_forvaltningen_retter_vejledning_og_maalomraader(besoeg, v):
    aftale = byg.kladde(v)
    frida = besoeg(v.forvaltning)
    frida.til("/aftaler/vejledning/", "vejledninger")
    frida.foelg("Ret vejledningen til Behov og udfordringer", "ret-vejledning")
    frida.skriv(tekst="Hvad ser I lige nu?", eksempel="Mange børn venter på hinanden")
    frida.tryk("Gem teksten", "vejledninger-gemt")
    frida.foelg("Ret målområde 3. Overgange", "ret-maalomraade")
    frida.skriv(navn="")
    frida.tryk("Gem teksten", "ret-maalomraade-fejl")
    expect(frida.side.locator(".fejlopsummering")).to_be_focused()
    frida.skriv(navn="Overgange", beskrivelse="Når børn skifter fra et tilbud til et andet.")
    frida.tryk("Gem teksten")
    sanne = besoeg(v.skoleleder)
    sanne.aabn(f"{rod(aftale)}afsnit/behov/")
    sanne.side.get_by_text("Visionen bag aftalen").click()
    sanne.doem("afsnit-med-vejledning")
    expect(sanne.side.get_by_text("Fx «Mange børn venter på hinanden».")).to_be_visible()
    sanne.aabn(til_maal(aftale, maal_i(aftale).noegle))
    sanne.side.get_by_text("Hvad handler målområderne om?").click()
    sanne.doem("maal-med-vejledning")


def test_to_i_forvaltningen_retter_det_samme(besoeg, v):
    frida, anden = besoeg(v.forvaltning), besoeg(v.forvaltning)
    for en in (frida, anden):
        en.aabn("/aftaler/vejledning/retning/ret/")
    frida.skriv(tekst="Fridas tekst")
    frida.tryk("Gem teksten")
    anden.skriv(tekst="Den andens tekst")
    anden.tryk("Gem teksten", "vejledning-konflikt", status=409)
    anden.tryk("Gem mine rettelser")


def test_raekkefoelgen_saettes_med_tastaturet(besoeg, v):
    aftale = byg.kladde(v)
    maal = maal_i(aftale)
    byg.skriv_maal(aftale, v.skoleleder, titel="Fælles sprog om trivsel")
    byg.skriv_delmaal(aftale, v.skoleleder, maal, titel="Et delmål mere med en lang titel, der fylder flere linjer")
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(rod(aftale))
    knap = pia.side.get_by_role("button", name="Op med mål 2: Fælles sprog om trivsel")
    knap.focus()
    with pia.side.expect_navigation():
        pia.side.keyboard.press("Enter")
    pia.doem("aftale-raekkefoelge")
    expect(pia.side.get_by_text("Målet er nu nummer 1.")).to_be_visible()
    pia.til(til_maal(aftale, maal.noegle), "maal-raekkefoelge")
    pia.tryk("Ned med Fælles besøgsdage", "maal-raekkefoelge-flyttet")


def test_daekning_og_advarsel_vises_uden_at_spaerre(besoeg, v):
    aftale = byg.kladde(v)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(til_maal(aftale, maal_i(aftale).noegle))
    for navn in ("Trivsel", "Demokratisk dannelse"):
        sanne.side.get_by_label(navn, exact=True).check()
    sanne.doem("maal-intentioner")
    sanne.tryk("Gem")
    sanne.side.get_by_text("Målene berører 1 af de seks målområder").click()
    sanne.doem("aftale-daekning")
    sanne.til(f"{rod(aftale)}send-til-godkendelse/", "gennemse-daekning")
    expect(sanne.side.get_by_text("Ingen part er valgt som ansvarlig")).to_be_visible()
    sanne.tryk("Send til godkendelse")


def test_skolelederen_lader_koordinatoren_skrive_og_stopper_igen(besoeg, v):
    aftale = byg.kladde(v)
    sanne, kirsten = besoeg(v.skoleleder), besoeg(v.koordinator)
    sanne.aabn(rod(aftale))
    sanne.foelg("Lad koordinatorerne på Lindeskolen skrive med", "skriveadgang")
    sanne.tryk("Lad koordinatorerne skrive med", "aftale-skriveadgang")
    kirsten.til(f"{rod(aftale)}afsnit/behov/", "afsnit-koordinator")
    sanne.foelg("Stop koordinatorernes skriveadgang på Lindeskolen", "skriveadgang-afslut")
    sanne.tryk("Afslut koordinatorernes skriveadgang")
    kirsten.skriv(tekst="Et ord for meget.")
    kirsten.tryk("Gem", "skriveadgang-sluttet-undervejs", status=403)
    expect(kirsten.side.get_by_text("Et ord for meget.")).to_be_visible()


def test_trinene_staar_paa_hver_side_man_skriver_paa(besoeg, v):
    besoeg(v.naboskoleleder).til(f"/aftaler/{v.nabodistrikt.slug}/{byg.dette_aar()}/opret/", "trin-opret")
    aftale = byg.kladde(v)
    under_maal = f"{til_maal(aftale, maal_i(aftale).noegle)}delmaal/"
    sanne = besoeg(v.skoleleder)
    sanne.til(f"{rod(aftale)}parter/", "trin-parter")
    sanne.til(f"{under_maal}nyt/", "trin-nyt-delmaal")
    sanne.tryk("Gem", "trin-delmaal-fejl")
    sanne.til(f"{under_maal}{delmaal_i(aftale).noegle}/aktivitet/ny/", "trin-ny-aktivitet")
    trin = sanne.side.get_by_role("navigation", name="Aftalens trin")
    expect(trin.locator("[aria-current=step]")).to_contain_text("Mål")
    trin.get_by_role("link", name="Behov og retning").click()
    expect(sanne.side.get_by_role("heading", level=1)).to_have_text("Behov og udfordringer")
