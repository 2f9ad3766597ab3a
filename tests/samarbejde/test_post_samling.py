"""Few mails: what can be regretted, what is one merged update, what rides along, and what waits for Monday."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from samarbejde import tid
from samarbejde.forsendelse import send_besked
from samarbejde.models import Besked, Feriedag, Person
from samarbejde.post import fortryd, saet_i_gang, saml_post, underret
from samarbejde.posttid import Levering
from samarbejde.sundhed import tilstand
from tests.fabrik import verden
from tests.samarbejde.test_post_breve import ics

pytestmark = pytest.mark.django_db
TIRSDAG_KL_9 = tid.datetime.fromisoformat("2026-11-24T09:00+01:00")
ONSDAG_KL_7 = tid.datetime.fromisoformat("2026-11-25T07:00+01:00")
MANDAG_KL_7 = tid.datetime.fromisoformat("2026-11-30T07:00+01:00")
TI_MINUTTER = timedelta(minutes=10)


@pytest.fixture
def v():
    with tid.frys(TIRSDAG_KL_9):
        yield verden()


def skriv_til(person, noegle="n", **felter):
    return underret(til=person, **{"emne": "Nyt", "tekst": "Noget nyt.", "noegle": noegle, **felter})


def straks(person, noegle="straks", **felter):
    return skriv_til(person, noegle, **{"levering": Levering.STRAKS, "emne": "Din tur", **felter})


def lejlighed(person, noegle="l", **felter):
    return skriv_til(person, noegle, **{"levering": Levering.LEJLIGHED, "emne": "Ved lejlighed", **felter})


def aendring(person, tekst, **felter):
    """One merged update of a meeting: ten minutes to regret, the latest words."""
    felter = {"vent": TI_MINUTTER, "erstat": True, "levering": Levering.STRAKS, **felter}
    return skriv_til(person, "moede:7:1", tekst=tekst, **felter)


def tilstande():
    return list(Besked.objects.order_by("pk").values_list("noegle", "nummer", "tilstand"))


def koer(nu):
    """A minute's run and the worker after it."""
    with tid.frys(nu):
        saml_post(nu)
        for besked in Besked.objects.forfaldne(nu).for_sig().order_by("pk"):
            send_besked(besked.pk)


# --- ten minutes to regret -------------------------------------------------------------------------------------------
def test_en_mail_der_kan_fortrydes_venter_ti_minutter(v):
    besked = straks(v.skoleleder, vent=TI_MINUTTER)
    send_besked(besked.pk)
    koer(TIRSDAG_KL_9 + TI_MINUTTER - timedelta(seconds=1))
    assert mail.outbox == []
    koer(TIRSDAG_KL_9 + TI_MINUTTER)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("nu", "afgaar"),
    [
        ("2026-11-24T16:49+01:00", "2026-11-24T16:59+01:00"),
        ("2026-11-24T16:50+01:00", "2026-11-25T07:00+01:00"),  # 17.00 is evening
        ("2026-11-24T06:45+01:00", "2026-11-24T07:00+01:00"),
        ("2026-11-24T06:55+01:00", "2026-11-24T07:05+01:00"),
        ("2026-12-18T16:55+01:00", "2027-01-05T07:00+01:00"),  # the last day before the holidays
    ],
)
def test_de_stille_timer_gaelder_ogsaa_naar_de_ti_minutter_er_gaaet(v, nu, afgaar):
    Feriedag.objects.create(navn="Juleferie", fra=date(2026, 12, 19), til_og_med=date(2027, 1, 4))
    with tid.frys(tid.datetime.fromisoformat(nu)):
        assert straks(v.skoleleder, vent=TI_MINUTTER).tidligst_den == tid.datetime.fromisoformat(afgaar)


def test_fortryd_tager_kun_det_der_venter_og_kun_det_moede(v):
    """The meeting 7, not 70 nor 71:1; what has left is not called back, and the number says how many were caught."""
    sendt = straks(v.skoleleder, "moede:7:1")
    send_besked(sendt.pk)
    for noegle in ("moede:7", "moede:7:2", "moede:7:2:kopi", "moede:70", "moede:71:1", "amoede:7:1"):
        straks(v.naboskoleleder, noegle, vent=TI_MINUTTER)
    assert fortryd("moede:7:", af=v.koordinator) == 3
    assert fortryd("moede:7", v.koordinator) == 0
    fortrudt = Besked.objects.filter(tilstand="fortrudt")
    assert set(fortrudt.values_list("noegle", "fortrudt_af")) == {
        (noegle, v.koordinator.pk) for noegle in ("moede:7", "moede:7:2", "moede:7:2:kopi")
    }
    koer(MANDAG_KL_7)
    assert len(mail.outbox) == 4
    sendt.refresh_from_db()
    assert sendt.tilstand == "sendt"


@pytest.mark.parametrize("intet", ["", ":"])
def test_fortryd_uden_noegle_er_ikke_al_post(v, intet):
    straks(v.skoleleder)
    with pytest.raises(ValueError, match="al post"):
        fortryd(intet, af=v.koordinator)
    assert tilstande() == [("straks", 1, "venter")]


@pytest.mark.parametrize("tegn", ["moede_7", "moede%7", "%"])
def test_en_noegle_er_ord_og_ikke_et_moenster(v, tegn):
    straks(v.skoleleder, "moede-7:1", vent=TI_MINUTTER)
    assert fortryd(tegn, af=v.koordinator) == 0


def test_det_fortrudte_ser_modtageren_aldrig(v, client):
    """Neither while it can be regretted nor after: that is what the ten minutes are for."""
    straks(v.skoleleder, "moede:7:1", emne="En fejltagelse", vent=TI_MINUTTER)
    client.force_login(v.skoleleder)
    assert "En fejltagelse" not in client.get("/post/").content.decode()
    fortryd("moede:7", af=v.koordinator)
    assert "En fejltagelse" not in client.get("/post/").content.decode()
    straks(v.skoleleder, "moede:8:1", emne="En rigtig mail", vent=TI_MINUTTER)
    koer(TIRSDAG_KL_9 + TI_MINUTTER)
    assert "En rigtig mail" in client.get("/post/").content.decode()


def test_det_fortrudte_sendes_heller_ikke_af_en_worker_der_var_vaekket(v):
    besked = straks(v.skoleleder, "moede:7:1")
    fortryd("moede:7", af=v.koordinator)
    send_besked(besked.pk)
    call_command("doegnrutiner", nu="2026-11-25T07:00", verbosity=0)
    assert (mail.outbox, tilstand()["post"]["aeldste_forfaldne_minutter"]) == ([], 0)


# --- one merged update -----------------------------------------------------------------------------------------------
def test_fem_aendringer_paa_ni_minutter_er_een_mail_med_den_sidste(v):
    """The first time stands: nobody puts a mail off for ever by going on changing."""
    for minut in range(0, 10, 2):
        with tid.frys(TIRSDAG_KL_9 + timedelta(minutes=minut)):
            besked = aendring(v.skoleleder, f"Ændring {minut}", kalender=ics(titel=f"M{minut}"), metode="REQUEST")
    assert besked.tidligst_den == TIRSDAG_KL_9 + TI_MINUTTER
    koer(TIRSDAG_KL_9 + TI_MINUTTER)
    [brev] = mail.outbox
    assert "Ændring 8" in brev.body
    assert "Ændring 6" not in brev.body
    assert "SUMMARY:M8" in brev.alternatives[0].content
    assert tilstande() == [("moede:7:1", 1, "sendt")]


def test_en_aendring_efter_at_mailen_er_sendt_er_en_mail_mere(v):
    aendring(v.skoleleder, "Første")
    koer(TIRSDAG_KL_9 + TI_MINUTTER)
    with tid.frys(TIRSDAG_KL_9 + timedelta(hours=1)):
        aendring(v.skoleleder, "Anden")
        aendring(v.skoleleder, "Tredje")
    koer(TIRSDAG_KL_9 + timedelta(hours=1, minutes=10))
    assert ["Tredje" in brev.body for brev in mail.outbox] == [False, True]
    assert tilstande() == [("moede:7:1", 1, "sendt"), ("moede:7:1", 2, "sendt")]


@pytest.mark.parametrize("foer", ["fortrudt", "samlet", "fejlet"])
def test_kun_det_der_venter_erstattes(v, foer):
    gammel = aendring(v.skoleleder, "Første")
    Besked.objects.filter(pk=gammel.pk).update(tilstand=foer)
    ny = aendring(v.skoleleder, "Anden")
    assert (ny.pk != gammel.pk, ny.nummer) == (True, 2)
    gammel.refresh_from_db()
    assert (gammel.tilstand, gammel.tekst) == (foer, "Første")


def test_uden_erstat_er_samme_noegle_een_mail_for_altid(v):
    aendring(v.skoleleder, "Første")
    koer(TIRSDAG_KL_9 + TI_MINUTTER)
    aendring(v.skoleleder, "Anden")
    assert skriv_til(v.skoleleder, "moede:7:1") is None
    assert Besked.objects.count() == 2


@pytest.mark.parametrize(
    ("foerst", "saa", "bliver", "afgaar"),
    [
        (Levering.SAMLET, Levering.STRAKS, "straks", TIRSDAG_KL_9 + TI_MINUTTER),
        (Levering.STRAKS, Levering.SAMLET, "straks", TIRSDAG_KL_9 + TI_MINUTTER),
        (Levering.LEJLIGHED, Levering.SAMLET, "samlet", ONSDAG_KL_7),
    ],
)
def test_en_aendring_der_haster_mere_goer_hele_mailen_hurtigere(v, foerst, saa, bliver, afgaar):
    aendring(v.skoleleder, "Første", levering=foerst)
    besked = aendring(v.skoleleder, "Anden", levering=saa)
    besked.refresh_from_db()
    assert (besked.tekst, besked.levering, besked.tidligst_den) == ("Anden", bliver, afgaar)


def test_samme_tid_om_aftenen_men_den_der_har_bolden_faar_sin_egen_mail(v):
    with tid.frys(TIRSDAG_KL_9 + timedelta(hours=9)):
        aendring(v.skoleleder, "Første", levering=Levering.SAMLET)
        assert aendring(v.skoleleder, "Anden").levering == "straks"


def test_en_mail_bliver_aldrig_til_en_anden_persons(v):
    """A key with erstat names the person: else one would get what was written to the other."""
    aendring(v.skoleleder, "Til Sanne")
    with pytest.raises(ValueError, match="nævner personen"), transaction.atomic():
        aendring(v.naboskoleleder, "Til Nils")
    assert Besked.objects.get().tekst == "Til Sanne"


# --- riding along ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("slags", ["straks", "haster", "kalender", "digest"])
def test_det_der_kan_vente_foelger_med_den_naeste_mail_og_kun_een_gang(v, slags):
    lejlighed(v.skoleleder, emne="Referatet er klar & låst", adresse="/moeder/a/")
    skriv_til(v.skoleleder, "s", emne="En ny frist")
    lejlighed(v.naboskoleleder, "nabo")
    felter = {
        "straks": {"levering": Levering.STRAKS},
        "haster": {"levering": Levering.HASTER},
        "kalender": {"kalender": ics(), "metode": "REQUEST", "levering": Levering.STRAKS},
        "digest": {"levering": Levering.SAMLET},
    }[slags]
    skriv_til(v.skoleleder, "egen", emne="Din tur", **felter)
    naar = ONSDAG_KL_7 if slags == "digest" else TIRSDAG_KL_9
    koer(naar)
    koer(naar)
    [brev] = mail.outbox
    assert brev.to == ["skoleleder@demo.example"]
    _, _, desuden = brev.body.partition("\nDesuden nyt\n")
    assert "* Referatet er klar & låst\n  Noget nyt.\n  http://testserver/moeder/a/\n" in desuden
    assert ("* En ny frist" in desuden) == (slags != "digest")
    assert desuden.count("*") == (1 if slags == "digest" else 2)
    assert "Venlig hilsen" in desuden
    medtaget = Besked.objects.get(noegle="l")
    assert (medtaget.tilstand, medtaget.samlet_i.tilstand) == ("samlet", "sendt")
    assert Besked.objects.get(noegle="nabo").tilstand == "venter"
    koer(MANDAG_KL_7)
    assert [brev.to for brev in mail.outbox[1:]] == [["naboskoleleder@demo.example"]]


def test_en_mail_uden_noget_desuden_siger_det_ikke(v):
    straks(v.skoleleder)
    koer(TIRSDAG_KL_9)
    assert "Desuden" not in mail.outbox[0].body


def test_intet_foelger_med_et_personligt_link(v):
    """Nothing lands beside a link to a new password: that mail is read for one thing, and its text is deleted."""
    lejlighed(v.skoleleder)
    straks(v.skoleleder, levering=Levering.BESTILT)
    koer(TIRSDAG_KL_9)
    assert "Ved lejlighed" not in mail.outbox[0].body
    assert Besked.objects.get(noegle="l").tilstand == "venter"


def test_det_der_kan_fortrydes_foelger_foerst_med_naar_det_ikke_kan(v):
    lejlighed(v.skoleleder, vent=TI_MINUTTER)
    straks(v.skoleleder, "a")
    koer(TIRSDAG_KL_9)
    with tid.frys(TIRSDAG_KL_9 + TI_MINUTTER):
        straks(v.skoleleder, "b")
    koer(TIRSDAG_KL_9 + TI_MINUTTER)
    assert ["Ved lejlighed" in brev.body for brev in mail.outbox] == [False, True]


def test_afviser_mailserveren_saa_venter_det_der_skulle_foelge_med(v, monkeypatch):
    """Nothing counts as sent with a mail that was not; at seven the digest does not wait for it either."""
    skriv_til(v.skoleleder, "s", emne="En ny frist")
    egen = straks(v.skoleleder)
    with monkeypatch.context() as nede:
        nede.setattr("samarbejde.forsendelse.lav_brev", _afvist)
        send_besked(egen.pk)
    egen.refresh_from_db()
    assert (egen.tilstand, egen.forsoeg, Besked.objects.get(noegle="s").samlet_i) == ("venter", 1, None)
    Besked.objects.filter(pk=egen.pk).update(tidligst_den=ONSDAG_KL_7 + timedelta(minutes=30))
    koer(ONSDAG_KL_7)
    assert [brev.subject for brev in mail.outbox] == ["Nyt i Stærkt samarbejde"]


def _afvist(besked, med):
    raise ConnectionRefusedError


def test_hvor_en_anden_mail_gaar_nu_kommer_der_ikke_ogsaa_en_samlet(v):
    """A calendar entry that leaves at seven takes along what the digest would have held: one mail, not two."""
    skriv_til(v.skoleleder, "s", emne="En ny frist")
    skriv_til(v.skoleleder, "k", emne="Mødet er flyttet", kalender=ics(), metode="REQUEST")
    koer(ONSDAG_KL_7)
    [brev] = mail.outbox
    assert brev.subject == "Mødet er flyttet"
    assert "* En ny frist" in brev.body


# --- at the latest on Monday -----------------------------------------------------------------------------------------
def test_det_der_ikke_kom_med_noget_kommer_mandag_kl_7(v):
    for nummer in range(3):
        lejlighed(v.skoleleder, f"l{nummer}", emne=f"Nyt {nummer}")
    koer(MANDAG_KL_7 - timedelta(minutes=1))
    assert mail.outbox == []
    koer(MANDAG_KL_7)
    koer(MANDAG_KL_7)
    [brev] = mail.outbox
    assert brev.body.count("* Nyt") == 3


def test_valgt_mandag_samler_ugen_men_roerer_ikke_det_der_er_min_tur(v):
    v.skoleleder.samlet_mail = Person.SamletMail.MANDAG
    v.skoleleder.save()
    skriv_til(v.skoleleder, "s", emne="En ny frist")
    koer(ONSDAG_KL_7)
    assert mail.outbox == []
    skriv_til(v.skoleleder, "k", kalender=ics(), metode="REQUEST", emne="Mødet er flyttet")
    assert Besked.objects.get(noegle="k").tidligst_den == ONSDAG_KL_7
    assert straks(v.skoleleder).tidligst_den == TIRSDAG_KL_9
    Besked.objects.filter(noegle__in=["k", "straks"]).delete()
    koer(MANDAG_KL_7)
    assert "* En ny frist" in mail.outbox[0].body


def test_readyz_maaler_det_der_er_en_mail_og_ikke_det_der_samles(v):
    """What is gathered waits for seven o'clock by design; a calendar entry on its own is late when it is late."""
    lejlighed(v.skoleleder)
    skriv_til(v.skoleleder, "s")
    with tid.frys(MANDAG_KL_7 + timedelta(hours=1)):
        assert tilstand()["post"]["aeldste_forfaldne_minutter"] == 0
    skriv_til(v.skoleleder, "k", kalender=ics(), metode="REQUEST")
    with tid.frys(ONSDAG_KL_7 + timedelta(hours=1)):
        assert tilstand()["post"]["aeldste_forfaldne_minutter"] == 60


def test_doegnrutiner_to_gange_er_som_een_gang_med_alle_slags(v, django_capture_on_commit_callbacks):
    lejlighed(v.skoleleder)
    skriv_til(v.skoleleder, "s")
    skriv_til(v.naboskoleleder, "k", kalender=ics(), metode="REQUEST")
    aendring(v.centerleder, "Ændret")
    fortryd("moede:7", af=v.koordinator)
    for _ in range(2):
        call_command("doegnrutiner", nu="2026-11-30T07:00", verbosity=0)
    assert tilstande() == [
        ("l", 1, "samlet"),
        ("s", 1, "samlet"),
        ("k", 1, "venter"),
        ("moede:7:1", 1, "fortrudt"),
        (f"samlet:{Besked.objects.get(noegle='l').pk}-{Besked.objects.get(noegle='s').pk}", 1, "venter"),
    ]
    with tid.frys(MANDAG_KL_7 + timedelta(hours=1)):
        assert saet_i_gang() == 0  # the wake-ups of the first run still wait in the queue
