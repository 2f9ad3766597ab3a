"""Talk about the draft by several people at the same instant: nothing counts twice. Threads, on both databases."""

from uuid import uuid4

import pytest
from django.db import transaction

from aftaler import actions
from aftaler.models import Aktivitet, Maalomraade
from aftaler.samskrivning import Forslag, Kommentar, Tilstedevaerelse, Tiltagsforslag
from samarbejde.database import aabent_spor
from samarbejde.models import Besked, Haendelse, Segling
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.fabrik import verden
from tests.samtidigt import fordel, samtidig


@pytest.fixture
def v(transactional_db):
    """The test flush forgets what migrations laid down, and meets the append-only triggers: both are helped."""
    for nummer in range(1, 7):
        Maalomraade.objects.get_or_create(nummer=nummer, defaults={"navn": f"Område {nummer}"})
    yield verden()
    with transaction.atomic(), aabent_spor():
        Segling.objects.all().delete()
        Haendelse.objects.all().delete()


def test_the_same_comment_eight_times_at_once_is_one_with_one_mail(v):
    aftale, noegle = byg.kladde(v), uuid4()
    hver = [lambda: byg.kommenter(aftale, v.medarbejder, noegle=noegle, naevnte=[v.skoleleder])] * 8
    lykkedes, afvist = fordel(samtidig(*hver), IkkeMuligtError)
    assert (len(lykkedes), afvist) == (8, [])
    assert Kommentar.objects.count() == Besked.objects.filter(noegle__startswith="kommenter:").count() == 1


def test_s14_taken_in_by_one_leader_and_declined_by_another_at_once_is_one_answer(v):
    aftale = byg.kladde(v)
    forslag = byg.foreslaa_tiltag(aftale, v.medarbejder)
    _, afvist = fordel(
        samtidig(
            lambda: actions.tag_tiltag_med(forslag=forslag, af=v.paedagogiskleder),
            lambda: actions.afvis_tiltag(forslag=forslag, af=v.skoleleder, grund="Ikke i år."),
        ),
        IkkeMuligtError,
    )
    assert [str(fejl) for fejl in afvist] == ["Forslaget er allerede besvaret."]
    er_med = Aktivitet.objects.filter(noegle=forslag.noegle).exists()
    assert Tiltagsforslag.objects.get().tilstand == (Forslag.TAGET_MED if er_med else Forslag.AFVIST)
    assert Besked.objects.filter(noegle__startswith="svar_paa_tiltag:").count() == 1


def test_s14_taken_in_while_the_draft_is_sent_is_in_the_text_that_is_approved_or_not_at_all(v):
    aftale = byg.kladde(v)
    forslag = byg.foreslaa_tiltag(aftale, v.medarbejder)
    samtidig(
        lambda: actions.tag_tiltag_med(forslag=forslag, af=v.paedagogiskleder),
        lambda: byg.send(aftale, v.skoleleder),
    )
    er_med = Aktivitet.objects.filter(noegle=forslag.noegle).exists()
    assert er_med == (forslag.titel in byg.frisk(aftale).indhold.json)


def test_four_writers_in_many_tabs_are_one_moment_each(v):
    aftale = byg.kladde(v)
    folk = [v.skoleleder, v.paedagogiskleder, v.centerleder, v.dagtilbudsleder]
    svar = samtidig(*[lambda af=af: actions.meld_tilstede(aftale=aftale, af=af, sted="behov") for af in folk * 2])
    assert svar == [None] * 8
    assert Tilstedevaerelse.objects.count() == 4
