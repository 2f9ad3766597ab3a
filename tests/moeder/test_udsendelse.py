"""What is told after the call: moved, changed, taken out, called off; one merged mail, nothing needless (D17, D18)."""

from datetime import timedelta

import pytest

from moeder import actions
from moeder.actions.udsendelse import send_aflysning, send_indkaldelser, send_opdatering
from moeder.ical_svar import Svarstatus, UgyldigtSvarError, anvend_svar, sendt
from moeder.models import Deltager
from moeder.states import Deltagelsesovergang
from samarbejde import tid
from samarbejde.models import Besked
from samarbejde.tilstande import skift
from tests.fabrik import verden
from tests.moeder.byg import inviter, punkt
from tests.moeder.indkaldt import TIRSDAG_KL_9, Art, alt_i, deltager, klar, send
from tests.postkasse import aaben_postkasse
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db
KL_10 = TIRSDAG_KL_9 + timedelta(hours=1)
PIA, SANNE, METTE = (f"{hvem}@demo.example" for hvem in ("paedagogiskleder", "skoleleder", "medarbejder"))
RUM = "lokale12@skole.example"


@pytest.fixture
def v():
    with tid.frys(TIRSDAG_KL_9):
        yield verden()


@pytest.fixture
def postkasse(settings):
    with aaben_postkasse(settings) as modtager:
        yield modtager


@pytest.fixture
def kaldt(v, postkasse):
    """Called at nine, and every mail has left; now it is ten."""
    m = klar(v, forum(v.skole))
    inviter(m, v.medarbejder, v.kkfo, [m.punkter.order_by("plads")[1]])
    Deltager.objects.create(moede=m, art=Art.LOKALE, lokale="Lokale 12", lokale_mail=RUM, grund="stedet")
    m = actions.indkald(moede=m, af=v.koordinator)
    m.breve = send(postkasse)
    assert len(m.breve) == 6
    with tid.frys(KL_10):
        yield m


def flyt(m, **hvor_meget):
    rykket = timedelta(**hvor_meget)
    ny = actions.flyt_moede(
        moede=m, begynder=m.begynder + rykket, slutter=m.slutter + rykket, version=m.version, af=m.oprettet_af
    )
    m.begynder, m.slutter, m.version = ny.begynder, ny.slutter, ny.version


def flyt_til_lokale_14(m):
    m.refresh_from_db()
    actions.ret_moede(moede=m, version=m.version, af=m.oprettet_af, sted="Lokale 14")


def svar(m, person, *, ja=True):
    return actions.svar_paa_indkaldelse(deltager=deltager(m, person), ja=ja, af=person)


def test_d17_a_moved_meeting_is_the_same_event_with_a_higher_number_and_asks_again(v, kaldt, postkasse):
    svar(kaldt, v.paedagogiskleder)
    svar(kaldt, v.skoleleder, ja=False)
    flyt(kaldt, days=1, hours=2)
    breve = send(postkasse)
    assert len(breve) == 6
    for hvem, brev in breve.items():
        foer = kaldt.breve[hvem]
        assert brev.haendelse["UID"] == foer.haendelse["UID"]
        assert (brev.metode, brev.sekvens > foer.sekvens) == ("REQUEST", True)
    pia = breve[PIA]
    assert (pia.start, breve[METTE].start) == ("09-12 10.30", "09-12 11.00")
    assert pia.mail["Subject"].startswith("Ændret: Møde i Ressourcecentret")
    assert "Dit svar om den gamle tid, «deltager», gælder ikke længere" in pia.tekst
    assert "«afbud», gælder ikke længere" in breve[SANNE].tekst
    assert pia.link
    assert pia.link != kaldt.breve[PIA].link
    assert pia.haendelse["ATTENDEE"][0].params["PARTSTAT"] == "NEEDS-ACTION"


def test_several_edits_within_ten_minutes_are_one_mail_with_the_last_words(v, kaldt, postkasse):
    for minutter in (15, 30, -5):
        flyt(kaldt, minutes=minutter)
    flyt_til_lokale_14(kaldt)
    breve = send(postkasse)
    assert len(postkasse.breve) == 12
    assert (breve[PIA].start, str(breve[PIA].haendelse["LOCATION"])) == ("08-12 09.10", "Lokale 14")
    assert send(postkasse, 60) == {}


def test_edits_while_the_call_still_waits_are_in_the_call_itself(v, postkasse):
    m = actions.indkald(moede=klar(v, forum(v.skole)), af=v.koordinator)
    flyt(m, minutes=30)
    breve = send(postkasse)
    assert len(postkasse.breve) == 4
    assert breve[PIA].mail["Subject"].startswith("Indkaldelse: ")
    assert "Du er inviteret til et møde" in breve[PIA].tekst
    assert breve[PIA].start == "08-12 09.00"


def test_an_answer_given_before_the_call_left_is_what_the_call_says(v, postkasse):
    """Called in the evening and answered on the page: the mail of the morning neither asks nor has a dead link."""
    m = klar(v, forum(v.skole))
    actions.indkald(moede=m, af=v.skoleleder)
    svar(m, v.centerleder)
    svar(m, v.paedagogiskleder, ja=False)
    breve = send(postkasse)
    carl, pia, sanne = (breve[f"{hvem}@demo.example"] for hvem in ("centerleder", "paedagogiskleder", "skoleleder"))
    assert (carl.link, pia.link) == ("", "")
    assert "Du har svaret: deltager." in carl.tekst
    assert "Du har svaret: afbud." in pia.tekst
    assert [en.haendelse["ATTENDEE"].params["PARTSTAT"] for en in (carl, pia)] == ["ACCEPTED", "DECLINED"]
    assert "Du har indkaldt til et møde." in sanne.tekst
    assert sanne.link
    assert Besked.objects.exclude(kalender="").count() == len(breve) == 4


def test_nobody_is_mailed_about_what_changes_nothing_for_them(v, kaldt, postkasse):
    """The first item becomes shorter: only who comes for the second one has another time."""
    send_opdatering(kaldt)
    assert send(postkasse) == {}
    foerste = kaldt.punkter.order_by("plads").first()
    foerste.minutter = 10
    foerste.save()
    send_opdatering(kaldt)
    breve = send(postkasse)
    assert set(breve) == {METTE}
    assert (breve[METTE].start, breve[METTE].slut) == ("08-12 08.40", "08-12 09.10")
    assert Deltager.objects.get(person=v.paedagogiskleder, moede=kaldt).svarnoegle  # the first mail's link still works


def test_whoever_declined_hears_of_a_move_and_of_nothing_less(v, kaldt, postkasse):
    svar(kaldt, v.paedagogiskleder, ja=False)
    svar(kaldt, v.skoleleder)
    flyt_til_lokale_14(kaldt)
    breve = send(postkasse)
    assert PIA not in breve
    assert "Du har svaret: deltager" in breve[SANNE].tekst
    assert breve[SANNE].link == ""
    assert breve[SANNE].haendelse["ATTENDEE"][0].params["PARTSTAT"] == "ACCEPTED"


def test_d17_a_removed_participant_gets_one_cancel_and_the_others_hear_nothing(v, kaldt, postkasse):
    mette = deltager(kaldt, v.medarbejder)
    skift(mette, Deltagelsesovergang.BORTFALD)
    mette.save()
    send_aflysning(kaldt, [mette])
    breve = send(postkasse)
    assert set(breve) == {METTE}
    brev = breve[METTE]
    assert (brev.metode, str(brev.haendelse["STATUS"]), brev.haendelse["UID"]) == ("CANCEL", "CANCELLED", kaldt.uid)
    assert brev.sekvens > kaldt.breve[METTE].sekvens
    assert "ikke længere inviteret" in brev.tekst
    assert f"/moeder/{kaldt.kode}/\n" not in brev.tekst
    assert "emmelig" not in alt_i(brev)
    mette.refresh_from_db()
    assert mette.svarnoegle == ""


def test_case_11_when_the_own_items_leave_the_agenda_the_meeting_leaves_the_calendar(v, kaldt, postkasse):
    kaldt.punkter.filter(deltagere__person=v.medarbejder).update(moede=None, tilstand="venter")
    send_opdatering(kaldt)
    breve = send(postkasse)
    assert (set(breve) & {METTE, PIA}, breve[METTE].metode) == ({METTE}, "CANCEL")


def test_d18_a_meeting_called_off_is_cancelled_for_everybody_and_the_room(v, kaldt, postkasse):
    actions.aflys_moede(moede=kaldt, grund="Hemmelig grund", af=v.koordinator)
    breve = send(postkasse)
    assert len(breve) == 6
    assert {brev.metode for brev in breve.values()} == {"CANCEL"}
    assert breve[PIA].mail["Subject"].startswith("Aflyst: ")
    assert "Grunden står på mødets side" in breve[PIA].tekst
    assert "emmelig" not in "".join(alt_i(brev) for brev in breve.values())
    assert breve[RUM].haendelse["ATTENDEE"].params["CUTYPE"] == "ROOM"


def test_who_never_got_the_call_never_hears_that_it_is_off(v, postkasse):
    m = actions.indkald(moede=klar(v, forum(v.skole)), af=v.koordinator)
    actions.aflys_moede(moede=m, grund="Sygdom", af=v.koordinator)
    assert send(postkasse) == {}
    assert set(Besked.objects.values_list("tilstand", flat=True)) == {"fortrudt"}


def test_a_cancel_that_still_waits_becomes_a_call_again(v, kaldt, postkasse):
    """Taken out and taken in again within the ten minutes: one mail, and the meeting stays in the calendar."""
    mette = deltager(kaldt, v.medarbejder)
    send_aflysning(kaldt, [mette])
    send_indkaldelser(kaldt, [mette])
    breve = send(postkasse)
    assert [brev.metode for brev in breve.values()] == ["REQUEST"]


def test_a_closed_account_gets_no_mail_and_a_reservation_tells_nobody(v, postkasse):
    m = klar(v, forum(v.skole))
    send_opdatering(m)
    assert not Besked.objects.exists()
    v.centerleder.lukket_den = tid.nu()
    v.centerleder.save()
    actions.indkald(moede=m, af=v.koordinator)
    assert "centerleder@demo.example" not in send(postkasse)


def test_the_key_of_the_link_lies_nowhere_once_the_mail_has_left(v, kaldt):
    """Whoever reads the database later finds an imprint and cannot answer for anybody."""
    link = kaldt.breve[PIA].link
    noegle = link.rstrip("/").rpartition("/")[2]
    assert len(noegle) >= 40
    for raekke in [*Besked.objects.values(), *Deltager.objects.values()]:
        assert noegle not in str(raekke)


def test_no_mail_of_a_persons_rides_along_to_a_room(v, postkasse):
    from samarbejde.post import underret
    from samarbejde.posttid import Levering

    underret(til=v.koordinator, emne="Privat nyt", tekst="x", noegle="p", levering=Levering.LEJLIGHED)
    m = klar(v, forum(v.skole))
    m.deltagere.filter(person=v.koordinator).delete()
    Deltager.objects.create(moede=m, art=Art.LOKALE, lokale="Lokale 12", lokale_mail=RUM, grund="stedet")
    actions.indkald(moede=m, af=v.koordinator)
    rum = send(postkasse)[RUM]
    assert "Privat nyt" not in rum.tekst
    assert "Hej " not in rum.tekst


def test_d18_a_cancellation_that_is_regretted_is_called_anew_with_the_same_event(v, kaldt, postkasse):
    actions.aflys_moede(moede=kaldt, grund="Sygdom", af=v.koordinator)
    aflyst = send(postkasse)
    actions.genopret_moede(moede=kaldt, af=v.koordinator)
    kaldt.forum.refresh_from_db()
    punkt(kaldt, "Nyt punkt")
    Deltager.objects.filter(moede=kaldt, kun_punkter=True).delete()
    actions.indkald(moede=kaldt, af=v.koordinator)
    nyt = send(postkasse)[PIA]
    assert (nyt.metode, nyt.haendelse["UID"]) == ("REQUEST", aflyst[PIA].haendelse["UID"])
    assert nyt.sekvens > aflyst[PIA].sekvens
    assert nyt.mail["Subject"].startswith("Indkaldelse: ")
    assert nyt.link


def test_a_reply_by_mail_client_answers_the_mail_that_left_and_no_older_one(v, kaldt, postkasse):
    """D17: `anvend_svar` judged by our own mails as a real receiver got them, after the meeting was moved."""
    sendte = [sendt(raa(brev)) for brev in kaldt.breve.values()]
    ja = raa(kaldt.breve[PIA]).replace("METHOD:REQUEST", "METHOD:REPLY").replace("NEEDS-ACTION", "ACCEPTED")
    assert anvend_svar(ja, PIA, sendte).status == Svarstatus.ACCEPTERET
    with pytest.raises(UgyldigtSvarError, match="en anden adresse"):
        anvend_svar(ja, METTE, sendte)
    flyt(kaldt, days=1)
    with pytest.raises(UgyldigtSvarError, match="Mødet er ændret"):
        anvend_svar(ja, PIA, [*sendte, *(sendt(raa(brev)) for brev in send(postkasse).values())])


def raa(brev):
    """The calendar part as it was received, with its lines unfolded."""
    [ics] = [del_ for del_ in brev.mail.walk() if del_.get_content_type() == "text/calendar"]
    return ics.get_payload(decode=True).decode().replace("\r\n ", "")
