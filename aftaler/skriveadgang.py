"""The skoleleder lets the school's coordinators write in one agreement: a row of its own, with who and when."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from samarbejde import tid


class Skriveadgang(models.Model):
    """Given by the skoleleder for one agreement, and ended by the skoleleder; the rows are kept."""

    part = models.ForeignKey("aftaler.Aftalepart", models.CASCADE, related_name="skriveadgange")
    givet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    givet_den = models.DateTimeField(default=tid.nu)
    sluttet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sluttet_den = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "skriveadgang"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["part"], condition=Q(sluttet_den__isnull=True), name="skriveadgang_een_aaben"
            ),
            models.CheckConstraint(
                condition=Q(sluttet_den__isnull=True, sluttet_af__isnull=True)
                | Q(sluttet_den__isnull=False, sluttet_af__isnull=False),
                name="skriveadgang_slut_har_begge",
            ),
        ]

    def __str__(self) -> str:
        return f"skriveadgang for koordinatorerne på {self.part}"


def koordinator_skriver() -> Exists:
    """Of a party: its coordinators may write now."""
    return Exists(Skriveadgang.objects.filter(part=OuterRef("pk"), sluttet_den=None))
