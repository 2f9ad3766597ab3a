from django.conf import settings
from django.db import models
from django.db.models import Q

from samarbejde import tid


class Kalenderadgang(models.Model):
    """A person's private calendar feed: the address is the key, so only its SHA-256 is kept; it can be revoked."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="kalenderadgange")
    aftryk = models.CharField(max_length=64, unique=True)
    oprettet_den = models.DateTimeField(default=tid.nu)
    tilbagekaldt_den = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "kalenderadgang"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(tilbagekaldt_den__isnull=True), name="kalenderadgang_en_ad_gangen"
            )
        ]

    def __str__(self) -> str:
        return f"Kalender for {self.person}"
