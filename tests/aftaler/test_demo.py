"""The demo's agreements: whole states for people to look at, and bulk rows that a reader cannot tell from real ones."""

import pytest

from aftaler.demo import er_hel, lav_demo
from aftaler.demo.bulk import lav_mange
from aftaler.indhold import pak, som_data
from aftaler.models import Aftale, Aktivitet, Godkendelse
from aftaler.states import Svar, Tilstand
from samarbejde import tid
from samarbejde.demo import EKSEMPEL, maengde
from samarbejde.importer import indlaes
from samarbejde.models import Rolletildeling, Skoledistrikt
from samarbejde.permissions import Rolle
from samarbejde.skolekalender import skoleaar_for
from tests.aftaler import byg

pytestmark = pytest.mark.django_db


def test_bulk_agreements_are_whole_and_approved_as_they_stand():
    maengde.opret(distrikter=2, aar=3, meld=lambda tekst: None)
    lav_mange(3)
    dette = skoleaar_for(tid.i_dag())
    assert Aftale.objects.count() == 2 * 3
    assert Aktivitet.objects.count() == 2 * 3 * 6 * 7 * 2
    for aftale in Aftale.objects.all():
        parter = list(aftale.parter.all())
        assert parter
        if aftale.skoleaar == dette:
            assert aftale.tilstand == Tilstand.KLADDE
            continue
        nu = pak(som_data(aftale))
        assert (aftale.tilstand, aftale.indhold_id, aftale.indhold.json) == (Tilstand.INDGAAET, nu.aftryk, nu.json)
        assert {part.tilstand for part in parter} == {Svar.GODKENDT}
        assert {part.godkendelse.part_id for part in parter} == {part.pk for part in parter}
        assert {part.godkendelse.indhold_id for part in parter} == {aftale.indhold_id}
        assert {part.svar_den for part in parter} == {aftale.indgaaet_den}
    assert byg.gamle_soegetekster() == []
    antal = Aftale.objects.count(), Godkendelse.objects.count()
    lav_mange(3)
    assert (Aftale.objects.count(), Godkendelse.objects.count()) == antal


def test_a_district_whose_school_has_no_leader_is_left_alone():
    indlaes(EKSEMPEL)
    uden = Skoledistrikt.objects.gaeldende().filter(er_uden_geografi=False).order_by("pk").first()
    skoler = uden.enheder.filter(art="skole")
    Rolletildeling.objects.med_rolle(Rolle.SKOLELEDER).filter(content_object__in=skoler).delete()
    lav_demo()
    assert not uden.aftaler.exists()
    assert Aftale.objects.exists()


def test_the_demo_shows_every_state():
    indlaes(EKSEMPEL)
    lav_demo()
    assert er_hel()
