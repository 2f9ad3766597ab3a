from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from samarbejde import tid
from samarbejde.models.dokument import Pdf
from samarbejde.models.rolle import Rolletildeling
from samarbejde.querysets import OverdragelseQuerySet
from samarbejde.stik import Bliver

GRUPPER = {
    Bliver.SLUTTER: "Det slutter samtidig",
    Bliver.FOELGER_MED: "Det følger med til den, der tager over",
    Bliver.SKAL_HAVE_NY: "Det skal have en ny",
}


def grupper(linjer: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lines by what became of them; a heading without lines is left out."""
    alle = [(navn, [linje for linje in linjer if linje["bliver"] == bliver]) for bliver, navn in GRUPPER.items()]
    return [(navn, egne) for navn, egne in alle if egne]


class Overdragelse(Pdf):
    """A role handed over: what hung on it and what became of that, as it was on the day, for leaver and successor.

    `linjer` is the snapshot: a list of {hvad, bliver, hvor, art, sted}; `hvor` says in words where it is found, `art`
    and `sted` name the object, so that those who may open it get a link.
    """

    tildeling = models.ForeignKey(Rolletildeling, models.PROTECT, related_name="overdragelser")
    gyldig_til = models.DateField()
    efterfoelger = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    note_html = models.TextField(blank=True)
    linjer = models.JSONField(default=list)
    af = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    overdraget_den = models.DateTimeField(default=tid.nu)

    objects = OverdragelseQuerySet.as_manager()

    class Meta(Pdf.Meta):
        abstract = False
        verbose_name = "overdragelse"
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Overdragelse, {self.tildeling.vist_titel} på {self.tildeling.enhed}"

    @property
    def gyldig_fra(self) -> date:
        return self.tildeling.gyldig_fra

    @property
    def grupper(self) -> list[tuple[str, list[dict[str, Any]]]]:
        return grupper(self.linjer)

    @property
    def spoerg(self) -> list[tuple[str, str, str]]:
        """Whom to ask: what for, the name, and the address unless the person is protected (decision 30)."""
        folk = [("Om overdragelsen", self.af), ("Om arbejdet hidtil", self.tildeling.user)]
        if self.efterfoelger is not None:
            folk.append(("Om arbejdet herefter", self.efterfoelger))
        return [(om, person.navn, "" if person.er_beskyttet else person.email) for om, person in folk]

    def get_absolute_url(self) -> str:
        return reverse("overdragelse", args=[self.pk])
