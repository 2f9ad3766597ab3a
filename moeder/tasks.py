"""Background work on meetings; primary keys only, idempotent (`samarbejde.tasks`)."""

from datetime import datetime

from django_tasks import task

from moeder.models import Moededokument
from samarbejde.tasks import vaek


@task()
def lav_papir_opgave(papir_id: int) -> None:
    from moeder.pdf import lav_papir

    lav_papir(papir_id)


def vaek_papirer(nu: datetime) -> int:
    return vaek(Moededokument, lav_papir_opgave, nu)
