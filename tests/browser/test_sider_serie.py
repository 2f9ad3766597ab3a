"""A year of meetings in the browser: rhythm, dates, reservations, the series and its rest; empty, full and faulty."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moeder.actions import aflys_moede, flyt_moede
from moeder.models import Moede, Serie
from moeder.rytme import standardperiode
from samarbejde import tid
from samarbejde.kalender import glem_ferier
from samarbejde.organisation import opret_ferie
from samarbejde.permissions import Rolle
from samarbejde.skolekalender import skoleaar_for
from tests.fabrik import rolle
from tests.moeder.byg import inviter, moede, serie
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db(transaction=True)
DAG = timedelta(days=1)


def ny(hvor):
    return reverse("ny_serie", args=[hvor.enhed.slug, hvor.art])


def naeste_tirsdag(fra):
    return fra + (1 - fra.weekday()) % 7 * DAG


def test_et_aars_moeder_fra_rytme_til_reservationer(besoeg, v):
    fra = naeste_tirsdag(standardperiode(tid.i_dag())[0] + 7 * DAG)
    nabo = moede(forum(v.naboskole), af=v.naboskoleleder, begynder=tid.fra_lokal(fra, time(8)))
    inviter(nabo, v.centerleder, v.center)
    opret_ferie(af=None, navn="lukkeuge", fra=fra + 14 * DAG, til_og_med=fra + 18 * DAG)
    glem_ferier()
    sanne = besoeg(v.skoleleder)
    sanne.til(ny(forum(v.skole)), "serie-ny")
    sanne.skriv(minutter="5", uden_uger="påsken", til_og_med="2020-01-01")
    sanne.tryk("Vis datoerne", "serie-fejl")
    expect(sanne.side.locator(".fejlopsummering")).to_be_focused()
    sidste = standardperiode(tid.i_dag())[1]
    sanne.skriv(fra=f"{fra}", til_og_med=f"{sidste}", minutter="90", uden_uger="", sted="Lærerværelset i bygning C")
    sanne.side.locator("[name=kadence]").select_option("uge")
    sanne.tryk("Vis datoerne", "serie-datoer")
    expect(sanne.side.get_by_text("Carl Havn er optaget kl. 8.00–9.30.")).to_be_visible()
    sanne.side.locator(f"#dag-{fra + 14 * DAG}").check()
    sanne.tryk("Ret rytmen", "serie-rytmen-igen")
    sanne.tryk("Vis datoerne")
    for felt in sanne.side.locator("main [name=dage]").all():
        felt.uncheck()
    sanne.tryk("Opret kalenderreservationer", "serie-ingen-datoer")
    sanne.side.locator(f"#dag-{fra}").check()
    sanne.side.locator(f"#dag-{fra + 14 * DAG}").check()
    sanne.tryk("Opret kalenderreservationer", "serie")
    expect(sanne.side.get_by_text("2 kalenderreservationer er oprettet.")).to_be_visible()
    assert [en.dag for en in Moede.objects.filter(serie=Serie.objects.get())] == [fra, fra + 14 * DAG]


def test_flere_fora_paa_en_gang(besoeg, v):
    """The Læringscenter and another school too: its own weekday and time, a clash, a mistake, then all at once."""
    rolle(v.skoleleder, Rolle.SKOLELEDER, v.naboskole)
    rc, plc, nabo = forum(v.skole), forum(v.skole, Art.PLC), forum(v.naboskole)
    fra = naeste_tirsdag(standardperiode(tid.i_dag())[0] + 7 * DAG)
    sanne = besoeg(v.skoleleder)
    sanne.til(ny(rc), "serie-flere")
    for et, klokken in ((plc, "23:50"), (nabo, "09:00")):
        sanne.side.locator(f"[name=ogsaa_{et.pk}]").check()
        sanne.side.locator(f"[name=ugedag_{et.pk}]").select_option("tirsdag")
        sanne.skriv(**{f"begynder_{et.pk}": klokken, f"sted_{et.pk}": "Mødelokalet"})
    sanne.skriv(fra=f"{fra}", til_og_med=f"{fra + 14 * DAG}", minutter="60", begynder="08:30", sted="Lokale 12")
    for navn, vaerdi in (("kadence", "uge"), ("ugedag", "tirsdag")):
        sanne.side.locator(f"[name={navn}]").select_option(vaerdi)
    sanne.tryk("Vis datoerne", "serie-flere-fejl")
    sanne.skriv(**{f"begynder_{plc.pk}": "13:00"})
    sanne.tryk("Vis datoerne", "serie-flere-datoer")
    expect(sanne.side.get_by_text("Sanne Lund er optaget kl. 9.00–10.00 af et andet af de møder").first).to_be_visible()
    sanne.tryk("Opret kalenderreservationer", "serie-flere-oprettet")
    expect(sanne.side.get_by_text("i 3 fora. Indkald til hvert møde")).to_be_visible()
    assert Serie.objects.count() == 3


def test_periode_uden_datoer_og_en_der_ikke_maa(besoeg, v):
    sanne = besoeg(v.skoleleder)
    onsdag = naeste_tirsdag(tid.i_dag()) + DAG
    sanne.aabn(ny(forum(v.skole, Art.PLC)))
    sanne.skriv(fra=f"{onsdag}", til_og_med=f"{onsdag}")
    if skoleaar_for(onsdag) == skoleaar_for(tid.i_dag()):
        sanne.tryk("Vis datoerne", "serie-tom")
        expect(sanne.side.get_by_role("heading", name="Der er ingen datoer")).to_be_visible()
    besoeg(v.paedagogiskleder).til(ny(forum(v.skole)), "serie-ikke-din", status=403)


def test_serien_og_resten_af_den(besoeg, v):
    begynd = tid.i_dag() + 7 * DAG
    if skoleaar_for(begynd + 50 * DAG) != skoleaar_for(begynd):  # a series is one school year
        begynd += 50 * DAG
    dage = tuple((naeste_tirsdag(begynd) - tid.i_dag()).days + 7 * n for n in range(5))
    felter = {"sted": "Lokale 12", "link": "https://moede.example/rc"}
    slut = tid.i_dag() + (dage[-1] + 3) * DAG
    en = serie(forum(v.skole), af=v.skoleleder, dage=dage, til_og_med=slut, **felter)
    moeder = list(en.moeder.order_by("begynder"))
    senere = moeder[1].begynder + DAG
    flyt_moede(moede=moeder[1], begynder=senere, slutter=senere + timedelta(hours=1), version=1, af=v.skoleleder)
    aflys_moede(moede=moeder[2], grund="Der er ingen punkter til mødet", af=v.skoleleder)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(en.get_absolute_url())
    sanne.side.locator("summary", has_text="Vis året som tabel").click()
    sanne.doem("serie-fuld")
    besoeg(v.paedagogiskleder).til(en.get_absolute_url(), "serie-laeser")
    sanne.til(reverse("ret_serie", args=[en.pk]), "serie-ret")
    sanne.skriv(begynder="23:45", fra=f"{date(2020, 1, 1)}")
    sanne.tryk("Vis de nye datoer", "serie-ret-fejl")
    sanne.skriv(begynder="09:00", fra=f"{moeder[0].dag}")
    sanne.side.locator("[name=ugedag]").select_option("onsdag")
    sanne.tryk("Vis de nye datoer", "serie-ret-datoer")
    sanne.tryk("Vis igen")
    sanne.tryk("Ret rytmen")
    sanne.skriv(til_og_med=f"{moeder[1].dag + 2 * DAG}")
    sanne.tryk("Vis de nye datoer", "serie-ret-kortere")
    sanne.tryk("Ret rytmen")
    sanne.skriv(til_og_med=f"{slut}")
    sanne.tryk("Vis de nye datoer")
    Serie.objects.update(version=7)
    sanne.tryk("Ret møderækken", "serie-ret-for-sent")
    sanne.tryk("Ret møderækken", "serie-rettet")
    assert [m.dag.weekday() for m in en.moeder.order_by("begynder")] == [2, 2, 1, 2, 2]


def test_en_serie_uden_moeder(besoeg, v):
    en = serie(forum(v.skole), af=v.skoleleder)
    en.moeder.all().delete()
    besoeg(v.skoleleder).til(en.get_absolute_url(), "serie-uden-moeder")
