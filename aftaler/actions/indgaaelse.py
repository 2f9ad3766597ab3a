"""The agreement enters when every party has approved; then its document is made."""

from django.db import transaction
from django.db.models import Max

from aftaler.actions.breve import fortael
from aftaler.actions.laas import laas
from aftaler.models import Aftale, Aftalepart, Dokument
from aftaler.states import MANGLER_SVAR, Overgang, Svarovergang, Tilstand
from aftaler.tasks import lav_dokument_opgave
from samarbejde import tid
from samarbejde.spor import noter
from samarbejde.tilstande import skift


def gem_tilstand(aftale: Aftale) -> None:
    aftale.tilstand_siden = tid.nu()
    aftale.save(update_fields=["tilstand", "tilstand_siden", "indhold", "indgaaet_den", "uden_svar_grund"])


def giv_svar(part: Aftalepart, overgang: Svarovergang) -> None:
    skift(part, overgang)
    part.svar_den = tid.nu()
    part.save(update_fields=["tilstand", "svar_den", "svar_tekst", "godkendelse", "udtraadt_den"])


def indgaa_hvis_alle_har_godkendt(aftale: Aftale) -> None:
    if not aftale.parter.filter(tilstand__in=MANGLER_SVAR).exists():
        indgaa(aftale, "Alle parter har godkendt. Aftalen er indgået.")


def indgaa(aftale: Aftale, saetning: str) -> None:
    _afloes_den_gamle(aftale)
    skift(aftale, Overgang.INDGAA)
    aftale.indgaaet_den = tid.nu()
    gem_tilstand(aftale)
    noter(af=None, navn="indgaa", objekt=aftale, saetning=saetning)
    bestil_dokument(aftale)
    fortael(aftale, "indgaaet", f"Aftalen er indgået: {aftale}", f"{saetning} Den gælder nu.", None)


def _afloes_den_gamle(aftale: Aftale) -> None:
    """A version that enters replaces the one in force; never two at once (S7)."""
    if aftale.erstatter is None:
        return
    gammel = laas(aftale.erstatter)
    if gammel.tilstand == Tilstand.INDGAAET:
        skift(gammel, Overgang.ERSTAT)
        gem_tilstand(gammel)
        saetning = f"Aftalen er erstattet af version {aftale.nummer}."
        noter(af=None, navn="erstat", objekt=gammel, saetning=saetning)


def bestil_dokument(aftale: Aftale) -> Dokument:
    """Order the PDF of the entered content; the row is the truth, the task only wakes the worker."""
    nummer = (aftale.dokumenter.aggregate(Max("loebenummer"))["loebenummer__max"] or 0) + 1
    dokument = Dokument.objects.create(aftale=aftale, indhold=aftale.indhold, loebenummer=nummer)
    transaction.on_commit(lambda: lav_dokument_opgave.enqueue(dokument.pk))
    return dokument
