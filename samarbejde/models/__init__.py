"""The foundation's models: organisation, people and roles, trail, outbox, calendar."""

from samarbejde.models.faglighed import Faglighed
from samarbejde.models.fil import Fil
from samarbejde.models.gemt import GemtFormular
from samarbejde.models.kalender import Feriedag
from samarbejde.models.organisation import Distriktstilknytning, Enhed, Enhedstilknytning, Skoledistrikt
from samarbejde.models.overdragelse import Overdragelse
from samarbejde.models.person import Person
from samarbejde.models.post import Besked
from samarbejde.models.rolle import Rolletildeling
from samarbejde.models.spor import Haendelse, Segling

__all__ = [
    "Besked",
    "Distriktstilknytning",
    "Enhed",
    "Enhedstilknytning",
    "Faglighed",
    "Feriedag",
    "Fil",
    "GemtFormular",
    "Haendelse",
    "Overdragelse",
    "Person",
    "Rolletildeling",
    "Segling",
    "Skoledistrikt",
]
