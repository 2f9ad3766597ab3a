"""Who follows an item that moves or goes: those invited to it alone (S33, case 11), and the requests it answers.

What would send something takes the right to call the meeting: who only prepares it never sends (decision 10).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import cast

from moeder.actions import udsendelse
from moeder.actions.anmodningsgang import giv_anmodning_tilbage, laas_lovede, udsaet_anmodning
from moeder.models import Deltager, Moede, Punkt
from moeder.queries.punkter import MED_TID, tider_for_inviterede_til_punkter
from moeder.states import AKTIVE, MED, Deltagelse, Deltagelsesovergang, Tilstand
from samarbejde import tid
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.tilstande import skift

STADIG_MED = frozenset({*MED, Deltagelse.FORESLAAET})
FOELGER = frozenset({*AKTIVE, Deltagelse.FORESLAAET})
FRA_KOEEN = frozenset({*FOELGER, Deltagelse.BORTFALDET})


@contextmanager
def opdaterede_tider(moede: Moede | None, af: Person) -> Iterator[None]:
    """One merged update when the change moved somebody's own time in a called meeting."""
    if moede is None or moede.tilstand != Tilstand.INDKALDT:
        yield
        return
    foer = tider_for_inviterede_til_punkter(moede)
    yield
    efter = tider_for_inviterede_til_punkter(moede)
    if any(tidsrum and efter.get(pk) and efter[pk] != tidsrum for pk, tidsrum in foer.items()):
        kraev_ret(af, Handling.INDKALD, moede)
        udsendelse.send_opdatering(moede)


def lad_bortfalde(punkt: Punkt, moede: Moede, af: Person) -> None:
    """The item has left this coming meeting: whoever was invited to nothing else is told. What has begun is history."""
    if moede.er_begyndt():
        return
    bortfaldne = []
    for deltager in punkt.deltagere.filter(moede=moede, kun_punkter=True, tilstand__in=STADIG_MED):
        andre = deltager.punkter.filter(moede=moede, tilstand__in=MED_TID).exclude(pk=punkt.pk)
        if not andre.exists():
            skift(deltager, Deltagelsesovergang.BORTFALD)
            deltager.save(update_fields=["tilstand"])
            bortfaldne.append(deltager)
    fik_besked = [deltager for deltager in bortfaldne if deltager.indkaldt_den]
    if fik_besked:
        kraev_ret(af, Handling.INDKALD, moede)
        udsendelse.send_aflysning(moede, fik_besked)


def foelg_med(fra: Punkt, til: Punkt, af: Person) -> None:
    """Whoever was invited to the item alone is invited to the row that took its place, for the same reason (S33).

    Asked before the old invitations lapse.
    """
    if til.moede is not None:
        _inviter_dem(_inviterede_til(fra, til.moede, FOELGER), til, af)


def foelg_med_fra_koeen(punkt: Punkt, moede: Moede, af: Person) -> None:
    """The same when it waited in between, after a meeting that was called off or one that it was put off in."""
    var_paa_et_moede = punkt.deltagere.exists()
    fra = punkt if var_paa_et_moede else punkt.udsat_fra
    if fra is None:
        return
    egne = _inviterede_til(fra, moede, FRA_KOEEN)
    if var_paa_et_moede:  # nobody sees it any more through the meeting it left
        Deltager.punkter.through.objects.filter(punkt=punkt).delete()
    _inviter_dem(egne, punkt, af)


def _inviterede_til(punkt: Punkt, moede: Moede, tilstande: frozenset[Deltagelse]) -> list[Deltager]:
    egne = punkt.deltagere.filter(kun_punkter=True, person__isnull=False, tilstand__in=tilstande)
    return list(egne.exclude(moede=moede).select_related("enhed", "person"))


def _inviter_dem(egne: list[Deltager], punkt: Punkt, af: Person) -> None:
    moede = cast(Moede, punkt.moede)
    nye = [ny for gammel in egne if (ny := _inviter(gammel, punkt, moede))]
    if nye and moede.tilstand == Tilstand.INDKALDT:
        kraev_ret(af, Handling.INDKALD, moede)
        udsendelse.send_indkaldelser(moede, nye)


def _inviter(gammel: Deltager, punkt: Punkt, moede: Moede) -> Deltager | None:
    """None when they are there already, were left out, or no longer work there (S54)."""
    findes = Deltager.objects.filter(moede=moede, person=gammel.person).first()
    if findes is not None:
        return _tag_punktet_med(findes, punkt)
    if not _arbejder_der_stadig(gammel, moede):
        return None
    ny = Deltager.objects.create(
        moede=moede,
        art=gammel.art,
        enhed=gammel.enhed,
        person=gammel.person,
        grund=gammel.grund,
        kun_punkter=True,
        tilstand=Deltagelse.FORESLAAET if gammel.tilstand == Deltagelse.FORESLAAET else Deltagelse.INVITERET,
        valgt_af=gammel.valgt_af,
        indkaldt_den=_indkaldt(moede),
    )
    ny.punkter.add(punkt)
    return ny


def _tag_punktet_med(findes: Deltager, punkt: Punkt) -> Deltager | None:
    if not findes.kun_punkter or findes.tilstand not in {*STADIG_MED, Deltagelse.BORTFALDET}:
        return None
    findes.punkter.add(punkt)
    if findes.tilstand != Deltagelse.BORTFALDET:
        return None
    skift(findes, Deltagelsesovergang.TAG_MED)
    findes.indkaldt_den = _indkaldt(findes.moede)
    findes.save(update_fields=["tilstand", "indkaldt_den"])
    return findes


def _indkaldt(moede: Moede) -> datetime | None:
    return tid.nu() if moede.tilstand == Tilstand.INDKALDT else None


def _arbejder_der_stadig(deltager: Deltager, moede: Moede) -> bool:
    if deltager.enhed_id is None:
        return True
    job = Rolletildeling.objects.gaeldende(moede.dag).filter(content_object=deltager.enhed_id)
    return job.filter(user=deltager.person_id).exists()


# --- requests ----------------------------------------------------------------------------------------------------
def flyt_anmodninger(fra: Punkt, til: Punkt | None, af: Person) -> None:
    """A request follows its item to the new meeting; without one it must be answered anew, with a new clock (S39)."""
    for anmodning in laas_lovede(fra):
        anmodning.punkt = til
        if til is not None and til.moede is not None:
            udsaet_anmodning(anmodning, til.moede, af)
        else:
            giv_anmodning_tilbage(anmodning, af, "Punktet er taget af dagsordenen.")
