"""The PDF of an entered agreement: from the stored content, tagged, made once, nothing fetched from outside (S17)."""

import hashlib
import io

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from aftaler import pdf
from aftaler.data import aftale_json
from aftaler.datafil import laes_data
from aftaler.dokumentimport import bilag_i
from aftaler.models import Dokument
from samarbejde.pdf import FLEST_FORSOEG
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def dokument(v):
    return byg.indgaaet(v).dokumenter.get()


def tekst(bytes_):
    return " ".join(" ".join(side.extract_text().split()) for side in PdfReader(io.BytesIO(bytes_)).pages)


def lavet(dokument):
    pdf.lav_dokument(dokument.pk)
    dokument.refresh_from_db()
    return dokument


def test_s17_dokumentet_bestilles_naar_aftalen_indgaas_og_laves_af_workeren(dokument):
    assert (dokument.tilstand, dokument.pdf) == (Dokument.Tilstand.BESTILT, None)
    lavet(dokument)
    assert dokument.tilstand == Dokument.Tilstand.KLAR
    assert dokument.sha256 == hashlib.sha256(dokument.pdf).hexdigest()


def test_d5_dokumentet_viser_parter_efter_art_aar_revision_tekst_og_godkendelser(v, dokument):
    indhold = tekst(lavet(dokument).pdf)
    for part in byg.parter(v):
        assert part.navn in indhold
        assert byg.leder(v, part).navn in indhold
    assert "Skoler" in indhold
    assert "revideres senest" in indhold
    assert "Mange børn skifter mellem skole og fritid." in indhold
    assert "Side 2 af" in indhold


def test_d34_dokumentet_er_maerket_op_paa_dansk_med_titel_bogmaerker_og_egen_skrift(dokument):
    laeser = PdfReader(io.BytesIO(lavet(dokument).pdf))
    rod = laeser.trailer["/Root"]
    assert rod["/MarkInfo"]["/Marked"]
    assert rod["/Lang"] == "da"
    assert "Samarbejdsaftale" in laeser.metadata.title
    assert laeser.outline
    skrifter = {font["/BaseFont"] for side in laeser.pages for font in side["/Resources"]["/Font"].values()}
    assert all("Plex" in skrift for skrift in skrifter)


def test_teksten_kommer_fra_det_godkendte_indhold_og_ikke_fra_raekkerne(dokument):
    type(dokument.aftale).objects.filter(pk=dokument.aftale_id).update(behov="Rettet bagom ryggen på alle")
    assert "bagom ryggen" not in tekst(lavet(dokument).pdf)


def test_markeret_tekst_slipper_ikke_uescapet_ud(v):
    """Also inside Markdown: the text is shown as it was written."""
    aftale = byg.kladde(v)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", '<img src="http://127.0.0.1/x.png"> & <script>alert(1)</script>')
    byg.send(aftale, v.skoleleder)
    for enhed in byg.parter(v):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    dokument = aftale.dokumenter.get()
    assert "<script>alert(1)</script>" in tekst(lavet(dokument).pdf)


@pytest.mark.parametrize("adresse", ["http://127.0.0.1/x.png", "file:///etc/passwd", "skrift://lokal/../settings.py"])
def test_hvad_som_helst_udefra_afvises_og_taelles(dokument, monkeypatch, adresse):
    """Counted also where the library would swallow it: inside an SVG picture the PDF would be made anyway."""
    html = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{adresse}" width="9"/></svg>'
    monkeypatch.setattr(pdf, "som_html", lambda data: html)
    with pytest.raises((ValueError, FatalURLFetchingError)):
        pdf.lav_dokument(dokument.pk)
    dokument.refresh_from_db()
    assert dokument.tilstand == Dokument.Tilstand.BESTILT
    assert "afvist" in dokument.fejl or "udefra" in dokument.fejl


def test_et_dokument_der_bliver_ved_med_at_fejle_siger_det(dokument, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda _: 1 / 0)
    for _ in range(FLEST_FORSOEG):
        with pytest.raises(ZeroDivisionError):
            pdf.lav_dokument(dokument.pk)
    dokument.refresh_from_db()
    assert dokument.tilstand == Dokument.Tilstand.FEJLET
    assert "ZeroDivisionError" in dokument.fejl


def test_to_workere_paa_samme_dokument_giver_et(dokument):
    foerste = bytes(lavet(dokument).pdf)
    assert bytes(lavet(dokument).pdf) == foerste
    assert dokument.forsoeg == 1


def test_webprocessen_indlaeser_aldrig_weasyprint():
    """The import costs 30 MB and half a second; only the worker pays it."""
    import subprocess
    import sys

    kode = "import django; django.setup(); from django.urls import get_resolver as r; r().url_patterns; import sys; "
    kode += "from samarbejde import certifikat; certifikat.tilstand(); "
    kode += "kun_i_workeren = 'weasyprint openpyxl pyhanko pikepdf asn1crypto segno'.split(); "
    kode += "print([m for m in kun_i_workeren if m in sys.modules])"
    svar = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True)
    assert svar.stdout.strip() == "[]"


def test_dokumentets_egne_data_ligger_i_filen_og_kan_laeses_af_importeren(dokument):
    fil = laes_data(bilag_i(bytes(lavet(dokument).pdf)))
    assert fil is not None
    assert bilag_i(bytes(dokument.pdf)) == aftale_json(dokument)
