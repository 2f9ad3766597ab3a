from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samarbejde import stik
from samarbejde.formater import antal
from samarbejde.importer import ImportfejlError, indlaes
from samarbejde.importer.faelles import Meld
from samarbejde.importer.laesning import laes_fil
from samarbejde.importer.rapport import rapport


class Command(BaseCommand):
    help = (
        "Indlæs enheder, distrikter, tilknytninger, personer, roller og ferier fra Excel eller CSV (docs/import.md), "
        "eller en aftale fra dens egne data, aftale.json eller PDF'en selv (docs/data.md)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fil", metavar="FIL", type=Path, help=".xlsx, .csv, .zip, en mappe, .json eller .pdf")
        parser.add_argument("--afproev", action="store_true", help="vis forskellen, og gem ingenting")

    def handle(self, *args: Any, fil: Path, afproev: bool, verbosity: int, **options: Any) -> None:
        meld: Meld = self.meld if verbosity else lambda tekst: None
        try:
            self.indlaes(fil, afproev, meld, alt=verbosity > 1)
        except ImportfejlError as fejl:
            tal = antal(len(fejl.fejl), "fejl", "fejl")
            raise CommandError(f"Intet er importeret. {fil.name} har {tal}:\n{fejl}") from None
        meld("Afprøvning: intet er gemt." if afproev else "Importen er gemt.")

    def indlaes(self, fil: Path, afproev: bool, meld: Meld, *, alt: bool) -> None:
        if plug := dict(stik.importfil.items()).get(fil.suffix.lower()):
            plug(laes_fil(fil), afproev=afproev, meld=meld)
            return
        resultat = indlaes(fil, afproev=afproev, meld=meld)
        for linje in rapport(resultat.forskelle, alt=alt):
            meld(linje)
        for bemaerkning in resultat.bemaerk:
            meld(f"Bemærk: {bemaerkning}")

    def meld(self, tekst: str) -> None:
        self.stdout.write(tekst)
        self.stdout.flush()
