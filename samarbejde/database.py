"""What SQLite lacks beside PostgreSQL: the collation `dansk` and the switch that the append-only triggers honour."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import IntegrityError, connection

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


def kun_tilfoej_sql(tabel: str, handling: str, naar: str = "1 = 1") -> dict[str, str]:
    """The triggers that refuse UPDATE or DELETE on an append-only table, for each database; `naar` narrows the rows."""
    navn = f"{tabel}_kun_tilfoej_{handling.lower()}"
    return {
        "sqlite": f"""
            CREATE TRIGGER {navn} BEFORE {handling} ON {tabel} WHEN sporet_er_aabent() = 0 AND {naar}
            BEGIN SELECT RAISE(ABORT, '{tabel} kan kun tilføjes til'); END
        """,
        "postgresql": f"""
            CREATE TRIGGER {navn} BEFORE {handling} ON {tabel} FOR EACH ROW
            WHEN (coalesce(current_setting('samarbejde.sporet_er_aabent', true), '') <> 'ja' AND {naar})
            EXECUTE FUNCTION kun_tilfoej()
        """,
    }


# --- truth that no action can get round: refused by the database on any day, also when two write at once -----------
_SAMTIDIG = """
    o.id {IKKE} NEW.id
    AND (o.gyldig_til IS NULL OR (o.gyldig_til > o.gyldig_fra AND o.gyldig_til > NEW.gyldig_fra))
    AND (NEW.gyldig_til IS NULL OR o.gyldig_fra < NEW.gyldig_til)
"""
_SAMME_PLADS = "o.enhed_id = NEW.enhed_id AND o.permission_id = NEW.permission_id"
# The most at once is reached on the first day of the new row, or of one that begins within it.
TRE_KOORDINATORER = f"""
    EXISTS (SELECT 1 FROM auth_permission WHERE id = NEW.permission_id AND codename = 'koordinator')
    AND (NEW.gyldig_til IS NULL OR NEW.gyldig_til > NEW.gyldig_fra)
    AND EXISTS (
        SELECT 1 FROM (
            SELECT NEW.gyldig_fra AS dag
            UNION SELECT o.gyldig_fra FROM samarbejde_rolletildeling o
             WHERE {_SAMME_PLADS} AND {_SAMTIDIG} AND o.gyldig_fra > NEW.gyldig_fra
        ) dage
        WHERE (SELECT count(*) FROM samarbejde_rolletildeling o
                WHERE {_SAMME_PLADS} AND o.id {{IKKE}} NEW.id AND o.gyldig_fra <= dage.dag
                  AND (o.gyldig_til IS NULL OR o.gyldig_til > dage.dag)) >= 2
    )
"""  # noqa: S608 - no value of anybody's is in it
_SKOLENS_EGEN = """
    SELECT 1 FROM samarbejde_enhed fritid, samarbejde_enhed skole
     WHERE fritid.id = {0}.enhed_id AND fritid.art = 'fritidsinstitution' AND fritid.ejerform <> 'privat'
       AND skole.id = {0}.til_id AND skole.art = 'skole'
"""
TO_FRITIDSINSTITUTIONER = f"""
    (NEW.gyldig_til IS NULL OR NEW.gyldig_til > NEW.gyldig_fra)
    AND EXISTS ({_SKOLENS_EGEN.format("NEW")})
    AND EXISTS (
        SELECT 1 FROM samarbejde_enhedstilknytning o
         WHERE (o.enhed_id = NEW.enhed_id OR o.til_id = NEW.til_id) AND {_SAMTIDIG}
           AND EXISTS ({_SKOLENS_EGEN.format("o")})
    )
"""  # noqa: S608 - no value of anybody's is in it
REGLER = (
    ("hoejst_to_koordinatorer", "samarbejde_rolletildeling", TRE_KOORDINATORER, "NEW.enhed_id"),
    ("en_fritidsinstitution", "samarbejde_enhedstilknytning", TO_FRITIDSINSTITUTIONER, "NEW.enhed_id, NEW.til_id"),
)


# What a person is told who meets one of them: the action that should have said it first had been overtaken.
BRUDT_REGEL = {
    "hoejst_to_koordinatorer": "Skolen har allerede to koordinatorer i en del af perioden, og der kan højst være to ad "
    "gangen. Afslut en af dem først, eller vælg en dag, hvor der er en ledig plads.",
    "en_fritidsinstitution": "En skole kan kun have én fritidsinstitution ad gangen, og en fritidsinstitution kun én "
    "skole. Afslut den tilknytning, der er, før du laver en ny.",
}


def brudt_regel(fejl: IntegrityError) -> str | None:
    """The sentence of the rule that a trigger kept; None when the database refused something else."""
    return next((saetning for navn, saetning in BRUDT_REGEL.items() if navn in str(fejl)), None)


def regel_sql(vendor: str) -> list[str]:
    """The triggers of REGLER. PostgreSQL locks the units first, so that the second writer sees the first one's row;
    SQLite has one writer at a time.
    """
    lav = _regel_postgresql if vendor == "postgresql" else _regel_sqlite
    return [sql for regel in REGLER for sql in lav(*regel)]


def _regel_sqlite(navn: str, tabel: str, brudt: str, enheder: str) -> list[str]:
    betingelse = brudt.format(IKKE="IS NOT")
    return [
        f"""
            CREATE TRIGGER {navn}_{hvornaar.lower()} BEFORE {hvornaar} ON {tabel} WHEN {betingelse}
            BEGIN SELECT RAISE(ABORT, '{navn}'); END
        """
        for hvornaar in ("INSERT", "UPDATE")
    ]


def _regel_postgresql(navn: str, tabel: str, brudt: str, enheder: str) -> list[str]:
    funktion = f"""
        CREATE FUNCTION {navn}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            PERFORM 1 FROM samarbejde_enhed WHERE id IN ({enheder}) ORDER BY id FOR UPDATE;
            IF {brudt.format(IKKE="IS DISTINCT FROM")} THEN
                RAISE EXCEPTION '{navn}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
    """
    return [
        funktion,
        f"CREATE TRIGGER {navn} BEFORE INSERT OR UPDATE ON {tabel} FOR EACH ROW EXECUTE FUNCTION {navn}()",
    ]
