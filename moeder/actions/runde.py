"""The round «Faglige perspektiver» on an agenda, and who has spoken in it (S41). Nothing is refused hard."""

from uuid import UUID

from django.db import transaction

from moeder.actions.afholdelse import skift_moede
from moeder.actions.laas import laas_moede
from moeder.actions.punkter import kraev_plads, sidste_plads
from moeder.actions.punktregler import NORMALT, kraev_aaben_dagsorden
from moeder.models import Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.queries.runde import har_runde, som_runde
from moeder.states import Overgang, Punkttilstand
from samarbejde.models import Faglighed, Person
from samarbejde.permissions import Handling
from samarbejde.spor import noter


@transaction.atomic
def laeg_runde_paa(*, moede: Moede, af: Person) -> Punkt:
    """Last on the agenda, to be moved like any other item. A meeting that has one keeps it."""
    laast = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    kraev_aaben_dagsorden(laast)
    if findes := har_runde(laast):
        return findes
    kraev_plads(laast)
    sted = {"moede": laast, "forum": laast.forum, "medforum": laast.medforum, "plads": sidste_plads(laast)}
    hvad = {"niveau": Niveau.TEMA, "tilstand": Punkttilstand.PAA_DAGSORDEN, "minutter": NORMALT}
    punkt = Punkt.objects.create(foreslaaet_af=af, **som_runde(), **sted, **hvad)
    noter(af=af, navn="laeg_runde_paa", objekt=punkt, saetning=f"Runden er sat på dagsordenen: {laast.kort_navn}.")
    return punkt


@transaction.atomic
def marker_hoert(*, moede: Moede, punkt: UUID, faglighed: Faglighed, hoert: bool, af: Person) -> Punkt:
    """While the minutes are written: one profession at a time, so that two who tick never undo each other."""
    laast = laas_moede(moede, af, Handling.SKRIV_REFERAT)
    et = laast.punkter.get(noegle=punkt, er_runde=True)
    if et.hoerte.filter(pk=faglighed.pk).exists() == hoert:
        return et
    skift_moede(laast, Overgang.SKRIV)
    if hoert:
        et.hoerte.add(faglighed)
    else:
        et.hoerte.remove(faglighed)
    laast.save(update_fields=["tilstand", "tilstand_siden"])
    saetning = f"{faglighed.navn.capitalize()} har {'' if hoert else 'ikke '}haft ordet i runden."
    noter(af=af, navn="marker_hoert", objekt=et, rod=laast, saetning=saetning)
    return et
