"""What the pages of the foundation show of the forums: plugged in by `apps.py`."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ressourcecenter.models import Forum
from ressourcecenter.querysets import FRITID
from samarbejde.models import Enhed, Enhedstilknytning, Person, Rolletildeling, Skoledistrikt
from samarbejde.permissions import Handling, Relation, Rolle
from samarbejde.roller import mine_roller
from samarbejde.stik import Mangel


def menu(person: Person) -> list[tuple[int, str, str]]:
    """For everybody who is attached to a forum, or answers for those who are; asked without a query."""
    mine = mine_roller(person)
    roller = mine.globale.union(*mine.enheder.values(), *mine.fora.values())
    egne = roller & {*Rolle, *Relation} - {Rolle.ADMINISTRATOR}
    return [(20, "Ressourcecentre", reverse("fora"))] if egne else []


def synlige_fora(person: Person) -> QuerySet[Any]:
    return Forum.objects.synlige_for(person, Handling.SE_FORUM).order_by().values("pk")


def mangler(distrikt: Skoledistrikt, person: Person) -> list[Mangel]:
    """What the skoleleder answers for (S38), and what the model says must be there (S52): for every school of the
    district. Two queries beside the district's units, whatever the size.
    """
    skoler = [e for e in distrikt.enheder_nu if e.art == Enhed.Art.SKOLE and not e.er_privat and e.gaelder()]
    fritid, ledet = _fritid(skoler), _med_leder(skoler)
    egne = mine_roller(person)
    return [
        mangel
        for skole in skoler
        for mangel in _ved_skolen(skole, fritid[skole.pk], ledet, egne.enheder.get(skole.pk, frozenset()))
    ]


def _fritid(skoler: list[Enhed]) -> dict[int, list[Enhed]]:
    links = Enhedstilknytning.objects.gaeldende().filter(til__in=skoler, enhed__art__in=FRITID)
    fritid: dict[int, list[Enhed]] = defaultdict(list)
    for link in links.select_related("enhed"):
        if link.enhed.gaelder():
            fritid[link.til_id].append(link.enhed)
    return fritid


def _med_leder(skoler: list[Enhed]) -> dict[int, set[Rolle]]:
    """The roles that somebody holds today at the schools and at what is attached to them."""
    tilknyttede = Enhedstilknytning.objects.gaeldende().filter(til__in=skoler).values("enhed")
    raekker = Rolletildeling.objects.gaeldende().med_rolle(Rolle.SKOLELEDER, Rolle.FRITIDSLEDER, Rolle.KOORDINATOR)
    steder = raekker.filter(content_object__in=tilknyttede) | raekker.filter(content_object__in=skoler)
    ledet: dict[int, set[Rolle]] = defaultdict(set)
    for enhed_id, kode in steder.values_list("content_object_id", "permission__codename"):
        ledet[enhed_id].add(Rolle(kode))
    return ledet


def _ved_skolen(skole: Enhed, fritid: list[Enhed], ledet: dict[int, set[Rolle]], mine: Any) -> list[Mangel]:
    fund = []
    if Rolle.SKOLELEDER not in ledet[skole.pk]:
        fund.append(Mangel(f"Posten som skoleleder på {skole} er ikke besat. Forvaltningen udpeger en."))
    elif Rolle.KOORDINATOR not in ledet[skole.pk] and Relation.SKOLELEDER_SELV in mine:
        # A kan (S29): said to the one who can appoint, never to others as something missing (S52).
        tekst = f"{skole} har ingen koordinator. Du kan udpege en eller to; ellers indkalder og følger du op selv."
        fund.append(Mangel(tekst, reverse("udpeg_koordinator", args=[skole.slug]), "Udpeg koordinator"))
    if not fritid:
        tekst = f"Ingen fritidstilbud er knyttet til Ressourcecentret på {skole}. Forvaltningen registrerer dem."
        fund.append(Mangel(tekst))
    for enhed in fritid:
        if Rolle.FRITIDSLEDER not in ledet[enhed.pk]:
            fund.append(Mangel(f"{enhed} har ingen leder, og derfor er det uklart, hvem der deltager for dem."))
    return fund
