"""Forums and who is in them, on top of `fabrik.verden()`. Rows as they are stored: `til` is half-open.

rc = forum(v.skole)                           # forum(v.skole, Art.PLC), forum(v.klynge, Art.TEAM)
delegation(v.center, v.skole, v.teamkoordinator)
ressourceperson(rc, v.vejleder)               # tilhoersforhold follows the unit; without a unit: ekstern
stedfortraeder(v.teamkoordinator, v.center, til=date(2027, 1, 1))
uden_leder(v.kkfo)                            # the post is vacant from today, or from `fra`
skole = ny_skole("Birkeskolen", center=v.center)  # one more school of the centre, in a district of its own
"""

from datetime import date

from ressourcecenter.models import Delegation, Forum, Ressourceperson
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Enhed, Faglighed, Person, Rolletildeling
from samarbejde.organisation import afslut_tilknytning, tilknyt
from samarbejde.permissions import Rolle
from tests.fabrik import FRA, distrikt, enhed, rolle

Art = Forum.Art
Tilhoer = Ressourceperson.Tilhoersforhold


def forum(enhed: Enhed, art: str = "") -> Forum:
    """The forum of a unit: the Ressourcecenter of a school, the Ressourceteam of a klynge or netværk, unless named."""
    hvilket = {"art": art} if art else {"raekkefoelge": 0}
    return Forum.objects.select_related("enhed").get(enhed=enhed, **hvilket)


def delegation(
    center: Enhed, skole: Enhed, person: Person, fra: date = FRA, til: date | None = None, af: Person | None = None
) -> Delegation:
    """The row itself, whatever the rules of delegating say; `af` is the centre's leader unless given."""
    af = af or center.rolletildelinger.med_rolle(Rolle.FRITIDSLEDER).first().user
    return Delegation.objects.create(
        center=center, skole=skole, person=person, delegeret_af=af, gyldig_fra=fra, gyldig_til=til
    )


def ressourceperson(
    hvor: Forum, person: Person, enhed: Enhed | None = None, fra: date = FRA, til: date | None = None, **felter
) -> Ressourceperson:
    """`enhed` is where the person is employed; without one the person comes from outside the municipality."""
    tilhoersforhold = Tilhoer.EKSTERN
    if enhed is not None and enhed.art in {Enhed.Art.SKOLE, Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER}:
        tilhoersforhold = Tilhoer.SKOLE if enhed.art == Enhed.Art.SKOLE else Tilhoer.FRITID
    return Ressourceperson.objects.create(
        **{
            "forum": hvor,
            "person": person,
            "enhed": enhed,
            "tilhoersforhold": tilhoersforhold,
            "faglighed": Faglighed.objects.order_by("pk").first(),
            "gyldig_fra": fra,
            "gyldig_til": til,
            **felter,
        }
    )


def stedfortraeder(person: Person, enhed: Enhed, fra: date = FRA, til: date = date(2099, 1, 1)) -> Rolletildeling:
    """Somebody who acts "i leders fravær" for a period (decision 4)."""
    return rolle(person, enhed.lederrolle, enhed, fra=fra, til=til, i_fravaer=True)


def uden_leder(enhed: Enhed, fra: date | None = None) -> None:
    for tildeling in enhed.rolletildelinger.med_rolle(enhed.lederrolle):
        afslut_rolle(tildeling=tildeling, gyldig_til=fra or tid.i_dag(), af=None)


def ny_skole(navn: str, center: Enhed | None = None, fra: date = FRA, **felter) -> Enhed:
    skole = enhed(navn, i=distrikt(f"{navn}s distrikt"), **felter)
    if center is not None:
        tilknyt(enhed=center, til=skole, gyldig_fra=fra, af=None)
    return skole


def forlad(enhed: Enhed, til: Enhed, dag: date | None = None) -> None:
    """A link ends: the centre no longer works with the school, the unit has left its klynge."""
    link = enhed.tilknytninger.get(til=til)
    afslut_tilknytning(tilknytning=link, gyldig_til=dag or tid.i_dag(), af=None)
