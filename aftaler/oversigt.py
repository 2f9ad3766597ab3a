"""The list of agreements: what one may choose among, and the rows as values (decision 11: two readings)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from aftaler.aarshjul import Aarshjul, aarshjul
from aftaler.ledighed import kan_traede_til, ledig
from aftaler.models import Aftale, Aftalepart, Aktivitet, Delmaal, Maalomraade, StrategiskMaal
from aftaler.states import AABNE, LEVENDE, MANGLER_SVAR, TAELLER_IKKE, Svar, Tilstand
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Distriktstilknytning, Enhed, Person, Skoledistrikt
from samarbejde.permissions import PARTSLEDERE, TILLADT, Handling, Rolle
from samarbejde.querysets import distrikter_med
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import foerste_dag, sidste_dag, skoleaar_for

AD_GANGEN = 50
# Among the states of the filter: the districts that have no agreement (D3).
UDEN_AFTALE = "uden_aftale"
ALLE_PARTER = "Alle parter"
MIG, TOVHOLDER, PARTER, INGEN = "mig", "tovholder", "parter", "ingen"
VENTER = {
    MIG: "Mig",
    TOVHOLDER: "Tovholderen",
    PARTER: "Parternes ledere",
    INGEN: "Ingen: aftalen er indgået eller slut",
}


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


class Svarende(NamedTuple):
    """A party that has not approved, or one of my own of a draft."""

    aftale: int
    tilstand: str
    enhed_id: int
    navn: str
    art: str
    ejerform: str
    er_ledig: bool
    er_min: bool

    @property
    def hvem(self) -> str:
        if self.er_ledig:
            return f"Den, der handler for {self.navn}, mens lederposten er ledig"
        return f"{_ledertitel(self.art, self.ejerform)}, {self.navn}"


@dataclass(frozen=True)
class Venter:
    """Who must act on one agreement, as `tur.naeste_skridt` says it."""

    hvem: tuple[str, ...] = ()
    er_min: bool = False
    frist: date | None = None


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
        hvor &= _venter_paa(person, kriterier.venter, kriterier.dette_aar)
    for et in kriterier.ordene:
        hvor &= _skrevet(et, "distrikt__navn") | (laes & _i_teksten(et))
    return alle.filter(hvor)


def _i_omraadet(omraade: str) -> QuerySet:
    links = Distriktstilknytning.objects.gaeldende()
    return links.filter(enhed__slug=omraade, enhed__art=Enhed.Art.OMRAADE).values("distrikt")


def _venter_paa(person: Person, venter: str, dette_aar: int) -> Q:
    parter = Aftalepart.objects.filter(aftale=OuterRef("pk"))
    kladde, sendt = Q(tilstand=Tilstand.KLADDE), Q(tilstand=Tilstand.TIL_GODKENDELSE)
    kan_ikke, mangler = (
        Exists(parter.filter(tilstand=Svar.KAN_IKKE)),
        parter.filter(tilstand__in=MANGLER_SVAR - {Svar.KAN_IKKE}),
    )
    if venter == TOVHOLDER:
        return kladde | (sendt & kan_ikke)
    if venter == PARTER:
        return sendt & Exists(mangler)
    if venter == INGEN:
        return ~Q(tilstand__in=LEVENDE)
    ledede = _ledede(person)
    er_tovholder = Q(tovholder__in=mine_roller(person).enheder_med({Rolle.SKOLELEDER}))
    min_kladde = kladde & (er_tovholder | Exists(parter.filter(enhed__in=ledede)))
    mine = parter.filter(_svarer_for(person))
    mit_svar = mine.filter(tilstand__in=MANGLER_SVAR - {Svar.KAN_IKKE})
    aaben = Q(tilstand__in=AABNE, skoleaar__gte=dette_aar) & Exists(mine.filter(tilstand__in=MANGLER_SVAR))
    return min_kladde | aaben | (sendt & ((er_tovholder & kan_ikke) | Exists(mit_svar)))


def _svarer_for(person: Person) -> Q:
    """The parties of units I lead, and of those I act for while nobody leads them (decisions 2 and 3)."""
    traeder_til, egne = kan_traede_til(mine_roller(person)), Q(enhed__in=_ledede(person))
    return egne if traeder_til is None else egne | (Q(ledig()) & traeder_til)


def _ledede(person: Person) -> list[int]:
    """The units I lead: each of these roles fits only its own kind of unit."""
    return [pk for pk, roller in mine_roller(person).enheder.items() if not roller.isdisjoint(PARTSLEDERE)]


# --- words -------------------------------------------------------------------------------------------------------
def _skrevet(ordet: str, *felter: str) -> Q:
    """The word in one of the fields. SQLite knows no Ø from ø, so the ways it is written are asked for one by one."""
    maader = {ordet} if ordet.isascii() else {ordet.lower(), ordet.upper(), ordet.capitalize()}
    return Q(*(Q(**{f"{felt}__icontains": maade}) for felt in felter for maade in sorted(maader)), _connector=Q.OR)


def _i_teksten(ordet: str) -> Q:
    maal = _skrevet(ordet, "titel", "beskrivelse", "realisering")
    led = _skrevet(ordet, "titel", "beskrivelse")
    aktivitet = led | _skrevet(ordet, "tegn")
    return (
        _skrevet(ordet, "behov", "retning")
        | Exists(StrategiskMaal.objects.filter(maal, aftale=OuterRef("pk")))
        | Exists(Delmaal.objects.filter(led, maal__aftale=OuterRef("pk")))
        | Exists(Aktivitet.objects.filter(aktivitet, delmaal__maal__aftale=OuterRef("pk")))
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


# --- who must act ------------------------------------------------------------------------------------------------
def venter_paa(alle: list[Raekke], person: Person) -> dict[int, Venter]:
    """For each agreement; one query a page, and only of those that wait."""
    dette = skoleaar_for(tid.i_dag())
    venter = [en.pk for en in alle if en.tilstand in LEVENDE or (en.tilstand in AABNE and en.skoleaar >= dette)]
    svarende: dict[int, list[Svarende]] = {pk: [] for pk in venter}
    for nogle in (venter[fra : fra + AD_GANGEN] for fra in range(0, len(venter), AD_GANGEN)):
        # Filled up with what no row has, so that the statement is compiled once.
        fulde = [*nogle, *range(len(nogle) - AD_GANGEN, 0)]
        for svar in hent(_svarende, person, aftaler=fulde):
            svarende[svar[0]].append(Svarende(*svar))
    ledede, aarene = frozenset(_ledede(person)), lru_cache(aarshjul)
    return {en.pk: _venter(en, svarende.get(en.pk, []), ledede, aarene(en.skoleaar)) for en in alle}


def _svarende(person: Person, aftaler: list[int]) -> QuerySet:
    mangler = Q(aftale__tilstand__in=[Tilstand.TIL_GODKENDELSE, *AABNE], tilstand__in=MANGLER_SVAR)
    mine = Q(aftale__tilstand=Tilstand.KLADDE, enhed__in=_ledede(person))
    parter = Aftalepart.objects.filter(mangler | mine, aftale__in=aftaler).order_by("pk").med_ledighed()
    er_min = Case(When(_svarer_for(person), then=Value(True)), default=Value(False))
    felter = ("aftale", "tilstand", "enhed_id", "enhed__navn", "enhed__art", "enhed__ejerform", "ledig", "er_min")
    return parter.annotate(er_min=er_min).values_list(*felter)


def _venter(en: Raekke, parter: list[Svarende], ledede: frozenset[int], hjul: Aarshjul) -> Venter:
    if en.tilstand == Tilstand.KLADDE:
        er_min = en.tovholder_id in ledede or bool(parter)
        return Venter((f"Tovholderen, {en.tovholder}",), er_min, None if en.erstatter_id else hjul.frist)
    if en.tilstand == Tilstand.TIL_GODKENDELSE:
        return _venter_paa_svar(en, parter, ledede, hjul)
    if en.tilstand == Tilstand.INDGAAET and tid.i_dag() <= hjul.gaelder_til_og_med:
        hvem = (*(part.hvem for part in parter), ALLE_PARTER)
        return Venter(hvem, any(part.er_min for part in parter), hjul.gaelder_til_og_med)
    return Venter()


def _venter_paa_svar(en: Raekke, parter: list[Svarende], ledede: frozenset[int], hjul: Aarshjul) -> Venter:
    mangler = [part for part in parter if part.tilstand != Svar.KAN_IKKE]
    hvem, er_min = [part.hvem for part in mangler], any(part.er_min for part in mangler)
    if len(mangler) < len(parter):
        hvem.insert(0, f"Tovholderen, {en.tovholder}")
        er_min = er_min or en.tovholder_id in ledede
    return Venter(tuple(hvem), er_min, hjul.frist if mangler and not en.erstatter_id else None)


@lru_cache
def _ledertitel(art: str, ejerform: str) -> str:
    return Enhed(art=art, ejerform=ejerform).ledertitel.capitalize()
