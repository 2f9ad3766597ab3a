"""Background work on agreements; primary keys only, idempotent (`samarbejde.tasks`)."""

from datetime import datetime

from django_tasks import task

from aftaler.models import Dokument


@task()
def lav_dokument_opgave(dokument_id: int) -> None:
    from aftaler.pdf import lav_dokument

    lav_dokument(dokument_id)


def vaek_dokumenter(nu: datetime) -> int:
    """Wake every ordered document that is due: the row is the truth, a task may have been lost."""
    dokumenter = Dokument.objects.filter(tilstand=Dokument.Tilstand.BESTILT, naeste_forsoeg_den__lte=nu)
    forfaldne = list(dokumenter.values_list("pk", flat=True))
    for pk in forfaldne:
        lav_dokument_opgave.enqueue(pk)
    return len(forfaldne)
