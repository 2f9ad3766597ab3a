"""One invitation as a row: new, or the same person's once more, since a person stands on a list once."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from moeder.actions.deltagerlaas import nulstil_svar
from moeder.actions.rundt import fortael_lederne, spoerg_lederen
from moeder.invitationsregler import Kandidat
from moeder.models import Deltager, Moede, Punkt
from moeder.states import Deltagelse, Deltagelsesovergang
from ressourcecenter.repraesentation import Repraesentanter
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.tilstande import kan, skift


def inviter(moede: Moede, valgt: Kandidat, punkter: Sequence[Punkt], grund: str, af: Person) -> Deltager:
    venter = valgt.bekraeftes_af_leder and not _afgoer_selv(valgt, af)
    gammel = moede.deltagere.filter(person=valgt.person).select_related("person").first()
    if gammel is None:
        tilstand = Deltagelse.FORESLAAET if venter else Deltagelse.INVITERET
        deltager = Deltager(person=valgt.person, tilstand=tilstand)
    else:
        deltager = _igen(gammel, valgt, punkter, venter)
    deltager.moede, deltager.art, deltager.enhed = moede, valgt.art, valgt.enhed
    deltager.grund, deltager.kun_punkter = grund or valgt.grund, bool(punkter)
    deltager.save()
    deltager.punkter.set({*deltager.punkter.all(), *punkter} if punkter else [])
    if venter:
        spoerg_lederen(deltager)
    fortael_lederne(deltager, af)
    return deltager


def _afgoer_selv(valgt: Kandidat, af: Person) -> bool:
    """A coordinator who leads the unit decides with the same act."""
    return valgt.enhed is not None and Repraesentanter([valgt.enhed]).handler_for(valgt.enhed, tid.i_dag()) == af


def _igen(gammel: Deltager, valgt: Kandidat, punkter: Sequence[Punkt], venter: bool) -> Deltager:
    if gammel.tilstand == Deltagelse.AFVIST:
        besked = f"Lederen har svaret nej til, at {gammel} deltager. Tal med lederen, eller vælg en anden."
        raise ValidationError({"hvem": besked})
    if gammel.art == valgt.art and gammel.kun_punkter and _er_mere(gammel, punkter):
        return _mere(gammel, venter)
    if not kan(gammel, Deltagelsesovergang.TAG_MED):
        raise ValidationError({"hvem": f"{gammel} står allerede på mødets liste. Vælg en anden."})
    gammel.punkter.clear()
    skift(gammel, Deltagelsesovergang.FORESLAA if venter else Deltagelsesovergang.TAG_MED)
    nulstil_svar(gammel)
    gammel.udeladt_grund = ""
    return gammel


def _er_mere(gammel: Deltager, punkter: Sequence[Punkt]) -> bool:
    """To one more item, or from items to the whole meeting."""
    staar = gammel.tilstand == Deltagelse.FORESLAAET or gammel.er_aktiv
    return staar and (
        not punkter or not {punkt.pk for punkt in punkter} <= set(gammel.punkter.values_list("pk", flat=True))
    )


def _mere(gammel: Deltager, venter: bool) -> Deltager:
    if venter and gammel.tilstand != Deltagelse.FORESLAAET:
        skift(gammel, Deltagelsesovergang.FORESLAA)
    return gammel
