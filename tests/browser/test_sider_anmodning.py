"""Asking for a meeting and answering in a browser: empty, full, refused and in error, at 1280 and 320 px."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moeder.models import Anmodning
from samarbejde import tid
from samarbejde.models import Enhed
from tests.fabrik import enhed
from tests.moeder.byg import DAG, anmod, moede
from tests.ressourcecenter.byg import Art, forum
from tests.samarbejde.filer import png

pytestmark = pytest.mark.django_db(transaction=True)


def formular(v, art="ressourcecenter"):
    return reverse("anmod_om_moede", args=[v.skole.slug, art])


def test_s2_from_start_to_sent_in_three_steps(besoeg, v):
    mette = besoeg(v.medarbejder)
    mette.til("/", "start-med-anmod")
    mette.side.locator("main").get_by_role("link", name="Bed om et møde").click()
    mette.side.wait_for_url(f"**{formular(v)}")
    mette.doem("anmod-formular")
    mette.tryk("Send anmodningen", "anmod-fejl")
    expect(mette.side.locator(".fejlopsummering")).to_be_focused()
    mette.aabn(formular(v))
    mette.side.get_by_label("En gruppe børn").check()
    mette.skriv(hvad="Uro i 5. klasse efter frikvarteret.\n\nVi har set det i tre uger.")
    mette.side.get_by_text("Skriv mere, hvis det hjælper").click()
    mette.doem("anmod-foldet-ud")
    mette.skriv(arbejder_ogsaa="Viggo Holm", styrker="De holder af musik.")
    mette.side.get_by_label("Det haster").check()
    mette.tryk("Send anmodningen", "anmodning-sendt")
    assert Anmodning.objects.get().haster


def test_d20_filer_paa_anmodningen(besoeg, v):
    mette = besoeg(v.medarbejder)
    mette.aabn(formular(v))
    mette.side.get_by_label("Et enkelt barn").check()
    mette.side.get_by_label("Vedlæg filer").set_input_files({"name": "Trivsel.png", "mimeType": "", "buffer": png()})
    mette.tryk("Send anmodningen", "anmod-et-barn-med-fil")
    expect(mette.side.get_by_text("Send igen uden filer.").first).to_be_visible()
    mette.side.get_by_label("En gruppe børn").check()
    mette.skriv(hvad="Uro i 5. klasse efter frikvarteret.")
    mange = [{"name": f"Trivselsmåling for 5. klasse {nr}.png", "mimeType": "", "buffer": png()} for nr in (1, 2)]
    mette.side.get_by_label("Vedlæg filer").set_input_files(mange)
    mette.tryk("Send anmodningen", "anmodning-med-filer")
    anmodning = Anmodning.objects.get()
    mette.til(reverse("laeg_fil_paa_anmodning", args=[anmodning.kode]), "anmodning-laeg-filer")
    mette.tryk("Læg filerne på", "anmodning-laeg-filer-fejl")
    mette.til(f"{anmodning.get_absolute_url()}filer/{anmodning.filer.first().fil.noegle}/fjern/", "anmodning-fjern-fil")
    kirsten = besoeg(v.koordinator)
    kirsten.til(anmodning.get_absolute_url(), "anmodning-med-filer-svarer")
    with kirsten.side.expect_download() as hentet:
        kirsten.side.get_by_role("link", name="Trivselsmåling for 5. klasse 1.png").first.click()
    assert hentet.value.suggested_filename == "Trivselsmåling for 5. klasse 1.png"


def test_et_enkelt_barn_uden_et_ord(besoeg, v):
    mette = besoeg(v.medarbejder)
    mette.aabn(formular(v))
    mette.side.get_by_label("Et enkelt barn").check()
    mette.skriv(hvad="Bo")
    mette.tryk("Send anmodningen", "anmod-et-barn-fejl")
    mette.skriv(hvad="")
    mette.tryk("Send anmodningen", "anmodning-et-barn")
    kirsten, anmodning = besoeg(v.koordinator), Anmodning.objects.get()
    kirsten.til(reverse("afvis_anmodning", args=[anmodning.kode]), "afvis-et-barn")


def test_hvor_skal_moedet_holdes(besoeg, v):
    privat = enhed("Privatskolen", ejerform=Enhed.Ejerform.PRIVAT, i=v.distrikt)
    enhed("Klubben", Enhed.Art.FRITIDSCENTER, til=[v.skole, privat])
    besoeg(v.centerleder).til(reverse("anmod"), "anmod-vaelg")
    besoeg(v.udenfor).til(reverse("anmod"), "anmod-ingen")
    besoeg(v.klyngeleder).til(reverse("anmod_om_moede", args=[v.klynge.slug, "ressourceteam"]), "anmod-team")
    besoeg(v.medarbejder).til(formular(v, "laeringscenter"), "anmod-plc")


def test_svarene(besoeg, v):
    rc = forum(v.skole)
    moede(rc, af=v.skoleleder, dage=20)
    anmodning = anmod(
        rc, v.medarbejder, v.kkfo, gruppe="Teamet på 5. årgang", styrker="De holder af musik.", haster=True,
        frist=tid.i_dag() - 2 * DAG, arbejder_ogsaa="Viggo Holm", spoergsmaal="Hvad gør vi i frikvarteret?",
        metode="To voksne ude ad gangen.", proevet="Faste pladser. Det hjalp lidt.",
    )  # fmt: skip
    anmod(rc, v.vejleder, v.skole, hvad="Larm på 5. årgang")
    kirsten = besoeg(v.koordinator)
    kirsten.til(reverse("anmodninger"), "anmodninger")
    kirsten.til(f"{reverse('anmodninger')}?tilstand=behandlet", "anmodninger-ingen-passer")
    kirsten.til(anmodning.get_absolute_url(), "anmodning-svarer")
    for navn in ("planlaeg_for_anmodning", "saet_anmodning_paa", "henvis_anmodning", "flet_anmodning"):
        kirsten.til(reverse(navn, args=[anmodning.kode]), navn.replace("_", "-"))
    kirsten.til(reverse("afvis_anmodning", args=[anmodning.kode]), "afvis-anmodning")
    kirsten.tryk("Afvis anmodningen", "afvis-fejl")
    kirsten.skriv(grund="Vi tager det på teammødet på torsdag.")
    kirsten.tryk("Afvis anmodningen", "anmodning-afvist")
    mette = besoeg(v.medarbejder)
    mette.til(anmodning.get_absolute_url(), "anmodning-afslag")
    mette.til(reverse("forelaeg_anmodning", args=[anmodning.kode]), "forelaeg-anmodning")
    mette.tryk("Forelæg afslaget", "anmodning-forelagt")
    besoeg(v.skoleleder).til(anmodning.get_absolute_url(), "anmodning-hos-lederen")
    besoeg(v.koordinator).til(reverse("afvis_anmodning", args=[anmodning.kode]), "besvar-403", status=403)


def test_lovet_flettet_og_tomt(besoeg, v):
    plc = forum(v.skole, Art.PLC)
    anmodning = anmod(plc, v.medarbejder, v.kkfo)
    besoeg(v.vejleder).til(reverse("anmodninger"), "anmodninger-tom")
    sanne = besoeg(v.skoleleder)
    sanne.til(reverse("saet_anmodning_paa", args=[anmodning.kode]), "saet-paa-intet-moede")
    sanne.til(reverse("flet_anmodning", args=[anmodning.kode]), "flet-ingen")
    sanne.aabn(reverse("planlaeg_for_anmodning", args=[anmodning.kode]))
    sanne.tryk("Reservér tiden", "anmodning-planlagt")
    mette = besoeg(v.medarbejder)
    mette.til(anmodning.get_absolute_url(), "anmodning-lovet")
    anden = anmod(plc, v.medarbejder, v.kkfo, hvad="Det samme", tilstand="flettet", flettet_i=anmodning)
    mette.til(anden.get_absolute_url(), "anmodning-flettet")
    tredje = anmod(plc, v.medarbejder, v.kkfo, hvad="En tredje")
    mette.til(reverse("traek_anmodning", args=[tredje.kode]), "traek-anmodning")
