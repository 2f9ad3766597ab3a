"""The call: seen, sent once, regretted, and every mail read (S36, S37, D17, D37; decisions 18, 19; cases 11, 40)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from moeder import actions
from moeder.models import Deltager, Moede
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.forsendelse import send_besked
from samarbejde.kalender import ferier
from samarbejde.models import Besked, Feriedag, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import inviter, moede, om, punkt
from tests.moeder.indkaldt import TIRSDAG_KL_9, Art, alt_i, klar, send
from tests.postkasse import aaben_postkasse
from tests.ressourcecenter import byg as forumbyg
from tests.ressourcecenter.byg import forum
from tests.samtidigt import fordel, samtidig

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    with tid.frys(TIRSDAG_KL_9):
        yield verden()


@pytest.fixture
def m(v):
    return klar(v, forum(v.skole))


@pytest.fixture
def postkasse(settings):
    with aaben_postkasse(settings) as modtager:
        yield modtager


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def side(hvem, m, hvad="indkald/"):
    return logget_ind(hvem).get(m.get_absolute_url() + hvad).content.decode()


def tryk(hvem, m, aftryk=None):
    """As a browser does: the button of the page that was shown."""
    aftryk = aftryk or side(hvem, m).partition('name="aftryk" value="')[2].partition('"')[0]
    return logget_ind(hvem).post(f"{m.get_absolute_url()}indkald/", {"aftryk": aftryk})


# --- sent --------------------------------------------------------------------------------------------------------
def test_s37_the_call_is_one_mail_each_with_the_meeting_for_the_calendar(v, m, postkasse):
    """Case 40: the reservation became a call; D37: time, place and a neutral title, and no word of an item."""
    svar = tryk(v.koordinator, m)
    assert svar.status_code == 302
    assert send(postkasse, minutter=9) == {}
    breve = send(postkasse)
    assert sorted(breve) == [
        f"{hvem}@demo.example" for hvem in ("centerleder", "koordinator", "paedagogiskleder", "skoleleder")
    ]
    pia = breve["paedagogiskleder@demo.example"]
    assert pia.mail["Subject"] == "Indkaldelse: Møde i Ressourcecentret, Lindeskolen, 8. dec. 2026 kl. 8.30"
    for ord_ in (
        "Hej Pia Dahl",
        "Kirsten Ravn inviterer dig",
        "tirsdag den 8. december 2026 kl. 8.30–10.00, uge 50",
        "Lokale 12",
        "3 punkter",
    ):
        assert ord_ in pia.tekst
    h = pia.haendelse
    assert (pia.metode, pia.start, pia.slut, str(h["SUMMARY"])) == (
        "REQUEST",
        "08-12 08.30",
        "08-12 10.00",
        "Møde i Ressourcecentret, Lindeskolen",
    )
    m.refresh_from_db()
    assert (str(h["UID"]), str(h["LOCATION"]), int(h["SEQUENCE"])) == (m.uid, "Lokale 12", m.sekvens)
    assert str(h["DESCRIPTION"]) == f"Dagsorden, forberedelse og svar: http://testserver/moeder/{m.kode}/"
    assert str(h["ORGANIZER"]) == "mailto:ingen-svar@samarbejde.example"
    assert h["ORGANIZER"].params["CN"] == "Ressourcecenter, Lindeskolen"
    assert (str(h["ATTENDEE"]), h["ATTENDEE"].params["RSVP"]) == ("mailto:paedagogiskleder@demo.example", "FALSE")
    for brev in breve.values():
        assert "emmelig" not in alt_i(brev)
    assert (m.tilstand, m.indkaldt_den) == (Tilstand.INDKALDT, TIRSDAG_KL_9)
    assert set(m.deltagere.values_list("tilstand", flat=True)) == {Deltagelse.INVITERET}
    assert not m.deltagere.filter(indkaldt_den=None).exists()
    assert Haendelse.objects.get(navn="indkald").data["saetning"] == "Der er indkaldt til mødet: 4 inviterede."


def test_case_11_somebody_invited_to_items_gets_the_time_of_those_items(v, m, postkasse):
    """The second item alone, and the second and third; the titles stand nowhere, only how many they are."""
    andet, tredje = list(m.punkter.order_by("plads"))[1:]
    inviter(m, v.medarbejder, v.kkfo, [andet])
    inviter(m, v.vejleder, v.skole, [tredje, andet])
    actions.indkald(moede=m, af=v.skoleleder)
    breve = send(postkasse)
    mette, viggo = breve["medarbejder@demo.example"], breve["vejleder@demo.example"]
    assert (mette.start, mette.slut, viggo.start, viggo.slut) == (
        "08-12 09.00",
        "08-12 09.30",
        "08-12 09.00",
        "08-12 10.00",
    )
    assert "inviteret til 1 punkt og" in mette.tekst
    assert "inviteret til 2 punkter og" in viggo.tekst
    assert "kl. 9.00–9.30" in mette.tekst
    assert mette.haendelse["UID"] == viggo.haendelse["UID"] == breve["skoleleder@demo.example"].haendelse["UID"]
    assert "emmelig" not in alt_i(mette)


def test_an_agenda_longer_than_the_meeting_asks_nobody_to_come_when_it_is_over(v, postkasse):
    m = klar(v, forum(v.skole), minutter=45)
    inviter(m, v.medarbejder, v.kkfo, [m.punkter.order_by("plads").last()])
    actions.indkald(moede=m, af=v.skoleleder)
    mette = send(postkasse)["medarbejder@demo.example"]
    assert (mette.start, mette.slut) == ("08-12 08.45", "08-12 09.15")


def test_a_room_is_mailed_at_its_own_mailbox_and_stands_as_a_room_in_every_copy(v, m, postkasse):
    """No name and no link of a person's goes to a room; its rows are answered for by whoever planned the meeting."""
    Deltager.objects.create(
        moede=m, art=Art.LOKALE, lokale="Lokale 12", lokale_mail="lokale12@skole.example", grund="stedet"
    )
    actions.indkald(moede=m, af=v.skoleleder)
    breve = send(postkasse)
    rum, pia = breve["lokale12@skole.example"], breve["paedagogiskleder@demo.example"]
    assert rum.haendelse["ATTENDEE"].params["CUTYPE"] == "ROOM"
    assert "/moeder/" not in rum.tekst, "nobody logs in for a room"
    assert "Kirsten" not in alt_i(rum)
    assert [str(en) for en in pia.haendelse["ATTENDEE"]] == [
        "mailto:paedagogiskleder@demo.example",
        "mailto:lokale12@skole.example",
    ]
    assert Besked.objects.get(lokale_mail__gt="").til == v.koordinator


@pytest.mark.parametrize("dag", ["2027-03-29", "2027-10-25", "2027-03-26", "2027-10-29", "2027-11-01"])
def test_d17_the_clock_on_the_wall_holds_on_both_sides_of_each_change(v, postkasse, dag):
    """The zone that comes with the mail and UTC agree: 28 March and 31 October 2027."""
    begynder = tid.fra_lokal(tid.date.fromisoformat(dag), tid.time(8, 30))
    actions.indkald(moede=klar(v, forum(v.skole), begynder=begynder), af=v.skoleleder)
    brev = send(postkasse)["skoleleder@demo.example"]
    assert brev.haendelse["DTSTART"].dt == begynder
    assert f"{brev.haendelse['DTSTART'].dt:%H.%M}" == "08.30"
    assert "kl. 8.30–10.00" in brev.tekst


def test_quiet_hours_a_call_in_the_evening_leaves_next_morning_and_can_be_regretted_till_then(v, m, postkasse):
    with tid.frys(TIRSDAG_KL_9.replace(hour=20)):
        tryk(v.koordinator, m)
        assert "sendes onsdag den 25. november 2026 kl. 7.00" in side(v.koordinator, m, "")
        assert send(postkasse, minutter=60) == {}
        assert len(send(postkasse, minutter=11 * 60)) == 4


def test_marked_payloads_in_place_and_link_stay_where_they_belong(v, m, postkasse):
    """A place is typed by people: one line in the calendar, nothing of it a header, a property or a link."""
    ondt = "Lokale 1\r\nATTENDEE:mailto:ond@ond.example\nBcc: ond@ond.example <script>{{ 7*7 }}"
    Moede.objects.filter(pk=m.pk).update(sted=ondt, link="https://video.example/a?b=c&d=e;f,g")
    actions.indkald(moede=m, af=v.skoleleder)
    brev = send(postkasse)["skoleleder@demo.example"]
    assert str(brev.haendelse["LOCATION"]) == " ".join(ondt.split())
    assert str(brev.haendelse["ATTENDEE"]) == "mailto:skoleleder@demo.example"
    assert brev.mail["Bcc"] is None
    assert brev.haendelse["URL"] == "https://video.example/a?b=c&d=e;f,g"
    assert "49" not in brev.tekst.partition("Sted:")[2].partition("Link")[0]


# --- refused -----------------------------------------------------------------------------------------------------
MANGLER = [
    (lambda m, v: Moede.objects.filter(pk=m.pk).update(formaal=[]), "intet formål"),
    (lambda m, v: m.punkter.update(moede=None, tilstand="venter"), "ingen punkter"),
    (lambda m, v: m.deltagere.filter(person=v.centerleder).update(grund=" "), "uden en grund"),
    (lambda m, v: Moede.objects.filter(pk=m.pk).update(begynder=om(-1), slutter=om(0)), "tid er gået"),
    (lambda m, v: m.deltagere.update(tilstand="bortfaldet"), "Ingen er inviteret"),
    (
        lambda m, v: inviter(m, v.medarbejder, v.kkfo, [punkt(m.forum, "I køen", af=v.koordinator)]),
        "ingen af dem er på dagsordenen",
    ),
    (
        lambda m, v: (Moede.objects.filter(pk=m.pk).update(er_tematisk=True), punkt(m, niveau="enkeltbarn")),
        "drøftelse om et barn",
    ),
]


@pytest.mark.parametrize(("goer", "ord_"), MANGLER, ids=[ord_ for _, ord_ in MANGLER])
def test_s37_a_call_with_something_missing_is_refused_with_a_sentence_and_nothing_leaves(v, m, goer, ord_):
    goer(m, v)
    indkald_side = side(v.koordinator, m)
    assert ord_ in indkald_side
    assert "Send indkaldelse</button>" not in indkald_side
    svar = logget_ind(v.koordinator).post(f"{m.get_absolute_url()}indkald/", {"aftryk": "x"})
    assert svar.status_code == 409
    assert ord_ in svar.content.decode()
    with pytest.raises(ValidationError, match=ord_):
        actions.indkald(moede=m, af=v.koordinator)
    m.refresh_from_db()
    assert m.tilstand == Tilstand.RESERVERET
    assert not Besked.objects.exists()


@pytest.mark.parametrize("art", ["laeringscenter", "team"])
def test_case_19_a_child_is_no_item_outside_the_ressourcecenter(v, art):
    hvor = forum(v.klynge) if art == "team" else forum(v.skole, forumbyg.Art.PLC)
    af = v.klyngeleder if art == "team" else v.skoleleder
    m = moede(hvor, af=af, formaal=["sparring"])
    inviter(m, af, hvor.enhed, art=Art.LEDELSE)
    punkt(m, niveau="enkeltbarn")
    with pytest.raises(ValidationError, match="drøftelse om et barn"):
        actions.indkald(moede=m, af=af)


def test_decision_19_a_group_of_children_is_no_item_of_a_team_with_guests(v):
    m = moede(forum(v.klynge), af=v.klyngeleder, formaal=["sparring"], er_tematisk=True)
    inviter(m, v.klyngeleder, v.klynge, art=Art.LEDELSE)
    punkt(m, "Uro", niveau="boernegruppe")
    gaest = inviter(m, v.centerleder, v.center, art=Art.GAEST)
    with pytest.raises(ValidationError, match="gruppe børn"):
        actions.indkald(moede=m, af=v.klyngeleder)
    Deltager.objects.filter(pk=gaest.pk).update(tilstand="bortfaldet")
    assert actions.indkald(moede=m, af=v.klyngeleder)


@pytest.mark.parametrize(
    "hvem",
    [
        "paedagogiskleder",
        "centerleder",
        "klyngeleder",
        "nabokoordinator",
        "naboskoleleder",
        "medarbejder",
        "administrator",
    ],
)
def test_s36_nobody_else_calls_or_regrets(v, m, hvem):
    for kald in (actions.indkald, actions.fortryd_indkaldelse):
        with pytest.raises(IkkeTilladtError):
            kald(moede=m, af=getattr(v, hvem))
    for sti in ("indkald/", "indkald/fortryd/"):
        assert logget_ind(getattr(v, hvem)).post(m.get_absolute_url() + sti).status_code in {403, 404}
    assert not Besked.objects.exists()


def test_s36_a_former_coordinator_and_one_of_the_ressourcecenter_alone(v, m):
    """Case 31a for the joint meeting; S54 for the former one."""
    rita, tidligere = person("Rita Rc"), v.koordinator
    afslut_rolle(tildeling=tidligere.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    faelles = klar(v, forum(v.skole), med=forum(v.skole, forumbyg.Art.PLC), dage=15)
    for hvilket, hvem in ((faelles, rita), (m, tidligere)):
        with pytest.raises(IkkeTilladtError):
            actions.indkald(moede=hvilket, af=hvem)
    assert actions.indkald(moede=m, af=rita)


# --- seen before it is sent --------------------------------------------------------------------------------------
def test_s37_the_preview_says_who_gets_it_why_and_when_and_what_to_know(v, m):
    """Case 30: a holiday warns and does not stop; a vacant post is said; staff wait for their leader (case 44)."""
    Feriedag.objects.create(navn="juleturen", fra=m.dag, til_og_med=m.dag)
    m.deltagere.filter(person=v.centerleder).update(person=None)
    inviter(m, v.medarbejder, v.kkfo, [m.punkter.first()], tilstand=Deltagelse.FORESLAAET)
    indkald_side = side(v.koordinator, m)
    for ord_ in ("Pia Dahl", "fast deltager", "Hele mødet", "uden skole: juleturen", "for Fritidscenter Havnen, fordi"):
        assert ord_ in indkald_side, ord_
    assert "Mette Bak indkaldes først, når lederen har bekræftet" in indkald_side
    tryk(v.koordinator, m)
    assert sorted(Besked.objects.values_list("til__navn", flat=True)) == ["Kirsten Ravn", "Pia Dahl", "Sanne Lund"]


def test_what_was_seen_is_what_is_sent(v, m):
    """Somebody was added after the page was opened: the new list is shown first, and the same button then sends."""
    aftryk = side(v.koordinator, m).partition('name="aftryk" value="')[2].partition('"')[0]
    inviter(m, v.vejleder, v.skole, art=Art.RESSOURCEPERSON)
    svar = tryk(v.koordinator, m, aftryk)
    assert svar.status_code == 409
    assert "er ændret, siden du åbnede siden" in svar.content.decode()
    assert "Viggo Holm" in svar.content.decode()
    assert not Besked.objects.exists()
    assert tryk(v.koordinator, m).status_code == 302


def test_the_same_press_twice_is_one_call(v, m):
    aftryk = side(v.koordinator, m).partition('name="aftryk" value="')[2].partition('"')[0]
    assert {tryk(hvem, m, aftryk).status_code for hvem in (v.koordinator, v.koordinator, v.skoleleder)} == {302}
    assert Besked.objects.count() == 4
    assert Haendelse.objects.filter(navn="indkald").count() == 1
    with pytest.raises(IkkeMuligtError, match="allerede indkaldt"):
        actions.indkald(moede=m, af=v.skoleleder)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_is_one_call():
    v = verden()
    m = klar(v, forum(v.skole))
    svar = samtidig(*(lambda af=af: actions.indkald(moede=m, af=af) for af in (v.koordinator, v.skoleleder)))
    sendt, afvist = fordel(svar, IkkeMuligtError)
    assert (len(sendt), len(afvist), Besked.objects.count()) == (1, 1, 4)


# --- regretted ---------------------------------------------------------------------------------------------------
def test_ten_minutes_to_regret_and_nobody_hears_of_it(v, m, postkasse):
    tryk(v.koordinator, m)
    assert "Du kan fortryde til kl. 9.10" in side(v.koordinator, m, "")
    assert "Fortryd indkaldelsen" not in side(v.paedagogiskleder, m, "")
    svar = logget_ind(v.koordinator).post(f"{m.get_absolute_url()}indkald/fortryd/", follow=True)
    assert "Ingen har fået en mail" in svar.content.decode()
    m.refresh_from_db()
    assert (m.tilstand, m.indkaldt_den) == (Tilstand.RESERVERET, None)
    assert not m.deltagere.exclude(indkaldt_den=None, svarnoegle="").exists()
    assert send(postkasse) == {}
    assert {b.fortrudt_af for b in Besked.objects.all()} == {v.koordinator}
    assert not Besked.objects.exclude(svarlink="").exists()
    # The same press twice changes nothing; and the call can be sent anew, once to each, with a higher number.
    assert logget_ind(v.koordinator).post(f"{m.get_absolute_url()}indkald/fortryd/").status_code == 302
    tryk(v.skoleleder, m)
    breve = send(postkasse)
    assert len(breve) == 4
    assert breve["skoleleder@demo.example"].sekvens > 1


def test_what_has_left_cannot_be_regretted_and_the_way_on_is_said(v, m, postkasse):
    tryk(v.koordinator, m)
    with tid.frys(TIRSDAG_KL_9 + timedelta(minutes=10)):
        send_besked(Besked.objects.order_by("pk").first().pk)
        assert "Du kan fortryde" not in side(v.koordinator, m, "")
        svar = logget_ind(v.koordinator).post(f"{m.get_absolute_url()}indkald/fortryd/")
    assert svar.status_code == 409
    assert "Flyt eller aflys mødet" in svar.content.decode()
    m.refresh_from_db()
    assert m.tilstand == Tilstand.INDKALDT
    assert Besked.objects.filter(tilstand="venter").count() == 3


def test_the_worker_and_the_regret_agree_whoever_is_first(v, m, postkasse):
    """A mail whose time has come but that nobody has delivered yet is still regretted, and then never leaves."""
    tryk(v.koordinator, m)
    with tid.frys(TIRSDAG_KL_9 + timedelta(minutes=30)):
        actions.fortryd_indkaldelse(moede=m, af=v.skoleleder)
        for besked in Besked.objects.all():
            send_besked(besked.pk)
    assert postkasse.breve == []


# --- speed -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("antal", [1, 44])
def test_d17_a_call_is_made_in_the_same_number_of_queries_for_5_and_48(v, m, antal, django_assert_num_queries):
    """SQLite takes 49 new mails in one statement; PostgreSQL takes them all."""
    for _ in range(antal):
        inviter(m, person("Gæst"), v.skole, [m.punkter.first()])
    klient = logget_ind(v.koordinator)
    ferier()  # remembered for an hour
    with django_assert_num_queries(8):
        assert klient.get(f"{m.get_absolute_url()}indkald/").status_code == 200
    with django_assert_num_queries(22):
        actions.indkald(moede=m, af=v.koordinator)
    assert Besked.objects.count() == antal + 4
    with django_assert_num_queries(21):
        klient.post(f"{m.get_absolute_url()}indkald/fortryd/")
    assert Besked.objects.filter(tilstand="fortrudt").count() == antal + 4
