"""Who answers for a party whose post as leader is vacant (decisions 2 and 3, D28).

The klyngeleder for a unit in a klynge, never a netværkskoordinator; the skoleleder for a KKFO without a leader of its
own. A deputy or an acting leader leads: then the post is not vacant (decision 4).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from samarbejde.models import Distriktstilknytning, Enhed, Enhedstilknytning, Rolletildeling, Skoledistrikt
from samarbejde.models.organisation import LEDERROLLER
from samarbejde.permissions import Rolle
from samarbejde.roller import MineRoller

Art = Enhed.Art


def ledig(enhed: str = "enhed") -> Exists:
    """Nobody leads the unit today: a column of the rows that name a unit."""
    roller = Rolletildeling.objects.gaeldende().med_rolle(*set(LEDERROLLER.values()))
    return ~Exists(roller.filter(content_object=OuterRef(enhed)))


def kan_traede_til(mine: MineRoller) -> Q | None:
    """The rows whose unit the person would act for, whether or not the post is vacant; None for none at all."""
    enheder = [pk for pk, roller in mine.under.items() if Rolle.KLYNGELEDER in roller]
    skoler = egne_skoler(mine)
    hvor = Q(enhed__in=enheder) if enheder else None
    if not skoler:
        return hvor
    links = Enhedstilknytning.objects.gaeldende().filter(til__in=skoler)
    kkfo = Q(enhed__er_kkfo=True, enhed__in=links.values("enhed"))
    return kkfo if hvor is None else hvor | kkfo


def traeder_til_for(mine: MineRoller, enhed: Enhed) -> bool:
    """The same of one unit; asked only of one whose post is vacant."""
    if Rolle.KLYNGELEDER in mine.under.get(enhed.pk, ()):
        return True
    skoler = egne_skoler(mine) if enhed.er_kkfo else []
    return bool(skoler) and Enhedstilknytning.objects.gaeldende().filter(enhed=enhed.pk, til__in=skoler).exists()


def egne_skoler(mine: MineRoller) -> list[int]:
    return sorted(pk for pk, roller in mine.enheder.items() if Rolle.SKOLELEDER in roller)


def traeder_til(enhed: Enhed) -> QuerySet[Rolletildeling]:
    """Those who act for the unit while its post is vacant."""
    over = Enhedstilknytning.objects.gaeldende().filter(enhed=enhed)
    hvor = Q(permission__codename=Rolle.KLYNGELEDER.value, content_object__in=over.values("til"))
    if enhed.er_kkfo:
        hvor |= Q(permission__codename=Rolle.SKOLELEDER.value, content_object__in=over.values("til"))
    return Rolletildeling.objects.gaeldende().filter(hvor).select_related("user", "content_object", "permission")


def over(enhed: Enhed, distrikt: Skoledistrikt) -> QuerySet[Rolletildeling]:
    """The unit's klyngeleder, and the områdechef of the district."""
    klynger = Enhedstilknytning.objects.gaeldende().filter(enhed=enhed).values("til")
    omraader = Distriktstilknytning.objects.gaeldende().filter(distrikt=distrikt).values("enhed")
    hvor = Q(permission__codename=Rolle.KLYNGELEDER.value, content_object__in=klynger)
    hvor |= Q(permission__codename=Rolle.OMRAADECHEF.value, content_object__in=omraader)
    return Rolletildeling.objects.gaeldende().filter(hvor).select_related("user")
