"""The paper itself, short, long and nasty: what judges PDFs finds nothing wrong, and it says what it should (D5, D34).

Each document is made once for the whole file, from plain data.
"""

import io
import re

import pikepdf
import pytest
from pypdf import PdfReader

from samarbejde.segl import forsegl
from tests.aftaler import certifikater, papirer
from tests.aftaler.papirer import SLAGS, aabnet, dom, lavet, tomme_kasser

ALLE = pytest.mark.parametrize("slags", SLAGS)


def sider(slags):
    laeser = PdfReader(io.BytesIO(lavet(slags)))
    return [" ".join(side.extract_text().split()) for side in laeser.pages]


@ALLE
def test_d34_qpdf_outloud_og_pdfua_finder_ingen_fejl(slags):
    assert dom(lavet(slags)) == []


@pytest.mark.parametrize(
    ("ude_med", "hvem"),
    [("/Lang", "outloud"), ("/MarkInfo", "pdfua"), ("/StructTreeRoot", "pdfua")],
)
def test_dommerne_kan_finde_fejl(ude_med, hvem):
    pdf = aabnet(lavet("kort"))
    del pdf.Root[ude_med]
    ud = io.BytesIO()
    pdf.save(ud)
    assert any(linje.startswith(hvem) for linje in dom(ud.getvalue()))


def test_den_lange_er_paa_omkring_fyrre_sider():
    assert 36 <= len(sider("lang")) <= 44


@ALLE
def test_d34_xmp_siger_baade_pdfa_3a_og_pdfua_1_og_dansk(slags):
    pdf = aabnet(lavet(slags))
    xmp = pdf.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="3"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>" in xmp
    assert pdf.Root.Lang == "da"
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    with pdf.open_metadata() as meta:
        assert meta.pdfa_status == "3A"


@ALLE
def test_skrifterne_er_egne_og_ligger_i_filen(slags):
    pdf = aabnet(lavet(slags))
    fonte = [font for side in pdf.pages for font in side.Resources.Font.values()]
    assert fonte
    for font in fonte:
        beskrivelse = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in beskrivelse or "/FontFile3" in beskrivelse
        assert re.search(r"Plex|emoji|Reserve", str(font.BaseFont))


@ALLE
def test_ingen_tegn_bliver_til_en_tom_kasse(slags):
    assert tomme_kasser(lavet(slags)) == 0


def test_tegn_uden_for_skriften_staar_der_som_sig_selv():
    samlet = " ".join(sider("grim"))
    for tegn in ("Zażółć gęślą jaźń", "Ελληνικά", "Привет", "Tiếng Việt", "🎉", "→ ≥ ½", "<b>ikke fed</b> & «citat»"):
        assert tegn in samlet
    assert "[U+674E]" in samlet


@ALLE
def test_sidetal_er_artefakter_og_alt_andet_er_maerket_op(slags):
    pdf = aabnet(lavet(slags))
    numre = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    for nummer, side in enumerate(pdf.pages):
        artefakter, mcid = 0, set()
        for operander, operator in pikepdf.parse_content_stream(side):
            if str(operator) == "BDC":
                artefakter += operander[0] == "/Artifact" and operander[1].get("/Type") == "/Pagination"
                mcid |= {int(operander[1].MCID)} if "/MCID" in operander[1] else set()
        ejere = numre[numre.index(nummer) + 1]
        assert {plads for plads, ejer in enumerate(ejere) if ejer is not None} == mcid
        assert artefakter >= 2 or nummer == 0


@pytest.mark.parametrize("slags", ["kort", "lang", "grim"])
def test_et_tomt_seglfelt_og_kun_et(slags):
    pdf = aabnet(lavet(slags))
    formular = pdf.Root.AcroForm
    (felt,) = formular.Fields
    assert (str(felt.T), felt.FT, felt.F, felt.get("/V")) == ("Segl", "/Sig", 132, None)
    assert [int(tal) for tal in felt.Rect] == [0, 0, 0, 0]
    assert formular.SigFlags == 3
    assert "/NeedAppearances" not in formular


def test_et_udkast_kan_ikke_forsegles():
    pdf = aabnet(lavet("udkast"))
    assert "/AcroForm" not in pdf.Root


def test_dataene_ligger_i_filen_en_gang_med_faste_tider():
    pdf = aabnet(lavet("kort"))
    assert list(pdf.attachments) == ["aftale.json"]
    fil = pdf.attachments["aftale.json"].get_file()
    assert fil.read_bytes() == b'{"skema":"samarbejdsaftale/1"}'
    assert fil.mime_type == "application/json"
    assert fil.creation_date == fil.mod_date == papirer.KL
    assert len(pdf.Root.AF) == 1
    assert pdf.Root.AF[0].AFRelationship == "/Data"


@pytest.mark.parametrize("slags", ["kort", "lang", "grim"])
def test_s17_forseglet_er_den_lige_saa_fejlfri_og_seglet_gyldigt(slags, settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path)
    forseglet = forsegl(lavet(slags)).pdf
    assert forseglet.startswith(lavet(slags))
    assert dom(forseglet) == []
    svar = certifikater.dom(forseglet)
    assert svar.bottom_line
    assert svar.coverage.name == "ENTIRE_FILE"


# --- what it says ------------------------------------------------------------------------------------------------
def test_d5_forsiden_har_distrikt_aar_revision_og_parter_efter_art():
    forside = sider("kort")[0]
    for ord_ in ("Valby Øst", "Skoleåret 2026/27", "revideres senest 14. september 2026", "Lindeskolen (tovholder)"):
        assert ord_ in forside
    assert forside.index("Skoler") < forside.index("Fritidsinstitutioner og") < forside.index("0-6 års institutioner")


def test_s18_s14_forord_maal_delmaal_aktiviteter_ansvarlige_periode_og_tegn_staar_der():
    samlet = " ".join(sider("kort"))
    for ord_ in (
        "Visionen for de københavnske fritidstilbud",
        "Mål 1. Alle børn har en kendt voksen",
        "Målområder: 3. Overgange og 2. Udsatte børn",
        "Delmål 1.2. Fælles overgangsforløb",
        "Ansvarlig: KKFO Lindely og Lindeskolen",
        "Periode: fra 3. maj 2027 til og med 11. juni 2027",
        "Tegn på, at det lykkes: Alle kommende skolebørn",
    ):
        assert ord_ in samlet


def test_godkendelserne_og_koden_staar_paa_den_sidste_side():
    sidste = sider("kort")[-1]
    for ord_ in (
        "Pia Dahl 0, leder",
        "14. september 2026 kl. 10.30",
        "B7KM 2QXR 9TWD",
        "Dokument nr. 1",
        "/verificer/",
    ):
        assert ord_ in sidste
    assert "på vegne af enheden" in sider("grim")[-1]
    assert "Pladsen står åben" in sider("grim")[-1]


def test_koden_kan_findes_i_filen_ogsaa_naar_den_er_aendret():
    """/verificer/ looks for it in a file that is not ours byte for byte."""
    pdf = aabnet(lavet("kort"))
    assert str(pdf.docinfo["/Keywords"]) == "B7KM2QXR9TWD"
    assert "<pdf:Keywords>B7KM2QXR9TWD</pdf:Keywords>" in pdf.Root.Metadata.read_bytes().decode()


def test_uden_kode_er_der_hverken_kode_eller_qr():
    assert "Scan koden" not in sider("grim")[-1]


@ALLE
def test_hver_side_efter_forsiden_har_nummer_af_sider_og_der_er_bogmaerker(slags):
    alle = sider(slags)
    for nummer, side in enumerate(alle[1:], 2):
        assert f"Side {nummer} af {len(alle)}" in side
    pdf = aabnet(lavet(slags))
    with pdf.open_outline() as omrids:
        assert [punkt.title for punkt in omrids.root[0].children][-1] in {"Godkendelser", "Parterne"}


def test_s17_udkast_staar_tvaers_over_hver_side_indtil_aftalen_er_indgaaet():
    assert all("UDKAST" in side for side in sider("udkast"))
    assert "ikke indgået" in sider("udkast")[0]
    assert "Godkendt" not in " ".join(sider("udkast"))
    assert not any("UDKAST" in side for slags in ("kort", "lang", "grim") for side in sider(slags))
