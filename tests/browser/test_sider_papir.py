"""The papers of a meeting as each reader meets them: which there are, the wait, the file, and what went wrong."""

import pytest
from playwright.sync_api import expect

from moeder.models import Moededokument
from moeder.states import Tilstand
from tests.moeder import byg
from tests.moeder.papirer import fuldt, med_referat

pytestmark = pytest.mark.django_db(transaction=True)


def til(m):
    return f"/moeder/{m.kode}/papir/"


def test_koordinatoren_bestiller_venter_og_henter_moedepakken(besoeg, v):
    m = fuldt(v).moede
    kirsten = besoeg(v.koordinator)
    kirsten.til(til(m), "papirer-foer-moedet")
    expect(kirsten.side.get_by_text("Referatet kan hentes som PDF, når det er sendt").first).to_be_visible()
    kirsten.tryk("Lav mødepakken som PDF", "papir-laves", status=202)
    bestilt = Moededokument.objects.get()
    Moededokument.objects.update(tilstand="klar", pdf=b"%PDF-1.7", sha256="0" * 64, lavet_den=bestilt.bestilt_den)
    kirsten.til(bestilt.get_absolute_url(), "papir-klar")
    with kirsten.side.expect_download() as hentet:
        kirsten.side.get_by_role("link", name="Hent PDF’en").click()
    assert hentet.value.suggested_filename == f"moedepakke-{v.skole.slug}-{m.dag.isoformat()}.pdf"


def test_et_papir_der_ikke_kunne_laves_kan_bestilles_igen(besoeg, v):
    m = fuldt(v).moede
    fejlet = byg.papir(m)
    Moededokument.objects.update(tilstand=Moededokument.Tilstand.FEJLET, pdf=None)
    kirsten = besoeg(v.koordinator)
    kirsten.til(fejlet.get_absolute_url(), "papir-fejlet")
    kirsten.tryk("Lav PDF’en igen", status=202)


def test_papirerne_efter_moedet_for_lederen_og_for_en_enheds_leder(besoeg, v):
    m = med_referat(v, Tilstand.REFERAT_LUKKET).moede
    for hvem, navn in ((v.skoleleder, "skoleleder"), (v.paedagogiskleder, "enhedsleder")):
        besoeg(hvem).til(til(m), f"papirer-efter-moedet-{navn}")
    pia = besoeg(v.paedagogiskleder)
    pia.aabn(til(m))
    pia.tryk("Lav uddrag til KKFO Lindely som PDF", "uddrag-laves", status=202)


def test_den_der_er_inviteret_til_et_punkt_og_den_der_staar_udenfor(besoeg, v):
    m = fuldt(v).moede
    besoeg(v.medarbejder).til(til(m), "papirer-ingen")
    besoeg(v.udenfor).til(til(m), "404-papirer", status=404)
