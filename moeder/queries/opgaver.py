"""Tasks: one's own, every open one of the forums one leads (S30), and those that stand on the next agenda (D21)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from moeder.models import Deltager, Moede, Opgave, Punkt
from moeder.states import AABNE_OPGAVER, AKTIVE
from ressourcecenter.models import Ressourceperson
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling, Rolle

PR_SIDE = 50
HVILKE = {"aabne": "Åbne", "overskredne": "Over fristen", "afsluttede": "Afsluttede og opgivne"}
HVEM = {"alle": "Alle, jeg følger op på", "mine": "Kun mine egne"}


def opgaveliste(person: Person, valg: QueryDict) -> dict[str, Any]:
    hvilke = valg.get("hvilke") if valg.get("hvilke") in HVILKE else "aabne"
    hvem = valg.get("hvem") if valg.get("hvem") in HVEM else "alle"
    opgaver = Opgave.objects.synlige_for(person, Handling.FOELG_OP).filter(_hvor(hvilke))
    if hvem == "mine":
        opgaver = opgaver.filter(ansvarlig=person)
    side = Paginator(med_sted(opgaver), PR_SIDE).get_page(valg.get("side"))
    return {
        "side": side,
        "opgaver": side.object_list,
        "hvilke": hvilke,
        "hvem": hvem,
        "hvilke_valg": HVILKE.items(),
        "hvem_valg": HVEM.items(),
        "foresporgsel": f"hvem={hvem}&hvilke={hvilke}",
        "er_filtreret": (hvem, hvilke) != ("alle", "aabne"),
    }


def _hvor(hvilke: str) -> Q:
    aaben = Q(tilstand__in=AABNE_OPGAVER)
    if hvilke == "overskredne":
        return aaben & Q(frist__lt=tid.i_dag())
    return ~aaben if hvilke == "afsluttede" else aaben


def med_sted(opgaver: QuerySet[Opgave]) -> QuerySet[Opgave]:
    return opgaver.select_related("ansvarlig", "enhed", "punkt__moede__forum__enhed", "punkt__moede__medforum")


def aabne_opgaver(moede: Moede, person: Person) -> list[Opgave]:
    """What earlier meetings of the forum left open: it stands before the items of this one (D21)."""
    fora = [pk for pk in (moede.forum_id, moede.medforum_id) if pk]
    return hent(_tidligere, person, fora=fora, foer=moede.begynder, undtagen=moede.pk)


def _tidligere(person: Person, fora: list[int], foer: datetime, undtagen: int) -> QuerySet[Opgave]:
    i_forummet = Q(punkt__forum__in=fora) | Q(punkt__medforum__in=fora)
    tidligere = Opgave.objects.synlige_for(person, Handling.SE_OPGAVE).filter(
        i_forummet, tilstand__in=AABNE_OPGAVER, punkt__moede__begynder__lt=foer
    )
    return med_sted(tidligere.exclude(punkt__moede=undtagen))


class Ansvarlig(NamedTuple):
    person: Person
    enhed_id: int | None
    om: str


def mulige_ansvarlige(punkt: Punkt) -> list[Ansvarlig]:
    """Who can be given a task: those invited to the item, the forum's leaders and its resource persons."""
    fundne: dict[int, Ansvarlig] = {}
    for en in _kandidater(punkt):
        fundne.setdefault(en.person.pk, en)
    return sorted((en for en in fundne.values() if en.person.is_active), key=lambda en: en.person.navn)


def _kandidater(punkt: Punkt) -> Iterator[Ansvarlig]:
    enhed = punkt.forum.enhed
    inviterede = Deltager.objects.filter(moede=punkt.moede_id, tilstand__in=AKTIVE, person__isnull=False)
    for deltager in inviterede.filter(Q(kun_punkter=False) | Q(punkter=punkt)).select_related("person", "enhed"):
        yield Ansvarlig(deltager.person, deltager.enhed_id, str(deltager.enhed or deltager.get_art_display()))
    roller = Rolletildeling.objects.gaeldende().filter(content_object=enhed).select_related("user")
    for rolle in roller.med_rolle(enhed.lederrolle, Rolle.KOORDINATOR):
        yield Ansvarlig(rolle.user, enhed.pk, str(enhed))
    fora = [pk for pk in (punkt.forum_id, punkt.medforum_id) if pk]
    for en in Ressourceperson.objects.gaeldende().filter(forum__in=fora).select_related("person", "enhed", "faglighed"):
        yield Ansvarlig(en.person, en.enhed_id, str(en.enhed or en.faglighed))
