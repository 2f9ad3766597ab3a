"""What the tests of participation share: a meeting whose list is as it is made at reservation."""

from moeder.deltagelse import faste_deltagere
from moeder.models import Deltager
from moeder.states import Tilstand
from samarbejde import tid
from tests.moeder.byg import moede

Art = Deltager.Art


def med_faste(hvor, af, **felter):
    """A meeting with the forum's leaders and fixed participants; called unless it is a reservation."""
    m = moede(hvor, af=af, **felter)
    kaldt = tid.nu() if m.tilstand == Tilstand.INDKALDT else None
    for en in faste_deltagere([m]):
        en.indkaldt_den = kaldt
        en.save()
    return m


def plads(m, enhed):
    """The seat of a unit."""
    return m.deltagere.get(enhed=enhed, art=Art.FAST, i_stedet_for=None)


def paa_listen(m):
    return {str(en) for en in m.deltagere.all() if en.er_aktiv}
