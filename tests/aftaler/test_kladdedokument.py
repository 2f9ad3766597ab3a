"""The draft as PDF (S17): who may, from what it says now, UDKAST on it, one for each content, the old ones gone."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from pypdf import PdfReader

from aftaler import actions, pdf
from aftaler.actions.kladdedokument import slet_gamle_kladdedokumenter
from aftaler.models import Kladdedokument
from samarbejde import tid
from samarbejde.models import Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def som_html(monkeypatch):
    """What is about rows and rights needs no layout."""
    monkeypatch.setattr(pdf, "til_pdf", lambda html, **_: html.encode())


def bestil(aftale, af):
    return actions.bestil_kladdedokument(aftale=aftale, af=af)


def lavet(kladdedokument):
    pdf.lav_kladdedokument(kladdedokument.pk)
    kladdedokument.refresh_from_db()
    return kladdedokument


def tekst(pdf_bytes):
    if not bytes(pdf_bytes).startswith(b"%PDF"):
        return bytes(pdf_bytes).decode()
    return " ".join(" ".join(side.extract_text().split()) for side in PdfReader(io.BytesIO(pdf_bytes)).pages)


def paa(aftale, navn="kladde_pdf"):
    return reverse(navn, args=[aftale.distrikt.slug, aftale.skoleaar])


def test_s17_fra_bestilling_til_pdf_uden_javascript(v, client):
    aftale = byg.kladde(v)
    client.force_login(v.paedagogiskleder)
    foer = client.get(paa(aftale))
    assert foer.status_code == 200
    assert "Lav udkastet som PDF" in foer.content.decode()
    client.post(paa(aftale, "bestil_kladdedokument"), follow=False)
    venter = client.get(paa(aftale))
    assert (venter.status_code, venter["Refresh"]) == (202, "5")
    lavet(Kladdedokument.objects.get())
    svar = client.get(paa(aftale))
    assert svar["Content-Type"] == "application/pdf"
    assert "UDKAST" in tekst(svar.content)
    assert "Mange børn skifter mellem skole og fritid." in tekst(svar.content)
    assert mail.outbox == []


def test_er_intet_rettet_er_det_samme_og_er_noget_rettet_laves_en_ny(som_html, v, client):
    aftale = byg.kladde(v)
    foerste = lavet(bestil(aftale, v.skoleleder))
    assert bestil(aftale, v.paedagogiskleder) == foerste
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Nu står her noget andet.")
    client.force_login(v.skoleleder)
    assert client.get(paa(aftale))["Content-Type"].startswith("text/html")
    anden = lavet(bestil(aftale, v.skoleleder))
    assert anden != foerste
    assert "noget andet" in tekst(anden.pdf)


def test_det_er_teksten_da_den_blev_lavet_ikke_da_den_blev_bestilt(som_html, v, client):
    aftale = byg.kladde(v)
    bestilt = bestil(aftale, v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Rettet imens.")
    assert "Rettet imens." in tekst(lavet(bestilt).pdf)
    client.force_login(v.skoleleder)
    assert client.get(paa(aftale))["Content-Type"] == "application/pdf"


def test_to_tryk_er_en_bestilling_og_et_mislykket_kan_bestilles_igen(v):
    aftale = byg.kladde(v)
    foerste = bestil(aftale, v.skoleleder)
    assert bestil(aftale, v.skoleleder) == foerste
    Kladdedokument.objects.update(tilstand="fejlet")
    assert bestil(aftale, v.skoleleder) != foerste


def test_kun_de_der_laeser_kladden_maa_bestille_og_hente(som_html, v, client):
    aftale = byg.kladde(v)
    lavet(bestil(aftale, v.skoleleder))
    for person in (v.udenfor, v.forvaltning, v.administrator):
        with pytest.raises(IkkeTilladtError):
            bestil(aftale, person)
        client.force_login(person)
        assert client.get(paa(aftale)).status_code in {403, 404}


def test_en_tom_kladde_siger_at_der_ikke_er_skrevet_endnu(som_html, v):
    indhold = tekst(lavet(bestil(byg.tom(v), v.skoleleder)).pdf)
    assert indhold.count("Ikke skrevet endnu.") == 2
    assert "Der er ikke skrevet mål endnu." in indhold


def test_en_indgaaet_aftale_har_intet_udkast(v, client):
    aftale = byg.indgaaet(v)
    with pytest.raises(IkkeMuligtError):
        bestil(aftale, v.skoleleder)
    client.force_login(v.skoleleder)
    assert client.get(paa(aftale)).url == paa(aftale, "aftale_pdf")
    assert "udkast.pdf" not in client.get(aftale.get_absolute_url()).content.decode()


def test_de_gamle_slettes_og_den_sidste_bliver_indtil_aftalen_er_indgaaet(som_html, v):
    aftale = byg.kladde(v)
    foerste = lavet(bestil(aftale, v.skoleleder))
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Anden tekst.")
    anden = lavet(bestil(aftale, v.skoleleder))
    assert slet_gamle_kladdedokumenter(tid.nu()) == 1
    assert list(Kladdedokument.objects.values_list("pk", flat=True)) == [anden.pk]
    pdf.lav_kladdedokument(foerste.pk)  # its wake-up comes late
    byg.send(aftale, v.skoleleder)
    for enhed in byg.parter(v):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    slet_gamle_kladdedokumenter(tid.nu() + timedelta(days=1))
    assert not Kladdedokument.objects.exists()


def test_bestillingen_staar_i_parternes_eget_spor(v):
    bestil(byg.kladde(v), v.skoleleder)
    haendelse = Haendelse.objects.filter(navn="bestil_kladdedokument").get()
    assert (haendelse.rod_art, haendelse.saetning) == ("aftalekladde", "Udkastet er bestilt som PDF.")


def test_et_tegn_som_ingen_skrift_har_afvises_ved_feltet(v, client):
    aftale = byg.kladde(v)
    client.force_login(v.skoleleder)
    adresse = f"{aftale.get_absolute_url()}afsnit/behov/"
    svar = client.post(adresse, {"tekst": "Velkommen 李", "version": aftale.behov_version})
    assert svar.status_code in {200, 422}
    assert "ikke kan skrives i dokumentet: «李»" in svar.content.decode()
    assert "李" not in byg.frisk(aftale).behov


# --- looked through on screen: the same HTML -----------------------------------------------------------------------
def gennemset(client, aftale, person):
    client.force_login(person)
    return client.get(paa(aftale, "gennemse_aftale"))


def test_gennemse_viser_kladden_som_dokumentet_bliver_uden_at_bestille_noget(v, client):
    aftale = byg.kladde(v)
    svar = gennemset(client, aftale, v.paedagogiskleder)
    indhold = svar.content.decode()
    for ord_ in ("Mange børn skifter mellem skole og fritid.", "Udkast", "Gode overgange", "Hent udkastet som PDF"):
        assert ord_ in indhold
    assert not Kladdedokument.objects.exists()
    assert "skrift://" not in indhold
    assert "<style" not in indhold


def test_gennemse_viser_det_godkendte_og_ikke_raekkerne(v, client):
    aftale = byg.indgaaet(v)
    type(aftale).objects.filter(pk=aftale.pk).update(behov="Rettet bagom ryggen på alle")
    indhold = gennemset(client, aftale, v.forvaltning).content.decode()
    assert "bagom ryggen" not in indhold
    assert "Godkendelser" in indhold


def test_gennemse_af_en_kladde_er_for_dem_der_laeser_den(v, client):
    aftale = byg.kladde(v)
    for person in (v.udenfor, v.forvaltning):
        assert gennemset(client, aftale, person).status_code in {403, 404}
