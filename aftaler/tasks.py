"""Background work on agreements; primary keys only, idempotent (`samarbejde.tasks`)."""

from datetime import datetime

from django_tasks import task

from aftaler.models import Dokument, Kladdedokument
from samarbejde.tasks import vaek


@task()
def lav_dokument_opgave(dokument_id: int) -> None:
    from aftaler.pdf import lav_dokument

    lav_dokument(dokument_id)


def vaek_dokumenter(nu: datetime) -> int:
    return vaek(Dokument, lav_dokument_opgave, nu)


@task()
def lav_kladdedokument_opgave(kladdedokument_id: int) -> None:
    from aftaler.pdf import lav_kladdedokument

    lav_kladdedokument(kladdedokument_id)


def vaek_kladdedokumenter(nu: datetime) -> int:
    return vaek(Kladdedokument, lav_kladdedokument_opgave, nu)
