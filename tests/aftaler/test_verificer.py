"""/verificer/ over HTTP: the file that was made, one that was changed, somebody else's, and a code (S17)."""

import io
import re
import time
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from aftaler import actions, pdf
from aftaler.journal import journalposter
from aftaler.models import Dokument
from aftaler.verificering import Dom, _koder, efter_fil, godkendt_af
from samarbejde import tid
from tests.aftaler import byg, certifikater
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def dokument(v, settings, tmp_path, monkeypatch):
    """Sealed, with its code only inside what is compressed, as the drawn page has it."""
    settings.SEGL = certifikater.p12(tmp_path)
    monkeypatch.setattr(pdf, "render", lambda dokument: certifikater.med_felt(med_kode(dokument)))
    return lavet(byg.indgaaet(v))


def med_kode(dokument):
    adresse = f"http://testserver/verificer/{dokument.kode}/"
    return certifikater.tegnet(f"<a href='{adresse}'>Kontrollér aftalen</a>")


def lavet(aftale, nr=1):
    dokument = aftale.dokumenter.get(loebenummer=nr)
    pdf.lav_dokument(dokument.pk)
    return aftale.dokumenter.get(loebenummer=nr)


def kontroller(indhold, navn="aftale.pdf"):
    return Client().post("/verificer/", {"fil": SimpleUploadedFile(navn, bytes(indhold))})


def dom(svar):
    return re.search(r'<h2 class="alert-heading">([^<]+)</h2>', svar.content.decode())[1]


# --- a file --------------------------------------------------------------------------------------------------------
def test_s17_den_fil_der_blev_lavet_er_aegte_og_siden_siger_hvem_der_godkendte(v, dokument):
    svar = kontroller(dokument.pdf)
    side = tekst(svar)
    assert dom(svar) == "Ægte og uændret"
    assert v.distrikt.navn in side
    assert "1, dokument nr. 1" in side
    for part in byg.parter(v):
        assert part.navn in side
        assert byg.leder(v, part).navn not in side
    assert "skoleleder" in side
    assert "Forseglet uden tidsstempel" in side
    assert "Filen er ikke gemt" in side
    assert "noindex" in svar["X-Robots-Tag"]


@pytest.mark.parametrize("plads", [0.02, 0.5, 0.98])
def test_s17_en_vendt_byte_er_aendret_eller_ukendt_men_aldrig_aegte(dokument, plads):
    indhold = bytearray(dokument.pdf)
    indhold[int(len(indhold) * plads)] ^= 1
    assert dom(kontroller(indhold)) == "Ændret"


def test_s17_et_senere_tillaeg_er_aendret_og_siges_med_ord(dokument):
    skriver = IncrementalPdfFileWriter(io.BytesIO(bytes(dokument.pdf)))
    skriver.root["/Tilfoejet"] = skriver.root["/Type"]
    skriver.update_root()
    ud = io.BytesIO()
    skriver.write(ud)
    for indhold in (ud.getvalue(), bytes(dokument.pdf) + b"\n"):
        svar = kontroller(indhold)
        assert dom(svar) == "Ændret"
        assert "føjet noget til filen" in tekst(svar)


def test_s17_en_fil_uden_sit_segl_er_aendret(dokument):
    svar = kontroller(bytes(dokument.pdf)[: dokument.uforseglet_laengde])
    assert dom(svar) == "Ændret"
    assert "Seglet er taget af filen" in tekst(svar)


def test_s17_en_fremmed_fil_er_ukendt_og_der_siges_intet_om_nogen_aftale(v, dokument):
    for indhold in (
        certifikater.tegnet("Et brev om noget andet."),
        b"ikke en pdf",
        b"%PDF-1.7\nstream\n" + zlib.compress(b"0" * 60_000_000),
    ):
        svar = kontroller(indhold)
        assert dom(svar) == "Ukendt"
        assert v.distrikt.navn not in tekst(svar)


@pytest.mark.parametrize(
    "indhold",
    [
        b"stream\n" + zlib.compress(b"0123456789BC " * 4_000_000),
        b"stream\n\x78\x01" * 2_000 + b"\x00\x00\x00\xff\xff" * 1_500_000,
        b"stream\n" * 1_000_000,
    ],
    ids=["bombe", "tomme blokke", "mange stroemme"],
)
def test_en_ondsindet_fil_koster_ikke_mere_end_et_oejeblik(indhold):
    foer = time.process_time()
    assert _koder(indhold[: 10 * 1024 * 1024]) in ([], ["0123456789BC"])
    assert time.process_time() - foer < 5


def test_s17_et_uforseglet_dokument_er_ogsaa_aegte(v, settings, monkeypatch):
    settings.SEGL = {"p12": "", "kode": "", "tsa": ""}
    monkeypatch.setattr(pdf, "render", med_kode)
    dokument = lavet(byg.indgaaet(v))
    svar = kontroller(dokument.pdf)
    assert dom(svar) == "Ægte og uændret"
    assert "Ikke forseglet. Der var intet certifikat at forsegle med." in tekst(svar)


def test_intet_bliver_gemt(dokument, settings, tmp_path, django_assert_num_queries):
    """Nothing but reading is asked of the database, and the temporary file of a large one is gone."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "midlertidigt")
    (tmp_path / "midlertidigt").mkdir()
    stor = bytes(dokument.pdf) + b" " * 3_000_000  # more than is held in memory
    kontroller(stor)
    with CaptureQueriesContext(connection) as spurgt:
        assert dom(kontroller(stor)) == "Ændret"
    andet_end_taelleren = [sql["sql"] for sql in spurgt if "samarbejde_cache" not in sql["sql"]]
    assert [sql for sql in andet_end_taelleren if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []
    assert list((tmp_path / "midlertidigt").iterdir()) == []


def test_koden_findes_ogsaa_naar_noget_foran_den_i_samme_stroem_er_aendret(dokument):
    """Every byte of the unsealed part is turned in turn, in steps: never genuine, and nearly always known."""
    domme = []
    for plads in range(0, len(dokument.pdf), 199):
        indhold = bytearray(dokument.pdf)
        indhold[plads] ^= 0x20
        domme.append(efter_fil(bytes(indhold)).dom)
    assert Dom.AEGTE not in domme
    assert domme.count(Dom.AENDRET) > 0.8 * len(domme)


@pytest.mark.parametrize(
    ("filer", "siger"),
    [
        ({}, "Vælg den fil, du vil kontrollere."),
        ({"fil": SimpleUploadedFile("tom.pdf", b"")}, "Filen er tom. Vælg en anden fil."),
        ({"fil": "bare tekst"}, "Vælg den fil, du vil kontrollere."),
    ],
    ids=["ingen", "tom", "tekst"],
)
def test_ingen_fil_siger_hvad_man_skal_goere(filer, siger):
    svar = Client().post("/verificer/", filer)
    assert siger in tekst(svar)
    assert "<title>Fejl: " in svar.content.decode()


def test_en_for_stor_fil_siger_hvor_stor_den_maa_vaere(settings):
    settings.STOERSTE_FIL = 1024
    assert "Filen fylder mere end 1 kB" in tekst(kontroller(b"x" * 200_000))


# --- a code --------------------------------------------------------------------------------------------------------
def test_s17_koden_siger_hvilken_aftale_det_er_og_at_filen_skal_vises(v, dokument):
    svar = Client().get(f"/verificer/{dokument.kode}/")
    side = tekst(svar)
    assert dom(svar) == "Koden hører til denne aftale"
    assert "ser du først, når du vælger filen nedenfor" in side
    assert v.distrikt.navn in side
    assert dokument.sha256 in side
    assert "Ægte" not in side.replace("Er aftalen ægte", "")
    for part in byg.parter(v):
        assert byg.leder(v, part).navn not in side


def test_s17_en_tastet_kode_forstaas_og_foerer_til_samme_side_som_qr(dokument):
    grupper = dokument.kode_i_grupper.lower().replace("0", "o").replace("1", "i")
    svar = Client().get("/verificer/", {"kode": f" {grupper} "})
    assert (svar.status_code, svar["Location"]) == (302, f"/verificer/{dokument.kode}/")
    assert dom(Client().get(f"/verificer/{dokument.kode.lower()}/")) == "Koden hører til denne aftale"


def test_en_kode_der_ikke_er_nogen_siger_det_i_feltet(dokument):
    assert "12 tegn i grupper på fire" in tekst(Client().get("/verificer/", {"kode": "hejsa"}))
    ukendt = Client().get("/verificer/0000 0000 0000/")
    assert "Vi kender ikke koden" in tekst(ukendt)
    assert "12 tegn i grupper på fire" in tekst(Client().get("/verificer/%3Cscript%3E/"))


def test_en_kladde_og_et_dokument_der_ikke_er_lavet_har_ingen_kode(v):
    aftale = byg.indgaaet(v)
    svar = tekst(Client().get(f"/verificer/{aftale.dokumenter.get().kode}/"))
    assert "Vi kender ikke koden" in svar
    assert v.distrikt.navn not in svar


# --- what holds today ----------------------------------------------------------------------------------------------
def test_en_ophaevet_aftale_siger_at_den_ikke_gaelder(v, dokument):
    actions.ophaev_aftale(aftale=dokument.aftale, af=v.skoleleder, grund="Distriktet deles.")
    svar = kontroller(dokument.pdf)
    assert dom(svar) == "Ægte og uændret"
    assert "Aftalen er ophævet." in tekst(svar)


def test_en_erstattet_aftale_siger_hvilken_version_der_gaelder(v, dokument):
    ny = actions.lav_ny_version(aftale=dokument.aftale, af=v.skoleleder, grund="Rettes.")
    assert "Gælder ikke længere" not in tekst(kontroller(dokument.pdf))
    byg.send(byg.frisk(ny), v.skoleleder)
    for part in byg.parter(v):
        byg.godkend(byg.frisk(ny), part, byg.leder(v, part))
    assert "Aftalen er erstattet af version 2." in tekst(kontroller(dokument.pdf))


def test_et_nyere_dokument_af_samme_aftale_naevnes(v, dokument):
    Dokument.objects.create(aftale=dokument.aftale, indhold=dokument.indhold, loebenummer=2)
    assert "nyere dokument" not in tekst(kontroller(dokument.pdf))
    lavet(dokument.aftale, 2)
    assert "Der er et nyere dokument, nr. 2" in tekst(kontroller(dokument.pdf))


# --- the way there, and how often ----------------------------------------------------------------------------------
def test_s17_kun_godkendelser_af_netop_den_tekst_siges(v, settings, monkeypatch):
    """Case 39: one who approved an earlier text and was silent about this one has not approved it."""
    monkeypatch.setattr(pdf, "render", lambda dokument: certifikater.med_felt(med_kode(dokument)))
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.center, v.centerleder)
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    byg.skriv_afsnit(byg.frisk(aftale), v.skoleleder, "behov", "En anden tekst.")
    with tid.frys(tid.nu() - timedelta(days=9)):
        byg.send(byg.frisk(aftale), v.skoleleder)
    for enhed in (v.skole, v.kkfo, v.boernehus):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    actions.indgaa_uden_svar(aftale=byg.frisk(aftale), af=v.skoleleder, grund="Centeret svarer ikke.")
    dokument = lavet(byg.frisk(aftale))
    assert {en.enhedsnavn for en in godkendt_af(dokument)} == {v.skole.navn, v.kkfo.navn, v.boernehus.navn}
    (post,) = journalposter(aftale.skoleaar)
    assert v.center.navn not in post.parter


def test_aftalens_side_og_sidefoden_foerer_til_verificer(v, dokument):
    side = logget_ind(v.skoleleder).get(rod(dokument.aftale)).content.decode()
    assert f'href="/verificer/{dokument.kode}/"' in side
    assert 'href="/verificer/"' in Client().get("/log-ind/").content.decode()
    assert logget_ind(v.udenfor).get(rod(dokument.aftale)).status_code == 404


def test_der_kan_ikke_proeves_uden_ende(dokument, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"verificer": "3/m/ip", "verificer_fil": "2/m/ip"}
    svar = [Client().get(f"/verificer/{dokument.kode}/").status_code for _ in range(4)]
    assert svar == [200, 200, 200, 429]
    assert [kontroller(dokument.pdf).status_code for _ in range(3)] == [200, 200, 429]
    assert "adgangskode" not in tekst(kontroller(dokument.pdf)), "whoever asks here has no account"


def test_antallet_af_spoergsmaal_er_fast(dokument):
    """The document, its approvals, a later one; the counter of the throttle is beside the matter."""
    with CaptureQueriesContext(connection) as spurgt:
        Client().get(f"/verificer/{dokument.kode}/")
    om_sagen = [sql["sql"] for sql in spurgt if "samarbejde_cache" not in sql["sql"] and "SAVEPOINT" not in sql["sql"]]
    assert len(om_sagen) == 3
