"""The one page of a hand-over, on screen and as PDF: for the leaver, the successor, whoever did it, and the leader."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf import PdfReader

from samarbejde import overdragelsespdf, tasks, tid
from samarbejde.actions import afslut_rolle, luk_person, ret_rolle
from samarbejde.actions_overdragelse import overdrag
from samarbejde.models import Haendelse, Overdragelse, Person
from samarbejde.organisation import ret_person
from samarbejde.pdf import FLEST_FORSOEG
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.fabrik import person, rolle, verden
from tests.ressourcecenter.byg import forum, ressourceperson, stedfortraeder

pytestmark = pytest.mark.django_db
NOTE = "Mødeplanen ligger i **skabet**.\n\n- Ring til Ærø"


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def af_leder(v):
    """The skoleleder leaves for Nora, with an agreement under way and a deputy named."""
    v.nora = person("Nora Ny", email="nora@demo.example")
    byg.sendt(v)
    stedfortraeder(v.vejleder, v.skole)
    return giv(v.skoleleder.rolletildelinger.get(), v.forvaltning, efterfoelger=v.nora)


@pytest.fixture
def af_medarbejder(v):
    v.kollega = person("Karla Kollega")
    rolle(v.kollega, Rolle.MEDARBEJDER, v.skole)
    rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    job = v.vejleder.rolletildelinger.get(permission__codename="medarbejder")
    return giv(job, v.skoleleder, efterfoelger=v.kollega)


def giv(job, af, dage=0, **valg):
    dag = tid.i_dag() + timedelta(days=dage)
    return overdrag(**{"tildeling": job, "gyldig_til": dag, "slut_set": job.gyldig_til, "af": af, "note": NOTE, **valg})


def side(client, hvem, overdragelse, status=200):
    client.force_login(hvem)
    response = client.get(overdragelse.get_absolute_url())
    assert response.status_code == status, hvem
    return response.content.decode()


def hovedet(tekst):
    return tekst.partition("<main")[2].partition("</main>")[0]


# --- who sees it -------------------------------------------------------------------------------------------------
def ser(overdragelse):
    set_ = set()
    for hvem in Person.objects.all():
        klient = Client()
        klient.force_login(hvem)
        status = {klient.get(overdragelse.get_absolute_url() + fil).status_code for fil in ("", "overdragelse.pdf")}
        assert status in ({200, 202}, {404}), hvem
        if status != {404}:
            set_.add(hvem)
    return set_


def test_s54_kun_de_fire_ser_siden_og_alle_andre_moeder_404(v, af_leder):
    """The deputy leads the school today; the administrator, the koordinator and the område do not."""
    assert ser(af_leder) == {v.skoleleder, v.nora, v.forvaltning, v.vejleder}


def test_en_medarbejders_side_er_for_medarbejderen_kollegaen_og_lederen(v, af_medarbejder):
    assert ser(af_medarbejder) == {v.vejleder, v.kollega, v.skoleleder}


def test_den_nye_leder_ser_ogsaa_det_der_blev_overdraget_foer(v, af_medarbejder):
    afslut_rolle(tildeling=v.skoleleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    ny = person("Nora Ny")
    rolle(ny, Rolle.SKOLELEDER, v.skole, fra=tid.i_dag())
    assert ny in ser(af_medarbejder)


def test_den_der_er_gaaet_ser_siden_saa_laenge_kontoen_er_aaben(v, client, af_medarbejder):
    assert "Overdragelse" in side(client, v.vejleder, af_medarbejder)
    luk_person(person=v.vejleder, af=None)
    assert client.get(af_medarbejder.get_absolute_url()).status_code == 302


def test_en_overdragelse_der_ikke_findes(v, client):
    client.force_login(v.forvaltning)
    assert client.get("/overdragelser/1/").status_code == 404
    assert client.post("/overdragelser/1/").status_code == 405


# --- what it says ------------------------------------------------------------------------------------------------
def test_siden_siger_hvad_der_slutter_hvad_der_foelger_med_og_hvem_man_spoerger(v, client, af_leder):
    tekst = side(client, v.nora, af_leder)
    for ord_ in (
        *("Skoleleder på Lindeskolen", "Sanne Lund", "Nora Ny", "1. august 2020 til og med", "af Frida Ask"),
        *("Det følger med til den, der tager over", "som er til godkendelse", "<strong>skabet</strong>"),
        *("Viggo Holm er skoleleder i leders fravær", "mailto:forvaltning@demo.", "mailto:skoleleder@demo."),
    ):
        assert ord_ in tekst, ord_


def test_kun_den_der_maa_aabne_stedet_faar_et_link(v, client, af_medarbejder):
    rc = f'href="/ressourcecentre/{v.skole.slug}/"'
    assert rc in hovedet(side(client, v.skoleleder, af_medarbejder))
    assert rc in hovedet(side(client, v.kollega, af_medarbejder))
    tekst = hovedet(side(client, v.vejleder, af_medarbejder))
    assert rc not in tekst
    assert "Ressourceperson (AKT-vejleder) i Ressourcecenter, Lindeskolen." in tekst
    assert "Findes under Lindeskolen" not in tekst  # named in the sentence already
    assert f'href="{v.skole.get_absolute_url()}"' not in tekst


def test_siden_er_som_paa_dagen_ogsaa_naar_alt_har_aendret_sig(v, client, af_medarbejder):
    """S55: what was handed over is a snapshot."""
    foer = hovedet(side(client, v.skoleleder, af_medarbejder))
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.skole, fra=tid.i_dag())
    assert hovedet(side(client, v.skoleleder, af_medarbejder)) == foer


def test_beslutning_30_en_beskyttet_persons_mail_staar_ikke_paa_siden(v, client, af_medarbejder):
    ret_person(person=v.vejleder, af=None, er_beskyttet=True)
    tekst = hovedet(side(client, v.skoleleder, af_medarbejder))
    assert "Viggo Holm" in tekst
    assert v.vejleder.email not in tekst


def test_siden_koster_det_samme_med_1_og_20_linjer(v, client, af_medarbejder, django_assert_num_queries):
    side(client, v.skoleleder, af_medarbejder)
    with django_assert_num_queries(7):
        client.get(af_medarbejder.get_absolute_url())
    Overdragelse.objects.filter(pk=af_medarbejder.pk).update(linjer=af_medarbejder.linjer * 20)
    with django_assert_num_queries(7):
        client.get(af_medarbejder.get_absolute_url())


# --- the action --------------------------------------------------------------------------------------------------
def test_s55_sporet_siger_hvem_der_overdrog_hvad_til_hvem(v, af_leder):
    navne = ("overdrag", "tildel_rolle", "afslut_rolle")
    nye = {en.navn: en for en in Haendelse.objects.filter(af=v.forvaltning).order_by("pk")}
    assert set(nye) == set(navne)
    assert nye["overdrag"].saetning == "Sanne Lund har overdraget rollen som skoleleder på Lindeskolen til Nora Ny."
    assert (nye["overdrag"].rod_art, nye["overdrag"].rod_id) == ("enhed", v.skole.pk)


def test_en_medarbejders_overdragelse_er_ikke_distriktets_hoerere(v, af_medarbejder):
    """Who works at a unit is nobody's list: the event is the person's own."""
    assert Haendelse.objects.get(navn="overdrag").rod_art == "person"


def test_begge_faar_en_neutral_mail_i_den_samlede(v, af_leder):
    for hvem in (v.skoleleder, v.nora):
        (besked,) = [en for en in hvem.beskeder.all() if "overdragelse" in en.emne]
        assert (besked.levering, besked.adresse) == ("samlet", af_leder.get_absolute_url())
        for ord_ in ("skabet", "Sanne", "Nora", "aftale"):
            assert ord_ not in besked.emne + besked.tekst
    assert not v.forvaltning.beskeder.exists()


def test_alt_eller_intet(v, monkeypatch):
    """The successor cannot be appointed: then the role has not ended either."""
    nabo = person("Sofie Senere")
    rolle(nabo, Rolle.SKOLELEDER, v.skole, fra=tid.i_dag() + timedelta(days=30))
    job, foer = v.skoleleder.rolletildelinger.get(), Haendelse.objects.count()
    with pytest.raises(ValidationError, match="er allerede skoleleder"):
        giv(job, v.forvaltning, efterfoelger=nabo)
    job.refresh_from_db()
    assert (job.gyldig_til, Haendelse.objects.count(), Overdragelse.objects.count()) == (None, foer, 0)


def test_handlingen_spoerger_selv_om_retten(v):
    with pytest.raises(IkkeTilladtError):
        giv(v.vejleder.rolletildelinger.get(), v.paedagogiskleder)
    with pytest.raises(IkkeTilladtError):
        giv(v.skoleleder.rolletildelinger.get(), v.skoleleder, staar_tom=True)


def test_cpr_i_noten_afvises_ogsaa_af_handlingen(v):
    with pytest.raises(ValidationError, match="personnumre"):
        giv(v.vejleder.rolletildelinger.get(), v.skoleleder, note="Ring til 010190-1234")


def test_en_anden_der_allerede_har_gjort_det_er_ikke_det_samme_tryk(v):
    job = v.koordinator.rolletildelinger.get()
    giv(job, v.skoleleder, dage=5)
    rolle(person("Svend Skoleleder"), Rolle.SKOLELEDER, v.skole)
    anden = v.skole.rolletildelinger.get(user__navn="Svend Skoleleder").user
    with pytest.raises(IkkeMuligtError, match="blev ændret, mens du skrev"):
        giv(job, anden, dage=5)
    with pytest.raises(IkkeMuligtError, match="blev ændret, mens du skrev"):
        giv(job, v.skoleleder, dage=5, note="En anden note")
    assert Overdragelse.objects.count() == 1


def test_en_rolle_der_er_aabnet_igen_kan_overdrages_igen(v):
    job = v.koordinator.rolletildelinger.get()
    foerste = giv(job, v.skoleleder, dage=5)
    ret_rolle(tildeling=job, af=v.skoleleder, gyldig_til=None)
    job.refresh_from_db()
    assert giv(job, v.skoleleder, dage=5).pk != foerste.pk


def test_en_klar_pdf_uden_indhold_afvises_af_databasen(af_medarbejder):
    with pytest.raises(IntegrityError), transaction.atomic():
        Overdragelse.objects.filter(pk=af_medarbejder.pk).update(tilstand="klar")


# --- the PDF -----------------------------------------------------------------------------------------------------
def lavet(overdragelse):
    overdragelsespdf.lav_overdragelse(overdragelse.pk)
    overdragelse.refresh_from_db()
    return overdragelse


def laest(overdragelse):
    return " ".join(" ".join(s.extract_text().split()) for s in PdfReader(io.BytesIO(overdragelse.pdf)).pages)


def test_pdf_en_siger_det_samme_som_siden(af_leder):
    tekst = laest(lavet(af_leder))
    for ord_ in (
        "Skoleleder på Lindeskolen",
        "Sanne Lund",
        "Nora Ny",
        "som er til godkendelse",
        "Ring til Ærø",
        "Side 1 af",
    ):
        assert ord_ in tekst, ord_
    assert af_leder.sha256 == hashlib.sha256(af_leder.pdf).hexdigest()


def test_d34_pdf_en_er_maerket_op_paa_dansk_med_egen_skrift(af_leder):
    laeser = PdfReader(io.BytesIO(lavet(af_leder).pdf))
    rod = laeser.trailer["/Root"]
    assert rod["/MarkInfo"]["/Marked"]
    assert rod["/Lang"] == "da"
    assert laeser.metadata.title == "Overdragelse, skoleleder på Lindeskolen"
    assert laeser.outline
    skrifter = {font["/BaseFont"] for s in laeser.pages for font in s["/Resources"]["/Font"].values()}
    assert all("Plex" in skrift for skrift in skrifter)


def test_markeret_tekst_slipper_ikke_uescapet_ud(v, client):
    ond = '<img src="http://127.0.0.1/x.png"> <script>alert(1)</script>'
    fundet = giv(v.vejleder.rolletildelinger.get(), v.skoleleder, note=ond)
    assert "<script>alert(1)</script>" in laest(lavet(fundet))
    assert "<script>alert" not in side(client, v.skoleleder, fundet)


def test_den_hentes_fra_lageret_med_et_navn_uden_navne(v, client, af_leder):
    lavet(af_leder)
    client.force_login(v.nora)
    adresse = f"{af_leder.get_absolute_url()}overdragelse.pdf"
    response = client.get(adresse)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content == bytes(af_leder.pdf)
    filnavn = f"overdragelse-lindeskolen-{tid.i_dag()}.pdf"
    assert response["Content-Disposition"] == f'inline; filename="{filnavn}"'
    assert client.get(adresse, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304


def test_mens_den_laves_og_naar_den_ikke_kan_laves(v, client, af_leder, monkeypatch):
    adresse = f"{af_leder.get_absolute_url()}overdragelse.pdf"
    client.force_login(v.nora)
    response = client.get(adresse)
    assert (response.status_code, response["Refresh"]) == (202, "5")
    monkeypatch.setattr(overdragelsespdf, "render", lambda _: 1 / 0)
    for _ in range(FLEST_FORSOEG):
        with pytest.raises(ZeroDivisionError):
            overdragelsespdf.lav_overdragelse(af_leder.pk)
    response = client.get(adresse)
    assert response.status_code == 404
    assert "Refresh" not in response.headers
    assert "kunne ikke laves" in response.content.decode()


def test_to_workere_giver_en_og_uret_vaekker_den_der_blev_glemt(af_leder, monkeypatch):
    vaekket = []
    monkeypatch.setattr(tasks.lav_overdragelse_opgave.__class__, "enqueue", lambda self, pk: vaekket.append(pk))
    assert tasks.vaek_overdragelser(tid.nu()) == 1
    assert vaekket == [af_leder.pk]
    foerste = bytes(lavet(af_leder).pdf)
    assert bytes(lavet(af_leder).pdf) == foerste
    assert af_leder.forsoeg == 1
    assert tasks.vaek_overdragelser(tid.nu() + timedelta(days=1)) == 0


def test_opgaven_laver_den(af_leder):
    tasks.lav_overdragelse_opgave.func(af_leder.pk)
    af_leder.refresh_from_db()
    assert af_leder.tilstand == Overdragelse.Tilstand.KLAR
