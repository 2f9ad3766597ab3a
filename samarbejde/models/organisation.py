from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property

from samarbejde.models.periode import Periode
from samarbejde.permissions import Handling, Relation, Rolle
from samarbejde.querysets import EnhedQuerySet, PeriodeQuerySet, SkoledistriktQuerySet
from samarbejde.roller import Roller, mine_roller

NAVN = {"max_length": 120, "db_collation": "dansk"}


class Enhed(Periode):
    """Every organisational unit (S5). `kode` is the importer's stable key; `slug` never changes once given."""

    class Art(models.TextChoices):
        SKOLE = "skole", "skole"
        FRITIDSINSTITUTION = "fritidsinstitution", "fritidsinstitution"
        FRITIDSCENTER = "fritidscenter", "fritidscenter"
        DAGINSTITUTION = "daginstitution", "0-6 års institution"
        KLYNGE = "klynge", "klynge"
        NETVAERK = "netvaerk", "netværk"
        OMRAADE = "omraade", "område"
        FORVALTNING = "forvaltning", "forvaltning"

    class Ejerform(models.TextChoices):
        KOMMUNAL = "kommunal", "kommunal"
        SELVEJENDE = "selvejende", "selvejende"
        PRIVAT = "privat", "privat"

    kode = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    navn = models.CharField(**NAVN)
    soegetekst = models.CharField(max_length=250, blank=True)
    art = models.CharField(max_length=20, choices=Art)
    ejerform = models.CharField(max_length=12, choices=Ejerform, default=Ejerform.KOMMUNAL)
    er_kkfo = models.BooleanField(default=False)
    efterfoelger = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="forgaengere")

    objects = EnhedQuerySet.as_manager()
    SES_MED = Handling.SE_ENHED

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "enhed"
        ordering = ["navn"]
        # The roles are the permissions on a unit: Rolletildeling gives them for a period.
        default_permissions = ()
        permissions = [(rolle.value, rolle.label) for rolle in Rolle]
        constraints = [
            *Periode.Meta.constraints,
            models.CheckConstraint(
                condition=Q(er_kkfo=False) | Q(art="fritidsinstitution", ejerform="kommunal"),
                name="enhed_kkfo_er_kommunal",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("enhed", args=[self.slug])

    def roller_for(self, person: "models.Model") -> Roller:
        mine = mine_roller(person)
        distrikter = [link.distrikt_id for link in self.distriktstilknytninger.all() if link.gaelder()]
        # Whoever works at a unit outside every district (a klynge, an område) sees it all the same.
        ansat = {Relation.I_DISTRIKTET} if self.pk in mine.enheder else set()
        return mine.globale.union(mine.paa(self.pk), ansat, *map(mine.fra_distrikt, distrikter))

    @property
    def er_privat(self) -> bool:
        return self.ejerform == self.Ejerform.PRIVAT

    @property
    def lederrolle(self) -> Rolle | None:
        """The role whose holder leads a unit of this kind."""
        return LEDERROLLER.get(self.art)

    @property
    def forholdsord(self) -> str:
        """One is leader «på Lindeskolen» but «for Klynge Nord»."""
        return FORHOLDSORD.get(self.art, "på")

    @property
    def med_forholdsord(self) -> str:
        return f"{self.forholdsord} {self}"

    @property
    def ledertitel(self) -> str:
        if self.art == self.Art.FRITIDSINSTITUTION:
            return "institutionsleder" if self.ejerform == self.Ejerform.SELVEJENDE else "pædagogisk leder"
        return LEDERTITLER[self.art]


FORHOLDSORD = {
    Enhed.Art.KLYNGE: "for",
    Enhed.Art.NETVAERK: "for",
    Enhed.Art.OMRAADE: "for",
    Enhed.Art.FORVALTNING: "i",
}
LEDERROLLER = {
    Enhed.Art.SKOLE: Rolle.SKOLELEDER,
    Enhed.Art.FRITIDSINSTITUTION: Rolle.FRITIDSLEDER,
    Enhed.Art.FRITIDSCENTER: Rolle.FRITIDSLEDER,
    Enhed.Art.DAGINSTITUTION: Rolle.DAGTILBUDSLEDER,
    Enhed.Art.KLYNGE: Rolle.KLYNGELEDER,
    Enhed.Art.NETVAERK: Rolle.NETVAERKSKOORDINATOR,
    Enhed.Art.OMRAADE: Rolle.OMRAADECHEF,
}
LEDERTITLER = {
    Enhed.Art.SKOLE: "skoleleder",
    Enhed.Art.FRITIDSCENTER: "centerleder",
    Enhed.Art.DAGINSTITUTION: "dagtilbudsleder",
    Enhed.Art.KLYNGE: "klyngeleder",
    Enhed.Art.NETVAERK: "netværkskoordinator",
    Enhed.Art.OMRAADE: "områdechef",
    Enhed.Art.FORVALTNING: "forvaltning",
}


class Skoledistrikt(Periode):
    """A district groups schools (S8): usually one, in a joint district several. A special school has a district
    of its own without geography and is never reported as missing an agreement.
    """

    kode = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    navn = models.CharField(**NAVN)
    er_uden_geografi = models.BooleanField(default=False)
    enheder = models.ManyToManyField(Enhed, through="Distriktstilknytning", related_name="distrikter")

    objects = SkoledistriktQuerySet.as_manager()
    SES_MED = Handling.SE_DISTRIKT

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "skoledistrikt"
        ordering = ["navn"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.navn

    def get_absolute_url(self) -> str:
        return reverse("distrikt", args=[self.slug])

    def roller_for(self, person: "models.Model") -> Roller:
        return mine_roller(person).i_distrikt(self.pk)

    @cached_property
    def enheder_nu(self) -> list[Enhed]:
        """Its units today; asked once, by whichever part of a page comes first."""
        return list(Enhed.objects.filter(pk__in=self.tilknytninger.gaeldende().values("enhed")))


class Distriktstilknytning(Periode):
    """A unit belongs to a district for a period (D27): schools, leisure and 0-6 units, and the område above it."""

    distrikt = models.ForeignKey(Skoledistrikt, models.PROTECT, related_name="tilknytninger")
    enhed = models.ForeignKey(Enhed, models.PROTECT, related_name="distriktstilknytninger")

    objects = PeriodeQuerySet.as_manager()

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "distriktstilknytning"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.enhed} i {self.distrikt}"


class Enhedstilknytning(Periode):
    """A unit belongs to or works with another for a period (D27): fritidsinstitution or fritidscenter to school,
    institution to klynge or netværk, klynge or netværk to område.
    """

    enhed = models.ForeignKey(Enhed, models.PROTECT, related_name="tilknytninger")
    til = models.ForeignKey(Enhed, models.PROTECT, related_name="medlemmer")

    objects = PeriodeQuerySet.as_manager()

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "enhedstilknytning"
        default_permissions = ()
        constraints = [
            *Periode.Meta.constraints,
            models.CheckConstraint(condition=~Q(enhed=models.F("til")), name="enhed_ikke_til_sig_selv"),
        ]

    def __str__(self) -> str:
        return f"{self.enhed} til {self.til}"
