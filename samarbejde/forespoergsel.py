"""Questions that are asked on every page, compiled once for everybody whose roles have the same shape (ADR 0016).

Building and compiling a query costs more than running it. So it is compiled for an abstract person, whose ids are
markers, and asked with the real ids in their places. `efterse`, set by the tests, compares every single one with the
query built afresh.
"""

from collections.abc import Callable, Hashable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Prefetch, QuerySet, Value, prefetch_related_objects
from django.db.models.expressions import Col

from samarbejde import roller, tid
from samarbejde.models import Person

Byg = Callable[..., QuerySet]
Form = tuple[Hashable, ...]
# Nothing real has such an id, is written with such letters or happens in such a year.
FOERSTE_TAL, TEGN, FOERSTE_AAR = 7_000_000_000_000_000_000, "\ue000", 1000
NU = datetime(3, 1, 1, tzinfo=UTC)
DAG = NU.date()
FAST = (bool, Enum)
INGEN = roller.MineRoller()
# Above it a number may be too large for its column, which is then nobody's, and the compiler says so.
STOERSTE_TAL = 2**31 - 1
efterse: Callable[..., None] | None = None


class FremmedVaerdiError(TypeError):
    """The question holds something of somebody's that it was not given, so it cannot be asked for others."""


def hent(byg: Byg, person: Person | None, *faste: Any, **varierende: Any) -> list[Any]:
    """The rows of `byg(person, *faste, **varierende)`; nobody's roles count when the person is None.

    `byg` builds the query and reads nothing; it must not look `varierende` (ids, strings, times and lists of them) up
    among the roles or reckon with them. What it branches on or reckons with, like a school year, is one of `faste`.
    """
    nu, mine = tid.nu(), roller.mine_roller(person) if person else INGEN
    form, vaerdier = _form(varierende)
    noegle = _Noegle(byg, faste, tuple(varierende), form, mine.abstrakt if person else None)
    faerdig = _kompiler(noegle)
    alle = (nu, tid.lokal(nu).date(), person.pk if person else None, *mine.pladser, *vaerdier)
    if efterse is not None:
        efterse(faerdig, alle, mine, byg, person, *faste, **varierende)
    return faerdig.raekker(alle) if faerdig else []


# --- shapes ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Noegle:
    byg: Byg
    faste: tuple[Hashable, ...]
    navne: tuple[str, ...]
    form: Form
    mine: roller.AbstrakteRoller | None


def _form(varierende: dict[str, Any]) -> tuple[Form, list[Any]]:
    """Each value's kind, or itself when it is nothing or one of a few; a list's length; and the values in a row."""
    form: list[Any] = []
    vaerdier: list[Any] = []
    for vaerdi in varierende.values():
        if isinstance(vaerdi, list):
            form.append((list, len(vaerdi), type(vaerdi[0]) if vaerdi else None))
            vaerdier += vaerdi
        elif not vaerdi or isinstance(vaerdi, FAST) or (isinstance(vaerdi, int) and vaerdi > STOERSTE_TAL):
            form.append((vaerdi,))
        else:
            form.append(type(vaerdi))
            vaerdier.append(vaerdi)
    return tuple(form), vaerdier


def _maerke(slags: Any, nummer: int) -> Any:
    if slags is int:
        return FOERSTE_TAL + nummer
    if slags is str:
        return f"{TEGN}{nummer}{TEGN}"
    if slags is UUID:
        return UUID(int=FOERSTE_TAL + nummer)
    if slags is datetime:
        return NU + timedelta(days=1, seconds=nummer)
    if slags is date:
        return DAG + timedelta(days=1 + nummer)
    raise FremmedVaerdiError(f"{slags!r} can be no part of a question")


class _Maerker:
    """The values of an abstract person, in the order of `alle` in `hent`."""

    def __init__(self, noegle: _Noegle) -> None:
        self.alle: list[Any] = [NU, DAG, _maerke(int, 2)]
        self.person = Person(pk=self.alle[2]) if noegle.mine else None
        self.mine = noegle.mine.paa_pladser([self._ny(int) for _ in range(noegle.mine.antal)]) if noegle.mine else INGEN
        self.varierende = {navn: self._vaerdi(del_) for navn, del_ in zip(noegle.navne, noegle.form, strict=True)}

    def _ny(self, slags: Any) -> Any:
        self.alle.append(_maerke(slags, len(self.alle)))
        return self.alle[-1]

    def _vaerdi(self, del_: Any) -> Any:
        if not isinstance(del_, tuple):
            return self._ny(del_)
        return [self._ny(del_[2]) for _ in range(del_[1])] if del_[0] is list else del_[0]


# --- compiled ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Faerdig:
    """The statement, the compiler that knows its columns, and where each value goes and in which form."""

    spoergsmaal: QuerySet
    compiler: Any
    sql: str
    parametre: tuple[Any, ...]
    steder: tuple[tuple[int, int, Callable[[Any], Any]], ...]
    konvertere: dict[int, Any]

    def parametre_for(self, vaerdier: tuple[Any, ...]) -> tuple[Any, ...]:
        parametre = list(self.parametre)
        for plads, nummer, skriv in self.steder:
            parametre[plads] = skriv(vaerdier[nummer])
        return tuple(parametre)

    def raekker(self, vaerdier: tuple[Any, ...]) -> list[Any]:
        bygget, compiler = self.spoergsmaal, copy(self.compiler)
        compiler.connection = connections[bygget.db]
        svar = self.sql, self.parametre_for(vaerdier)
        compiler.as_sql = lambda *args, **kwargs: svar
        compiler.get_converters = lambda kolonner: self.konvertere
        spoergsmaal = type(bygget)(bygget.model, _Kompileret(bygget.query, compiler), bygget.db, bygget._hints)
        spoergsmaal._fields = bygget._fields
        raekker = list(bygget._iterable_class(spoergsmaal))
        if bygget._prefetch_related_lookups:
            prefetch_related_objects(raekker, *bygget._prefetch_related_lookups)
        return raekker


class _Kompileret:
    """Stands where the query stood, and hands out the compiler that is ready."""

    def __init__(self, query: Any, compiler: Any) -> None:
        self._query, self._compiler = query, compiler

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        return self._compiler

    def __getattr__(self, navn: str) -> Any:
        return getattr(self._query, navn)


@lru_cache(maxsize=500)
def _kompiler(noegle: _Noegle) -> Faerdig | None:
    """None for a question that nothing can answer."""
    maerker = _Maerker(noegle)
    with tid.frys(NU), roller.som_om(maerker.alle[2], maerker.mine):
        spoergsmaal = noegle.byg(maerker.person, *noegle.faste, **maerker.varierende)
        compiler = spoergsmaal.query.get_compiler(spoergsmaal.db)
        try:
            sql, parametre = compiler.as_sql()
        except EmptyResultSet:
            return None
    for lookup in spoergsmaal._prefetch_related_lookups:
        if isinstance(lookup, Prefetch) and lookup.queryset is not None:
            list(_steder(lookup.queryset.query.get_compiler(spoergsmaal.db).as_sql()[1], {}, set()))
    _glem_det_der_er_sagt(compiler)
    former = dict(_former(maerker.alle, compiler.connection.ops))
    egne = {del_[0] for del_ in noegle.form if isinstance(del_, tuple) and del_[0] is not list}
    steder = tuple(_steder(parametre, former, egne))
    konvertere = compiler.get_converters([udtryk for udtryk, _, _ in compiler.select])
    return Faerdig(spoergsmaal, compiler, sql, tuple(parametre), steder, konvertere)


def _glem_det_der_er_sagt(compiler: Any) -> None:
    """Of what was compiled only the columns' types are needed to read the rows; the rest is most of the memory."""
    query = compiler.query
    compiler.select = [(_kun_typen(udtryk), None, alias) for udtryk, _, alias in compiler.select]
    compiler.where = compiler.having = compiler.qualify = compiler._meta_ordering = None
    query.where, query.alias_map, query.combined_queries = type(query.where)(), {}, ()
    query.annotations = {navn: _kun_typen(udtryk) for navn, udtryk in query.annotations.items()}
    query._annotation_select_cache = None


def _kun_typen(udtryk: Any) -> Any:
    return udtryk if isinstance(udtryk, Col) else Value(None, udtryk.output_field)


def _former(maerker: list[Any], ops: Any) -> Iterator[tuple[tuple[type, Any], tuple[int, Callable[[Any], Any]]]]:
    """How each marker may stand in a statement, by the database."""
    for nummer, maerke in enumerate(maerker):
        former: list[Callable[[Any], Any]] = [_uaendret]
        if isinstance(maerke, UUID):
            former.append(_hex)
        elif isinstance(maerke, datetime):
            former.append(ops.adapt_datetimefield_value)
        elif isinstance(maerke, date):
            former.append(ops.adapt_datefield_value)
        for skriv in former:
            yield (type(skriv(maerke)), skriv(maerke)), (nummer, skriv)


def _uaendret(vaerdi: Any) -> Any:
    return vaerdi


def _hex(vaerdi: UUID) -> str:
    return vaerdi.hex


def _steder(parametre: Any, former: dict[Any, Any], egne: set[Any]) -> Iterator[tuple[int, int, Callable[[Any], Any]]]:
    for plads, parameter in enumerate(parametre):
        slags = int if isinstance(parameter, int) else type(parameter)
        if (fundet := former.get((slags, parameter))) is not None:
            nummer, skriv = fundet
            # psycopg sends a whole number as the type of its column.
            yield plads, nummer, skriv if slags is type(parameter) else type(parameter)
        elif _er_nogens(parameter) and parameter not in egne:
            raise FremmedVaerdiError(f"{parameter!r} was reckoned or came from elsewhere: make it one of `faste`")


def _er_nogens(parameter: Any) -> bool:
    """Small numbers and words are the question's own; ids, times and what was made of a marker are somebody's."""
    if isinstance(parameter, (date, UUID)):
        return True
    if isinstance(parameter, int):
        return parameter >= FOERSTE_AAR * 10
    return isinstance(parameter, str) and (TEGN in parameter or parameter[:4].isdecimal())
