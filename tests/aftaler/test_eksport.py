"""A year's agreements for journal and archive: every document with its metadata, one at a time (D16)."""

import csv
import io
import json
import tracemalloc
import zipfile
from hashlib import sha256

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from aftaler import actions
from aftaler.journal import journalposter
from aftaler.models import Dokument
from samarbejde import stik, tid
from samarbejde.eksport import KOLONNER, Eksport, Journalpost, som_csv
from samarbejde.models import Haendelse
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
AAR = 2026


@pytest.fixture
def v():
    return verden()


def er_lavet(dokument, pdf=b"%PDF-1.7 en aftale"):
    """As the worker leaves it, without the seconds it takes."""
    felter = {"tilstand": "klar", "pdf": pdf, "sha256": sha256(pdf).hexdigest(), "lavet_den": tid.nu()}
    Dokument.objects.filter(pk=dokument.pk).update(**felter)
    return pdf


def nabo(v):
    steder = [v.naboskole, v.center]
    aftale = byg.kladde(v, distrikt=v.nabodistrikt, tovholder=v.naboskole, enheder=steder, af=v.naboskoleleder)
    byg.send(aftale, v.naboskoleleder)
    for enhed in steder:
        byg.godkend(aftale, enhed, byg.leder(v, enhed))


@pytest.fixture
def aaret(v):
    """Two agreements, one with its PDF; and one of another year."""
    with byg.i_aaret(AAR - 1):
        er_lavet(byg.indgaaet(v).dokumenter.get())
    with byg.i_aaret(AAR):
        aftale = byg.indgaaet(v)
        er_lavet(aftale.dokumenter.get())
    return aftale


def pakke(raa):
    return zipfile.ZipFile(io.BytesIO(raa))


def liste(zip_fil):
    return json.loads(zip_fil.read("indhold.json"))


def test_zip_filen_har_pdf_og_to_lister(aaret, v):
    raa = b"".join(Eksport(AAR, "2026-001").stroem())
    fil = pakke(raa)
    assert fil.testzip() is None
    navn = "samarbejdsaftale-2026-linde-skoledistrikt-version-1-dokument-1.pdf"
    assert fil.namelist() == [navn, "indhold.csv", "indhold.json"]
    assert fil.read(navn) == b"%PDF-1.7 en aftale"
    linje = liste(fil)[0]
    assert set(linje) == set(KOLONNER)
    assert linje["parter"] == [enhed.navn for enhed in byg.parter(v)]
    assert (linje["kle"], linje["sagsnr"], linje["dato"]) == ("17.00.00", "2026-001", "2026-10-01")
    assert (linje["tema"], linje["fil"]) == (
        "Samarbejdsaftale om Stærkt samarbejde: Linde Skoledistrikt 2026/27, dokument 1",
        navn,
    )
    assert linje["sha256"] == sha256(fil.read(navn)).hexdigest()


def test_csv_aabner_i_et_regneark(aaret):
    raa = pakke(b"".join(Eksport(AAR).stroem())).read("indhold.csv")
    assert raa.startswith(b"\xef\xbb\xbf")
    raekker = list(csv.DictReader(io.StringIO(raa.decode("utf-8-sig")), delimiter=";"))
    assert tuple(raekker[0]) == KOLONNER
    assert raekker[0]["parter"].endswith("og Børnehuset Solsikken")


def test_csv_har_ingen_formler():
    linje = dict.fromkeys(KOLONNER, "") | {"distrikt": "=HYPERLINK(1)", "parter": ["+1"]}
    assert "'=HYPERLINK(1)" in som_csv([linje]).decode()
    assert "'+1" in som_csv([linje]).decode()


def test_tidligere_dokumenter_og_versioner_er_med(v):
    """An accession makes one more document, a new version another agreement: all of it is kept."""
    with byg.i_aaret(AAR):
        foerste = byg.indgaaet(v)
        ny = actions.lav_ny_version(aftale=foerste, af=v.skoleleder, grund="Ret")
        byg.send(ny, v.skoleleder)
        for enhed in byg.parter(v):
            byg.godkend(ny, enhed, byg.leder(v, enhed))
        for dokument in Dokument.objects.all():
            er_lavet(dokument)
        linjer = liste(pakke(b"".join(Eksport(AAR).stroem())))
    assert [(en["version"], en["dokument"], en["tilstand"]) for en in linjer] == [
        (1, 1, "erstattet"),
        (2, 1, "indgået"),
    ]


def test_kladder_og_andre_aar_er_ikke_med(v, aaret):
    with byg.i_aaret(AAR + 1):
        byg.sendt(v)
    assert liste(pakke(b"".join(Eksport(AAR + 1).stroem()))) == []
    assert {en["skoleaar"] for en in liste(pakke(b"".join(Eksport(AAR).stroem())))} == {"2026/27"}


def test_en_pdf_der_ikke_er_lavet_naevnes_paa_listen(v, aaret):
    with byg.i_aaret(AAR):
        nabo(v)
    eksport = Eksport(AAR)
    linjer = liste(pakke(b"".join(eksport.stroem())))
    assert [(en["distrikt"], bool(en["fil"])) for en in linjer] == [("Ege Skoledistrikt", False), (linde(v), True)]
    assert "PDF'en er ikke lavet endnu" in linjer[0]["tilstand"]
    assert eksport.mangler == ["Samarbejdsaftale om Stærkt samarbejde: Ege Skoledistrikt 2026/27, dokument 1"]


def linde(v):
    return v.distrikt.navn


def test_antal_opslag_foelger_ikke_antallet_af_aftaler(v, aaret, django_assert_num_queries):
    """Agreements, parties, units and documents are one query each, and the bytes of a document one."""
    for _ in range(2):
        with django_assert_num_queries(4):
            poster = list(journalposter(AAR))
        with django_assert_num_queries(4 + 1):
            list(Eksport(AAR).stroem())
        if len(poster) == 1:
            with byg.i_aaret(AAR):
                nabo(v)
    assert len(poster) == 2


def test_hukommelsen_foelger_ikke_antallet(monkeypatch):
    """Seventy documents of 1 MB through room for a few of them."""
    en = {
        "dato": "",
        "tema": "t",
        "kle": "",
        "parter": [],
        "distrikt": "",
        "skoleaar": "",
        "version": 1,
        "tilstand": "",
    }

    def mange(skoleaar):
        for nummer in range(70):
            yield Journalpost(fil=f"{nummer}.pdf", dokument=nummer, hent=lambda: bytes(1_000_000), **en)

    monkeypatch.setattr(stik.eksport, "_plugs", {"proeve": mange})
    tracemalloc.start()
    sendt = sum(len(stykke) for stykke in Eksport(AAR).stroem())
    hoejest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sendt > 70_000_000
    assert hoejest < 6_000_000


# --- the command -------------------------------------------------------------------------------------------------
def test_eksporter_skriver_filen_og_siger_hvad_den_goer(aaret, tmp_path, capsys):
    call_command("eksporter", str(tmp_path), "--skoleaar", str(AAR), "--sagsnr", "26/1")
    sagt = capsys.readouterr().out
    assert "samarbejdsaftale-2026-linde-skoledistrikt-version-1-dokument-1.pdf" in sagt
    assert "1 dokument for 2026/27 er eksporteret til" in sagt
    assert [fil.name for fil in tmp_path.iterdir()] == ["staerkt-samarbejde-2026.zip"]
    assert liste(pakke((tmp_path / "staerkt-samarbejde-2026.zip").read_bytes()))[0]["sagsnr"] == "26/1"


def test_eksporter_ender_med_fejl_naar_en_pdf_mangler(v, aaret, tmp_path):
    with byg.i_aaret(AAR):
        nabo(v)
    with pytest.raises(CommandError, match=r"1 er ikke med, fordi PDF'en ikke er lavet endnu:\n  .*Ege Skoledistrikt"):
        call_command("eksporter", str(tmp_path / "ud.zip"), "--skoleaar", str(AAR))
    assert (tmp_path / "ud.zip").exists()


def test_en_mappe_der_ikke_findes_er_en_dansk_saetning(aaret, tmp_path):
    with pytest.raises(CommandError, match="kan ikke skrives"):
        call_command("eksporter", str(tmp_path / "borte" / "ud.zip"))


def test_en_afbrudt_koersel_efterlader_intet(aaret, tmp_path, monkeypatch):
    gammel = tmp_path / "ud.zip"
    gammel.write_bytes(b"den gamle")

    def fuld_disk(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("samarbejde.eksport.som_csv", fuld_disk)
    with pytest.raises(CommandError, match="No space left"):
        call_command("eksporter", str(gammel), "--skoleaar", str(AAR))
    assert [(fil.name, fil.read_bytes()) for fil in tmp_path.iterdir()] == [("ud.zip", b"den gamle")]


def test_et_sagsnummer_med_skrammel_afvises(tmp_path):
    with pytest.raises(CommandError, match="Sagsnummeret kan højst have 40"):
        call_command("eksporter", str(tmp_path), "--sagsnr", "a;b\n")


# --- the page ----------------------------------------------------------------------------------------------------
def test_forvaltningen_henter_zip_filen(v, aaret, client):
    client.force_login(v.forvaltning)
    assert reverse("eksport") in client.get(reverse("forvaltning")).content.decode()
    assert "Hent zip-filen" in client.get(reverse("eksport")).content.decode()
    foer = Haendelse.objects.count()
    svar = client.get(reverse("eksport"), {"skoleaar": AAR, "sagsnr": "26/1"})
    fil = pakke(svar.getvalue())
    assert (svar["Content-Type"], liste(fil)[0]["sagsnr"]) == ("application/zip", "26/1")
    assert svar["Content-Disposition"] == 'attachment; filename="staerkt-samarbejde-2026.zip"'
    assert len(fil.namelist()) == 3
    assert Haendelse.objects.count() == foer


@pytest.mark.parametrize("valg", [{"skoleaar": "1999"}, {"skoleaar": "x"}, {"skoleaar": ""}])
def test_et_aar_der_ikke_er_paa_listen_er_en_fejl_ved_feltet(v, client, valg):
    client.force_login(v.forvaltning)
    svar = client.get(reverse("eksport"), valg)
    assert svar.status_code == 400
    assert "Vælg et af skoleårene på listen." in svar.content.decode()


def test_et_daarligt_sagsnummer_er_en_fejl_ved_feltet(v, client):
    client.force_login(v.forvaltning)
    svar = client.get(reverse("eksport"), {"skoleaar": AAR, "sagsnr": "<b>"})
    assert "Et sagsnummer kan have bogstaver" in svar.content.decode()


@pytest.mark.parametrize("hvem", ["skoleleder", "omraadechef", "administrator", "udenfor"])
def test_kun_forvaltningen_kan_eksportere(v, client, hvem):
    """An administrator has the technique, not the content; a leader reads one's own agreement."""
    client.force_login(getattr(v, hvem))
    assert client.get(reverse("eksport"), {"skoleaar": AAR}).status_code == 403
