"""Bulk meetings: of the size that speed is judged on, in states that a page cannot tell from real ones."""

from io import StringIO

import pytest
from django.core.management import call_command

from moeder.demo.bulk import lav_mange
from moeder.models import Anmodning, Deltager, Moede, Punkt
from moeder.states import HOLDT, Tilstand
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.demo.maengde import PRAEFIKS
from samarbejde.models import Haendelse, Person
from samarbejde.permissions import Handling

pytestmark = pytest.mark.django_db


def test_bulk_meetings_have_one_of_twenty_items_and_twenty_five_people(settings):
    settings.DEMO = True
    call_command("demodata", distrikter=2, aar=2, stdout=StringIO())
    fra_maengden = Moede.objects.filter(forum__enhed__kode__startswith=PRAEFIKS)
    bulk = list(fra_maengden.select_related("forum__enhed"))
    assert len(bulk) == 2 * 2 * 20
    stort = next(m for m in bulk if m.punkter.count() == 20)
    assert stort.deltagere.count() == 25
    assert stort.tilstand == Tilstand.INDKALDT
    assert {m.tilstand for m in bulk if m.begynder < tid.nu()} <= HOLDT
    leder = Person.objects.get(pk=stort.deltagere.filter(art=Deltager.Art.FAST, person__isnull=False)[0].person_id)
    assert stort in Moede.objects.synlige_for(leder, Handling.SE_MOEDE)
    antal = (Moede.objects.count(), Punkt.objects.count())
    lav_mange(2)
    assert (Moede.objects.count(), Punkt.objects.count()) == antal


def test_the_demo_has_meetings_of_every_kind_and_a_second_run_changes_nothing(settings):
    settings.DEMO = True
    call_command("demodata", stdout=StringIO())
    tilstande = set(Moede.objects.values_list("tilstand", flat=True))
    assert tilstande == {"reserveret", "indkaldt", "referat_i_hoering", "referat_lukket", "aflyst"}
    assert set(Moede.objects.values_list("forum__art", flat=True)) == set(Forum.Art.values)
    assert Moede.objects.filter(medforum__isnull=False).exists()
    assert set(Anmodning.objects.values_list("tilstand", flat=True)) == {"modtaget", "afvist"}
    assert Deltager.objects.filter(tilstand="foreslaaet").exists()
    antal = (Moede.objects.count(), Anmodning.objects.count(), Haendelse.objects.count())
    call_command("demodata", stdout=StringIO())
    assert (Moede.objects.count(), Anmodning.objects.count(), Haendelse.objects.count()) == antal
