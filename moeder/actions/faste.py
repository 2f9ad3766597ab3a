"""The fixed participants of coming meetings follow the register (S32, S35, S54)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import QuerySet

from moeder.actions.deltagerlaas import nulstil_svar
from moeder.actions.repraesentant import er_ansat, giv_pladsen_tilbage
from moeder.actions.rundt import fortael_fjernede, fortael_inviterede
from moeder.deltagelse import faste_deltagere
from moeder.models import Deltager, Moede
from moeder.states import KOMMENDE, MED, Deltagelse, Deltagelsesovergang
from samarbejde.roller import glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import skift

Art = Deltager.Art
FASTE = (Art.LEDELSE, Art.FAST)
Plads = tuple[str, int | None]


def opdater_hver_time(nu: datetime) -> int:
    """`doegnrutiner` runs every minute; who leads what changes a few times a day."""
    if not cache.add(f"opdater_repraesentanter.{nu:%Y-%m-%d.%H}", True, 2 * 60 * 60):
        return 0
    return opdater_repraesentanter(nu)


def opdater_repraesentanter(nu: datetime) -> int:
    """A leader has changed, a delegate has left, a post is vacant, a unit has come or gone. What the leader chose
    stands while the chosen one is employed. Says how many meetings changed; a second run changes none.
    """
    return ret_listerne_ind(Moede.objects.filter(tilstand__in=KOMMENDE, begynder__gt=nu))


def ret_listerne_ind(hvilke: QuerySet) -> int:
    """Those of the meetings whose lists are not as they should be on their day; seven queries when all are."""
    moeder = list(hvilke.select_related("forum__enhed", "medforum").order_by("pk"))
    ventet: dict[int, list[Deltager]] = defaultdict(list)
    for en in faste_deltagere(moeder):
        ventet[en.moede_id].append(en)
    staar: dict[int, list[Deltager]] = defaultdict(list)
    for en in Deltager.objects.filter(moede__in=hvilke.values("pk"), art__in=FASTE).order_by("pk"):
        staar[en.moede_id].append(en)
    return sum(ret_listen_ind(moede) for moede in moeder if not _passer(ventet[moede.pk], staar[moede.pk]))


def _passer(ventet: Iterable[Deltager], staar: Iterable[Deltager]) -> bool:
    """Nothing chosen, left out or lapsed, and the same people: most meetings on most days."""
    if any(en.valgt_af_id or en.i_stedet_for_id or en.tilstand not in MED for en in staar):
        return False
    return {(*_plads(en), en.person_id) for en in ventet} == {(*_plads(en), en.person_id) for en in staar}


@transaction.atomic
def ret_listen_ind(moede: Moede) -> int:
    """One meeting's fixed seats as they should be on its day: also after it was moved."""
    laast = Moede.objects.select_for_update(of=("self",)).select_related("forum__enhed", "medforum").get(pk=moede.pk)
    glem_roller()
    if not laast.er_kommende:
        return 0
    ventet = _efter_plads(faste_deltagere([laast]))
    alle = laast.deltagere.filter(art__in=FASTE, i_stedet_for=None).select_related("enhed", "person", "valgt_af")
    staar = _efter_plads(alle.order_by("pk"))
    steder = [*staar, *(sted for sted in ventet if sted not in staar)]
    aendret = [_uden_stedfortraeder(laast)]
    aendret += [_et_sted(laast, ventet.get(sted, []), staar.get(sted, [])) for sted in steder]
    return int(any(aendret))


def _uden_stedfortraeder(moede: Moede) -> bool:
    """A substitute who no longer works at the unit gives the seat back."""
    valgte = moede.deltagere.filter(tilstand__in=MED, i_stedet_for__isnull=False).select_related("person", "enhed")
    holdt_op = [en for en in valgte.select_related("i_stedet_for") if not er_ansat(en.person, _ved(en, moede))]
    for en in holdt_op:
        _bortfald(moede, en)
        giv_pladsen_tilbage(en)
    return bool(holdt_op)


def _plads(en: Deltager) -> Plads:
    return en.art, en.enhed_id


def _efter_plads(deltagere: Iterable[Deltager]) -> dict[Plads, list[Deltager]]:
    grupper: dict[Plads, list[Deltager]] = defaultdict(list)
    for en in deltagere:
        grupper[_plads(en)].append(en)
    return dict(grupper)


def _et_sted(moede: Moede, ventet: Sequence[Deltager], staar: Sequence[Deltager]) -> bool:
    """One unit's seats, or the leaders': first those that are right, then one new person for each that is not."""
    valgte = [en for en in staar if en.valgt_af_id and en.person and er_ansat(en.person, _ved(en, moede))]
    frie = [en for en in staar if en not in valgte]
    rigtige = {en.person_id for en in ventet} & {en.person_id for en in frie}
    mangler = [en for en in ventet if en.person_id not in rigtige][len(valgte) if ventet else 0 :]
    forkerte = [en for en in frie if en.person_id not in rigtige]
    passede = [_staar_igen(en) for en in frie if en.person_id in rigtige]
    aendret = any(passede)
    while mangler:
        aendret |= _besaet(moede, forkerte.pop(0) if forkerte else None, mangler.pop(0))
    bortfaldne = [_bortfald(moede, en) for en in [*forkerte, *(valgte if not ventet else ())]]
    return aendret or any(bortfaldne)


def _ved(en: Deltager, moede: Moede) -> Deltager:
    en.moede = moede
    return en


def _staar_igen(en: Deltager) -> bool:
    """Right again after it had lapsed; one that was left out stays so."""
    if en.tilstand != Deltagelse.BORTFALDET:
        return False
    skift(en, Deltagelsesovergang.TAG_MED)
    nulstil_svar(en)
    en.save()
    _noter(en, f"{en} er fast deltager igen.")
    fortael_inviterede(en.moede, [en])
    return True


def _besaet(moede: Moede, plads: Deltager | None, ny: Deltager) -> bool:
    """Give a seat to somebody new; one who is on the list in another way stands there as fixed instead."""
    anden = moede.deltagere.filter(person=ny.person_id).first() if ny.person_id else None
    if anden is not None and (anden.art in FASTE or anden.i_stedet_for_id):
        return False
    if anden is not None and anden.tilstand == Deltagelse.AFVIST:
        anden.delete()  # an answer about one item is no answer about the unit's seat, and a person stands there once
        anden = None
    if anden is not None and plads is not None:
        _bortfald(moede, plads)
    elif plads is not None and plads.er_aktiv:
        fortael_fjernede(moede, [plads])
    plads = anden or plads or ny
    if plads.pk:
        _overtag(plads, ny)
    plads.save()
    _noter(plads, f"{plads} er fast deltager: {plads.grund}.")
    fortael_inviterede(moede, [plads])
    return True


def _overtag(plads: Deltager, ny: Deltager) -> None:
    if plads.tilstand == Deltagelse.BORTFALDET:
        skift(plads, Deltagelsesovergang.TAG_MED)
    if plads.tilstand == Deltagelse.FORESLAAET:
        skift(plads, Deltagelsesovergang.BEKRAEFT)
    nulstil_svar(plads)
    plads.punkter.clear()
    plads.art, plads.enhed, plads.person, plads.grund = ny.art, ny.enhed, ny.person, ny.grund
    plads.kun_punkter, plads.valgt_af = False, None


def _bortfald(moede: Moede, en: Deltager) -> bool:
    if en.tilstand not in {*MED, Deltagelse.FORESLAAET}:
        return False
    fortael_fjernede(moede, [en])
    skift(en, Deltagelsesovergang.BORTFALD)
    en.valgt_af = None
    en.save(update_fields=["tilstand", "valgt_af"])
    _noter(en, f"{en} er ikke længere fast deltager.")
    return True


def _noter(en: Deltager, saetning: str) -> None:
    noter(af=None, navn="opdater_repraesentanter", objekt=en, rod=en.moede, saetning=saetning)
