"""Walks the audit chain from its first link (D39)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samarbejde.models import Haendelse
from samarbejde.spor import brud_paa_sporet


class Command(BaseCommand):
    help = "Går hele sporet igennem og skriver en linje for hver fejl. Slutter med fejlkode, hvis sporet er brudt."

    def handle(self, *args: Any, **valg: Any) -> None:
        fejl = brud_paa_sporet()
        for linje in fejl:
            self.stdout.write(linje)
        if fejl:
            raise CommandError(f"Sporet er brudt: {len(fejl)} fejl.")
        venter = Haendelse.objects.filter(segling=None).count()
        self.stdout.write(f"Sporet er helt. {venter} hændelser venter på at blive seglet.")
