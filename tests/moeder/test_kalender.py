"""The private feed: no more than one's own pages show, revocable, and cheap when nothing is new (D17, S53, S54)."""

import re
from datetime import UTC, timedelta

import icalendar
import pytest
from django.test import Client

from moeder import actions
from moeder.models import Kalenderadgang, Moede
from moeder.queries.kalender import kalender_for
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Haendelse
from samarbejde.roller import glem_roller
from tests.fabrik import verden
from tests.moeder.byg import inviter, moede
from tests.moeder.indkaldt import TIRSDAG_KL_9, Art, deltager, klar
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    with tid.frys(TIRSDAG_KL_9):
        yield verden()


@pytest.fixture
def m(v):
    return actions.indkald(moede=klar(v, forum(v.skole)), af=v.koordinator)


def adresse(person):
    return f"/kalender/{actions.opret_kalenderadgang(af=person)}.ics"


def laes(svar):
    kalender = icalendar.Calendar.from_ical(svar.content if hasattr(svar, "content") else svar)
    assert kalender.errors == []
    return kalender


def moeder(person):
    glem_roller()
    kalender = laes(kalender_for(person))
    return {f"{h['DTSTART'].dt:%d-%m %H.%M}": h for h in kalender.walk("VEVENT")}


# --- what stands in it -------------------------------------------------------------------------------------------
def test_the_feed_says_what_the_mail_says_and_has_no_method(v, m):
    """D37: neutral; the same uid and number as the mail; nobody else's name; nobody to answer."""
    svar = Client().get(adresse(v.paedagogiskleder))
    assert svar["Content-Type"] == "text/calendar; charset=utf-8"
    kalender = laes(svar)
    [h] = kalender.walk("VEVENT")
    m.refresh_from_db()
    assert "METHOD" not in kalender
    assert (str(h["UID"]), int(h["SEQUENCE"]), str(h["SUMMARY"]), str(h["STATUS"])) == (
        m.uid,
        m.sekvens,
        "Møde i Ressourcecentret, Lindeskolen",
        "CONFIRMED",
    )
    assert str(h["LOCATION"]) == "Lokale 12"
    for ord_ in ("emmelig", "Sanne", "Pia", "@demo.example", "ATTENDEE", "ORGANIZER"):
        assert ord_ not in svar.content.decode(), ord_


def test_case_11_items_only_is_their_own_time_and_nothing_when_they_are_gone(v, m):
    inviter(m, v.medarbejder, v.kkfo, [m.punkter.order_by("plads")[1]], indkaldt_den=tid.nu())
    assert list(moeder(v.medarbejder)) == ["08-12 09.00"]
    m.punkter.update(moede=None, tilstand="venter")
    assert moeder(v.medarbejder) == {}


def test_case_40_a_reservation_says_so(v):
    m = moede(forum(v.skole), af=v.koordinator)
    inviter(m, v.paedagogiskleder, v.kkfo)
    [h] = moeder(v.paedagogiskleder).values()
    assert (str(h["STATUS"]), str(h["SUMMARY"])) == ("TENTATIVE", "Reserveret: Møde i Ressourcecentret, Lindeskolen")


def test_s37_the_list_of_a_reservation_is_a_draft_until_it_is_sent(v):
    m = klar(v, forum(v.skole))
    inviter(m, v.vejleder, v.skole, art=Art.RESSOURCEPERSON)
    assert moeder(v.vejleder) == {}
    actions.indkald(moede=m, af=v.koordinator)
    assert len(moeder(v.vejleder)) == 1


def test_d18_what_is_called_off_says_so_for_four_weeks(v, m):
    Moede.objects.filter(pk=m.pk).update(tilstand=Tilstand.AFLYST, aflyst_grund="Hemmelig", tilstand_siden=tid.nu())
    [h] = moeder(v.paedagogiskleder).values()
    assert str(h["STATUS"]) == "CANCELLED"
    with tid.frys(TIRSDAG_KL_9 + timedelta(weeks=4, minutes=1)):
        assert moeder(v.paedagogiskleder) == {}


def test_a_declined_meeting_takes_up_no_time(v, m):
    actions.svar_paa_indkaldelse(deltager=deltager(m, v.paedagogiskleder), ja=False, af=v.paedagogiskleder)
    [h] = moeder(v.paedagogiskleder).values()
    assert (str(h["TRANSP"]), str(h["SUMMARY"])[:6]) == ("TRANSPARENT", "Afbud:")


@pytest.mark.parametrize(
    "tilstand", [Deltagelse.UDELADT, Deltagelse.BORTFALDET, Deltagelse.FORESLAAET, Deltagelse.AFVIST]
)
def test_who_is_not_on_the_list_has_no_meeting(v, m, tilstand):
    m.deltagere.filter(person=v.paedagogiskleder).update(tilstand=tilstand, udeladt_grund="x")
    assert moeder(v.paedagogiskleder) == {}


def test_this_school_year_and_the_next(v):
    rc = forum(v.skole)
    dage = ["2025-12-01", "2026-08-03", "2027-07-30", "2028-07-31", "2028-08-01"]
    for dag in dage:
        begynder = tid.fra_lokal(tid.date.fromisoformat(dag), tid.time(23, 0))
        inviter(moede(rc, af=v.koordinator, begynder=begynder, minutter=30), v.paedagogiskleder, v.kkfo)
    assert list(moeder(v.paedagogiskleder)) == ["03-08 23.00", "30-07 23.00", "31-07 23.00"]


@pytest.mark.parametrize(
    ("dag", "utc"), [("2027-03-26", "07:30"), ("2027-03-29", "06:30"), ("2027-10-29", "06:30"), ("2027-11-01", "07:30")]
)
def test_both_changes_of_the_clock(v, dag, utc):
    begynder = tid.fra_lokal(tid.date.fromisoformat(dag), tid.time(8, 30))
    inviter(moede(forum(v.skole), af=v.koordinator, begynder=begynder), v.paedagogiskleder, v.kkfo)
    [h] = moeder(v.paedagogiskleder).values()
    assert f"{h['DTSTART'].dt.astimezone(UTC):%H:%M}" == utc


# --- whose it is -------------------------------------------------------------------------------------------------
def test_s54_an_ended_role_empties_it_and_a_closed_account_closes_it(v, m):
    sted = adresse(v.paedagogiskleder)
    assert len(laes(Client().get(sted)).walk("VEVENT")) == 1
    afslut_rolle(tildeling=v.paedagogiskleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    glem_roller()
    assert laes(Client().get(sted)).walk("VEVENT") == []
    v.paedagogiskleder.lukket_den = tid.nu()
    v.paedagogiskleder.save()
    assert Client().get(sted).status_code == 404


@pytest.mark.parametrize("noegle", ["x", "", "%00", "a" * 500])
def test_a_guessed_address_is_404_and_so_is_the_imprint(v, m, noegle):
    adresse(v.paedagogiskleder)
    for gaet in (noegle, Kalenderadgang.objects.get().aftryk):
        assert Client().get(f"/kalender/{gaet}.ics").status_code == 404


def test_the_address_is_shown_once_and_only_its_imprint_is_kept(v, m):
    klient = Client()
    klient.force_login(v.paedagogiskleder)
    assert "Lav en adresse" in klient.get("/kalender/").content.decode()
    foerste = klient.post("/kalender/opret/")
    assert "no-store" in foerste["Cache-Control"]
    [sted] = re.findall(r"/kalender/[\w-]{40,}\.ics", foerste.content.decode())
    noegle = sted.rpartition("/")[2].removesuffix(".ics")
    assert Client().get(sted).status_code == 200
    assert noegle not in klient.get("/kalender/").content.decode()
    assert noegle not in f"{list(Kalenderadgang.objects.values())}{list(Haendelse.objects.values())}"
    assert klient.get("/kalender/opret/").status_code == 302


def test_a_new_address_closes_the_old_and_it_can_be_closed_for_good(v, m):
    klient = Client()
    klient.force_login(v.paedagogiskleder)
    gammel, ny = adresse(v.paedagogiskleder), adresse(v.paedagogiskleder)
    andens = adresse(v.skoleleder)
    assert [Client().get(sted).status_code for sted in (gammel, ny)] == [404, 200]
    for _ in range(2):
        klient.post("/kalender/luk/")
    assert [Client().get(sted).status_code for sted in (gammel, ny, andens)] == [404, 404, 200]
    assert Haendelse.objects.filter(navn="tilbagekald_kalenderadgang").count() == 1


# --- cheap -------------------------------------------------------------------------------------------------------
def test_304_when_nothing_is_new_and_the_whole_when_something_is(v, m):
    sted = adresse(v.paedagogiskleder)
    svar = Client().get(sted)
    assert svar["Cache-Control"] == "private, no-cache"
    with tid.frys(TIRSDAG_KL_9 + timedelta(hours=5)):
        igen = Client().get(sted, headers={"If-None-Match": f'"andet", W/{svar["ETag"]}'})
        assert (igen.status_code, igen.content, igen["ETag"]) == (304, b"", svar["ETag"])
        assert Client().get(sted, headers={"If-None-Match": '"andet"'}).status_code == 200
        Moede.objects.filter(pk=m.pk).update(sted="Lokale 14")
        assert Client().get(sted, headers={"If-None-Match": svar["ETag"]}).status_code == 200
    assert Client().head(sted)["ETag"] != svar["ETag"]
    assert Client().post(sted).status_code == 405


@pytest.mark.parametrize("antal", [1, 50])
def test_five_queries_with_1_and_50_meetings(v, antal, django_assert_num_queries):
    rc = forum(v.skole)
    for nummer in range(antal):
        m = klar(v, rc, dage=nummer + 1)
        inviter(m, v.medarbejder, v.kkfo, [m.punkter.first()], indkaldt_den=tid.nu())
    for hvem in (v.medarbejder, v.paedagogiskleder):
        sted = adresse(hvem)
        with django_assert_num_queries(5 if hvem == v.medarbejder else 3):
            svar = Client().get(sted)
        assert svar.content.decode().count("BEGIN:VEVENT") == antal
