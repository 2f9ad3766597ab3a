"""S38: attached fritid units that were not called to M meetings in a row, M agreed locally; support, not control."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder.models import Deltager, Moede
from moeder.queries.ikke_indkaldte import ikke_indkaldte
from moeder.queries.overblik import mangler
from moeder.states import Tilstand
from ressourcecenter.models import LokaleRegler
from samarbejde import tid
from samarbejde.models import Enhed
from samarbejde.permissions import Rolle
from samarbejde.roller import husk_roller, slut_med_roller
from tests.fabrik import enhed, person, rolle, verden
from tests.moeder.byg import inviter, moede, opgave, punkt
from tests.moeder.forberedelse import logget_ind
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db
HOLDT = {"tilstand": Tilstand.REFERAT_LUKKET}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    """The KKFO and the centre of Linde; both forums have a meeting to come, so that nothing else is missing."""
    for et in (forum(v.skole), forum(v.skole, Art.PLC)):
        moede(et, af=v.skoleleder)
    return forum(v.skole)


def holdt(v, hvor, antal=3, kaldt=(), **felter):
    """So many meetings held, the newest last, each with those of `kaldt` (KKFO, centre) called."""
    folk = {"kkfo": (v.paedagogiskleder, v.kkfo), "center": (v.centerleder, v.center)}
    moeder = [moede(hvor, af=v.skoleleder, dage=-10 * nr, **{**HOLDT, **felter}) for nr in range(antal, 0, -1)]
    for m in moeder:
        for hvem in kaldt:
            inviter(m, *folk[hvem])
    return moeder


def fritid(v, hvem=None):
    return [en for en in mangler(v.distrikt, hvem or v.skoleleder, {}) if "er ikke indkaldt til" in en.tekst]


def tekster(v, hvem=None):
    return [en.tekst for en in fritid(v, hvem)]


def test_s38_a_unit_that_was_not_called_to_three_meetings_is_named_with_the_way_to_the_next_list(v, rc):
    holdt(v, rc, kaldt=["kkfo"])
    (en,) = fritid(v)
    assert en.tekst == f"Ressourcecenter, Lindeskolen: {v.center} er ikke indkaldt til de seneste 3 møder."
    naeste = Moede.objects.kommende_i(rc.pk).get()
    assert (en.adresse, en.knap) == (reverse("deltagere", args=[naeste.kode]), "Se, hvem der er på det næste møde")
    assert logget_ind(v.skoleleder).get(en.adresse).status_code == 200
    assert [en.adresse for en in fritid(v, v.koordinator)] == [en.adresse]


def test_s38_without_a_next_meeting_the_way_is_to_plan_one(v):
    holdt(v, forum(v.skole), kaldt=["kkfo"])
    (en,) = fritid(v)
    assert (en.adresse, en.knap) == (f"/moeder/planlaeg/{v.skole.slug}/ressourcecenter/", "Planlæg et møde")


def test_s38_those_above_read_it_and_get_no_button(v, rc):
    holdt(v, rc, kaldt=["kkfo"])
    assert [en.adresse for en in fritid(v, v.omraadechef)] == [""]


def test_s38_two_units_stand_in_one_line(v, rc):
    holdt(v, rc)
    assert tekster(v) == [
        f"Ressourcecenter, Lindeskolen: {v.center} og {v.kkfo} er ikke indkaldt til de seneste 3 møder."
    ]


def test_s38_the_number_is_the_forums_own(v, rc):
    holdt(v, rc, 2, kaldt=["kkfo"])
    assert tekster(v) == []
    regler = LokaleRegler.objects.create(forum=rc, moeder_uden_invitation=2)
    assert "de seneste 2 møder" in tekster(v)[0]
    regler.moeder_uden_invitation = 1
    regler.save()
    assert "det seneste møde." in tekster(v)[0]


@pytest.mark.parametrize(
    ("felter", "er_kaldt"),
    [
        ({"tilstand": "afbud"}, True),
        ({"tilstand": "deltog_ikke"}, True),
        ({"art": "medarbejder", "kun_punkter": True}, True),
        ({"tilstand": "udeladt", "udeladt_grund": "Ikke relevant"}, False),
        ({"tilstand": "bortfaldet"}, False),
        ({"indkaldt_den": None}, False),
        ({"person": None, "indkaldt_den": None}, False),
    ],
)
def test_s38_called_is_called_whatever_they_answered_and_left_out_is_not(v, rc, felter, er_kaldt):
    foerste = holdt(v, rc, kaldt=["kkfo"])[0]
    inviter(foerste, v.centerleder, v.center)
    sidste = holdt(v, rc, 1, kaldt=["kkfo"])[0]
    Deltager.objects.filter(pk=inviter(sidste, v.centerleder, v.center).pk).update(**felter)
    assert (tekster(v) == []) is er_kaldt


@pytest.mark.parametrize("tilstand", ["reserveret", "aflyst"])
def test_s38_meetings_that_nobody_was_called_to_do_not_count(v, rc, tilstand):
    felter = {"tilstand": tilstand, "aflyst_grund": "Syg" if tilstand == "aflyst" else ""}
    holdt(v, rc, **felter)
    assert tekster(v) == []


def test_s38_one_meeting_where_they_were_called_begins_the_count_anew(v, rc):
    moeder = holdt(v, rc, 5, kaldt=["kkfo"])
    inviter(moeder[2], v.centerleder, v.center)
    assert tekster(v) == []
    holdt(v, rc, 1, kaldt=["kkfo"])
    assert len(tekster(v)) == 1


def test_s60_a_joint_meeting_counts_in_both_forums(v, rc):
    plc = forum(v.skole, Art.PLC)
    holdt(v, rc, med=plc, kaldt=["kkfo"])
    assert [tekst.split(":")[0] for tekst in tekster(v)] == [
        "Ressourcecenter, Lindeskolen",
        "Pædagogisk Læringscenter, Lindeskolen",
    ]
    inviter(moede(rc, med=plc, af=v.skoleleder, dage=-1, **HOLDT), v.centerleder, v.center)
    assert tekster(v) == []


def test_s38_a_unit_is_counted_from_the_day_it_was_attached_and_not_after_it_has_left(v, rc):
    holdt(v, rc, kaldt=["kkfo"])
    link = v.center.tilknytninger.get(til=v.skole)
    type(link).objects.filter(pk=link.pk).update(gyldig_fra=tid.i_dag() - timedelta(days=15))
    assert tekster(v) == []
    type(link).objects.filter(pk=link.pk).update(gyldig_fra="2024-01-01", gyldig_til=tid.i_dag())
    assert tekster(v) == []


def test_s38_a_leader_who_has_a_seat_already_has_been_called(v, rc):
    """The leader of the centre coordinates the forum, and is called as coordinator."""
    rolle(v.centerleder, Rolle.KOORDINATOR, v.skole)
    for m in holdt(v, rc, kaldt=["kkfo"]):
        inviter(m, v.centerleder, v.skole, art=Deltager.Art.LEDELSE)
    assert tekster(v) == []


def test_s38_what_happened_two_school_years_ago_is_forgotten(v, rc):
    """A unit that was attached all along: three old meetings and two of this year are two."""
    for dage in (-800, -790, -780, -20, -10):
        moede(rc, af=v.skoleleder, dage=dage, **HOLDT)
    assert tekster(v) == []


def test_s38_only_fritid_and_only_ones_own_school(v, rc):
    enhed("Børnehuset Ved Siden Af", Enhed.Art.DAGINSTITUTION, i=v.distrikt)
    holdt(v, forum(v.naboskole))
    assert tekster(v) == []
    holdt(v, rc, kaldt=["kkfo", "center"])
    assert tekster(v) == []


def test_the_overview_costs_the_same_with_one_unit_and_with_thirty(v, rc):
    holdt(v, rc)
    husk_roller()
    assert antal(v) == 2
    for nummer in range(30):
        en = enhed(f"Center {nummer}", Enhed.Art.FRITIDSCENTER, i=v.distrikt, til=v.skole)
        rolle(person(f"Leder {nummer}"), Rolle.FRITIDSLEDER, en)
    for m in holdt(v, rc, 20, kaldt=["kkfo"]):
        opgave(punkt(m), v.vejleder, v.skole)
    distrikt = type(v.distrikt).objects.get(pk=v.distrikt.pk)
    distrikt.enheder_nu = list(Enhed.objects.filter(distriktstilknytninger__distrikt=distrikt))
    v.distrikt = distrikt
    assert antal(v) == 2
    slut_med_roller()
    assert len(ikke_indkaldte([v.skole.pk])[v.skole.pk, "ressourcecenter"]) == 32


def antal(v):
    list(v.distrikt.enheder_nu)
    mangler(v.distrikt, v.skoleleder, {})
    with CaptureQueriesContext(connection) as kald:
        mangler(v.distrikt, v.skoleleder, {})
    return len(kald)


# --- the number ----------------------------------------------------------------------------------------------------
def test_s43_the_number_is_agreed_in_the_local_rules_and_not_in_a_team(v):
    sanne = logget_ind(v.skoleleder)
    adresse = reverse("ret_lokale_regler", args=[v.skole.slug, "ressourcecenter"])
    form = sanne.get(adresse).context["form"]
    data = {navn: form[navn].value() for navn in form.fields if navn != "holdes_samlet"}
    assert data["moeder_uden_invitation"] == 3
    for forkert in ("0", "21", "", "x"):
        assert sanne.post(adresse, {**data, "moeder_uden_invitation": forkert}).status_code == 200
    assert not LokaleRegler.objects.exists()
    assert sanne.post(adresse, {**data, "moeder_uden_invitation": "5"}).status_code == 302
    assert LokaleRegler.objects.get().moeder_uden_invitation == 5
    team = reverse("ret_lokale_regler", args=[v.klynge.slug, "ressourceteam"])
    assert "moeder_uden_invitation" not in logget_ind(v.klyngeleder).get(team).context["form"].fields


def test_s38_it_stands_on_the_districts_page(v, rc):
    holdt(v, rc, kaldt=["kkfo"])
    side = " ".join(logget_ind(v.skoleleder).get(v.distrikt.get_absolute_url()).content.decode().split())
    assert f"{v.center} er ikke indkaldt til de seneste 3 møder." in side
    assert "Se, hvem der er på det næste møde" in side
    assert "er ikke indkaldt" not in logget_ind(v.medarbejder).get(v.distrikt.get_absolute_url()).content.decode()
