"""What the papers of a meeting say, as PDF: tagged, in Danish, escaped, and nothing fetched from outside (D34)."""

import hashlib
import io

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from moeder import pdf
from moeder.models import Moede, Moededokument, Punkt
from moeder.states import Deltagelse, Punkttilstand, Tilstand
from samarbejde.pdf import FLEST_FORSOEG
from tests.fabrik import verden
from tests.moeder.byg import forum, inviter, moede, opgave, punkt
from tests.moeder.papirer import berigtiget, bestilt, bidrag, fil, fuldt, med_referat, skriv, tekst
from tests.ressourcecenter.byg import Art

pytestmark = pytest.mark.django_db
ONDT = '<img src="http://127.0.0.1/x.png"> & <script>alert(1)</script>'


@pytest.fixture
def v():
    return verden()


def lavet(papir):
    pdf.lav_papir(papir.pk)
    papir.refresh_from_db()
    return papir


def paa_papir(m, art="pakke", enhed=None):
    return tekst(lavet(bestilt(m, art, enhed)).pdf)


# --- the pack ----------------------------------------------------------------------------------------------------
def test_d19_s42_pakken_har_tider_tekster_bidrag_med_faglighed_og_filernes_navne(v):
    s = fuldt(v)
    indhold = paa_papir(s.moede)
    for ord_ in ("Overgange til 4. klasse", "Vi ser på vinteren.", "Hvem gør hvad?", "Kl. 8.45–9.00", "Lokale 12"):
        assert ord_ in indhold
    egen = s.foerste.bidrag.get()
    assert f"Pia Dahl, {egen.faglighed}, KKFO Lindely: fagligt perspektiv" in indhold
    assert "Trivselsmåling.pdf (PDF, 47 kB), fra Pia Dahl" in indhold
    assert "er ikke lagt ind i mødepakken" in indhold


def test_pakken_har_deltagere_og_en_liste_til_underskrift_med_plads_til_flere(v):
    indhold = paa_papir(fuldt(v).moede)
    assert "Deltagerliste til underskrift" in indhold
    assert indhold.count("Pia Dahl") >= 2
    assert "Har meldt afbud" in indhold


def test_s3_pakken_har_intet_om_et_barn_heller_ikke_det_der_er_skrevet_uden_om_reglerne(v):
    s = fuldt(v)
    bidrag(s.barn, v.paedagogiskleder, v.kkfo, "Hemmeligt om barnet")
    fil(s.barn, v.paedagogiskleder, "Hemmeligt.pdf")
    opgave(s.barn, v.vejleder, v.skole, "Hemmelig opgave")
    indhold = paa_papir(s.moede)
    assert "3. Drøftelse om et barn" in indhold
    assert "emmelig" not in indhold


def test_pakken_har_ikke_det_der_er_udsat_eller_lukket_og_ingen_fjernede_filer_eller_udeladte(v):
    s = fuldt(v)
    Punkt.objects.filter(pk=s.andet.pk).update(tilstand=Punkttilstand.UDSAT)
    s.foerste.filer.update(fjernet_den=s.moede.begynder)
    inviter(s.moede, v.vejleder, v.skole, tilstand=Deltagelse.UDELADT, udeladt_grund="Hemmelig grund")
    indhold = paa_papir(s.moede)
    for ord_ in ("Uro efter", "Trivselsmåling", "Viggo Holm", "Hemmelig"):
        assert ord_ not in indhold


def test_et_moede_uden_punkter_og_deltagere_kan_ogsaa_skrives_ud(v):
    indhold = paa_papir(moede(forum(v.skole), af=v.skoleleder))
    assert "Der er ingen punkter på dagsordenen." in indhold
    assert "Der er ikke indkaldt til mødet endnu." in indhold


# --- the minutes -------------------------------------------------------------------------------------------------
def test_d21_d22_referatet_har_fremmoede_beslutninger_opgaver_og_opfoelgning(v):
    indhold = paa_papir(med_referat(v).moede, "referat")
    assert indhold.index("Til stede") < indhold.index("Pia Dahl, KKFO Lindely") < indhold.index("Afbud")
    assert indhold.index("Afbud") < indhold.index("Carl Havn, Fritidscenter Havnen")
    for ord_ in ("Alle fortalte om vinteren.", "Beslutning Vi prøver en fælles modtagelse.", "Lav en plan for gården"):
        assert ord_ in indhold
    assert "Opgaven fortsætter." in indhold


def test_case_24_referatet_er_maerket_udkast_paa_hver_side_indtil_det_er_lukket(v):
    s = med_referat(v)
    papir = lavet(bestilt(s.moede, "referat"))
    sider = [side.extract_text() for side in PdfReader(io.BytesIO(papir.pdf)).pages]
    assert sider
    assert all("UDKAST" in side for side in sider)
    assert "(udkast)" in PdfReader(io.BytesIO(papir.pdf)).metadata.title
    Moede.objects.filter(pk=s.moede.pk).update(tilstand=Tilstand.REFERAT_LUKKET)
    lukket = paa_papir(s.moede, "referat")
    assert "UDKAST" not in lukket
    assert "Referatet blev lukket" in lukket


def test_d23_berigtigelser_staar_ved_det_de_retter_og_bemaerkninger_er_ikke_med(v):
    s = med_referat(v, Tilstand.REFERAT_LUKKET)
    berigtiget(s, v.koordinator)
    s.foerste.bemaerkninger.create(tekst="Det sagde jeg ikke", af=v.paedagogiskleder)
    indhold = paa_papir(s.moede, "referat")
    assert "Berigtigelse Mødet begyndte kl. 9. Kirsten Ravn" in indhold
    assert "Berigtigelse Modtagelsen er i uge 8." in indhold
    assert "Det sagde jeg ikke" not in indhold


def test_et_referat_der_er_taget_tilbage_bliver_ikke_skrevet_ud(v):
    """Ordered while it was out; the worker comes when it is being corrected."""
    s = med_referat(v)
    papir = bestilt(s.moede, "referat")
    Moede.objects.filter(pk=s.moede.pk).update(tilstand=Tilstand.REFERAT_UDKAST)
    with pytest.raises(ValueError, match="sendt til bemærkninger"):
        pdf.lav_papir(papir.pk)
    papir.refresh_from_db()
    assert papir.pdf is None


# --- the extract -------------------------------------------------------------------------------------------------
def test_uddraget_har_beslutninger_og_enhedens_egne_opgaver_og_ikke_hvem_der_sagde_hvad(v):
    s = med_referat(v)
    berigtiget(s, v.koordinator)
    skriv(s.barn, tilstand=Punkttilstand.BEHANDLET)
    opgave(s.barn, v.medarbejder, v.kkfo, "Hemmelig opgave")
    indhold = paa_papir(s.moede, "uddrag", v.kkfo)
    for ord_ in ("Vi prøver en fælles modtagelse.", "Lav en plan for gården", "Modtagelsen er i uge 8.", "UDKAST"):
        assert ord_ in indhold
    for ord_ in ("Alle fortalte", "Spørg elevrådet", "Hemmelig", "Drøftelse om et barn", "Carl Havn", "Klubben ser"):
        assert ord_ not in indhold


# --- as a document -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("art", "titel"), [("pakke", "Mødepakke"), ("referat", "Referat"), ("uddrag", "Uddrag til")])
def test_d34_papiret_er_maerket_op_paa_dansk_med_titel_bogmaerker_og_egen_skrift(v, art, titel):
    papir = lavet(bestilt(med_referat(v).moede, art, v.kkfo if art == "uddrag" else None))
    assert papir.tilstand == Moededokument.Tilstand.KLAR
    assert papir.sha256 == hashlib.sha256(papir.pdf).hexdigest()
    laeser = PdfReader(io.BytesIO(papir.pdf))
    rod = laeser.trailer["/Root"]
    assert rod["/MarkInfo"]["/Marked"]
    assert rod["/Lang"] == "da"
    assert laeser.metadata.title.startswith(titel)
    assert laeser.outline
    skrifter = {font["/BaseFont"] for side in laeser.pages for font in side["/Resources"]["/Font"].values()}
    assert all("Plex" in skrift for skrift in skrifter)
    assert "/EmbeddedFiles" not in rod.get("/Names", {})


def test_listen_til_underskrift_har_kolonneoverskrifter_og_almindelige_foerste_celler(v):
    """PDF/UA: a row-header in the first column would be a heading of nothing."""
    laeser = PdfReader(io.BytesIO(lavet(bestilt(fuldt(v).moede)).pdf))
    roller = [str(led["/S"]) for led in led_i(laeser.trailer["/Root"]["/StructTreeRoot"])]
    assert roller.count("/Table") == 1
    assert roller.count("/TH") == 3
    assert roller.count("/TD") == 3 * (roller.count("/TR") - 1)


def led_i(led):
    led = led.get_object()
    if not isinstance(led, dict):
        return
    if "/S" in led:
        yield led
    boern = led.get("/K", [])
    for barn in boern if isinstance(boern, list) else [boern]:
        if not isinstance(barn, int):
            yield from led_i(barn)


def test_markeret_tekst_slipper_ikke_uescapet_ud_af_noget_felt(v):
    s = med_referat(v, Tilstand.REFERAT_LUKKET)
    Moede.objects.filter(pk=s.moede.pk).update(sted=ONDT, link='https://x.example/"><script>')
    Punkt.objects.filter(pk=s.foerste.pk).update(titel=ONDT, spoergsmaal=ONDT, grund=ONDT)
    bidrag(s.foerste, v.koordinator, v.skole, ONDT, art="ide")
    fil(s.foerste, v.koordinator, "<svg><image href='http://127.0.0.1/y'>.pdf")
    skriv(s.andet, ONDT, ONDT)
    opgave(s.foerste, v.vejleder, v.kkfo, ONDT)
    s.moede.berigtigelser.create(tekst=ONDT, af=v.koordinator)
    type(v.skole).objects.filter(pk=v.kkfo.pk).update(navn=ONDT[:60])
    for art, enhed in (("pakke", None), ("referat", None), ("uddrag", v.kkfo)):
        assert "<script>alert(1)</script>" in paa_papir(s.moede, art, enhed), art


@pytest.mark.parametrize("adresse", ["http://127.0.0.1/x.png", "file:///etc/passwd", "skrift://lokal/../settings.py"])
def test_hvad_som_helst_udefra_afvises_og_taelles(v, monkeypatch, adresse):
    papir = bestilt(fuldt(v).moede)
    html = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{adresse}" width="9"/></svg>'
    monkeypatch.setattr(pdf, "som_html", lambda *args: html)
    with pytest.raises((ValueError, FatalURLFetchingError)):
        pdf.lav_papir(papir.pk)
    papir.refresh_from_db()
    assert papir.tilstand == Moededokument.Tilstand.BESTILT
    assert "afvist" in papir.fejl or "udefra" in papir.fejl


def test_et_papir_der_bliver_ved_med_at_fejle_siger_det(v, monkeypatch):
    papir = bestilt(fuldt(v).moede)
    monkeypatch.setattr(pdf, "som_html", lambda *args: 1 / 0)
    for _ in range(FLEST_FORSOEG):
        with pytest.raises(ZeroDivisionError):
            pdf.lav_papir(papir.pk)
    papir.refresh_from_db()
    assert papir.tilstand == Moededokument.Tilstand.FEJLET


def test_to_workere_paa_samme_papir_giver_et(v):
    papir = bestilt(fuldt(v).moede)
    foerste = bytes(lavet(papir).pdf)
    assert bytes(lavet(papir).pdf) == foerste
    assert papir.forsoeg == 1


def test_s60_et_faelles_moede_hedder_det_det_er(v):
    m = moede(forum(v.skole), med=forum(v.skole, Art.PLC), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    punkt(m, "Åben Skole")
    assert "Fælles møde i Ressourcecenter og Læringscenter, Lindeskolen" in paa_papir(m)
