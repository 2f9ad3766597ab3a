"""An expired session loses nothing: what Sanne wrote comes back to Sanne, and to nobody else."""

import html
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from samarbejde import gemt, tid, urls
from samarbejde.adgang import for_alle_indloggede
from samarbejde.models import GemtFormular
from tests.fabrik import ADGANGSKODE, verden

pytestmark = pytest.mark.django_db
SKREVET = "Første linje.\r\n\r\n- punkt med æøå og <b>tegn</b>"
MODTAGET: list[dict[str, list[str]]] = []


@for_alle_indloggede
def skriv(request):
    """Stands for any page with a form: it shows one, and remembers what is posted."""
    if request.method == "POST":
        MODTAGET.append({navn: request.POST.getlist(navn) for navn in request.POST})
        return HttpResponse("modtaget")
    return render(request, "samarbejde/al_post.html", {"side": {"beskeder": []}})


urlpatterns = [*urls.urlpatterns, path("skriv/", skriv)]
handler400, handler429 = urls.handler400, urls.handler429


@pytest.fixture
def v(settings):
    settings.ROOT_URLCONF = __name__
    MODTAGET.clear()
    return verden()


def formular(person, **felter):
    """The fields of a form as it was shown to the person before the session ended."""
    return {gemt.FELT: gemt.underskriv(person), **felter}


def log_ind(klient, person, videre=""):
    return klient.post("/log-ind/", {"login": person.email, "password": ADGANGSKODE, "next": videre})


def gem_og_find_adressen(klient, **felter):
    svar = klient.post("/skriv/?fra=forsiden", felter)
    assert svar.status_code == 302
    return re.search(r"/gemt/[\w-]+/", svar["Location"].replace("%2F", "/"))[0]


def test_sanne_mister_ikke_et_ord(v, client):
    """The whole way: post without session, log in, see the text, send it with one button."""
    felter = formular(v.skoleleder, behov=SKREVET, parter=["3", "5"], behov_version="4", csrfmiddlewaretoken="gammel")
    adresse = gem_og_find_adressen(client, **felter)
    assert log_ind(client, v.skoleleder, adresse)["Location"] == adresse
    side = client.get(adresse).content.decode()
    assert "Her er det, du havde skrevet" in side
    assert "&lt;b&gt;tegn&lt;/b&gt;" in side
    assert "<b>tegn" not in side
    assert "Behov version" not in side
    felter = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', side.partition("<main")[2], re.DOTALL)
    send_til = re.search(r'<form method="post" action="(/skriv/[^"]*)"', side)[1]
    assert html.unescape(send_til) == "/skriv/?fra=forsiden"
    client.post("/skriv/", _som_dict(felter))
    assert MODTAGET[0]["behov"] == [SKREVET]
    assert MODTAGET[0]["parter"] == ["3", "5"]
    assert MODTAGET[0]["behov_version"] == ["4"]
    assert MODTAGET[0]["csrfmiddlewaretoken"] != ["gammel"]


TRYG = "Dit login er udløbet. Det, du skrev, er gemt. Log ind, så får du det igen."


def test_login_siger_at_teksten_er_gemt_ogsaa_efter_en_forkert_adgangskode(v, client):
    svar = client.post("/skriv/", formular(v.skoleleder, behov=SKREVET), follow=True)
    assert svar.request["PATH_INFO"] == "/log-ind/"
    assert TRYG in svar.content.decode()
    assert "Første linje" not in svar.content.decode()
    adresse = gem_og_find_adressen(client, **formular(v.skoleleder, behov=SKREVET))
    forkert = client.post("/log-ind/", {"login": v.skoleleder.email, "password": "forkert", "next": adresse})
    assert TRYG in forkert.content.decode()


@pytest.mark.parametrize("videre", ["", "?next=/skriv/", "?next=/gemt/findes-ikke/", "?next=/gemt/%00/"])
def test_login_lover_ikke_en_tekst_der_ikke_er_gemt(v, client, videre):
    gem_og_find_adressen(client, **formular(v.skoleleder, behov=SKREVET))
    assert "er gemt" not in client.get(f"/log-ind/{videre}").content.decode()


def test_login_lover_intet_om_en_knap_eller_efter_30_minutter(v, client):
    svar = client.post("/skriv/", formular(v.skoleleder, noegle="3f", endnu="1", version="0"), follow=True)
    assert "er gemt" not in svar.content.decode(), "nothing was written"
    adresse = gem_og_find_adressen(client, **formular(v.skoleleder, behov=SKREVET))
    with tid.frys(tid.nu() + timedelta(minutes=31)):
        assert "er gemt" not in client.get(f"/log-ind/?next={adresse}").content.decode()


def _som_dict(felter):
    samlet: dict[str, list[str]] = {}
    for navn, vaerdi in felter:
        samlet.setdefault(navn, []).append(html.unescape(vaerdi))
    return samlet


def test_teksten_ligger_krypteret(v, client):
    gem_og_find_adressen(client, **formular(v.skoleleder, behov="hemmelig formulering"))
    assert b"hemmelig" not in bytes(GemtFormular.objects.get().indhold)


def test_en_anden_person_faar_404(v, client):
    adresse = gem_og_find_adressen(client, **formular(v.skoleleder, behov=SKREVET))
    log_ind(client, v.naboskoleleder)
    assert client.get(adresse).status_code == 404


def test_efter_30_minutter_er_den_vaek(v, client):
    """Seen from the page at once, and from the database when the daily routine has run."""
    adresse = gem_og_find_adressen(client, **formular(v.skoleleder, behov=SKREVET))
    log_ind(client, v.skoleleder)
    with tid.frys(tid.nu() + timedelta(minutes=29)):
        assert client.get(adresse).status_code == 200
        assert gemt.ryd_op(tid.nu()) == 0
    with tid.frys(tid.nu() + timedelta(minutes=31)):
        assert client.get(adresse).status_code == 404
        assert gemt.ryd_op(tid.nu()) == 1
    assert not GemtFormular.objects.exists()


@pytest.mark.parametrize("underskrift", ["", "1", "1:abc:def", "x" * 5000])
def test_en_falsk_formular_gemmes_ikke(v, client, underskrift):
    """A post forged elsewhere must not come back as something to confirm."""
    svar = client.post("/skriv/", {gemt.FELT: underskrift, "behov": "fra en anden side"})
    assert svar["Location"] == "/log-ind/?next=/skriv/"
    assert not GemtFormular.objects.exists()


def test_en_underskrift_fra_i_forgaars_gaelder_ikke(v, client, monkeypatch):
    felter = formular(v.skoleleder, behov=SKREVET)
    monkeypatch.setattr(gemt, "STOERSTE_FELT_ALDER", timedelta(seconds=-1))
    client.post("/skriv/", felter)
    assert not GemtFormular.objects.exists()


def test_adgangskoder_gemmes_aldrig(v, client):
    client.post("/konto/adgangskode/", formular(v.skoleleder, oldpassword="a", password1="b", password2="b"))
    assert not GemtFormular.objects.exists()


def test_for_stor_til_at_gemme_siges_hoefligt(v, client):
    svar = client.post("/skriv/", formular(v.skoleleder, behov="x" * 2_100_000))
    assert svar.status_code == 413
    assert "kopiér den, før du gør andet" in svar.content.decode()
    assert not GemtFormular.objects.exists()


def test_alt_for_stor_er_heller_ikke_en_fejl_hos_os(v, client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    log_ind(client, v.skoleleder)
    svar = client.post("/skriv/", formular(v.skoleleder, behov="x" * 5_000))
    assert svar.status_code == 413


def test_kun_de_nyeste_ti_beholdes(v, client):
    for nummer in range(12):
        gem_og_find_adressen(client, **formular(v.skoleleder, behov=str(nummer)))
    assert GemtFormular.objects.count() == gemt.FLEST_PR_PERSON


def test_vedhaeftede_filer_naevnes(v, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    fil = SimpleUploadedFile("plan.pdf", b"x")
    adresse = gem_og_find_adressen(client, **formular(v.skoleleder, behov="x", bilag=fil))
    log_ind(client, v.skoleleder)
    assert "Vælg «plan.pdf» igen" in client.get(adresse).content.decode()


# --- the form belongs to an earlier login: CSRF ----------------------------------------------------------------------
def test_en_formular_fra_foer_sidste_login_kommer_igen(v):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(v.skoleleder)
    svar = klient.post("/skriv/", formular(v.skoleleder, behov=SKREVET))
    assert svar.status_code == 302
    assert "punkt med æøå" in klient.get(svar["Location"]).content.decode()
    assert MODTAGET == []


def test_uden_underskrift_og_uden_csrf_er_det_bare_nej(v):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(v.skoleleder)
    svar = klient.post("/skriv/", {"behov": SKREVET})
    assert svar.status_code == 403
    assert "Formularen er for gammel" in svar.content.decode()
    assert MODTAGET == []


def test_for_stor_og_for_gammel_er_ogsaa_hoeflig(v):
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(v.skoleleder)
    assert klient.post("/skriv/", formular(v.skoleleder, behov="x" * 2_100_000)).status_code == 413
    assert not GemtFormular.objects.exists()


def test_en_anden_der_er_logget_ind_sender_ikke_sannes_tekst(v):
    """A shared PC: Nils has logged in since Sanne opened the form. Her text waits for her."""
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(v.naboskoleleder)
    svar = klient.post("/skriv/", formular(v.skoleleder, behov=SKREVET))
    assert klient.get(svar["Location"]).status_code == 404
    assert MODTAGET == []
    klient.force_login(v.skoleleder)
    assert klient.get(svar["Location"]).status_code == 200


def test_tilbage_til_en_knap_efter_login_er_ikke_en_hvid_side(v, client):
    client.force_login(v.administrator)
    svar = client.get("/post/1/gensend/")
    assert svar.status_code == 405
    assert svar["Allow"] == "POST"
    assert "Det sker kun med en knap" in svar.content.decode()
