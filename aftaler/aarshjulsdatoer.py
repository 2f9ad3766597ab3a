"""The dates of one school year that forvaltning has set (D3); a year without any follows the default."""

from django.db import models
from django.db.models import F, Q


class Aarshjulsdatoer(models.Model):
    skoleaar = models.PositiveSmallIntegerField("skoleår", primary_key=True)
    kladde_aabner = models.DateField("kladden åbner")
    frist = models.DateField("aftalen skal være indgået")
    midtvejs = models.DateField("midtvejsstatus")
    evaluering = models.DateField("evaluering")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "årshjul"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kladde_aabner__lt=F("frist"), frist__lt=F("midtvejs"), midtvejs__lt=F("evaluering")),
                name="aarshjul_i_raekkefoelge",
            ),
        ]

    def __str__(self) -> str:
        return f"årshjulet {self.skoleaar}/{(self.skoleaar + 1) % 100:02d}"
