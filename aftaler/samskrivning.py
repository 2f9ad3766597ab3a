"""What is said beside the text while it is written: never part of the content, its hash or its document."""

import uuid
from enum import StrEnum
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from aftaler.adresser import aftalens_adresse, paa_adressen
from samarbejde import tid
from samarbejde.models import Enhed
from samarbejde.permissions import TILLADT, Handling, Relation
from samarbejde.querysets import SynligQuerySet
from samarbejde.roller import Roller
from samarbejde.tilstande import Kant

BEMAERKNING = 3_000
TITEL = 200


class VedAftaleQuerySet(SynligQuerySet):
    """Rows that are read with the draft they stand beside, also when the agreement has been opened to others."""

    def hvor(self, person: Any, handling: Handling) -> Q:
        handling = Handling.LAES_KLADDE if handling == Handling.LAES else handling
        aftaler = self.model._meta.get_field("aftale").related_model.objects
        hvor = Q(aftale__in=aftaler.synlige_for(person, handling))
        if Relation.FORFATTER in TILLADT[handling]:
            hvor |= Q(af=person, aftale__in=aftaler.synlige_for(person, Handling.LAES_KLADDE))
        return hvor

    def paa_adressen(self, **adresse: Any) -> Self:
        fundne = self.filter(paa_adressen(adresse, "aftale__"), noegle=adresse[self.model._meta.model_name])
        return fundne.select_related("aftale__distrikt", "aftale__tovholder", "af", "enhed")


class VedAftale(models.Model):
    """Written by one person for one unit, about a place in the draft; `om` is what the place was called then."""

    noegle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    om = models.CharField(max_length=TITEL + 20)
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    skrevet_den = models.DateTimeField(default=tid.nu)

    objects = VedAftaleQuerySet.as_manager()
    SES_MED = Handling.LAES_KLADDE
    aftale: Any

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["skrevet_den", "pk"]

    def roller_for(self, person: Any) -> Roller:
        """The writer is one only while the draft is theirs to read (S54)."""
        roller = self.aftale.roller_for(person)
        if self.af_id == person.pk and not TILLADT[Handling.LAES_KLADDE].isdisjoint(roller):
            roller |= {Relation.FORFATTER}
        return roller

    def snaevr(self, handling: Handling) -> tuple[Handling, "VedAftale"]:
        return Handling.LAES_KLADDE if handling == Handling.LAES else handling, self


class Kommentar(VedAftale):
    """About one of the texts (`sted` is its name) or a goal (its key, so that a goal laid back finds them again)."""

    aftale = models.ForeignKey("aftaler.Aftale", models.CASCADE, related_name="kommentarer")
    sted = models.CharField(max_length=36)
    tekst = models.TextField(max_length=BEMAERKNING)
    tekst_html = models.TextField()
    naevnte = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    loest_den = models.DateTimeField("løst den", null=True, blank=True)
    loest_af = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="løst af"
    )

    class Meta(VedAftale.Meta):
        abstract = False
        verbose_name = "kommentar"
        constraints = [
            models.CheckConstraint(
                condition=Q(loest_den__isnull=True, loest_af__isnull=True)
                | Q(loest_den__isnull=False, loest_af__isnull=False),
                name="kommentar_loest_af_nogen",
            )
        ]

    def __str__(self) -> str:
        return f"kommentar om {self.om}"

    def get_absolute_url(self) -> str:
        return f"{aftalens_adresse(self.aftale, 'kommentarer')}#kommentar-{self.noegle}"


# --- a tiltag that somebody who does not write themselves would like to see --------------------------------------
class Forslag(models.TextChoices):
    FORESLAAET = "foreslaaet", "venter på svar"
    TAGET_MED = "taget_med", "taget med"
    AFVIST = "afvist", "ikke taget med"


class Forslagsovergang(StrEnum):
    TAG_MED = "tag_med"
    AFVIS = "afvis"


BESVARET = "Forslaget er allerede besvaret."


class Tiltagsforslag(VedAftale):
    """Under one sub-goal (its key); accepted it becomes an activity with the proposal's key, so never two."""

    aftale = models.ForeignKey("aftaler.Aftale", models.CASCADE, related_name="forslag")
    delmaal = models.UUIDField("delmål")
    titel = models.CharField(max_length=TITEL)
    beskrivelse = models.TextField(max_length=BEMAERKNING, blank=True)
    tilstand = models.CharField(max_length=12, choices=Forslag, default=Forslag.FORESLAAET)
    svar_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    svar_den = models.DateTimeField(null=True, blank=True)
    grund = models.TextField(max_length=2_000, blank=True)

    OVERGANGE = {
        Forslagsovergang.TAG_MED: Kant(frozenset({Forslag.FORESLAAET}), Forslag.TAGET_MED, BESVARET),
        Forslagsovergang.AFVIS: Kant(frozenset({Forslag.FORESLAAET}), Forslag.AFVIST, BESVARET),
    }

    class Meta(VedAftale.Meta):
        abstract = False
        verbose_name = "forslag til tiltag"
        constraints = [
            models.CheckConstraint(condition=Q(tilstand__in=Forslag.values), name="forslag_kendt_tilstand"),
            models.CheckConstraint(condition=~Q(tilstand="afvist") | ~Q(grund=""), name="forslag_nej_har_grund"),
            models.CheckConstraint(
                condition=Q(tilstand="foreslaaet") | Q(svar_af__isnull=False, svar_den__isnull=False),
                name="forslag_svar_af_nogen",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return f"{aftalens_adresse(self.aftale, 'tiltagsforslag')}#forslag-{self.noegle}"


# --- who else is here now ----------------------------------------------------------------------------------------
class Tilstedevaerelse(models.Model):
    """Where somebody who writes the draft was seen last: one row a person and agreement, gone when it is old.

    No trail and no earlier moments: it is a courtesy to those who write, not a log of who looked.
    """

    aftale = models.ForeignKey("aftaler.Aftale", models.CASCADE, related_name="til_stede")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sted = models.CharField(max_length=TITEL + 20)
    set_den = models.DateTimeField("set den")

    class Meta:
        verbose_name = "tilstedeværelse"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["aftale", "person"], name="tilstede_en_gang")]

    def __str__(self) -> str:
        return f"{self.person} i {self.sted}"
