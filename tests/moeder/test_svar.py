"""The invited person's own answer: on the site, and by the single-use link of the mail (D24, S35, S53, S54)."""

from datetime import timedelta

import pytest
from django.test import Client

from moeder import actions
from moeder.actions.udsendelse import send_opdatering
from moeder.models import Deltager, Moede
from moeder.models.faelles import aftryk
from moeder.states import Deltagelse
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import person, verden
from tests.moeder.byg import inviter
from tests.moeder.indkaldt import TIRSDAG_KL_9, deltager, klar, send
from tests.postkasse import aaben_postkasse
from tests.ressourcecenter.byg import delegation, forum
from tests.samtidigt import fordel, samtidig

pytestmark = pytest.mark.django_db
VIRKER_IKKE = "Linket virker ikke længere"
PIA, METTE, TOVE = (f"{hvem}@demo.example" for hvem in ("paedagogiskleder", "medarbejder", "teamkoordinator"))


@pytest.fixture
def v():
    with tid.frys(TIRSDAG_KL_9):
        yield verden()


@pytest.fixture
def postkasse(settings):
    with aaben_postkasse(settings) as modtager:
        yield modtager


@pytest.fixture
def m(v, postkasse):
    m = klar(v, forum(v.skole))
    inviter(m, v.medarbejder, v.kkfo, [m.punkter.order_by("plads")[1]])
    m = actions.indkald(moede=m, af=v.koordinator)
    m.breve = send(postkasse)
    return m


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def svar(m, person, **valg):
    return actions.svar_paa_indkaldelse(deltager=deltager(m, person), af=person, **{"ja": True, **valg})


def post(hvem, m, **felter):
    return logget_ind(hvem).post(f"{m.get_absolute_url()}svar/", felter, follow=True)


def mails(**hvor):
    return list(Besked.objects.filter(noegle__startswith="afbud:", **hvor).order_by("pk"))


# --- on the site -------------------------------------------------------------------------------------------------
def test_d24_yes_and_no_and_yes_again_until_the_meeting_begins(v, m):
    assert "Tak. Du har svaret, at du deltager" in post(v.paedagogiskleder, m, svar="ja").content.decode()
    pia = deltager(m, v.paedagogiskleder)
    assert (pia.tilstand, pia.svar_den, pia.svarnoegle) == (Deltagelse.ACCEPTERET, TIRSDAG_KL_9, "")
    post(v.paedagogiskleder, m, svar="nej", grund="Kursus")
    pia.refresh_from_db()
    assert (pia.tilstand, pia.svar_tekst) == (Deltagelse.AFBUD, "Kursus")
    post(v.paedagogiskleder, m, svar="ja", grund="glemt her")
    pia.refresh_from_db()
    assert (pia.tilstand, pia.svar_tekst) == (Deltagelse.ACCEPTERET, "")
    assert [h.data["saetning"] for h in Haendelse.objects.filter(navn="svar_paa_indkaldelse").order_by("pk")] == [
        "Pia Dahl deltager.",
        "Pia Dahl har meldt afbud.",
        "Pia Dahl deltager.",
    ]


def test_the_same_answer_twice_is_one(v, m):
    for _ in range(2):
        post(v.paedagogiskleder, m, svar="nej", grund="Kursus")
    assert Haendelse.objects.filter(navn="svar_paa_indkaldelse").count() == 1
    assert len(mails(til=v.koordinator)) == 1


def test_bad_answers_have_their_sentence_at_the_field_and_change_nothing(v, m):
    for felter, ord_ in (
        ({}, "Vælg ja eller nej."),
        ({"svar": "måske"}, "Vælg ja eller nej."),
        ({"svar": "nej", "grund": "010203-1234"}, "personnumre"),
        ({"svar": "nej", "grund": "x" * 301}, "plads til 300"),
    ):
        assert ord_ in post(v.paedagogiskleder, m, **felter).content.decode()
    assert deltager(m, v.paedagogiskleder).tilstand == Deltagelse.INVITERET


@pytest.mark.parametrize(
    "hvem", ["koordinator", "skoleleder", "centerleder", "naboskoleleder", "medarbejder", "administrator"]
)
def test_nobody_answers_for_another(v, m, hvem):
    """S35: not the one who calls, not another unit's leader; D24: «har ikke svaret» is never guessed by anybody."""
    with pytest.raises(IkkeTilladtError):
        actions.svar_paa_indkaldelse(deltager=deltager(m, v.paedagogiskleder), ja=True, af=getattr(v, hvem))
    assert deltager(m, v.paedagogiskleder).tilstand == Deltagelse.INVITERET


def test_an_outsider_meets_404_and_an_insider_who_is_not_invited_403(v, m):
    m.deltagere.filter(person=v.centerleder).delete()
    assert logget_ind(v.udenfor).get(f"{m.get_absolute_url()}svar/").status_code == 404
    assert logget_ind(v.centerleder).post(f"{m.get_absolute_url()}svar/", {"svar": "ja"}).status_code == 403


def test_there_is_no_answering_when_it_has_begun_is_off_or_is_only_reserved(v, m):
    pia = deltager(m, v.paedagogiskleder)
    with tid.frys(m.begynder), pytest.raises(IkkeMuligtError, match="begyndt"):
        actions.svar_paa_indkaldelse(deltager=pia, ja=True, af=v.paedagogiskleder)
    for tilstand in ("aflyst", "reserveret"):
        Moede.objects.filter(pk=m.pk).update(tilstand=tilstand, aflyst_grund="x")
        with pytest.raises(IkkeMuligtError, match="ikke indkaldt"):
            actions.svar_paa_indkaldelse(deltager=pia, ja=True, af=v.paedagogiskleder)
        assert (
            "intet at svare på"
            in logget_ind(v.paedagogiskleder).get(f"{m.get_absolute_url()}svar/", follow=True).content.decode()
        )


# --- who hears of it ---------------------------------------------------------------------------------------------
def test_d24_a_decline_is_told_to_whoever_calls_and_a_yes_to_nobody(v, m):
    """No word of the reason in the mail (D37); in the digest, but at once within a day of the meeting."""
    svar(m, v.centerleder)
    assert mails() == []
    svar(m, v.paedagogiskleder, ja=False, grund="Hemmelig grund")
    [besked] = mails()
    assert (besked.til, besked.levering) == (v.koordinator, "samlet")
    moedet = "mødet i Ressourcecentret, Lindeskolen, tirsdag den 8. december 2026 kl. 8.30, uge 50"
    assert besked.tekst == f"Pia Dahl har meldt afbud til {moedet}."
    with tid.frys(m.begynder - timedelta(hours=20)):
        svar(m, v.centerleder, ja=False)
    assert [b.levering for b in mails()] == ["samlet", "straks"]


def test_a_decline_taken_back_while_the_mail_waits_is_told_to_nobody_and_else_in_one_more(v, m):
    svar(m, v.paedagogiskleder, ja=False)
    svar(m, v.paedagogiskleder)
    assert [b.tilstand for b in mails()] == ["fortrudt"]
    svar(m, v.paedagogiskleder, ja=False)
    Besked.objects.filter(tilstand="venter").update(tilstand="sendt", sendt_den=tid.nu())
    svar(m, v.paedagogiskleder)
    assert [b.emne.split(":")[0] for b in mails()] == ["Afbud fra Pia Dahl", "Afbud fra Pia Dahl", "Nu kommer Pia Dahl"]


def test_s35_the_leader_who_declines_is_led_on_to_send_another(v, m):
    side = post(v.paedagogiskleder, m, svar="nej").content.decode()
    assert "vælge en anden til at deltage for KKFO Lindely" in side
    assert "vælge en anden" not in post(v.skoleleder, m, svar="nej").content.decode()
    assert [b.til for b in mails()] == [v.koordinator] * 2


def test_s35_when_the_representative_declines_the_units_leader_is_told_that_another_may_come(v, postkasse):
    """Decision 20: the delegate of the centre cannot come; the leader of the centre decides, nobody else."""
    delegation(v.center, v.skole, v.teamkoordinator)
    m = klar(v, forum(v.skole))
    m.deltagere.filter(person=v.centerleder).update(person=v.teamkoordinator)
    m = actions.indkald(moede=m, af=v.koordinator)
    svar(m, v.teamkoordinator, ja=False)
    assert {(b.til, "vælge en anden" in b.tekst) for b in mails()} == {(v.koordinator, False), (v.centerleder, True)}


def test_d24_the_substitute_answers_for_the_unit_and_gives_the_seat_back_by_declining(v, m):
    """Pia declines and sends Mette; Mette cannot either: Pia is asked once more, by mail, and nobody else is chosen."""
    m.deltagere.filter(person=v.medarbejder).delete()
    svar(m, v.paedagogiskleder, ja=False)
    pia = deltager(m, v.paedagogiskleder)
    [mette] = actions.vaelg_repraesentant(deltagere=[pia], person=v.medarbejder, af=v.paedagogiskleder)
    assert mette.i_stedet_for == pia
    svar(m, v.medarbejder, ja=False)
    pia.refresh_from_db()
    assert (pia.tilstand, bool(pia.svarnoegle)) == (Deltagelse.INVITERET, True)
    assert {b.til for b in mails()} == {v.koordinator}


def test_without_a_coordinator_the_leader_of_the_school_hears_of_it(v, m):
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    svar(m, v.paedagogiskleder, ja=False)
    assert [b.til for b in mails()] == [v.skoleleder]


# --- the start page ----------------------------------------------------------------------------------------------
def test_what_waits_for_an_answer_stands_on_the_start_page_until_it_is_given(v, m):
    assert "Svar på indkaldelsen" in logget_ind(v.paedagogiskleder).get("/").content.decode()
    svar(m, v.paedagogiskleder)
    assert "Svar på indkaldelsen" not in logget_ind(v.paedagogiskleder).get("/").content.decode()
    with tid.frys(m.begynder):
        assert "Svar på indkaldelsen" not in logget_ind(v.centerleder).get("/").content.decode()


# --- the link in the mail ----------------------------------------------------------------------------------------
def link(m, hvem=PIA):
    return m.breve[hvem].link


def test_the_link_answers_without_login_once_and_does_nothing_else(v, m):
    klient = Client(enforce_csrf_checks=True)
    side = klient.get(link(m))
    tekst = side.content.decode()
    for ord_ in (
        "Pia Dahl",
        "tirsdag den 8. december 2026 kl. 8.30",
        "Lokale 12",
        "Ja, jeg deltager",
        "Nej, jeg melder afbud",
    ):
        assert ord_ in tekst
    assert "emmelig" not in tekst
    assert side["X-Robots-Tag"] == "noindex, nofollow"
    assert side["Referrer-Policy"] == "same-origin"
    assert "no-store" in side["Cache-Control"]
    maerke = tekst.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    svaret = klient.post(link(m), {"svar": "ja", "csrfmiddlewaretoken": maerke})
    assert "Tak. Du har svaret, at du deltager" in svaret.content.decode()
    assert deltager(m, v.paedagogiskleder).tilstand == Deltagelse.ACCEPTERET
    assert "sessionid" not in klient.cookies
    assert klient.get(m.get_absolute_url()).status_code == 302
    haendelse = Haendelse.objects.get(navn="svar_paa_indkaldelse")
    assert haendelse.af == v.paedagogiskleder


def test_prefetching_scanners_change_nothing_and_the_link_still_works(v, m):
    foer = Haendelse.objects.count(), list(Deltager.objects.values())
    for klient in (Client(), Client(HTTP_USER_AGENT="SafeLinks"), logget_ind(v.udenfor)):
        for hent in (klient.get, klient.head, klient.get):
            assert hent(link(m)).status_code == 200
        assert klient.options(link(m)).status_code == 405
    assert (Haendelse.objects.count(), list(Deltager.objects.values())) == foer
    assert Client().post(link(m), {"svar": "nej"}).status_code == 200
    assert deltager(m, v.paedagogiskleder).tilstand == Deltagelse.AFBUD


def test_a_form_from_another_site_does_not_answer(v, m):
    assert Client(enforce_csrf_checks=True).post(link(m), {"svar": "nej"}).status_code == 403
    assert deltager(m, v.paedagogiskleder).tilstand == Deltagelse.INVITERET


@pytest.mark.parametrize(
    "goer",
    [
        lambda m, v: Client().post(link(m), {"svar": "ja"}),
        lambda m, v: svar(m, v.paedagogiskleder),
        lambda m, v: Moede.objects.filter(pk=m.pk).update(begynder=tid.nu() - timedelta(minutes=1)),
        lambda m, v: Moede.objects.filter(pk=m.pk).update(tilstand="aflyst", aflyst_grund="x"),
        lambda m, v: afslut_rolle(tildeling=v.paedagogiskleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None),
        lambda m, v: (setattr(v.paedagogiskleder, "lukket_den", tid.nu()), v.paedagogiskleder.save()),
        lambda m, v: Deltager.objects.filter(person=v.paedagogiskleder).update(tilstand="bortfaldet"),
        lambda m, v: flyttet(m),
    ],
    ids=["brugt", "svaret-paa-siden", "begyndt", "aflyst", "rollen-slut", "konto-lukket", "fjernet", "flyttet"],
)
def test_a_link_that_is_used_late_or_replaced_is_a_danish_page_and_answers_nothing(v, m, goer):
    goer(m, v)
    foer = list(Deltager.objects.values())
    for response in (Client().get(link(m)), Client().post(link(m), {"svar": "nej"})):
        assert VIRKER_IKKE in response.content.decode()
        assert "Pia Dahl" not in response.content.decode()
    assert list(Deltager.objects.values()) == foer


def flyttet(m):
    m.begynder, m.slutter = m.begynder + timedelta(days=1), m.slutter + timedelta(days=1)
    m.save()
    send_opdatering(m)


@pytest.mark.parametrize(
    "hvad", ["x", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "%00", "æ" * 300, "' OR 1=1"]
)
def test_a_forged_link_finds_nobody(v, m, hvad):
    """Also the imprint itself, which stands in the database, and the imprint of nothing: it is no key."""
    for forfalsket in (hvad, deltager(m, v.paedagogiskleder).svarnoegle, aftryk("")):
        response = Client().post(f"/moeder/svar/{forfalsket}/", {"svar": "ja"})
        assert response.status_code in {200, 404}
        assert "Tak." not in response.content.decode()
    assert not Haendelse.objects.filter(navn="svar_paa_indkaldelse").exists()


def test_a_link_is_its_own_persons_whoever_is_logged_in(v, m):
    """Sanne is logged in and presses Pia's link: it is Pia who has answered, and Sanne's own answer is untouched."""
    logget_ind(v.skoleleder).post(link(m), {"svar": "ja"})
    assert deltager(m, v.paedagogiskleder).tilstand == Deltagelse.ACCEPTERET
    assert deltager(m, v.skoleleder).tilstand == Deltagelse.INVITERET


def test_an_answer_that_is_none_leaves_the_link_alone(v, m):
    assert "Svar på indkaldelsen" in Client().post(link(m), {"svar": "måske"}).content.decode()
    assert Client().post(link(m), {"svar": "ja"}).status_code == 200
    assert deltager(m, v.paedagogiskleder).tilstand == Deltagelse.ACCEPTERET


def test_too_many_answers_from_one_address_wait(v, m, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "svar_med_link": "2/m/ip"}
    klient = Client()
    assert [klient.post("/moeder/svar/forkert/").status_code for _ in range(3)] == [200, 200, 429]


def test_case_11_the_page_of_the_link_shows_the_persons_own_time(v, m):
    assert "kl. 9.00–9.30, uge 50" in Client().get(link(m, METTE)).content.decode()
    assert "kl. 9.00–9.30" in logget_ind(v.medarbejder).get(f"{m.get_absolute_url()}svar/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_link_twice_at_once_is_one_answer(settings):
    v = verden()
    m = klar(v, forum(v.skole), dage=30)
    actions.indkald(moede=m, af=v.koordinator)
    pia = deltager(m, v.paedagogiskleder)
    Deltager.objects.filter(pk=pia.pk).update(svarnoegle=aftryk("noeglen"))

    def svar_med(ja):
        return lambda: actions.svar_paa_indkaldelse(deltager=pia, ja=ja, af=v.paedagogiskleder, svarnoegle="noeglen")

    lykkedes, afvist = fordel(samtidig(svar_med(True), svar_med(False)), IkkeMuligtError)
    assert (len(lykkedes), len(afvist)) == (1, 1)
    assert Haendelse.objects.filter(navn="svar_paa_indkaldelse").count() == 1


@pytest.mark.parametrize("antal", [0, 40])
def test_the_pages_ask_the_same_however_many_are_invited(v, m, antal, django_assert_num_queries):
    for _ in range(antal):
        inviter(m, person("Gæst"), v.skole)
    with django_assert_num_queries(3):
        Client().get(link(m))
    klient = logget_ind(v.medarbejder)
    with django_assert_num_queries(7):
        klient.get(f"{m.get_absolute_url()}svar/")
