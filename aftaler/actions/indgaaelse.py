"""The agreement enters when every party has approved; then its document is made."""

from django.db import transaction

from aftaler.actions.breve import fortael
from aftaler.models import Aftale, Aftalepart, Dokument
from aftaler.states import MANGLER_SVAR, Overgang, Svarovergang
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
    skift(aftale, Overgang.INDGAA)
    aftale.indgaaet_den = tid.nu()
    gem_tilstand(aftale)
    noter(af=None, navn="indgaa", objekt=aftale, saetning=saetning)
    bestil_dokument(aftale)
    fortael(aftale, "indgaaet", f"Aftalen er indgået: {aftale}", f"{saetning} Den gælder nu.", None)


def bestil_dokument(aftale: Aftale) -> Dokument:
    """Order the PDF of the entered content; the row is the truth, the task only wakes the worker."""
    nummer = aftale.dokumenter.count() + 1
    dokument = Dokument.objects.create(aftale=aftale, indhold=aftale.indhold, loebenummer=nummer)
    transaction.on_commit(lambda: lav_dokument_opgave.enqueue(dokument.pk))
    return dokument
