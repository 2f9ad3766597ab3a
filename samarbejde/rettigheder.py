"""The permission table in words, for /hjaelp/hvem-maa-hvad/ and the README."""

from dataclasses import dataclass

from samarbejde.models import Person
from samarbejde.permissions import REGLER, TILLADT, Handling, Regel, Relation, Rolle
from samarbejde.roller import Roller, mine_roller

RAEKKEFOELGE: list[Rolle | Relation] = [*Rolle, *Relation]


@dataclass(frozen=True)
class Raekke:
    """One act: the rule, and who may, each with the mark of being one's own role."""

    handling: Handling
    regel: Regel
    hvem: list[tuple[str, bool]]


def raekker(person: Person, kun: str = "") -> list[Raekke]:
    """The whole table, or the acts of one role; an unknown role keeps everything."""
    egne, kendte = egne_roller(person), {rolle.value for rolle in RAEKKEFOELGE}
    return [
        Raekke(handling, REGLER[handling], [(rolle.label, rolle in egne) for rolle in RAEKKEFOELGE if rolle in tilladt])
        for handling, tilladt in TILLADT.items()
        if kun not in kendte or kun in {rolle.value for rolle in tilladt}
    ]


def roller_i_tabellen() -> list[tuple[str, str]]:
    brugte = frozenset().union(*TILLADT.values())
    return [(rolle.value, rolle.label) for rolle in RAEKKEFOELGE if rolle in brugte]


def egne_roller(person: Person) -> Roller:
    """Every role and relation the person has somewhere today. Tovholder is asked of one agreement, so never here."""
    mine = mine_roller(person)
    return mine.globale.union(*mine.enheder.values(), *map(mine.fra_distrikt, mine.distrikter))
