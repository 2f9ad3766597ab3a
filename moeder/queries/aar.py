"""A school year of meetings, week by week: what the picture of the year and its table show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from moeder.models import Moede, Serie
from moeder.queries import aarstegning
from moeder.states import Tilstand
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.formater import MAANEDER_KORT
from samarbejde.kalender import ferier
from samarbejde.models import Person
from samarbejde.permissions import Handling
from samarbejde.skolekalender import Ferie, foerste_dag, hvorfor_ikke_skoledag, isouge, sidste_dag, skoleaar_for

ET_DOEGN = timedelta(days=1)
SKOLEDAGE = 5
FLEST_NAESTE = 3


@dataclass(frozen=True)
class Uge:
    """`fri`: why some of its weekdays are no school days, in order, once each."""

    mandag: date
    maaned: int
    fri: tuple[str, ...]
    er_helt_fri: bool
    moeder: tuple[Moede, ...]

    @property
    def nummer(self) -> int:
        return isouge(self.mandag)[1]


@dataclass(frozen=True)
class Aar:
    """`maaneder`: August to July, each with the weeks whose Monday lies in it."""

    skoleaar: int
    moeder: tuple[Moede, ...]
    maaneder: tuple[tuple[str, tuple[Uge, ...]], ...]
    navn: str = "aaret"

    @cached_property
    def tegning(self) -> SafeString:
        return aarstegning.svg(self)

    @property
    def uger(self) -> list[Uge]:
        """The lines of the table: weeks with a meeting or a day off."""
        return [uge for _, uger in self.maaneder for uge in uger if uge.moeder or uge.fri]

    @property
    def antal(self) -> int:
        return sum(moede.tilstand != Tilstand.AFLYST for moede in self.moeder)


def aaret(skoleaar: int, moeder: Iterable[Moede], navn: str = "aaret") -> Aar:
    """`navn` tells two pictures on a page apart."""
    moeder = tuple(moeder)
    efter_uge: dict[date, list[Moede]] = defaultdict(list)
    for moede in moeder:
        efter_uge[mandagen(moede.dag)].append(moede)
    maaneder: dict[tuple[int, int], list[Uge]] = defaultdict(list)
    alle = ferier()
    for mandag in _mandage(skoleaar):
        synlig = max(mandag, foerste_dag(skoleaar))
        maaneder[synlig.year, synlig.month].append(_uge(mandag, synlig.month, skoleaar, alle, efter_uge[mandag]))
    navne = tuple((MAANEDER_KORT[maaned - 1], tuple(uger)) for (_, maaned), uger in maaneder.items())
    return Aar(skoleaar, moeder, navne, navn)


@dataclass(frozen=True)
class Forumaar:
    """What the page of a unit's forums shows: the next meetings, the year they lie in, and the series they are from."""

    naeste: list[Moede]
    aaret: Aar | None
    serier: list[Serie]


def aaret_i_fora(fora: Iterable[Forum], person: Person) -> Forumaar:
    """What the person may see of this school year and what comes after it, joint meetings too. One query. Before
    anything is planned in this year, the next one is shown.
    """
    fra = tid.fra_lokal(foerste_dag(skoleaar_for(tid.i_dag())), time.min)
    alle = hent(_moeder_fra, person, fora=[forum.pk for forum in fora], fra=fra)
    efter_aar: dict[int, list[Moede]] = defaultdict(list)
    for moede in alle:
        efter_aar[skoleaar_for(moede.dag)].append(moede)
    aar = min(efter_aar, default=None)
    kommer = [en for en in alle if en.slutter >= tid.nu() and en.tilstand != Tilstand.AFLYST]
    return Forumaar(kommer[:FLEST_NAESTE], None if aar is None else aaret(aar, efter_aar[aar]), _serier(alle))


def _moeder_fra(person: Person, fora: list[int], fra: datetime) -> QuerySet[Moede]:
    moeder = Moede.objects.synlige_for(person, Handling.SE_MOEDE).filter(begynder__gte=fra)
    hos = moeder.filter(Q(forum__in=fora) | Q(medforum__in=fora))
    return hos.select_related("forum__enhed", "medforum", "serie").order_by("begynder", "pk")


def _serier(moeder: Iterable[Moede]) -> list[Serie]:
    serier = {}
    for moede in moeder:
        if serie := moede.serie:
            serie.forum, serie.medforum = moede.forum, moede.medforum
            serier[serie.pk] = serie
    return list(serier.values())


def mandagen(dag: date) -> date:
    return dag - dag.weekday() * ET_DOEGN


def _mandage(skoleaar: int) -> Iterable[date]:
    """A week that only has a weekend in the year is not one of its weeks."""
    foerste, sidste = foerste_dag(skoleaar), sidste_dag(skoleaar)
    mandag = mandagen(foerste) if foerste.weekday() < SKOLEDAGE else mandagen(foerste) + 7 * ET_DOEGN
    while mandag <= sidste:
        yield mandag
        mandag += 7 * ET_DOEGN


def _uge(mandag: date, maaned: int, skoleaar: int, alle: tuple[Ferie, ...], moeder: list[Moede]) -> Uge:
    hverdage = [mandag + n * ET_DOEGN for n in range(SKOLEDAGE)]
    dage = [dag for dag in hverdage if foerste_dag(skoleaar) <= dag <= sidste_dag(skoleaar)]
    fri = [grund for dag in dage if (grund := hvorfor_ikke_skoledag(dag, alle))]
    return Uge(mandag, maaned, tuple(dict.fromkeys(fri)), len(fri) == len(dage), tuple(moeder))
