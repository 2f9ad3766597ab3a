"""The round «Faglige perspektiver» (S41), and the fritid units that were not called for a while (S38), in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moeder import actions
from moeder.queries.runde import har_runde
from samarbejde.models import Faglighed
from tests.moeder.byg import inviter, moede
from tests.moeder.referatbyg import begyndt, frisk
from tests.ressourcecenter.byg import forum, ressourceperson

pytestmark = pytest.mark.django_db(transaction=True)


def er(hvem, navn):
    hvem.faglighed = Faglighed.objects.get(navn=navn)
    hvem.save()


def test_runden_fra_dagsorden_til_referat(besoeg, v):
    er(v.paedagogiskleder, "klubpædagog")
    er(v.vejleder, "lærer")
    faglighed = Faglighed.objects.get(navn="sundhedsplejerske")
    ressourceperson(forum(v.skole), v.sundhedsplejerske, faglighed=faglighed)
    m = begyndt(v)
    kirsten = besoeg(v.koordinator)
    kirsten.til(m.moede.get_absolute_url(), "moede-uden-runde")
    kirsten.tryk("Sæt runden «Faglige perspektiver» på", "moede-med-runde")
    runden = har_runde(frisk(m).moede)
    kirsten.til(reverse("punkt", args=[m.moede.kode, runden.noegle]), "punkt-runde")
    kirsten.til(reverse("skriv_referat", args=[m.moede.kode]), "referat-runde")
    kort = kirsten.side.locator(f"#punkt-{runden.noegle}")
    expect(kort.get_by_text("ikke har sagt noget endnu")).to_contain_text("klubpædagog og lærer")
    kirsten.tryk("Har haft ordet i runden: lærer", "referat-runde-en-hoert")
    expect(kort.get_by_text("ikke har sagt noget endnu")).not_to_contain_text("lærer")
    kirsten.til(f"{reverse('vis_paa_skaerm', args=[m.moede.kode])}?punkt=4", "skaerm-runde")
    pia = besoeg(v.paedagogiskleder)
    pia.til(reverse("giv_bidrag", args=[m.moede.kode]), "forbered-runde")


def test_runden_uden_fagligheder(besoeg, v):
    m = begyndt(v)
    actions.laeg_runde_paa(moede=m.moede, af=v.koordinator)
    besoeg(v.koordinator).til(reverse("skriv_referat", args=[m.moede.kode]), "referat-runde-tom")


def test_fritidsenheder_der_ikke_er_indkaldt(besoeg, v):
    rc = forum(v.skole)
    for dage in (-30, -20, -10):
        m = moede(rc, af=v.skoleleder, dage=dage, tilstand="referat_lukket")
        inviter(m, v.paedagogiskleder, v.kkfo)
    moede(rc, af=v.skoleleder, dage=10)
    sanne = besoeg(v.skoleleder)
    sanne.til(v.distrikt.get_absolute_url(), "distrikt-ikke-indkaldt")
    sanne.til(reverse("ret_lokale_regler", args=[v.skole.slug, "ressourcecenter"]), "regler-runde-og-fritid")
    sanne.skriv(moeder_uden_invitation="0")
    sanne.tryk("Gem reglerne", "regler-fritid-fejl")
    sanne.aabn(v.distrikt.get_absolute_url())
    with sanne.side.expect_navigation():
        sanne.side.get_by_role("link", name="Se, hvem der er på det næste møde").click()
    expect(sanne.side.locator("h1")).to_be_visible()
