"""Staff of a fritid unit at items (S33, S35, case 44): the leader's yes or no."""

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.deltagerlaas import laas_deltager
from moeder.actions.rundt import fortael_inviterede
from moeder.models import Deltager
from moeder.states import Deltagelsesovergang
from ressourcecenter.repraesentation import Repraesentanter
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, Rolle
from samarbejde.roller import mine_roller
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

LEDEREN_AFGOER = "Enheden har en leder, som selv afgør, hvem der deltager. Tal med lederen."


@transaction.atomic
def bekraeft_medarbejder(*, deltager: Deltager, af: Person) -> Deltager:
    laast = laas_deltager(deltager, af, Handling.BEKRAEFT_MEDARBEJDER)
    kraev_afgoerelse(laast, af)
    skift(laast, Deltagelsesovergang.BEKRAEFT)
    laast.save(update_fields=["tilstand"])
    saetning = f"{laast} deltager for {laast.enhed}: {laast.grund}."
    noter(af=af, navn="bekraeft_medarbejder", objekt=laast, rod=laast.moede, saetning=saetning)
    fortael_inviterede(laast.moede, [laast])
    return laast


@transaction.atomic
def afvis_medarbejder(*, deltager: Deltager, grund: str, af: Person) -> Deltager:
    laast = laas_deltager(deltager, af, Handling.BEKRAEFT_MEDARBEJDER)
    kraev_afgoerelse(laast, af)
    if not grund:
        raise ValidationError({"grund": "Skriv kort hvorfor, så den, der indkalder, kan finde en anden."})
    skift(laast, Deltagelsesovergang.AFVIS)
    laast.svar_tekst, laast.svar_den = grund, tid.nu()
    laast.save(update_fields=["tilstand", "svar_tekst", "svar_den"])
    saetning = f"{laast} deltager ikke, siger lederen: {grund}"
    noter(af=af, navn="afvis_medarbejder", objekt=laast, rod=laast.moede, saetning=saetning)
    return laast


def kraev_afgoerelse(laast: Deltager, af: Person) -> None:
    """Decisions 2 and 3: klyngeleder or skoleleder act only while the post really is vacant."""
    egne = mine_roller(af).enheder.get(laast.enhed_id or 0, frozenset())
    if egne & {Rolle.FRITIDSLEDER, Rolle.DAGTILBUDSLEDER}:
        return
    if not Repraesentanter([laast.enhed]).er_ledig(laast.enhed, tid.i_dag()):
        raise IkkeMuligtError(LEDEREN_AFGOER)
