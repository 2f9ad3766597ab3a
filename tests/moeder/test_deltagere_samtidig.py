"""Two at the same instant: a person is invited once, a seat is given once, and an answer is given once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from moeder import actions
from moeder.models import Deltager
from moeder.states import Deltagelse
from samarbejde.database import aabent_spor
from samarbejde.models import Haendelse, Segling
from samarbejde.permissions import Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import inviter, moede, punkt
from tests.moeder.deltagere import Art, med_faste, plads
from tests.ressourcecenter.byg import forum, ressourceperson
from tests.samtidigt import fordel, samtidig


@pytest.fixture
def v(transactional_db):
    yield verden()
    with transaction.atomic(), aabent_spor():
        Segling.objects.all().delete()
        Haendelse.objects.all().delete()


def test_the_same_person_invited_by_both_coordinators_at_once_stands_there_once(v):
    rc = forum(v.skole)
    ressourceperson(rc, v.sundhedsplejerske)
    m = moede(rc, af=v.skoleleder)

    def inviter_af(af):
        return actions.tilfoej_deltager(moede=m, art=Art.RESSOURCEPERSON, person=v.sundhedsplejerske, af=af)

    lykkedes, afvist = fordel(
        samtidig(lambda: inviter_af(v.koordinator), lambda: inviter_af(v.skoleleder)), ValidationError
    )
    assert (len(lykkedes), len(afvist), Deltager.objects.filter(moede=m).count()) == (1, 1, 1)


def test_case_44_yes_and_no_at_once_is_one_answer(v):
    m = moede(forum(v.skole), af=v.skoleleder)
    en = inviter(m, v.medarbejder, v.kkfo, [punkt(m)], tilstand=Deltagelse.FORESLAAET)
    svar = samtidig(
        lambda: actions.bekraeft_medarbejder(deltager=en, af=v.paedagogiskleder),
        lambda: actions.afvis_medarbejder(deltager=en, grund="Ferie", af=v.paedagogiskleder),
    )
    lykkedes, afvist = fordel(svar, IkkeMuligtError)
    assert (len(lykkedes), len(afvist)) == (1, 1)


def test_s35_the_same_choice_at_two_meetings_from_both_ends_never_deadlocks(v):
    moeder = [med_faste(forum(v.skole), v.skoleleder, dage=dage) for dage in (10, 20)]
    anden = person("Bo Friis")
    rolle(anden, Rolle.MEDARBEJDER, v.kkfo)
    pladser = [plads(m, v.kkfo) for m in moeder]

    def vaelg(hvem, egne):
        return actions.vaelg_repraesentant(deltagere=egne, person=hvem, af=v.paedagogiskleder)

    lykkedes, _ = fordel(samtidig(lambda: vaelg(v.medarbejder, pladser), lambda: vaelg(anden, pladser[::-1])))
    assert len(lykkedes) == 2
    assert len({plads(m, v.kkfo).person for m in moeder}) == 1
