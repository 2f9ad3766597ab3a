from django.db import models
from django.db.models import Q

from samarbejde import tid


class Pdf(models.Model):
    """A PDF that is ordered with the change it shows, made once by the worker and served from here (samarbejde.pdf)."""

    class Tilstand(models.TextChoices):
        BESTILT = "bestilt", "bestilt"
        KLAR = "klar", "klar"
        FEJLET = "fejlet", "fejlet"

    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.BESTILT)
    bestilt_den = models.DateTimeField(default=tid.nu)
    forsoeg = models.PositiveSmallIntegerField(default=0)
    naeste_forsoeg_den = models.DateTimeField(default=tid.nu)
    fejl = models.CharField(max_length=300, blank=True)
    lavet_den = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(tilstand="klar") | (Q(pdf__isnull=False) & ~Q(sha256="") & Q(lavet_den__isnull=False)),
                name="%(class)s_klar_har_pdf",
            )
        ]
