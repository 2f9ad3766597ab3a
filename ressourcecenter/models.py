"""The standing forums (S19, S28–S36): Ressourcecenter and Læringscenter of a school, Ressourceteam of a klynge."""

from datetime import time
from zlib import crc32

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ressourcecenter.querysets import (
    FRITID,
    KUN_I_FORUMMET,
    SELV,
    TEAMLEDERE,
    ForumQuerySet,
)
from samarbejde.forespoergsel import hent
from samarbejde.formater import antal, klokken
from samarbejde.models import Enhed, Enhedstilknytning, Faglighed, Person
from samarbejde.models.periode import Periode
from samarbejde.permissions import Handling, Relation, Rolle
from samarbejde.querysets import PeriodeQuerySet
from samarbejde.roller import MineRoller, Roller, mine_roller


class Forum(models.Model):
    """A forum that stands as long as its unit does (S19); who is attached follows the register, never a choice."""

    class Art(models.TextChoices):
        RC = "ressourcecenter", "Ressourcecenter"
        PLC = "laeringscenter", "Pædagogisk Læringscenter"
        TEAM = "ressourceteam", "Ressourceteam"

    enhed = models.ForeignKey(Enhed, models.PROTECT, related_name="fora")
    art = models.CharField(max_length=20, choices=Art)
    raekkefoelge = models.PositiveSmallIntegerField(default=0)

    objects = ForumQuerySet.as_manager()
    SES_MED = Handling.SE_FORUM

    class Meta:
        verbose_name = "forum"
        ordering = ["enhed__navn", "raekkefoelge"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["enhed", "art"], name="forum_et_af_hver"),
            models.CheckConstraint(
                condition=Q(art__in=["ressourcecenter", "laeringscenter", "ressourceteam"]), name="forum_kendt_art"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()}, {self.enhed}"

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.enhed.slug])

    @property
    def i_saetning(self) -> str:
        """«reglerne for Ressourcecentret»."""
        return BESTEMT[self.art]

    @property
    def er_team(self) -> bool:
        return self.art == self.Art.TEAM

    @property
    def findes(self) -> bool:
        """Only folkeskoler have Ressourcecenter and Læringscenter (decision 5, case 42), and only while they last."""
        return self.enhed.gaelder() and not self.enhed.er_privat

    @property
    def regler(self) -> "LokaleRegler":
        """What was agreed locally, or the standard while nothing was; reading never makes a row (S43)."""
        return getattr(self, "lokale_regler", None) or LokaleRegler.standard(self)

    def roller_for(self, person: Person) -> Roller:
        if not self.findes:
            return frozenset()
        mine = mine_roller(person)
        roller = set(mine.globale | mine.fora.get(self.pk, frozenset()))
        roller |= self.roller_ved_enheden(person) | self._fra_tilknyttede(mine)
        if self._i_mit_omraade(mine):
            roller.add(Rolle.OMRAADECHEF)
        return frozenset(roller)

    def roller_ved_enheden(self, person: Person) -> Roller:
        """The part of `roller_for` that leading the forum rests on (FORUMLEDELSE); asked without a query."""
        mine = mine_roller(person)
        egne = mine.enheder.get(self.enhed_id, frozenset()) - KUN_I_FORUMMET
        if self.er_team:
            return egne - SELV
        if self.art == self.Art.PLC and self.enhed_id not in mine.plc:
            return egne - {Rolle.KOORDINATOR}
        return egne

    def _fra_tilknyttede(self, mine: MineRoller) -> Roller:
        roller: set[Rolle | Relation] = set()
        for enhed in self.tilknyttede:
            roller |= mine.enheder.get(enhed.pk, frozenset()) - SELV - TEAMLEDERE
            over = mine.under.get(enhed.pk, frozenset()) & TEAMLEDERE
            if over and not self.er_team and enhed.art in FRITID:
                roller.add(Relation.OVER_TILKNYTTET)
        return frozenset(roller)

    def _i_mit_omraade(self, mine: MineRoller) -> bool:
        distrikter = [link.distrikt_id for link in self.enhed.distriktstilknytninger.all() if link.gaelder()]
        over = [link.til_id for link in self.enhed.tilknytninger.all() if link.gaelder()]
        return any(Rolle.OMRAADECHEF in mine.distrikter.get(pk, ()) for pk in distrikter) or any(
            Rolle.OMRAADECHEF in mine.enheder.get(pk, ()) for pk in over
        )

    @property
    def tilknyttede(self) -> list[Enhed]:
        """The units of the forum besides its own, by the register of today (S19)."""
        kendte = "medlemmer" in getattr(self.enhed, "_prefetched_objects_cache", {})
        links = self.enhed.medlemmer.all() if kendte else hent(_medlemmer, None, til=self.enhed_id)
        return [link.enhed for link in links if link.gaelder() and link.enhed.gaelder()]


def _medlemmer(_: None, til: int) -> models.QuerySet[Enhedstilknytning]:
    return Enhedstilknytning.objects.filter(til=til).select_related("enhed").order_by("pk")


BESTEMT = {
    Forum.Art.RC: "Ressourcecentret",
    Forum.Art.PLC: "Pædagogisk Læringscenter",
    Forum.Art.TEAM: "ressourceteamet",
}


class Ressourceperson(Periode):
    """A person's special competence at the service of a forum (S31): from the school, from fritid or external."""

    class Tilhoersforhold(models.TextChoices):
        SKOLE = "skole", "skole"
        FRITID = "fritid", "fritid"
        EKSTERN = "ekstern", "ekstern"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="ressourcepersoner")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ressourceperson_i")
    tilhoersforhold = models.CharField(max_length=10, choices=Tilhoersforhold)
    # Where the person is employed; empty for somebody outside the municipality, whose account expires instead (D32).
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    faglighed = models.ForeignKey(Faglighed, models.PROTECT, related_name="+")

    objects = PeriodeQuerySet.as_manager()

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "ressourceperson"
        default_permissions = ()
        constraints = [
            *Periode.Meta.constraints,
            models.CheckConstraint(
                condition=Q(tilhoersforhold="ekstern") | Q(enhed__isnull=False), name="ressourceperson_intern_har_enhed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.faglighed}"


class Delegation(Periode):
    """A fritidscenter's standing participation at one school, handed to an employee (S34)."""

    center = models.ForeignKey(Enhed, models.PROTECT, related_name="delegationer")
    skole = models.ForeignKey(Enhed, models.PROTECT, related_name="delegationer_hertil")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegationer")
    delegeret_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PeriodeQuerySet.as_manager()

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "delegation"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person} for {self.center} på {self.skole}"


class Forbereder(Periode):
    """An employee of the school who prepares meetings and never sends (decision 10): a right, and no role."""

    skole = models.ForeignKey(Enhed, models.PROTECT, related_name="forberedere")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    navngivet_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PeriodeQuerySet.as_manager()

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "mødeforbereder"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person} på {self.skole}"


AFLYSNINGSREGEL = "Et møde kan kun aflyses, hvis der ikke ligger anmodninger."


class LokaleRegler(models.Model):
    """How a forum works, agreed locally (S43): a forum without a row follows the defaults below."""

    class Kadence(models.TextChoices):
        UGE = "uge", "hver uge"
        HVER_2 = "hver_2", "hver 2. uge"
        HVER_3 = "hver_3", "hver 3. uge"
        MAANED = "maaned", "en gang om måneden"
        KVARTAL = "kvartal", "en gang i kvartalet"
        BEHOV = "behov", "efter behov"

    class Ugedag(models.TextChoices):
        MANDAG = "mandag", "mandag"
        TIRSDAG = "tirsdag", "tirsdag"
        ONSDAG = "onsdag", "onsdag"
        TORSDAG = "torsdag", "torsdag"
        FREDAG = "fredag", "fredag"

    class Referent(models.TextChoices):
        KOORDINATOR = "koordinator", "koordinatoren"
        SKIFT = "skift", "deltagerne på skift"
        LEDER = "leder", "forummets leder"

    forum = models.OneToOneField(Forum, models.PROTECT, related_name="lokale_regler")
    version = models.PositiveIntegerField(default=1)
    holdes_samlet = models.BooleanField(default=False)
    kadence = models.CharField(max_length=10, choices=Kadence, default=Kadence.MAANED)
    ugedag = models.CharField(max_length=8, choices=Ugedag, default=Ugedag.TIRSDAG)
    begynder = models.TimeField(default=time(8, 30))
    minutter = models.PositiveSmallIntegerField(default=90, validators=[MinValueValidator(15), MaxValueValidator(480)])
    dagsordensfrist = models.PositiveSmallIntegerField(default=10, validators=[MaxValueValidator(60)])
    udsendelse = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(60)])
    svarfrist = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(1), MaxValueValidator(20)])
    hoeringsfrist = models.PositiveSmallIntegerField(default=5, validators=[MaxValueValidator(20)])
    referent = models.CharField(max_length=12, choices=Referent, default=Referent.KOORDINATOR)
    dagsordensskabelon = models.TextField(blank=True)
    fast_runde = models.BooleanField(default=True)
    aflysningsregel = models.CharField(max_length=300, blank=True)
    uger_uden_moede = models.PositiveSmallIntegerField(
        default=8, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    moeder_uden_invitation = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )

    class Meta:
        verbose_name = "lokale regler"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Lokale regler for {self.forum}"

    @classmethod
    def standard(cls, forum: Forum) -> "LokaleRegler":
        """Where nothing is agreed; a ressourceteam has no coordinator to write its minutes."""
        referent = cls.Referent.LEDER if forum.er_team else cls.Referent.KOORDINATOR
        return cls(forum=forum, version=0, referent=referent, aflysningsregel=AFLYSNINGSREGEL)

    @property
    def moedetid(self) -> str:
        """When the forum meets, in words: the day and time only where there is a rhythm."""
        if self.kadence == self.Kadence.BEHOV:
            return f"Efter behov, {antal(self.minutter, 'minut', 'minutter')}"
        naar = f"{self.get_kadence_display().capitalize()}, {self.ugedag} kl. {klokken(self.begynder)}"
        return f"{naar}, {antal(self.minutter, 'minut', 'minutter')}"

    @property
    def vist_referent(self) -> str:
        return self.referenter(self.forum)[self.referent]

    @classmethod
    def referenter(cls, forum: Forum) -> dict[str, str]:
        """Who may write the minutes of this forum, with the title that leads it."""
        navne = dict(cls.Referent.choices)
        if forum.er_team:
            del navne[cls.Referent.KOORDINATOR]
        return {**navne, cls.Referent.LEDER.value: f"{forum.enhed.ledertitel}en"}


class Rammedokument(Periode):
    """What a forum works within (S27, S60): law, decisions and guides, as data edited by forvaltning."""

    class Gaelder(models.TextChoices):
        ALLE = "alle", "alle fora"
        RC = "ressourcecenter", "Ressourcecenter"
        PLC = "laeringscenter", "Pædagogisk Læringscenter"
        TEAM = "ressourceteam", "Ressourceteam"

    titel = models.CharField(max_length=200)
    aar = models.PositiveSmallIntegerField("år", validators=[MinValueValidator(1900), MaxValueValidator(2200)])
    link = models.URLField(max_length=300, blank=True)
    gaelder_for = models.CharField(max_length=20, choices=Gaelder, default=Gaelder.ALLE)

    objects = PeriodeQuerySet.as_manager()

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "rammedokument"
        ordering = ["-aar", "titel"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.titel} ({self.aar})"

    @property
    def version(self) -> int:
        """What stands in it now, as a number: a form that saw something else is stale."""
        felter = (self.titel, self.aar, self.link, self.gaelder_for, self.gyldig_fra, self.gyldig_til)
        return crc32(repr(felter).encode())
