"""The meeting and the series it may belong to (S43, D17)."""

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from moeder.models.faelles import IForum, ny_kode, ny_uid
from moeder.querysets import MoedeQuerySet, SerieQuerySet, mine_invitationer
from moeder.rytme import Rytme
from moeder.states import HOLDT, KOMMENDE, OVERGANGE, Tilstand
from ressourcecenter.models import Forum, LokaleRegler
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.formater import dato_kort
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, Relation
from samarbejde.roller import Roller
from samarbejde.skolekalender import skoleaar_navn


class Formaal(models.TextChoices):
    """What a meeting is for: the five purposes of the model (S24), and co-creation (S22)."""

    HELHED_OM_BARNET = "helhed_om_barnet", "Helhedsperspektiv og fælles handleplaner"
    SAMMENHAENG = "sammenhaeng", "Helhed og sammenhæng i barnets liv"
    SPARRING = "sparring", "Tværfaglig sparring og vidensdeling"
    INKLUDERENDE = "inkluderende", "Inkluderende fællesskaber og læringsmiljøer"
    LAERING_OG_TRIVSEL = "laering_og_trivsel", "Fælles lærings- og trivselsaktiviteter"
    SAMSKABELSE = "samskabelse", "Samskabelse mellem skole og fritid"


class Tema(models.TextChoices):
    """Themes that meetings are found by (S6, S21, S23, S50); `er_0_18` below says which span 0-18 years."""

    OVERGANGE = "overgange", "Overgange"
    VIDENSOVERDRAGELSE = "vidensoverdragelse", "Vidensoverdragelse"
    AABEN_SKOLE = "aaben_skole", "Åben Skole-aktiviteter"
    LAERING_TRIVSEL = "laering_trivsel", "Fælles lærings- og trivselstemaer"
    BRUG_AF_PLC = "brug_af_plc", "Brugen af læringscentret til læring og trivsel"
    INKLUSION = "inklusion", "Inklusion og integration"
    VIDENSDELING = "vidensdeling", "Vidensdeling og koordinering"
    STRATEGI = "strategi", "Strategisk drøftelse"
    ANDET = "andet", "Andet"


PLC_TEMAER = frozenset({Tema.AABEN_SKOLE, Tema.LAERING_TRIVSEL, Tema.BRUG_AF_PLC})
TEMAER_0_18 = frozenset({Tema.OVERGANGE, Tema.VIDENSOVERDRAGELSE, Tema.VIDENSDELING, Tema.STRATEGI})


class Serie(IForum):
    """A school year of meetings in one rhythm; what was asked for, so that the rest of it can be changed.

    `noegle` is that of the form it came from: sent twice, it is still one series.
    """

    skoleaar = models.PositiveSmallIntegerField()
    kadence = models.CharField(max_length=10, choices=LokaleRegler.Kadence)
    ugedag = models.CharField(max_length=8, choices=LokaleRegler.Ugedag)
    fra = models.DateField()
    til_og_med = models.DateField()
    begynder = models.TimeField()
    minutter = models.PositiveSmallIntegerField(validators=[MinValueValidator(15), MaxValueValidator(480)])
    uden_uger = models.JSONField(default=list)
    sted = models.CharField(max_length=120, blank=True)
    link = models.URLField(max_length=300, blank=True)
    oprettet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField(default=tid.nu)
    noegle = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = SerieQuerySet.as_manager()
    SES_MED = Handling.SE_MOEDE

    class Meta:
        verbose_name = "mødeserie"
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(til_og_med__gte=F("fra")), name="serie_slut_ikke_foer_start"),
            models.UniqueConstraint(fields=["forum", "noegle"], name="serie_en_gang_fra_en_formular"),
        ]

    def __str__(self) -> str:
        return f"Møderække {skoleaar_navn(self.skoleaar)}, {self.forum.enhed}"

    def get_absolute_url(self) -> str:
        return reverse("serie", args=[self.pk])

    @property
    def navn(self) -> str:
        """Neutral: it stands in mails (D37)."""
        return f"{RAEKKER[self.forum.art] if not self.medforum_id else FAELLES_RAEKKE}, {self.forum.enhed}"

    @property
    def rytme(self) -> Rytme:
        return Rytme(self.kadence, self.ugedag, self.fra, self.til_og_med, frozenset(self.uden_uger))

    def roller_for(self, person: Person) -> Roller:
        return self.roller_i_forum(person)


class Moede(IForum):
    """One meeting: first a reservation in the calendar, then called with purpose and agenda, then minutes.

    `uid` and `sekvens` are the event's own in every calendar; `version` is that of its facts, for stale forms.
    """

    kode = models.CharField(max_length=12, unique=True, default=ny_kode)
    serie = models.ForeignKey(Serie, models.PROTECT, null=True, blank=True, related_name="moeder")
    serie_dag = models.DateField(null=True, blank=True)
    tilstand = models.CharField(max_length=20, choices=Tilstand, default=Tilstand.RESERVERET)
    tilstand_siden = models.DateTimeField(default=tid.nu)
    begynder = models.DateTimeField()
    slutter = models.DateTimeField()
    sted = models.CharField(max_length=120, blank=True)
    link = models.URLField(max_length=300, blank=True)
    formaal = models.JSONField("formål", default=list)
    tema = models.CharField(max_length=20, choices=Tema, blank=True)
    er_tematisk = models.BooleanField(default=False)
    er_fast = models.BooleanField(default=True)
    # An ad hoc meeting about what concerns one fritid unit only (D25); the others are not called to it.
    kun_om = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    grundlag = models.CharField("lokalt grundlag for gæster", max_length=300, blank=True)
    grundlag_aktivitet = models.ForeignKey("aftaler.Aktivitet", models.PROTECT, null=True, blank=True, related_name="+")
    referent = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    hoering_til = models.DateField(null=True, blank=True)
    aflyst_grund = models.CharField(max_length=300, blank=True)
    flyttet_fra = models.DateTimeField(null=True, blank=True)
    uid = models.CharField(max_length=80, unique=True, default=ny_uid)
    sekvens = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    indkaldt_den = models.DateTimeField(null=True, blank=True)
    oprettet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField(default=tid.nu)

    objects = MoedeQuerySet.as_manager()
    SES_MED = Handling.SE_MOEDE
    OVERGANGE = OVERGANGE

    class Meta:
        verbose_name = "møde"
        ordering = ["begynder", "pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["forum", "begynder"], name="moede_i_forum"),
            models.Index(fields=["begynder"], name="moede_begynder"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(slutter__gt=F("begynder")), name="moede_slut_efter_start"),
            models.CheckConstraint(condition=Q(tilstand__in=Tilstand.values), name="moede_kendt_tilstand"),
            models.CheckConstraint(
                condition=~Q(tilstand="indkaldt") | Q(indkaldt_den__isnull=False), name="moede_indkaldt_har_tid"
            ),
            models.CheckConstraint(
                condition=~Q(tilstand="aflyst") | ~Q(aflyst_grund=""), name="moede_aflyst_har_grund"
            ),
            models.UniqueConstraint(fields=["serie", "serie_dag"], name="moede_en_gang_i_serien"),
        ]

    def __str__(self) -> str:
        return f"{self.navn} {tid.lokal(self.begynder).date().isoformat()}"

    def get_absolute_url(self) -> str:
        return reverse("moede", args=[self.kode])

    @property
    def navn(self) -> str:
        """Neutral: it stands in calendars and mails (D37)."""
        return moedenavn(self.forum.art, self.forum.enhed.navn, er_faelles=bool(self.medforum_id))

    @property
    def i_en_saetning(self) -> str:
        """«mødet i Ressourcecentret, Lindeskolen», where a mail speaks of it."""
        hvad, _, hvor = self.navn.partition(" i ")
        return f"{'det fælles møde' if self.medforum_id else f'{hvad.lower()}t'} i {hvor}"

    @property
    def emne(self) -> str:
        """Which meeting a mail is about: nobody has two of one forum on a day."""
        return f"{self.navn}, {dato_kort(self.begynder)}"

    @property
    def kort_navn(self) -> str:
        navn = FAELLES if self.medforum_id else ARTER[self.forum.art]
        return f"{navn} {dato_kort(self.begynder)}"

    @property
    def dag(self) -> date:
        return tid.lokal(self.begynder).date()

    @property
    def minutter(self) -> int:
        return int((self.slutter - self.begynder).total_seconds() // 60)

    @property
    def er_kommende(self) -> bool:
        return self.tilstand in KOMMENDE

    @property
    def er_holdt(self) -> bool:
        return self.tilstand in HOLDT

    @property
    def er_flyttet_alene(self) -> bool:
        """Moved by itself, away from what its series says: then the series leaves it alone."""
        return bool(self.serie_dag) and (self.flyttet_fra is not None or self.dag != self.serie_dag)

    @property
    def vist_formaal(self) -> list[str]:
        return [Formaal(kode).label for kode in self.formaal]

    def er_begyndt(self, nu: datetime | None = None) -> bool:
        return self.begynder <= (nu or tid.nu())

    @property
    def angaar_kun(self) -> int | None:
        return self.kun_om_id

    def roller_for(self, person: Person) -> Roller:
        roller = set(self.roller_i_forum(person))
        for kun_punkter in hent(_mine_invitationer, person, moede=self.pk):
            roller |= {Relation.INVITERET_TIL_PUNKT if kun_punkter else Relation.INVITERET, Relation.DELTAGER_SELV}
            if self.referent_id == person.pk:
                roller.add(Relation.REFERENT)
        return frozenset(roller)


def _mine_invitationer(person: Person, moede: int) -> "models.QuerySet[Any, bool]":
    deltagere = Moede._meta.get_field("deltagere").related_model.objects.filter(moede=moede)
    return mine_invitationer(deltagere, person).values_list("kun_punkter", flat=True)


ARTER: dict[str, str] = {
    Forum.Art.RC: "Møde i Ressourcecentret",
    Forum.Art.PLC: "Møde i Læringscentret",
    Forum.Art.TEAM: "Møde i Ressourceteamet",
}
RAEKKER = {
    Forum.Art.RC: "Møder i Ressourcecentret",
    Forum.Art.PLC: "Møder i Læringscentret",
    Forum.Art.TEAM: "Møder i Ressourceteamet",
}
FAELLES_RAEKKE = "Fælles møder i Ressourcecenter og Læringscenter"
FAELLES = "Fælles møde i Ressourcecenter og Læringscenter"


def moedenavn(art: str, enhed: str, *, er_faelles: bool) -> str:
    return f"{FAELLES if er_faelles else ARTER[art]}, {enhed}"
