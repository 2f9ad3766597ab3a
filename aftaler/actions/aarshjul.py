"""The dates of the agreement's year, edited by forvaltning (D3, decisions 9 and 14)."""

from datetime import date
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.aarshjul import DATOER, glem_aarshjul, standard
from aftaler.aarshjulsdatoer import Aarshjulsdatoer
from samarbejde.formater import dato_uden_ugedag, opremsning
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.skolekalender import foerste_dag, sidste_dag, skoleaar_navn
from samarbejde.spor import noter

FOER = "Datoen skal ligge efter «{}». Ret en af dem."


@transaction.atomic
def ret_aarshjul(
    *, skoleaar: int, version: int, kladde_aabner: date, frist: date, midtvejs: date, evaluering: date, af: Person
) -> Aarshjulsdatoer:
    """Version 0 is the default that nobody has corrected; a stale form is refused with what holds now."""
    glem_roller()
    kraev_ret(af, Handling.RET_AARSHJUL, HELE_KOMMUNEN)
    nye = {"kladde_aabner": kladde_aabner, "frist": frist, "midtvejs": midtvejs, "evaluering": evaluering}
    raekke, er_ny = Aarshjulsdatoer.objects.select_for_update().get_or_create(
        skoleaar=skoleaar, defaults={**standard(skoleaar), "version": 0}
    )
    foer = {felt: getattr(raekke, felt) for felt in DATOER}
    if nye == foer:
        if er_ny:
            raekke.delete()
        return raekke
    if version != raekke.version:
        raise ValidationError(_rettet(raekke))
    _kontroller(skoleaar, nye)
    for felt, dag in nye.items():
        setattr(raekke, felt, dag)
    raekke.version += 1
    raekke.save()
    saetning = f"Datoerne i årshjulet for {skoleaar_navn(skoleaar)} er rettet."
    aendret = {felt: (foer[felt], nye[felt]) for felt in DATOER if foer[felt] != nye[felt]}
    noter(af=af, navn="ret_aarshjul", objekt=raekke, saetning=saetning, felter=aendret)
    glem_aarshjul()
    transaction.on_commit(glem_aarshjul)
    return raekke


def _navn(felt: str) -> str:
    return str(Aarshjulsdatoer._meta.get_field(felt).verbose_name)


def _rettet(raekke: Aarshjulsdatoer) -> str:
    nu = opremsning(f"{_navn(felt)} {dato_uden_ugedag(getattr(raekke, felt))}" for felt in DATOER)
    return f"En anden har rettet datoerne, mens du skrev. Nu er de: {nu}. Åbn siden igen, hvis de skal rettes."


def _kontroller(skoleaar: int, nye: dict[str, date]) -> None:
    for foerst, sidst in pairwise(DATOER):
        if nye[sidst] <= nye[foerst]:
            raise ValidationError({sidst: FOER.format(_navn(foerst).capitalize())})
    if not foerste_dag(skoleaar - 1) <= nye["kladde_aabner"]:
        raise ValidationError({"kladde_aabner": "Kladden kan tidligst åbne i skoleåret før. Vælg en senere dag."})
    aaret = f"Vælg en dag i skoleåret {skoleaar_navn(skoleaar)}."
    for felt in DATOER[1:]:
        if not foerste_dag(skoleaar) <= nye[felt] <= sidste_dag(skoleaar):
            raise ValidationError({felt: aaret})
