"""The item of an agenda, what participants bring to it, and its files (D21, S42)."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from moeder.models.faelles import ET_BARN, IForum, Niveau, uden_ord
from moeder.models.moede import Moede, Tema
from moeder.querysets import PunktQuerySet, mine_invitationer
from moeder.states import PUNKTOVERGANGE, Punkttilstand
from samarbejde import tid
from samarbejde.models import Enhed, Faglighed, Fil, Person
from samarbejde.permissions import Handling, Relation
from samarbejde.roller import Roller, mine_roller

PROSA = 10_000


class Punkt(IForum):
    """One item: in the forum's backlog while it has no meeting, else on that meeting's agenda.

    An item that is put off stays in the minutes it was put off in; the next meeting gets a new row, `udsat_fra`.
    """

    class Art(models.TextChoices):
        ORIENTERING = "orientering", "orientering"
        DROEFTELSE = "droeftelse", "drøftelse"
        BESLUTNING = "beslutning", "beslutning"

    noegle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    moede = models.ForeignKey(Moede, models.PROTECT, null=True, blank=True, related_name="punkter")
    plads = models.PositiveIntegerField(default=0)
    tilstand = models.CharField(max_length=20, choices=Punkttilstand, default=Punkttilstand.VENTER)
    niveau = models.CharField(max_length=15, choices=Niveau)
    art = models.CharField(max_length=15, choices=Art, default=Art.DROEFTELSE)
    tema = models.CharField(max_length=20, choices=Tema, blank=True)
    titel = models.CharField(max_length=200, blank=True)
    beskrivelse = models.TextField(blank=True)
    beskrivelse_html = models.TextField(blank=True)
    spoergsmaal = models.CharField("hvad ønsker I drøftet?", max_length=500, blank=True)
    minutter = models.PositiveSmallIntegerField(default=15, validators=[MinValueValidator(1), MaxValueValidator(480)])
    ansvarlig = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    fagligheder = models.ManyToManyField(Faglighed, related_name="+", blank=True)
    # The round where every profession is heard (S41), and those who have spoken in it.
    er_runde = models.BooleanField(default=False)
    hoerte = models.ManyToManyField(Faglighed, related_name="+", blank=True)
    delmaal = models.ForeignKey("aftaler.Delmaal", models.PROTECT, null=True, blank=True, related_name="+")
    foreslaaet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    foreslaaet_for = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    oprettet_den = models.DateTimeField(default=tid.nu)
    udsat_fra = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="udsat_til")
    udsat_antal = models.PositiveSmallIntegerField(default=0)
    grund = models.CharField("grund til at lukke eller give videre", max_length=300, blank=True)
    # The outcome is saved by itself while the meeting runs: each of the two texts has the version that was seen.
    referat = models.TextField(blank=True)
    referat_html = models.TextField(blank=True)
    referat_version = models.PositiveIntegerField(default=0)
    beslutning = models.TextField(blank=True)
    beslutning_html = models.TextField(blank=True)
    beslutning_version = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = PunktQuerySet.as_manager()
    SES_MED = Handling.SE_MOEDE
    OVERGANGE = PUNKTOVERGANGE

    class Meta:
        verbose_name = "punkt"
        ordering = ["plads", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["forum", "tilstand"], name="punkt_i_forum")]
        constraints = [
            uden_ord("punkt_om_et_barn_uden_ord", "titel", "beskrivelse", "spoergsmaal", "referat", "beslutning"),
            models.CheckConstraint(condition=Q(niveau="enkeltbarn") | ~Q(titel=""), name="punkt_har_titel"),
            models.CheckConstraint(
                condition=~Q(niveau="enkeltbarn") | Q(er_runde=False), name="punkt_om_et_barn_er_ingen_runde"
            ),
            models.CheckConstraint(condition=Q(tilstand__in=Punkttilstand.values), name="punkt_kendt_tilstand"),
            models.CheckConstraint(
                condition=Q(moede__isnull=True, tilstand__in=["foreslaaet", "venter", "lukket", "givet_videre"])
                | Q(moede__isnull=False) & ~Q(tilstand__in=["foreslaaet", "venter"]),
                name="punkt_paa_moede_eller_i_koe",
            ),
        ]

    def __str__(self) -> str:
        return self.vist_titel

    @property
    def artsnavn(self) -> str:
        """As `get_art_display`, for lists."""
        return str(self.Art(self.art).label)

    @property
    def vist_titel(self) -> str:
        return self.titel or ET_BARN

    @property
    def er_om_et_barn(self) -> bool:
        return self.niveau == Niveau.ENKELTBARN

    @property
    def angaar_kun(self) -> int | None:
        return self.moede.kun_om_id if self.moede_id else None

    def roller_for(self, person: Person) -> Roller:
        mine = mine_roller(person)
        roller = set(self.roller_i_forum(person))
        if self.moede_id:
            egne = mine_invitationer(self.moede.deltagere.all(), person)
            if egne.filter(kun_punkter=False).exists():
                roller.add(Relation.INVITERET)
            if egne.filter(kun_punkter=True, punkter=self).exists():
                roller.add(Relation.INVITERET_TIL_PUNKT)
        if self.foreslaaet_af_id == person.pk:
            er_her = mine.paa(self.foreslaaet_for_id) if self.foreslaaet_for_id else self.forum_id in mine.fora
            roller |= {Relation.FORFATTER} if er_her else set()
        return frozenset(roller)


class Bidrag(models.Model):
    """What a participant brings to an item before the meeting (S42), with the author's profession and unit."""

    class Art(models.TextChoices):
        DOKUMENTATION = "dokumentation", "dokumentation"
        PERSPEKTIV = "perspektiv", "fagligt perspektiv"
        IDE = "ide", "idé"
        HANDLEPLAN = "handleplan", "forslag til handleplan"

    punkt = models.ForeignKey(Punkt, models.PROTECT, related_name="bidrag")
    art = models.CharField(max_length=15, choices=Art, default=Art.PERSPEKTIV)
    tekst = models.TextField()
    tekst_html = models.TextField()
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    faglighed = models.ForeignKey(Faglighed, models.PROTECT, null=True, blank=True, related_name="+")
    skrevet_den = models.DateTimeField(default=tid.nu)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "bidrag"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["punkt", "af", "art"], name="bidrag_et_af_hver_art")]

    def __str__(self) -> str:
        return f"{self.get_art_display()} fra {self.af}"


class Punktfil(models.Model):
    """A file on an item, or with somebody's contribution to it."""

    punkt = models.ForeignKey(Punkt, models.PROTECT, related_name="filer")
    fil = models.ForeignKey(Fil, models.PROTECT, related_name="+")
    fjernet_den = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "punktfil"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.fil)
