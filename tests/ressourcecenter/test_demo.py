"""The demo's forums: what people look at, made through the actions, and bulk rows of the size speed is stated on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ressourcecenter.demo import lav_demo
from ressourcecenter.demo.bulk import lav_mange
from ressourcecenter.models import Delegation, Forum, LokaleRegler, Ressourceperson
from samarbejde.demo import EKSEMPEL, maengde
from samarbejde.importer import indlaes
from samarbejde.models import Besked, Enhed, Haendelse, Person, Rolletildeling
from samarbejde.permissions import Handling, Relation, Rolle, maa
from samarbejde.roller import mine_roller
from samarbejde.soegning import soeg

pytestmark = pytest.mark.django_db
Art = Forum.Art


def login(navn):
    return Person.objects.get(email=f"{navn}@demo.example")


def forum(kode, art=Art.RC):
    return Forum.objects.select_related("enhed").get(enhed__kode=kode, art=art)


@pytest.fixture
def demo():
    indlaes(EKSEMPEL)
    lav_demo()


def test_s31_the_demo_has_resource_persons_from_school_fritid_and_the_support_of_the_omraade(demo):
    hos = Ressourceperson.objects.gaeldende().filter(forum__enhed__kode="hejrebakken")
    assert set(hos.values_list("tilhoersforhold", flat=True)) == {"skole", "fritid", "ekstern"}
    assert {en.forum.art for en in hos.filter(person=login("vejleder"))} == {Art.RC, Art.PLC}
    (en,) = Ressourceperson.objects.filter(person=login("sundhedsplejerske"))
    assert (en.tilhoersforhold, en.forum, str(en.faglighed)) == ("ekstern", forum("hejrebakken"), "sundhedsplejerske")
    psykolog = Ressourceperson.objects.filter(person__kode="p-kaerulv").values("forum__enhed").distinct()
    assert psykolog.count() > 2


def test_the_demo_logins_see_the_forums_they_are_in(demo):
    assert maa(login("sundhedsplejerske"), Handling.SE_FORUM, forum("hejrebakken"))
    assert not maa(login("sundhedsplejerske"), Handling.SE_FORUM, forum("hejrebakken", Art.PLC))
    assert not maa(login("sundhedsplejerske"), Handling.SE_FORUM, forum("kloeverdam"))
    egne = mine_roller(login("vejleder")).fora
    assert {Relation.RESSOURCEPERSON} == set().union(*egne.values())


def test_s34_the_leader_of_the_centre_has_handed_over_the_participation_school_by_school(demo):
    delegeret = Delegation.objects.gaeldende().get(skole__kode="hejrebakken")
    assert (delegeret.person, delegeret.delegeret_af) == (login("teamkoordinator"), login("centerleder"))
    assert maa(login("teamkoordinator"), Handling.SE_FORUM, forum("hejrebakken"))
    assert Delegation.objects.gaeldende().exclude(skole__kode="hejrebakken").count() == 1


def test_s43_s36_decision_4_the_demo_has_local_rules_a_narrow_coordinator_and_a_deputy_to_come(demo):
    assert LokaleRegler.objects.count() >= 4
    assert LokaleRegler.objects.filter(holdes_samlet=True).count() == 1
    assert Rolletildeling.objects.gaeldende().med_rolle(Rolle.KOORDINATOR).filter(omfang="rc").count() == 1
    assert Rolletildeling.objects.filter(i_fravaer=True).count() == 1


def test_s55_the_leaders_themselves_did_it_and_no_mail_waits_for_today(demo):
    haendelser = Haendelse.objects.filter(navn="tilknyt_ressourceperson", rod_id=forum("hejrebakken").pk)
    assert {en.af for en in haendelser} == {login("skoleleder")}
    assert not Besked.objects.filter(tilstand=Besked.Tilstand.VENTER).exists()


def test_a_second_run_changes_nothing(demo):
    with CaptureQueriesContext(connection) as koert:
        lav_demo()
    assert [q["sql"] for q in koert if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


# --- in bulk -----------------------------------------------------------------------------------------------------
@pytest.fixture
def maengder():
    maengde.opret(distrikter=3, aar=2, meld=lambda tekst: None)
    lav_mange()


def test_a_bulk_ressourcecenter_has_forty_people_and_every_bulk_unit_its_forums(maengder):
    for skole in Enhed.objects.filter(art=Enhed.Art.SKOLE):
        assert [f.art for f in skole.fora.order_by("raekkefoelge")] == [Art.RC, Art.PLC]
        folk = Ressourceperson.objects.gaeldende().filter(forum__enhed=skole)
        assert folk.filter(forum__art=Art.RC).values("person").distinct().count() + 3 == 40
        assert folk.filter(forum__art=Art.PLC).count() == 8
        assert set(folk.values_list("tilhoersforhold", flat=True)) == {"skole", "fritid", "ekstern"}
        assert Delegation.objects.gaeldende().filter(skole=skole).count() == 1
    for delegation in Delegation.objects.all():
        assert maa(delegation.delegeret_af, Handling.DELEGER_DELTAGELSE, delegation.center)
    assert Forum.objects.filter(art=Art.TEAM).count() == Enhed.objects.filter(art=Enhed.Art.KLYNGE).count() == 3


def test_bulk_units_and_people_are_found_and_coordinate_what_they_should(maengder):
    assert not Enhed.objects.filter(soegetekst="").exists()
    assert not Person.objects.filter(soegetekst="").exists()
    koordinatorer = Rolletildeling.objects.med_rolle(Rolle.KOORDINATOR)
    assert sorted(koordinatorer.values_list("omfang", flat=True)) == ["rc"] * 3 + ["rc_plc"] * 3
    skole = Enhed.objects.filter(art=Enhed.Art.SKOLE).first()
    leder = skole.rolletildelinger.med_rolle(Rolle.SKOLELEDER).get().user
    assert skole in soeg(leder, skole.navn.upper()).enheder


def test_bulk_is_made_once(maengder):
    foer = [model.objects.count() for model in (Forum, Ressourceperson, Delegation, LokaleRegler)]
    lav_mange()
    assert [model.objects.count() for model in (Forum, Ressourceperson, Delegation, LokaleRegler)] == foer
