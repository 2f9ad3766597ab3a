"""People found in the forums that one may see: plugged in by `apps.py`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ressourcecenter.models import Delegation, Forum, Ressourceperson
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling
from samarbejde.soegning import FLEST_RAEKKER, indeholder
from samarbejde.stik import Fund


def soeg(person: Person, tekst: str) -> list[Fund]:
    """Resource persons and delegates, to whoever may see the forum they are in; two queries."""
    fora = Forum.objects.synlige_for(person, Handling.SE_FORUM).order_by()
    hos = {"person__lukket_den__isnull": True}
    fundne = Ressourceperson.objects.gaeldende().filter(forum__in=fora.values("pk"), **hos)
    delegerede = Delegation.objects.gaeldende().filter(skole__in=fora.values("enhed"), **hos)
    return [
        *(
            Fund(en.person_id, en.person.navn, f"ressourceperson ({en.faglighed})", *_sted(en.forum.enhed))
            for en in _med_navnet(fundne.select_related("person", "faglighed", "forum__enhed"), tekst)
        ),
        *(
            Fund(en.person_id, en.person.navn, f"fast deltager for {en.center}", *_sted(en.skole))
            for en in _med_navnet(delegerede.select_related("person", "center", "skole"), tekst)
        ),
    ]


def _med_navnet(raekker: QuerySet[Any], tekst: str) -> QuerySet[Any]:
    fundne = raekker.filter(indeholder(tekst, "person__soegetekst"))
    return fundne.order_by("person__navn", "person_id", "pk")[:FLEST_RAEKKER]


def _sted(enhed: Enhed) -> tuple[str, str]:
    return enhed.navn, reverse("forum", args=[enhed.slug])
