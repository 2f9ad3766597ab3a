"""Uploaded files: which are taken, what they are called, and the sweeping of those that nothing points to."""

import re
import unicodedata
from contextlib import suppress
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from samarbejde.filindhold import genkend
from samarbejde.fillager import lager
from samarbejde.formater import filstoerrelse
from samarbejde.models import Fil
from samarbejde.prosa import har_personnummer

ENDELSER = {"jpeg": Fil.Art.JPG} | {art.value: art for art in Fil.Art}
ACCEPT = ",".join(f".{endelse}" for endelse in sorted(ENDELSER))
TYPER = "PDF, Word (.docx), OpenDocument (.odt), Excel (.xlsx), PNG eller JPG"
TOM = "Filen er tom. Gem den igen på din computer, og vælg den så her."
UKENDT = f"Filen er ikke af en type, vi tager imod. Gem den som {TYPER}, og vælg den igen."
PERSONNUMMER = "Filens navn må ikke indeholde personnumre. Giv den et andet navn, og vælg den igen."
HOLDBAR = timedelta(days=1)


def graense() -> str:
    return filstoerrelse(settings.STOERSTE_FIL)


def rens_filnavn(navn: str) -> str:
    """The name alone, as it can be shown and saved anywhere: no folder, no control or direction characters."""
    navn = unicodedata.normalize("NFC", re.split(r"[/\\]", navn)[-1])
    navn = " ".join("".join(tegn for tegn in navn if unicodedata.category(tegn)[0] != "C" or tegn.isspace()).split())
    stamme, punktum, endelse = navn.rstrip(" .").rpartition(".")
    if not punktum:
        stamme, endelse = endelse, ""
    plads = Fil._meta.get_field("navn").max_length - len(punktum + endelse[:10])
    return f"{stamme.strip(' .')[:plads].strip() or 'fil'}{punktum}{endelse[:10]}"


def art_af(indhold: BinaryIO, navn: str) -> Fil.Art:
    """What the content is; refused in one sentence when it is empty, too large, disguised, locked or dangerous."""
    indhold.seek(0)
    data = indhold.read(settings.STOERSTE_FIL + 1)
    indhold.seek(0)
    if not data:
        raise ValidationError(TOM)
    if len(data) > settings.STOERSTE_FIL:
        raise ValidationError(f"Filen er for stor. Den må højst fylde {graense()}.")
    renset = rens_filnavn(navn)
    if har_personnummer(renset):
        raise ValidationError(PERSONNUMMER)
    return _som_den_hedder(genkend(data), renset.rpartition(".")[2].lower())


def _som_den_hedder(fundet: str | None, endelse: str) -> Fil.Art:
    """Disguised is refused, also when both kinds are taken: people and programs trust the name."""
    hedder = ENDELSER.get(endelse)
    if fundet is None and hedder is None:
        raise ValidationError(UKENDT)
    if fundet is None:
        raise ValidationError(f"Filen hedder .{endelse}, men indholdet er noget andet. Vælg den rigtige fil.")
    if hedder != fundet:
        art = Fil.Art(fundet)
        raise ValidationError(
            f"Filens indhold er {art.label}, men det siger navnet ikke. Lad navnet ende på .{art}, og vælg den igen."
        )
    return hedder


def ryd_filer_op(nu: datetime) -> int:
    """Once a day: what lies in the storage since yesterday with no row (an upload that was given up, a deleted file).

    The age is asked for last, just before the file goes: an upload puts the same content there anew.
    """
    if not cache.add(f"ryd_filer_op.{nu:%Y-%m-%d}", True, 2 * 24 * 60 * 60):
        return 0
    aeldre_end, sted = nu - HOLDBAR, lager()
    fjernet = 0
    for mappe in sted.listdir("")[0] if sted.exists("") else []:
        navne = set(sted.listdir(mappe)[1])
        for navn in navne - set(Fil.objects.filter(sha256__in=navne).values_list("sha256", flat=True)):
            with suppress(FileNotFoundError):  # one on its way in was moved to its place meanwhile
                if sted.get_modified_time(f"{mappe}/{navn}") < aeldre_end:
                    sted.delete(f"{mappe}/{navn}")
                    fjernet += 1
    return fjernet
