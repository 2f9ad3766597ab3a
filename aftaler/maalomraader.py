"""The six areas of the model text, remembered for an hour a process: the agreement page names them all."""

import time
from functools import lru_cache

from django.db import models
from django.db.models import Q

HOLDBARHED_SEKUNDER = 3600


class Maalomraade(models.Model):
    """One of the six areas of the model text, fixed and numbered (S12); only the wording is edited."""

    nummer = models.PositiveSmallIntegerField(primary_key=True)
    navn = models.CharField(max_length=120)
    beskrivelse = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "målområde"
        ordering = ["nummer"]
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(nummer__range=(1, 6)), name="maalomraade_et_til_seks")]

    def __str__(self) -> str:
        return f"{self.nummer}. {self.navn}"


def maalomraader() -> tuple[Maalomraade, ...]:
    """In order, to read and never to save."""
    return _maalomraader(int(time.monotonic() // HOLDBARHED_SEKUNDER))


@lru_cache(maxsize=1)
def _maalomraader(time_nummer: int) -> tuple[Maalomraade, ...]:
    return tuple(Maalomraade.objects.all())


glem_maalomraader = _maalomraader.cache_clear
