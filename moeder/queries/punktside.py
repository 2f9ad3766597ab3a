"""The page of one item: what this person sees of it, and what they may do."""

from typing import Any

from aftaler.models import Aftale
from moeder.models import Punkt
from moeder.queries.anmodninger import bag_punktet
from moeder.queries.forberedelse import moedets_hindring, punktets_hindring
from moeder.queries.punkter import linje_for
from moeder.queries.runde import runde
from moeder.states import Punktovergang, Punkttilstand, Tilstand
from samarbejde.models import Person
from samarbejde.permissions import TILLADT, Handling, Relation
from samarbejde.roller import Roller
from samarbejde.tilstande import kan

SENDT = frozenset({Tilstand.REFERAT_I_HOERING, Tilstand.REFERAT_LUKKET})


def punktside(punkt: Punkt, person: Person) -> dict[str, Any]:
    roller = punkt.roller_for(person)
    kan_lede = not roller.isdisjoint(TILLADT[Handling.PLANLAEG_MOEDE])
    kan_svare = not roller.isdisjoint(TILLADT[Handling.BESVAR_ANMODNING])
    kun_forslagsstiller = er_kun_forslagsstiller(roller)
    return {
        "punkt": punkt,
        "linje": linje_for(punkt),
        "fagligheder": [str(faglighed) for faglighed in punkt.fagligheder.all()],
        "delmaal": _delmaal(punkt, person),
        "kan_lede": kan_lede,
        "kun_forslagsstiller": kun_forslagsstiller,
        "runde": runde(punkt, punkt.moede) if punkt.er_runde and punkt.moede and not kun_forslagsstiller else None,
        "anmodninger": bag_punktet(punkt, person),
        "skridt": _skridt(punkt, kan_svare=kan_svare) if kan_lede else {},
        **_fra_andre(punkt, person, kan_lede=kan_svare, kun_forslagsstiller=kun_forslagsstiller),
        "kan_laegge_filer": _kan_laegge_filer(punkt, roller),
    }


def er_kun_forslagsstiller(roller: Roller) -> bool:
    """Follows what becomes of an item they proposed, and sees nothing of the meeting."""
    return roller & TILLADT[Handling.SE_MOEDE] == {Relation.FORFATTER}


def _kan_laegge_filer(punkt: Punkt, roller: Roller) -> bool:
    if punkt.moede is None or roller.isdisjoint(TILLADT[Handling.LAEG_FIL_PAA]):
        return False
    return not (moedets_hindring(punkt.moede) or punktets_hindring(punkt))


def _fra_andre(punkt: Punkt, person: Person, *, kan_lede: bool, kun_forslagsstiller: bool) -> dict[str, Any]:
    """What others wrote; somebody who only proposed the item follows what becomes of it, and sees none of that."""
    if punkt.moede is None or punkt.er_om_et_barn or kun_forslagsstiller:
        return {}
    bidrag = punkt.bidrag.select_related("af", "enhed", "faglighed")
    filer = list(punkt.filer.filter(fjernet_den__isnull=True).select_related("fil__lagt_op_af"))
    for en in filer:
        egen = en.fil.lagt_op_af_id == person.pk and not punkt.moede.er_begyndt()
        en.kan_fjernes = not moedets_hindring(punkt.moede) and (kan_lede or egen)
    return {
        "bidrag": list(bidrag),
        "filer": filer,
        "viser_referat": kan_lede or punkt.moede.tilstand in SENDT,
    }


def _delmaal(punkt: Punkt, person: Person) -> Any:
    """Only to those who may read the agreement it stands in (S53)."""
    if punkt.delmaal is None:
        return None
    aftale = punkt.delmaal.maal.aftale_id
    ses = Aftale.objects.synlige_for(person, Handling.LAES).filter(pk=aftale).exists()
    return punkt.delmaal if ses else None


def _skridt(punkt: Punkt, *, kan_svare: bool) -> dict[str, bool]:
    """Which ways on there are from here."""
    i_koeen = punkt.moede_id is None
    return {
        "gem": kan_svare and punkt.tilstand == Punkttilstand.FORESLAAET,
        "tag_paa": i_koeen and kan(punkt, Punktovergang.TAG_PAA),
        "ret": kan(punkt, Punktovergang.LUK),
        "udsaet": kan(punkt, Punktovergang.UDSAET),
        "luk": kan_svare and kan(punkt, Punktovergang.LUK),
    }
