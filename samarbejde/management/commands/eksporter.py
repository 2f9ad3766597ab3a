import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samarbejde import tid
from samarbejde.eksport import SAGSNUMMER, Eksport, Journalpost, filnavn
from samarbejde.formater import antal
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn


class Command(BaseCommand):
    help = "Saml et skoleårs aftaler som PDF med metadata i CSV og JSON, til journal og arkiv (docs/data.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("til", metavar="FIL", type=Path, help="en .zip-fil, eller en mappe, hvor den skal ligge")
        parser.add_argument("--skoleaar", type=int, help="det år, skoleåret begynder (standard: det, der er nu)")
        parser.add_argument("--sagsnr", default="", help="sagen i journalen; står ved hvert dokument")

    def handle(self, *args: Any, til: Path, skoleaar: int | None, sagsnr: str, verbosity: int, **options: Any) -> None:
        if not SAGSNUMMER.fullmatch(sagsnr):
            raise CommandError("Sagsnummeret kan højst have 40 bogstaver, tal og tegnene . / _ - og mellemrum.")
        aar = skoleaar or skoleaar_for(tid.i_dag())
        fil = til / filnavn(aar) if til.is_dir() else til
        eksport = Eksport(aar, sagsnr)
        try:
            self.skriv(eksport, fil, vis=verbosity > 0)
        except OSError as fejl:
            raise CommandError(f"{fil} kan ikke skrives: {fejl.strerror}. Intet er eksporteret.") from None
        dokumenter = antal(eksport.antal, "dokument", "dokumenter")
        self.stdout.write(f"{dokumenter} for {skoleaar_navn(aar)} er eksporteret til {fil}.")
        if eksport.mangler:
            linjer = "\n".join(f"  {tema}" for tema in eksport.mangler)
            raise CommandError(f"{len(eksport.mangler)} er ikke med, fordi PDF'en ikke er lavet endnu:\n{linjer}")

    def skriv(self, eksport: Eksport, fil: Path, *, vis: bool) -> None:
        """Beside the file and then in its place: half an export is none."""
        halv = fil.with_name(f"{fil.name}.undervejs")
        try:
            with halv.open("wb") as ud:
                for stykke in eksport.stroem(self.meld if vis else lambda post: None):
                    ud.write(stykke)
                ud.flush()
                os.fsync(ud.fileno())
            halv.replace(fil)
        finally:
            halv.unlink(missing_ok=True)

    def meld(self, post: Journalpost) -> None:
        self.stdout.write(post.fil if post.hent else f"{post.tema}: PDF'en er ikke lavet endnu")
        self.stdout.flush()
