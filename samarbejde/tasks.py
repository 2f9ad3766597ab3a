"""Background work. A task row is only a wake-up with primary keys; the truth is the state of the domain row."""

from datetime import datetime
from typing import Any

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from samarbejde.forsendelse import send_besked
from samarbejde.models import Overdragelse
from samarbejde.models.dokument import Pdf


@task()
def send_besked_opgave(besked_id: int) -> None:
    send_besked(besked_id)


def venter_i_koeen(opgave: Any) -> bool:
    """Whether the queue still holds wake-ups of this kind."""
    return DBTaskResult.objects.ready().filter(task_path=opgave.module_path).exists()


@task()
def lav_overdragelse_opgave(overdragelse_id: int) -> None:
    from samarbejde.overdragelsespdf import lav_overdragelse

    lav_overdragelse(overdragelse_id)


def vaek_overdragelser(nu: datetime) -> int:
    return vaek(Overdragelse, lav_overdragelse_opgave, nu)


def vaek(model: type[Pdf], opgave: Any, nu: datetime) -> int:
    """Wake every ordered PDF that is due: the row is the truth, a task may have been lost."""
    bestilte = model.objects.filter(tilstand=model.Tilstand.BESTILT, naeste_forsoeg_den__lte=nu)
    forfaldne = list(bestilte.values_list("pk", flat=True))
    for pk in forfaldne:
        opgave.enqueue(pk)
    return len(forfaldne)
