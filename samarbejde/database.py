"""What SQLite lacks beside PostgreSQL: the collation `dansk` and the switch that the append-only triggers honour."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

from samarbejde.formater import sammenlign_dansk

_sporet_er_aabent: ContextVar[bool] = ContextVar("sporet_er_aabent", default=False)


def forbered_sqlite(sender: Any, connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation("dansk", sammenlign_dansk)
        connection.connection.create_function("sporet_er_aabent", 0, lambda: int(_sporet_er_aabent.get()))


@contextmanager
def aabent_spor() -> Iterator[None]:
    """Lift the append-only triggers: only for the deletion run and the test flush, inside one transaction."""
    maerke = _sporet_er_aabent.set(True)
    try:
        _saet_kontakt("ja")
        yield
        _saet_kontakt("")  # after a fault the transaction, and the switch with it, is rolled back
    finally:
        _sporet_er_aabent.reset(maerke)


def _saet_kontakt(stilling: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as markoer:
            markoer.execute("SELECT set_config('samarbejde.sporet_er_aabent', %s, true)", [stilling])


def kun_tilfoej_sql(tabel: str, handling: str) -> dict[str, str]:
    """The triggers that refuse UPDATE or DELETE on an append-only table, for each database."""
    navn = f"{tabel}_kun_tilfoej_{handling.lower()}"
    return {
        "sqlite": f"""
            CREATE TRIGGER {navn} BEFORE {handling} ON {tabel} WHEN sporet_er_aabent() = 0
            BEGIN SELECT RAISE(ABORT, '{tabel} kan kun tilføjes til'); END
        """,
        "postgresql": f"""
            CREATE TRIGGER {navn} BEFORE {handling} ON {tabel} FOR EACH ROW
            WHEN (coalesce(current_setting('samarbejde.sporet_er_aabent', true), '') <> 'ja')
            EXECUTE FUNCTION kun_tilfoej()
        """,
    }
