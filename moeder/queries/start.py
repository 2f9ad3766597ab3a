"""What the start page shows of meetings: those to come where one takes part, and the calls that want an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from moeder.models import Deltager
from moeder.models.moede import moedenavn
from moeder.states import KOMMENDE, MED, Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.roller import mine_roller
from samarbejde.skridt import Skridt
from samarbejde.stik import Boks

FLEST = 5
STAAR_PAA_LISTEN = [Deltager.Art.LEDELSE, Deltager.Art.FAST]
FELTER = (
    *("moede__kode", "moede__begynder", "moede__sted", "moede__tilstand", "moede__medforum"),
    *("moede__forum__art", "moede__forum__enhed__navn", "tilstand", "indkaldt_den"),
)


@dataclass(frozen=True)
class Kommende:
    kode: str
    begynder: datetime
    sted: str
    navn: str
    er_reserveret: bool
    svar: str
    indkaldt_den: datetime | None

    @property
    def adresse(self) -> str:
        return reverse("moede", args=[self.kode])

    @property
    def vist_svar(self) -> str:
        return "reserveret" if self.er_reserveret else str(Deltagelse(self.svar).label)

    @property
    def skal_svare(self) -> bool:
        kan_svares = self.indkaldt_den is not None and self.begynder > tid.nu()
        return kan_svares and self.svar == Deltagelse.INVITERET


def kommende(person: Person) -> list[Kommende]:
    """One query a request, whichever part of the page comes first."""
    kendt: list[Kommende] | None = getattr(person, "kommende_moeder", None)
    if kendt is None:
        kendt = person.kommende_moeder = [_kommende(*raekke) for raekke in _raekker(person)]
    return kendt


def _raekker(person: Person) -> Any:
    mine = mine_roller(person)
    fra = Q(enhed__in=sorted({*mine.enheder, *mine.under})) | Q(enhed__isnull=True, moede__forum__in=list(mine.fora))
    er_paa = Q(indkaldt_den__isnull=False) | Q(art__in=STAAR_PAA_LISTEN)
    egne = Deltager.objects.filter(fra, er_paa, person=person, tilstand__in=MED)
    egne = egne.filter(moede__tilstand__in=KOMMENDE, moede__slutter__gte=tid.nu())
    return egne.order_by("moede__begynder", "pk").values_list(*FELTER)


def _kommende(
    kode: str,
    begynder: datetime,
    sted: str,
    tilstand: str,
    med: int | None,
    art: str,
    enhed: str,
    svar: str,
    indkaldt_den: datetime | None,
) -> Kommende:
    navn = moedenavn(art, enhed, er_faelles=bool(med))
    return Kommende(kode, begynder, sted, navn, tilstand == Tilstand.RESERVERET, svar, indkaldt_den)


def startboks(person: Person) -> list[Boks]:
    moeder = kommende(person)
    if not moeder:
        return []
    return [Boks("Dine næste møder", "moeder/_start.html", {"moeder": moeder[:FLEST], "flere": len(moeder) > FLEST})]


def svar_mangler(person: Person) -> list[Skridt]:
    """Calls without an answer wait for the one who is invited."""
    return [
        Skridt(
            hvem="Du",
            hvad="Svar på indkaldelsen",
            maal=f"{moede.navn}",
            adresse=moede.adresse,
            siden=tid.lokal(moede.indkaldt_den).date() if moede.indkaldt_den else None,
            frist=tid.lokal(moede.begynder).date(),
            er_min=True,
        )
        for moede in kommende(person)
        if moede.skal_svare
    ]
