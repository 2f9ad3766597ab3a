"""The outbox and its pages: what is said to whom, when it leaves, and who may look."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from samarbejde import stik, tid
from samarbejde.actions_post import gensend_besked
from samarbejde.forsendelse import FLEST_FORSOEG, send_besked
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.post import saet_i_gang, saml_post, underret
from samarbejde.posttid import Levering
from samarbejde.sundhed import tilstand
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
TIRSDAG_KL_9 = tid.datetime.fromisoformat("2026-11-24T09:00+01:00")
ONSDAG_KL_7 = tid.datetime.fromisoformat("2026-11-25T07:00+01:00")


@pytest.fixture
def v():
    with tid.frys(TIRSDAG_KL_9):
        yield verden()


def skriv_til(person, noegle="n", **felter):
    felter = {"emne": "Nyt i aftalen for Linde", "tekst": "Der er en ny frist.", **felter}
    return underret(til=person, noegle=noegle, levering=felter.pop("levering", Levering.STRAKS), **felter)


def fejlet(person, noegle="n"):
    besked = skriv_til(person, noegle)
    Besked.objects.filter(pk=besked.pk).update(tilstand="fejlet", forsoeg=FLEST_FORSOEG, fejl="SMTPError: nej tak")
    return besked


# --- the mail itself -------------------------------------------------------------------------------------------------
def test_d37_mailen_er_ren_tekst_med_hilsen_link_og_afsender(v):
    """D37: greeting, what is new, a link, and who sent it; one recipient; a machine can see that a machine wrote it."""
    besked = skriv_til(v.skoleleder, adresse="/aftaler/linde/2026/", tekst="Skole & fritid: <frist> i morgen.")
    send_besked(besked.pk)
    brev = mail.outbox[0]
    assert brev.to == ["skoleleder@demo.example"]
    assert brev.cc == brev.bcc == []
    assert brev.body.startswith("Hej Sanne Lund\n\nSkole & fritid: <frist> i morgen.\n")
    assert "http://testserver/aftaler/linde/2026/" in brev.body
    assert "Sendt automatisk" in brev.body
    assert "&amp;" not in brev.body
    hoveder = brev.message()
    assert hoveder["Auto-Submitted"] == "auto-generated"
    assert hoveder.get_content_type() == "text/plain"
    assert "\n" not in hoveder["Subject"]


def test_et_emne_er_altid_een_linje(v):
    """Header injection: a name with a line break never becomes a header of its own."""
    besked = skriv_til(v.skoleleder, emne="Nyt\r\nBcc: ondt@ondt.example\r\n" + "x" * 300)
    send_besked(besked.pk)
    assert mail.outbox[0].subject.startswith("Nyt Bcc: ondt@ondt.example xxx")
    assert len(mail.outbox[0].subject) <= 150
    assert mail.outbox[0].message()["Bcc"] is None


def test_samme_noegle_er_een_mail_og_en_lukket_konto_faar_ingen(v):
    assert skriv_til(v.skoleleder) is not None
    assert skriv_til(v.skoleleder) is None
    v.naboskoleleder.lukket_den = tid.nu()
    assert skriv_til(v.naboskoleleder, "m") is None
    assert Besked.objects.count() == 1


def test_alt_andet_kommer_i_een_samlet_mail_om_morgenen(v):
    for nummer in range(3):
        skriv_til(
            v.skoleleder, f"n{nummer}", levering=Levering.SAMLET, emne=f"Nyt {nummer} & mere", adresse=f"/{nummer}/"
        )
    assert saml_post(TIRSDAG_KL_9) == 0
    with tid.frys(ONSDAG_KL_7):
        assert saml_post(ONSDAG_KL_7) == 1
        assert saml_post(ONSDAG_KL_7) == 0
        send_besked(Besked.objects.get(tilstand="venter").pk)
    assert len(mail.outbox) == 1
    assert [f"Nyt {n} & mere" in mail.outbox[0].body for n in range(3)] == [True] * 3
    assert "http://testserver/2/" in mail.outbox[0].body


# --- my own mail -----------------------------------------------------------------------------------------------------
def test_s53_min_post_viser_kun_min_egen(v, client):
    """S53: Sanne sees what was written to Sanne; nobody else's subject, name or text."""
    skriv_til(v.skoleleder, emne="Til Sanne")
    skriv_til(v.naboskoleleder, "m", emne="Til Nils")
    client.force_login(v.skoleleder)
    side = client.get("/post/").content.decode()
    assert "Til Sanne" in side
    assert "Til Nils" not in side


def test_tom_postkasse_siger_hvornaar_der_kommer_mail(v, client):
    client.force_login(v.skoleleder)
    assert "Du får kun mail straks, når det er din tur" in client.get("/post/").content.decode()


def test_et_personligt_link_vises_kun_i_mailen(v, client):
    """A borrowed session must not be able to fetch a link to a new password from the list of mails."""
    skriv_til(v.skoleleder, levering=Levering.BESTILT, tekst="http://testserver/adgangskode/ny/abc-hemmelig/")
    client.force_login(v.skoleleder)
    side = client.get("/post/").content.decode()
    assert "hemmelig" not in side
    assert "personligt link" in side


def link_til(person, noegle="link"):
    return skriv_til(
        person, noegle, levering=Levering.BESTILT, emne="Ny adgangskode", tekst="http://testserver/hemmelig/"
    )


def test_et_personligt_link_gemmes_ikke_naar_mailen_er_sendt(v):
    """Whoever reads the database or its backup later finds no link to a new password, only that a mail went out."""
    besked, anden = link_til(v.skoleleder), skriv_til(v.skoleleder)
    for en in (besked, anden):
        send_besked(en.pk)
        en.refresh_from_db()
    assert "http://testserver/hemmelig/" in mail.outbox[0].body
    assert (besked.tekst, besked.emne, besked.tilstand) == ("", "Ny adgangskode", "sendt")
    assert anden.tekst == "Der er en ny frist."


@pytest.mark.parametrize("opgiv", [lambda besked: send_besked(besked.pk), lambda besked: saet_i_gang()])
def test_et_link_der_ikke_kom_af_sted_i_to_timer_sendes_ikke_og_gemmes_ikke(v, client, monkeypatch, opgiv):
    """The mail server is away: the link is kept while it works, then neither by the worker nor by the minute's run."""
    besked, anden = link_til(v.skoleleder), skriv_til(v.skoleleder)
    with monkeypatch.context() as nede:
        nede.setattr("samarbejde.forsendelse._aflever", _ingen_svarer)
        send_besked(besked.pk)
    besked.refresh_from_db()
    assert (besked.tilstand, besked.forsoeg, besked.tekst) == ("venter", 1, "http://testserver/hemmelig/")
    with tid.frys(TIRSDAG_KL_9 + timedelta(hours=2)):
        opgiv(besked)
    besked.refresh_from_db()
    anden.refresh_from_db()
    assert (besked.tilstand, besked.tekst, besked.sendt_den) == ("fejlet", "", None)
    assert "for gammelt" in besked.fejl
    assert (anden.tilstand, anden.tekst) == ("venter", "Der er en ny frist.")
    assert mail.outbox == []
    assert tilstand()["post"]["fejlede"] == 1
    with tid.frys(TIRSDAG_KL_9 + timedelta(days=1, minutes=1)):
        assert tilstand()["post"]["fejlede"] == 0

    client.force_login(v.administrator)
    assert f"/post/{besked.pk}/gensend/" not in client.get("/post/alle/").content.decode()
    svar = client.post(f"/post/{besked.pk}/gensend/")
    assert svar.status_code == 409
    assert "Sanne Lund kan bede om et nyt" in svar.content.decode()
    besked.refresh_from_db()
    assert besked.tilstand == "fejlet"


def _ingen_svarer(besked, med):
    raise ConnectionRefusedError


# --- the administrator -----------------------------------------------------------------------------------------------
def test_s53_kun_administrator_ser_al_post_og_aldrig_teksten(v, client):
    """S53: forvaltning is refused with the rule; the administrator sees technique and not content."""
    fejlet(v.skoleleder)
    for person in (v.skoleleder, v.forvaltning):
        client.force_login(person)
        svar = client.get("/post/alle/")
        assert svar.status_code == 403
        assert "Kun administrator kan se" in svar.content.decode()
        assert "Se al udgående post" not in client.get("/post/").content.decode()
    client.force_login(v.administrator)
    side = client.get("/post/alle/").content.decode()
    assert "SMTPError: nej tak" in side
    assert "Der er en ny frist" not in side


def test_tilstanden_kan_vaelges_og_ukendte_ord_viser_alt(v, client):
    fejlet(v.skoleleder)
    skriv_til(v.naboskoleleder, "m")
    client.force_login(v.administrator)
    assert "Nils Eg" not in client.get("/post/alle/?tilstand=fejlet").content.decode()
    assert "Nils Eg" in client.get("/post/alle/?tilstand=vrøvl").content.decode()


def test_d30_en_beskyttet_persons_mailadresse_staar_ikke_i_listen(v, client):
    """Decision 30: staff with a protected name is a display name; the mail is hidden, from the administrator too."""
    v.skoleleder.er_beskyttet = True
    v.skoleleder.save()
    fejlet(v.skoleleder)
    client.force_login(v.administrator)
    side = client.get("/post/alle/").content.decode()
    assert "Sanne Lund" in side
    assert "skoleleder@demo.example" not in side


def test_s55_administrator_sender_en_fejlet_mail_igen(v, client, django_capture_on_commit_callbacks):
    """S55: it waits again from now, with its attempts counted anew, and the trail says who did it."""
    besked = fejlet(v.skoleleder)
    client.force_login(v.administrator)
    with django_capture_on_commit_callbacks() as vaekninger:
        svar = client.post(f"/post/{besked.pk}/gensend/", follow=True)
    assert "Mailen til Sanne Lund bliver sendt igen" in svar.content.decode()
    besked.refresh_from_db()
    assert (besked.tilstand, besked.forsoeg) == ("venter", 0)
    assert len(vaekninger) == 1
    haendelse = Haendelse.objects.get(navn="gensend_besked")
    assert (haendelse.af, haendelse.rod_art, haendelse.rod_id) == (v.administrator, "person", v.skoleleder.pk)
    send_besked(besked.pk)
    assert len(mail.outbox) == 1


def test_gensend_afvises_for_andre_og_for_en_mail_der_er_sendt(v, client):
    """Refused over HTTP with status and sentence, by the action itself too, and nothing has changed."""
    besked = fejlet(v.skoleleder)
    client.force_login(v.forvaltning)
    svar = client.post(f"/post/{besked.pk}/gensend/")
    assert svar.status_code == 403
    assert "Kun administrator kan sende en mail igen" in svar.content.decode()
    with pytest.raises(IkkeTilladtError):
        gensend_besked(besked=besked, af=v.skoleleder)
    besked.refresh_from_db()
    assert besked.tilstand == "fejlet"

    Besked.objects.update(tilstand="sendt", sendt_den=tid.nu())
    client.force_login(v.administrator)
    svar = client.post(f"/post/{besked.pk}/gensend/", headers={"Referer": "http://testserver/post/alle/"})
    assert svar.status_code == 409
    assert "Kun en mail, der ikke kunne afleveres, kan sendes igen" in svar.content.decode()
    assert 'href="http://testserver/post/alle/"' in svar.content.decode()
    with pytest.raises(IkkeMuligtError):
        gensend_besked(besked=besked, af=v.administrator)
    assert not Haendelse.objects.filter(navn="gensend_besked").exists()


def test_en_mail_der_ikke_findes_er_404(v, client):
    client.force_login(v.administrator)
    assert client.post("/post/999999/gensend/").status_code == 404
    assert client.post(f"/post/{10**30}/gensend/").status_code == 404


def test_lige_mange_foresporgsler_ved_1_og_120_mails(v, client, django_assert_num_queries):
    client.force_login(v.administrator)
    for antal in (1, 119):
        for nummer in range(antal):
            skriv_til(v.administrator, f"{antal}-{nummer}")
        with django_assert_num_queries(4):
            client.get("/post/")
        with django_assert_num_queries(4):
            client.get("/post/alle/")
    side = client.get("/post/").content.decode()
    assert side.count("<summary>Nyt i aftalen") == 50
    videre = side.split("Se ældre mails")[0].rpartition('href="')[2].partition('"')[0]
    assert client.get(videre).content.decode().count("<summary>Nyt i aftalen") == 50


# --- the daily routines ----------------------------------------------------------------------------------------------
def test_doegnrutiner_koerer_alle_med_uret_frosset(v, monkeypatch, capsys):
    set_klokken = []
    monkeypatch.setattr(stik.doegn, "_plugs", {"a": lambda nu: set_klokken.append((nu, tid.nu())) or 2})
    call_command("doegnrutiner", nu="2026-11-25T07:00")
    assert set_klokken == [(ONSDAG_KL_7, ONSDAG_KL_7)]
    assert "a: 2" in capsys.readouterr().out


def test_een_der_fejler_stopper_ikke_de_andre(v, monkeypatch, caplog):
    koert = []

    def galt(nu):
        raise ZeroDivisionError

    monkeypatch.setattr(stik.doegn, "_plugs", {"galt": galt, "godt": lambda nu: koert.append(nu) or 0})
    with pytest.raises(Exception, match="Disse rutiner fejlede: galt"):
        call_command("doegnrutiner")
    assert len(koert) == 1
    assert "rutinen galt fejlede" in caplog.text


def test_doegnrutiner_to_gange_er_som_een_gang(v, django_capture_on_commit_callbacks):
    skriv_til(v.skoleleder, levering=Levering.SAMLET)
    call_command("doegnrutiner", nu="2026-11-25T07:00", verbosity=0)
    foer = list(Besked.objects.values())
    call_command("doegnrutiner", nu="2026-11-25T07:00", verbosity=0)
    assert list(Besked.objects.values()) == foer
    assert len(foer) == 2


def test_et_uforstaaeligt_tidspunkt_siges_paa_dansk():
    with pytest.raises(Exception, match="er ikke et tidspunkt som"):
        call_command("doegnrutiner", nu="i morgen")
