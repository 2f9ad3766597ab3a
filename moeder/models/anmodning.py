"""The request for a meeting: a right and a duty of everybody attached to the forum (S39)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from moeder.models.faelles import ET_BARN, Niveau, ny_kode, uden_ord
from moeder.models.moede import Moede
from moeder.models.punkt import Punkt
from moeder.querysets import AnmodningQuerySet
from moeder.states import ANMODNINGSOVERGANGE, UBESVARET, Anmodningstilstand
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.models import Enhed, Fil, Person
from samarbejde.permissions import FORUMLEDELSE, Handling, Relation
from samarbejde.roller import Roller, mine_roller

FRIE_FELTER = ("hvad", "gruppe", "arbejder_ogsaa", "styrker", "proevet", "spoergsmaal", "metode")
# What can be answered to a request about one child without a word about the child (S3).
INGEN_ORD_OM_BARNET = (
    "Vi tager det direkte med dig. Ring til os, så aftaler vi hvordan.",
    "Det drøftes allerede, og du bliver inddraget.",
    "Det skal håndteres på en anden måde end på et møde. Ring til os, så forklarer vi.",
)


class Anmodning(models.Model):
    """Only what and which level are asked for; the rest helps whoever answers (D20, S59).

    `frist` is the day by which it must be answered, counted in school days from `modtaget_den`. `henvist_fra` is
    where it was first asked, however often it has been referred.
    """

    kode = models.CharField(max_length=12, unique=True, default=ny_kode)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="anmodninger")
    tilstand = models.CharField(max_length=20, choices=Anmodningstilstand, default=Anmodningstilstand.MODTAGET)
    niveau = models.CharField(max_length=15, choices=Niveau)
    haster = models.BooleanField(default=False)
    hvad = models.TextField(blank=True)
    gruppe = models.CharField("på vegne af", max_length=120, blank=True)
    arbejder_ogsaa = models.CharField("hvem arbejder også med det?", max_length=300, blank=True)
    styrker = models.TextField("styrker og ressourcer", blank=True)
    proevet = models.TextField("hvad er prøvet, og hvordan gik det?", blank=True)
    spoergsmaal = models.CharField("hvad ønsker I drøftet?", max_length=500, blank=True)
    metode = models.TextField("forslag til en ændret pædagogik eller metode", blank=True)
    oprettet_den = models.DateTimeField(default=tid.nu)
    modtaget_den = models.DateTimeField(default=tid.nu)
    frist = models.DateField()
    eskaleret_den = models.DateTimeField(null=True, blank=True)
    forelagt_den = models.DateTimeField(null=True, blank=True)
    svar_tekst = models.TextField(blank=True)
    besvaret_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    besvaret_den = models.DateTimeField(null=True, blank=True)
    henvist_fra = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="+")
    flettet_i = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="flettede")
    moede = models.ForeignKey(Moede, models.PROTECT, null=True, blank=True, related_name="anmodninger")
    punkt = models.ForeignKey(Punkt, models.PROTECT, null=True, blank=True, related_name="anmodninger")

    objects = AnmodningQuerySet.as_manager()
    SES_MED = Handling.SE_ANMODNING
    OVERGANGE = ANMODNINGSOVERGANGE

    class Meta:
        verbose_name = "anmodning"
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["forum", "tilstand"], name="anmodning_i_forum")]
        constraints = [
            uden_ord("anmodning_om_et_barn_uden_ord", *FRIE_FELTER),
            models.CheckConstraint(condition=Q(niveau="enkeltbarn") | ~Q(hvad=""), name="anmodning_siger_hvad"),
            models.CheckConstraint(
                condition=Q(tilstand__in=Anmodningstilstand.values), name="anmodning_kendt_tilstand"
            ),
            models.CheckConstraint(condition=~Q(tilstand="afvist") | ~Q(svar_tekst=""), name="anmodning_nej_har_grund"),
            models.CheckConstraint(
                condition=~Q(tilstand="flettet") | Q(flettet_i__isnull=False), name="anmodning_flettet_i_en_anden"
            ),
            models.CheckConstraint(
                condition=~Q(tilstand__in=["planlagt", "paa_dagsorden", "behandlet"]) | Q(moede__isnull=False),
                name="anmodning_lovet_har_moede",
            ),
        ]

    def __str__(self) -> str:
        return self.overskrift

    def get_absolute_url(self) -> str:
        return reverse("anmodning", args=[self.kode])

    @property
    def overskrift(self) -> str:
        """What it is about, in a line."""
        return self.hvad.splitlines()[0][:80] if self.hvad else ET_BARN

    @property
    def er_ubesvaret(self) -> bool:
        return self.tilstand in UBESVARET

    @property
    def er_hos_lederen(self) -> bool:
        """Put before the leader by the asker, or told to the leader because nobody answered in time."""
        return self.tilstand == Anmodningstilstand.FORELAGT or self.eskaleret_den is not None

    @property
    def er_om_et_barn(self) -> bool:
        return self.niveau == Niveau.ENKELTBARN

    @property
    def er_overskredet(self) -> bool:
        return self.er_ubesvaret and self.frist < tid.i_dag()

    def passer_paa(self, moede: Moede) -> bool:
        """Case 19: one child only in the Ressourcecenter and never on a thematic meeting; a group never in a team."""
        if self.er_om_et_barn:
            return moede.forum.art == Forum.Art.RC and not moede.er_tematisk
        return self.niveau == Niveau.TEMA or not moede.forum.er_team

    def roller_for(self, person: Person) -> Roller:
        if not self.forum.findes:
            ledelse: Roller = frozenset()
        else:
            ledelse = self.forum.roller_ved_enheden(person) & FORUMLEDELSE
        return ledelse | ({Relation.ANMODER} if self._har_bedt(person) else set())

    def _har_bedt(self, person: Person) -> bool:
        mine = mine_roller(person)
        return any(
            mine.paa(en.enhed_id) if en.enhed_id else mine.fora.keys() & {self.forum_id, self.henvist_fra_id}
            for en in self.anmodere.all()
            if en.person_id == person.pk
        )

    def snaevr(self, handling: Handling) -> tuple[Handling, "Anmodning"]:
        """A refusal put before the leader is answered by the leader (S28)."""
        if handling == Handling.BESVAR_ANMODNING and self.tilstand == Anmodningstilstand.FORELAGT:
            handling = Handling.BESVAR_FORELAGT
        return handling, self


class Anmoder(models.Model):
    """Who asks, and for which unit; a merged request keeps both."""

    anmodning = models.ForeignKey(Anmodning, models.PROTECT, related_name="anmodere")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "anmoder"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["anmodning", "person"], name="anmoder_en_gang")]

    def __str__(self) -> str:
        return str(self.person)


class Anmodningsfil(models.Model):
    """What is laid beside a request (D20): for those who may see the request, also when it has become an item."""

    anmodning = models.ForeignKey(Anmodning, models.PROTECT, related_name="filer")
    fil = models.ForeignKey(Fil, models.PROTECT, related_name="+")
    fjernet_den = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "bilag til en anmodning"
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.fil)
