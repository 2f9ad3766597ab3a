"""S19, case 29: on every meeting and item the fritid side may whatever the school's own may, equally invited."""

import pytest

from moeder.models import Deltager
from moeder.states import Tilstand
from samarbejde.permissions import Handling, maa
from tests.fabrik import verden
from tests.moeder.byg import inviter, moede, opgave, punkt
from tests.ressourcecenter.byg import Art, forum, ressourceperson

pytestmark = pytest.mark.django_db
INVITERET = ("ingen", "hele", "punkt")


@pytest.fixture
def v():
    return verden()


def maa_hvad(hvem, ting):
    return {handling for handling in Handling if maa(hvem, handling, ting)}


@pytest.mark.parametrize("hvordan", INVITERET)
@pytest.mark.parametrize(
    "tilstand", [Tilstand.RESERVERET, Tilstand.INDKALDT, Tilstand.REFERAT_UDKAST, Tilstand.REFERAT_LUKKET]
)
def test_case_29_what_an_internal_resource_person_may_a_fixed_fritid_participant_may_too(v, tilstand, hvordan):
    rc, plc = forum(v.skole), forum(v.skole, Art.PLC)
    for hvor in (rc, plc):
        ressourceperson(hvor, v.vejleder, v.skole)
    for nr, (hvor, med) in enumerate(((rc, None), (plc, None), (rc, plc))):
        m = moede(hvor, med=med, af=v.skoleleder, dage=10 + nr, tilstand=tilstand)
        p, q = punkt(m, "Overgange"), punkt(m, "Et andet")
        if hvordan != "ingen":
            punkter = [p] if hvordan == "punkt" else []
            inviter(m, v.vejleder, v.skole, punkter, art=Deltager.Art.RESSOURCEPERSON)
            inviter(m, v.paedagogiskleder, v.kkfo, punkter, art=Deltager.Art.FAST)
        for ting in (m, p, q, opgave(p, v.koordinator, v.skole), hvor):
            skolens, fritids = maa_hvad(v.vejleder, ting), maa_hvad(v.paedagogiskleder, ting)
            # A leader writes the tiltag; whoever does not lead proposes it.
            assert skolens - {Handling.FORESLAA_TILTAG} <= fritids, (ting, skolens - fritids)
            assert skolens, ting


def test_the_comparison_can_fail(v):
    """An outsider's actions do not hold the school's own."""
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    assert not maa_hvad(v.vejleder, m) <= maa_hvad(v.udenfor, m)
