"""Objections to the minutes, corrections after they are closed (D23), and the PDFs of a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from moeder.models.moede import Moede
from moeder.models.punkt import Punkt
from moeder.querysets import HELE, MoededokumentQuerySet, eget_uddrag
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.models.dokument import Pdf
from samarbejde.permissions import FORUMLEDELSE, Handling
from samarbejde.roller import Roller, mine_roller


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

    `indhold` is the SHA-256 of what it says, so that the same paper can be told from a newer one.
    """

    class Art(models.TextChoices):
        PAKKE = "pakke", "mødepakke"
        REFERAT = "referat", "referat"
        UDDRAG = "uddrag", "uddrag til øvrige medarbejdere"

    moede = models.ForeignKey(Moede, models.PROTECT, related_name="dokumenter")
    art = models.CharField(max_length=10, choices=Art)
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    bestilt_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    indhold = models.CharField(max_length=64)

    objects = MoededokumentQuerySet.as_manager()
    SES_MED = Handling.SE_MOEDE

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

    def get_absolute_url(self) -> str:
        return reverse("papir", args=[self.moede.kode, self.pk])

    @property
    def navn(self) -> str:
        return f"Uddrag til {self.enhed}" if self.enhed else self.get_art_display().capitalize()

    @property
    def filnavn(self) -> str:
        """Neutral (D13): what it is, where and when."""
        hvor = self.enhed or self.moede.forum.enhed
        return f"{NAVN_I_FILEN[self.art]}-{hvor.slug}-{self.moede.dag.isoformat()}.pdf"

    def roller_for(self, person: Person) -> Roller:
        """For those who see the whole meeting; an extract for those it is given to, and the forum's leadership."""
        roller = self.moede.roller_for(person) & HELE
        if self.art != self.Art.UDDRAG or not roller or not roller.isdisjoint(FORUMLEDELSE) or self._er_min(person):
            return roller
        return frozenset()

    def _er_min(self, person: Person) -> bool:
        egne = eget_uddrag(mine_roller(person), self.moede.deltagere.all(), person, "pk")
        return Enhed.objects.filter(egne, pk=self.enhed_id).exists()


NAVN_I_FILEN: dict[str, str] = {
    Moededokument.Art.PAKKE: "moedepakke",
    Moededokument.Art.REFERAT: "referat",
    Moededokument.Art.UDDRAG: "uddrag",
}
