"""Forums in bulk for measuring (`demodata --distrikter N`): not through the actions, and never in a real site.

A Ressourcecenter is as large as the goals for speed are stated on: forty people with its leader and coordinators.
"""

from collections import defaultdict
from itertools import count
from typing import Any

from django.db import transaction

from ressourcecenter.actions.fora import STAAENDE
from ressourcecenter.models import Delegation, Forum, LokaleRegler, Ressourceperson
from samarbejde.demo.maengde import PRAEFIKS
from samarbejde.models import Enhed, Enhedstilknytning, Faglighed, Rolletildeling
from samarbejde.permissions import Rolle

Tilhoer = Ressourceperson.Tilhoersforhold
FRA_SKOLEN, FRA_FRITID, FRA_OMRAADET, I_PLC = 8, 10, 19, 8
Ansat = tuple[int, int, Any]  # person, unit, first day


def lav_mange() -> None:
    """Forums of the bulk units, people for those that have none."""
    enheder = Enhed.objects.filter(kode__startswith=PRAEFIKS)
    with transaction.atomic():
        _lav_fora(enheder.filter(art__in=STAAENDE))
        tomme = Forum.objects.filter(enhed__in=enheder, ressourcepersoner=None)
        skoler = list(enheder.filter(pk__in=tomme.filter(art=Forum.Art.RC).values("enhed")))
        _lav_personer(skoler, _ansatte(enheder), _fritid(enheder))


def _lav_fora(enheder: Any) -> None:
    Forum.objects.bulk_create(
        (
            Forum(enhed=enhed, art=art, raekkefoelge=nummer)
            for enhed in enheder
            for nummer, art in enumerate(STAAENDE[enhed.art])
        ),
        ignore_conflicts=True,
        batch_size=2_000,
    )


def _ansatte(enheder: Any) -> dict[int, list[Ansat]]:
    ansatte: dict[int, list[Ansat]] = defaultdict(list)
    roller = Rolletildeling.objects.med_rolle(Rolle.MEDARBEJDER).filter(content_object__in=enheder).order_by("pk")
    for person, enhed, fra in roller.values_list("user_id", "content_object_id", "gyldig_fra"):
        ansatte[enhed].append((person, enhed, fra))
    return ansatte


def _fritid(enheder: Any) -> dict[int, list[Enhed]]:
    """School -> its fritidsinstitution and centre."""
    fritid: dict[int, list[Enhed]] = defaultdict(list)
    for link in Enhedstilknytning.objects.filter(til__in=enheder, til__art=Enhed.Art.SKOLE).select_related("enhed"):
        fritid[link.til_id].append(link.enhed)
    return fritid


def _lav_personer(skoler: list[Enhed], ansatte: dict[int, list[Ansat]], fritid: dict[int, list[Enhed]]) -> None:
    fora = {(forum.enhed_id, forum.art): forum for forum in Forum.objects.filter(enhed__in=skoler)}
    stoette = _stoette(skoler, ansatte)
    fagligheder, nummer = list(Faglighed.objects.values_list("pk", flat=True)), count()
    nye, regler = [], []
    for skole in skoler:
        rc, plc = fora[skole.pk, Forum.Art.RC], fora[skole.pk, Forum.Art.PLC]
        fra_fritid = [en for enhed in fritid[skole.pk] for en in ansatte[enhed.pk]][:FRA_FRITID]
        folk = [(Tilhoer.SKOLE, en) for en in ansatte[skole.pk][:FRA_SKOLEN]]
        folk += [(Tilhoer.FRITID, en) for en in fra_fritid]
        folk += [(Tilhoer.EKSTERN, en) for en in stoette[skole.pk][:FRA_OMRAADET]]
        for forum, deltagere in ((rc, folk), (plc, folk[:I_PLC])):
            for hoerer_til, (person, enhed, fra) in deltagere:
                felter = {"tilhoersforhold": hoerer_til, "person_id": person, "enhed_id": enhed, "gyldig_fra": fra}
                felter["faglighed_id"] = fagligheder[next(nummer) % len(fagligheder)]
                nye.append(Ressourceperson(forum=forum, **felter))
        regler.append(LokaleRegler(forum=rc, kadence=LokaleRegler.Kadence.HVER_3, dagsordensskabelon="- Siden sidst"))
    Ressourceperson.objects.bulk_create(nye, batch_size=2_000)
    LokaleRegler.objects.bulk_create(regler, batch_size=2_000)
    _delegationer(skoler, fritid, ansatte)


def _stoette(skoler: list[Enhed], ansatte: dict[int, list[Ansat]]) -> dict[int, list[Ansat]]:
    """School -> the support of its område, by the district they lie in."""
    omraade: dict[int, int] = {}
    links = Enhed.objects.filter(pk__in=[skole.pk for skole in skoler], distrikter__enheder__art=Enhed.Art.OMRAADE)
    for skole, over in links.values_list("pk", "distrikter__enheder__pk"):
        if ansatte.get(over) and over != skole:
            omraade[skole] = over
    return {skole.pk: ansatte.get(omraade.get(skole.pk, 0), []) for skole in skoler}


def _delegationer(skoler: list[Enhed], fritid: dict[int, list[Enhed]], ansatte: dict[int, list[Ansat]]) -> None:
    """The first employee of the centre at each of its schools, by the centre's leader (S34)."""
    ledere = Rolletildeling.objects.med_rolle(Rolle.FRITIDSLEDER).filter(content_object__art=Enhed.Art.FRITIDSCENTER)
    leder = dict(ledere.values_list("content_object_id", "user_id"))
    par = [(skole, en) for skole in skoler for en in fritid[skole.pk] if en.art == Enhed.Art.FRITIDSCENTER]
    Delegation.objects.bulk_create(
        Delegation(
            center=center,
            skole=skole,
            person_id=ansatte[center.pk][0][0],
            delegeret_af_id=leder[center.pk],
            gyldig_fra=ansatte[center.pk][0][2],
        )
        for skole, center in par
        if ansatte[center.pk]
    )
