from datetime import date

from django.db import models
from django.db.models import F, Q

from samarbejde import tid


class Periode(models.Model):
    """A half-open period [gyldig_fra, gyldig_til): `til` empty is open, `til = fra` is annulled."""

    gyldig_fra = models.DateField()
    gyldig_til = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(gyldig_til__isnull=True) | Q(gyldig_til__gte=F("gyldig_fra")),
                name="%(app_label)s_%(class)s_til_ikke_foer_fra",
            )
        ]

    def gaelder(self, dag: date | None = None) -> bool:
        dag = dag or tid.i_dag()
        return self.gyldig_fra <= dag and (self.gyldig_til is None or dag < self.gyldig_til)
