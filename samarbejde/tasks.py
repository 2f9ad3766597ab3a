"""Background work. A task row is only a wake-up with primary keys; the truth is the state of the domain row."""

from typing import Any

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from samarbejde.forsendelse import send_besked


@task()
def send_besked_opgave(besked_id: int) -> None:
    send_besked(besked_id)


def venter_i_koeen(opgave: Any) -> bool:
    """Whether the queue still holds wake-ups of this kind."""
    return DBTaskResult.objects.ready().filter(task_path=opgave.module_path).exists()
