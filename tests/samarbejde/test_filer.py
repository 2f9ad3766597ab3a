"""Uploaded files: judged by content, kept once, handed out as attachments and nothing else (issue: bad input)."""

import hashlib
import io
import logging
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as indstillinger
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from samarbejde import filer, filindhold, tid
from samarbejde.actions_filer import gem_fil
from samarbejde.fillager import lager, sti
from samarbejde.models import Fil
from samarbejde.views.filer import svar_med_fil
from tests.fabrik import person
from tests.samarbejde import filer as byg
from tests.samarbejde.filer import upload

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def eget_lager(settings, tmp_path):
    standard = {**settings.STORAGES["default"]}
    standard["OPTIONS"] = {**standard["OPTIONS"], "location": tmp_path / "filer"}
    settings.STORAGES = {**settings.STORAGES, "default": standard}
    return tmp_path / "filer"


@pytest.fixture
def sanne(db):
    return person("Sanne Lund")


def afvist(navn, indhold):
    with pytest.raises(ValidationError) as fejl:
        filer.art_af(io.BytesIO(indhold), navn)
    return " ".join(fejl.value.messages)


# --- what is taken -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("art", byg.ALLE)
def test_every_kind_is_known_by_its_content(art):
    indhold = io.BytesIO(byg.ALLE[art]())
    indhold.seek(3)
    assert filer.art_af(indhold, f"Referat.{art.upper()}") == Fil.Art(art)
    assert indhold.tell() == 0


def test_jpeg_is_jpg_and_word_online_calls_its_document_document2():
    assert filer.art_af(io.BytesIO(byg.jpg()), "foto.jpeg") == Fil.Art.JPG
    assert filer.art_af(io.BytesIO(byg.ooxml("word/document2.xml", byg.WORD)), "a.docx") == Fil.Art.DOCX


def test_a_little_behind_the_end_of_a_pdf_is_common():
    assert filer.art_af(io.BytesIO(byg.pdf() + b"\r\n\0\0"), "a.pdf") == Fil.Art.PDF


# --- what is refused, each in one sentence -----------------------------------------------------------------------
AFVIST = {
    "tom": ("a.pdf", lambda: b"", "Filen er tom."),
    "11 MB": ("a.pdf", lambda: b"%PDF-1.7" + bytes(11 * MB) + b"%%EOF", "Den må højst fylde 10 MB."),
    "program": ("a.exe", lambda: b"MZ\x90\0" + bytes(99), "ikke af en type, vi tager imod"),
    "webside": ("a.html", lambda: b"<script>alert(1)</script>", "ikke af en type, vi tager imod"),
    "svg": ("a.svg", lambda: b"<svg onload='alert(1)'/>", "ikke af en type, vi tager imod"),
    "zip": ("a.zip", lambda: byg.pakke({"a.txt": "x"}), "ikke af en type, vi tager imod"),
    "uden endelse": ("referat", byg.pdf, "Lad navnet ende på .pdf"),
    "program som pdf": ("a.pdf", lambda: b"MZ\x90\0" + bytes(99), "hedder .pdf, men indholdet er noget andet"),
    "pdf som program": ("a.exe", byg.pdf, "indhold er PDF, men det siger navnet ikke"),
    "pdf som docx": ("a.docx", byg.pdf, "Lad navnet ende på .pdf"),
    "docx som xlsx": ("a.xlsx", byg.docx, "indhold er Word"),
    "zip som docx": ("a.docx", lambda: byg.pakke({"a.txt": "x"}), "indholdet er noget andet"),
    "diasshow som docx": ("a.docx", lambda: byg.ooxml("ppt/presentation.xml", "x"), "indholdet er noget andet"),
    "skabelon som docx": (
        "a.docx",
        lambda: byg.ooxml("word/document.xml", byg.WORD.replace("document.main", "template.main")),
        "indholdet er noget andet",
    ),
    "docx uden dokument": ("a.docx", lambda: byg.ooxml("x.xml", byg.WORD), "indholdet er noget andet"),
    "ods som odt": ("a.odt", lambda: byg.odt(byg.ODT.replace(b"text", b"spreadsheet")), "indholdet er noget andet"),
    "zip foran": ("a.docx", lambda: b"MZ" + byg.docx(), "indholdet er noget andet"),
    "pdf bag en webside": ("a.pdf", lambda: b"<html>" + byg.pdf(), "indholdet er noget andet"),
    "dobbelt endelse": ("faktura.pdf.exe", byg.pdf, "det siger navnet ikke"),
    "omvendt skrift": ("faktura\u202efdp.exe", byg.pdf, "det siger navnet ikke"),
    "NUL i navnet": ("faktura.pdf\x00.exe", byg.pdf, "det siger navnet ikke"),
    "personnummer": ("Sag 010203-1234.pdf", byg.pdf, "må ikke indeholde personnumre"),
    "makroer": ("a.docx", lambda: byg.docx(**{"word/vbaProject.bin": "x"}), "indeholder makroer"),
    "docm som docx": ("a.docx", lambda: byg.ooxml("word/document.xml", byg.MAKROWORD), "indeholder makroer"),
    "excel 4-makroer": ("a.xlsx", lambda: byg.docx(**{"xl/macrosheets/sheet1.xml": "x"}), "indeholder makroer"),
    "makroer i odt": ("a.odt", lambda: byg.odt(**{"Basic/script-lc.xml": "x"}), "indeholder makroer"),
    "låst pdf": ("a.pdf", byg.laast_pdf, "Filen er låst"),
    "låst zip": ("a.docx", byg.krypteret_zip, "Filen er låst"),
    "låst odt": ("a.odt", lambda: byg.odt(manifest="<manifest:encryption-data/>"), "Filen er låst"),
    "gammel doc": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999),
        "adgangskode eller er gemt i et",
    ),
    "bombe": ("a.docx", byg.bombe, "når den pakkes ud"),
    "løgn om størrelsen": ("a.docx", byg.loegn, "ødelagt|pakkes ud"),
    "kæmpebillede": ("a.png", lambda: byg.png(60_000, 60_000), "når den pakkes ud"),
    "mange dele": ("a.docx", lambda: byg.docx(**{f"x/{n}": "" for n in range(5_001)}), "når den pakkes ud"),
    "halv pdf": ("a.pdf", lambda: byg.pdf()[:-20], "ødelagt"),
    "kun pdf-hoved og hale": ("a.pdf", lambda: b"%PDF-1.7 <script>alert(1)</script> %%EOF", "ødelagt"),
    "jpg af fyld": ("a.jpg", lambda: b"\xff\xd8" + b"\xff" * MB, "ødelagt"),
    "halv docx": ("a.docx", lambda: byg.docx()[:-30], "ødelagt"),
    "halv png": ("a.png", lambda: byg.png()[:-5], "ødelagt"),
    "png uden billede": ("a.png", lambda: byg.png(0, 1), "ødelagt"),
    "kun png-hoved": ("a.png", lambda: byg.png()[:8], "ødelagt"),
    "halv jpg": ("a.jpg", lambda: byg.jpg()[:-2], "ødelagt"),
    "kun jpg-hoved": ("a.jpg", lambda: b"\xff\xd8\xff\xe0", "ødelagt"),
    "sær pakning": ("a.docx", lambda: byg.pakke({"[Content_Types].xml": byg.WORD}, 14), "ødelagt"),
}


@pytest.mark.parametrize("hvad", AFVIST)
def test_refused_in_one_danish_sentence(hvad):
    navn, indhold, saetning = AFVIST[hvad]
    svar = afvist(navn, indhold())
    assert any(en in svar for en in saetning.split("|")), svar


def test_a_lie_about_the_size_is_never_unpacked(monkeypatch):
    """What is read of a container is limited by us, not by what it says."""
    import tracemalloc

    loegn = byg.loegn()
    tracemalloc.start()
    afvist("a.docx", loegn)
    hoejst = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert hoejst < 6 * MB


def taget_eller_afvist(data, art):
    try:
        return filer.art_af(io.BytesIO(data), f"a.{art}") == art
    except ValidationError as fejl:
        return len(fejl.messages) == 1


@pytest.mark.parametrize("art", byg.ALLE)
def test_broken_anywhere_it_is_a_sentence_and_never_a_fault(art):
    """Every file cut short at many places, and with bytes turned over: taken or refused, nothing else."""
    helt = byg.ALLE[art]()
    for plads in range(1, len(helt), max(1, len(helt) // 150)):
        vendt = bytearray(helt)
        vendt[plads] ^= 0xFF
        for data in (helt[:plads], bytes(vendt)):
            assert taget_eller_afvist(data, art)


# --- names -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sendt", "vist"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Sanne\\Årsplan æøå.pdf", "Årsplan æøå.pdf"),
        ("..", "fil"),
        ("", "fil"),
        (".pdf", "fil.pdf"),
        ("plan\x00\r\nX-Ond: 1.pdf", "plan X-Ond: 1.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("A\u030arsplan.pdf", "Årsplan.pdf"),
        ("  plan .pdf. ", "plan.pdf"),
        ("x" * 400 + ".docx", "x" * 115 + ".docx"),
        ("plan." + "y" * 400, "plan." + "y" * 10),
    ],
)
def test_the_name_that_is_shown_is_only_a_name(sendt, vist):
    assert filer.rens_filnavn(sendt) == vist
    assert filer.rens_filnavn(vist) == vist


# --- kept --------------------------------------------------------------------------------------------------------
def test_kept_under_its_content_for_the_service_alone(sanne, eget_lager):
    indhold = byg.pdf()
    fil = gem_fil(upload=upload("Årsplan.pdf", indhold), af=sanne)
    sha256 = hashlib.sha256(indhold).hexdigest()
    assert (fil.art, fil.stoerrelse, fil.sha256, fil.lagt_op_af) == ("pdf", len(indhold), sha256, sanne)
    blob = eget_lager / sha256[:2] / sha256
    assert blob.read_bytes() == indhold
    assert stat.S_IMODE(blob.stat().st_mode) == 0o600
    assert stat.S_IMODE(blob.parent.stat().st_mode) == stat.S_IMODE(eget_lager.stat().st_mode) == 0o700
    assert fil.beskrivelse == f"PDF, {round(len(indhold) / 1024)} kB"


def test_the_same_content_twice_is_one_blob_and_two_rows(sanne, eget_lager):
    en = gem_fil(upload=upload("a.png", byg.png()), af=sanne)
    to = gem_fil(upload=upload("b.png", byg.png()), af=person("Kirsten Ravn"))
    assert en.noegle != to.noegle
    assert (en.sti, en.navn, to.navn) == (to.sti, "a.png", "b.png")
    assert [en for en in eget_lager.rglob("*") if en.is_file()] == [eget_lager / en.sti]


def test_eight_at_once_with_the_same_content_leave_one_whole_blob(eget_lager):
    data = bytes(range(256)) * 8_000
    with ThreadPoolExecutor(8) as mange:
        gemt = list(mange.map(lambda _: lager().save(sti("ab" * 32), ContentFile(data)), range(16)))
    assert set(gemt) == {sti("ab" * 32)}
    assert [en.read_bytes() for en in eget_lager.rglob("*") if en.is_file()] == [data]


def test_a_damaged_blob_is_mended_by_the_next_upload(sanne, eget_lager):
    fil = gem_fil(upload=upload("a.png", byg.png()), af=sanne)
    (eget_lager / fil.sti).write_bytes(b"halv")
    gem_fil(upload=upload("a.png", byg.png()), af=sanne)
    assert (eget_lager / fil.sti).read_bytes() == byg.png()


def test_what_is_refused_leaves_nothing(sanne, eget_lager):
    with pytest.raises(ValidationError):
        gem_fil(upload=upload("a.pdf", b"MZ"), af=sanne)
    assert not Fil.objects.exists()
    assert not eget_lager.exists()


@pytest.mark.parametrize("felter", [{"art": "exe"}, {"stoerrelse": 0}, {"navn": ""}])
def test_the_database_refuses_nonsense(sanne, felter):
    gyldig = {"navn": "a.pdf", "art": "pdf", "stoerrelse": 1, "sha256": "a" * 64, "lagt_op_af": sanne}
    with pytest.raises(IntegrityError), transaction.atomic():
        Fil.objects.create(**gyldig | felter)


def test_the_keys_of_addresses_are_not_guessed(sanne):
    noegler = {gem_fil(upload=upload("a.png", byg.png()), af=sanne).noegle for _ in range(5)}
    assert len(noegler) == 5
    assert all(len(noegle) == 22 for noegle in noegler)


# --- handed out --------------------------------------------------------------------------------------------------
def test_handed_out_as_an_attachment_with_its_danish_name(sanne):
    svar = svar_med_fil(gem_fil(upload=upload("Årsplan for Lindeskolen æøå.docx", byg.docx()), af=sanne))
    assert svar.streaming
    assert b"".join(svar.streaming_content) == byg.docx()
    navn = "%C3%85rsplan%20for%20Lindeskolen%20%C3%A6%C3%B8%C3%A5.docx"
    assert svar["Content-Disposition"] == f"attachment; filename*=utf-8''{navn}"
    assert svar["Content-Type"].endswith("wordprocessingml.document")
    assert svar["Content-Length"] == str(len(byg.docx()))
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert svar["Cache-Control"] == "private, no-store"
    assert svar["Content-Security-Policy"] == "default-src 'none'; sandbox"
    svar.close()


@pytest.mark.parametrize("skade", ["væk", "halv", "mappe"])
def test_a_blob_that_is_gone_is_a_page_and_a_line_in_the_log(sanne, eget_lager, caplog, skade):
    fil = gem_fil(upload=upload("<b>plan</b>.png", byg.png()), af=sanne)
    blob = eget_lager / fil.sti
    blob.write_bytes(b"halv") if skade == "halv" else blob.unlink()
    if skade == "mappe":
        blob.mkdir()
    with caplog.at_level(logging.ERROR):
        svar = svar_med_fil(fil)
    assert svar.status_code == 410
    assert "Filen er her ikke længere" in svar.content.decode()
    assert "lagt op af Sanne Lund" in svar.content.decode()
    assert "<b>plan" not in svar.content.decode()
    assert fil.sti in caplog.text


@pytest.mark.parametrize("adresse", ["/static/../filer/{}", "/filer/{}", "/static/%2e%2e/filer/{}", "/media/{}"])
def test_no_address_leads_into_the_storage(sanne, client, adresse):
    fil = gem_fil(upload=upload("a.png", byg.png()), af=sanne)
    client.force_login(sanne)
    assert client.get(adresse.format(fil.sti)).status_code == 404
    assert Path(lager().location) not in [Path(indstillinger.STATIC_ROOT), *Path(indstillinger.STATIC_ROOT).parents]


# --- swept -------------------------------------------------------------------------------------------------------
def test_what_nothing_points_to_goes_after_a_day(sanne, eget_lager):
    beholdt = gem_fil(upload=upload("a.png", byg.png()), af=sanne)
    with transaction.atomic():
        opgivet = gem_fil(upload=upload("a.jpg", byg.jpg()), af=sanne)
        transaction.set_rollback(True)
    (eget_lager / f"{opgivet.sti}.undervejs").write_bytes(b"halv")
    nu = tid.nu()
    assert filer.ryd_filer_op(nu) == 0
    assert lager().exists(opgivet.sti)
    assert filer.ryd_filer_op(nu + timedelta(days=2)) == 2
    assert [en for en in eget_lager.rglob("*") if en.is_file()] == [eget_lager / beholdt.sti]


def test_swept_once_a_day_although_the_routines_run_every_minute(sanne):
    om_to_dage = tid.nu() + timedelta(days=2)
    assert filer.ryd_filer_op(om_to_dage) == 0
    gem_fil(upload=upload("a.jpg", byg.jpg()), af=sanne).delete()
    assert filer.ryd_filer_op(om_to_dage) == 0
    assert filer.ryd_filer_op(om_to_dage + timedelta(days=1)) == 1


def test_uploaded_anew_before_the_sweep_it_stays(sanne, eget_lager):
    """Yesterday's orphan is today's upload, not yet committed when the rows were read: its age says it is in use."""
    import os

    forladt = eget_lager / sti(hashlib.sha256(byg.png()).hexdigest())
    forladt.parent.mkdir(parents=True)
    forladt.write_bytes(byg.png())
    os.utime(forladt, (1, 1))
    gem_fil(upload=upload("a.png", byg.png()), af=sanne).delete()
    assert filer.ryd_filer_op(tid.nu()) == 0
    assert forladt.exists()


def test_the_kinds_are_the_same_everywhere():
    assert set(byg.ALLE) == set(Fil.Art.values) == set(filer.ENDELSER.values())
    assert len(filindhold.MAGI) == 5
