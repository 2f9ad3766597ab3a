"""Files in a form: what the page says, what is refused at the field, and what happens to the rest of the form."""

import html
import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from samarbejde import gemt, urls
from samarbejde.adgang import for_alle_indloggede
from samarbejde.formfelter import Filfelt, Formular, TekstFelt
from tests.fabrik import person, verden
from tests.samarbejde import filer as byg
from tests.samarbejde.filer import upload

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
MODTAGET = []


class Bilagsform(Formular):
    bidrag = TekstFelt(label="Dit bidrag", plads=40)
    bilag = Filfelt(label="Bilag", required=False, flest=3)


@for_alle_indloggede
def bilag(request):
    """Stands for any page with files in its form."""
    form = Bilagsform(request.POST or None, request.FILES or None)
    if form.is_valid():
        MODTAGET.append([(type(fil), fil.name, fil.size) for fil in form.cleaned_data["bilag"]])
        return HttpResponse("modtaget")
    if request.method == "POST":
        MODTAGET.append([(type(fil), fil.name, fil.size) for fil in request.FILES.getlist("bilag")])
    return render(request, "komponenter/formular.html", {"form": form, "gem_adresse": "/bilag/", "rod": "/"})


urlpatterns = [*urls.urlpatterns, path("bilag/", bilag)]
handler400, handler429 = urls.handler400, urls.handler429


@pytest.fixture
def klient(settings, client):
    settings.ROOT_URLCONF = __name__
    MODTAGET.clear()
    client.force_login(person("Sanne Lund"))
    return client


def send(klient, *filer, bidrag="Et godt bidrag"):
    svar = klient.post("/bilag/", {"bidrag": bidrag, "bilag": list(filer)})
    return unescape(svar.content.decode())


# --- the page ----------------------------------------------------------------------------------------------------
def test_the_field_says_what_it_takes_before_the_control(klient):
    side = unescape(klient.get("/bilag/").content.decode())
    assert 'enctype="multipart/form-data"' in side
    hjaelp = "PDF, Word (.docx), OpenDocument (.odt), Excel (.xlsx), PNG eller JPG, højst 3 ad gangen og 10 MB hver."
    assert f'id="id_bilag_helptext">{hjaelp}</span>' in side
    felt = re.search(r'<input type="file"[^>]*>', side)[0]
    assert " multiple" in felt
    assert 'accept=".docx,.jpeg,.jpg,.odt,.pdf,.png,.xlsx"' in felt
    assert 'aria-describedby="id_bilag_helptext"' in felt
    assert side.index("id_bilag_helptext") < side.index('type="file"')


def test_a_form_without_files_is_posted_as_before(rf):
    class Uden(Formular):
        bidrag = TekstFelt(label="Dit bidrag", plads=40)

    kald = rf.get("/")
    kald.user = AnonymousUser()
    svar = render(kald, "komponenter/formular.html", {"form": Uden(), "gem_adresse": "/", "rod": "/"})
    assert "enctype" not in svar.content.decode()


def test_one_file_only():
    felt = Filfelt(label="Fil", flest=1, help_text="Dagsordenen.")
    assert "multiple" not in felt.widget.render("fil", None)
    assert felt.help_text.startswith("Dagsordenen. PDF, Word")
    assert felt.help_text.endswith("PNG eller JPG, højst 10 MB.")
    with pytest.raises(ValidationError, match=r"Vælg en fil\."):
        felt.clean(None)


# --- taken and refused -------------------------------------------------------------------------------------------
def test_several_at_once_are_taken_and_none_is_fine(klient):
    assert send(klient, upload("a.pdf", byg.pdf()), upload("b.odt", byg.odt())) == "modtaget"
    assert send(klient) == "modtaget"
    assert [[navn for _, navn, _ in en] for en in MODTAGET] == [["a.pdf", "b.odt"], []]


def test_one_disguised_refuses_all_and_each_is_named(klient):
    side = send(klient, upload("a.pdf", byg.pdf()), upload("<b>.pdf", b"MZ"), upload("c.docx", byg.pdf()))
    assert "«<b>.pdf»: Filen hedder .pdf, men indholdet er noget andet." in side
    assert "«c.docx»: Filens indhold er PDF" in side
    assert "Vælg «a.pdf», «<b>.pdf» og «c.docx» igen" in side
    assert 'value="Et godt bidrag"' in side
    assert side.index("id_bilag_error") < side.index('type="file"')


def test_four_are_too_many(klient):
    assert "Du har valgt 4 filer. Vælg højst 3 ad gangen." in send(klient, *[upload("a.png", byg.png())] * 4)


def test_another_field_is_wrong_and_the_files_must_be_chosen_again(klient):
    side = send(klient, upload("plan.pdf", byg.pdf()), bidrag="x" * 41)
    assert "Der er plads til 40." in side
    assert "Vælg «plan.pdf» igen: filer bliver ikke husket, når noget i formularen skal rettes." in side


def test_the_action_refuses_and_the_files_must_be_chosen_again():
    form = Bilagsform({"bidrag": "x"}, {"bilag": [upload("plan.pdf", byg.pdf())]})
    assert form.is_valid()
    form.tag_imod(ValidationError({"bidrag": "Mødet er aflyst."}))
    assert form.errors == {
        "bidrag": ["Mødet er aflyst."],
        "bilag": ["Vælg «plan.pdf» igen: filer bliver ikke husket, når noget i formularen skal rettes."],
    }


# --- too much ----------------------------------------------------------------------------------------------------
def test_11_mb_is_an_error_at_the_field_and_the_rest_of_the_form_is_there(klient):
    side = send(klient, upload("film.pdf", b"%PDF-1.7" + bytes(11 * MB)))
    assert "«film.pdf»: Filen er for stor. Den må højst fylde 10 MB." in side
    assert 'value="Et godt bidrag"' in side


def test_of_a_file_beyond_the_limit_no_more_is_stored_than_shows_it(klient):
    send(klient, upload("film.pdf", b"%PDF-1.7" + bytes(30 * MB)), upload("a.png", byg.png()))
    (film, lille) = MODTAGET[0]
    assert film[0] is TemporaryUploadedFile
    assert 10 * MB < film[2] < 10.2 * MB
    assert lille[1:] == ("a.png", len(byg.png()))


def test_a_request_beyond_all_measure_is_a_danish_page(klient, settings):
    settings.STOERSTE_AFSENDELSE = 1 * MB
    svar = klient.post("/bilag/", {"bidrag": "x", "bilag": [upload("film.pdf", bytes(2 * MB))]})
    assert svar.status_code == 413
    assert "Formularen er for stor" in svar.content.decode()
    assert "højst fylde 10 MB" in svar.content.decode()
    assert MODTAGET == []


def test_too_many_files_are_too_much_as_well(klient):
    svar = klient.post("/bilag/", {"bilag": [upload("a.png", b"x")] * 101})
    assert svar.status_code == 413


def test_nobody_logged_in_cannot_fill_the_disk_either(settings):
    settings.STOERSTE_AFSENDELSE = 1 * MB
    klient = Client(enforce_csrf_checks=True)
    assert klient.post("/log-ind/", {"fil": upload("film.pdf", bytes(2 * MB))}).status_code == 413


def test_the_rest_is_read_so_that_a_browser_still_sending_sees_the_answer(rf):
    from samarbejde.views import fejl

    kald = rf.post("/bilag/", {"fil": upload("film.pdf", bytes(2 * MB))})
    assert fejl.for_stor(kald).status_code == 413
    assert kald.read(1) == b""


# --- the session is gone -----------------------------------------------------------------------------------------
def test_after_login_the_page_says_which_files_to_choose_again(settings, client):
    """Several in one field, and one in another: all are named, and chosen on that page."""
    settings.ROOT_URLCONF = __name__
    MODTAGET.clear()
    v = verden()
    felter = {gemt.FELT: gemt.underskriv(v.skoleleder), "bidrag": "Mit bidrag"}
    felter |= {"bilag": [upload("plan.pdf", b"x"), upload("budget <1>.xlsx", b"x")], "foto": upload("a.png", b"x")}
    svar = client.post("/bilag/", felter)
    adresse = re.search(r"/gemt/[\w-]+/", svar["Location"].replace("%2F", "/"))[0]
    client.force_login(v.skoleleder)
    side = client.get(adresse).content.decode()
    assert "Vælg «plan.pdf» og «budget &lt;1&gt;.xlsx» igen" in side
    assert "Vælg «a.png» igen" in side
    assert 'enctype="multipart/form-data"' in side
    assert '<input type="file" class="form-input" name="bilag" id="fil_bilag" multiple' in side
    skjulte = re.findall(r'<input type="hidden" name="(bidrag)" value="([^"]*)"', side)
    igen = {navn: html.unescape(vaerdi) for navn, vaerdi in skjulte} | {"bilag": [upload("plan.pdf", byg.pdf())]}
    assert client.post("/bilag/", igen).content == b"modtaget"
    assert [navn for _, navn, _ in MODTAGET[0]] == ["plan.pdf"]
