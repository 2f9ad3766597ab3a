"""The pages of the agenda and the backlog: who sees what, forms that lose nothing, and what they cost (case 11)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder import actions
from moeder.models import Punkt
from moeder.queries import punkter as queries
from samarbejde.models import Faglighed
from samarbejde.permissions import Rolle
from tests.aftaler import byg as aftalebyg
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import anmod, inviter, moede, punkt
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


@pytest.fixture
def m(v, rc):
    return moede(rc, af=v.skoleleder, tilstand="indkaldt")


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def paa_moedet(p, hvad=""):
    return f"/moeder/{p.moede.kode}/punkter/{p.noegle}/{hvad}"


def i_koeen(p, hvad=""):
    return f"/moeder/punkter/{p.noegle}/{hvad}"


def koeen(v, hvad="", art="ressourcecenter"):
    return f"/moeder/koe/{v.skole.slug}/{art}/{hvad}"


# --- case 11: the own item and nothing else ----------------------------------------------------------------------
def test_s33_case_11_who_is_invited_to_one_item_sees_that_one_and_nothing_of_the_others(v, rc, m):
    andet = punkt(m, "Hemmeligt punkt", beskrivelse="Hemmelig baggrund", minutter=30)
    mit = punkt(m, "Mit punkt", beskrivelse="Min baggrund", spoergsmaal="Hvad gør vi?")
    mit.bidrag.create(tekst="Se bilaget", tekst_html="<p>Se bilaget</p>", af=v.paedagogiskleder, enhed=v.kkfo)
    inviter(m, v.medarbejder, v.kkfo, [mit])
    mette = logget_ind(v.medarbejder)
    side = mette.get(paa_moedet(mit)).content.decode()
    for tekst in ("Mit punkt", "Min baggrund", "Hvad gør vi?", "Se bilaget", "9.00–9.15"):
        assert tekst in side
    assert "Hemmelig" not in side
    assert "Ret punktet" not in side
    assert mette.get(paa_moedet(andet)).status_code == 404
    assert mette.get(i_koeen(andet)).status_code == 404
    andet_moede = punkt(moede(rc, af=v.skoleleder, dage=30, tilstand="indkaldt"), "Et senere")
    assert mette.get(paa_moedet(andet_moede)).status_code == 404
    assert mette.get(koeen(v)).status_code == 403, "the backlog is not hers either"


def test_case_11_a_moved_item_is_left_behind_and_a_deleted_one_gone(v, rc, m):
    naeste = moede(rc, af=v.skoleleder, dage=30, tilstand="indkaldt")
    p, andet = punkt(m, "Flyttes"), punkt(m, "Lukkes")
    inviter(m, v.medarbejder, v.kkfo, [p, andet])
    mette = logget_ind(v.medarbejder)
    nyt = actions.udsaet_punkt(punkt=p, til_moede=naeste, af=v.skoleleder)
    assert mette.get(paa_moedet(nyt)).status_code == 200
    actions.luk_punkt(punkt=andet, af=v.skoleleder, grund="Løst")
    assert mette.get(paa_moedet(andet)).status_code == 404


def test_the_minutes_of_the_item_are_seen_when_they_are_sent(v, rc):
    for tilstand, ses in (("referat_udkast", False), ("referat_i_hoering", True)):
        m = moede(rc, af=v.skoleleder, dage=-2, tilstand=tilstand)
        p = punkt(m, tilstand="behandlet", referat_html="<p>Vi aftalte en plan</p>")
        inviter(m, v.medarbejder, v.kkfo, [p])
        assert (b"Vi aftalte en plan" in logget_ind(v.medarbejder).get(paa_moedet(p)).content) == ses
        assert b"Vi aftalte en plan" in logget_ind(v.skoleleder).get(paa_moedet(p)).content


def test_who_only_proposed_it_follows_it_without_what_others_wrote(v, rc, m):
    p = actions.foreslaa_punkt(forum=rc, af=v.medarbejder, niveau="tema", titel="Mit forslag")
    mette = logget_ind(v.medarbejder)
    assert "foreslået" in mette.get(i_koeen(p)).content.decode()
    p = actions.tag_paa(punkt=p, moede=m, af=v.skoleleder)
    p.bidrag.create(tekst="Fra Pia", tekst_html="<p>Fra Pia</p>", af=v.paedagogiskleder)
    side = mette.get(i_koeen(p), follow=True)
    assert side.redirect_chain == [(paa_moedet(p), 302)]
    tekst = side.content.decode()
    assert "på dagsordenen" in tekst
    assert "Fra Pia" not in tekst
    assert m.get_absolute_url() + '"' not in tekst, "no link to a meeting she is not invited to"
    assert "Fra Pia" in logget_ind(v.paedagogiskleder).get(paa_moedet(p)).content.decode()


def test_a_delmaal_is_shown_only_to_who_may_read_its_agreement(v, m):
    with aftalebyg.i_aaret(2023):
        delmaal = aftalebyg.indgaaet(v).maal.get().delmaal.get()
    p = punkt(m, delmaal=delmaal)
    inviter(m, v.sundhedsplejerske, v.omraade, [p])
    rolle(v.sundhedsplejerske, Rolle.MEDARBEJDER, v.omraade)
    assert delmaal.titel in logget_ind(v.koordinator).get(paa_moedet(p)).content.decode()
    assert delmaal.titel not in logget_ind(v.sundhedsplejerske).get(paa_moedet(p)).content.decode()


# --- forms -------------------------------------------------------------------------------------------------------
def nyt(m, **felter):
    faste = {"niveau": "tema", "titel": "Overgange", "art": "droeftelse", "minutter": "15", "noegle": str(uuid4())}
    return {**faste, **felter}


def test_an_item_is_added_in_one_form_and_an_error_keeps_what_was_typed(v, m):
    kirsten, sted = logget_ind(v.koordinator), reverse("tilfoej_punkt", args=[m.kode])
    side = kirsten.post(sted, nyt(m, titel="Om 010115-1234", beskrivelse="En lang tekst")).content.decode()
    assert "personnumre" in side
    assert "En lang tekst" in side
    svar = kirsten.post(sted, nyt(m, spoergsmaal="Hvordan?"))
    assert (svar.status_code, svar.url) == (302, f"{m.get_absolute_url()}#dagsorden")
    assert Punkt.objects.get(moede=m).spoergsmaal == "Hvordan?"


def test_s3_the_form_about_a_child_has_no_text_field_and_the_others_warn(v, m):
    kirsten, sted = logget_ind(v.koordinator), reverse("tilfoej_punkt", args=[m.kode])
    almindelig = kirsten.get(sted).content.decode()
    assert "Skriv ikke om enkelte børn" in almindelig
    assert "?niveau=enkeltbarn" in almindelig
    barn = kirsten.get(f"{sted}?niveau=enkeltbarn").content.decode()
    assert "Her skrives ingenting om barnet" in barn
    assert not any(f'name="{felt}"' in barn for felt in ("titel", "spoergsmaal", "beskrivelse", "tema"))
    assert 'value="60"' in barn
    kirsten.post(f"{sted}?niveau=enkeltbarn", nyt(m, titel="Karl", beskrivelse="Om Karl", minutter="45"))
    p = Punkt.objects.get(moede=m)
    assert (p.niveau, p.titel, p.beskrivelse, p.minutter) == ("enkeltbarn", "", "", 45), "words are not even read"
    ret = kirsten.get(i_koeen(p, "ret/")).content.decode()
    assert 'name="titel"' not in ret
    assert kirsten.post(i_koeen(p, "ret/"), {"version": "1", "art": "droeftelse", "minutter": "50"}).status_code == 302


def test_case_19_the_form_of_a_plc_meeting_offers_no_child_and_puts_its_topics_first(v):
    m = moede(forum(v.skole, Art.PLC), af=v.skoleleder)
    side = logget_ind(v.skoleleder).get(f"{reverse('tilfoej_punkt', args=[m.kode])}?niveau=enkeltbarn").content.decode()
    assert "Drøftelse om et barn" not in side
    assert 'name="titel"' in side
    assert side.index("Åben Skole") < side.index("Overgange")


def test_two_edit_the_same_item_and_the_second_sees_both(v, m):
    p = punkt(m, "Overgange")
    sanne, kirsten = logget_ind(v.skoleleder), logget_ind(v.koordinator)
    felter = {"version": "1", "niveau": "tema", "art": "droeftelse", "minutter": "15"}
    assert sanne.post(i_koeen(p, "ret/"), {**felter, "titel": "Gode overgange"}).status_code == 302
    svar = kirsten.post(i_koeen(p, "ret/"), {**felter, "titel": "Bløde overgange"})
    side = svar.content.decode()
    assert svar.status_code == 409
    assert "Gode overgange" in side
    assert "Bløde overgange" in side
    assert "Minutter</h2>" not in side, "only what differs"
    assert kirsten.post(i_koeen(p, "ret/"), {**felter, "version": "2", "titel": "Bløde overgange"}).status_code == 302
    p.refresh_from_db()
    assert (p.titel, p.version) == ("Bløde overgange", 3)


def test_correcting_leaves_a_delmaal_that_one_may_not_read_as_it_was(v, rc, m):
    with aftalebyg.i_aaret(2023):
        delmaal = aftalebyg.indgaaet(v).maal.get().delmaal.get()
    naboens = moede(forum(v.naboskole), af=v.naboskoleleder)
    p = punkt(naboens, delmaal=delmaal)
    felter = {"version": "1", "niveau": "tema", "art": "droeftelse", "minutter": "15", "titel": "Nyt navn"}
    assert logget_ind(v.naboskoleleder).post(i_koeen(p, "ret/"), felter).status_code == 302
    p.refresh_from_db()
    assert (p.titel, p.delmaal) == ("Nyt navn", delmaal)


def test_a_proposal_is_sent_and_followed_on_the_same_page(v, rc):
    mette = logget_ind(v.medarbejder)
    sted = koeen(v, "foreslaa/")
    felter = {"niveau": "boernegruppe", "titel": "Uro i 5. klasse", "noegle": str(uuid4())}
    for _ in range(2):
        assert mette.post(sted, felter).status_code == 302
    assert Punkt.objects.count() == 1
    assert "Uro i 5. klasse" in mette.get(sted).content.decode()
    tom = logget_ind(v.vejleder).get(sted).content.decode()
    assert "Uro i 5. klasse" not in tom
    assert "Du har ikke foreslået noget endnu" in tom
    assert "Udfyld «Punktet i én linje»" in mette.post(sted, {**felter, "titel": ""}).content.decode()


def test_s54_words_are_given_back_when_the_right_ended_while_the_form_was_open(v, m):
    svar = logget_ind(v.paedagogiskleder).post(reverse("tilfoej_punkt", args=[m.kode]), nyt(m, titel="Mine ord"))
    assert svar.status_code == 403
    assert "Mine ord" in svar.content.decode()


def test_the_way_of_an_item_through_the_backlog(v, rc, m):
    p = actions.foreslaa_punkt(forum=rc, af=v.medarbejder, niveau="tema", titel="Fælles sprog")
    kirsten = logget_ind(v.koordinator)
    side = kirsten.get(koeen(v)).content.decode()
    assert "Fælles sprog" in side
    assert "Mette Bak, KKFO Lindely" in side
    assert kirsten.post(i_koeen(p, "gem/")).url == koeen(v)
    assert kirsten.post(i_koeen(p, "tag-paa/"), {"moede": "findesikke"}).status_code == 200
    assert kirsten.post(i_koeen(p, "tag-paa/"), {"moede": m.kode}).url == f"{m.get_absolute_url()}#dagsorden"
    p.refresh_from_db()
    assert kirsten.post(paa_moedet(p, "udsaet/"), {"moede": "koe"}).status_code == 302
    nyt_ = Punkt.objects.get(udsat_fra=p)
    assert "Udsat 1 gang" in kirsten.get(koeen(v)).content.decode()
    assert kirsten.post(i_koeen(nyt_, "luk/"), {"grund": ""}).status_code == 200
    assert kirsten.post(i_koeen(nyt_, "luk/"), {"grund": "Drøftet"}).status_code == 302
    assert "Køen er tom" in kirsten.get(koeen(v)).content.decode()


def test_passing_on_lists_only_forums_where_it_belongs(v, rc, m):
    barn = punkt(m, niveau="enkeltbarn")
    kirsten = logget_ind(v.koordinator)
    assert "intet andet forum" in kirsten.get(i_koeen(barn, "giv-videre/")).content.decode()
    tema = punkt(m, "Skolehave")
    assert "Læringscenter" in kirsten.get(i_koeen(tema, "giv-videre/")).content.decode()
    plc = forum(v.skole, Art.PLC)
    svar = kirsten.post(i_koeen(tema, "giv-videre/"), {"forum": str(plc.pk), "grund": "Jeres"})
    assert svar.status_code == 302
    assert Punkt.objects.get(forum=plc).titel == "Skolehave"


def test_d21_three_times_put_off_asks_the_question(v, rc):
    punkt(rc, "Gammelt punkt", af=v.skoleleder, udsat_antal=3)
    saetning = "Udsat 3 gange: luk, beslut eller giv videre?"
    assert saetning in logget_ind(v.koordinator).get(koeen(v)).content.decode()


def test_the_wanted_fagligheder_stand_on_the_page(v, m):
    p = punkt(m)
    p.fagligheder.set(Faglighed.objects.order_by("pk")[:2])
    side = logget_ind(v.koordinator).get(paa_moedet(p)).content.decode()
    assert all(str(faglighed) in side for faglighed in p.fagligheder.all())


def test_moving_is_a_button_and_nonsense_is_no_error(v, m):
    et, to = punkt(m, "Et"), punkt(m, "To")
    kirsten = logget_ind(v.koordinator)
    assert kirsten.get(paa_moedet(to, "flyt/")).status_code == 405
    for til in ("1", "op", "", "99999"):
        assert kirsten.post(paa_moedet(to, "flyt/"), {"til": til}).url == f"{m.get_absolute_url()}#dagsorden"
    assert list(m.punkter.order_by("plads")) == [to, et]


def test_an_address_of_another_meeting_leads_nowhere(v, rc, m):
    p = punkt(moede(rc, af=v.skoleleder, dage=40))
    assert logget_ind(v.skoleleder).get(f"/moeder/{m.kode}/punkter/{p.noegle}/").status_code == 404


# --- what it costs -----------------------------------------------------------------------------------------------
def antal(klient, sted):
    with CaptureQueriesContext(connection) as kald:
        assert klient.get(sted).status_code == 200, sted
    return len(kald)


STEDER = {"koe": 8, "foreslaa": 6, "punkt": 12, "nyt": 7, "ret": 9, "tag_paa": 5, "udsaet": 5}


def test_the_queries_are_the_same_with_one_row_and_with_forty(v, rc, m):
    p = punkt(m, "Første", beskrivelse="x")
    inviter(m, v.paedagogiskleder, v.kkfo)
    vent = punkt(rc, "Vent", af=v.koordinator, foreslaaet_for=v.skole)
    kirsten = logget_ind(v.koordinator)
    steder = {
        "koe": koeen(v),
        "foreslaa": koeen(v, "foreslaa/"),
        "punkt": paa_moedet(p),
        "nyt": f"/moeder/{m.kode}/punkter/nyt/",
        "ret": i_koeen(p, "ret/"),
        "tag_paa": i_koeen(vent, "tag-paa/"),
        "udsaet": paa_moedet(p, "udsaet/"),
    }
    foer = {navn: antal(kirsten, sted) for navn, sted in steder.items()}
    _fyld(v, rc, m, p)
    assert {navn: antal(kirsten, sted) for navn, sted in steder.items()} == foer == STEDER


def _fyld(v, rc, m, p):
    for nummer in range(20):
        punkt(m, f"Punkt {nummer}", ansvarlig=v.paedagogiskleder)
        punkt(rc, f"Kø {nummer}", af=v.koordinator, foreslaaet_for=v.skole)
        moede(rc, af=v.skoleleder, dage=20 + nummer)
        inviter(m, person(f"Deltager {nummer}"), v.kkfo)
        anmod(rc, v.medarbejder, v.kkfo, tilstand="paa_dagsorden", moede=m, punkt=p)
        p.bidrag.create(tekst="x", tekst_html="x", af=person(f"Skriver {nummer}"), enhed=v.kkfo)


def test_the_agenda_is_one_query_and_its_template_asks_for_nothing(v, m):
    for nummer in range(20):
        punkt(m, f"Punkt {nummer}", ansvarlig=v.paedagogiskleder, udsat_antal=nummer % 5)
    request = RequestFactory().get("/")
    request.user = v.skoleleder
    with CaptureQueriesContext(connection) as kald:
        plan = queries.dagsorden(m, v.skoleleder)
    items = [k for k in kald if "rolletildeling tildeling" not in k["sql"]]
    assert len(items) == 1, "besides the look-up of one's roles, which a page makes once"
    with CaptureQueriesContext(connection) as kald:
        indhold = {"dagsorden": plan, "kan_rettes": True, "moede": m, "request": request, "csrf_token": "x"}
        side = render_to_string("moeder/_dagsorden.html", indhold)
    assert len(kald) == 0
    assert "Udsat 4 gange: luk, beslut eller giv videre?" in side
    assert "8.30–8.45" in side
