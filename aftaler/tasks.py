"""Background work on agreements; primary keys only, idempotent (`samarbejde.tasks`)."""

from datetime import datetime

from django_tasks import task

from aftaler.models import Dokument
from samarbejde.tasks import vaek


@task()
def lav_dokument_opgave(dokument_id: int) -> None:
    from aftaler.pdf import lav_dokument

    lav_dokument(dokument_id)


def vaek_dokumenter(nu: datetime) -> int:
    return vaek(Dokument, lav_dokument_opgave, nu)
