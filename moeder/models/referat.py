"""Objections to the minutes, corrections after they are closed (D23), and the PDFs of a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from moeder.models.moede import Moede
from moeder.models.punkt import Punkt
from samarbejde import tid
from samarbejde.models import Enhed
from samarbejde.models.dokument import Pdf


class Bemaerkning(models.Model):
    """What a participant says about the minutes of one item while they are out for comments."""

    punkt = models.ForeignKey(Punkt, models.PROTECT, related_name="bemaerkninger")
    tekst = models.CharField(max_length=2000)
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    skrevet_den = models.DateTimeField(default=tid.nu)

    class Meta:
        verbose_name = "bemærkning"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Bemærkning fra {self.af}"


class Berigtigelse(models.Model):
    """A correction after the minutes were closed: visible beside them, never over them."""

    moede = models.ForeignKey(Moede, models.PROTECT, related_name="berigtigelser")
    punkt = models.ForeignKey(Punkt, models.PROTECT, null=True, blank=True, related_name="berigtigelser")
    tekst = models.CharField(max_length=2000)
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    skrevet_den = models.DateTimeField(default=tid.nu)

    class Meta:
        verbose_name = "berigtigelse"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Berigtigelse fra {self.af}"


class Moededokument(Pdf):
    """The meeting pack, the minutes, or one unit's extract for its other staff; made in the worker.

    `indhold` is what it was made from, so that the same document can be told from a newer one.
    """

    class Art(models.TextChoices):
        PAKKE = "pakke", "mødepakke"
        REFERAT = "referat", "referat"
        UDDRAG = "uddrag", "uddrag til øvrige medarbejdere"

    moede = models.ForeignKey(Moede, models.PROTECT, related_name="dokumenter")
    art = models.CharField(max_length=10, choices=Art)
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    bestilt_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Pdf.Meta):
        abstract = False
        verbose_name = "mødedokument"
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            *Pdf.Meta.constraints,
            models.CheckConstraint(
                condition=Q(art="uddrag", enhed__isnull=False) | ~Q(art="uddrag") & Q(enhed__isnull=True),
                name="moededokument_uddrag_har_enhed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()}, {self.moede}"
