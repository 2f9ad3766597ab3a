"""Background work on agreements; primary keys only, idempotent (`samarbejde.tasks`)."""

from django_tasks import task


@task()
def lav_dokument_opgave(dokument_id: int) -> None:
    from aftaler.pdf import lav_dokument

    lav_dokument(dokument_id)
