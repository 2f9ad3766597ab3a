from datetime import timedelta

from django.db import models
from django.db.models import F, Q


class Feriedag(models.Model):
    """A holiday or closing period of the municipality, first and last day inclusive: data, edited by forvaltning."""

    navn = models.CharField(max_length=80)
    fra = models.DateField()
    til_og_med = models.DateField()

    class Meta:
        verbose_name = "ferie eller lukkedag"
        ordering = ["fra"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(til_og_med__gte=F("fra")), name="feriedag_slut_ikke_foer_start"),
            models.CheckConstraint(
                condition=Q(til_og_med__lte=F("fra") + timedelta(days=100)), name="feriedag_hoejst_hundrede_dage"
            ),
            models.UniqueConstraint(fields=["navn", "fra"], name="feriedag_en_gang"),
        ]

    def __str__(self) -> str:
        return self.navn
