"""The order of goals, of the sub-goals under one, and of the activities under one of those (S14)."""

from uuid import UUID

from django.db import transaction

from aftaler.actions.laas import laas
from aftaler.actions.led import FORAELDER, TIL_AFTALEN
from aftaler.actions.udgave import ny_udgave
from aftaler.historik import KLADDESPOR
from aftaler.models import Aftale, Led, StrategiskMaal
from aftaler.states import Overgang
from aftaler.udgaver import flyttet
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

VAEK = "Det, du ville flytte, er slettet af en anden. Åbn siden igen, så ser du rækkefølgen, som den er nu."


@transaction.atomic
def flyt_led(*, aftale: Aftale, af: Person, model: type[Led], noegle: UUID, til: int) -> int:
    """Put it in this place among its own, counted from 1, and say where it is: the same press twice is one move.

    A new place is not a new version of the text: whoever is writing in it saves as if nothing had happened.
    """
    laast = laas(aftale)
    kraev_ret(af, Handling.SKRIV_AFTALE, laast)
    skift(laast, Overgang.RET)
    led = model.objects.filter(**{TIL_AFTALEN[model]: laast}, noegle=noegle).first()
    if led is None:
        raise IkkeMuligtError(VAEK)
    raekke = list(model.objects.filter(**{FORAELDER[model]: getattr(led, f"{FORAELDER[model]}_id")}))
    fra, foer = raekke.index(led), [str(en.noegle) for en in raekke]
    raekke.insert(min(max(til, 1), len(raekke)) - 1, raekke.pop(fra))
    nummer = raekke.index(led) + 1
    if nummer - 1 != fra:
        _nummerer(model, raekke)
        saetning = f"{led._meta.verbose_name.capitalize()} «{led}» er flyttet og er nu nummer {nummer}."
        haendelse = noter(spor=KLADDESPOR, af=af, navn="flyt_led", objekt=led, rod=laast, saetning=saetning)
        over = "" if model is StrategiskMaal else str(getattr(led, FORAELDER[model]).noegle)
        ny_udgave(haendelse, laast, af, [flyttet(over, foer)])
    return nummer


def _nummerer(model: type[Led], raekke: list[Led]) -> None:
    flyttede = [led for plads, led in enumerate(raekke, 1) if led.plads != plads]
    for plads, led in enumerate(raekke, 1):
        led.plads = plads
    model.objects.bulk_update(flyttede, ["plads"])
