"""Local rules, frame documents, professions and search: empty, full and faulty, at 1280 and 320 px."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ressourcecenter.actions import luk_faglighed, opret_rammedokument, ret_lokale_regler
from ressourcecenter.models import Rammedokument
from samarbejde import tid
from samarbejde.models import Faglighed
from samarbejde.permissions import Rolle
from tests.fabrik import Art, enhed, person, rolle
from tests.ressourcecenter.byg import forum, ressourceperson

pytestmark = pytest.mark.django_db(transaction=True)
DAGSORDEN = "- Siden sidst\n- Dagens punkter, og det kan godt være et ret langt punkt med mange ord i\n- Eventuelt"


def regler(hvor):
    return reverse("ret_lokale_regler", args=[hvor.enhed.slug, hvor.art])


def test_lokale_regler_uden_og_med_aftale_med_fejl_og_to_paa_en_gang(besoeg, v):
    rc = forum(v.skole)
    sanne = besoeg(v.skoleleder)
    sanne.til(regler(rc), "regler-standard")
    sanne.skriv(minutter="5", begynder="", dagsordensskabelon="Barn 010203-1234")
    sanne.tryk("Gem reglerne", "regler-fejl")
    expect(sanne.side.locator(".fejlopsummering")).to_be_focused()
    sanne.aabn(regler(rc))
    sanne.skriv(minutter="45", dagsordensskabelon=DAGSORDEN)
    ret_lokale_regler(forum=rc, af=v.koordinator, version=0, minutter=120, ugedag="fredag")
    sanne.tryk("Gem reglerne", "regler-konflikt", status=409)
    sanne.tryk("Gem mine rettelser")
    expect(sanne.side.get_by_text("De lokale regler er gemt.")).to_be_visible()
    sanne.til(regler(rc), "regler-aftalt")
    sanne.til(f"{regler(rc)}?standard=1", "regler-tilbage-til-standard")
    besoeg(v.paedagogiskleder).til(regler(rc), "regler-ikke-din", status=403)
    besoeg(v.netvaerkskoordinator).til(regler(forum(v.netvaerk)), "regler-team")


def test_rammer_for_alle_og_for_forvaltningen(besoeg, v):
    besoeg(v.medarbejder).til("/rammer/", "rammer-alle")
    frida = besoeg(v.forvaltning)
    felter = {"titel": "En vejledning med et langt navn, som skal kunne deles over flere linjer på en telefon"}
    felter |= {"link": "https://kommune.example/en/meget/lang/adresse.pdf", "gaelder_for": "alle", "aar": 2020}
    i_dag = tid.i_dag()
    opret_rammedokument(af=v.forvaltning, gyldig_fra=i_dag - timedelta(days=9), gyldig_til=i_dag, **felter)
    luk_faglighed(faglighed=Faglighed.objects.get(navn="it-vejleder"), af=v.forvaltning)
    frida.til("/forvaltning/", "forvaltning-med-rammer")
    frida.til("/forvaltning/rammer/", "rammer-forvaltning")
    frida.til("/forvaltning/rammer/dokument/nyt/", "rammedokument-nyt")
    frida.tryk("Gem dokumentet", "rammedokument-fejl")
    frida.til(reverse("ret_rammedokument", args=[Rammedokument.objects.first().pk]), "rammedokument-ret")
    frida.til("/forvaltning/rammer/faglighed/ny/", "faglighed-ny")
    frida.skriv(navn="psykolog")
    frida.tryk("Tilføj fagligheden", "faglighed-findes")
    Rammedokument.objects.all().delete()
    frida.til("/forvaltning/rammer/", "rammer-tom-forvaltning")
    frida.til("/rammer/", "rammer-tom")


def test_soegning_tom_fuld_og_med_fejl(besoeg, v):
    ressourceperson(forum(v.skole), person("Petra Prøve", email="petra@demo.example"))
    for nummer in range(51):
        hus = enhed(f"Prøvehuset ved Åen {nummer:02}", Art.DAGINSTITUTION, i=v.distrikt)
        rolle(person(f"Prøve Åkjær {nummer:02}", adgangskode=None), Rolle.DAGTILBUDSLEDER, hus)
    sanne = besoeg(v.skoleleder)
    sanne.til("/soeg/", "soeg")
    sanne.skriv(q="PRØVE")
    with sanne.side.expect_navigation():
        sanne.side.locator("main").get_by_role("button", name="Søg", exact=True).click()
    expect(sanne.side.get_by_text("Skriv mere af navnet.")).to_have_count(2)
    sanne.doem("soeg-fuld")
    sanne.til("/soeg/?q=findes-ikke", "soeg-ingen")
    sanne.til("/soeg/?q=k", "soeg-for-kort")
    besoeg(v.udenfor).til("/soeg/?q=linde", "soeg-udenfor")
