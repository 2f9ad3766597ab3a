"""What forvaltning says beside the fields, and what it calls the six areas (S12, S18, decisions 9 and 17)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from aftaler.maalomraader import Maalomraade, glem_maalomraader
from aftaler.models import Vejledning
from aftaler.vejledninger import AFSNIT, NAVNE, glem_vejledninger
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError

RETTET = "En anden har rettet teksten, mens du skrev."


@transaction.atomic
def ret_vejledning(
    *, sted: str, version: int, tekst: str, eksempel: str, kilde: str, af: Person, overskrift: str = ""
) -> Vejledning:
    """The places are fixed, and two of them are titles too; a stale save is refused with what stands there now."""
    glem_roller()
    kraev_ret(af, Handling.RET_VEJLEDNING, HELE_KOMMUNEN)
    if sted not in NAVNE:
        raise ValidationError("Her kan ikke stå en vejledning.")
    raekke, _ = Vejledning.objects.select_for_update().get_or_create(sted=sted, defaults={"version": 0})
    nye = {"tekst": tekst, "eksempel": eksempel, "kilde": kilde}
    if overskrift and sted in AFSNIT:
        nye["overskrift"] = "" if overskrift == AFSNIT[sted] and not raekke.overskrift else overskrift
    aendret = _ret(raekke, version, nye)
    if aendret:
        saetning = f"Vejledningen til «{raekke}» er rettet."
        noter(af=af, navn="ret_vejledning", objekt=raekke, saetning=saetning, felter=aendret)
        glem_vejledninger()
        transaction.on_commit(glem_vejledninger)
    return raekke


@transaction.atomic
def ret_maalomraade(*, nummer: int, version: int, navn: str, beskrivelse: str, af: Person) -> Maalomraade:
    """The wording of one of the six; number and order are the model's, and none can be deleted (S12)."""
    glem_roller()
    kraev_ret(af, Handling.RET_MAALOMRAADE, HELE_KOMMUNEN)
    raekker = {omraade.nummer: omraade for omraade in Maalomraade.objects.select_for_update()}
    raekke = raekker.pop(nummer)
    if any(anden.navn.casefold() == navn.casefold() for anden in raekker.values()):
        raise ValidationError({"navn": "Et af de andre målområder hedder det samme. Skriv noget andet."})
    aendret = _ret(raekke, version, {"navn": navn, "beskrivelse": beskrivelse})
    if aendret:
        saetning = f"Målområdet «{raekke}» er rettet."
        noter(af=af, navn="ret_maalomraade", objekt=raekke, saetning=saetning, felter=aendret)
        glem_maalomraader()
        transaction.on_commit(glem_maalomraader)
    return raekke


def _ret(raekke: models.Model, version: int, nye: dict[str, str]) -> dict[str, tuple[Any, Any]]:
    """Each field that changed, as (before, after); nothing when it is stored already."""
    foer = {felt: getattr(raekke, felt) for felt in nye}
    aendret = {felt: (foer[felt], ny) for felt, ny in nye.items() if foer[felt] != ny}
    if not aendret:
        return {}
    if version != raekke.version:
        raise KonfliktError(foer, raekke.version, RETTET)
    for felt, (_, ny) in aendret.items():
        setattr(raekke, felt, ny)
    raekke.version += 1
    raekke.save()
    return aendret
