from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from samarbejde import tid
from samarbejde.posttid import SAMLES, Levering


class BeskedQuerySet(models.QuerySet):
    def venter(self) -> "BeskedQuerySet":
        return self.filter(tilstand=Besked.Tilstand.VENTER)

    def forfaldne(self, nu: datetime) -> "BeskedQuerySet":
        return self.venter().filter(tidligst_den__lte=nu)

    def samles(self) -> "BeskedQuerySet":
        """What becomes part of another mail. A calendar entry never does: a client reads one in a mail."""
        return self.filter(levering__in=SAMLES, kalender="")

    def for_sig(self) -> "BeskedQuerySet":
        return self.exclude(levering__in=SAMLES, kalender="")

    def kan_foelge_med(self, nu: datetime) -> "BeskedQuerySet":
        """What rides along with any other mail to the person, once the sender can no longer regret it."""
        return self.venter().samles().filter(Q(fortrydes_til=None) | Q(fortrydes_til__lte=nu)).order_by("pk")

    def vist_for(self, person: models.Model) -> "BeskedQuerySet":
        """One's own mails. What a sender may still regret, or did, the recipient never sees."""
        return self.filter(til=person).exclude(
            Q(tilstand=Besked.Tilstand.FORTRUDT) | Q(tilstand=Besked.Tilstand.VENTER, fortrydes_til__isnull=False)
        )


class Besked(models.Model):
    """One mail to one person, the outbox: mail leaves only from here (D37: never a confidential word in it)."""

    class Tilstand(models.TextChoices):
        VENTER = "venter", "venter"
        SENDT = "sendt", "sendt"
        SAMLET = "samlet", "sendt i samlet mail"
        FEJLET = "fejlet", "kunne ikke afleveres"
        FORTRUDT = "fortrudt", "fortrudt inden afsendelse"

    class Metode(models.TextChoices):
        REQUEST = "REQUEST", "indkaldelse"
        CANCEL = "CANCEL", "aflysning"

    til = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="beskeder")
    emne = models.CharField(max_length=150)
    tekst = models.TextField()
    adresse = models.CharField(max_length=300, blank=True)
    kalender = models.TextField(blank=True)  # the whole iCalendar object
    # The path of a link that answers without login: in the mail, and forgotten here once it has left.
    svarlink = models.CharField(max_length=120, blank=True)
    # A meeting room has no account: the mail goes to this address, and `til` is who answers for the booking.
    lokale_mail = models.EmailField(blank=True)
    metode = models.CharField(max_length=10, choices=Metode, blank=True)
    levering = models.CharField(max_length=10, choices=[(valg.value, valg.value) for valg in Levering])
    # What the mail is about. `nummer` runs on when the same thing changes after the last mail about it has left;
    # a key used without `erstat` never gets past 1, so that it is one mail for ever.
    noegle = models.CharField(max_length=120)
    nummer = models.PositiveSmallIntegerField(default=1)
    tilstand = models.CharField(max_length=10, choices=Tilstand, default=Tilstand.VENTER)
    oprettet_den = models.DateTimeField(default=tid.nu)
    tidligst_den = models.DateTimeField()
    fortrydes_til = models.DateTimeField(null=True, blank=True)
    fortrudt_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sendt_den = models.DateTimeField(null=True, blank=True)
    forsoeg = models.PositiveSmallIntegerField(default=0)
    fejl = models.CharField(max_length=300, blank=True)
    samlet_i = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="samlede")

    objects = BeskedQuerySet.as_manager()

    class Meta:
        verbose_name = "besked"
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["tidligst_den"], condition=Q(tilstand="venter"), name="besked_der_venter"),
            models.Index(fields=["til"], condition=Q(tilstand="venter"), name="besked_venter_til"),
            models.Index(fields=["til", "-id"], name="besked_til_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["noegle", "nummer"], name="besked_noegle_nummer"),
            models.CheckConstraint(
                condition=Q(tilstand__in=["venter", "fejlet", "samlet", "fortrudt"]) | Q(sendt_den__isnull=False),
                name="besked_sendt_har_tid",
            ),
            models.CheckConstraint(
                condition=Q(kalender="", metode="") | Q(~Q(kalender=""), metode__in=["REQUEST", "CANCEL"]),
                name="besked_kalender_har_metode",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.emne} til {self.til}"

    @property
    def modtager(self) -> str:
        return self.lokale_mail or self.til.email

    @property
    def proeves_igen(self) -> bool:
        return self.tilstand == self.Tilstand.VENTER and self.forsoeg > 0
