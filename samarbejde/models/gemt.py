from django.conf import settings
from django.db import models

from samarbejde import tid


class GemtFormular(models.Model):
    """What somebody had written when the session was gone: encrypted, for the same person, for 30 minutes."""

    noegle = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sti = models.CharField(max_length=500)
    indhold = models.BinaryField()
    gemt_den = models.DateTimeField(default=tid.nu)

    class Meta:
        verbose_name = "gemt formular"
        default_permissions = ()

    def __str__(self) -> str:
        return self.sti
