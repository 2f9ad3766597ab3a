"""The agenda and the backlog in a browser: empty, full, refused and in error, at 1280 and 320 px."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moeder import actions
from samarbejde.models import Faglighed
from tests.aftaler import byg as aftalebyg
from tests.moeder.byg import inviter, moede, punkt
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db(transaction=True)
LANG = "Fælles sprog om uro, pauser og legeaftaler i overgangen fra 3. til 4. klasse og videre til fritidscentret"


def koen(v, hvad="", art="ressourcecenter"):
    return f"/moeder/koe/{v.skole.slug}/{art}/{hvad}"


@pytest.fixture
def m(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand="indkaldt", sted="Lærerværelset")
    inviter(m, v.paedagogiskleder, v.kkfo)
    return m


def test_et_punkt_tilfoejes_og_rettes(besoeg, v, m):
    with aftalebyg.i_aaret(2023):
        aftalebyg.indgaaet(v)
    kirsten = besoeg(v.koordinator)
    kirsten.til(reverse("tilfoej_punkt", args=[m.kode]), "punkt-nyt")
    kirsten.tryk("Tilføj punktet", "punkt-nyt-fejl")
    expect(kirsten.side.locator(".fejlopsummering")).to_be_focused()
    kirsten.skriv(titel=LANG, spoergsmaal="Hvordan hjælper vi hinanden?", beskrivelse="- et\n- to", minutter="25")
    kirsten.side.get_by_label("En gruppe børn").check()
    kirsten.side.get_by_label("Drøftelse: I tænker sammen").check()
    kirsten.tryk("Tilføj punktet")
    p = m.punkter.get()
    kirsten.til(f"/moeder/{m.kode}/punkter/{p.noegle}/", "punkt")
    kirsten.til(f"/moeder/punkter/{p.noegle}/ret/", "punkt-ret")
    actions.ret_punkt(punkt=p, af=v.skoleleder, version=1, titel="Uro i overgangen")
    kirsten.skriv(beskrivelse="Noget helt andet")
    kirsten.tryk("Gem punktet", "punkt-konflikt", status=409)
    kirsten.tryk("Gem mine rettelser")
    p.refresh_from_db()
    assert (p.titel, p.version) == (LANG, 3)


def test_en_droeftelse_om_et_barn_har_ingen_felter_til_tekst(besoeg, v, m):
    kirsten = besoeg(v.koordinator)
    kirsten.aabn(reverse("tilfoej_punkt", args=[m.kode]))
    kirsten.foelg("Tilføj en drøftelse om et barn i stedet", "punkt-barn")
    assert kirsten.side.locator("main textarea, main input[type=text]").count() == 0
    kirsten.tryk("Tilføj punktet")
    p = m.punkter.get()
    kirsten.til(f"/moeder/{m.kode}/punkter/{p.noegle}/", "punkt-barn-side")
    kirsten.til(f"/moeder/punkter/{p.noegle}/luk/", "punkt-barn-luk")


def test_udsaet_luk_giv_videre(besoeg, v, m):
    moede(forum(v.skole), af=v.skoleleder, dage=35)
    p = punkt(m, LANG, udsat_antal=3, niveau="boernegruppe", beskrivelse="En *vigtig* baggrund")
    p.fagligheder.set(Faglighed.objects.all()[:2])
    p.bidrag.create(tekst="x", tekst_html="<p>Se bilaget</p>", af=v.paedagogiskleder, enhed=v.kkfo)
    kirsten = besoeg(v.koordinator)
    kirsten.til(f"/moeder/{m.kode}/punkter/{p.noegle}/", "punkt-udsat-tre-gange")
    kirsten.til(f"/moeder/{m.kode}/punkter/{p.noegle}/udsaet/", "udsaet")
    kirsten.tryk("Udsæt punktet", "udsaet-fejl")
    kirsten.til(f"/moeder/punkter/{p.noegle}/luk/", "luk")
    kirsten.tryk("Luk punktet", "luk-fejl")
    kirsten.til(f"/moeder/punkter/{p.noegle}/giv-videre/", "giv-videre")
    kirsten.tryk("Giv punktet videre", "giv-videre-fejl")
    inviter(m, v.medarbejder, v.kkfo, [p])
    besoeg(v.medarbejder).til(f"/moeder/{m.kode}/punkter/{p.noegle}/", "punkt-for-den-ene")
    besoeg(v.medarbejder).til(f"/moeder/punkter/{p.noegle}/luk/", "luk-403", status=403)
    besoeg(v.udenfor).til(f"/moeder/{m.kode}/punkter/{p.noegle}/", "punkt-404", status=404)


def test_dagsordenen_paa_moedets_side(besoeg, v, m):
    kirsten = besoeg(v.koordinator)
    kirsten.til(m.get_absolute_url(), "dagsorden-tom")
    for nummer, titel in enumerate((LANG, "Opgaver siden sidst", "Skolehave")):
        punkt(m, titel, ansvarlig=v.paedagogiskleder, udsat_antal=nummer * 2, niveau="boernegruppe", minutter=30)
    punkt(m, niveau="enkeltbarn", minutter=60)
    punkt(m, "Løst", tilstand="lukket")
    kirsten.til(m.get_absolute_url(), "dagsorden")
    kirsten.tryk("Op med Skolehave")
    assert list(m.punkter.order_by("plads").values_list("titel", flat=True))[1] == "Skolehave"
    besoeg(v.paedagogiskleder).til(m.get_absolute_url(), "dagsorden-fritid")
    inviter(m, v.medarbejder, v.kkfo, [m.punkter.get(titel="Skolehave")])
    besoeg(v.medarbejder).til(m.get_absolute_url(), "dagsorden-kun-et-punkt")


def test_koeen_og_forslagene(besoeg, v, m):
    rc = forum(v.skole)
    mette, kirsten = besoeg(v.medarbejder), besoeg(v.koordinator)
    kirsten.til(koen(v), "koe-tom")
    mette.til(koen(v, "foreslaa/"), "foreslaa")
    mette.tryk("Send forslaget", "foreslaa-fejl")
    mette.side.get_by_label("Et tema").check()
    mette.skriv(titel=LANG)
    mette.tryk("Send forslaget", "foreslaa-sendt")
    mette.foelg("Foreslå en drøftelse om et barn i stedet", "foreslaa-barn")
    punkt(rc, "Udsat igen og igen", af=v.skoleleder, foreslaaet_for=v.skole, udsat_antal=3)
    kirsten.til(koen(v), "koe")
    p = actions.foreslaa_punkt(forum=rc, af=v.vejleder, niveau="tema", titel="Skolehave")
    kirsten.til(f"/moeder/punkter/{p.noegle}/", "forslag-for-koordinator")
    kirsten.til(f"/moeder/punkter/{p.noegle}/tag-paa/", "tag-paa")
    kirsten.tryk("Sæt punktet på")
    besoeg(v.paedagogiskleder).til(koen(v), "koe-for-fritid")
    besoeg(v.skoleleder).til(koen(v, "foreslaa/", Art.PLC), "foreslaa-plc")
    besoeg(v.medarbejder).til(koen(v), "koe-403", status=403)
