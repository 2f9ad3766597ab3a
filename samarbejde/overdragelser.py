"""What ending a role and handing it over must know: who is left, who may take over, where things are found."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q

from samarbejde import tid
from samarbejde.models import Enhed, Overdragelse, Person, Rolletildeling
from samarbejde.permissions import Rolle
from samarbejde.stik import Haenger

FRITID = (Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER)


def er_leder(tildeling: Rolletildeling) -> bool:
    """The leader in person: a deputy acts in the leader's absence and fills no post (decision 4)."""
    return not tildeling.i_fravaer and tildeling.rolle == tildeling.enhed.lederrolle


def er_sidste_leder(tildeling: Rolletildeling, gyldig_til: date) -> bool:
    """Nobody else leads the unit on the first day after, and the unit still stands."""
    if not er_leder(tildeling) or not tildeling.enhed.gaelder(gyldig_til):
        return False
    andre = Rolletildeling.objects.gaeldende(gyldig_til).som_selv().med_rolle(tildeling.rolle)
    return not andre.filter(content_object=tildeling.enhed).exclude(pk=tildeling.pk).exists()


def handler_imens(enhed: Enhed, dag: date) -> str:
    """Who acts for a unit whose post is vacant (decisions 2 and 3)."""
    over = [link.til for link in enhed.tilknytninger.gaeldende(dag).select_related("til").order_by("pk")]
    if enhed.er_kkfo and (skole := _foerste(over, Enhed.Art.SKOLE)):
        return f"Imens handler skolelederen på {skole} for enheden."
    if klynge := _foerste(over, Enhed.Art.KLYNGE):
        return f"Imens handler klyngelederen for {klynge} for enheden."
    if enhed.ejerform != Enhed.Ejerform.KOMMUNAL:
        return "Imens handler den, som bestyrelsen konstituerer, og som forvaltningen registrerer."
    return "Imens handler den, som forvaltningen konstituerer."


def _foerste(enheder: Iterable[Enhed], art: str) -> Enhed | None:
    return next((enhed for enhed in enheder if enhed.art == art), None)


def mulige_overtagere(tildeling: Rolletildeling) -> list[Person]:
    """Those who work at the unit today; a coordinator's work may also go to somebody from the leisure side."""
    enhed = tildeling.enhed
    hvor = Q(content_object=enhed)
    if tildeling.rolle == Rolle.KOORDINATOR:
        hvor |= Q(content_object__in=enhed.medlemmer.gaeldende().filter(enhed__art__in=FRITID).values("enhed"))
    roller = Rolletildeling.objects.gaeldende().filter(hvor)
    folk = Person.objects.filter(pk__in=roller.values("user")).exclude(pk=tildeling.user_id)
    return [person for person in folk if person.is_active]


def som_linjer(haengende: Iterable[Haenger]) -> list[dict[str, Any]]:
    return [
        {
            "hvad": ting.hvad,
            "bliver": ting.bliver.value,
            "hvor": str(ting.sted or ""),
            "art": ting.sted._meta.label if ting.sted else "",
            "sted": ting.sted.pk if ting.sted else None,
        }
        for ting in haengende
    ]


def med_adresser(linjer: list[dict[str, Any]], person: Person) -> list[dict[str, Any]]:
    """The same lines, with a link where the reader may open the object; one query for each kind of object."""
    steder: dict[str, set[int]] = defaultdict(set)
    for linje in linjer:
        if linje["art"]:
            steder[linje["art"]].add(linje["sted"])
    aabne: dict[tuple[str, int], str] = {}
    for art, pk in steder.items():
        model = apps.get_model(art)
        synlige = model.objects.synlige_for(person, model.SES_MED).filter(pk__in=pk)
        aabne |= {(art, ting.pk): ting.get_absolute_url() for ting in synlige.select_related(*OVER.get(art, ()))}
    return [{**linje, "adresse": aabne.get((linje["art"], linje["sted"]), "")} for linje in linjer]


# What the address of an object of a kind above the foundation begins with.
OVER = {"aftaler.Aftale": ("distrikt",), "ressourcecenter.Forum": ("enhed",)}


def find(pk: int, person: Person) -> Overdragelse | None:
    egne = Overdragelse.objects.for_person(person).filter(pk=pk).defer("pdf")
    return egne.select_related(
        "tildeling__user", "tildeling__content_object", "tildeling__permission", "efterfoelger", "af"
    ).first()


def allerede_slut(tildeling: Rolletildeling) -> bool:
    return tildeling.gyldig_til is not None and tildeling.gyldig_til <= max(tid.i_dag(), tildeling.gyldig_fra)
