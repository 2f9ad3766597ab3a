"""Rows that stood once are laid down again as they were: a tenth of what it takes to build them, and the same keys."""

import pickle
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.sql import InsertQuery
from django.test import TransactionTestCase

from samarbejde import tid
from samarbejde.database import aabent_spor
from samarbejde.models import Enhed, Haendelse, Person, Skoledistrikt

Saetning = tuple[str, tuple]


# --- the world of `fabrik` ---------------------------------------------------------------------------------------
def genbrugt(byg: Callable[[], Any]) -> Callable[[], Any]:
    """Built truly once a process and day; and whenever the clock is stopped, or something stands there already."""
    aftryk: dict[object, tuple[list[Saetning], bytes]] = {}

    @wraps(byg)
    def laeg() -> Any:
        if _uret_staar() or any(model.objects.exists() for model in (Enhed, Person, Skoledistrikt, Haendelse)):
            return byg()
        if (dag := tid.i_dag()) not in aftryk:
            foer = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _modeller()}
            verden = byg()
            aftryk[dag] = [s for model in foer for s in _indsaet(model, foer[model])], pickle.dumps(verden)
            return verden
        saetninger, verden = aftryk[dag]
        with transaction.atomic():
            _udfoer(saetninger)
        return pickle.loads(verden)

    return laeg


def _uret_staar() -> bool:
    return abs(tid.nu() - datetime.now(UTC)) > timedelta(seconds=1)


# --- after a test that committed ---------------------------------------------------------------------------------
def toem_som_efter_migreringen() -> Callable[[], None]:
    """Called on the fresh database. What it answers puts every table back, which Django's flush does in a second: it
    makes permissions anew, forgets what migrations laid down and meets the append-only triggers of the trail.
    """
    tabeller = sorted({model._meta.db_table for model in _modeller()})
    alt = [saetning for model in _modeller() for saetning in _indsaet(model, set())]
    slet: list[Saetning] = [(f'DELETE FROM "{tabel}"', ()) for tabel in tabeller]
    er_postgres = connection.vendor == "postgresql"

    def toem() -> None:
        if er_postgres:
            with transaction.atomic():
                _udfoer([("SET LOCAL session_replication_role = replica", ()), *slet, *alt])
            return
        with connection.constraint_checks_disabled(), aabent_spor(), transaction.atomic():
            _udfoer([*slet, *alt])

    return toem


def brug_i_stedet_for_flush(toem: Callable[[], None]) -> None:
    TransactionTestCase._fixture_teardown = lambda self: toem()  # type: ignore[method-assign]


# --- rows as statements ------------------------------------------------------------------------------------------
def _modeller() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _indsaet(model: type[Model], undtagen: set) -> list[Saetning]:
    raekker = list(model._base_manager.exclude(pk__in=undtagen).order_by("pk"))
    if not raekker:
        return []
    forespoergsel = InsertQuery(model)
    forespoergsel.insert_values(model._meta.local_concrete_fields, raekker, raw=True)
    return forespoergsel.get_compiler(connection=connection).as_sql()


def _udfoer(saetninger: Iterable[Saetning]) -> None:
    with connection.cursor() as markoer:
        for sql, parametre in saetninger:
            markoer.execute(sql, parametre)
