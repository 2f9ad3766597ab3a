"""Sockets: what sits below the things it shows. Upper apps plug in from `AppConfig.ready()`; no other inversion.

`tests/arkitektur/test_stik.py` lists every plug.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

from samarbejde import tid

F = TypeVar("F", bound=Callable)


class Stik(Generic[F]):
    def __init__(self, navn: str) -> None:
        self.navn = navn
        self._plugs: dict[str, F] = {}

    def tilslut(self, navn: str, plug: F) -> None:
        if navn in self._plugs and self._plugs[navn] is not plug:
            raise ValueError(f"stikket {self.navn} har allerede {navn}")
        self._plugs[navn] = plug

    def __iter__(self) -> Iterator[F]:
        return iter(self._plugs.values())

    def items(self) -> list[tuple[str, F]]:
        return list(self._plugs.items())


# (person) -> list[Skridt]: what waits, for the start page; the holder may be the person or somebody else.
din_tur: Stik[Callable] = Stik("din_tur")
# (person) -> list[Boks]: what the start page shows of each upper app below what waits.
start: Stik[Callable] = Stik("start")
# () -> SQL: a SELECT joined to the look-up of one's own roles (samarbejde.roller): what a person is in a forum.
kreds: Stik[Callable] = Stik("kreds")
# (enhed) -> None: what must exist beside a unit; called inside the change that made or corrected it.
ny_enhed: Stik[Callable] = Stik("ny_enhed")
# (tildeling, gyldig_til) -> list[Haenger]: what hangs on a role that ends.
haenger: Stik[Callable] = Stik("haenger")
# (nu) -> int: rows handled; run by `doegnrutiner`, idempotent.
doegn: Stik[Callable] = Stik("doegn")
# (person) -> QuerySet of primary keys: the roots of kind `navn` whose events the person may read.
spor: Stik[Callable] = Stik("spor")
# (**antal) -> None: believable data, through actions only; run by `demodata`.
demo: Stik[Callable] = Stik("demo")
# (distrikt, person) -> list[Boks]: what the district page shows of each upper app.
distrikt: Stik[Callable] = Stik("distrikt")
# (distrikt, person, besat) -> list[Mangel]: what is missing in the district, with the way to mend it; only skal-tasks
# (S52). `besat`: {unit pk: the leader's and coordinators' roles that somebody holds there today}.
mangler: Stik[Callable] = Stik("mangler")
# (enhed, person) -> list[Boks]: what the page of a unit shows of each upper app.
enhed: Stik[Callable] = Stik("enhed")
# (forum, fora, person) -> list[Boks]: what the page of a unit's forums shows of meetings; `fora` are all of the unit's.
forum: Stik[Callable] = Stik("forum")
# (distrikt or None, person) -> {key of a node or edge of samarbejde.figur: Figurstatus}: how far the district is.
figurstatus: Stik[Callable] = Stik("figurstatus")
# (distrikter, person) -> {district pk: Celle}: one column, named as the plug, in the overview of the municipality.
overblik: Stik[Callable] = Stik("overblik")
# (person) -> list[(raekkefoelge, navn, adresse)]: the main navigation, by rights.
menu: Stik[Callable] = Stik("menu")
# (person) -> list[Rollelinje]: what one is by delegation or as resource person, for «Mine roller».
mine_roller: Stik[Callable] = Stik("mine_roller")
# (person, tekst) -> list[Fund]: people found in what the person may see of each upper app (samarbejde.soegning).
soeg: Stik[Callable] = Stik("soeg")
# (raa, *, afproev, meld) -> None: import of a file whose name ends as the plug is called; run by `importer`.
importfil: Stik[Callable] = Stik("importfil")
# (skoleaar) -> Iterator[Journalpost]: what is to be kept of a school year, one at a time (samarbejde.eksport).
eksport: Stik[Callable] = Stik("eksport")
# (url name, its arguments, {field: values}) -> Form or None: the empty form behind an address of an upper app.
formular: Stik[Callable] = Stik("formular")
ALLE = (
    *(din_tur, kreds, ny_enhed, haenger, doegn, spor, demo, distrikt, mangler, enhed, figurstatus, overblik, menu),
    *(mine_roller, soeg, forum, start, importfil, eksport, formular),
)


@dataclass(frozen=True)
class Fund:
    """A person that a search found: what they are, where, and the page that says so. Never a mail address."""

    person_id: int
    navn: str
    hvad: str
    hvor: str
    adresse: str


@dataclass(frozen=True)
class Boks:
    """What an upper app shows on the district page: a heading and a template of its own, given `data`."""

    overskrift: str
    skabelon: str
    data: Any


@dataclass(frozen=True)
class Celle:
    """One cell of the overview: words, a badge colour (komponenter/maerke.html) and where they lead."""

    tekst: str
    farve: str = "neutral"
    adresse: str = ""


@dataclass(frozen=True)
class Mangel:
    """Something that is missing, in words, with the way to mend it: never a grade (S56)."""

    tekst: str
    adresse: str = ""
    knap: str = ""


class Bliver(StrEnum):
    """What becomes of something that hangs on a role that ends, in the order it is shown."""

    SLUTTER = "slutter"
    FOELGER_MED = "foelger_med"
    SKAL_HAVE_NY = "skal_have_ny"


@dataclass(frozen=True)
class Rollelinje:
    """One of a person's own roles: what, where, how long (half-open, as stored), why, and the rules for it."""

    titel: str
    sted: str
    gyldig_fra: date
    gyldig_til: date | None
    hvorfor: str
    adresse: str = ""
    regler: str = ""

    @property
    def hvornaar(self) -> str:
        """`nu`, `senere` or `tidligere`."""
        if self.gyldig_til is not None and self.gyldig_til <= tid.i_dag():
            return "tidligere"
        return "senere" if self.gyldig_fra > tid.i_dag() else "nu"


@dataclass(frozen=True)
class Haenger:
    """What hangs on a role that ends: what it is in words, what becomes of it, the act that makes it so
    (`slip(af=…)`, which asks for no right of its own), and the object where it is found, if it has a page.
    """

    hvad: str
    bliver: Bliver
    slip: Callable[..., Any] | None = None
    sted: Any = None


@dataclass(frozen=True)
class Figurstatus:
    """Of one node or edge of the figure: the state, what it rests on in words, and where it leads.

    `kan` is no judgement: nothing is asked for here.
    """

    tilstand: Literal["klar", "planlagt", "mangler", "kan"]
    tekst: str
    adresse: str = ""
