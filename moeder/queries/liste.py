"""The list of meetings: what the person may see, to come or been, by forum; rows as text, not as objects."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse

from moeder.models import Deltager, Moede
from moeder.models.moede import moedenavn
from moeder.querysets import mine_invitationer
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling
from samarbejde.queries import heltal

PR_SIDE, FLEST_KOMMENDE = 50, 3
FARVER = {
    Tilstand.RESERVERET: "neutral",
    Tilstand.INDKALDT: "info",
    Tilstand.REFERAT_LUKKET: "success",
    Tilstand.AFLYST: "neutral",
    Tilstand.IKKE_AFHOLDT: "neutral",
}
FELTER = ("kode", "begynder", "tilstand", "sted", "forum__art", "medforum", "forum__enhed__navn", "mit_svar")


@dataclass(frozen=True)
class Linje:
    adresse: str
    navn: str
    sted: str
    begynder: Any
    tilstand: str
    farve: str
    svar: str


def moedeliste(person: Person, valg: QueryDict) -> dict[str, Any]:
    """`hvornaar=tidligere` shows what has been, the newest first; `enhed` keeps one unit's forums."""
    tidligere = valg.get("hvornaar") == "tidligere"
    enhed = heltal(valg.get("enhed"))
    synlige = Moede.objects.synlige_for(person, Handling.SE_MOEDE)
    moeder = synlige.filter(forum__enhed=enhed) if enhed else synlige
    graense = Q(slutter__lt=tid.nu()) if tidligere else Q(slutter__gte=tid.nu())
    orden = ("-begynder", "-pk") if tidligere else ("begynder", "pk")
    raekker = moeder.filter(graense).order_by(*orden).annotate(mit_svar=_mit_svar(person)).values_list(*FELTER)
    side: Page = Paginator(raekker, PR_SIDE).get_page(valg.get("side"))
    valgt = {"hvornaar": "tidligere" if tidligere else "kommende", **({"enhed": enhed} if enhed else {})}
    return {
        "side": side,
        "linjer": [_linje(*raekke) for raekke in side.object_list],
        "tidligere": tidligere,
        "enheder": enheder(synlige),
        "enhed": enhed,
        "foresporgsel": urlencode(valgt),
    }


def enheder(synlige: QuerySet[Moede]) -> list[tuple[int, str]]:
    """The units whose meetings the person sees, for the filter."""
    par = synlige.order_by("forum__enhed__navn").values_list("forum__enhed", "forum__enhed__navn")
    return list(par.distinct())


def _mit_svar(person: Person) -> Subquery:
    egne = mine_invitationer(Deltager.objects.filter(moede=OuterRef("pk")), person)
    return Subquery(egne.values("tilstand")[:1])


def _linje(
    kode: str, begynder: Any, tilstand: str, sted: str, art: str, med: int | None, enhed: str, svar: str | None
) -> Linje:
    return Linje(
        adresse=reverse("moede", args=[kode]),
        navn=moedenavn(art, enhed, er_faelles=bool(med)),
        sted=sted,
        begynder=begynder,
        tilstand=str(Tilstand(tilstand).label),
        farve=FARVER.get(Tilstand(tilstand), "warning"),
        svar=str(Deltagelse(svar).label) if svar else "",
    )
