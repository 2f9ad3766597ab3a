"""The draft as PDF, with UDKAST across every page: ordered by whoever reads the draft, made by the worker."""

from django.db import models

from samarbejde.models.dokument import Pdf


class Kladdedokument(Pdf):
    """One PDF of a draft. `aftryk` is the SHA-256 of what it says: it is given to nobody once the draft says more."""

    aftale = models.ForeignKey("aftaler.Aftale", models.CASCADE, related_name="kladdedokumenter")
    aftryk = models.CharField(max_length=64)

    class Meta(Pdf.Meta):
        abstract = False
        verbose_name = "kladdedokument"
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.aftale}, udkast som PDF"
