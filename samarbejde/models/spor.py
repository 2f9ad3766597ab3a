from django.conf import settings
from django.db import models

from samarbejde import tid


class Haendelse(models.Model):
    """One change of domain data (S55, D39): who, what, when, on which object. Append-only, by trigger.

    `rod` names the object whose readers may read the event, `objekt` the row that changed. `data` holds one Danish
    sentence and the changed fields as {felt: [fra, til]}.
    """

    skete_den = models.DateTimeField(default=tid.nu)
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    af_navn = models.CharField(max_length=120)
    navn = models.CharField(max_length=60)
    rod_art = models.CharField(max_length=30)
    rod_id = models.BigIntegerField()
    objekt_art = models.CharField(max_length=30)
    objekt_id = models.BigIntegerField()
    data = models.JSONField()
    salt = models.BinaryField()
    aftryk = models.CharField(max_length=64)

    class Meta:
        verbose_name = "hændelse"
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["rod_art", "rod_id", "-id"], name="haendelse_paa_rod")]

    def __str__(self) -> str:
        return self.saetning

    @property
    def saetning(self) -> str:
        return self.data["saetning"]

    @property
    def aendringer(self) -> list[tuple[str, str, str]]:
        return [(felt, fra, til) for felt, (fra, til) in self.data.get("felter", {}).items()]


class Segling(models.Model):
    """The chain over the trail, one link an event in order; a task adds links every minute (D39)."""

    haendelse = models.OneToOneField(Haendelse, models.PROTECT, related_name="segling")
    nummer = models.BigIntegerField(unique=True)
    kaede = models.CharField(max_length=64)

    class Meta:
        verbose_name = "segling"
        ordering = ["nummer"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"nummer {self.nummer}"
