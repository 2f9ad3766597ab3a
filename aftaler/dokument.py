"""The document of an agreement: one sealed PDF for each content and each later accession (decision 12)."""

from django.db import models

from samarbejde.models.dokument import Pdf


class Dokument(Pdf):
    """The PDF of one content of the agreement, made once in the worker and served from here."""

    aftale = models.ForeignKey("aftaler.Aftale", models.PROTECT, related_name="dokumenter")
    indhold = models.ForeignKey("aftaler.Indhold", models.PROTECT, related_name="dokumenter")
    loebenummer = models.PositiveSmallIntegerField(default=1)

    class Meta(Pdf.Meta):
        abstract = False
        verbose_name = "dokument"
        ordering = ["-loebenummer"]
        default_permissions = ()
        constraints = [
            *Pdf.Meta.constraints,
            models.UniqueConstraint(fields=["aftale", "loebenummer"], name="dokument_loebenummer_en_gang"),
        ]

    def __str__(self) -> str:
        return f"{self.aftale}, dokument {self.loebenummer}"
