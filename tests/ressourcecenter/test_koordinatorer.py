"""Coordinators (S29, S30, S36; cases 1, 3, 4, 36): the skoleleder's to appoint, at most two, with scope and period."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ressourcecenter import actions
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Haendelse, Rolletildeling
from samarbejde.permissions import REGLER, Handling, IkkeTilladtError, Rolle, maa
from tests.fabrik import FRA, person, rolle, verden
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db

RC, RC_OG_PLC = Rolletildeling.Omfang.RC, Rolletildeling.Omfang.RC_OG_PLC
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


def klient(client, hvem):
    client.force_login(hvem)
    return client


def udpeg(v, hvem, fra=None, til=None, omfang=RC_OG_PLC, af=None):
    return actions.udpeg_koordinator(
        forum=forum(v.skole),
        person=hvem,
        omfang=omfang,
        gyldig_fra=fra or tid.i_dag(),
        gyldig_til=til,
        af=af or v.skoleleder,
    )


def aktive(skole, dag=None):
    return set(
        Rolletildeling.objects.gaeldende(dag)
        .filter(content_object=skole)
        .med_rolle(Rolle.KOORDINATOR)
        .values_list("user__navn", flat=True)
    )


def adresse(navn, v, *pk):
    return reverse(navn, args=[v.skole.slug, *pk])


FELTER = {"omfang": "rc_plc", "fra": "2026-01-01", "til_og_med": ""}


# --- who appoints ------------------------------------------------------------------------------------------------
def test_s29_the_skoleleder_appoints_a_second_coordinator_in_the_browser(v, client):
    felter = {**FELTER, "person": v.vejleder.pk, "fra": tid.i_dag().isoformat()}
    side = klient(client, v.skoleleder).post(adresse("udpeg_koordinator", v), felter, follow=True)
    assert "Viggo Holm, Ressourcecenter og Pædagogisk Læringscenter" in side.content.decode()
    assert aktive(v.skole) == {"Kirsten Ravn", "Viggo Holm"}
    assert Besked.objects.get(til=v.vejleder).emne == "Du er udpeget som koordinator på Lindeskolen"
    haendelse = Haendelse.objects.get(navn="tildel_rolle", af=v.skoleleder)
    assert "Viggo Holm er koordinator på Lindeskolen" in haendelse.saetning  # S55


def test_s29_somebody_from_fritid_may_coordinate_when_attached(v):
    """Decision 1; from a unit that is not attached it is refused."""
    udpeg(v, v.medarbejder)
    assert maa(v.medarbejder, Handling.INDKALD, forum(v.skole, Art.PLC))
    fremmed = person("Fie Fremmed")
    rolle(fremmed, Rolle.MEDARBEJDER, v.nabokkfo)
    with pytest.raises(ValidationError, match="ikke ansat på skolen eller et tilknyttet fritidstilbud"):
        udpeg(v, fremmed)


@pytest.mark.parametrize(
    ("hvem", "status"),
    [
        ("koordinator", 403),
        ("paedagogiskleder", 403),
        ("centerleder", 403),
        ("vejleder", 403),
        ("klyngeleder", 403),
        ("forvaltning", 403),
        ("administrator", 404),
        ("naboskoleleder", 404),
        ("netvaerkskoordinator", 404),
        ("udenfor", 404),
    ],
)
def test_s29_nobody_else_appoints(v, client, hvem, status):
    """Coordinator, fritid leader, another school's leader, administrator: status, sentence and database."""
    foer = Haendelse.objects.count()
    svar = klient(client, getattr(v, hvem)).post(adresse("udpeg_koordinator", v), {**FELTER, "person": v.vejleder.pk})
    assert svar.status_code == status
    if status == 403:
        assert REGLER[Handling.UDPEG_KOORDINATOR].saetning in svar.content.decode()
    assert aktive(v.skole) == {"Kirsten Ravn"}
    assert Haendelse.objects.count() == foer


def test_decision_4_a_deputy_leads_the_forum_but_does_not_appoint(v, client):
    vikar = person("Vera Vikar")
    rolle(vikar, Rolle.SKOLELEDER, v.skole, til=tid.i_dag() + 30 * DAG, i_fravaer=True, er_primaer=False)
    assert maa(vikar, Handling.TILKNYT_RESSOURCEPERSON, forum(v.skole))
    svar = klient(client, vikar).post(adresse("udpeg_koordinator", v), {**FELTER, "person": v.vejleder.pk})
    assert svar.status_code == 403
    with pytest.raises(IkkeTilladtError):
        udpeg(v, v.vejleder, af=vikar)


def test_the_skoleleder_is_no_coordinator_of_her_own(v):
    """S29 [KAN]: without a coordinator she acts herself."""
    rolle(v.skoleleder, Rolle.MEDARBEJDER, v.skole)
    with pytest.raises(ValidationError, match="ikke ansat"):
        udpeg(v, v.skoleleder)


# --- at most two -------------------------------------------------------------------------------------------------
def test_case_1_a_third_coordinator_is_refused_with_the_way_out(v, client):
    udpeg(v, v.vejleder)
    felter = {**FELTER, "person": v.medarbejder.pk, "fra": tid.i_dag().isoformat()}
    side = klient(client, v.skoleleder).post(adresse("udpeg_koordinator", v), felter)
    assert side.status_code == 200
    tekst = unescape(side.content.decode())
    assert "Lindeskolen har allerede to koordinatorer" in tekst
    assert "Afslut en af dem først" in tekst
    assert f'value="{v.medarbejder.pk}" selected' in tekst  # nothing typed is lost
    assert aktive(v.skole) == {"Kirsten Ravn", "Viggo Holm"}


def test_case_3_one_ends_on_31_october_and_the_next_begins_on_1_november(v):
    udpeg(v, v.vejleder, fra=date(2026, 8, 1), til=date(2026, 11, 1))
    udpeg(v, v.medarbejder, fra=date(2026, 11, 1))
    assert aktive(v.skole, date(2026, 10, 31)) == {"Kirsten Ravn", "Viggo Holm"}
    assert aktive(v.skole, date(2026, 11, 1)) == {"Kirsten Ravn", "Mette Bak"}
    tove = person("Tove Tre")
    rolle(tove, Rolle.MEDARBEJDER, v.skole)
    with pytest.raises(ValidationError, match="højst være to ad gangen"):
        udpeg(v, tove, fra=date(2026, 10, 31), til=date(2026, 11, 1))


def test_s29_periods_that_overlap_only_in_the_future_are_refused_too(v):
    om_et_aar = tid.i_dag() + 365 * DAG
    udpeg(v, v.vejleder, fra=om_et_aar)
    with pytest.raises(ValidationError, match="højst være to ad gangen"):
        udpeg(v, v.medarbejder, til=om_et_aar + 10 * DAG)
    udpeg(v, v.medarbejder, til=om_et_aar)


def test_s29_the_same_person_twice_is_refused(v):
    udpeg(v, v.vejleder)
    with pytest.raises(ValidationError, match="allerede koordinator"):
        udpeg(v, v.vejleder, fra=tid.i_dag() + DAG)


def test_s29_one_person_may_coordinate_at_two_schools(v):
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.naboskole)
    udpeg(v, v.vejleder)
    actions.udpeg_koordinator(
        forum=forum(v.naboskole),
        person=v.vejleder,
        omfang=RC,
        gyldig_fra=tid.i_dag(),
        gyldig_til=None,
        af=v.naboskoleleder,
    )
    assert aktive(v.naboskole) == {"Niels Bo", "Viggo Holm"}


# --- scope -------------------------------------------------------------------------------------------------------
def test_s36_case_4_coordinating_the_ressourcecenter_alone_is_no_role_in_the_laeringscenter(v, client):
    tildeling = udpeg(v, v.vejleder, omfang=RC)
    rc, plc = forum(v.skole), forum(v.skole, Art.PLC)
    for handling in (Handling.INDKALD, Handling.TILKNYT_RESSOURCEPERSON, Handling.RET_LOKALE_REGLER):
        assert maa(v.vejleder, handling, rc)
        assert not maa(v.vejleder, handling, plc)
    felter = {"omfang": "rc_plc", "til_og_med": ""}
    klient(client, v.skoleleder).post(adresse("ret_koordinator", v, tildeling.pk), felter)
    assert maa(v.vejleder, Handling.INDKALD, plc)
    assert Besked.objects.filter(til=v.vejleder, emne__startswith="Din rolle som koordinator").exists()


def test_s30_what_a_coordinator_may_not(v):
    """S30 *Refuse*: appointing, approving for the school, deciding who represents a fritid unit."""
    rc = forum(v.skole)
    for handling, ting in (
        (Handling.UDPEG_KOORDINATOR, rc),
        (Handling.REGISTRER_MEDARBEJDER, v.skole),
        (Handling.NAEVN_STEDFORTRAEDER, v.skole),
        (Handling.DELEGER_DELTAGELSE, v.center),
        (Handling.UDPEG_LEDER, v.skole),
    ):
        assert not maa(v.koordinator, handling, ting), handling


def test_s36_the_right_to_invite_is_the_skoleleders_and_the_coordinators_of_that_school(v):
    rc, team = forum(v.skole), forum(v.klynge)
    inviterer = {"skoleleder", "koordinator"}
    alle = {navn for navn, ting in vars(v).items() if hasattr(ting, "email")}
    assert {navn for navn in alle if maa(getattr(v, navn), Handling.INDKALD, rc)} == inviterer
    assert {navn for navn in alle if maa(getattr(v, navn), Handling.INDKALD, team)} == {"klyngeleder"}  # S45, S46


# --- the end -----------------------------------------------------------------------------------------------------
def test_s54_a_coordinators_rights_end_at_once_in_an_open_session(v, client):
    """Ending today ends now: the next click of the one who is logged in is refused."""
    klient(client, v.koordinator)
    assert client.get(adresse("tilknyt_ressourceperson", v)).status_code == 200
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.skoleleder)
    assert client.get(adresse("tilknyt_ressourceperson", v)).status_code == 404
    assert client.get(adresse("forum", v)).status_code == 404


def test_case_36_a_coordinator_on_leave_frees_the_seat(v, client):
    udpeg(v, v.vejleder)
    kirsten = v.koordinator.rolletildelinger.get()
    fra, til_og_med = tid.i_dag(), tid.i_dag() + 60 * DAG
    felter = {"fra": fra.isoformat(), "til_og_med": til_og_med.isoformat()}
    side = klient(client, v.skoleleder).post(adresse("giv_orlov", v, kirsten.pk), felter, follow=True)
    assert "På orlov til og med" in side.content.decode()
    assert not maa(v.koordinator, Handling.INDKALD, forum(v.skole))
    udpeg(v, v.medarbejder, til=til_og_med + DAG)
    assert aktive(v.skole) == {"Viggo Holm", "Mette Bak"}
    assert aktive(v.skole, til_og_med + DAG) == {"Viggo Holm", "Kirsten Ravn"}


def test_case_36_a_replacement_cannot_outstay_the_leave(v):
    udpeg(v, v.vejleder)
    til_og_med = tid.i_dag() + 60 * DAG
    kirsten = v.koordinator.rolletildelinger.get()
    actions.giv_orlov(tildeling=kirsten, fra=tid.i_dag(), til_og_med=til_og_med, af=v.skoleleder)
    with pytest.raises(ValidationError, match="højst være to ad gangen"):
        udpeg(v, v.medarbejder)


@pytest.mark.parametrize(
    ("fra", "til_og_med", "fejl"),
    [
        ("2026-12-01", "2026-11-01", "Slutdatoen ligger før startdatoen"),
        ("2019-01-01", "2026-12-01", "Orloven skal ligge inden for den tid"),
        ("", "2026-12-01", "Vælg en dato"),
        ("31. februar", "2026-12-01", "Skriv en dato, der findes"),
        ("0001-01-01", "9999-12-31", "Skriv en dato, der findes"),
    ],
)
def test_an_impossible_leave_is_a_danish_sentence_and_changes_nothing(v, client, fra, til_og_med, fejl):
    kirsten = v.koordinator.rolletildelinger.get()
    sted = adresse("giv_orlov", v, kirsten.pk)
    side = klient(client, v.skoleleder).post(sted, {"fra": fra, "til_og_med": til_og_med})
    assert fejl in unescape(side.content.decode())
    assert Rolletildeling.objects.filter(user=v.koordinator).count() == 1
    kirsten.refresh_from_db()
    assert kirsten.gyldig_til is None


def test_the_same_leave_twice_is_once(v, client):
    kirsten = v.koordinator.rolletildelinger.get()
    felter = {"fra": tid.i_dag().isoformat(), "til_og_med": (tid.i_dag() + 9 * DAG).isoformat()}
    for _ in range(2):
        klient(client, v.skoleleder).post(adresse("giv_orlov", v, kirsten.pk), felter)
    assert Rolletildeling.objects.filter(user=v.koordinator).count() == 2


def test_another_schools_appointment_is_not_found_here(v, client):
    nabo = v.nabokoordinator.rolletildelinger.get()
    for navn in ("ret_koordinator", "giv_orlov"):
        assert klient(client, v.skoleleder).get(adresse(navn, v, nabo.pk)).status_code == 404
    assert klient(client, v.skoleleder).get(adresse("giv_orlov", v, 10**15)).status_code == 404


def test_case_42_a_private_school_has_no_forum(v, client):
    from samarbejde.organisation import ret_enhed
    from tests.fabrik import Enhed, enhed

    privat = enhed("Den Private Skole", i=v.distrikt, ejerform=Enhed.Ejerform.PRIVAT)
    leder = person("Peer Privat")
    rolle(leder, Rolle.SKOLELEDER, privat)
    assert not privat.fora.exists()
    assert klient(client, leder).get(reverse("forum", args=[privat.slug])).status_code == 404
    ret_enhed(enhed=v.skole, af=None, ejerform=Enhed.Ejerform.PRIVAT)
    assert klient(client, v.skoleleder).get(adresse("forum", v)).status_code == 404
    ret_enhed(enhed=privat, af=None, ejerform=Enhed.Ejerform.KOMMUNAL)
    assert {et.art for et in privat.fora.all()} == {Art.RC, Art.PLC}


def test_a_coordinator_begins_no_earlier_than_the_school(v):
    with pytest.raises(ValidationError):
        udpeg(v, v.vejleder, fra=FRA - DAG)


def test_s54_a_role_that_ends_while_the_rules_are_written_gives_the_words_back(v, client):
    """The right is gone at once, and so is the page; what was typed is not."""
    klient(client, v.koordinator)
    sted = reverse("ret_lokale_regler", args=[v.skole.slug, Art.RC])
    assert client.get(sted).status_code == 200
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.skoleleder)
    svar = client.post(sted, {"dagsordensskabelon": "- Siden sidst\n- Nyt fra klubben"})
    assert svar.status_code == 404
    assert "Nyt fra klubben" in svar.content.decode()
    assert not Haendelse.objects.filter(navn="ret_lokale_regler").exists()
