"""Getting in and out: through the real login page, with known people of `verden()`."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from samarbejde import konto as konto_adapter
from samarbejde import tid
from samarbejde.actions import luk_person
from samarbejde.forsendelse import send_besked
from samarbejde.models import Besked, Person
from samarbejde.views import konto
from tests.fabrik import ADGANGSKODE, verden

pytestmark = pytest.mark.django_db
FORKERT = "E-mail og adgangskode passer ikke sammen"
VENT = "Du har prøvet mange gange på kort tid. Vent 5 minutter"
NY_KODE = "blomster i vindueskarmen"


@pytest.fixture
def v(monkeypatch):
    monkeypatch.setattr(konto, "LAENGDE_AF_SVAR", 0)
    return verden()


def log_ind(klient, email, kode=ADGANGSKODE, **felter):
    return klient.post("/log-ind/", {"login": email, "password": kode, **felter})


def er_logget_ind(klient):
    return "_auth_user_id" in klient.session


def fejl_paa(svar):
    """The words of the error summary, without what differs by the form (tokens, the address typed)."""
    return re.search(r'class="alert alert-error.*?</div></div>', svar.content.decode(), re.DOTALL)[0]


# --- in ----------------------------------------------------------------------------------------------------------
def test_sanne_logger_ind_og_staar_paa_forsiden(v, client):
    svar = log_ind(client, v.skoleleder.email)
    assert svar.status_code == 302
    assert svar["Location"] == "/"
    assert "Sanne Lund" in client.get("/").content.decode()


def test_store_bogstaver_og_mellemrum_i_mailadressen_er_ligegyldige(v, client):
    assert log_ind(client, f"  {v.skoleleder.email.upper()} ").status_code == 302


def test_login_og_ny_adgangskode_laver_ingen_raekker_i_emailaddress(v, client):
    """One address a person, in one place: `Person.email`. An old one cannot go on working after a correction."""
    client.post("/adgangskode/glemt/", {"email": v.skoleleder.email})
    Person.objects.filter(pk=v.skoleleder.pk).update(email="sanne.ny@demo.example")
    assert not EmailAddress.objects.exists()
    assert log_ind(client, v.skoleleder.email).status_code == 200
    assert log_ind(client, "sanne.ny@demo.example").status_code == 302


def test_man_kommer_derhen_hvor_man_var_paa_vej(v, client):
    svar = client.get("/distrikter/linde-skoledistrikt/", follow=True)
    assert 'name="next" value="/distrikter/linde-skoledistrikt/"' in svar.content.decode()
    svar = log_ind(client, v.skoleleder.email, next="/distrikter/linde-skoledistrikt/")
    assert svar["Location"] == "/distrikter/linde-skoledistrikt/"


@pytest.mark.parametrize(
    "ud",
    [
        "https://ondt.example/",
        "//ondt.example/",
        "/\\ondt.example/",
        "javascript:alert(1)",
        "http://localhost/",
        "http:///ondt.example",
        "\thttps://ondt.example",
    ],
)
def test_login_sender_aldrig_nogen_ud_af_huset(v, client, ud):
    """Not even to another name in ALLOWED_HOSTS: after login one goes to a path on this site."""
    assert log_ind(client, v.skoleleder.email, next=ud)["Location"] == "/"


def test_sessionen_faar_nyt_navn_ved_login(v, client):
    """Session fixation: a session planted before login is worth nothing after it."""
    client.get("/log-ind/")
    session = client.session
    session["plantet"] = "ja"
    session.save()
    foer = session.session_key
    client.cookies["sessionid"] = foer
    log_ind(client, v.skoleleder.email)
    assert client.session.session_key != foer
    assert not Client(headers={"Cookie": f"sessionid={foer}"}).get("/").content


def test_en_session_der_er_udloebet_eller_ukendt_er_ude_og_dens_navn_bruges_ikke_igen(v, client):
    log_ind(client, v.skoleleder.email)
    navn = client.session.session_key
    Session.objects.update(expire_date=tid.nu() - timedelta(seconds=1))
    assert "Sanne Lund" not in client.get("/").content.decode()
    client.cookies["sessionid"] = "x" * 32
    assert "Sanne Lund" not in client.get("/").content.decode()
    log_ind(client, v.skoleleder.email)
    assert client.session.session_key not in {navn, "x" * 32}
    assert "Sanne Lund" in client.get("/").content.decode()


def test_formularen_afvises_uden_csrf(v):
    klient = Client(enforce_csrf_checks=True)
    assert log_ind(klient, v.skoleleder.email).status_code == 403
    assert not er_logget_ind(klient)


# --- not in ------------------------------------------------------------------------------------------------------
def test_s54_ukendt_lukket_udloebet_og_forkert_kode_svarer_med_samme_ord(v, client):
    """S54, S57: no answer tells whether an account exists, is closed or has expired."""
    luk_person(person=v.naboskoleleder, af=None)
    Person.objects.filter(pk=v.vejleder.pk).update(udloeber_den=tid.i_dag())
    svar = [
        log_ind(client, "findes.ikke@demo.example"),
        log_ind(client, v.skoleleder.email, "ikke-den-rigtige-kode"),
        log_ind(client, v.naboskoleleder.email),
        log_ind(client, v.vejleder.email),
    ]
    assert {s.status_code for s in svar} == {200}
    assert FORKERT in fejl_paa(svar[0])
    assert len({fejl_paa(s) for s in svar}) == 1
    assert not er_logget_ind(client)


def test_en_ukendt_konto_koster_samme_arbejde_som_en_kendt(v, client, monkeypatch):
    """The time is in the hash: each failed login computes exactly one."""
    antal = []
    rigtig = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *a, **kw: antal.append(1) or rigtig(*a, **kw))
    for email in ("findes.ikke@demo.example", v.skoleleder.email):
        antal.clear()
        log_ind(client, email, "ikke-den-rigtige-kode")
        assert len(antal) == 1, email


def test_efter_fem_forkerte_er_ogsaa_den_rigtige_kode_lukket_ude(v, client):
    for _ in range(5):
        assert FORKERT in log_ind(client, v.skoleleder.email, "gaet").content.decode()
    svar = log_ind(client, v.skoleleder.email)
    assert VENT in svar.content.decode()
    assert not er_logget_ind(client)


def test_en_lukket_konto_taeller_ogsaa_som_forkert(v, client):
    """Otherwise the right password of a closed account could be told from a wrong one by never being throttled."""
    luk_person(person=v.skoleleder, af=None)
    for _ in range(5):
        log_ind(client, v.skoleleder.email)
    assert VENT in log_ind(client, v.skoleleder.email).content.decode()


def test_ingen_kan_laase_en_kollega_ude_fra_et_andet_sted(v):
    et_andet_sted, hjemme = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="192.0.2.1")
    for _ in range(6):
        log_ind(et_andet_sted, v.skoleleder.email, "gaet")
    assert log_ind(hjemme, v.skoleleder.email).status_code == 302


def test_for_mange_kald_fra_een_adresse_er_en_dansk_side(v, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    for _ in range(2):
        log_ind(client, "a@demo.example", "gaet")
    svar = log_ind(client, "a@demo.example", "gaet")
    assert svar.status_code == 429
    assert "Vent lidt, og prøv igen" in svar.content.decode()


def test_s57_ingen_kan_oprette_sig_selv(v, client):
    """S57: users are professionals whom somebody registered; there is no page to sign up on."""
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/log-ind/opret/").status_code == 404
    assert "opret" not in client.get("/log-ind/").content.decode().lower()


def test_s54_en_lukket_konto_er_ude_ved_naeste_klik(v, client):
    log_ind(client, v.skoleleder.email)
    assert client.get("/").status_code == 200
    luk_person(person=v.skoleleder, af=None)
    assert client.get("/")["Location"] == "/log-ind/?next=/"


def test_s57_adapteren_holder_selv_doeren_lukket(v, rf):
    """S57: what no address leads to today stays closed if somebody adds one: no sign-up, no page about closed
    accounts, no mail to an address that nobody has.
    """
    adapter = konto_adapter.KontoAdapter()
    assert adapter.is_open_for_signup(rf.get("/")) is False
    assert adapter.respond_user_inactive(rf.get("/"), v.skoleleder)["Location"] == "/log-ind/"
    adapter.send_mail("account/email/password_reset_key", "findes.ikke@demo.example", {})
    assert not Besked.objects.exists()


# --- out ---------------------------------------------------------------------------------------------------------
def test_log_ud_kun_med_en_knap(v, client):
    log_ind(client, v.skoleleder.email)
    assert "Vil du logge ud?" in client.get("/log-ud/").content.decode()
    assert er_logget_ind(client)
    session = client.session.session_key
    assert client.post("/log-ud/")["Location"] == "/log-ind/"
    assert "Du er logget ud" in client.get("/log-ind/").content.decode()
    assert Client(headers={"Cookie": f"sessionid={session}"}).get("/").status_code == 302


def test_log_ud_efter_at_sessionen_er_vaek_er_ingen_blindgyde(v, client):
    assert client.post("/log-ud/")["Location"] == "/log-ind/"
    assert client.get("/log-ud/")["Location"] == "/log-ind/"


# --- passwords ---------------------------------------------------------------------------------------------------
def test_d37_glemt_kode_gaar_gennem_postkassen_og_virker_een_gang(v, client):
    """D37: the mail is in the outbox at once, in Danish, and holds the link and nothing about anybody."""
    svar = client.post("/adgangskode/glemt/", {"email": v.skoleleder.email.upper()}, follow=True)
    assert "Se i din indbakke" in svar.content.decode()
    besked = Besked.objects.get()
    assert mail.outbox == []
    send_besked(besked.pk)
    brev = mail.outbox[0]
    assert brev.to == [v.skoleleder.email]
    assert brev.subject == "Ny adgangskode til Stærkt samarbejde"
    link = re.search(r"http://testserver(/adgangskode/ny/\S+)", brev.body)[1]
    side = client.get(link, follow=True)
    assert "Skriv din nye adgangskode" in side.content.decode()
    assert link.split("-", 2)[-1] not in side.request["PATH_INFO"]
    svar = client.post(side.request["PATH_INFO"], {"password1": NY_KODE, "password2": NY_KODE}, follow=True)
    assert "Adgangskoden er gemt" in svar.content.decode()
    assert log_ind(Client(), v.skoleleder.email).status_code == 200
    assert log_ind(Client(), v.skoleleder.email, NY_KODE).status_code == 302
    assert "Linket virker ikke længere" in Client().get(link, follow=True).content.decode()


def test_linket_peger_paa_base_url_og_ikke_paa_den_vaert_nogen_paastaar(v, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/adgangskode/glemt/", {"email": v.skoleleder.email}, headers={"Host": "ondt.example"})
    assert "ondt.example" not in Besked.objects.get().tekst
    assert f"{settings.BASE_URL}/adgangskode/ny/" in Besked.objects.get().tekst


def test_en_ukendt_eller_lukket_konto_faar_samme_svar_og_ingen_mail(v, client):
    luk_person(person=v.naboskoleleder, af=None)
    sider = [
        client.post("/adgangskode/glemt/", {"email": email}, follow=True)
        for email in ("findes.ikke@demo.example", v.naboskoleleder.email, v.skoleleder.email)
    ]
    assert len({(s.status_code, s.content) for s in sider}) == 1
    assert [b.til for b in Besked.objects.all()] == [v.skoleleder]


def test_svaret_paa_glemt_kode_venter_saa_ingen_kan_maale_forskel(v, client, monkeypatch):
    sovet = []
    monkeypatch.setattr(konto, "LAENGDE_AF_SVAR", 5)
    monkeypatch.setattr(konto.time, "sleep", sovet.append)
    client.post("/adgangskode/glemt/", {"email": "findes.ikke@demo.example"})
    client.post("/adgangskode/glemt/", {"email": v.skoleleder.email})
    assert len(sovet) == 2
    assert all(0 < sekunder <= 5 for sekunder in sovet)


def test_linket_er_for_gammelt_efter_to_timer(v, client, monkeypatch):
    client.post("/adgangskode/glemt/", {"email": v.skoleleder.email})
    link = re.search(r"/adgangskode/ny/\S+", Besked.objects.get().tekst)[0]
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    rigtig = PasswordResetTokenGenerator._now
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: rigtig(self) + timedelta(hours=2, seconds=1))
    assert "Linket virker ikke længere" in client.get(link, follow=True).content.decode()


def test_en_ny_kode_laaser_op_efter_for_mange_forsoeg(v, client):
    for _ in range(5):
        log_ind(client, v.skoleleder.email, "gaet")
    client.post("/adgangskode/glemt/", {"email": v.skoleleder.email})
    side = client.get(re.search(r"/adgangskode/ny/\S+", Besked.objects.get().tekst)[0], follow=True)
    client.post(side.request["PATH_INFO"], {"password1": NY_KODE, "password2": NY_KODE})
    assert log_ind(client, v.skoleleder.email, NY_KODE).status_code == 302


@pytest.mark.parametrize(
    ("kode", "fejl"),
    [
        ("kort", "for kort. Den skal indeholde mindst 12 tegn"),
        ("password1234", "for almindelig"),
        ("skoleleder@demo.example", "minder for meget om"),
    ],
)
def test_svage_koder_afvises_paa_dansk(v, client, kode, fejl):
    log_ind(client, v.skoleleder.email)
    svar = client.post("/konto/adgangskode/", {"oldpassword": ADGANGSKODE, "password1": kode, "password2": kode})
    assert svar.status_code == 200
    assert fejl in fejl_paa(svar)
    assert log_ind(Client(), v.skoleleder.email).status_code == 302


def test_skift_af_kode_beholder_ens_egen_session_og_lukker_de_andre(v, client):
    andet_sted = Client()
    log_ind(andet_sted, v.skoleleder.email)
    log_ind(client, v.skoleleder.email)
    felter = {"oldpassword": ADGANGSKODE, "password1": NY_KODE, "password2": NY_KODE}
    svar = client.post("/konto/adgangskode/", felter, follow=True)
    assert "Din adgangskode er ændret" in svar.content.decode()
    assert client.get("/").status_code == 200
    assert andet_sted.get("/").status_code == 302


def test_uden_kode_faar_man_et_link_i_stedet_for_en_fejlside(v, client):
    v.skoleleder.set_unusable_password()
    v.skoleleder.save()
    client.force_login(v.skoleleder)
    assert client.get("/konto/adgangskode/")["Location"] == "/adgangskode/glemt/"
    assert client.get("/log-ind/igen/")["Location"] == "/adgangskode/glemt/"


def test_bekraeft_med_koden_foer_noget_saerligt(v, client):
    log_ind(client, v.skoleleder.email)
    assert "Adgangskoden er forkert" in client.post("/log-ind/igen/", {"password": "gaet"}).content.decode()
    assert client.post("/log-ind/igen/", {"password": ADGANGSKODE})["Location"] == "/"
