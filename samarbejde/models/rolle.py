from django.conf import settings
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from samarbejde.models.organisation import Enhed
from samarbejde.models.periode import Periode
from samarbejde.permissions import Rolle
from samarbejde.querysets import RolletildelingQuerySet
from samarbejde.roller import KUN_RESSOURCECENTER


class Rolletildeling(UserObjectPermissionBase, Periode):
    """One person holds one role at one unit for a period (D26): django-guardian's direct permission row with a
    period. Only `tildel_rolle` and `afslut_rolle` write it; rights end when the period ends (S54).
    """

    class Omfang(models.TextChoices):
        """What a coordinator coordinates (S29, S36): one appointment, one seat, whatever the scope."""

        RC = KUN_RESSOURCECENTER, "Ressourcecenter"
        RC_OG_PLC = "rc_plc", "Ressourcecenter og Pædagogisk Læringscenter"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rolletildelinger")
    content_object = models.ForeignKey(Enhed, models.PROTECT, related_name="rolletildelinger", db_column="enhed_id")
    titel = models.CharField(max_length=60, blank=True)
    er_primaer = models.BooleanField(default=True)
    konstitueret = models.BooleanField(default=False)
    i_fravaer = models.BooleanField(default=False)
    omfang = models.CharField(max_length=10, choices=Omfang, blank=True)
    arbejder_med = models.CharField(max_length=200, blank=True)
    tildelt_af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    i_stedet_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="erstatninger")

    objects = RolletildelingQuerySet.as_manager()

    class Meta(Periode.Meta):
        abstract = False
        verbose_name = "rolletildeling"
        default_permissions = ()
        # Not guardian's unique_together: it would forbid the same person a second period in the same role.
        unique_together = ()
        indexes = [models.Index(fields=["content_object", "permission"], name="rolle_paa_enhed")]
        constraints = [
            *Periode.Meta.constraints,
            models.CheckConstraint(
                condition=Q(i_fravaer=False) | Q(gyldig_til__isnull=False, konstitueret=False),
                name="rolle_stedfortraeder_har_slut",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.rolle.label} på {self.content_object}"

    @property
    def person(self) -> "models.Model":
        return self.user

    @property
    def enhed(self) -> Enhed:
        return self.content_object

    @property
    def rolle(self) -> Rolle:
        return Rolle(self.permission.codename)

    @property
    def vist_post(self) -> str:
        return f"{self.vist_titel} {self.enhed.med_forholdsord}"

    @property
    def vist_titel(self) -> str:
        titel = self.titel or (self.enhed.ledertitel if self.rolle == self.enhed.lederrolle else self.rolle.label)
        if self.i_fravaer:
            return f"{titel} i leders fravær"
        return f"konstitueret {titel}" if self.konstitueret else titel
