from django.conf import settings
from django.db import models
from django.db.models import Q

from samarbejde import tid
from samarbejde.posttid import Levering


class Besked(models.Model):
    """One mail to one person, the outbox: mail leaves only from here (D37: never a confidential word in it)."""

    class Tilstand(models.TextChoices):
        VENTER = "venter", "venter"
        SENDT = "sendt", "sendt"
        SAMLET = "samlet", "sendt i samlet mail"
        FEJLET = "fejlet", "kunne ikke afleveres"

    til = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="beskeder")
    emne = models.CharField(max_length=150)
    tekst = models.TextField()
    adresse = models.CharField(max_length=300, blank=True)
    levering = models.CharField(max_length=10, choices=[(valg.value, valg.value) for valg in Levering])
    noegle = models.CharField(max_length=120, unique=True)
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.VENTER)
    oprettet_den = models.DateTimeField(default=tid.nu)
    tidligst_den = models.DateTimeField()
    sendt_den = models.DateTimeField(null=True, blank=True)
    forsoeg = models.PositiveSmallIntegerField(default=0)
    fejl = models.CharField(max_length=300, blank=True)
    samlet_i = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="samlede")

    class Meta:
        verbose_name = "besked"
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["tidligst_den"], condition=Q(tilstand="venter"), name="besked_der_venter"),
            models.Index(fields=["til", "-id"], name="besked_til_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tilstand__in=["venter", "fejlet", "samlet"]) | Q(sendt_den__isnull=False),
                name="besked_sendt_har_tid",
            )
        ]

    def __str__(self) -> str:
        return f"{self.emne} til {self.til}"
