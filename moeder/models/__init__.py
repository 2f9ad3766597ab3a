from moeder.models.anmodning import Anmoder, Anmodning, Anmodningsfil
from moeder.models.deltager import Deltagelsesoenske, Deltager
from moeder.models.kalender import Kalenderadgang
from moeder.models.moede import Moede, Serie
from moeder.models.opgave import Opfoelgning, Opgave
from moeder.models.punkt import Bidrag, Punkt, Punktfil
from moeder.models.referat import Bemaerkning, Berigtigelse, Moededokument

__all__ = [
    "Anmoder",
    "Anmodning",
    "Anmodningsfil",
    "Bemaerkning",
    "Berigtigelse",
    "Bidrag",
    "Deltagelsesoenske",
    "Deltager",
    "Kalenderadgang",
    "Moede",
    "Moededokument",
    "Opfoelgning",
    "Opgave",
    "Punkt",
    "Punktfil",
    "Serie",
]
