"""/verificer/ as a stranger meets it: empty, with an error, and with each answer; without login."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from aftaler import pdf
from tests.aftaler import byg, certifikater

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dokument(v, settings, tmp_path, monkeypatch):
    settings.SEGL = certifikater.p12(tmp_path)

    def tegn(dokument):
        return certifikater.tegnet(f"<a href='http://a/{dokument.kode}/'>Aftalen</a>")

    monkeypatch.setattr(pdf, "render", lambda dokument: certifikater.med_felt(tegn(dokument)))
    aftale = byg.indgaaet(v)
    pdf.lav_dokument(aftale.dokumenter.get().pk)
    return aftale.dokumenter.get()


def fil(indhold, navn="samarbejdsaftale.pdf"):
    return {"name": navn, "mimeType": "application/pdf", "buffer": bytes(indhold)}


def test_verificer_uden_login_tom_med_fejl_og_med_hvert_svar(besoeg, dokument):
    ingen = besoeg(None)
    ingen.til("/verificer/", "verificer-tom")
    ingen.tryk("Kontrollér filen", "verificer-ingen-fil")
    expect(ingen.side.locator(".fejlopsummering")).to_be_focused()
    ingen.skriv(kode="hejsa")
    ingen.tryk("Find aftalen", "verificer-ingen-kode")
    ingen.skriv(kode="0000 0000 0000")
    ingen.tryk("Find aftalen", "verificer-ukendt-kode")
    ingen.skriv(kode=dokument.kode_i_grupper.lower())
    ingen.tryk("Find aftalen", "verificer-kode")
    for navn, indhold in {
        "aegte": dokument.pdf,
        "aendret": bytes(dokument.pdf) + b"\n",
        "uden-segl": bytes(dokument.pdf)[: dokument.uforseglet_laengde],
        "ukendt": b"%PDF-1.7 andet",
    }.items():
        ingen.side.locator("[name=fil]").set_input_files(fil(indhold))
        ingen.tryk("Kontrollér filen", f"verificer-{navn}")


def test_verificer_uden_javascript(som, live_server, dokument):
    side = som(None, javascript=False)
    side.goto(f"{live_server.url}/verificer/")
    side.locator("[name=fil]").set_input_files(fil(dokument.pdf))
    side.get_by_role("button", name="Kontrollér filen").click()
    expect(side.locator("main")).to_contain_text("Ægte og uændret")


def test_aftalens_side_og_administrators_start_siger_hvad_der_er_med_seglet(besoeg, v, dokument, settings, tmp_path):
    besoeg(v.skoleleder).til(dokument.aftale.get_absolute_url(), "aftale-forseglet")
    settings.SEGL = certifikater.p12(tmp_path, varer=timedelta(days=20))
    besoeg(v.administrator).til("/", "start-administrator-certifikat")
