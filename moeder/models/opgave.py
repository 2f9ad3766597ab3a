"""The task that a meeting gives one person (D22), and what each follow-up said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from moeder.models.moede import Moede
from moeder.models.punkt import Punkt
from moeder.querysets import OpgaveQuerySet
from moeder.states import AABNE_OPGAVER, OPGAVEOVERGANGE, Opgavetilstand
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, Relation
from samarbejde.roller import Roller, mine_roller


class Opgave(models.Model):
    """One responsible person at one unit, a concrete text and a day; whether it is overdue is computed."""

    punkt = models.ForeignKey(Punkt, models.PROTECT, related_name="opgaver")
    tekst = models.CharField(max_length=500)
    ansvarlig = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="moedeopgaver")
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    frist = models.DateField()
    tilstand = models.CharField(max_length=12, choices=Opgavetilstand, default=Opgavetilstand.AABEN)
    oprettet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField(default=tid.nu)
    version = models.PositiveIntegerField(default=1)

    objects = OpgaveQuerySet.as_manager()
    SES_MED = Handling.SE_OPGAVE
    OVERGANGE = OPGAVEOVERGANGE

    class Meta:
        verbose_name = "opgave"
        ordering = ["frist", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["ansvarlig", "tilstand"], name="opgave_ansvarlig")]
        constraints = [
            models.CheckConstraint(condition=~Q(tekst=""), name="opgave_har_tekst"),
            models.CheckConstraint(condition=Q(tilstand__in=Opgavetilstand.values), name="opgave_kendt_tilstand"),
        ]

    def __str__(self) -> str:
        return self.tekst

    def get_absolute_url(self) -> str:
        return reverse("opgave", args=[self.pk])

    @property
    def er_aaben(self) -> bool:
        return self.tilstand in AABNE_OPGAVER

    @property
    def er_overskredet(self) -> bool:
        return self.er_aaben and self.frist < tid.i_dag()

    def roller_for(self, person: Person) -> Roller:
        egen = self.ansvarlig_id == person.pk and self._er_stadig_med(person)
        return self.punkt.roller_for(person) | ({Relation.ANSVARLIG} if egen else set())

    def _er_stadig_med(self, person: Person) -> bool:
        """At the unit, or for somebody from outside in the forum (S54)."""
        mine, fora = mine_roller(person), {self.punkt.forum_id, self.punkt.medforum_id}
        return bool(mine.paa(self.enhed_id) if self.enhed_id else fora & mine.fora.keys())


class Opfoelgning(models.Model):
    """What a follow-up said: it goes on, is adjusted, is changed, or is finished (D22)."""

    class Udfald(models.TextChoices):
        FORTSAETTER = "fortsaetter", "fortsætter"
        JUSTERES = "justeres", "justeres"
        AENDRES = "aendres", "ændres"
        AFSLUTTES = "afsluttes", "afsluttes"
        OPGIVES = "opgives", "opgives"

    opgave = models.ForeignKey(Opgave, models.PROTECT, related_name="opfoelgninger")
    moede = models.ForeignKey(Moede, models.PROTECT, null=True, blank=True, related_name="+")
    udfald = models.CharField(max_length=12, choices=Udfald)
    note = models.CharField(max_length=500, blank=True)
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    den = models.DateTimeField(default=tid.nu)

    class Meta:
        verbose_name = "opfølgning"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_udfald_display()
