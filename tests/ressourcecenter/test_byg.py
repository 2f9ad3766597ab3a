"""The factory of the forums makes what it says."""

import pytest

from samarbejde.permissions import Handling, Relation, maa
from samarbejde.roller import mine_roller
from tests.fabrik import verden
from tests.ressourcecenter import byg

pytestmark = pytest.mark.django_db


def test_byg_makes_a_forum_with_delegates_and_resource_persons():
    v = verden()
    rc, plc, team = byg.forum(v.skole), byg.forum(v.skole, byg.Art.PLC), byg.forum(v.klynge)
    assert [forum.art for forum in (rc, plc, team)] == ["ressourcecenter", "laeringscenter", "ressourceteam"]
    byg.delegation(v.center, v.skole, v.teamkoordinator)
    byg.ressourceperson(rc, v.vejleder, v.skole)
    byg.ressourceperson(rc, v.medarbejder, v.kkfo)
    byg.ressourceperson(rc, v.sundhedsplejerske)
    assert rc.roller_for(v.teamkoordinator) >= {Relation.DELEGERET}
    assert rc.roller_for(v.medarbejder) >= {Relation.RESSOURCEPERSON}
    assert mine_roller(v.sundhedsplejerske).fora[rc.pk] == {Relation.EKSTERN_RESSOURCEPERSON}
    assert not maa(v.sundhedsplejerske, Handling.SE_FORUM, plc)


def test_byg_makes_a_vacancy_a_deputy_and_one_more_school():
    v = verden()
    byg.uden_leder(v.kkfo)
    byg.stedfortraeder(v.teamkoordinator, v.center)
    skole = byg.ny_skole("Birkeskolen", center=v.center)
    byg.forlad(v.center, v.naboskole)
    assert not v.kkfo.rolletildelinger.gaeldende().med_rolle(v.kkfo.lederrolle).exists()
    assert v.center.rolletildelinger.filter(i_fravaer=True).count() == 1
    assert byg.forum(skole).enhed == skole
