"""What the model says of the forums as such (S3–S6, S20–S23, S26, S43–S50, S57, S60, D29), as far as built."""

from html import unescape

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from ressourcecenter.models import Forum
from samarbejde.figur import FORA, KAN, KANTER, SKAL
from samarbejde.models import Enhed, Haendelse, Person
from samarbejde.organisation import tilknyt
from samarbejde.permissions import TILLADT, Handling, Relation, Rolle, maa
from tests.fabrik import FRA, enhed, verden
from tests.ressourcecenter.byg import Art, forum, ressourceperson

pytestmark = pytest.mark.django_db
EGNE = ("samarbejde", "ressourcecenter", "aftaler")


@pytest.fixture
def v():
    return verden()


def side(client, hvem, sted):
    client.force_login(hvem)
    svar = client.get(sted)
    assert svar.status_code == 200
    return unescape(svar.content.decode())


# --- never about a child -----------------------------------------------------------------------------------------
def test_s3_s6_no_field_holds_a_child_and_none_holds_a_file(v):
    """S3: no child field outside a matter; S6: no hand-over file about a child; S61: no register of the vulnerable."""
    felter = [felt for app in EGNE for model in apps.get_app_config(app).get_models() for felt in model._meta.fields]
    assert len(felter) > 100
    assert not [felt for felt in felter if isinstance(felt, models.FileField)]
    ord_ = ("barn", "boern", "elev", "cpr", "personnummer", "foraelder")
    assert not [felt.name for felt in felter if any(et in felt.name.split("_") for et in ord_)]


@pytest.mark.parametrize("felt", ["dagsordensskabelon", "aflysningsregel"])
def test_s3_what_looks_like_a_childs_number_is_refused_in_the_rules(v, client, felt):
    sted = reverse("ret_lokale_regler", args=[v.skole.slug, Art.RC])
    client.force_login(v.skoleleder)
    svar = client.post(sted, {felt: "Vi taler om 010112-1234"})
    assert "personnumre" in unescape(svar.content.decode())
    assert not Haendelse.objects.filter(navn="ret_lokale_regler").exists()


# --- the forums --------------------------------------------------------------------------------------------------
def test_s5_the_kinds_of_units_are_distinct(v):
    """A fritidsinstitution has one school, a fritidscenter several; neither is the other."""
    arter = {v.skole.art, v.kkfo.art, v.center.art, v.boernehus.art}
    assert len(arter) == 4
    assert arter <= set(Enhed.Art.values)


def test_s20_the_ressourcecenter_comes_first(v):
    """The primary forum for support: it is the one an address without more leads to."""
    assert Forum.objects.all().paa_adressen(enhed=v.skole.slug).first().art == Art.RC


def test_s20_decision_5_a_centre_with_a_private_school_is_told_where_to_turn(v, client):
    privat = enhed("Den Private Skole", ejerform=Enhed.Ejerform.PRIVAT)
    tilknyt(enhed=v.center, til=privat, gyldig_fra=FRA, af=None)
    tekst = side(client, v.centerleder, reverse("repraesentation", args=[v.center.slug]))
    assert "Skolen har intet Ressourcecenter. Kontakt områdets tværfaglige support." in tekst


def test_s21_s60_the_laeringscenter_is_a_forum_of_its_own_also_when_held_jointly(v):
    rc, plc = forum(v.skole), forum(v.skole, Art.PLC)
    assert rc != plc
    ressourceperson(plc, v.sundhedsplejerske, v.omraade)
    assert not rc.ressourcepersoner.exists()


def test_s22_s23_s26_what_the_forums_are_for_stands_with_its_source(v, client):
    """S22 is a kan, S23 a skal, S26 names the shared plans; each in the words of the model."""
    tekst = side(client, v.skoleleder, reverse("samarbejdsmodellen"))
    afsnit = tekst.split("Hvad bruges de to fora til?")[1].split("Hvem gør hvad?")[0]
    for ord_ in ("kan også fungere som forum for samskabelse", "flerfaglig og professionel dialog"):
        assert ord_ in afsnit
    assert "udarbejde fælles handleplaner" in afsnit


def test_s23_professions_from_school_leisure_and_outside_stand_side_by_side(v, client):
    for hvem, sted in ((v.vejleder, v.skole), (v.sundhedsplejerske, v.omraade), (v.medarbejder, v.kkfo)):
        ressourceperson(forum(v.skole), hvem, sted)
    tekst = side(client, v.skoleleder, reverse("forum", args=[v.skole.slug]))
    assert all(str(hvem) in tekst for hvem in (v.vejleder, v.sundhedsplejerske, v.medarbejder))


def test_s45_s46_the_team_is_invited_to_by_its_leader_alone(v):
    """Klyngeleder or netværkskoordinator, each of their own; never school, fritid or forvaltning."""
    teams = {v.klynge: v.klyngeleder, v.netvaerk: v.netvaerkskoordinator}
    for sted, leder in teams.items():
        kan = {hvem for hvem in Person.objects.all() if maa(hvem, Handling.INDKALD, forum(sted))}
        assert kan == {leder}


def test_s47_s48_s49_meeting_across_is_a_kan_for_all_three(v):
    """Agreed locally: a node and three edges of the figure, none of them a duty."""
    assert FORA["tematisk"].opgave == KAN
    assert {KANTER[f"{aktoer}-tematisk"][2] for aktoer in ("skole", "fritid", "dagtilbud")} == {KAN}
    assert KANTER["fritid-ressourceteam"][2] == KAN  # S45
    assert KANTER["dagtilbud-ressourceteam"][2] == SKAL


def test_s50_the_district_shows_agreement_forums_and_team_side_by_side(v, client):
    tekst = side(client, v.skoleleder, v.distrikt.get_absolute_url())
    for navn in ("Stærkt samarbejde", "Ressourcecenter", "Pædagogisk Læringscenter", "Ressourceteam", "Klynge Nord"):
        assert navn in tekst


def test_s57_only_professionals_and_no_self_registration(v, client):
    """Everybody in a forum stands with a profession or a title; there is no role for a parent or a child."""
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    tekst = side(client, v.skoleleder, reverse("forum", args=[v.skole.slug])).casefold()
    assert forum(v.skole).ressourcepersoner.get().faglighed.navn.casefold() in tekst
    assert not [rolle for rolle in (*Rolle, *Relation) if "foraeld" in rolle.value or "barn" in rolle.value]


def test_d29_forvaltning_sees_a_forum_and_changes_nothing_in_it(v):
    aendrer = {
        *(Handling.UDPEG_KOORDINATOR, Handling.TILKNYT_RESSOURCEPERSON, Handling.RET_LOKALE_REGLER),
        *(Handling.INDKALD, Handling.DELEGER_DELTAGELSE, Handling.REGISTRER_MEDARBEJDER),
    }
    assert maa(v.forvaltning, Handling.SE_FORUM, forum(v.skole))
    assert not [h for h in aendrer if Rolle.FORVALTNING in TILLADT[h] or Rolle.ADMINISTRATOR in TILLADT[h]]
