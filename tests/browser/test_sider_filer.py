"""The field for files: empty, with errors, chosen from the keyboard, and what a browser sees when too much is sent."""

import pytest
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import expect

from samarbejde import urls
from samarbejde.actions_filer import gem_fil
from samarbejde.adgang import for_alle_indloggede
from samarbejde.formfelter import Filfelt, Formular, TekstFelt
from samarbejde.models import Fil
from samarbejde.views.filer import svar_med_fil
from tests.samarbejde import filer as byg

pytestmark = pytest.mark.django_db(transaction=True)
SIDE = """{% extends "base.html" %}{% block titel %}Dit bidrag til mødet{% endblock %}{% block indhold %}
<h1>Dit bidrag til mødet</h1>{% include "komponenter/formular.html" with gem="Gem bidraget" rod="/" %}
{% for fil in filer %}<p><a href="/bilag/{{ fil.noegle }}">{{ fil.navn }} ({{ fil.beskrivelse }})</a></p>{% endfor %}
{% endblock %}"""


class Bilagsform(Formular):
    bidrag = TekstFelt(label="Dit bidrag", plads=40)
    bilag = Filfelt(label="Bilag", required=False)
    dagsorden = Filfelt(label="Dagsorden", flest=1, help_text="Den, der blev sendt ud.")


@for_alle_indloggede
def bilag(request):
    form = Bilagsform(request.POST or None, request.FILES or None)
    if form.is_valid():
        for fil in form.cleaned_data["bilag"] + form.cleaned_data["dagsorden"]:
            gem_fil(upload=fil, af=request.user)
    inde = {"form": form, "gem_adresse": "/bilag/", "filer": Fil.objects.all()}
    return HttpResponse(engines["django"].from_string(SIDE).render(inde, request))


@for_alle_indloggede
def hent(request, noegle):
    return svar_med_fil(Fil.objects.get(noegle=noegle))


urlpatterns = [*urls.urlpatterns, path("bilag/", bilag), path("bilag/<str:noegle>", hent)]
handler400, handler429 = urls.handler400, urls.handler429


@pytest.fixture
def sanne(besoeg, v, settings, tmp_path):
    settings.ROOT_URLCONF = __name__
    standard = {**settings.STORAGES["default"]}
    standard["OPTIONS"] = {**standard["OPTIONS"], "location": tmp_path / "filer"}
    settings.STORAGES = {**settings.STORAGES, "default": standard}
    return besoeg(v.skoleleder)


def vaelg(hos, felt, *filer):
    hos.side.locator(f"main [name={felt}]").set_input_files(
        [{"name": navn, "mimeType": "application/octet-stream", "buffer": indhold} for navn, indhold in filer]
    )


def test_filer_i_en_formular_tom_med_fejl_og_sendt(sanne, tmp_path):
    sanne.til("/bilag/", "filer-tom")
    vaelg(sanne, "bilag", ("Et meget langt navn på en plan for hele skoleåret.docx", byg.pdf()), ("b.odt", byg.odt()))
    sanne.skriv(bidrag="Et godt bidrag")
    sanne.tryk("Gem bidraget", "filer-fejl")
    expect(sanne.side.locator(".fejlopsummering")).to_be_focused()
    expect(sanne.side.locator("[name=bidrag]")).to_have_value("Et godt bidrag")
    vaelg(sanne, "bilag", ("Årsplan.pdf", byg.pdf()), ("b.odt", byg.odt()))
    sanne.skaermbillede(sanne.side, "filer-valgt")
    vaelg(sanne, "dagsorden", ("Dagsorden.xlsx", byg.xlsx()))
    sanne.tryk("Gem bidraget")
    with sanne.side.expect_download() as hentet:
        sanne.side.get_by_role("link", name="Årsplan.pdf (PDF").click()
    assert hentet.value.suggested_filename == "Årsplan.pdf"
    hentet.value.save_as(tmp_path / "hentet.pdf")
    assert (tmp_path / "hentet.pdf").read_bytes().startswith(b"%PDF-")


def test_filen_er_vaek(sanne, v, settings, tmp_path):
    fil = gem_fil(upload=byg.upload("Årsplan.png", byg.png()), af=v.skoleleder)
    (tmp_path / "filer" / fil.sti).unlink()
    sanne.til(f"/bilag/{fil.noegle}", "filen-er-vaek", status=410)


def test_alt_for_meget_er_en_side_og_ikke_en_afbrudt_forbindelse(sanne, settings, tmp_path):
    settings.STOERSTE_AFSENDELSE = 1024 * 1024
    with (tmp_path / "film.pdf").open("wb") as film:
        film.truncate(30 * 1024 * 1024)
    sanne.aabn("/bilag/")
    sanne.side.locator("main [name=bilag]").set_input_files(tmp_path / "film.pdf")
    sanne.tryk("Gem bidraget", "filer-for-stor", status=413)


def test_naar_login_er_udloebet_vaelges_filerne_igen(sanne, v):
    sanne.aabn("/bilag/")
    sanne.skriv(bidrag="Et godt bidrag")
    vaelg(sanne, "bilag", ("Årsplan.pdf", byg.pdf()), ("b.odt", byg.odt()))
    sanne.side.context.clear_cookies()
    sanne.tryk("Gem bidraget")
    sanne.side.get_by_label("E-mail").fill(v.skoleleder.email)
    sanne.side.get_by_label("Adgangskode").fill("en-lang-og-sikker-kode")
    sanne.tryk("Log ind", "filer-efter-login")
    expect(sanne.side.get_by_label("Vælg «Årsplan.pdf» og «b.odt» igen")).to_be_visible()
