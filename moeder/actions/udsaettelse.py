"""Putting an item off: it stays in the minutes of its meeting, and a new row takes its place (D21, case 11)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.koe import kopi, kraev_kommende
from moeder.actions.laas import laas_moede
from moeder.actions.punkter import kraev_plads, sidste_plads
from moeder.actions.punktfolk import flyt_anmodninger, foelg_med, lad_bortfalde, opdaterede_tider
from moeder.actions.punktregler import kraev_aaben_dagsorden, laas_punkt
from moeder.models import Bidrag, Moede, Punkt, Punktfil
from moeder.states import Punktovergang, Punkttilstand
from samarbejde.models import Person
from samarbejde.permissions import Handling
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift


@transaction.atomic
def udsaet_punkt(*, punkt: Punkt, til_moede: Moede | None, af: Person) -> Punkt:
    """Before, during or after the meeting, until its minutes are sent. The new row is answered."""
    _laas_moederne(punkt, til_moede, af)
    laast = laas_punkt(punkt, af)
    if findes := Punkt.objects.filter(udsat_fra=laast, moede=til_moede).first():
        return findes
    if laast.moede is None:
        raise IkkeMuligtError("Punktet venter allerede på et møde.")
    kraev_aaben_dagsorden(laast.moede)
    nyt = _skift_plads(laast, laast.moede, til_moede, af)
    hvorhen = til_moede.kort_navn if til_moede else "et senere møde"
    noter(af=af, navn="udsaet_punkt", objekt=laast, saetning=f"Punktet er udsat til {hvorhen}.")
    noter(af=af, navn="udsaet_punkt", objekt=nyt, saetning=f"Punktet er udsat fra {laast.moede.kort_navn}.")
    return nyt


def _laas_moederne(punkt: Punkt, til_moede: Moede | None, af: Person) -> None:
    """Both meetings in the order of their keys, so that two who put off crosswise never wait for each other."""
    if til_moede is None:
        return
    for pk in sorted({punkt.moede_id or til_moede.pk, til_moede.pk}):
        Moede.objects.select_for_update(of=("self",)).get(pk=pk)
    moedet = laas_moede(til_moede, af, Handling.PLANLAEG_MOEDE)
    if moedet.pk == punkt.moede_id:
        raise ValidationError({"moede": "Punktet er allerede på det møde. Vælg et senere."})
    kraev_kommende(punkt, moedet)
    kraev_plads(moedet)


def _skift_plads(gammelt: Punkt, fra_moede: Moede, til_moede: Moede | None, af: Person) -> Punkt:
    with opdaterede_tider(fra_moede, af):
        skift(gammelt, Punktovergang.UDSAET)
        gammelt.save(update_fields=["tilstand"])
    nyt = kopi(gammelt, udsat_fra=gammelt, udsat_antal=gammelt.udsat_antal + 1, **_sted(gammelt, til_moede))
    nyt.delmaal_id = gammelt.delmaal_id
    nyt.save(update_fields=["delmaal"])
    _tag_bidrag_med(gammelt, nyt)
    foelg_med(gammelt, nyt, af)
    lad_bortfalde(gammelt, fra_moede, af)
    flyt_anmodninger(gammelt, nyt, af)
    return nyt


def _sted(punkt: Punkt, moede: Moede | None) -> dict[str, object]:
    if moede is None:
        return {"forum": punkt.forum, "medforum": punkt.medforum, "tilstand": Punkttilstand.VENTER}
    plads = {"moede": moede, "plads": sidste_plads(moede), "tilstand": Punkttilstand.PAA_DAGSORDEN}
    return {"forum": moede.forum, "medforum": moede.medforum, **plads}


def _tag_bidrag_med(gammelt: Punkt, nyt: Punkt) -> None:
    """What was brought to the item is still about it; it was not discussed yet."""
    bidrag = list(gammelt.bidrag.all())
    filer = list(gammelt.filer.filter(fjernet_den__isnull=True))
    for en in (*bidrag, *filer):
        en.pk, en.punkt = None, nyt
    Bidrag.objects.bulk_create(bidrag)
    Punktfil.objects.bulk_create(filer)
