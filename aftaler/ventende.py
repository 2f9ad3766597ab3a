"""Who is waited for in the list of agreements, as values: `tur.naeste_skridt` is the truth."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from aftaler.aarshjul import Aarshjul, aarshjul
from aftaler.ledighed import kan_traede_til, ledig
from aftaler.models import Aftalepart
from aftaler.states import AABNE, LEVENDE, MANGLER_SVAR, Svar, Tilstand
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Enhed, Person
from samarbejde.permissions import PARTSLEDERE, Rolle
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import skoleaar_for

if TYPE_CHECKING:
    from aftaler.oversigt import Raekke

AD_GANGEN = 50
ALLE_PARTER = "Alle parter"
MIG, TOVHOLDER, PARTER, INGEN = "mig", "tovholder", "parter", "ingen"
VENTER = {
    MIG: "Mig",
    TOVHOLDER: "Tovholderen",
    PARTER: "Parternes ledere",
    INGEN: "Ingen: aftalen er indgået eller slut",
}


class Svarende(NamedTuple):
    """A party that has not approved, one that is closed, or one of my own of a draft."""

    aftale: int
    tilstand: str
    enhed_id: int
    navn: str
    art: str
    ejerform: str
    lukket_den: date | None
    er_ledig: bool
    er_min: bool

    @property
    def er_lukket(self) -> bool:
        return self.lukket_den is not None and self.lukket_den <= tid.i_dag()

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


# --- the filter -----------------------------------------------------------------------------------------------------
def hvor_der_ventes_paa(person: Person, venter: str, dette_aar: int) -> Q:
    parter = Aftalepart.objects.filter(aftale=OuterRef("pk"))
    kladde, sendt = Q(tilstand=Tilstand.KLADDE), Q(tilstand=Tilstand.TIL_GODKENDELSE)
    kan_ikke = Exists(parter.filter(Q(tilstand=Svar.KAN_IKKE) | _er_lukket()))
    mangler = parter.filter(tilstand__in=MANGLER_SVAR - {Svar.KAN_IKKE}).exclude(_er_lukket())
    lukket = Q(tilstand__in=AABNE, skoleaar__gte=dette_aar) & Exists(parter.filter(_er_lukket()))
    if venter == TOVHOLDER:
        return kladde | (sendt & kan_ikke) | lukket
    if venter == PARTER:
        return sendt & Exists(mangler)
    if venter == INGEN:
        return ~Q(tilstand__in=LEVENDE)
    ledede = _ledede(person)
    er_tovholder = Q(tovholder__in=mine_roller(person).enheder_med({Rolle.SKOLELEDER}))
    min_kladde = kladde & (er_tovholder | Exists(parter.filter(enhed__in=ledede)))
    mine = parter.filter(_svarer_for(person)).exclude(_er_lukket())
    mit_svar = mine.filter(tilstand__in=MANGLER_SVAR - {Svar.KAN_IKKE})
    aaben = Q(tilstand__in=AABNE, skoleaar__gte=dette_aar) & Exists(mine.filter(tilstand__in=MANGLER_SVAR))
    return min_kladde | aaben | (sendt & ((er_tovholder & kan_ikke) | Exists(mit_svar))) | (er_tovholder & lukket)


def _svarer_for(person: Person) -> Q:
    """The parties of units I lead, and of those I act for while nobody leads them (decisions 2 and 3)."""
    traeder_til, egne = kan_traede_til(mine_roller(person)), Q(enhed__in=_ledede(person))
    return egne if traeder_til is None else egne | (Q(ledig()) & traeder_til)


def _er_lukket() -> Q:
    """A party whose unit is closed, and that nobody has said has left: the tovholder's to say (case 28)."""
    return Q(enhed__gyldig_til__lte=tid.i_dag()) & ~Q(tilstand=Svar.UDTRAADT)


def _ledede(person: Person) -> list[int]:
    """The units I lead: each of these roles fits only its own kind of unit."""
    return [pk for pk, roller in mine_roller(person).enheder.items() if not roller.isdisjoint(PARTSLEDERE)]


# --- each row -------------------------------------------------------------------------------------------------------
def venter_paa(alle: "list[Raekke]", person: Person) -> dict[int, Venter]:
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
    lukket = Q(aftale__tilstand__in=[Tilstand.TIL_GODKENDELSE, *AABNE]) & _er_lukket()
    mine = Q(aftale__tilstand=Tilstand.KLADDE, enhed__in=_ledede(person))
    parter = Aftalepart.objects.filter(mangler | lukket | mine, aftale__in=aftaler).order_by("pk").med_ledighed()
    er_min = Case(When(_svarer_for(person), then=Value(True)), default=Value(False))
    felter = (
        "aftale",
        "tilstand",
        "enhed_id",
        "enhed__navn",
        "enhed__art",
        "enhed__ejerform",
        "enhed__gyldig_til",
        "ledig",
        "er_min",
    )
    return parter.annotate(er_min=er_min).values_list(*felter)


def _venter(en: "Raekke", parter: list[Svarende], ledede: frozenset[int], hjul: Aarshjul) -> Venter:
    if en.tilstand == Tilstand.KLADDE:
        er_min = en.tovholder_id in ledede or bool(parter)
        return Venter((f"Tovholderen, {en.tovholder}",), er_min, None if en.erstatter_id else hjul.frist)
    if en.tilstand == Tilstand.TIL_GODKENDELSE:
        return _venter_paa_svar(en, parter, ledede, hjul)
    if en.tilstand == Tilstand.INDGAAET and tid.i_dag() <= hjul.gaelder_til_og_med:
        return _venter_i_kraft(en, parter, ledede, hjul)
    return Venter()


def _venter_i_kraft(en: "Raekke", parter: list[Svarende], ledede: frozenset[int], hjul: Aarshjul) -> Venter:
    aabne = [part for part in parter if not part.er_lukket]
    hvem, er_min = [*(part.hvem for part in aabne), ALLE_PARTER], any(part.er_min for part in aabne)
    if len(aabne) < len(parter):
        hvem.insert(0, f"Tovholderen, {en.tovholder}")
        er_min = er_min or en.tovholder_id in ledede
    return Venter(tuple(hvem), er_min, hjul.gaelder_til_og_med)


def _venter_paa_svar(en: "Raekke", parter: list[Svarende], ledede: frozenset[int], hjul: Aarshjul) -> Venter:
    mangler = [part for part in parter if part.tilstand != Svar.KAN_IKKE and not part.er_lukket]
    hvem, er_min = [part.hvem for part in mangler], any(part.er_min for part in mangler)
    if len(mangler) < len(parter):
        hvem.insert(0, f"Tovholderen, {en.tovholder}")
        er_min = er_min or en.tovholder_id in ledede
    return Venter(tuple(hvem), er_min, hjul.frist if mangler and not en.erstatter_id else None)


@lru_cache
def _ledertitel(art: str, ejerform: str) -> str:
    return Enhed(art=art, ejerform=ejerform).ledertitel.capitalize()
