"""Coming prepared (S42) and what the leaders see of it (S41): empty, full, with errors, stale and closed."""

import pytest
from playwright.sync_api import expect

from moeder import actions
from moeder.models import Bidrag, Deltager, Punktfil
from ressourcecenter.models import Forbereder
from samarbejde.models import Faglighed
from samarbejde.permissions import Rolle
from tests.fabrik import FRA, person, rolle
from tests.moeder.byg import inviter, moede, opgave, punkt
from tests.moeder.forberedelse import eget_lager, fil_paa, indkald_i
from tests.samarbejde.filer import docx, png

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def m(v, settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    return indkald_i(v)


def fyldt(m):
    """Long words, long lists, files, contributions from others, a task, and an item that wants Pia."""
    pia, susan = m.paedagogiskleder, m.sundhedsplejerske
    pia.faglighed = Faglighed.objects.get(navn="klubpædagog")
    pia.save()
    m.andet.ansvarlig, m.andet.spoergsmaal = pia, "Hvordan får vi ro i det store frikvarter?"
    m.andet.save()
    m.foerste.fagligheder.add(pia.faglighed)
    langt = "Speciallærersamarbejdskoordineringsudvalgsbeslutningsreferatet skal med.\n\n- et punkt\n- *og et til*"
    actions.giv_bidrag(punkt=m.andet, af=susan, art="dokumentation", tekst=langt, version=0)
    actions.giv_bidrag(punkt=m.andet, af=m.koordinator, art="handleplan", tekst="Prøv to hold i otte uger.", version=0)
    actions.giv_bidrag(punkt=m.andet, af=pia, art="perspektiv", tekst="Vi ser mest uro om tirsdagen.", version=0)
    fil_paa(m.andet, pia, "Et meget langt filnavn om trivselsmåling for hele skoleåret 2026-2027.png")
    fil_paa(m.andet, m.skoleleder, "Plan.png")
    for titel in ("Åben Skole", "Valgfag", "Fælles sprog"):
        punkt(m.moede, titel)
    opgave(punkt(moede(m.rc, af=m.skoleleder, dage=-30, tilstand="referat_lukket")), pia, m.kkfo, dage=-2)
    return m


def vaelg(hos, felt, *filer):
    valgte = [{"name": navn, "mimeType": "application/octet-stream", "buffer": indhold} for navn, indhold in filer]
    hos.side.locator(f"main [name={felt}]").set_input_files(valgte)


def test_forberedelsen_i_een_omgang_med_fil_og_fejl(besoeg, m, tmp_path):
    pia = besoeg(fyldt(m).paedagogiskleder)
    adresse = f"/moeder/{m.moede.kode}/forbered/"
    pia.til(adresse, "forbered-fuld")
    pia.skriv(**{f"bidrag_{m.foerste.pk}_ny": "Barnets nummer er 010115-1234"})
    vaelg(pia, f"filer_{m.foerste.pk}", ("Årsplan.docx", docx()))
    pia.tryk("Gem forberedelsen", "forbered-fejl")
    expect(pia.side.locator(".fejlopsummering")).to_be_focused()
    expect(pia.side.locator(f"[name=bidrag_{m.andet.pk}_perspektiv]")).to_have_value("Vi ser mest uro om tirsdagen.")
    pia.skriv(**{f"bidrag_{m.foerste.pk}_ny": "Vi besøger dem i maj."})
    pia.side.locator(f"[name=_art_{m.foerste.pk}]").select_option(label="Idé")
    vaelg(pia, f"filer_{m.foerste.pk}", ("Årsplan.docx", docx()), ("Tegning.png", png()))
    pia.side.get_by_label("Jeg er forberedt").check()
    pia.tryk("Gem forberedelsen", "forbered-gemt")
    expect(pia.side.get_by_text("Din forberedelse er gemt.")).to_be_visible()
    assert Bidrag.objects.get(punkt=m.foerste).art == "ide"
    assert Deltager.objects.get(pk=m.pia.pk).forberedt_den
    with pia.side.expect_download() as hentet:
        pia.side.get_by_role("link", name="Årsplan.docx (Word").click()
    assert hentet.value.suggested_filename == "Årsplan.docx"
    pia.foelg("Fjern Årsplan.docx", "forbered-fjern-fil")
    pia.tryk("Fjern filen")
    assert Punktfil.objects.filter(fjernet_den=None, punkt=m.foerste).count() == 1


def test_to_vinduer_og_et_punkt_der_forsvandt(besoeg, m):
    pia = besoeg(fyldt(m).paedagogiskleder)
    pia.aabn(f"/moeder/{m.moede.kode}/forbered/")
    actions.giv_bidrag(punkt=m.andet, af=m.paedagogiskleder, art="perspektiv", tekst="Rettet på telefonen.", version=1)
    m.foerste.tilstand = "udsat"
    m.foerste.save()
    felter = {f"bidrag_{m.andet.pk}_perspektiv": "Rettet her.", f"bidrag_{m.foerste.pk}_ny": "Til det udsatte punkt."}
    pia.skriv(**felter)
    pia.side.locator(f"[name=_art_{m.foerste.pk}]").select_option(label="Idé")
    pia.tryk("Gem forberedelsen", "forbered-konflikt", status=409)
    expect(pia.side.get_by_text("Rettet på telefonen.")).to_be_visible()
    expect(pia.side.get_by_text("Til det udsatte punkt.")).to_be_visible()
    pia.tryk("Gem det, jeg skrev her")
    assert Bidrag.objects.get(punkt=m.andet, af=m.paedagogiskleder).tekst == "Rettet her."


def test_uden_javascript_paa_en_telefon(som, live_server, m, axe):
    """Everything in the closed fold-out can be reached and saved without script."""
    side = som(m.paedagogiskleder, javascript=False, width=320, height=640)
    side.goto(f"{live_server.url}/moeder/{m.moede.kode}/forbered/")
    side.locator("summary", has_text="Giv et bidrag").first.click()
    side.locator(f"[name=bidrag_{m.foerste.pk}_ny]").fill("Skrevet i bussen.")
    side.locator(f"[name=_art_{m.foerste.pk}]").select_option(label="Fagligt perspektiv")
    side.get_by_role("button", name="Gem forberedelsen").click()
    expect(side.get_by_text("Din forberedelse er gemt.")).to_be_visible()
    assert Bidrag.objects.get().tekst == "Skrevet i bussen."


def test_tom_enkelte_punkter_og_lukket(besoeg, m):
    tomt = moede(m.rc, af=m.skoleleder, dage=20, tilstand="indkaldt")
    inviter(tomt, m.paedagogiskleder, m.kkfo)
    pia = besoeg(m.paedagogiskleder)
    pia.til(f"/moeder/{tomt.kode}/forbered/", "forbered-tom")
    besoeg(m.medarbejder).til(f"/moeder/{m.moede.kode}/forbered/", "forbered-et-punkt")
    fyldt(m).moede.tilstand = "referat_lukket"
    m.moede.save()
    pia.til(f"/moeder/{m.moede.kode}/forbered/", "forbered-lukket")


def test_moedeforberederen_laegger_filer_paa(besoeg, m):
    """Decision 10: documents, from the item's own page; none about one child."""
    signe = person("Signe Sekretær")
    rolle(signe, Rolle.MEDARBEJDER, m.skole)
    Forbereder.objects.create(skole=m.skole, person=signe, navngivet_af=m.skoleleder, gyldig_fra=FRA)
    fil_paa(m.foerste, m.skoleleder, "Et meget langt filnavn om trivselsmåling for hele skoleåret 2026-2027.png")
    hos = besoeg(signe)
    hos.til(f"/moeder/{m.moede.kode}/punkter/{m.foerste.noegle}/", "punkt-forbereder")
    hos.foelg("Læg filer på punktet", "laeg-fil-paa")
    hos.tryk("Læg filerne på", "laeg-fil-paa-fejl")
    vaelg(hos, f"filer_{m.foerste.pk}", ("Plan.png", png()), ("Plan.docx", docx()))
    hos.tryk("Læg filerne på", "punkt-med-filer")
    hos.foelg("Fjern Plan.png", "fjern-egen-fil")
    hos.til(f"/moeder/{m.moede.kode}/punkter/{m.barn.noegle}/filer/", "laeg-fil-paa-et-barn", status=409)


def test_ledelsens_overblik(besoeg, m):
    sanne = besoeg(m.skoleleder)
    tomt = moede(m.rc, af=m.skoleleder, dage=20)
    sanne.til(f"/moeder/{tomt.kode}/forberedelse/", "forberedelsen-tom")
    fyldt(m)
    actions.marker_forberedt(moede=m.moede, af=m.paedagogiskleder)
    sanne.til(f"/moeder/{m.moede.kode}/forberedelse/", "forberedelsen")
