"""The yearly agreement: parties, goals, sub-goals and activities, approvals, content by hash, document."""

import uuid
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from aftaler import ledighed
from aftaler.aarshjulsdatoer import Aarshjulsdatoer  # noqa: F401 - Django finds its models here
from aftaler.adresser import aftalens_adresse
from aftaler.dokument import Dokument  # noqa: F401 - as above
from aftaler.kladdedokument import Kladdedokument  # noqa: F401 - as above
from aftaler.maalomraader import Maalomraade
from aftaler.querysets import PARTSFELTER, AftalepartQuerySet, AftaleQuerySet
from aftaler.samskrivning import Kommentar, Tilstedevaerelse, Tiltagsforslag  # noqa: F401
from aftaler.skriveadgang import Skriveadgang  # noqa: F401
from aftaler.states import OVERGANGE, SVAROVERGANGE, UDKAST, Svar, Tilstand
from aftaler.udgave import Udgave  # noqa: F401 - as above
from aftaler.vejledninger import Vejledning  # noqa: F401 - as above
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.permissions import Handling, Relation, Rolle
from samarbejde.roller import MineRoller, Roller, mine_roller
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn
from samarbejde.soegefelt import SoegetekstField

TITEL = 200
PROSA = 10_000


class Indhold(models.Model):
    """What an approval binds to: the content as canonical JSON (RFC 8785), kept by its SHA-256."""

    aftryk = models.CharField(max_length=64, primary_key=True)
    json = models.TextField()

    class Meta:
        verbose_name = "indhold"
        default_permissions = ()

    def __str__(self) -> str:
        return self.aftryk[:12]


class Aftale(models.Model):
    """One version of a district's agreement for one school year (S7). Each text carries the version that was seen."""

    distrikt = models.ForeignKey(Skoledistrikt, models.PROTECT, related_name="aftaler")
    skoleaar = models.PositiveSmallIntegerField()
    nummer = models.PositiveSmallIntegerField(default=1)
    erstatter = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="erstattet_af")
    tovholder = models.ForeignKey(Enhed, models.PROTECT, related_name="tovholder_for")
    tilstand = models.CharField(max_length=20, choices=Tilstand, default=Tilstand.KLADDE)
    behov = models.TextField(blank=True)
    behov_html = models.TextField(blank=True)
    behov_version = models.PositiveIntegerField(default=0)
    retning = models.TextField(blank=True)
    retning_html = models.TextField(blank=True)
    retning_version = models.PositiveIntegerField(default=0)
    soegetekst = SoegetekstField(felter=("behov", "retning"))
    oprettet_den = models.DateTimeField(default=tid.nu)
    tilstand_siden = models.DateTimeField(default=tid.nu)
    indhold = models.ForeignKey(Indhold, models.PROTECT, null=True, blank=True, related_name="aftaler")
    indgaaet_den = models.DateTimeField(null=True, blank=True)
    uden_svar_grund = models.TextField("grund til at indgå uden en tavs part", max_length=2000, blank=True)

    objects = AftaleQuerySet.as_manager()
    SES_MED = Handling.SE_TILSTAND
    OVERGANGE = OVERGANGE

    class Meta:
        verbose_name = "aftale"
        default_permissions = ()
        indexes = [models.Index(fields=["-skoleaar", "distrikt"], name="aftale_aar_distrikt")]
        constraints = [
            models.UniqueConstraint(fields=["distrikt", "skoleaar", "nummer"], name="aftale_version_en_gang"),
            models.UniqueConstraint(
                fields=["distrikt", "skoleaar"],
                condition=Q(tilstand__in=["kladde", "til_godkendelse"]),
                name="aftale_een_under_arbejde",
            ),
            models.UniqueConstraint(
                fields=["distrikt", "skoleaar"], condition=Q(tilstand="indgaaet"), name="aftale_een_indgaaet"
            ),
            models.CheckConstraint(condition=Q(tilstand__in=Tilstand.values), name="aftale_kendt_tilstand"),
            models.CheckConstraint(condition=Q(skoleaar__range=(2012, 2200)), name="aftale_skoleaar"),
            models.CheckConstraint(
                condition=~Q(tilstand="indgaaet") | Q(indgaaet_den__isnull=False, indhold__isnull=False),
                name="aftale_indgaaet_har_tid_og_indhold",
            ),
            models.CheckConstraint(
                condition=~Q(tilstand="til_godkendelse") | Q(indhold__isnull=False), name="aftale_sendt_har_indhold"
            ),
        ]

    def __str__(self) -> str:
        version = f", version {self.nummer}" if self.erstatter_id else ""
        return f"{self.distrikt} {skoleaar_navn(self.skoleaar)}{version}"

    def get_absolute_url(self) -> str:
        return aftalens_adresse(self)

    @cached_property
    def parterne(self) -> "list[Aftalepart]":
        """The parties with their units and approvals, fetched once, when somebody first asks."""
        if "parter" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.parter.all())
        return hent(_parterne, None, aftale=self.pk)

    @property
    def tilstandsnavn(self) -> str:
        """What the state is called today: an agreement whose school year is over has expired by the date alone."""
        return "udløbet" if self.er_udloebet else self.get_tilstand_display()

    @property
    def er_udloebet(self) -> bool:
        return self.tilstand == Tilstand.INDGAAET and self.skoleaar < skoleaar_for(tid.i_dag())

    def roller_for(self, person: Person) -> Roller:
        """Found once as long as the person's roles are the same ones: a page asks for a dozen rights."""
        mine = mine_roller(person)
        if self.__dict__.get("roller_fundet", (None,))[0] is not mine:
            self.__dict__["roller_fundet"] = mine, self._roller(mine)
        return self.__dict__["roller_fundet"][1]

    def _roller(self, mine: MineRoller) -> Roller:
        roller = mine.fra_distrikt(self.distrikt_id) | mine.paa(*(part.enhed_id for part in self.parterne))
        if Rolle.SKOLELEDER in mine.paa(self.tovholder_id):
            roller |= {Relation.TOVHOLDER}
        if any(part.kan_traedes_til_af(mine) for part in self.parterne):
            roller |= {Relation.I_LEDIG_POST}
        if any(part.lader_skrive(mine) for part in self.parterne):
            roller |= {Relation.KOORDINATOR_MED_LOV}
        return roller

    def snaevr(self, handling: Handling) -> tuple[Handling, "Aftale"]:
        """Until it is entered the text is read with the narrower right (decision 11)."""
        if handling == Handling.LAES and self.tilstand in UDKAST:
            handling = Handling.LAES_KLADDE
        return handling, self


def _parterne(_: None, aftale: int) -> "models.QuerySet[Aftalepart]":
    return (
        Aftalepart.objects.filter(aftale=aftale)
        .select_related("enhed", "godkendelse")
        .only(*PARTSFELTER)
        .med_ledighed()
        .med_skriveadgang()
    )


class Aftalepart(models.Model):
    """A unit that is party to the agreement (S8), with its present answer."""

    aftale = models.ForeignKey(Aftale, models.CASCADE, related_name="parter")
    enhed = models.ForeignKey(Enhed, models.PROTECT, related_name="aftaleparter")
    er_frivillig = models.BooleanField(default=False)
    begrundelse = models.CharField("begrundelse for at være part uden tilknytning", max_length=300, blank=True)
    tilstand = models.CharField(max_length=30, choices=Svar, default=Svar.AFVENTER)
    svar_den = models.DateTimeField(null=True, blank=True)
    svar_tekst = models.TextField(max_length=2000, blank=True)
    godkendelse = models.ForeignKey("Godkendelse", models.PROTECT, null=True, blank=True, related_name="+")
    udtraadt_den = models.DateField("trådt ud den", null=True, blank=True)

    objects = AftalepartQuerySet.as_manager()
    SES_MED = Handling.SE_TILSTAND
    OVERGANGE = SVAROVERGANGE

    class Meta:
        verbose_name = "aftalepart"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["aftale", "enhed"], name="aftalepart_en_gang"),
            models.CheckConstraint(condition=Q(tilstand__in=Svar.values), name="aftalepart_kendt_svar"),
            models.CheckConstraint(
                condition=Q(godkendelse__isnull=False) | ~Q(tilstand__in=["godkendt", "tiltraadt"]),
                name="aftalepart_godkendt_har_godkendelse",
            ),
            models.CheckConstraint(
                condition=Q(udtraadt_den__isnull=False) | ~Q(tilstand="udtraadt"), name="aftalepart_udtraadt_har_dag"
            ),
            models.CheckConstraint(
                condition=~Q(tilstand="kan_ikke_godkende_endnu") | ~Q(svar_tekst=""), name="aftalepart_nej_har_grund"
            ),
        ]

    def __str__(self) -> str:
        return self.enhed.navn

    def get_absolute_url(self) -> str:
        return self.aftale.get_absolute_url()

    @cached_property
    def er_ledig(self) -> bool:
        """Nobody leads the unit today; read with the row by `med_ledighed`."""
        if "ledig" in self.__dict__:
            return self.__dict__["ledig"]
        return Aftalepart.objects.filter(ledighed.ledig(), pk=self.pk).exists()

    @property
    def er_lukket(self) -> bool:
        """The unit is closed, and nobody has said that the party left (S8, case 28)."""
        return self.tilstand != Svar.UDTRAADT and not self.enhed.gaelder()

    @cached_property
    def koordinator_skriver(self) -> bool:
        """The skoleleder lets the school's coordinators write; read with the row by `med_skriveadgang`."""
        return self.skriveadgange.filter(sluttet_den=None).exists()

    def lader_skrive(self, mine: MineRoller) -> bool:
        return Rolle.KOORDINATOR in mine.paa(self.enhed_id) and self.koordinator_skriver

    def kan_traedes_til_af(self, mine: MineRoller) -> bool:
        """Whoever has these roles acts for the unit, because nobody leads it (decisions 2 and 3)."""
        kan_vaere = mine.under.get(self.enhed_id) or (self.enhed.er_kkfo and ledighed.egne_skoler(mine))
        return bool(kan_vaere) and self.er_ledig and ledighed.traeder_til_for(mine, self.enhed)

    def roller_for(self, person: Person) -> Roller:
        mine = mine_roller(person)
        roller = mine.paa(self.enhed_id)
        return roller | {Relation.I_LEDIG_POST} if self.kan_traedes_til_af(mine) else roller

    def snaevr(self, handling: Handling) -> tuple[Handling, "Aftale | Aftalepart"]:
        """Seeing or reading a party is seeing or reading its agreement."""
        if handling in {Handling.SE_TILSTAND, Handling.LAES}:
            return self.aftale.snaevr(handling)
        return handling, self


class Led(models.Model):
    """A part of the text with a stable key and the version that was seen; a stale save never overwrites (S9)."""

    noegle = models.UUIDField(default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    plads = models.PositiveIntegerField()
    titel = models.CharField(max_length=TITEL)
    beskrivelse = models.TextField(blank=True)
    beskrivelse_html = models.TextField(blank=True)

    class Meta:
        abstract = True
        default_permissions = ()
        ordering = ["plads", "pk"]

    def __str__(self) -> str:
        return self.titel


# What a goal is above all to contribute to, in the words of the model (S62); for overview, outside what is approved.
INTENTIONER = ("læring", "udvikling", "trivsel", "demokratisk dannelse", "fællesskaber")


class StrategiskMaal(Led):
    """A strategic goal in one or more of the six areas (S11, S13)."""

    aftale = models.ForeignKey(Aftale, models.CASCADE, related_name="maal")
    omraader = models.ManyToManyField(Maalomraade, related_name="maal")
    realisering = models.TextField(blank=True)
    realisering_html = models.TextField(blank=True)
    soegetekst = SoegetekstField(felter=("titel", "beskrivelse", "realisering"))
    intentioner = models.CharField(max_length=80, blank=True)

    class Meta(Led.Meta):
        abstract = False
        verbose_name = "strategisk mål"
        constraints = [models.UniqueConstraint(fields=["aftale", "noegle"], name="maal_noegle_en_gang")]


class Delmaal(Led):
    """A concrete sub-goal; it always belongs to one strategic goal (S14)."""

    maal = models.ForeignKey(StrategiskMaal, models.CASCADE, related_name="delmaal")
    soegetekst = SoegetekstField(felter=("titel", "beskrivelse"))

    class Meta(Led.Meta):
        abstract = False
        verbose_name = "delmål"
        constraints = [models.UniqueConstraint(fields=["maal", "noegle"], name="delmaal_noegle_en_gang")]


class Aktivitet(Led):
    """An activity or initiative under a sub-goal (S14), with the parties that answer for it (S15)."""

    class Art(models.TextChoices):
        AKTIVITET = "aktivitet", "aktivitet"
        TILTAG = "tiltag", "tiltag"

    delmaal = models.ForeignKey(Delmaal, models.CASCADE, related_name="aktiviteter")
    art = models.CharField(max_length=10, choices=Art, default=Art.AKTIVITET)
    ansvarlige = models.ManyToManyField(Enhed, related_name="+", blank=True)
    fra = models.DateField(null=True, blank=True)
    til_og_med = models.DateField(null=True, blank=True)
    tegn = models.CharField("tegn på at det lykkes", max_length=500, blank=True)
    soegetekst = SoegetekstField(felter=("titel", "beskrivelse", "tegn"))

    class Meta(Led.Meta):
        abstract = False
        verbose_name = "aktivitet"
        constraints = [
            models.UniqueConstraint(fields=["delmaal", "noegle"], name="aktivitet_noegle_en_gang"),
            models.CheckConstraint(
                condition=Q(fra__isnull=True) | Q(til_og_med__isnull=True) | Q(til_og_med__gte=F("fra")),
                name="aktivitet_slut_ikke_foer_start",
            ),
        ]


class Godkendelse(models.Model):
    """One leader's approval of one content for one party; keeps the name and title of the moment (S17)."""

    class Egenskab(models.TextChoices):
        """By what the person answers for the unit (decisions 2, 3 and 4)."""

        LEDER = "leder", "enhedens leder"
        STEDFORTRAEDER = "stedfortraeder", "stedfortræder i leders fravær"
        KLYNGELEDER = "klyngeleder", "klyngelederen på vegne af enheden"
        SKOLELEDER = "skoleleder", "skolelederen for en KKFO uden leder"

    part = models.ForeignKey(Aftalepart, models.CASCADE, related_name="godkendelser")
    indhold = models.ForeignKey(Indhold, models.PROTECT, related_name="godkendelser")
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    navn = models.CharField(max_length=120)
    titel = models.CharField(max_length=80)
    enhedsnavn = models.CharField(max_length=120)
    egenskab = models.CharField(max_length=20, choices=Egenskab, default=Egenskab.LEDER)
    godkendt_den = models.DateTimeField(default=tid.nu)

    class Meta:
        verbose_name = "godkendelse"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.navn}, {self.titel}, {self.enhedsnavn}"

    @property
    def underskrift(self) -> str:
        """Name and title, and for whom and why when it is not the unit's own leader."""
        hvorfor = {
            self.Egenskab.KLYNGELEDER: f", på vegne af {self.enhedsnavn}, hvor lederposten var ledig",
            self.Egenskab.SKOLELEDER: f", på vegne af {self.enhedsnavn}, hvor der ikke var registreret en leder",
        }
        return f"{self.navn}, {self.titel}{hvorfor.get(self.Egenskab(self.egenskab), '')}"
