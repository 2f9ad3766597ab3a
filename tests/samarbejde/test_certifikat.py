"""The certificate as /readyz and the administrator see it: one Danish line for each thing that is wrong (S17)."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.seal import demo_certificate
from samarbejde import certifikat, tid
from tests.aftaler import certifikater
from tests.aftaler.sider import logget_ind, tekst
from tests.fabrik import verden


def advarsler():
    _, linjer = certifikat.tilstand()
    assert all(linje.endswith(".") and "\n" not in linje for linje in linjer)
    return linjer


def test_et_certifikat_der_holder_siger_ingenting(settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path)
    stand, linjer = certifikat.tilstand()
    assert linjer == []
    assert stand["segl"].startswith("til og med 20")
    assert stand["tidsstempel"] == "uden tidsstempel"


@pytest.mark.parametrize(("dage", "varsles"), [(59, True), (62, False)])
def test_s17_et_certifikat_inden_for_60_dage_fra_udloeb_siger_det(settings, tmp_path, dage, varsles):
    settings.SEGL = certifikater.p12(tmp_path, varer=timedelta(days=dage + 1))
    assert any("udløber den" in linje for linje in advarsler()) is varsles


def test_et_udloebet_certifikat_er_een_linje(settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path, fra=tid.nu() - timedelta(days=400))
    [linje] = advarsler()
    assert linje.startswith("Certifikatet til seglet udløb den ")
    assert linje.endswith(certifikat.UDEN)


def test_forkert_adgangskode_er_een_linje_uden_koden(settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path) | {"kode": "noget-helt-andet"}
    [linje] = advarsler()
    assert linje.startswith("SEGL_P12 kan ikke åbnes: SEGL_KODE passer ikke")
    assert "noget-helt-andet" not in linje


def test_ingen_fil_en_fil_der_er_vaek_og_en_fil_der_er_noget_andet(settings, tmp_path):
    settings.SEGL = {"p12": "", "kode": "", "tsa": ""}
    assert advarsler() == [f"SEGL_P12 mangler. {certifikat.UDEN}"]
    settings.SEGL = {"p12": str(tmp_path / "vaek.p12"), "kode": "", "tsa": ""}
    assert "ikke findes" in advarsler()[0]
    (tmp_path / "brev.p12").write_text("Kære alle")
    settings.SEGL = {"p12": str(tmp_path / "brev.p12"), "kode": "x", "tsa": ""}
    assert "kan ikke åbnes" in advarsler()[0]


@pytest.mark.django_db
def test_s17_readyz_og_administrator_ser_det_og_ingen_andre(settings, tmp_path, client):
    v = verden()
    settings.SEGL = certifikater.p12(tmp_path, varer=timedelta(days=30)) | {"tsa": "http://127.0.0.1:9/"}
    svar = json.loads(client.get("/readyz").content)
    assert svar["klar"] is True
    assert svar["segl"]["tidsstempel"] == "fra SEGL_TSA"
    assert any("Certifikatet til seglet udløber" in linje for linje in svar["advarsler"])
    assert "Certifikatet til seglet udløber" in tekst(logget_ind(v.administrator).get("/"))
    assert "Certifikatet til seglet udløber" not in tekst(logget_ind(v.skoleleder).get("/"))
    settings.SEGL = certifikater.p12(tmp_path)
    assert "Certifikatet" not in tekst(logget_ind(v.administrator).get("/"))


def test_demoens_certifikat_laves_een_gang_og_er_kun_ejerens(settings, tmp_path):
    sti = demo_certificate(tmp_path / "segl.p12")
    foerste = Path(sti).read_bytes()
    assert Path(sti).stat().st_mode & 0o777 == 0o600
    assert Path(demo_certificate(tmp_path / "segl.p12")).read_bytes() == foerste
    assert [fil.name for fil in tmp_path.iterdir()] == ["segl.p12"]
    settings.SEGL = {"p12": sti, "kode": "", "tsa": ""}
    assert "Demo" in certifikat.hent().eget.subject.rfc4514_string()
    assert advarsler() == []
