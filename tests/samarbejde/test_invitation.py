"""The invitation to a first login (S57, D32): by mail, for seven days, once, and never by opening the link alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from samarbejde import tid
from samarbejde.actions import afslut_rolle, luk_person
from samarbejde.forsendelse import FLEST_FORSOEG, opgiv_doede_links, send_besked
from samarbejde.invitation import lav_token
from samarbejde.models import Besked, Haendelse, Person
from samarbejde.permissions import IkkeTilladtError
from samarbejde.personale import inviter, registrer_medarbejder, vaelg_adgangskode
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import verden
from tests.postkasse import aaben_postkasse

pytestmark = pytest.mark.django_db
NU = tid.datetime.fromisoformat("2026-11-24T20:00+01:00")
KODE = "blomster i vindueskarmen"


@pytest.fixture
def v():
    with tid.frys(NU):
        yield verden()


@pytest.fixture
def tildeling(v):
    """Ida, just registered at Lindeskolen."""
    felter = {"email": "ida@demo.example", "navn": "Ida Ibsen", "gyldig_fra": tid.i_dag()}
    return registrer_medarbejder(enhed=v.skole, af=v.skoleleder, **felter).tildeling


@pytest.fixture
def ida(tildeling):
    return Person.objects.get(pk=tildeling.user_id)


def link(person):
    return f"/invitation/{lav_token(person)}/"


def vaelg(adresse, kode=KODE, klient=None):
    return (klient or Client()).post(adresse, {"password1": kode, "password2": kode})


def er_doed(adresse):
    sider = [Client().get(adresse), vaelg(adresse)]
    assert [svar.status_code for svar in sider] == [200, 200]
    return all("Linket virker ikke længere" in svar.content.decode() for svar in sider)


# --- the whole way, with a mail server ---------------------------------------------------------------------------
@pytest.fixture
def postkasse(settings):
    with aaben_postkasse(settings) as modtager:
        yield modtager


def test_ida_laeser_mailen_foelger_linket_og_logger_ind(v, ida, postkasse):
    """Sent at once also in the evening, through a real mail server; read as a human would; and kept nowhere."""
    besked = Besked.objects.get(til=ida)
    send_besked(besked.pk)
    [(modtagere, brev)] = postkasse.breve
    tekst = brev.get_content().replace("\r\n", "\n")
    assert modtagere == ["ida@demo.example"]
    assert brev["Subject"] == "Du har fået adgang til Stærkt samarbejde"
    assert tekst.startswith("Hej Ida Ibsen\n\nSanne Lund har registreret dig som medarbejder på Lindeskolen, fra 24.")
    assert "Derefter logger du ind med ida@demo.example." in tekst
    assert "Linket virker én gang og indtil tirsdag den 1. december 2026 kl. 20.00" in tekst
    besked.refresh_from_db()
    assert (besked.tilstand, besked.tekst) == ("sendt", "")

    adresse = re.search(r"^http://testserver(/invitation/\S+/)$", tekst, re.MULTILINE)[1]
    klient = Client()
    side = klient.get(adresse)
    assert "Vælg din adgangskode" in side.content.decode()
    assert "no-store" in side["Cache-Control"]
    svar = klient.post(adresse, {"password1": KODE, "password2": KODE}, follow=True)
    assert svar.redirect_chain == [("/log-ind/", 302)]
    assert "Din adgangskode er gemt. Log ind med din e-mail." in svar.content.decode()
    klient.post("/log-ind/", {"login": "ida@demo.example", "password": KODE})
    assert "Ida Ibsen" in klient.get("/").content.decode()
    assert er_doed(adresse)
    haendelse = Haendelse.objects.get(navn="vaelg_adgangskode")
    assert (haendelse.af, haendelse.rod_art, haendelse.rod_id) == (ida, "person", ida.pk)


# --- the link ----------------------------------------------------------------------------------------------------
def test_at_aabne_linket_aendrer_intet_og_siger_intet_om_nogen(ida):
    """Mail scanners open links. The page says nobody's name, and HEAD is answered too."""
    foer = Person.objects.filter(pk=ida.pk).values().get()
    for _ in range(3):
        side = Client().get(link(ida)).content.decode()
    assert Client().head(link(ida)).status_code == 200
    for ord_ in ("Ida", "ida@", "Lindeskolen", "Sanne"):
        assert ord_ not in side
    assert Person.objects.filter(pk=ida.pk).values().get() == foer
    assert not Haendelse.objects.filter(navn="vaelg_adgangskode").exists()


def test_brugt_for_gammelt_og_forfalsket_faar_samme_svar(v, ida):
    doede = [f"/invitation/{token}/" for token in ("x", "1-2-3", "--", "æ-ø-å", f"{10**30}-1-x", "1" * 5000)]
    godt = link(ida)
    pk, lavet, signatur = lav_token(ida).split("-", 2)
    doede += [f"/invitation/{v.skoleleder.pk}-{lavet}-{signatur}/", f"/invitation/{pk}-zzzzzz-{signatur}/"]
    with tid.frys(NU + timedelta(days=7)):
        assert er_doed(godt)
    with tid.frys(NU + timedelta(days=7, seconds=-1)):
        assert "Vælg din adgangskode" in Client().get(godt).content.decode()
    assert vaelg(godt).status_code == 302
    svar = {Client().get(adresse).content for adresse in [*doede, godt]}
    assert len(svar) == 1
    assert not Person.objects.get(pk=ida.pk).check_password("andet end det")
    assert er_doed(godt)
    assert Person.objects.get(pk=ida.pk).check_password(KODE)


def test_hvert_link_doer_naar_koden_er_valgt_og_det_nyeste_er_ikke_det_eneste(v, tildeling, ida):
    foerste = link(ida)
    with tid.frys(NU + timedelta(hours=1)):
        andet = link(ida)
        assert foerste != andet
        assert vaelg(foerste).status_code == 302
        assert er_doed(andet)


@pytest.mark.parametrize("hvordan", ["lukket", "udloebet", "login", "nulstillet"])
def test_en_konto_der_er_lukket_eller_i_brug_aabnes_ikke_af_linket(ida, hvordan):
    """The forgotten-password page is a way in too: then the invitation is used up."""
    adresse = link(ida)
    if hvordan == "lukket":
        luk_person(person=ida, af=None)
    elif hvordan == "udloebet":
        Person.objects.filter(pk=ida.pk).update(udloeber_den=tid.i_dag())
    elif hvordan == "login":
        Person.objects.filter(pk=ida.pk).update(last_login=tid.nu())
    else:
        ida.set_password(KODE)
        ida.save()
    assert er_doed(adresse)


@pytest.mark.parametrize(
    ("foerste", "anden", "fejl"),
    [
        ("kort", "kort", "Den skal indeholde mindst 12 tegn"),
        ("password1234", "password1234", "for almindelig"),
        ("ida@demo.example", "ida@demo.example", "minder for meget om"),
        (KODE, "noget helt andet", "samme adgangskode"),
        ("", "", "Feltet er tomt. Udfyld det."),
    ],
)
def test_en_svag_kode_afvises_med_de_samme_ord_som_ellers(ida, foerste, anden, fejl):
    svar = Client().post(link(ida), {"password1": foerste, "password2": anden})
    assert svar.status_code == 200
    assert fejl in svar.content.decode()
    assert not Person.objects.get(pk=ida.pk).has_usable_password()


def test_to_tryk_samtidig_er_een_adgangskode(ida):
    """The second one meets the lock, and a link that is used up."""
    token = lav_token(ida)
    vaelg_adgangskode(token=token, adgangskode=KODE, af=ida)
    with pytest.raises(IkkeMuligtError):
        vaelg_adgangskode(token=token, adgangskode="en helt anden kode", af=ida)
    assert Person.objects.get(pk=ida.pk).check_password(KODE)


def test_linket_er_paa_base_url(ida, settings):
    settings.BASE_URL = "https://samarbejde.example"
    with tid.frys(NU + timedelta(minutes=2)):
        tildeling = ida.rolletildelinger.get()
        inviter(tildeling=tildeling, af=tildeling.tildelt_af)
    assert "https://samarbejde.example/invitation/" in Besked.objects.filter(til=ida).latest("pk").tekst


# --- sent again --------------------------------------------------------------------------------------------------
def invitationer(person):
    return Besked.objects.filter(til=person, noegle__startswith="invitation:")


def test_lederen_sender_invitationen_igen_indtil_foerste_login(v, tildeling, ida):
    """Two presses in a minute are one mail; the trail says who sent it."""
    klient, adresse = Client(), f"/enheder/{v.skole.slug}/medarbejdere/{tildeling.pk}/inviter/"
    klient.force_login(v.skoleleder)
    assert "Send invitation" in klient.get(f"/enheder/{v.skole.slug}/medarbejdere/").content.decode()
    with tid.frys(NU + timedelta(minutes=5)):
        svar, _ = (klient.post(adresse, follow=True) for _ in range(2))
    assert "Ida Ibsen får en mail med et link til sin første adgangskode." in svar.content.decode()
    assert invitationer(ida).count() == 2
    assert [h.af for h in Haendelse.objects.filter(navn="inviter")] == [v.skoleleder]
    vaelg(link(ida))
    svar = klient.post(adresse)
    assert svar.status_code == 409
    assert "har allerede valgt en adgangskode" in svar.content.decode()
    assert adresse not in klient.get(f"/enheder/{v.skole.slug}/medarbejdere/").content.decode()
    assert invitationer(ida).count() == 2


def test_kun_lederen_inviterer_og_kun_den_der_stadig_er_ansat(v, tildeling, ida):
    for hvem in (v.koordinator, v.forvaltning):
        with pytest.raises(IkkeTilladtError):
            inviter(tildeling=tildeling, af=hvem)
    afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag() + timedelta(days=1), af=None)
    with tid.frys(NU + timedelta(days=1)), pytest.raises(IkkeMuligtError, match="ikke længere registreret"):
        inviter(tildeling=tildeling, af=v.skoleleder)
    assert invitationer(ida).count() == 1


def test_en_konto_i_forvejen_uden_login_faar_ogsaa_en_invitation(v, tildeling, ida):
    with tid.frys(NU + timedelta(days=1)):
        felter = {"email": ida.email, "navn": "Ida", "gyldig_fra": tid.i_dag()}
        assert not registrer_medarbejder(enhed=v.kkfo, af=v.paedagogiskleder, **felter).ny_konto
    assert [b.tekst.split(".")[0] for b in invitationer(ida).order_by("pk")][1].startswith("Pia Dahl har registreret")


# --- a mail server that is away ----------------------------------------------------------------------------------
def test_en_invitation_venter_paa_mailserveren_i_syv_dage_og_et_nyt_link_i_to_timer(ida, monkeypatch):
    besked = Besked.objects.get(til=ida)
    assert opgiv_doede_links(NU + timedelta(hours=3)) == 0
    assert opgiv_doede_links(NU + timedelta(days=7)) == 1
    besked.refresh_from_db()
    assert (besked.tilstand, besked.tekst) == ("fejlet", "")


def test_et_link_der_opgives_efter_otte_forsoeg_gemmes_ikke(ida, monkeypatch):
    def nej(besked, med):
        raise ConnectionRefusedError

    monkeypatch.setattr("samarbejde.forsendelse._aflever", nej)
    besked = Besked.objects.get(til=ida)
    for forsoeg in range(FLEST_FORSOEG):
        Besked.objects.filter(pk=besked.pk).update(tidligst_den=tid.nu())
        besked.refresh_from_db()
        assert (besked.forsoeg, besked.tekst != "") == (forsoeg, True)
        send_besked(besked.pk)
    besked.refresh_from_db()
    assert (besked.tilstand, besked.tekst) == ("fejlet", "")
