from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samarbejde.formater import antal
from samarbejde.importer import ImportfejlError, indlaes
from samarbejde.importer.rapport import rapport


class Command(BaseCommand):
    help = "Indlæs enheder, distrikter, tilknytninger, personer, roller og ferier fra Excel eller CSV (docs/import.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fil", metavar="FIL", type=Path, help=".xlsx, .csv, .zip eller en mappe med CSV-filer")
        parser.add_argument("--afproev", action="store_true", help="vis forskellen, og gem ingenting")

    def handle(self, *args: Any, fil: Path, afproev: bool, verbosity: int, **options: Any) -> None:
        try:
            resultat = indlaes(fil, afproev=afproev, meld=self.meld if verbosity else lambda tekst: None)
        except ImportfejlError as fejl:
            tal = antal(len(fejl.fejl), "fejl", "fejl")
            raise CommandError(f"Intet er importeret. {fil.name} har {tal}:\n{fejl}") from None
        if not verbosity:
            return
        for linje in rapport(resultat.forskelle, alt=verbosity > 1):
            self.meld(linje)
        for bemaerkning in resultat.bemaerk:
            self.meld(f"Bemærk: {bemaerkning}")
        self.meld("Afprøvning: intet er gemt." if afproev else "Importen er gemt.")

    def meld(self, tekst: str) -> None:
        self.stdout.write(tekst)
        self.stdout.flush()
