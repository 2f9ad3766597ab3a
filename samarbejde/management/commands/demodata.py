from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from samarbejde.demo import laeg_demodata


class Command(BaseCommand):
    help = "Læg en troværdig demo ind: et opdigtet område. Med tal: store mængder data til at måle på."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--distrikter", type=int, metavar="N", help="antal distrikter til måling")
        parser.add_argument("--aar", type=int, metavar="N", help="antal skoleår i hvert distrikt")

    def handle(self, *args: Any, distrikter: int | None, aar: int | None, verbosity: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demodata lægges kun ind med DEMO=1: de ville blande sig med rigtige data.")
        if any(tal is not None and tal < 1 for tal in (distrikter, aar)):
            raise CommandError("--distrikter og --aar skal være mindst 1.")
        if (distrikter is None) != (aar is None):
            raise CommandError("--distrikter og --aar følges ad.")
        laeg_demodata(distrikter=distrikter, aar=aar, meld=self.meld if verbosity else lambda tekst: None)
        if verbosity:
            self.meld("Demodata er lagt ind.")

    def meld(self, tekst: str) -> None:
        self.stdout.write(tekst)
        self.stdout.flush()
