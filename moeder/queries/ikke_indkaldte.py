"""Attached fritid units that nobody has called for a while (S38): support, not control."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, DateTimeField, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from moeder.models import Deltager, Moede
from moeder.states import HOLDT, Deltagelse, Tilstand
from ressourcecenter.models import Forum
from ressourcecenter.querysets import FRITID
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Enhedstilknytning, Rolletildeling
from samarbejde.permissions import Rolle
from samarbejde.roller import i_perioden
from samarbejde.skolekalender import foerste_dag, skoleaar_for

# Meetings that people were called to, also one that was not held in the end.
KALDTE = HOLDT | {Tilstand.INDKALDT, Tilstand.IKKE_AFHOLDT}
# Called, and then taken off the list again.
TAGET_AF = frozenset({Deltagelse.UDELADT, Deltagelse.BORTFALDET})
ARTER = (Forum.Art.RC, Forum.Art.PLC)


@dataclass(frozen=True)
class IkkeIndkaldt:
    enhed: str
    moeder: int


def ikke_indkaldte(skoler: Collection[int]) -> dict[tuple[int, str], list[IkkeIndkaldt]]:
    """By school and kind of forum: each attached fritid unit, with the number of meetings since one it was called to.

    One query, however many there are. Somebody who declined was called; a unit is counted from the day it came, and
    no further back than the school year before this.
    """
    fra = tid.fra_lokal(foerste_dag(skoleaar_for(tid.i_dag()) - 1), time.min)
    fundne: dict[tuple[int, str], list[IkkeIndkaldt]] = {}
    for link in hent(_fritid_ved, None, skoler=list(skoler), fra=fra):
        for art in ARTER:
            en = IkkeIndkaldt(link["enhed__navn"], link[f"siden_{art}"])
            fundne.setdefault((link["til"], art), []).append(en)
    return fundne


def _fritid_ved(_: None, skoler: list[int], fra: datetime) -> QuerySet[Any, Any]:
    links = Enhedstilknytning.objects.gaeldende().filter(i_perioden(tid.i_dag(), "enhed__"), til__in=skoler)
    links = links.filter(enhed__art__in=FRITID)
    links = links.annotate(**{f"sidst_{art}": _sidst(art, fra) for art in ARTER})
    links = links.annotate(**{f"siden_{art}": _siden(art) for art in ARTER})
    return links.order_by("enhed__navn").values("til", "enhed__navn", *(f"siden_{art}" for art in ARTER))


def _i_forummet(art: str, sti: str = "") -> Q:
    """A joint meeting is one of both."""
    her = Q(**{f"{sti}forum__art": art}) | Q(**{f"{sti}medforum__art": art})
    return her & Q(**{f"{sti}forum__enhed": OuterRef("til"), f"{sti}tilstand__in": KALDTE})


def _sidst(art: str, fra: datetime) -> Coalesce:
    """The last one they were called to, or the beginning."""
    ledere = Rolletildeling.objects.gaeldende().med_rolle(Rolle.FRITIDSLEDER)
    ledere = ledere.filter(content_object=OuterRef(OuterRef("enhed"))).values("user")
    # Who has a seat already, as coordinator or for another unit of theirs, is not given one more.
    enhedens = Q(enhed=OuterRef("enhed")) | Q(person__in=ledere)
    egne = Deltager.objects.filter(enhedens, _i_forummet(art, "moede__"), moede__begynder__gte=fra)
    egne = egne.filter(indkaldt_den__isnull=False)
    sidst = _samlet(egne.exclude(tilstand__in=TAGET_AF), Max("moede__begynder"))
    return Coalesce(Subquery(sidst, output_field=DateTimeField()), Value(fra))


def _siden(art: str) -> Coalesce:
    siden = Moede.objects.filter(_i_forummet(art), begynder__gt=OuterRef(f"sidst_{art}"))
    om_enheden = Q(kun_om__isnull=True) | Q(kun_om=OuterRef("enhed"))
    siden = siden.filter(om_enheden, begynder__date__gte=OuterRef("gyldig_fra"))
    return Coalesce(Subquery(_samlet(siden, Count("pk")), output_field=IntegerField()), 0)


def _samlet(raekker: QuerySet[Any], maal: Any) -> QuerySet[Any]:
    return raekker.order_by().annotate(_alle=Value(1)).values("_alle").annotate(maal=maal).values("maal")
