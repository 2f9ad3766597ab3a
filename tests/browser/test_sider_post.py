"""The outbox's pages in a browser: empty, full of every kind, with an error, and the choice made by keyboard."""

from datetime import timedelta

from samarbejde import tid
from samarbejde.models import Besked
from samarbejde.post import underret
from samarbejde.posttid import Levering
from tests.samarbejde.test_post_breve import ics

LANGT = "Indkaldelse: Fællesmøde i Ressourcecenter Lindeskolen tirsdag den 1. december 2026 kl. 8.30–10.30"
SMTP = "Mailserveren svarer ikke. SMTPServerDisconnected: Connection unexpectedly closed"
AFVIST = "Mailserveren tager ikke imod mail til den adresse. SMTPRecipientsRefused: {'modtageren': (550, b'unknown')}"


def fyld(person, af):
    """One of each: what waits, what is tried again, what was sent, ridden along, given up and regretted."""
    beskeder = {
        "indkaldelse": {"kalender": ics(), "metode": "REQUEST", "emne": LANGT},
        "aflysning": {"kalender": ics("CANCEL"), "metode": "CANCEL", "emne": "Aflyst: " + LANGT},
        "proeves": {"kalender": ics(), "metode": "REQUEST"},
        "lejlighed": {"levering": Levering.LEJLIGHED},
        "samlet": {"levering": Levering.SAMLET},
        "fulgte_med": {"levering": Levering.LEJLIGHED},
        "fejlet": {},
        "fortrudt": {},
        "bestilt": {"levering": Levering.BESTILT},
    }
    for noegle, felter in beskeder.items():
        felter = {"emne": "Referatet er klar", "tekst": "Der er nyt til dig.", "levering": Levering.STRAKS, **felter}
        underret(til=person, noegle=noegle, adresse="/", **felter)
    saet = {navn: Besked.objects.filter(noegle=navn) for navn in beskeder}
    for navn in ("indkaldelse", "aflysning", "bestilt"):
        saet[navn].update(tilstand="sendt", sendt_den=tid.nu(), forsoeg=1)
    saet["proeves"].update(forsoeg=2, fejl=SMTP, tidligst_den=tid.nu() + timedelta(minutes=4))
    saet["fulgte_med"].update(tilstand="samlet", samlet_i=saet["indkaldelse"].get())
    saet["fejlet"].update(tilstand="fejlet", forsoeg=8, fejl=AFVIST)
    saet["fortrudt"].update(tilstand="fortrudt", fortrudt_af=af)


def test_min_post_tom_fuld_og_med_et_valg(besoeg, v):
    sanne = besoeg(v.skoleleder)
    sanne.til("/post/", "post-tom")
    fyld(v.skoleleder, v.koordinator)
    sanne.til("/post/", "post-fuld")
    sanne.aabn("/post/")  # axe has left its script in the page that was judged
    sanne.side.locator("main summary.details-summary").press("Enter")
    sanne.doem("post-valg")
    sanne.aabn("/post/")
    sanne.side.locator("main summary.details-summary").press("Enter")
    sanne.side.keyboard.press("Tab")
    sanne.side.keyboard.press("ArrowDown")
    sanne.tryk("Gem dit valg", "post-valgt")
    v.skoleleder.refresh_from_db()
    assert v.skoleleder.samlet_mail == "mandag"


def test_et_valg_der_ikke_findes_har_sin_fejl_ved_feltet(besoeg, v):
    sanne = besoeg(v.skoleleder)
    sanne.aabn("/post/")
    sanne.side.locator("main summary.details-summary").click()
    sanne.side.evaluate("document.querySelectorAll('[name=samlet_mail]').forEach((e) => { e.value = 'aldrig'; })")
    sanne.tryk("Gem dit valg", "post-fejl")


def test_al_post_i_alle_tilstande_og_valgt(besoeg, v):
    anders = besoeg(v.administrator)
    anders.til("/post/alle/", "al-post-tom")
    fyld(v.skoleleder, v.koordinator)
    anders.til("/post/alle/", "al-post-fuld")
    for tilstand in ("venter", "fejlet", "fortrudt"):
        anders.til(f"/post/alle/?tilstand={tilstand}", f"al-post-{tilstand}")
    anders.aabn("/post/alle/?tilstand=fejlet")
    anders.tryk("Send mailen igen til Sanne Lund", "al-post-sendt-igen")
