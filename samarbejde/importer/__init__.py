"""Organisation and people from CSV or XLSX (D27): `indlaes` is the whole of it.

A run reads, checks every row, finds the difference and carries it out in one transaction. A dry run does exactly
the same and rolls back, so that it meets every rule the real run would meet.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import OperationalError, connection, transaction

from samarbejde.importer.bemaerk import bemaerkninger
from samarbejde.importer.faelles import Fejl, ImportfejlError, Meld, Raatark
from samarbejde.importer.forskel import Arkforskel, find_forskel
from samarbejde.importer.grundlag import hent_grundlag
from samarbejde.importer.kontrol import Fil, kontroller
from samarbejde.importer.laesning import laes
from samarbejde.importer.skema import laes_ark
from samarbejde.importer.udfoer import udfoer

__all__ = ["Fejl", "ImportfejlError", "Resultat", "indlaes"]

LAAS = 7_215_401_113  # any number of our own: PostgreSQL's advisory lock for imports
VENT = "20s"  # as long as SQLite waits


@dataclass
class Resultat:
    forskelle: list[Arkforskel]
    bemaerk: list[str] = field(default_factory=list)


def indlaes(sti: Path, *, afproev: bool = False, meld: Meld = lambda tekst: None) -> Resultat:
    """Import FIL, or with `afproev` find out what it would do. Raises `ImportfejlError` with every reason not to."""
    meld(f"Læser {sti.name} …")
    raa, bemaerk = laes(sti)
    fil = _vaerdier(raa)
    with _alene():
        resultat = _indlaes(fil, bemaerk, meld)
        if afproev:
            transaction.set_rollback(True)
    return resultat


def _vaerdier(raa: list[Raatark]) -> Fil:
    """Faults in single cells do not hide faults across rows: those are found as far as the rows could be read."""
    fil, fejl = {}, []
    for ark in raa:
        fil[ark.navn], nye = laes_ark(ark)
        fejl += nye
    if fejl and all(fil.values()):
        fejl += kontroller(fil, hent_grundlag())
    if fejl:
        raise ImportfejlError(fejl)
    return fil


def _indlaes(fil: Fil, bemaerk: list[str], meld: Meld) -> Resultat:
    grundlag = hent_grundlag()
    if fejl := kontroller(fil, grundlag):
        raise ImportfejlError(fejl)
    forskelle, fejl = find_forskel(fil, grundlag)
    if fejl:
        raise ImportfejlError(fejl)
    resultat = Resultat(forskelle, [*bemaerk, *bemaerkninger(fil, grundlag)])
    udfoer(forskelle, grundlag, meld)
    return resultat


@contextmanager
def _alene() -> Iterator[None]:
    """One import at a time: the second waits its turn, and says so in Danish when that takes too long."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as markoer:
                    markoer.execute("SELECT set_config('lock_timeout', %s, true)", [VENT])
                    markoer.execute("SELECT pg_advisory_xact_lock(%s)", [LAAS])
            yield
    except OperationalError as fejl:
        if "lock" not in str(fejl):
            raise
        raise ImportfejlError(
            "En anden import eller rettelse er i gang. Intet er importeret. Prøv igen om et øjeblik."
        ) from fejl
