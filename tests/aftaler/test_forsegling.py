"""The worker's last step: rendered, sealed, stored. The agreement gets its document whatever is missing (S17)."""

import hashlib
from datetime import timedelta

import pymupdf
import pytest
from django.db import OperationalError

from aftaler import actions, pdf
from aftaler.models import Dokument
from aftaler.verificering import efter_fil
from samarbejde import tid
from samarbejde.pdf import FLEST_FORSOEG
from samarbejde.segl import TidsstempelError
from tests.aftaler import byg, certifikater
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
Segl = Dokument.Segl


@pytest.fixture
def v():
    return verden()


@pytest.fixture(scope="module")
def tegnet():
    """What is drawn does not matter here."""
    return certifikater.med_felt(certifikater.tegnet())


@pytest.fixture
def aftale(v, tegnet, monkeypatch):
    """Entered, with its document ordered."""
    monkeypatch.setattr(pdf, "render", lambda dokument: tegnet)
    return byg.indgaaet(v)


@pytest.fixture
def certifikat(settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path)


def lavet(aftale, nr=1):
    dokument = aftale.dokumenter.get(loebenummer=nr)
    pdf.lav_dokument(dokument.pk)
    dokument.refresh_from_db()
    return dokument


def test_s17_dokumentet_forsegles_og_begge_udgaver_kan_kontrolleres(aftale, certifikat):
    dokument = lavet(aftale)
    bytes_ = bytes(dokument.pdf)
    assert (dokument.segl, dokument.segl_bemaerkning) == (Segl.UDEN_TIDSSTEMPEL, "")
    assert dokument.sha256 == hashlib.sha256(bytes_).hexdigest()
    uforseglet = bytes_[: dokument.uforseglet_laengde]
    assert dokument.uforseglet_sha256 == hashlib.sha256(uforseglet).hexdigest()
    assert len(uforseglet) < len(bytes_) < len(uforseglet) + 25_000
    assert certifikater.dom(bytes_).bottom_line


def test_s17_det_rigtige_dokument_er_uden_fejl_foer_og_efter_seglet(v, settings, tmp_path):
    """Judged as it leaves the worker, by qpdf, outloud and pdfua."""
    settings.SEGL = certifikater.p12(tmp_path)
    dokument = lavet(byg.indgaaet(v))
    bytes_ = bytes(dokument.pdf)
    assert certifikater.fejl_i(bytes_, tmp_path) == ([], [], [])
    assert certifikater.fejl_i(bytes_[: dokument.uforseglet_laengde], tmp_path) == ([], [], [])
    assert efter_fil(bytes_.replace(b"Reserve", b"reserve") + b" ").dokument == dokument
    assert efter_fil(bytes_).dokument == dokument
    assert "ikke forseglet" not in paa_papiret(dokument)


def test_s17_paa_papiret_staar_der_at_det_ikke_er_forseglet(v):
    sagt = paa_papiret(lavet(byg.indgaaet(v)))
    assert "Dokumentet er ikke forseglet. Der var intet certifikat at forsegle med." in sagt


def test_case_39_det_foerste_dokument_siger_hvem_der_mangler_og_det_naeste_at_ingen_goer(v):
    aftale = byg.sendt(v)
    for enhed in (v.skole, v.kkfo, v.boernehus):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    actions.indgaa_uden_svar(aftale=byg.frisk(aftale), af=v.skoleleder, grund="Centeret svarer ikke.")
    foerste = paa_papiret(lavet(aftale))
    assert f"{v.center.navn} (har ikke godkendt)" in foerste
    assert "De kan stadig tiltræde." in foerste
    actions.tiltraed(part=byg.part(aftale, v.center), af=v.centerleder, aftryk=byg.frisk(aftale).indhold_id)
    naeste = paa_papiret(lavet(aftale, 2))
    assert "har ikke godkendt" not in naeste
    assert "Alle, der er part nu, har godkendt eller er tiltrådt siden." in naeste
    side = logget_ind(v.skoleleder).get(rod(aftale)).content.decode()
    assert f'<a href="{rod(aftale)}aftale.pdf?nr=1">nr. 1</a>.' in side


def paa_papiret(dokument):
    with pymupdf.open(stream=bytes(dokument.pdf), filetype="pdf") as fil:
        return " ".join(" ".join(side.get_text() for side in fil).split())


def test_s17_uden_certifikat_gemmes_dokumentet_uforseglet_og_siger_det(v, aftale):
    dokument = lavet(aftale)
    assert (dokument.tilstand, dokument.segl) == (Dokument.Tilstand.KLAR, Segl.IKKE_FORSEGLET)
    assert dokument.uforseglet_sha256 == dokument.sha256
    side = tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    assert "Ikke forseglet. Der var intet certifikat at forsegle med." in side
    assert dokument.kode_i_grupper in side


def test_s17_et_udloebet_certifikat_siger_det_og_et_nyt_hjaelper_de_naeste(v, aftale, settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path, fra=tid.nu() - timedelta(days=400))
    foerste = lavet(aftale)
    assert (foerste.segl, foerste.segl_bemaerkning) == (Segl.IKKE_FORSEGLET, "Certifikatet var udløbet.")
    settings.SEGL = certifikater.p12(tmp_path)
    Dokument.objects.create(aftale=aftale, indhold=aftale.indhold, loebenummer=2)
    assert lavet(aftale, 2).segl == Segl.UDEN_TIDSSTEMPEL
    uroert = Dokument.objects.get(pk=foerste.pk)
    assert (bytes(uroert.pdf), uroert.segl) == (bytes(foerste.pdf), Segl.IKKE_FORSEGLET)


def test_s17_med_tsa_er_der_tidsstempel_og_siden_siger_det(v, aftale, certifikat, settings):
    with certifikater.tidsstempeltjeneste() as adresse:
        settings.SEGL = settings.SEGL | {"tsa": adresse}
        dokument = lavet(aftale)
    assert dokument.segl == Segl.FORSEGLET
    assert certifikater.dom(bytes(dokument.pdf)).timestamp_validity.trusted
    assert "Forseglet med tidsstempel" in tekst(logget_ind(v.skoleleder).get(rod(aftale)))


def test_s17_en_tsa_der_bliver_vaek_proeves_igen_og_undvaeres_til_sidst(v, aftale, certifikat, settings):
    """The agreement must get its document: it waits for three tries and goes without in the last but one."""
    with certifikater.tidsstempeltjeneste() as adresse:
        settings.SEGL = settings.SEGL | {"tsa": adresse}
    for _ in range(FLEST_FORSOEG - 2):
        with pytest.raises(TidsstempelError):
            lavet(aftale)
        assert aftale.dokumenter.get().tilstand == Dokument.Tilstand.BESTILT
    ventesiden = tekst(logget_ind(v.skoleleder).get(rod(aftale) + "aftale.pdf"))
    assert "Dokumentet forsegles …" in ventesiden
    assert "Det tager længere end ventet. Vi prøver igen" in ventesiden
    dokument = lavet(aftale)
    assert dokument.segl == Segl.UDEN_TIDSSTEMPEL
    assert dokument.segl_bemaerkning == "Tjenesten, der giver tidsstempler, svarede ikke."
    assert certifikater.dom(bytes(dokument.pdf)).bottom_line
    assert "uden tidsstempel" in tekst(logget_ind(v.skoleleder).get(rod(aftale)))


def test_s17_to_workere_paa_samme_dokument_giver_eet_segl(aftale, certifikat):
    foerste = bytes(lavet(aftale).pdf)
    assert bytes(lavet(aftale).pdf) == foerste


def test_en_fuld_disk_taber_intet_og_dokumentet_kommer_naar_der_er_plads(v, aftale, certifikat, monkeypatch):
    with monkeypatch.context() as fuld:
        fyld_disken(fuld)
        with pytest.raises(OperationalError, match=r"full|space"):
            pdf.lav_dokument(aftale.dokumenter.get().pk)
    svar = logget_ind(v.skoleleder).get(rod(aftale) + "aftale.pdf")
    assert svar.status_code == 202
    assert "Dokumentet forsegles …" in tekst(svar)
    assert lavet(aftale).segl == Segl.UDEN_TIDSSTEMPEL


def fyld_disken(monkeypatch):
    """When the document is stored there is no room for it."""

    gem = Dokument.save

    def saa_langt_der_er_plads(self, **kun):
        if not kun:  # the whole row, with the PDF in it
            raise OperationalError("could not extend file: No space left on device")
        gem(self, **kun)

    monkeypatch.setattr(Dokument, "save", saa_langt_der_er_plads)
