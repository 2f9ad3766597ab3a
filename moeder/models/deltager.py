"""Who is invited, why, and what came of it (S32–S37, D24); and a fritid unit's wish to attend a team's meeting."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q

from moeder.models.moede import Moede
from moeder.models.punkt import Punkt
from moeder.querysets import DeltagerQuerySet, mine_invitationer
from moeder.states import AKTIVE, DELTAGELSESOVERGANGE, OENSKEOVERGANGE, Deltagelse, Oenske
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import FORUMLEDELSE, TILLADT, Handling, Relation, Rolle
from samarbejde.roller import Roller, mine_roller

FARVER = {
    Deltagelse.ACCEPTERET: "success",
    Deltagelse.DELTOG: "success",
    Deltagelse.AFBUD: "warning",
    Deltagelse.FORESLAAET: "info",
}


class Deltager(models.Model):
    """One invitation. A unit is invited and the resolver, or its leader, names the person (S35); a person is invited
    in person; a room is invited by its mail address. Every invitee carries a reason (S37).
    """

    class Art(models.TextChoices):
        LEDELSE = "ledelse", "forummets ledelse"
        FAST = "fast", "fast deltager"
        RESSOURCEPERSON = "ressourceperson", "ressourceperson"
        MEDARBEJDER = "medarbejder", "medarbejder til et punkt"
        GAEST = "gaest", "gæst på et tematisk møde"
        LOKALE = "lokale", "mødelokale"

    moede = models.ForeignKey(Moede, models.PROTECT, related_name="deltagere")
    art = models.CharField(max_length=16, choices=Art)
    # The unit that is invited, or that the person comes from; empty for a room and for somebody from outside.
    enhed = models.ForeignKey(Enhed, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="moedeinvitationer"
    )
    lokale = models.CharField(max_length=120, blank=True)
    lokale_mail = models.EmailField(blank=True)
    grund = models.CharField(max_length=300)
    kun_punkter = models.BooleanField(default=False)
    punkter = models.ManyToManyField(Punkt, related_name="deltagere", blank=True)
    tilstand = models.CharField(max_length=12, choices=Deltagelse, default=Deltagelse.INVITERET)
    indkaldt_den = models.DateTimeField(null=True, blank=True)
    svar_den = models.DateTimeField(null=True, blank=True)
    svar_tekst = models.CharField(max_length=300, blank=True)
    tidligere_svar = models.CharField(max_length=60, blank=True)
    # The leader's own choice of person, which the resolver never undoes (S35).
    valgt_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    i_stedet_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="stedfortraedere")
    udeladt_grund = models.CharField(max_length=300, blank=True)
    forberedt_den = models.DateTimeField(null=True, blank=True)
    # SHA-256 of the key in the mail's link, which answers once and can do nothing else.
    svarnoegle = models.CharField(max_length=64, blank=True, db_index=True)

    objects = DeltagerQuerySet.as_manager()
    SES_MED = Handling.SE_MOEDE
    OVERGANGE = DELTAGELSESOVERGANGE

    class Meta:
        verbose_name = "deltager"
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["person", "tilstand"], name="deltager_person")]
        constraints = [
            models.UniqueConstraint(fields=["moede", "person"], name="deltager_en_gang"),
            models.CheckConstraint(condition=~Q(grund=""), name="deltager_har_grund"),
            models.CheckConstraint(condition=Q(tilstand__in=Deltagelse.values), name="deltager_kendt_tilstand"),
            models.CheckConstraint(
                condition=Q(art="lokale", person__isnull=True, enhed__isnull=True) & ~Q(lokale="")
                | ~Q(art="lokale") & Q(lokale="", lokale_mail=""),
                name="deltager_lokale_eller_ej",
            ),
            models.CheckConstraint(
                condition=~Q(tilstand="udeladt") | ~Q(udeladt_grund=""), name="deltager_udeladt_har_grund"
            ),
            models.CheckConstraint(
                condition=~Q(art="medarbejder") | Q(kun_punkter=True), name="deltager_medarbejder_kun_til_punkter"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.enhed or self.lokale)

    @property
    def tilstandsnavn(self) -> str:
        """As `get_tilstand_display`, which builds its choices anew each time: a list has twenty-five of them."""
        return str(Deltagelse(self.tilstand).label)

    @property
    def farve(self) -> str:
        return FARVER.get(Deltagelse(self.tilstand), "neutral")

    @property
    def er_aktiv(self) -> bool:
        return self.tilstand in AKTIVE

    def roller_for(self, person: Person) -> Roller:
        mine = mine_roller(person)
        roller = set(self.moede.roller_i_forum(person) & FORUMLEDELSE)
        if self.enhed_id:
            roller |= mine.enheder.get(self.enhed_id, frozenset()) & {Rolle.FRITIDSLEDER, Rolle.DAGTILBUDSLEDER}
            if self._handler_i_ledig_post(person):
                roller.add(Relation.I_LEDIG_POST)
        if mine_invitationer(Deltager.objects.filter(pk=self.pk), person).exists():
            roller.add(Relation.DELTAGER_SELV)
        return frozenset(roller)

    def _handler_i_ledig_post(self, person: Person) -> bool:
        """Whoever may act for the unit while nobody leads it (decisions 2 and 3); whether nobody does, the act asks."""
        mine = mine_roller(person)
        if Rolle.KLYNGELEDER in mine.under.get(self.enhed_id, ()):
            return True
        return self.enhed.er_kkfo and Rolle.SKOLELEDER in mine.enheder.get(self.moede.forum.enhed_id, ())

    def snaevr(self, handling: Handling) -> tuple[Handling, "Deltager | SetInvitation"]:
        return (handling, SetInvitation(self) if handling == Handling.SE_MOEDE else self)


@dataclass(frozen=True)
class SetInvitation:
    """Seeing an invitation is seeing its meeting, or deciding for the unit it is to (S35), also before it is sent."""

    deltager: Deltager

    def roller_for(self, person: Person) -> Roller:
        afgoer = self.deltager.roller_for(person) & TILLADT[Handling.VAELG_REPRAESENTANT]
        return self.deltager.moede.roller_for(person) | afgoer


class Deltagelsesoenske(models.Model):
    """«May we attend?»: a fritid leader asks a team; its leader judges when it is relevant (S45, S46)."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="deltagelsesoensker")
    enhed = models.ForeignKey(Enhed, models.PROTECT, related_name="deltagelsesoensker")
    tekst = models.CharField(max_length=500)
    tilstand = models.CharField(max_length=12, choices=Oenske, default=Oenske.FORESLAAET)
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    oprettet_den = models.DateTimeField(default=tid.nu)
    svar_tekst = models.CharField(max_length=300, blank=True)
    besvaret_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    besvaret_den = models.DateTimeField(null=True, blank=True)

    OVERGANGE = OENSKEOVERGANGE

    class Meta:
        verbose_name = "ønske om at deltage"
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "enhed"],
                condition=Q(tilstand__in=["foreslaaet", "gaelder"]),
                name="oenske_et_ad_gangen",
            ),
            models.CheckConstraint(condition=~Q(tilstand="afvist") | ~Q(svar_tekst=""), name="oenske_nej_har_grund"),
        ]

    def __str__(self) -> str:
        return f"{self.enhed} i {self.forum}"
