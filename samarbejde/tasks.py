"""Background work. A task row is only a wake-up with primary keys; the truth is the state of the domain row."""

from django_tasks import task

from samarbejde import post


@task()
def send_besked_opgave(besked_id: int) -> None:
    post.send_besked(besked_id)
