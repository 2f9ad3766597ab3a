"""The seal itself: one field, signed once, with every byte before it left as it was (S17)."""

import asyncio
import io
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from samarbejde import certifikat as certifikat_modul
from samarbejde import segl, tid
from samarbejde.certifikat import CertifikatError
from tests.aftaler import certifikater


@pytest.fixture(scope="module")
def uforseglet():
    return certifikater.med_felt(certifikater.tegnet())


@pytest.fixture(params=["P-256", "RSA-3072"])
def art(request, settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path, request.param)
    return request.param


@pytest.fixture
def certifikat(settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path)


def pdfsig(pdf, mappe):
    fil = mappe / "forseglet.pdf"
    fil.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", str(fil)], capture_output=True, text=True, check=False).stdout


def test_s17_seglet_er_gyldigt_daekker_hele_filen_og_stoles_paa_af_roden(art, uforseglet, tmp_path):
    forseglet = segl.forsegl(uforseglet)
    svar = certifikater.dom(forseglet.pdf)
    assert svar.bottom_line
    assert svar.summary().startswith("INTACT:TRUSTED")
    assert svar.coverage.name == "ENTIRE_FILE"
    assert not forseglet.tidsstemplet
    sagt = pdfsig(forseglet.pdf, tmp_path)
    assert "Signature is Valid." in sagt
    assert "Total document signed" in sagt
    assert "ETSI.CAdES.detached" in sagt


def test_s17_den_forseglede_fil_begynder_med_den_uforseglede_og_bliver_ved_at_vaere_pdf_a(art, uforseglet):
    """Neither XMP nor Info is written anew, and no curve makes the file PDF 2.0."""
    forseglet = segl.forsegl(uforseglet).pdf
    assert forseglet.startswith(uforseglet)
    tilfoejet = forseglet[len(uforseglet) :]
    assert b"xpacket" not in tilfoejet
    assert b"/Producer" not in tilfoejet
    assert b"/ISO_" not in tilfoejet
    assert not re.search(rb"/Version\s*/2", tilfoejet)
    with pikepdf.open(io.BytesIO(uforseglet)) as foer, pikepdf.open(io.BytesIO(forseglet)) as efter:
        assert efter.pdf_version == "1.7"
        assert dict(foer.docinfo.items()) == dict(efter.docinfo.items())
        assert foer.Root.Metadata.read_bytes() == efter.Root.Metadata.read_bytes()
        assert efter.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1


def test_der_forsegles_kun_een_gang(certifikat, uforseglet):
    with pytest.raises(Exception, match=r"filled|exist|forbids|sign"):
        segl.forsegl(segl.forsegl(uforseglet).pdf)


def test_der_kan_forsegles_hvor_en_loekke_allerede_koerer(certifikat, uforseglet):
    async def udefra():
        return segl.forsegl(uforseglet)

    forseglet = segl.i_egen_traad(asyncio.run, udefra())
    assert certifikater.dom(forseglet.pdf).bottom_line


def test_uden_felt_er_der_intet_at_forsegle(certifikat):
    with pytest.raises(Exception, match="form"):
        segl.forsegl(certifikater.tegnet())


def test_en_vendt_byte_og_et_senere_tillaeg_opdages(certifikat, uforseglet):
    forseglet = bytearray(segl.forsegl(uforseglet).pdf)
    skriver = IncrementalPdfFileWriter(io.BytesIO(bytes(forseglet)))
    skriver.root["/Tilfoejet"] = skriver.root["/Type"]
    skriver.update_root()
    ud = io.BytesIO()
    skriver.write(ud)
    assert not certifikater.dom(ud.getvalue()).bottom_line
    forseglet[100] ^= 1
    assert not certifikater.dom(bytes(forseglet)).intact


def test_kontrollen_slipper_intet_forkert_igennem(certifikat, uforseglet):
    forseglet, eget = segl.forsegl(uforseglet), segl.hent()
    with pytest.raises(segl.SeglError, match="begynder ikke"):
        segl.kontroller(uforseglet + b"x", forseglet, eget)
    with pytest.raises(segl.SeglError, match="dækker ikke"):
        segl.kontroller(uforseglet, segl.Forseglet(forseglet.pdf + b"\n%mere\n", tidsstemplet=False), eget)
    rettet = forseglet.pdf.replace(b"/DocMDP", b"/DocMDQ")
    assert rettet != forseglet.pdf
    with pytest.raises(segl.SeglError, match="passer ikke"):
        segl.kontroller(uforseglet, segl.Forseglet(rettet, tidsstemplet=False), eget)
    with pytest.raises(segl.TidsstempelError):
        segl.kontroller(uforseglet, segl.Forseglet(forseglet.pdf, tidsstemplet=True), eget)
    with pytest.raises(segl.SeglError, match="ét segl"):
        segl.kontroller(uforseglet, segl.Forseglet(uforseglet, tidsstemplet=False), eget)


def test_s17_noeglen_holdes_varm(art, uforseglet, monkeypatch):
    """Loading it costs ten times the seal."""
    laest = []
    monkeypatch.setattr(certifikat_modul, "load_pkcs12", lambda *a: laest.append(a) or load_pkcs12(*a))
    for _ in range(3):
        segl.forsegl(uforseglet)
    assert len(laest) == 1


# --- the time stamp ------------------------------------------------------------------------------------------------
def test_s17_et_tidsstempel_fra_tsa_er_gyldigt(art, settings, uforseglet):
    with certifikater.tidsstempeltjeneste() as adresse:
        settings.SEGL = settings.SEGL | {"tsa": adresse}
        for _ in range(2):  # the second time without asking for a sample first
            forseglet = segl.forsegl(uforseglet)
            svar = certifikater.dom(forseglet.pdf)
            assert forseglet.tidsstemplet
            assert svar.bottom_line
            assert svar.timestamp_validity.trusted
            assert abs(svar.timestamp_validity.timestamp - tid.nu()) < timedelta(minutes=1)


@pytest.mark.parametrize("svar", [b"<html>Nede for vedligehold</html>", b"0\x03\x02\x01\x02"], ids=["html", "der"])
def test_vroevl_fra_tsa_er_et_tidsstempel_der_mangler(certifikat, settings, uforseglet, svar):
    with certifikater.tidsstempeltjeneste(svar) as adresse:
        settings.SEGL = settings.SEGL | {"tsa": adresse}
        with pytest.raises(segl.TidsstempelError):
            segl.forsegl(uforseglet)
        assert not segl.forsegl(uforseglet, tidsstempel=False).tidsstemplet


def test_en_tsa_der_er_vaek_er_et_tidsstempel_der_mangler(certifikat, settings, uforseglet):
    with certifikater.tidsstempeltjeneste() as adresse:
        settings.SEGL = settings.SEGL | {"tsa": adresse}
    with pytest.raises(segl.TidsstempelError):
        segl.forsegl(uforseglet)


# --- the certificate -----------------------------------------------------------------------------------------------
def test_et_udloebet_certifikat_forsegler_ikke_og_et_nyt_tages_i_brug_uden_genstart(settings, tmp_path, uforseglet):
    settings.SEGL = certifikater.p12(tmp_path, fra=tid.nu() - timedelta(days=400))
    with pytest.raises(CertifikatError, match=r"^Certifikatet til seglet udløb den .*\. Sæt et nyt i SEGL_P12\.$"):
        segl.forsegl(uforseglet)
    nyt = certifikater.p12(tmp_path)
    Path(settings.SEGL["p12"]).write_bytes(Path(nyt["p12"]).read_bytes())
    assert certifikater.dom(segl.forsegl(uforseglet).pdf).bottom_line


def test_et_certifikat_der_ikke_gaelder_endnu_forsegler_ikke(settings, tmp_path, uforseglet):
    settings.SEGL = certifikater.p12(tmp_path, fra=tid.nu() + timedelta(days=2))
    with pytest.raises(CertifikatError, match="gælder først fra"):
        segl.forsegl(uforseglet)
