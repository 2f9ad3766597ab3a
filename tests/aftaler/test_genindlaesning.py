"""An agreement restored from its own data: equal in content and in bytes, or refused in plain Danish (D16)."""

import io
import json

import pikepdf
import pytest
import rfc8785
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from aftaler import actions
from aftaler.data import aftale_json
from aftaler.indhold import pak
from aftaler.models import Aftale, Dokument, Godkendelse, Indhold
from aftaler.pdf import lav_dokument
from aftaler.states import Svar, Tilstand
from aftaler.verificering import Dom, efter_fil, godkendt_af
from samarbejde import tid
from samarbejde.database import aabent_spor
from samarbejde.models import Haendelse, Person
from tests.aftaler import byg, certifikater
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def importer(tmp_path, capsys):
    """`importer` run on these bytes; what it said."""

    def koer(raa, *flag, navn="aftale.json"):
        fil = tmp_path / navn
        fil.write_bytes(raa if isinstance(raa, bytes) else json.dumps(raa).encode())
        call_command("importer", str(fil), *flag)
        return capsys.readouterr().out

    return koer


def glem_alle_aftaler():
    """As in a new system with the same organisation: past the actions, which delete nothing."""
    with aabent_spor(), transaction.atomic():
        Dokument.objects.all().delete()
    Aftale.objects.update(erstatter=None)
    for part in Aftale.objects.all():
        part.parter.update(tilstand="afventer", godkendelse=None, udtraadt_den=None)
    Godkendelse.objects.all().delete()
    Aftale.objects.all().delete()
    Indhold.objects.all().delete()


def data_fra(aftale):
    return json.loads(aftale_json(aftale.dokumenter.first()))


def med_aftryk(data):
    """True to its own imprint again after the text was changed."""
    return data | {"aftryk": pak(data["indhold"]).aftryk}


def fuld(v):
    """With every kind of field, a unit that answers, days and signs."""
    aftale = byg.kladde(v)
    maal = byg.skriv_maal(aftale, v.skoleleder, titel="Ro på «stien» 🌱", omraader=(1, 6), realisering="- Vi\n- går")
    delmaal = byg.skriv_delmaal(aftale, v.skoleleder, maal, beskrivelse="Łódź")
    dage = {"fra": tid.i_dag(), "til_og_med": tid.i_dag()}
    byg.skriv_aktivitet(aftale, v.skoleleder, delmaal, ansvarlige=[v.center, v.skole], tegn="Ro", art="tiltag", **dage)
    byg.send(aftale, v.skoleleder)
    for enhed in byg.parter(v):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    return byg.frisk(aftale)


def test_en_aftale_kommer_tilbage_med_samme_aftryk_og_samme_bytes(v, importer):
    aftale = fuld(v)
    foer, aftryk = aftale_json(aftale.dokumenter.get()), aftale.indhold_id
    godkendt = list(Godkendelse.objects.order_by("pk").values_list("af", "navn", "titel", "enhedsnavn", "egenskab"))
    glem_alle_aftaler()
    assert "Importen er gemt." in importer(foer)
    ny = Aftale.objects.get()
    assert (ny.indhold_id, ny.tilstand, byg_aftryk(ny)) == (aftryk, Tilstand.INDGAAET, aftryk)
    assert aftale_json(ny.dokumenter.get()) == foer
    assert ny.dokumenter.get().tilstand == Dokument.Tilstand.BESTILT
    assert (
        list(Godkendelse.objects.order_by("pk").values_list("af", "navn", "titel", "enhedsnavn", "egenskab"))
        == godkendt
    )
    assert ny.behov_html == "<p>Mange børn skifter mellem skole og fritid.</p>"
    assert Haendelse.objects.filter(navn="genindlaes_aftale", rod_id=ny.pk).count() == 1


def byg_aftryk(aftale):
    """Of the rows that are edited, not of the stored content."""
    from aftaler.indhold import som_data

    return pak(som_data(aftale)).aftryk


def test_en_ny_version_afloeser_den_gamle_ogsaa_naar_de_indlaeses(v, importer):
    foerste = byg.indgaaet(v)
    anden = actions.lav_ny_version(aftale=foerste, af=v.skoleleder, grund="Ret")
    byg.send(anden, v.skoleleder)
    for enhed in byg.parter(v):
        byg.godkend(anden, enhed, byg.leder(v, enhed))
    filer = [aftale_json(aftale.dokumenter.get()) for aftale in (foerste, anden)]
    glem_alle_aftaler()
    with pytest.raises(CommandError, match="erstatter version 1, som ikke er her"):
        importer(filer[1])
    for fil in filer:
        importer(fil)
    assert list(Aftale.objects.order_by("nummer").values_list("tilstand", flat=True)) == ["erstattet", "indgaaet"]
    assert [aftale_json(aftale.dokumenter.get()) for aftale in Aftale.objects.order_by("nummer")] == filer


def test_tiltraedelse_udtraeden_og_aaben_plads_overlever_turen(v, importer):
    """Cases 38 and 39: no approval is made up for the one that is silent."""
    aftale = byg.sendt(v)
    for enhed in (v.skole, v.kkfo):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    actions.indgaa_uden_svar(aftale=byg.frisk(aftale), af=v.skoleleder, grund="Fristen er gået")
    actions.tiltraed(part=byg.part(aftale, v.center), af=v.centerleder, aftryk=aftale.indhold_id)
    ude = {"enhed": v.kkfo, "dato": tid.i_dag(), "grund": "KKFO'en er lukket"}
    actions.lad_udtraede(aftale=byg.frisk(aftale), af=v.skoleleder, **ude)
    nyeste = aftale_json(aftale.dokumenter.first())
    assert [part["status"] for part in json.loads(nyeste)["parter"]] == ["godkendt", "udtraadt", "tiltraadt", "aaben"]
    glem_alle_aftaler()
    importer(nyeste)
    ny = Aftale.objects.get()
    assert aftale_json(ny.dokumenter.get()) == nyeste
    assert byg.part(ny, v.boernehus).tilstand == Svar.AFVENTER
    actions.tiltraed(part=byg.part(ny, v.boernehus), af=v.dagtilbudsleder, aftryk=ny.indhold_id)
    assert ny.dokumenter.first().loebenummer == 3  # the next, though the first is not here


def test_den_samme_fil_igen_skriver_intet(v, importer):
    fil = aftale_json(byg.indgaaet(v).dokumenter.get())
    foer = Haendelse.objects.count(), Godkendelse.objects.count()
    assert "findes allerede med det samme indhold" in importer(fil)
    assert (Haendelse.objects.count(), Godkendelse.objects.count()) == foer
    glem_alle_aftaler()
    importer(fil)
    efter = Haendelse.objects.count(), Dokument.objects.count()
    importer(fil)
    assert (Haendelse.objects.count(), Dokument.objects.count()) == efter


def test_afproev_viser_det_samme_og_gemmer_intet(v, importer):
    fil = aftale_json(byg.indgaaet(v).dokumenter.get())
    glem_alle_aftaler()
    sagt = importer(fil, "--afproev")
    assert "Ny aftale: Linde Skoledistrikt 2026/27, version 1, dokument nr. 1" in sagt
    assert "4 parter, 4 godkendelser" in sagt
    assert "Afprøvning: intet er gemt." in sagt
    assert not Aftale.objects.exists()


def test_et_andet_indhold_for_samme_distrikt_aar_og_version_afvises(v, importer):
    data = data_fra(byg.indgaaet(v))
    data["indhold"]["behov"] = "Noget andet"
    with pytest.raises(CommandError, match="findes allerede med et andet indhold"):
        importer(med_aftryk(data))


def test_en_anden_indgaaet_aftale_for_aaret_spaerrer(v, importer):
    data = data_fra(byg.indgaaet(v))
    with pytest.raises(CommandError, match="Version 1 er indgået og gælder"):
        importer(data | {"version": 2})


def test_alt_der_mangler_siges_paa_en_gang_og_intet_gemmes(v, importer):
    data = data_fra(byg.indgaaet(v))
    glem_alle_aftaler()
    data["parter"][1] |= {"kode": "UKENDT", "navn": "KKFO Borte"}
    data["parter"][2]["godkendelse"]["navn"] = "Carl Havnefoged"
    data["distrikt"]["kode"] = data["indhold"]["distrikt"] = "D-BORTE"
    with pytest.raises(CommandError) as fejl:
        importer(med_aftryk(data))
    sagt = str(fejl.value)
    assert "har 3 fejl" in sagt
    assert "Distriktet Linde Skoledistrikt (kode D-BORTE) findes ikke." in sagt
    assert "Enheden KKFO Borte (kode UKENDT) findes ikke." in sagt
    assert "Carl Havnefoged, centerleder, som godkendte for Fritidscenter Havnen, findes ikke her" in sagt
    assert not Aftale.objects.exists()


def test_en_navnebror_et_andet_sted_faar_ikke_en_godkendelse(v, importer):
    data = data_fra(byg.indgaaet(v))
    glem_alle_aftaler()
    Person.objects.filter(pk=v.naboskoleleder.pk).update(navn="Sanne Lund")
    Person.objects.filter(pk=v.skoleleder.pk).update(navn="Sanne Lund-Bak")
    with pytest.raises(CommandError, match="Sanne Lund, skoleleder, som godkendte for Lindeskolen, findes ikke her"):
        importer(data)


def test_den_der_godkendte_paa_vegne_af_enheden_findes_paa_sin_egen_rolle(v, importer):
    """Decision 2: the klyngeleder holds no role at the unit itself."""
    data = data_fra(byg.indgaaet(v))
    glem_alle_aftaler()
    data["parter"][3]["godkendelse"] |= {"navn": v.klyngeleder.navn, "titel": "klyngeleder", "egenskab": "klyngeleder"}
    importer(data)
    assert Godkendelse.objects.get(part__enhed=v.boernehus).af == v.klyngeleder


def test_to_af_samme_navn_paa_stedet_gaettes_der_ikke_imellem(v, importer):
    data = data_fra(byg.indgaaet(v))
    glem_alle_aftaler()
    Person.objects.filter(pk=v.koordinator.pk).update(navn="Sanne Lund")
    with pytest.raises(CommandError, match="Sanne Lund, skoleleder, som godkendte for Lindeskolen, kan være flere"):
        importer(data)


def test_en_enhed_med_nyt_navn_er_stadig_den_samme(v, importer):
    fil = aftale_json(byg.indgaaet(v).dokumenter.get())
    glem_alle_aftaler()
    type(v.center).objects.filter(pk=v.center.pk).update(navn="Fritidscenter Kajen")
    assert f"Bemærk: Fritidscenter Havnen (kode {v.center.kode}) hedder nu Fritidscenter Kajen." in importer(fil)
    assert Godkendelse.objects.get(part__enhed=v.center).enhedsnavn == "Fritidscenter Havnen"


# --- files that are refused --------------------------------------------------------------------------------------
def aendret(data):
    data["indhold"]["retning"] += " "
    return rfc8785.dumps(data)


def uden_status(data):
    del data["parter"][0]["status"]
    return rfc8785.dumps(data)


def dobbelt(data):
    return rfc8785.dumps(data).replace(b'"version":1', b'"version":1,"version":1')


def ansvarlig_uden_at_vaere_part(data):
    data["indhold"]["maal"][0]["delmaal"][0]["aktiviteter"][0]["ansvarlige"] = ["E999"]
    return rfc8785.dumps(med_aftryk(data))


DAARLIGE = {
    "filen er ændret": (aendret, "Filen er ændret: indholdet svarer ikke til det aftryk"),
    "nyere skema": (lambda d: rfc8785.dumps(d | {"skema": "samarbejdsaftale/2"}), "samarbejdsaftale/2, som er nyere"),
    "et andet skema": (lambda d: b'{"skema":"faktura/1"}', "ikke data fra en samarbejdsaftale"),
    "en liste": (lambda d: b"[]", "ikke data fra en samarbejdsaftale"),
    "tom": (lambda d: b"", "ikke gyldig JSON: fejlen står på linje 1"),
    "ikke JSON": (lambda d: b"{'a': 1}", "ikke gyldig JSON"),
    "ikke tekst": (lambda d: b"\xff\xfe\x00", "ikke tekst i UTF-8"),
    "10 MB skrald": (lambda d: b"x" * 10_000_000, "for stor"),
    "dybt": (lambda d: b"[" * 200_000, "ikke gyldig JSON"),
    "stort tal": (lambda d: b'{"skema":' + b"9" * 5_000 + b"}", "tal, der er for stort"),
    "kommatal": (lambda d: b'{"skema":1.5}', "ikke et helt tal"),
    "NaN": (lambda d: b'{"skema":NaN}', "ikke et helt tal"),
    "NUL": (lambda d: rfc8785.dumps(d | {"kle": "17\0"}), "et tegn, der ikke kan gemmes: NUL"),
    "halvt tegn": (lambda d: json.dumps(d | {"kle": "\ud800"}).encode(), "et halvt tegn"),
    "dobbelt felt": (dobbelt, "feltet 'version' står der to gange"),
    "felt mangler": (uden_status, "parter, nr. 1, status: mangler"),
    "ukendt felt": (lambda d: rfc8785.dumps(d | {"mere": 1}), "mere: er ikke et felt i skemaet"),
    "forkert type": (lambda d: rfc8785.dumps(d | {"version": True}), "version: skal være et helt tal"),
    "for stort år": (lambda d: rfc8785.dumps(d | {"skoleaar": 9999}), "skoleaar: skal være mellem 2012 og 2200"),
    "andet år": (lambda d: rfc8785.dumps(d | {"skoleaar": 2025}), "skoleaar: er et andet end indholdets"),
    "ingen dato": (lambda d: rfc8785.dumps(d | {"gaelder_fra": "2026-02-31"}), "gaelder_fra: er ikke en dato"),
    "år 1": (lambda d: rfc8785.dumps(d | {"indgaaet": "0001-01-01T00:00:00Z"}), "indgaaet: er ikke skrevet"),
    "ukendt ansvarlig": (ansvarlig_uden_at_vaere_part, "E999 er ansvarlig uden at være part"),
}


@pytest.mark.parametrize("slags", DAARLIGE)
def test_en_daarlig_fil_afvises_paa_dansk_uden_at_gemme(v, importer, slags):
    lav, grund = DAARLIGE[slags]
    data = data_fra(byg.indgaaet(v))
    glem_alle_aftaler()
    with pytest.raises(CommandError) as fejl:
        importer(lav(data))
    assert grund in str(fejl.value)
    assert str(fejl.value).startswith("Intet er importeret. aftale.json har ")
    assert not Aftale.objects.exists()


@pytest.mark.parametrize("raa", [b"", b"%PDF-1.7\n", b"x" * 1000, b"%PDF-1.7\nstartxref\n99999\n%%EOF"])
def test_en_pdf_der_ikke_kan_laeses_afvises(importer, raa):
    with pytest.raises(CommandError, match="ikke en PDF, der kan læses"):
        importer(raa, navn="aftale.pdf")


def test_aftalen_indlaeses_fra_sin_egen_pdf(v, importer):
    """The attachment is listed in /AF, as the recipe of the document says."""
    fil = aftale_json(byg.indgaaet(v).dokumenter.get())
    glem_alle_aftaler()
    importer(pdf_med(fil), navn="aftale.PDF")
    assert aftale_json(Aftale.objects.get().dokumenter.get()) == fil


@pytest.fixture
def forseglet(v, settings, tmp_path):
    settings.SEGL = certifikater.p12(tmp_path)
    aftale = fuld(v)
    lav_dokument(aftale.dokumenter.get().pk)
    return aftale.dokumenter.get()


STAAR = ("kode", "loebenummer", "sha256", "segl", "uforseglet_laengde", "uforseglet_sha256", "genskabt_den")


def test_s17_den_forseglede_pdf_bliver_selv_dokumentet_igen(v, importer, forseglet):
    """D16: what a board has in its drawer is genuine also after the system was lost."""
    fil = bytes(forseglet.pdf)
    glem_alle_aftaler()
    assert "PDF'en er den samme som før, byte for byte." in importer(fil, navn="aftale.pdf")
    igen = Dokument.objects.get()
    assert [getattr(igen, felt) for felt in STAAR] == [getattr(forseglet, felt) for felt in STAAR]
    assert (igen.tilstand, bytes(igen.pdf)) == ("klar", fil)
    assert abs(igen.lavet_den - forseglet.lavet_den).total_seconds() < 60
    assert efter_fil(fil).dom == Dom.AEGTE
    assert len(godkendt_af(igen)) == len(byg.parter(v))


@pytest.mark.parametrize("hvad", ["foejet_til", "vendt", "uden_segl", "et_andet_certifikat", "intet_certifikat"])
def test_s17_en_fil_hvis_segl_ikke_er_vores_og_helt_bliver_ikke_dokumentet(
    v, importer, forseglet, settings, tmp_path, hvad
):
    """Its data are read as those of any file; then the answer about the first file is that nobody can tell."""
    fil = original = bytes(forseglet.pdf)
    if hvad == "foejet_til":
        fil += b"% mere\n"
    elif hvad == "vendt":
        plads = fil.index(b"/ByteRange")
        fil = fil[:plads] + b"/Byterange" + fil[plads + 10 :]
    elif hvad == "uden_segl":
        fil = fil[: forseglet.uforseglet_laengde]
    elif hvad == "et_andet_certifikat":
        settings.SEGL = certifikater.p12(tmp_path)
    else:
        settings.SEGL = {"p12": "", "kode": "", "tsa": ""}
    glem_alle_aftaler()
    sagt = importer(fil, navn="aftale.pdf")
    assert "Bemærk: Filen selv kan ikke være dokumentet" in sagt
    igen = Dokument.objects.get()
    assert (igen.tilstand, igen.kode, igen.pdf) == ("bestilt", forseglet.kode, None)
    assert igen.genskabt_den is not None
    lav_dokument(igen.pk)
    assert efter_fil(original).dom == Dom.UVIS
    svar = Client().post("/verificer/", {"fil": SimpleUploadedFile("aftale.pdf", original)})
    assert "Kan ikke afgøres" in svar.content.decode()
    igen.refresh_from_db()
    assert efter_fil(bytes(igen.pdf)).dom == Dom.AEGTE


def test_s17_foerst_data_og_saa_filen_selv_giver_det_samme_som_filen(v, importer, forseglet):
    fil, data = bytes(forseglet.pdf), aftale_json(forseglet)
    glem_alle_aftaler()
    assert "er kun, hvad filen siger" in importer(data)
    assert efter_fil(fil).dom == Dom.UVIS, "also before the worker has made it again"
    assert "Filen er aftalens dokument igen, byte for byte." in importer(fil, navn="aftale.pdf")
    assert efter_fil(fil).dom == Dom.AEGTE
    assert "byte for byte" not in importer(fil, navn="aftale.pdf"), "twice is once"


def test_s17_et_dokument_der_er_lavet_igen_bliver_ikke_til_et_andet(v, importer, forseglet):
    fil, data = bytes(forseglet.pdf), aftale_json(forseglet)
    glem_alle_aftaler()
    importer(data)
    lav_dokument(Dokument.objects.get().pk)
    assert "filen er ikke taget ind" in importer(fil, navn="aftale.pdf")
    assert efter_fil(fil).dom == Dom.UVIS
    nyt = Dokument.objects.get()
    svar = Client().post("/verificer/", {"fil": SimpleUploadedFile("ny.pdf", bytes(nyt.pdf))}).content.decode()
    assert "hentet ind i systemet igen" in svar
    assert "da parterne havde godkendt" not in svar


def test_s17_en_godkendelse_efter_at_aftalen_blev_indgaaet_afvises(v, importer):
    data = data_fra(fuld(v))
    data["parter"][0]["godkendelse"]["godkendt"] = "2099-01-01T00:00:00Z"
    glem_alle_aftaler()
    with pytest.raises(CommandError, match="er givet, efter at aftalen blev indgået"):
        importer(data)
    assert not Aftale.objects.exists()


def test_en_pdf_uden_data_afvises(importer):
    with pytest.raises(CommandError, match=r"har ikke filen aftale\.json i sig"):
        importer(pdf_med(b"{}", "noget.json"), navn="aftale.pdf")


def pdf_med(indhold, navn="aftale.json"):
    ud = io.BytesIO()
    with pikepdf.new() as pdf:
        spec = pikepdf.AttachedFileSpec(pdf, indhold, filename=navn, relationship=pikepdf.Name.Data)
        pdf.Root.AF = pikepdf.Array([spec.obj])
        pdf.save(ud)
    return ud.getvalue()
