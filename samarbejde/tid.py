"""The only place that asks the clock, and the only place that turns a half-open period into "til og med"."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import overload
from zoneinfo import ZoneInfo

koebenhavn = ZoneInfo("Europe/Copenhagen")

_ET_DOEGN = timedelta(days=1)
_frosset: ContextVar[datetime | None] = ContextVar("frosset", default=None)


def nu() -> datetime:
    return _frosset.get() or datetime.now(UTC)


def i_dag() -> date:
    """The day in Copenhagen, which for up to two hours each night is not the day in UTC."""
    return lokal(nu()).date()


@contextmanager
def frys(tidspunkt: datetime) -> Iterator[datetime]:
    """Stops the clock for tests and `doegnrutiner --nu`. A thread started inside has its own context and real time."""
    stillestaaende = _kraev_tidszone(tidspunkt).astimezone(UTC)
    maerke = _frosset.set(stillestaaende)
    try:
        yield stillestaaende
    finally:
        _frosset.reset(maerke)


def lokal(tidspunkt: datetime) -> datetime:
    return _kraev_tidszone(tidspunkt).astimezone(koebenhavn)


def fra_lokal(dag: date, klokken: time) -> datetime:
    """What the wall clock in Copenhagen says, as UTC: 7.00 is 05:00Z in summer and 06:00Z in winter."""
    return datetime.combine(dag, klokken, tzinfo=koebenhavn).astimezone(UTC)


def _kraev_tidszone(tidspunkt: datetime) -> datetime:
    if tidspunkt.utcoffset() is None:
        raise ValueError(f"Tidspunktet {tidspunkt.isoformat()} har ingen tidszone")
    return tidspunkt


# Periods are stored half-open, [fra, til), and shown as "til og med". None is a period without an end.


@overload
def til_og_med(gyldig_til: date) -> date: ...
@overload
def til_og_med(gyldig_til: None) -> None: ...
def til_og_med(gyldig_til: date | None) -> date | None:
    return None if gyldig_til is None else gyldig_til - _ET_DOEGN


@overload
def fra_til_og_med(sidste_dag: date) -> date: ...
@overload
def fra_til_og_med(sidste_dag: None) -> None: ...
def fra_til_og_med(sidste_dag: date | None) -> date | None:
    return None if sidste_dag is None else sidste_dag + _ET_DOEGN
