"""One save of the text: what stood there before it, so that every earlier text can be found by undoing (S9)."""

from django.conf import settings
from django.db import models

from samarbejde import tid
from samarbejde.formater import dato, klokken


class Udgave(models.Model):
    """Who saved, when, and in `rettelser` what is needed to undo it (aftaler.udgaver).

    Saves by themselves in one sitting are one row, from `fra_version` to `version` of the part that `noegle` names.
    """

    aftale = models.ForeignKey("aftaler.Aftale", models.CASCADE, related_name="udgaver", db_index=False)
    haendelse = models.ForeignKey("samarbejde.Haendelse", models.SET_NULL, null=True, related_name="+")
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noegle = models.CharField(max_length=36, blank=True)
    fra_version = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    rettelser = models.JSONField(default=list)
    begyndt = models.DateTimeField(default=tid.nu)
    gemt_den = models.DateTimeField(default=tid.nu)
    er_undervejs = models.BooleanField(default=False)
    navn = models.CharField("navn på udgaven", max_length=80, blank=True)

    class Meta:
        verbose_name = "udgave"
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["aftale", "noegle", "-id"], name="udgave_af_del")]

    def __str__(self) -> str:
        hvornaar = f"udgaven fra {dato(self.gemt_den)} kl. {klokken(self.gemt_den)}"
        return f"«{self.navn}», {hvornaar}" if self.navn else hvornaar
