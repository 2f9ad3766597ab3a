"""What must happen as time passes: digest, reminders, sealing, tidying. Run every minute by the supervisor."""

import logging
from argparse import ArgumentParser
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samarbejde import stik, tid

log = logging.getLogger(__name__)


def _tidspunkt(tekst: str) -> datetime:
    """ISO 8601; without a time zone it is the wall clock in Copenhagen."""
    try:
        laest = datetime.fromisoformat(tekst)
    except ValueError as fejl:
        raise CommandError(f"«{tekst}» er ikke et tidspunkt som 2026-11-23T07:00.") from fejl
    return laest if laest.tzinfo else tid.fra_lokal(laest.date(), laest.time())


class Command(BaseCommand):
    help = "Kører de rutiner, der følger uret: samlet mail, påmindelser, segling og oprydning. Kan køres igen og igen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--nu", metavar="TIDSPUNKT", help="lad uret stå på dette tidspunkt, fx 2026-11-23T07:00")

    def handle(self, *args: Any, nu: str | None = None, **valg: Any) -> None:
        with tid.frys(_tidspunkt(nu)) if nu else nullcontext():
            fejlede = [navn for navn, rutine in stik.doegn.items() if not self._koer(navn, rutine, valg["verbosity"])]
        if fejlede:
            raise CommandError(f"Disse rutiner fejlede: {', '.join(fejlede)}. Se loggen.")

    def _koer(self, navn: str, rutine: Any, verbosity: int) -> bool:
        """One that fails does not stop the others."""
        try:
            antal = rutine(tid.nu())
        except Exception:
            log.exception("rutinen %s fejlede", navn)
            return False
        if antal or verbosity > 1:
            self.stdout.write(f"{navn}: {antal}")
        return True
