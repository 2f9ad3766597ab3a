from django.db import models


class Faglighed(models.Model):
    """A profession (S4, S41): data, edited by forvaltning; one that is in use is closed, never deleted."""

    navn = models.CharField(max_length=60, unique=True, db_collation="dansk")
    er_lukket = models.BooleanField(default=False)

    class Meta:
        verbose_name = "faglighed"
        ordering = ["navn"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.navn
