"""The list of agreements: what one may choose among, and the rows as values (decision 11: two readings)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from aftaler.models import Aftale, Aktivitet, Delmaal, Maalomraade, StrategiskMaal
from aftaler.states import TAELLER_IKKE, Tilstand
from aftaler.ventende import hvor_der_ventes_paa
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Distriktstilknytning, Enhed, Person, Skoledistrikt
from samarbejde.permissions import TILLADT, Handling
from samarbejde.querysets import distrikter_med
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import foerste_dag, sidste_dag, skoleaar_for
from samarbejde.soegning import indeholder

AD_GANGEN = 50
# Among the states of the filter: the districts that have no agreement (D3).
UDEN_AFTALE = "uden_aftale"


@dataclass(frozen=True)
class Valg:
    """What the reader has chosen; empty is everything."""

    aar: int = 0
    omraade: str = ""
    tilstand: str = ""
    maalomraade: int = 0
    venter: str = ""
    q: str = ""

    @property
    def valgt(self) -> dict[str, Any]:
        return {navn: vaerdi for navn, vaerdi in asdict(self).items() if vaerdi}

    def hent(self, byg: Any, person: Person, *faste: Any, **andre: Any) -> list[Any]:
        """With a ready statement, except for a search: its words are part of what is compiled."""
        kriterier = Kriterier(self.aar, skoleaar_for(tid.i_dag()), self.maalomraade, self.venter, tuple(self.q.split()))
        felter = {"omraade": self.omraade, "tilstand": self.tilstand, **andre}
        if self.q:
            return list(byg(person, *faste, kriterier, **felter))
        return hent(byg, person, *faste, kriterier, **felter)


class Kriterier(NamedTuple):
    """The part of a choice that shapes the question."""

    aar: int
    dette_aar: int
    maalomraade: int
    venter: str
    ordene: tuple[str, ...]


class Omraade(NamedTuple):
    nummer: int
    navn: str
    antal: int
    uden_aftale: int


class Raekke(NamedTuple):
    pk: int
    skoleaar: int
    tilstand: str
    tilstand_siden: datetime
    indgaaet_den: datetime | None
    distrikt: str
    slug: str
    distrikt_id: int
    tovholder_id: int
    tovholder: str
    nummer: int
    erstatter_id: int | None

    @property
    def er_udloebet(self) -> bool:
        return self.tilstand == Tilstand.INDGAAET and self.skoleaar < skoleaar_for(tid.i_dag())

    @property
    def tilstandsnavn(self) -> str:
        return "udløbet" if self.er_udloebet else str(Tilstand(self.tilstand).label)


FELTER = (
    *("pk", "skoleaar", "tilstand", "tilstand_siden", "indgaaet_den", "distrikt__navn", "distrikt__slug"),
    *("distrikt_id", "tovholder_id", "tovholder__navn", "nummer", "erstatter_id"),
)


# --- which -------------------------------------------------------------------------------------------------------
def maalomraader(person: Person, valg: Valg) -> list[Omraade]:
    """The six areas, each row with how many agreements were chosen and how many districts have none: one query."""
    aar, dag = _aar_og_dag(valg)
    return [Omraade(*raekke) for raekke in valg.hent(_maalomraader, person, aar, dag=dag)]


def _aar_og_dag(valg: Valg) -> tuple[int, date]:
    """The chosen school year or this one, and the day of it that is nearest to today."""
    aar = valg.aar or skoleaar_for(tid.i_dag())
    return aar, min(max(foerste_dag(aar), tid.i_dag()), sidste_dag(aar))


def _maalomraader(
    person: Person, aar: int, kriterier: Kriterier, *, dag: date, omraade: str, tilstand: str
) -> QuerySet:
    antal = _antal(_aftaler(person, kriterier, omraade, tilstand))
    uden = _antal(_uden_aftale(person, aar, kriterier.ordene, dag=dag, omraade=omraade))
    return Maalomraade.objects.annotate(antal=antal, uden=uden).values_list("nummer", "navn", "antal", "uden")


def _antal(raekker: QuerySet) -> Coalesce:
    taller = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Coalesce(Subquery(raekker.order_by().annotate(taller=taller).values("taller")), 0)


def raekker(person: Person, valg: Valg, fra: int, til: int) -> list[Raekke]:
    """One page: the newest year first and districts in Danish order."""
    return [Raekke(*raekke) for raekke in valg.hent(_side, person, fra, til)]


def alle_raekker(person: Person, valg: Valg) -> list[Raekke]:
    return [Raekke(*raekke) for raekke in valg.hent(_raekker, person)]


def _side(person: Person, fra: int, til: int, kriterier: Kriterier, *, omraade: str, tilstand: str) -> QuerySet:
    return _raekker(person, kriterier, omraade=omraade, tilstand=tilstand)[fra:til]


def _raekker(person: Person, kriterier: Kriterier, *, omraade: str, tilstand: str) -> QuerySet:
    aftaler = _aftaler(person, kriterier, omraade, tilstand)
    return aftaler.order_by("-skoleaar", "distrikt__navn", "-nummer").values_list(*FELTER)


def _aftaler(person: Person, kriterier: Kriterier, omraade: str, tilstand: str) -> QuerySet[Aftale]:
    """What is asked of the text, area or words, counts only where the person may read it."""
    alle = Aftale.objects.all()
    laes, hvor = alle.hvor(person, Handling.LAES), alle.hvor(person, Handling.SE_TILSTAND)
    if kriterier.aar:
        hvor &= Q(skoleaar=kriterier.aar)
    if tilstand:
        hvor &= Q(tilstand=tilstand)
    if omraade:
        hvor &= Q(distrikt__in=_i_omraadet(omraade))
    if kriterier.maalomraade:
        maal = StrategiskMaal.objects.filter(aftale=OuterRef("pk"), omraader=kriterier.maalomraade)
        hvor &= laes & Exists(maal)
    if kriterier.venter:
        hvor &= hvor_der_ventes_paa(person, kriterier.venter, kriterier.dette_aar)
    for et in kriterier.ordene:
        hvor &= _skrevet(et, "distrikt__navn") | (laes & _i_teksten(et))
    return alle.filter(hvor)


def _i_omraadet(omraade: str) -> QuerySet:
    links = Distriktstilknytning.objects.gaeldende()
    return links.filter(enhed__slug=omraade, enhed__art=Enhed.Art.OMRAADE).values("distrikt")


# --- words -------------------------------------------------------------------------------------------------------
def _skrevet(ordet: str, felt: str) -> Q:
    """The word in a name. SQLite knows no Ø from ø, so the ways it is written are asked for one by one."""
    maader = {ordet} if ordet.isascii() else {ordet.lower(), ordet.upper(), ordet.capitalize()}
    return Q(*(Q(**{f"{felt}__icontains": maade}) for maade in sorted(maader)), _connector=Q.OR)


def _i_teksten(ordet: str) -> Q:
    skrevet = indeholder(ordet)
    return (
        skrevet
        | Exists(StrategiskMaal.objects.filter(skrevet, aftale=OuterRef("pk")))
        | Exists(Delmaal.objects.filter(skrevet, maal__aftale=OuterRef("pk")))
        | Exists(Aktivitet.objects.filter(skrevet, delmaal__maal__aftale=OuterRef("pk")))
    )


# --- districts without -------------------------------------------------------------------------------------------
def uden_aftale(person: Person, valg: Valg) -> list[tuple[str, str, int]]:
    """(name, slug, id) of each district without an agreement that year; a special school never misses one (S8)."""
    aar, dag = _aar_og_dag(valg)
    distrikter = _uden_aftale(person, aar, valg.q.split(), dag=dag, omraade=valg.omraade)
    return list(distrikter.order_by("navn").values_list("navn", "slug", "pk"))


def _uden_aftale(person: Person, aar: int, ordene: Iterable[str], *, dag: date, omraade: str) -> QuerySet:
    mine, tilladt = mine_roller(person), TILLADT[Handling.SE_TILSTAND]
    levende = Aftale.objects.filter(distrikt=OuterRef("pk"), skoleaar=aar).exclude(tilstand__in=TAELLER_IKKE)
    distrikter = Skoledistrikt.objects.gaeldende(dag).filter(~Exists(levende), er_uden_geografi=False)
    if mine.globale.isdisjoint(tilladt):
        distrikter = distrikter.filter(pk__in=distrikter_med(mine, tilladt))
    if omraade:
        distrikter = distrikter.filter(pk__in=_i_omraadet(omraade))
    return distrikter.filter(*(_skrevet(et, "navn") for et in ordene))


def omraader_at_vaelge(person: Person) -> list[tuple[str, str]]:
    """(slug, name) of the municipality's områder, for those who see them all."""
    if mine_roller(person).globale.isdisjoint(TILLADT[Handling.SE_TILSTAND]):
        return []
    return hent(_alle_omraader, None)


def _alle_omraader(_: None) -> QuerySet:
    return Enhed.objects.gaeldende().filter(art=Enhed.Art.OMRAADE).order_by("navn").values_list("slug", "navn")


def omraade_af_distrikt(distrikter: Iterable[int]) -> dict[int, str]:
    links = Distriktstilknytning.objects.gaeldende().filter(distrikt__in=distrikter, enhed__art=Enhed.Art.OMRAADE)
    return dict(links.values_list("distrikt", "enhed__navn"))
