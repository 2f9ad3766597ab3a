"""What the start page shows of meetings: those to come where one takes part, and the calls that want an answer."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse

from moeder.models import Deltager
from moeder.models.moede import moedenavn
from moeder.states import KOMMENDE, MED, Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Person
from samarbejde.permissions import Rolle
from samarbejde.roller import mine_roller
from samarbejde.skridt import Skridt
from samarbejde.stik import Boks

FLEST = 5
STAAR_PAA_LISTEN = [Deltager.Art.LEDELSE, Deltager.Art.FAST]
FELTER = (
    *("moede__kode", "moede__begynder", "moede__sted", "moede__tilstand", "moede__medforum"),
    *("moede__forum__art", "moede__forum__enhed__navn", "tilstand", "indkaldt_den"),
    *("pk", "person__navn", "enhed__navn"),
)


class Kommende(NamedTuple):
    """A meeting to come where one takes part; or a proposed employee of one's own unit, who waits for one's answer."""

    kode: str
    begynder: datetime
    sted: str
    tilstand: str
    medforum: int | None
    art: str
    i_enhed: str
    svar: str
    indkaldt_den: datetime | None
    deltager: int
    person: str
    fra_enhed: str

    @property
    def navn(self) -> str:
        return moedenavn(self.art, self.i_enhed, er_faelles=bool(self.medforum))

    @property
    def adresse(self) -> str:
        return reverse("moede", args=[self.kode])

    @property
    def vist_svar(self) -> str:
        return "reserveret" if self.tilstand == Tilstand.RESERVERET else str(Deltagelse(self.svar).label)

    @property
    def er_min(self) -> bool:
        return self.svar != Deltagelse.FORESLAAET

    @property
    def skal_svare(self) -> bool:
        venter = self.indkaldt_den is not None and self.svar == Deltagelse.INVITERET
        return venter and self.begynder > tid.nu()


def _alle(person: Person) -> list[Kommende]:
    """One query a request, whichever part of the page comes first."""
    kendt: list[Kommende] | None = getattr(person, "kommende_moeder", None)
    if kendt is None:
        kendt = person.kommende_moeder = [Kommende(*raekke) for raekke in hent(_raekker, person)]
    return kendt


def kommende(person: Person) -> list[Kommende]:
    return [en for en in _alle(person) if en.er_min]


def _raekker(person: Person) -> Any:
    mine = mine_roller(person)
    fra = Q(enhed__in=sorted({*mine.enheder, *mine.under})) | Q(enhed__isnull=True, moede__forum__in=list(mine.fora))
    er_paa = Q(indkaldt_den__isnull=False) | Q(art__in=STAAR_PAA_LISTEN)
    hvor = fra & er_paa & Q(person=person, tilstand__in=MED)
    if ledede := [pk for pk, roller in mine.enheder.items() if Rolle.FRITIDSLEDER in roller]:
        hvor |= Q(enhed__in=ledede, tilstand=Deltagelse.FORESLAAET)  # case 44
    egne = Deltager.objects.filter(hvor, moede__tilstand__in=KOMMENDE, moede__slutter__gte=tid.nu())
    return egne.order_by("moede__begynder", "pk").values_list(*FELTER)


def startboks(person: Person) -> list[Boks]:
    moeder = kommende(person)
    if not moeder:
        return []
    return [Boks("Dine næste møder", "moeder/_start.html", {"moeder": moeder[:FLEST], "flere": len(moeder) > FLEST})]


def svar_mangler(person: Person) -> list[Skridt]:
    """Calls without an answer wait for the one who is invited, a proposed employee for the leader."""
    mangler = [en for en in _alle(person) if en.skal_svare or not en.er_min]
    return [_svar(en) if en.er_min else _bekraeft(en) for en in mangler]


def _svar(en: Kommende) -> Skridt:
    siden = tid.lokal(en.indkaldt_den).date() if en.indkaldt_den else None
    return Skridt("Du", "Svar på indkaldelsen", en.navn, en.adresse, siden, _dag(en), er_min=True)


def _bekraeft(en: Kommende) -> Skridt:
    hvad = f"Svar på, om {en.person} deltager i et punkt"
    adresse = reverse("bekraeft_medarbejder", args=[en.kode, en.deltager])
    return Skridt(f"Lederen, {en.fra_enhed}", hvad, en.navn, adresse, frist=_dag(en), er_min=True)


def _dag(en: Kommende) -> date:
    return tid.lokal(en.begynder).date()
