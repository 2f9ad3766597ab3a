"""The list of agreements and the year they follow in the browser: empty, full, searched, without an agreement."""

import pytest
from playwright.sync_api import expect

from aftaler.aarshjul import glem_aarshjul
from aftaler.models import Aftale
from tests.aftaler import byg
from tests.fabrik import FRA, distrikt

pytestmark = pytest.mark.django_db(transaction=True)


def test_den_der_foelger_med_soeger_filtrerer_og_finder_distrikter_uden_aftale(besoeg, v):
    byg.sendt(v)
    for navn in ("Birk", "Specialskolen Bakken"):
        distrikt(navn, er_uden_geografi=navn.startswith("Special"), gyldig_fra=FRA)
    Aftale.objects.create(distrikt=v.nabodistrikt, skoleaar=byg.dette_aar(), tovholder=v.naboskole)
    frida = besoeg(v.forvaltning)
    frida.til("/aftaler/", "aftaler-forvaltning")
    frida.foelg("Vis distriktet uden aftale", "aftaler-uden-aftale")
    expect(frida.side.get_by_role("link", name="Birk")).to_be_visible()
    frida.skriv(q="linde")
    frida.side.locator("[name=tilstand]").select_option("")
    frida.tryk("Vis aftaler", "aftaler-fundet")
    expect(frida.side.get_by_text("1 aftale", exact=True)).to_be_visible()
    frida.skriv(q="børnefællesskaberne")
    frida.tryk("Vis aftaler", "aftaler-intet-fund")
    expect(frida.side.get_by_role("heading", name="Ingen aftaler passer")).to_be_visible()


def test_aarshjulet_ses_af_alle_og_rettes_af_forvaltningen(besoeg, v):
    try:
        besoeg(v.medarbejder).til("/aftaler/aarshjul/", "aarshjul")
        besoeg(v.skoleleder).til(v.distrikt.get_absolute_url(), "distrikt-med-aarshjul")
        frida, aar = besoeg(v.forvaltning), byg.dette_aar()
        frida.til(f"/aftaler/aarshjul/{aar}/ret/", "aarshjul-ret")
        frida.skriv(frist=f"{aar + 1}-02-15")
        frida.tryk("Gem datoerne", "aarshjul-fejl")
        expect(frida.side.locator(".fejlopsummering")).to_be_focused()
        frida.skriv(frist=f"{aar}-10-01")
        frida.tryk("Gem datoerne", "aarshjul-gemt")
        expect(frida.side.get_by_text(f"Aftalen skal være indgået: 1. oktober {aar}")).to_be_visible()
    finally:
        glem_aarshjul()


def test_aftalen_paa_en_side_tom_og_fuld(besoeg, v):
    aftale = byg.indgaaet(v)
    besoeg(v.medarbejder).til(f"{aftale.get_absolute_url()}paa-en-side/", "aftale-paa-en-side")
    naboer = [v.naboskole, v.center]
    tom = byg.tom(v, af=v.naboskoleleder, distrikt=v.nabodistrikt, tovholder=v.naboskole, enheder=naboer)
    besoeg(v.naboskoleleder).til(f"{tom.get_absolute_url()}paa-en-side/", "aftale-paa-en-side-tom")
