import secrets

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from samarbejde import fillager, tid
from samarbejde.formater import filstoerrelse


def ny_noegle() -> str:
    return secrets.token_urlsafe(16)


class Fil(models.Model):
    """An uploaded file. Its bytes lie in the storage under their SHA-256: the same content twice is one there and two
    rows here. What it hangs on points to it, and says who may fetch it.
    """

    class Art(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        ODT = "odt", "OpenDocument"
        XLSX = "xlsx", "Excel"
        PNG = "png", "PNG-billede"
        JPG = "jpg", "JPG-billede"

    noegle = models.CharField(max_length=22, unique=True, default=ny_noegle, editable=False)
    navn = models.CharField(max_length=120)
    art = models.CharField(max_length=4, choices=Art)
    stoerrelse = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    sha256 = models.CharField(max_length=64, db_index=True)
    lagt_op_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lagt_op_den = models.DateTimeField(default=tid.nu)

    class Meta:
        verbose_name = "fil"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(art__in=["pdf", "docx", "odt", "xlsx", "png", "jpg"]), name="fil_art"),
            models.CheckConstraint(condition=Q(stoerrelse__gt=0) & ~Q(navn=""), name="fil_har_navn_og_indhold"),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def sti(self) -> str:
        return fillager.sti(self.sha256)

    @property
    def beskrivelse(self) -> str:
        """For the link: what one gets, and how much."""
        return f"{self.get_art_display()}, {filstoerrelse(self.stoerrelse)}"
