"""The document of an agreement: one sealed PDF for each content and each later accession (decision 12)."""

from django.db import models

from aftaler.kode import LAENGDE, i_grupper, ny_kode
from samarbejde.models.dokument import Pdf


class Dokument(Pdf):
    """The PDF of one content of the agreement, made and sealed once in the worker and served from here.

    `pdf` and `sha256` are the bytes that are served. When they are sealed they begin with the unsealed ones, of which
    the length and the hash are kept (ADR 0019). The database refuses any change of a document that is made.
    """

    class Segl(models.TextChoices):
        IKKE_FORSEGLET = "ikke_forseglet", "ikke forseglet"
        UDEN_TIDSSTEMPEL = "uden_tidsstempel", "forseglet uden tidsstempel"
        FORSEGLET = "forseglet", "forseglet med tidsstempel"

    aftale = models.ForeignKey("aftaler.Aftale", models.PROTECT, related_name="dokumenter")
    indhold = models.ForeignKey("aftaler.Indhold", models.PROTECT, related_name="dokumenter")
    loebenummer = models.PositiveSmallIntegerField(default=1)
    kode = models.CharField(max_length=LAENGDE, unique=True, default=ny_kode, editable=False)
    segl = models.CharField(max_length=20, choices=Segl, default=Segl.IKKE_FORSEGLET)
    segl_bemaerkning = models.CharField(max_length=300, blank=True)
    uforseglet_laengde = models.PositiveIntegerField(null=True, blank=True)
    uforseglet_sha256 = models.CharField(max_length=64, blank=True)
    # Restored from its data (docs/data.md): the file that was made the first time is not here to compare with.
    genskabt_den = models.DateTimeField(null=True, blank=True)

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

    @property
    def kode_i_grupper(self) -> str:
        """As it is printed: four at a time."""
        return i_grupper(self.kode)
