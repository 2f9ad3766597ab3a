"""One look-up of a person's own roles: the base of every answer about rights.

A person has few roles, so they are read once a request (one query) and rights on rows are asked with literal ids.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import Q

from samarbejde import stik, tid
from samarbejde.permissions import Relation, Rolle

if TYPE_CHECKING:
    from samarbejde.models import Person

Roller = frozenset[Rolle | Relation]
INGEN: Roller = frozenset()
# Held at a unit of kind forvaltning, for the whole municipality.
GLOBALE: Roller = frozenset({Rolle.FORVALTNING, Rolle.ADMINISTRATOR})
# Held at a klynge, netværk or område: reaches the districts of the units it gathers without being part of them.
MED_ENHEDER: Roller = frozenset({Rolle.KLYNGELEDER, Rolle.NETVAERKSKOORDINATOR})
OVERORDNEDE: Roller = MED_ENHEDER | {Rolle.OMRAADECHEF}


# The leader in person: what a deputy cannot do in the leader's place (decision 4).
SELV: dict[Rolle, frozenset[Relation]] = {
    Rolle.SKOLELEDER: frozenset({Relation.LEDER_SELV, Relation.SKOLELEDER_SELV}),
    Rolle.FRITIDSLEDER: frozenset({Relation.LEDER_SELV, Relation.FRITIDSLEDER_SELV}),
    **dict.fromkeys(
        (Rolle.DAGTILBUDSLEDER, Rolle.KLYNGELEDER, Rolle.NETVAERKSKOORDINATOR), frozenset({Relation.LEDER_SELV})
    ),
}
# Whoever holds one of these at a unit leads it: each fits only its own kinds of unit.
LEDERE: Roller = frozenset({*SELV, Rolle.OMRAADECHEF})


@dataclass(frozen=True)
class MineRoller:
    """`enheder`: my roles at each unit; `under`: those that reach a unit from its klynge or netværk;
    `distrikter`: those that reach each district; `globale`: those held everywhere; `fora`: what I am in a forum
    without a role at its unit; `plc`: the schools where I coordinate the Læringscenter too.
    """

    enheder: dict[int, Roller] = field(default_factory=dict)
    under: dict[int, Roller] = field(default_factory=dict)
    distrikter: dict[int, Roller] = field(default_factory=dict)
    globale: Roller = INGEN
    fora: dict[int, Roller] = field(default_factory=dict)
    plc: frozenset[int] = frozenset()

    def paa(self, *enhed_ids: int) -> Roller:
        """My roles at these units and over them."""
        egne = (self.enheder.get(pk, INGEN) | self.under.get(pk, INGEN) for pk in enhed_ids)
        return frozenset[Rolle | Relation]().union(*egne)

    def fra_distrikt(self, distrikt_id: int) -> Roller:
        """What a district gives on the things inside it: never the roles at its units themselves."""
        roller = self.distrikter.get(distrikt_id, INGEN)
        relationer: set[Rolle | Relation] = set()
        if roller - OVERORDNEDE:
            relationer.add(Relation.I_DISTRIKTET)
        if roller & MED_ENHEDER:
            relationer.add(Relation.ENHEDER_I_DISTRIKTET)
        return self.globale | relationer | (roller & {Rolle.NETVAERKSKOORDINATOR, Rolle.OMRAADECHEF})

    def i_distrikt(self, distrikt_id: int) -> Roller:
        """On the district itself the roles at its units count too: a leader of one of them may start its agreement."""
        return self.fra_distrikt(distrikt_id) | (self.distrikter.get(distrikt_id, INGEN) - OVERORDNEDE)

    def enheder_med(self, tilladt: Collection[Any]) -> list[int]:
        return sorted(pk for pk in {*self.enheder, *self.under} if not self.paa(pk).isdisjoint(tilladt))

    @cached_property
    def pladser(self) -> tuple[int, ...]:
        """Every id, units first, then districts, then forums; each kind in order."""
        enheder = {*self.enheder, *self.under, *self.plc}
        return (*sorted(enheder), *sorted(self.distrikter), *sorted(self.fora))

    @cached_property
    def abstrakt(self) -> "AbstrakteRoller":
        """The same for everybody who holds the same roles at other places."""
        antal_enheder = len({*self.enheder, *self.under, *self.plc})
        enhed = {pk: nummer for nummer, pk in enumerate(self.pladser[:antal_enheder])}
        resten = [*self.pladser[antal_enheder:]]
        sted = {pk: antal_enheder + nummer for nummer, pk in enumerate(resten[: len(self.distrikter)])}
        forum = {pk: antal_enheder + len(sted) + nummer for nummer, pk in enumerate(resten[len(sted) :])}
        return AbstrakteRoller(
            antal=len(self.pladser),
            enheder=tuple((enhed[pk], roller) for pk, roller in self.enheder.items()),
            under=tuple((enhed[pk], roller) for pk, roller in self.under.items()),
            distrikter=tuple((sted[pk], roller) for pk, roller in self.distrikter.items()),
            fora=tuple((forum[pk], roller) for pk, roller in self.fora.items()),
            globale=self.globale,
            plc=frozenset(enhed[pk] for pk in self.plc),
        )


@dataclass(frozen=True)
class AbstrakteRoller:
    """Roles without whose they are: each unit, district and forum is a number of `MineRoller.pladser`."""

    antal: int
    enheder: tuple[tuple[int, Roller], ...]
    under: tuple[tuple[int, Roller], ...]
    distrikter: tuple[tuple[int, Roller], ...]
    fora: tuple[tuple[int, Roller], ...]
    globale: Roller
    plc: frozenset[int]

    def paa_pladser(self, pladser: Sequence[int]) -> MineRoller:
        return MineRoller(
            enheder={pladser[nummer]: roller for nummer, roller in self.enheder},
            under={pladser[nummer]: roller for nummer, roller in self.under},
            distrikter={pladser[nummer]: roller for nummer, roller in self.distrikter},
            fora={pladser[nummer]: roller for nummer, roller in self.fora},
            globale=self.globale,
            plc=frozenset(pladser[nummer] for nummer in self.plc),
        )


_opslag: ContextVar[dict[int, MineRoller] | None] = ContextVar("rolleopslag", default=None)


def mine_roller(person: "Person") -> MineRoller:
    if not getattr(person, "pk", None) or not person.is_active:
        return MineRoller()
    opslag = _opslag.get()
    if opslag is None:
        return _slaa_op(person.pk)
    if person.pk not in opslag:
        opslag[person.pk] = _slaa_op(person.pk)
    return opslag[person.pk]


def husk_roller() -> None:
    """Begin a request: the look-up is remembered until `slut_med_roller`."""
    _opslag.set({})


def glem_roller() -> None:
    """An action calls this once it holds its lock, so that a role that ended meanwhile has ended."""
    if _opslag.get() is not None:
        _opslag.set({})


def slut_med_roller() -> None:
    _opslag.set(None)


@contextmanager
def som_om(person_id: int, mine: MineRoller) -> Iterator[None]:
    """Inside, the person holds these roles and nobody else holds any (samarbejde.forespoergsel)."""
    maerke = _opslag.set({person_id: mine})
    try:
        yield
    finally:
        _opslag.reset(maerke)


def _slaa_op(person_id: int) -> MineRoller:
    raekker = [_Raekke(*raekke) for raekke in _raekker(person_id, tid.i_dag())]
    opslag: list[dict[int, set[Any]]] = [defaultdict(set) for _ in range(4)]
    enheder, under, distrikter, fora = opslag
    for raekke in raekker:
        kode = raekke.som
        enheder[raekke.enhed].add(kode)
        if not raekke.er_stedfortraeder:
            enheder[raekke.enhed] |= SELV.get(kode, INGEN)
        for maal, pk in ((under, raekke.medlem), (distrikter, raekke.distrikt), (fora, raekke.forum)):
            if pk:
                maal[pk].add(kode)
    koordinerer = [raekke for raekke in raekker if raekke.som == Rolle.KOORDINATOR]
    return MineRoller(
        enheder=_frys(enheder),
        under=_frys(under),
        distrikter=_frys(distrikter),
        globale=GLOBALE & frozenset().union(*enheder.values()),
        fora=_frys(fora),
        plc=frozenset(raekke.enhed for raekke in koordinerer if raekke.omfang != KUN_RESSOURCECENTER),
    )


class _Raekke(NamedTuple):
    """One row of the look-up: a role at a unit, or what upper apps plug in as `stik.kreds`."""

    enhed: int
    kode: str
    medlem: int | None
    distrikt: int | None
    forum: int | None
    omfang: str
    er_stedfortraeder: bool

    @property
    def som(self) -> Any:
        return ROLLER_OG_RELATIONER[self.kode]


def _frys(opslag: dict[int, set[Any]]) -> dict[int, Roller]:
    return {pk: frozenset(opslag[pk]) for pk in sorted(opslag)}


KUN_RESSOURCECENTER = "rc"
ROLLER_OG_RELATIONER: dict[str, Rolle | Relation] = {kode.value: kode for kode in (*Rolle, *Relation)}
# Written by hand: asked on every page, and building it through the ORM costs more than running it (ADR 0011).
# A role ends with its unit (S54, case 28), also where nobody has ended the row. Of those at an område only its chef
# reaches its districts: the staff of its support see what they are attached to.
GAELDER = "{0}.gyldig_fra <= %(dag)s AND ({0}.gyldig_til IS NULL OR {0}.gyldig_til > %(dag)s)".format
MINE_ROLLER = f"""
    WITH rolle AS (
        SELECT tildeling.enhed_id, rettighed.codename, enhed.art, tildeling.omfang, tildeling.i_fravaer
          FROM samarbejde_rolletildeling tildeling
          JOIN auth_permission rettighed ON rettighed.id = tildeling.permission_id
          JOIN samarbejde_enhed enhed ON enhed.id = tildeling.enhed_id AND {GAELDER("enhed")}
         WHERE tildeling.user_id = %(person)s AND {GAELDER("tildeling")}
    )
    SELECT rolle.enhed_id, rolle.codename, NULL, link.distrikt_id, CAST(NULL AS bigint), rolle.omfang, rolle.i_fravaer
      FROM rolle
      LEFT JOIN samarbejde_distriktstilknytning link ON link.enhed_id = rolle.enhed_id AND {GAELDER("link")}
           AND (rolle.art <> 'omraade' OR rolle.codename = 'omraadechef')
    UNION ALL
    SELECT rolle.enhed_id, rolle.codename, medlem.enhed_id, link.distrikt_id, CAST(NULL AS bigint), rolle.omfang,
           rolle.i_fravaer
      FROM rolle
      JOIN samarbejde_enhedstilknytning medlem ON medlem.til_id = rolle.enhed_id AND {GAELDER("medlem")}
      LEFT JOIN samarbejde_distriktstilknytning link ON link.enhed_id = medlem.enhed_id AND {GAELDER("link")}
     WHERE rolle.codename IN ('klyngeleder', 'netvaerkskoordinator')
"""  # noqa: S608 - no value of anybody's is in it


@cache
def _forespoergsel() -> str:
    return " UNION ALL ".join([MINE_ROLLER, *(plug() for plug in stik.kreds)])


def _raekker(person_id: int, dag: date) -> list[tuple[Any, ...]]:
    """Own units with their districts, the units that mine gather, and the forums I am attached to in person."""
    with connection.cursor() as markoer:
        markoer.execute(_forespoergsel(), {"person": person_id, "dag": connection.ops.adapt_datefield_value(dag)})
        return markoer.fetchall()


def i_perioden(dag: date, praefiks: str = "") -> Q:
    """The half-open period [gyldig_fra, gyldig_til) holds on `dag`, a day in Copenhagen."""
    aaben = Q(**{f"{praefiks}gyldig_til__isnull": True}) | Q(**{f"{praefiks}gyldig_til__gt": dag})
    return Q(**{f"{praefiks}gyldig_fra__lte": dag}) & aaben


class _HeleKommunen:
    """What belongs to no unit: only roles held for the whole municipality count."""

    def roller_for(self, person: "Person") -> Roller:
        return mine_roller(person).globale


HELE_KOMMUNEN = _HeleKommunen()
