"""Planning a meeting: reserve, correct, move, cancel, regret (S36, S43, S60, D17, D18; cases 4, 19, 30, 31a, 40)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from moeder import actions
from moeder.models import Deltager, Moede
from moeder.states import Deltagelse, Punkttilstand, Tilstand
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError, KonfliktError
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import DAG, inviter, moede, om, punkt
from tests.ressourcecenter.byg import Art, delegation, forum, uden_leder
from tests.samtidigt import fordel, samtidig

pytestmark = pytest.mark.django_db
HVORNAAR = {"dato": "2027-01-19", "begynder": "8.30", "slutter": "10.00"}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


def planlaeg(hvor, af, dage=14, minutter=90, med=None, **fakta):
    begynder = om(dage)
    slutter = begynder + timedelta(minutes=minutter)
    return actions.planlaeg_moede(forum=hvor, med=med, begynder=begynder, slutter=slutter, af=af, **fakta)


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def paa(m, hvad=""):
    return f"{m.get_absolute_url()}{hvad}"


# --- reserve -----------------------------------------------------------------------------------------------------
def test_s32_the_fixed_participants_stand_on_the_list_by_themselves_and_nobody_is_mailed(v, rc):
    """Case 40: a reservation first, the call later."""
    m = planlaeg(rc, v.koordinator)
    folk = {(d.art, d.enhed, d.person) for d in m.deltagere.select_related("enhed", "person")}
    assert folk == {
        ("ledelse", v.skole, v.skoleleder),
        ("ledelse", v.skole, v.koordinator),
        ("fast", v.kkfo, v.paedagogiskleder),
        ("fast", v.center, v.centerleder),
    }
    assert all(d.grund and d.tilstand == Deltagelse.INVITERET and d.indkaldt_den is None for d in m.deltagere.all())
    assert m.tilstand == Tilstand.RESERVERET
    assert not Besked.objects.exists()
    assert Haendelse.objects.filter(navn="planlaeg_moede", rod_id=m.pk).count() == 1


def test_s34_a_delegate_stands_for_the_centre_and_a_vacant_post_is_shown(v, rc):
    delegation(v.center, v.skole, v.teamkoordinator)
    uden_leder(v.center)
    m = planlaeg(rc, v.skoleleder)
    assert m.deltagere.get(enhed=v.center).person == v.teamkoordinator
    ubesat = planlaeg(forum(v.naboskole), v.naboskoleleder)
    assert ubesat.deltagere.get(enhed=v.center).person == v.klyngeleder


def test_s36_a_coordinator_of_the_ressourcecenter_alone_is_no_leader_of_the_laeringscenter(v, rc):
    """Case 4, 31a: refused in the Læringscenter and in a joint meeting."""
    plc = forum(v.skole, Art.PLC)
    rita = person("Rita Rc")
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    for kald in (lambda: planlaeg(plc, rita), lambda: planlaeg(rc, rita, med=plc)):
        with pytest.raises(IkkeTilladtError):
            kald()
    assert not Moede.objects.exists()
    assert planlaeg(rc, rita)
    faelles = planlaeg(rc, v.koordinator, dage=15, med=plc)
    assert rita not in {d.person for d in faelles.deltagere.all()}


def test_s46_only_the_leader_of_the_team_plans_its_meetings(v):
    team = forum(v.klynge)
    for hvem in (v.skoleleder, v.koordinator, v.centerleder, v.dagtilbudsleder, v.forvaltning):
        with pytest.raises(IkkeTilladtError):
            planlaeg(team, hvem)
    m = planlaeg(team, v.klyngeleder, er_tematisk=True)
    assert {(d.art, d.person) for d in m.deltagere.all()} == {("ledelse", v.klyngeleder), ("fast", v.dagtilbudsleder)}


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "centerleder", "klyngeleder", "naboskoleleder", "administrator"])
def test_s36_nobody_else_plans(v, rc, hvem):
    with pytest.raises(IkkeTilladtError):
        planlaeg(rc, getattr(v, hvem))
    assert not Moede.objects.exists()


def test_two_forums_of_different_schools_hold_no_meeting_together(v, rc):
    rolle(v.skoleleder, Rolle.SKOLELEDER, v.naboskole)
    with pytest.raises(ValidationError, match="skolens eget"):
        planlaeg(rc, v.skoleleder, med=forum(v.naboskole, Art.PLC))


@pytest.mark.parametrize(
    ("begynder", "slutter", "ord_"),
    [
        (om(10), om(10), "kan ikke slutte, før det begynder"),
        (om(10), om(9), "kan ikke slutte, før det begynder"),
        (om(-1), om(-1) + timedelta(hours=1), "Tidspunktet er gået"),
        (om(900), om(900) + timedelta(hours=1), "dette skoleår og det næste"),
        (om(10), om(11), "højst vare 12 timer"),
    ],
)
def test_times_that_cannot_be_are_refused_with_a_sentence(v, rc, begynder, slutter, ord_):
    with pytest.raises(ValidationError, match=ord_):
        actions.planlaeg_moede(forum=rc, med=None, begynder=begynder, slutter=slutter, af=v.skoleleder)
    assert not Moede.objects.exists()


def test_the_same_press_twice_is_one_meeting_and_another_at_that_time_is_refused(v, rc):
    foerste = planlaeg(rc, v.koordinator)
    assert planlaeg(rc, v.koordinator) == foerste
    with pytest.raises(ValidationError, match="har allerede et møde"):
        planlaeg(rc, v.skoleleder)
    assert Moede.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_plan_the_same_time_at_once_get_one_meeting(v, rc):
    svar = samtidig(lambda: planlaeg(rc, v.koordinator), lambda: planlaeg(rc, v.skoleleder))
    lykkedes, afvist = fordel(svar, ValidationError)
    assert (len(lykkedes), len(afvist), Moede.objects.count()) == (1, 1, 1)
    assert Deltager.objects.count() == 4


def test_a_meeting_over_the_change_to_summer_time_is_at_the_same_time_of_the_clock(v, rc):
    """Case 31: 8.30 is 07:30Z in winter and 06:30Z in summer."""
    with tid.frys(datetime(2027, 3, 1, 8, tzinfo=UTC)):
        for dag, utc in ((date(2027, 3, 26), 7), (date(2027, 3, 29), 6)):
            begynder = tid.fra_lokal(dag, time(8, 30))
            slutter = begynder + timedelta(hours=1)
            m = actions.planlaeg_moede(forum=rc, med=None, begynder=begynder, slutter=slutter, af=v.skoleleder)
            assert m.begynder.hour == utc


# --- the pages ---------------------------------------------------------------------------------------------------
def test_the_page_plans_a_meeting_and_says_that_it_is_in_a_holiday(v, rc):
    """Case 30: week 42 warns only."""
    from samarbejde.kalender import glem_ferier
    from samarbejde.models import Feriedag

    Feriedag.objects.create(navn="Efterårsferie", fra="2027-10-18", til_og_med="2027-10-22")
    glem_ferier()
    kirsten = logget_ind(v.koordinator)
    adresse = f"/moeder/planlaeg/{v.skole.slug}/ressourcecenter/"
    assert "Planlæg et møde" in kirsten.get(adresse).content.decode()
    with tid.frys(datetime(2027, 9, 1, 8, tzinfo=UTC)):
        svar = kirsten.post(adresse, {**HVORNAAR, "dato": "2027-10-19", "sted": "Lokale 4"}, follow=True)
    side = svar.content.decode()
    assert "Efterårsferie" in side
    m = Moede.objects.get()
    assert (m.begynder, m.sted) == (datetime(2027, 10, 19, 6, 30, tzinfo=UTC), "Lokale 4")
    assert svar.redirect_chain[-1][0] == m.get_absolute_url()


def test_a_form_with_faults_comes_back_whole(v):
    kirsten = logget_ind(v.koordinator)
    adresse = f"/moeder/planlaeg/{v.skole.slug}/ressourcecenter/"
    skrevet = {"dato": "31-02-2027", "begynder": "25.00", "slutter": "", "sted": "Lokale 4", "link": "ikke en adresse"}
    side = kirsten.post(adresse, skrevet).content.decode()
    for ord_ in ("Skriv en dato, der findes", "Skriv et klokkeslæt", "begynder med https://", "Lokale 4"):
        assert ord_ in side
    assert not Moede.objects.exists()


def test_a_joint_meeting_is_offered_to_whoever_may_hold_it(v):
    adresse = f"/moeder/planlaeg/{v.skole.slug}/ressourcecenter/"
    assert 'name="samlet"' in logget_ind(v.koordinator).get(adresse).content.decode()
    with tid.frys(datetime(2026, 12, 1, 8, tzinfo=UTC)):
        logget_ind(v.koordinator).post(adresse, {**HVORNAAR, "samlet": "on"})
    assert Moede.objects.get().medforum == forum(v.skole, Art.PLC)


# --- correct -----------------------------------------------------------------------------------------------------
def test_s24_purposes_theme_and_place_are_corrected(v, rc):
    m = moede(rc, af=v.skoleleder)
    felter = {"formaal": ["sparring", "samskabelse"], "tema": "overgange", "sted": "Biblioteket", "version": 1}
    svar = logget_ind(v.koordinator).post(paa(m, "ret/"), felter)
    assert svar.status_code == 302
    m.refresh_from_db()
    assert (m.formaal, m.tema, m.sted, m.version) == (["sparring", "samskabelse"], "overgange", "Biblioteket", 2)
    with pytest.raises(ValidationError, match="Vælg formål"):
        actions.ret_moede(moede=m, af=v.koordinator, version=2, formaal=["noget_andet"])


def test_a_stale_correction_shows_both_and_loses_nothing(v, rc):
    m = moede(rc, af=v.skoleleder, sted="Lokale 1")
    actions.ret_moede(moede=m, af=v.skoleleder, version=1, sted="Lokale 2")
    svar = logget_ind(v.koordinator).post(paa(m, "ret/"), {"version": 1, "sted": "Lokale 3"})
    side = svar.content.decode()
    assert svar.status_code == 409
    assert "Lokale 2" in side
    assert "Lokale 3" in side
    m.refresh_from_db()
    assert m.sted == "Lokale 2"


def test_the_same_save_twice_is_one_event(v, rc):
    m = moede(rc, af=v.skoleleder)
    for _ in range(2):
        actions.ret_moede(moede=m, af=v.skoleleder, version=1, sted="Lokale 2")
    assert Haendelse.objects.filter(navn="ret_moede").count() == 1


def test_case_19_a_meeting_with_a_discussion_of_a_child_does_not_become_thematic(v, rc):
    m = moede(rc, af=v.skoleleder)
    punkt(m, niveau="enkeltbarn")
    with pytest.raises(ValidationError, match="hører ikke til på et tematisk møde"):
        actions.ret_moede(moede=m, af=v.skoleleder, version=1, er_tematisk=True)


def test_s48_a_meeting_with_guests_stays_thematic(v, rc):
    m = moede(rc, af=v.skoleleder, er_tematisk=True)
    inviter(m, v.dagtilbudsleder, v.boernehus, art=Deltager.Art.GAEST)
    with pytest.raises(ValidationError, match="gæster"):
        actions.ret_moede(moede=m, af=v.skoleleder, version=1, er_tematisk=False)


# --- move --------------------------------------------------------------------------------------------------------
def test_a_moved_meeting_asks_again_and_shows_the_old_answer(v, rc):
    """D17: the other meetings are left alone."""
    m, andet = moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT), moede(rc, af=v.skoleleder, dage=21)
    ja = inviter(m, v.paedagogiskleder, v.kkfo, tilstand=Deltagelse.ACCEPTERET)
    nej = inviter(m, v.centerleder, v.center, tilstand=Deltagelse.AFBUD)
    tavs = inviter(m, v.skoleleder, v.skole, art=Deltager.Art.LEDELSE)
    foer = m.begynder
    actions.flyt_moede(moede=m, begynder=om(16), slutter=om(16) + timedelta(hours=1), version=1, af=v.koordinator)
    m.refresh_from_db()
    assert (m.tilstand, m.flyttet_fra, m.sekvens > 0) == (Tilstand.INDKALDT, foer, True)
    svar = {}
    for d in (ja, nej, tavs):
        d.refresh_from_db()
        svar[d.person] = (d.tilstand, d.tidligere_svar)
    assert svar == {
        v.paedagogiskleder: ("inviteret", "deltager"),
        v.centerleder: ("inviteret", "afbud"),
        v.skoleleder: ("inviteret", ""),
    }
    andet.refresh_from_db()
    assert (andet.sekvens, andet.begynder) == (0, om(21))


def test_a_stale_move_is_refused_and_a_past_time_too(v, rc):
    m = moede(rc, af=v.skoleleder)
    actions.ret_moede(moede=m, af=v.skoleleder, version=1, sted="Lokale 2")
    with pytest.raises(KonfliktError):
        actions.flyt_moede(moede=m, begynder=om(16), slutter=om(17, time(7)), version=1, af=v.skoleleder)
    with pytest.raises(ValidationError, match="gået"):
        actions.flyt_moede(moede=m, begynder=om(-2), slutter=om(-2, time(12)), version=2, af=v.skoleleder)
    svar = logget_ind(v.skoleleder).post(paa(m, "flyt/"), {**HVORNAAR, "version": 1})
    assert svar.status_code == 409


def test_a_meeting_that_was_held_is_neither_moved_nor_cancelled(v, rc):
    m = moede(rc, af=v.skoleleder, dage=-2, tilstand=Tilstand.AFHOLDT)
    with pytest.raises(IkkeMuligtError):
        actions.flyt_moede(moede=m, begynder=om(3), slutter=om(3, time(10)), version=1, af=v.skoleleder)
    with pytest.raises(IkkeMuligtError):
        actions.aflys_moede(moede=m, grund="Syg", af=v.skoleleder)
    svar = logget_ind(v.skoleleder).get(paa(m, "aflys/"), follow=True)
    assert "holdt eller allerede aflyst" in svar.content.decode()


# --- cancel and regret -------------------------------------------------------------------------------------------
def test_d18_a_cancelled_meeting_keeps_its_reason_and_its_items_wait(v, rc):
    m = moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    p = punkt(m)
    svar = logget_ind(v.koordinator).post(paa(m, "aflys/"), {"grund": ""})
    assert "Udfyld" in svar.content.decode()
    logget_ind(v.koordinator).post(paa(m, "aflys/"), {"grund": "Ingen punkter"})
    m.refresh_from_db()
    p.refresh_from_db()
    assert (m.tilstand, m.aflyst_grund) == (Tilstand.AFLYST, "Ingen punkter")
    assert (p.tilstand, p.moede) == (Punkttilstand.VENTER, None)
    actions.genopret_moede(moede=m, af=v.koordinator)
    m.refresh_from_db()
    assert (m.tilstand, m.aflyst_grund) == (Tilstand.RESERVERET, "")


def test_a_cancellation_is_not_regretted_after_the_time(v, rc):
    m = moede(rc, af=v.skoleleder, dage=-1, tilstand=Tilstand.AFLYST, aflyst_grund="Syg")
    with pytest.raises(IkkeMuligtError, match="Mødets tid er gået"):
        actions.genopret_moede(moede=m, af=v.skoleleder)


@pytest.mark.django_db(transaction=True)
def test_cancelled_twice_at_once_counts_once(v, rc):
    m = moede(rc, af=v.skoleleder)
    kald = [lambda: actions.aflys_moede(moede=m, grund="Syg", af=v.skoleleder)] * 3
    lykkedes, afvist = fordel(samtidig(*kald), IkkeMuligtError)
    assert (len(lykkedes), len(afvist)) == (1, 2)
    assert Haendelse.objects.filter(navn="aflys_moede").count() == 1


# --- who sees it -------------------------------------------------------------------------------------------------
def test_s33_staff_and_strangers_do_not_see_the_meeting(v, rc):
    m = moede(rc, af=v.skoleleder, dage=14 * DAG.days)
    for hvem in (v.medarbejder, v.vejleder, v.dagtilbudsleder, v.klyngeleder, v.omraadechef, v.forvaltning, v.udenfor):
        assert logget_ind(hvem).get(paa(m)).status_code == 404, hvem
    for hvem in (v.skoleleder, v.koordinator, v.paedagogiskleder, v.centerleder):
        assert logget_ind(hvem).get(paa(m)).status_code == 200, hvem


def test_a_clash_is_said_when_a_meeting_is_planned_moved_and_called_and_never_what_it_is(v, rc):
    """Named by person and time; the call is not stopped by it."""
    andet = moede(forum(v.naboskole), af=v.naboskoleleder, tilstand=Tilstand.INDKALDT)
    inviter(andet, v.centerleder, v.center)
    kirsten, optaget = logget_ind(v.koordinator), "Carl Havn er optaget kl. 8.30–10.00."
    lokal = tid.lokal(andet.begynder)
    tider = {"dato": f"{lokal:%Y-%m-%d}", "begynder": "9.00", "slutter": "10.30"}
    planlagt = kirsten.post(f"/moeder/planlaeg/{v.skole.slug}/ressourcecenter/", tider, follow=True).content.decode()
    m = Moede.objects.get(forum=rc)
    kaldes = kirsten.get(paa(m, "indkald/")).content.decode()
    senere = {**tider, "begynder": "9.30", "version": m.version}
    flyttet = kirsten.post(paa(m, "flyt/"), senere, follow=True).content.decode()
    for side in (planlagt, kaldes, flyttet):
        assert optaget in side
        assert "Egeskolen" not in side
    fri = {**tider, "begynder": "10.00", "slutter": "10.30", "version": Moede.objects.get(pk=m.pk).version}
    assert optaget not in kirsten.post(paa(m, "flyt/"), fri, follow=True).content.decode()
