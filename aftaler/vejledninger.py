"""Section titles, and guidance, example and source beside each field, edited by forvaltning (S18, decision 17).

Read once an hour a process, as it changes a few times a year; whoever corrects it sees it at once.
"""

import time
from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.db import models

from samarbejde.prosa import til_html

HOLDBARHED_SEKUNDER = 3600
VISION = "vision"
# Every place with guidance, by the page it stands on: what the place is called where it is edited.
STEDER: dict[str, dict[str, str]] = {
    "Øverst, hvor I skriver, og som forord i det færdige dokument": {VISION: "Visionen bag aftalen"},
    "Parter": {"parter": "Parter", "tovholder": "Tovholder"},
    "Behov og retning": {"behov": "Behov og udfordringer", "retning": "Den strategiske retning"},
    "Mål": {
        "maal_titel": "Målet i én sætning",
        "maal_omraader": "Målområder",
        "maal_intentioner": "Hvad målet især skal bidrage til",
        "maal_beskrivelse": "Målets beskrivelse",
        "maal_realisering": "Sådan realiserer I målet sammen",
    },
    "Delmål": {"delmaal_titel": "Delmålet i én sætning", "delmaal_beskrivelse": "Delmålets beskrivelse"},
    "Aktiviteter og tiltag": {
        "aktivitet_titel": "Hvad gør I?",
        "aktivitet_art": "Aktivitet eller tiltag",
        "aktivitet_ansvarlige": "Ansvarlige",
        "aktivitet_beskrivelse": "Aktivitetens beskrivelse",
        "aktivitet_tegn": "Tegn på at det lykkes",
    },
}
NAVNE = {sted: navn for side in STEDER.values() for sted, navn in side.items()}


class Vejledning(models.Model):
    """What one place says; the places are fixed (`STEDER`), the words are forvaltning's."""

    sted = models.SlugField(max_length=30, unique=True, db_index=False)
    overskrift = models.CharField("overskrift", max_length=80, blank=True)
    tekst = models.TextField(max_length=2000, blank=True)
    eksempel = models.TextField("eksempel", max_length=1000, blank=True)
    kilde = models.CharField("kilde", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "vejledning"
        ordering = ["sted"]
        default_permissions = ()

    def __str__(self) -> str:
        return NAVNE.get(self.sted, self.sted)

    @property
    def html(self) -> str:
        return til_html(self.tekst)


def vejledning_til(sted: str) -> Vejledning:
    """What stands there now, to read and never to save; nothing, where nobody has written anything."""
    return _alle(int(time.monotonic() // HOLDBARHED_SEKUNDER)).get(sted) or Vejledning(sted=sted, version=0)


@lru_cache(maxsize=1)
def _alle(time_nummer: int) -> dict[str, Vejledning]:
    return {raekke.sted: raekke for raekke in Vejledning.objects.all()}


glem_vejledninger = _alle.cache_clear


class _Afsnit(Mapping[str, str]):
    """The two texts of an agreement, and what each is called now, also in agreements that were entered earlier."""

    navne = {"behov": "Behov og udfordringer", "retning": "Strategisk retning"}

    def __getitem__(self, afsnit: str) -> str:
        return vejledning_til(afsnit).overskrift or self.navne[afsnit]

    def __iter__(self) -> Iterator[str]:
        return iter(self.navne)

    def __len__(self) -> int:
        return len(self.navne)


AFSNIT: Mapping[str, str] = _Afsnit()
