"""til_pdf: the same bytes wherever it is made, the tables said aloud, and the characters it knows."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, datetime

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from fontTools.ttLib import TTFont
from weasyprint.urls import FatalURLFetchingError

from samarbejde import skrifter
from samarbejde.pdf import Bilag, til_pdf
from samarbejde.skrifter import SKRIFTER, fremmede_tegn, klar_til_skrift, kraev_kendte_tegn
from tests.arkitektur.filer import ROOT

KL = datetime(2026, 11, 26, 12, tzinfo=UTC)
SKRIFT = (ROOT / "templates/komponenter/dokument_skrift.css").read_text(encoding="utf-8")
STIL = f"<style>{SKRIFT} html {{ font-family: Plex, Plex2, emoji, Reserve }}</style>"
HOVED = f'<html lang="da"><head><title>x</title>{STIL}</head>'
HTML = f"{HOVED}<body><h1>Æøå 🎉 ł مرحبا</h1><p>Tekst</p></body></html>"
TABEL = (
    f"{HOVED}<body><h1>x</h1><table><thead><tr><th>Mål</th><th>Frist</th></tr></thead>"
    "<tbody><tr><th scope='row'>Et</th><td>1. maj</td></tr></tbody></table></body></html>"
)
KODE = """
import hashlib, sys
import django; django.setup()
from samarbejde.pdf import Bilag, til_pdf
from tests.samarbejde.test_pdf import HTML, KL
print(hashlib.sha256(til_pdf(HTML, bilag=[Bilag("a.json", b"{}", "A")], oprettet=KL, segl=True)).hexdigest())
"""


@pytest.mark.parametrize(("froe", "zone"), [("1", "Asia/Tokyo"), ("4711", "America/New_York")])
def test_samme_bytes_i_enhver_proces_tidszone_mappe_og_hashfroe(froe, zone, tmp_path):
    her = til_pdf(HTML, bilag=[Bilag("a.json", b"{}", "A")], oprettet=KL, segl=True)
    miljoe = {**os.environ, "PYTHONHASHSEED": froe, "TZ": zone, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    svar = subprocess.run(
        [sys.executable, "-c", KODE], cwd=tmp_path, env=miljoe, capture_output=True, text=True, check=True
    )
    assert svar.stdout.strip() == hashlib.sha256(her).hexdigest()


def test_bare_en_anden_tid_er_andre_bytes():
    assert til_pdf(TABEL, oprettet=KL) != til_pdf(TABEL, oprettet=KL.replace(minute=1))


def test_d34_hver_overskrift_i_en_tabel_siger_hvad_den_er_over():
    pdf = pikepdf.open(io.BytesIO(til_pdf(TABEL, oprettet=KL)))
    celler = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/TH"]
    assert sorted(str(celle.A.Scope) for celle in celler) == ["/Column", "/Column", "/Row"]


@pytest.mark.parametrize("adresse", ["http://127.0.0.1/x.png", "billede://lokal/../settings.py", "skrift://lokal/x"])
def test_kun_egne_skrifter_og_billeder_hentes(adresse):
    billede = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{adresse}" width="9"/></svg>'
    with pytest.raises((ValueError, FatalURLFetchingError)):
        til_pdf(f"{HOVED}<body>{billede}</body></html>", oprettet=KL)


def test_et_eget_billede_hentes():
    html = TABEL.replace("<table>", '<div style="background:url(billede://lokal/forside.svg);height:9mm"></div><table>')
    assert til_pdf(html, oprettet=KL).startswith(b"%PDF-1.7")


# --- characters --------------------------------------------------------------------------------------------------
def kan_tegnes(*navne):
    return {tegn for navn in navne for tegn in TTFont(SKRIFTER[navn]).getBestCmap()}


def test_listen_over_tegn_er_den_skrifterne_har():
    alle = kan_tegnes(*(navn for navn in SKRIFTER if "SemiBold" not in navn))
    assert {chr(tegn) for tegn in alle if fremmede_tegn(chr(tegn))} == set()
    assert fremmede_tegn("".join(chr(tegn) for tegn in range(0x20, 0x3000) if tegn not in alle and tegn > 0x9F))[:1]
    ukendte = [tegn for tegn in range(0xA0, 0xD800) if tegn not in alle]
    assert len(fremmede_tegn("".join(map(chr, ukendte)))) == len(ukendte)


def test_det_der_skrives_uden_reserver_kan_plex_selv():
    plex = kan_tegnes("IBMPlexSans-Regular-Latin1.woff2", "IBMPlexSans-Regular-Latin2.woff2")
    alene = {tegn for tegn in range(0x20, 0x3000) if skrifter._KUN_PLEX.fullmatch(chr(tegn))}
    assert alene - plex == set()
    fed = kan_tegnes("IBMPlexSans-SemiBold-Latin1.woff2", "IBMPlexSans-SemiBold-Latin2.woff2")
    assert alene - fed == set()


@pytest.mark.parametrize("tekst", ["Łódź", "🎉👍🏽", "مرحبا", "Ω ≥ →", "linje\nlinje\tog tab", ""])
def test_kendte_tegn_er_i_orden(tekst):
    kraev_kendte_tegn(tekst)


def test_hvad_ingen_skrift_har_afvises_med_tegnet_selv():
    with pytest.raises(ValidationError) as fejl:
        kraev_kendte_tegn("Velkommen 李明")
    assert "ikke kan skrives i dokumentet: «李» «明»" in fejl.value.messages[0]


def test_et_navn_der_ikke_kan_tegnes_staar_med_sit_nummer():
    assert "[U+674E]" in klar_til_skrift(HTML.replace("Tekst", "李"))


def test_reserverne_er_kun_med_hvor_de_skal_bruges():
    assert klar_til_skrift(TABEL) == TABEL
    assert "DejaVuSans.woff2" in klar_til_skrift(HTML)


def test_licenserne_ligger_ved_skrifterne():
    mappe = SKRIFTER["DejaVuSans.woff2"].parent
    assert {fil.name for fil in mappe.glob("LICENSE*")} == {"LICENSE-DejaVu.txt", "LICENSE-NotoEmoji.txt"}
    assert sum(fil.stat().st_size for fil in mappe.iterdir()) < 1_000_000
