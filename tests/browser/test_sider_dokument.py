"""The document looked through on screen, and the draft as PDF: before it is made, while it is, and when it failed."""

import pytest
from playwright.sync_api import expect

from aftaler.models import Kladdedokument
from tests.aftaler import byg
from tests.aftaler.papirer import grimt_indhold
from tests.aftaler.sider import rod
from tests.fabrik import verden

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def v():
    return verden()


def test_udkastet_som_pdf_foer_under_og_naar_det_fejlede(besoeg, v):
    aftale = byg.kladde(v)
    sanne = besoeg(v.skoleleder)
    sanne.aabn(rod(aftale))
    sanne.foelg("Hent udkastet som PDF", "udkast-foer")
    sanne.side.route("**/udkast.pdf", _uden_at_hente_igen)
    sanne.tryk("Lav udkastet som PDF", "udkast-laves", status=202)
    Kladdedokument.objects.update(tilstand="fejlet")
    sanne.til(f"{rod(aftale)}udkast.pdf", "udkast-fejlet")


def _uden_at_hente_igen(rute):
    svar = rute.fetch(max_redirects=0)
    rute.fulfill(response=svar, headers={navn: v for navn, v in svar.headers.items() if navn != "refresh"})


def test_gennemse_dokumentet_som_udkast_tomt_og_indgaaet(besoeg, v):
    aftale = byg.tom(v)
    sanne = besoeg(v.skoleleder)
    sanne.til(f"{rod(aftale)}gennemse/", "gennemse-tom")
    byg.udfyld(aftale, v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", grimt_indhold()["behov"])
    sanne.til(f"{rod(aftale)}gennemse/", "gennemse-udkast")
    byg.send(aftale, v.skoleleder)
    for enhed in byg.parter(v):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    sanne.til(f"{rod(aftale)}gennemse/", "gennemse-indgaaet")
    expect(sanne.side.get_by_role("heading", name="Godkendelser")).to_be_visible()
    sanne.foelg("Tilbage til aftalen", "aftale-efter-gennemse")
