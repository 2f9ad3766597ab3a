"""What comes in at the other end: every mail through a real mail server, read with the standard library."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from samarbejde import tid
from samarbejde.forsendelse import send_besked
from samarbejde.models import Besked
from samarbejde.post import saml_post, underret
from samarbejde.posttid import Levering
from tests.fabrik import verden
from tests.postkasse import aaben_postkasse

pytestmark = pytest.mark.django_db
TIRSDAG_KL_9 = tid.datetime.fromisoformat("2026-11-24T09:00+01:00")
ONSDAG_KL_7 = tid.datetime.fromisoformat("2026-11-25T07:00+01:00")
SERVERENS = {"X-Peer", "X-MailFrom", "X-RcptTo"}
LANG_LINJE = "DESCRIPTION:" + "Rådhuspladsen på Ærø, " * 90


@pytest.fixture
def v():
    with tid.frys(TIRSDAG_KL_9):
        yield verden()


@pytest.fixture
def postkasse(settings):
    with aaben_postkasse(settings) as modtager:
        yield modtager


def ics(metode="REQUEST", titel="Møde på Lindeskolen", linjeskift="\r\n", ekstra=()):
    linjer = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//samarbejde//DA", f"METHOD:{metode}"]
    linjer += ["BEGIN:VEVENT", "UID:1@testserver", "DTSTAMP:20261124T080000Z", "DTSTART:20261201T080000Z"]
    return linjeskift.join([*linjer, f"SUMMARY:{titel}", *ekstra, "END:VEVENT", "END:VCALENDAR", ""])


def indkald(person, noegle="m", metode="REQUEST", **felter):
    felter = {"emne": "Indkaldelse: Ressourcecenter den 1. december", "tekst": "Du er indkaldt.", **felter}
    felter = {"kalender": ics(metode), "levering": Levering.STRAKS, **felter}
    return underret(til=person, noegle=noegle, metode=metode, **felter)


def modtaget(postkasse, besked):
    send_besked(besked.pk)
    return postkasse.breve[-1][1]


def dele(brev):
    return [(del_.get_content_type(), del_.get_content_disposition()) for del_ in brev.walk()]


# --- the calendar part -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("metode", ["REQUEST", "CANCEL"])
def test_en_indkaldelse_er_bygget_som_outlook_gmail_og_apple_laeser_den(v, postkasse, metode):
    """RFC 6047: text/calendar last of the alternatives, its method that of the object; and the file as attachment."""
    brev = modtaget(postkasse, indkald(v.skoleleder, metode=metode))
    assert dele(brev) == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/calendar", None),
        ("application/ics", "attachment"),
    ]
    _, _, tekst, kalender, fil = brev.walk()
    assert dict(kalender["Content-Type"].params) == {"method": metode, "charset": "utf-8"}
    assert kalender["Content-Disposition"] is None
    assert tekst.get_content_charset() == "utf-8"
    assert fil.get_filename() == "invite.ics"
    assert fil["Content-Type"].params["name"] == "invite.ics"
    assert kalender.get_content() == fil.get_content().decode() == ics(metode)
    assert tekst.get_content().startswith("Hej Sanne Lund\r\n\r\nDu er indkaldt.")


def test_en_indkaldelse_har_de_hoveder_alle_mails_har_og_ikke_andre(v, postkasse):
    """One recipient; a machine can see that a machine wrote it; nobody's name in the headers but the recipient's."""
    brev = modtaget(postkasse, indkald(v.skoleleder))
    assert postkasse.breve[0][0] == ["skoleleder@demo.example"]
    egne = {"Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"}
    assert set(brev) - SERVERENS == egne
    assert (brev["To"], brev["Auto-Submitted"]) == ("skoleleder@demo.example", "auto-generated")
    assert brev.defects == []


def test_danske_bogstaver_i_emne_og_kalender_kommer_hele_frem(v, postkasse):
    """RFC 2047: the subject is ASCII on the wire and Danish on the screen."""
    emne = "Indkaldelse: Fællesmøde på Ærøskolen, tirsdag den 1. december 2026 kl. 8.30 – læringscenter"
    titel = "Fællesmøde på Ærøskolen – læringscenter"
    brev = modtaget(postkasse, indkald(v.skoleleder, emne=emne, kalender=ics(titel=titel)))
    hoveder = postkasse.raa[0].split(b"\r\n\r\n")[0]
    assert hoveder.isascii()
    assert brev["Subject"] == emne
    assert f"SUMMARY:{titel}" in list(brev.walk())[3].get_content()


def test_lange_linjer_og_enlige_linjeskift_bliver_til_en_kalender_der_kan_laeses(v, postkasse):
    """RFC 5322: no line above 998 octets; and iCalendar lines end in CRLF whatever was stored."""
    besked = indkald(v.skoleleder, kalender=ics(linjeskift="\n", ekstra=[LANG_LINJE]), tekst="å" * 2000)
    brev = modtaget(postkasse, besked)
    assert max(map(len, postkasse.raa[0].split(b"\r\n"))) <= 998
    assert b"\n" not in postkasse.raa[0].replace(b"\r\n", b"")
    _, _, tekst, kalender, fil = brev.walk()
    assert "å" * 2000 in tekst.get_content()
    assert kalender.get_content() == fil.get_content().decode() == ics(ekstra=[LANG_LINJE])


@pytest.mark.parametrize("felt", ["emne", "tekst", "kalender"])
def test_et_linjeskift_i_en_tekst_bliver_aldrig_til_et_hoved(v, postkasse, felt):
    """Header injection: marked payloads stay where they were written."""
    ondt = "Nyt\r\nBcc: ondt@ondt.example\r\nX-Ondt: ja\r\n\r\nBegin"
    vaerdi = ics(ekstra=[ondt]) if felt == "kalender" else ondt
    brev = modtaget(postkasse, indkald(v.skoleleder, **{felt: vaerdi}))
    assert postkasse.breve[0][0] == ["skoleleder@demo.example"]
    for del_ in brev.walk():
        assert not {"bcc", "x-ondt"} & {navn.lower() for navn in del_}
    assert len(dele(brev)) == 5


def test_kalender_og_metode_foelges_ad(v):
    """Outlook drops a mail whose method is not that of its object; the database knows no other pair."""
    for felter in ({"metode": "CANCEL", "kalender": ics("REQUEST")}, {"metode": "", "kalender": ics()}):
        with pytest.raises(ValueError, match="METHOD"):
            indkald(v.skoleleder, **felter)
    assert not Besked.objects.exists()


@pytest.mark.parametrize(("kalender", "metode"), [("", "REQUEST"), ("noget", ""), ("noget", "REPLY")])
def test_databasen_afviser_en_kalender_uden_metode(v, kalender, metode):
    besked = indkald(v.skoleleder)
    with pytest.raises(IntegrityError, match="besked_kalender_har_metode"):
        Besked.objects.filter(pk=besked.pk).update(kalender=kalender, metode=metode)


@pytest.mark.parametrize("levering", [Levering.SAMLET, Levering.LEJLIGHED])
def test_en_kalender_samles_aldrig_men_er_sin_egen_mail(v, postkasse, levering):
    besked = indkald(v.skoleleder, levering=levering)
    with tid.frys(ONSDAG_KL_7 + timedelta(days=7)) as nu:
        assert saml_post(nu) == 0
        brev = modtaget(postkasse, besked)
    assert len(dele(brev)) == 5


@pytest.mark.parametrize("laengde", range(1, 150, 7))
def test_et_emne_af_enhver_laengde_kan_foldes_ud_igen(v, postkasse, laengde):
    emne = ("æ ørred på åen – " * 9)[:laengde].strip()
    brev = modtaget(postkasse, indkald(v.skoleleder, emne=emne))
    assert brev["Subject"] == emne
    assert max(map(len, postkasse.raa[0].split(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78
