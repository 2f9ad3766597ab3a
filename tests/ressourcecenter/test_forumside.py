"""The page of a forum (S19, S28, S38, S43, S60): who is in it and why, for those attached; and what is missing."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ressourcecenter.models import Forum
from samarbejde import opslag, tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Skoledistrikt
from samarbejde.organisation import afslut_tilknytning
from samarbejde.permissions import TILLADT, Handling, Rolle, maa
from tests.fabrik import Art as Enhedsart
from tests.fabrik import distrikt, enhed, person, rolle, verden
from tests.moeder.byg import moede
from tests.ressourcecenter.byg import Art, delegation, forum, ressourceperson, uden_leder

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


def side(client, hvem, hvor):
    client.force_login(hvem)
    svar = client.get(reverse("forum", args=[hvor.slug]))
    assert svar.status_code == 200, hvem
    return unescape(svar.content.decode())


def status(client, hvem, hvor):
    client.force_login(hvem)
    return client.get(reverse("forum", args=[hvor.slug])).status_code


# --- who is attached ---------------------------------------------------------------------------------------------
def test_s19_every_school_has_both_forums_and_every_klynge_its_team(v):
    assert {(et.enhed, et.art) for et in Forum.objects.all()} == {
        (v.skole, Art.RC),
        (v.skole, Art.PLC),
        (v.naboskole, Art.RC),
        (v.naboskole, Art.PLC),
        (v.klynge, Art.TEAM),
        (v.netvaerk, Art.TEAM),
    }


def test_s19_fritid_is_attached_by_the_register_and_nobody_at_the_school_can_remove_it(v, client):
    """No act of anybody's but the register's ends the link; the page shows both units to both sides alike."""
    assert not [h for h in Handling if "tilknytning" in h.value]
    for hvem in (v.skoleleder, v.paedagogiskleder, v.centerleder):
        tekst = side(client, hvem, v.skole)
        assert "KKFO Lindely" in tekst
        assert "Fritidscenter Havnen" in tekst
    link = v.kkfo.tilknytninger.get(til=v.skole)
    for hvem in (v.skoleleder, v.koordinator):
        with pytest.raises(Exception, match="forvaltning"):
            afslut_tilknytning(tilknytning=link, gyldig_til=tid.i_dag(), af=hvem)


def test_s19_parity_what_an_internal_resource_person_sees_the_fritid_participants_see(v):
    """Case 29: actions(internal resource person) ⊆ actions(fritid's fixed participant)."""
    rc = forum(v.skole)
    ressourceperson(rc, v.vejleder, v.skole)
    # A leader writes the tiltag of an agreement; whoever does not lead proposes it.
    intern = {h for h in Handling if maa(v.vejleder, h, rc)} - {Handling.FORESLAA_TILTAG}
    for hvem in (v.paedagogiskleder, v.centerleder):
        assert intern <= {h for h in Handling if maa(hvem, h, rc)}
    assert Handling.SE_FORUM in intern


def test_s39_who_meets_the_page_and_who_meets_nothing(v, client):
    """Attached: in. Answering for somebody attached: in. Everybody else: no such page."""
    inde = {
        *("skoleleder", "koordinator", "paedagogiskleder", "centerleder", "medarbejder", "vejleder"),
        *("teamkoordinator", "klyngeleder", "omraadechef", "forvaltning"),
    }
    alle = {navn for navn, ting in vars(v).items() if hasattr(ting, "email")}
    assert {navn for navn in alle if status(client, getattr(v, navn), v.skole) == 200} == inde
    assert {navn for navn in alle if status(client, getattr(v, navn), v.skole) == 404} == alle - inde


def test_the_team_is_seen_by_its_leader_and_its_units(v, client):
    inde = {"klyngeleder", "centerleder", "dagtilbudsleder", "teamkoordinator", "omraadechef", "forvaltning"}
    alle = {navn for navn, ting in vars(v).items() if hasattr(ting, "email")}
    assert {navn for navn in alle if status(client, getattr(v, navn), v.klynge) == 200} == inde
    assert "Børnehuset Solsikken" in side(client, v.dagtilbudsleder, v.klynge)
    for hvem, kan in ((v.klyngeleder, True), (v.dagtilbudsleder, False), (v.omraadechef, False)):
        side(client, hvem, v.klynge)
        assert (client.get(v.klynge.get_absolute_url()).status_code == 200) is kan
        assert (v.klynge.get_absolute_url() in side(client, hvem, v.klynge)) is kan


def test_s54_a_unit_that_leaves_the_school_leaves_the_forum(v, client):
    afslut_tilknytning(tilknytning=v.center.tilknytninger.get(til=v.skole), gyldig_til=tid.i_dag(), af=None)
    assert status(client, v.centerleder, v.skole) == 404
    assert status(client, v.centerleder, v.naboskole) == 200
    assert "Fritidscenter Havnen" not in side(client, v.skoleleder, v.skole)


# --- what the page says ------------------------------------------------------------------------------------------
def test_s28_the_skoleleder_leads_and_an_empty_post_is_said(v, client):
    assert "Sanne Lund" in side(client, v.koordinator, v.skole)
    uden_leder(v.skole)
    assert "Posten er ikke besat" in side(client, v.koordinator, v.skole)


def test_s29_without_a_coordinator_the_page_says_who_acts(v, client):
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.skoleleder)
    tekst = side(client, v.skoleleder, v.skole)
    assert "Skolelederen indkalder, leder møderne og følger op." in tekst
    assert "Udpeg koordinator" in tekst
    assert "Udpeg koordinator" not in side(client, v.paedagogiskleder, v.skole)


def test_s4_a_resource_person_stands_with_faglighed_and_where_from(v, client):
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    ressourceperson(forum(v.skole, Art.PLC), v.vejleder, v.skole)
    udefra = person("Åge Ærlig", udloeber_den=tid.i_dag() + 90 * DAG)
    ressourceperson(forum(v.skole), udefra)
    ressourceperson(forum(v.skole), person("Forhen Værende"), v.skole, til=tid.i_dag())
    tekst = side(client, v.paedagogiskleder, v.skole)
    assert tekst.count("Viggo Holm") == 1
    assert "uden for kommunen" in tekst
    assert "ekstern" in tekst
    assert "Forhen Værende" not in tekst
    assert tekst.index("Viggo Holm") < tekst.index("Åge Ærlig")  # å last


def test_every_rule_on_the_page_carries_its_source(v, client):
    assert side(client, v.skoleleder, v.skole).count("Samarbejdsmodellen, afsnit") >= 3


def test_the_list_shows_only_ones_own(v, client):
    client.force_login(v.centerleder)
    tekst = client.get(reverse("fora")).content.decode()
    for navn in ("Lindeskolen", "Egeskolen", "Klynge Nord"):
        assert navn in tekst
    client.force_login(v.naboskoleleder)
    assert "Lindeskolen" not in client.get(reverse("fora")).content.decode()
    client.force_login(v.udenfor)
    assert "Du er ikke tilknyttet" in client.get(reverse("fora")).content.decode()


# --- what is missing ---------------------------------------------------------------------------------------------
def fundne(v, hvem):
    enheder = [link.enhed_id for link in v.distrikt.tilknytninger.all()]
    besat = opslag.ledere_paa(enheder, Rolle.KOORDINATOR)
    return opslag.mangler(Skoledistrikt.objects.get(pk=v.distrikt.pk), hvem, besat)


def tekster(v, hvem):
    return [mangel.tekst for mangel in fundne(v, hvem)]


def test_s38_the_skoleleder_sees_what_is_missing_with_the_remedy(v, client):
    for et in (forum(v.skole), forum(v.skole, Art.PLC)):  # a forum without a meeting is missing something too
        moede(et, af=v.skoleleder)
    assert tekster(v, v.skoleleder) == []
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.skoleleder)
    uden_leder(v.kkfo)
    (koordinator, leder) = fundne(v, v.skoleleder)
    assert koordinator.adresse == reverse("udpeg_koordinator", args=[v.skole.slug])
    assert "Posten som pædagogisk leder i KKFO Lindely er ikke besat" in leder.tekst
    assert leder.adresse == reverse("repraesentation", args=[v.kkfo.slug])
    client.force_login(v.skoleleder)
    assert "Det skal der ses på" in client.get(v.distrikt.get_absolute_url()).content.decode()
    assert tekster(v, v.omraadechef) == [leder.tekst]  # a coordinator is a kan: nobody else is told of one missing


def test_s52_a_forum_without_fritid_is_missing_and_kan_never_is(v):
    for link in v.skole.medlemmer.all():
        afslut_tilknytning(tilknytning=link, gyldig_til=tid.i_dag(), af=None)
    assert any("Ingen fritidstilbud er knyttet" in tekst for tekst in tekster(v, v.skoleleder))
    assert not any("Ressourceteam" in tekst for tekst in tekster(v, v.skoleleder))  # case 34


def test_s38_those_who_can_do_nothing_about_it_do_not_see_it(v, client):
    uden_leder(v.kkfo)
    for hvem, ser in ((v.skoleleder, True), (v.klyngeleder, True), (v.medarbejder, False), (v.administrator, False)):
        client.force_login(hvem)
        assert ("Det skal der ses på" in client.get(v.distrikt.get_absolute_url()).content.decode()) is ser, hvem
    assert Rolle.MEDARBEJDER not in TILLADT[Handling.SE_MANGLER]


def test_s56_what_is_missing_is_words_and_never_a_grade(v):
    uden_leder(v.kkfo)
    uden_leder(v.skole)
    assert not any(tegn.isdigit() or tegn == "%" for tekst in tekster(v, v.omraadechef) for tegn in tekst)


# --- what it costs -----------------------------------------------------------------------------------------------
def antal(client, hvem, sted):
    client.force_login(hvem)
    with CaptureQueriesContext(connection) as kald:
        assert client.get(sted).status_code == 200
    return len(kald)


def test_the_page_costs_twelve_with_forty_people(v, client):
    sted = reverse("forum", args=[v.skole.slug])
    foer = antal(client, v.paedagogiskleder, sted)
    assert foer <= 12
    fag = ressourceperson(forum(v.skole), v.vejleder, v.skole).faglighed
    for nummer in range(40):
        ny = person(f"Person {nummer}")
        rolle(ny, Rolle.MEDARBEJDER, v.skole)
        ressourceperson(forum(v.skole, Art.PLC if nummer % 2 else Art.RC), ny, v.skole, faglighed=fag)
    for nummer in range(5):
        center = enhed(f"Center {nummer}", Enhedsart.FRITIDSCENTER, til=v.skole)
        rolle(person(f"Leder {nummer}"), Rolle.FRITIDSLEDER, center)
    assert antal(client, v.paedagogiskleder, sted) == foer


def test_the_list_costs_the_same_with_one_school_and_with_fifty(v, client):
    foer = antal(client, v.omraadechef, reverse("fora"))
    for nummer in range(50):
        enhed(f"Skole {nummer}", i=distrikt(f"D {nummer}"), til=v.omraade)
    assert antal(client, v.omraadechef, reverse("fora")) == foer


# --- one's own ---------------------------------------------------------------------------------------------------
def test_d26_my_roles_show_what_i_am_in_a_forum_and_why(v, client):
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    delegation(v.center, v.skole, v.teamkoordinator)
    for hvem, ord_ in (
        (v.vejleder, ("Ressourceperson", "Ressourcecenter, Lindeskolen", "Du er fra skole og kommer fra Lindeskolen")),
        (v.teamkoordinator, ("Fast deltager", "Lindeskolen", "Carl Havn har uddelegeret den faste deltagelse")),
    ):
        client.force_login(hvem)
        tekst = client.get("/mine-roller/").content.decode()
        assert all(et in tekst for et in ord_), hvem
