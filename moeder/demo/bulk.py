"""Bulk meetings for measuring: `demodata --distrikter N --aar N`. Not through the actions, and never in a real site:
twenty meetings a school and year; the next one to come has the twenty items and twenty-five people that the goals for
speed are stated on.
"""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db import transaction

from moeder.deltagelse import faste_deltagere
from moeder.models import Deltager, Moede, Opgave, Punkt
from moeder.models.faelles import Niveau
from moeder.models.moede import Formaal
from moeder.states import Deltagelse, Opgavetilstand, Punkttilstand, Tilstand
from ressourcecenter.models import Forum, Ressourceperson
from samarbejde import tid
from samarbejde.demo.maengde import PRAEFIKS
from samarbejde.models import Person
from samarbejde.skolekalender import foerste_dag, skoleaar_for

MOEDER_PR_AAR, PUNKTER_PR_MOEDE = 20, 3
STORT_PUNKTER, STORT_DELTAGERE = 20, 25
EMNER = ("Overgange", "Fælles sprog", "Frikvarterer", "Trivsel i 4. klasse", "Åben skole", "Klubtilbud")
HALVANDEN_TIME = timedelta(minutes=90)


def lav_mange(antal_aar: int) -> None:
    """For every Ressourcecenter of the bulk data without meetings."""
    fora = Forum.objects.filter(enhed__kode__startswith=PRAEFIKS, art=Forum.Art.RC).order_by("pk")
    fora = fora.exclude(pk__in=Moede.objects.values("forum")).select_related("enhed")
    for nummer, forum in enumerate(fora, start=1):
        with transaction.atomic():
            _lav_forum(forum, antal_aar)
        if nummer % 10 == 0:
            print(f"  møder for {nummer} skoler")


def _lav_forum(forum: Forum, antal_aar: int) -> None:
    folk = {en.person_id: en for en in Ressourceperson.objects.filter(forum=forum).select_related("person")}
    leder = next((d.person for d in faste_deltagere([Moede(forum=forum, begynder=tid.nu())]) if d.person), None)
    if leder is None:
        return
    moeder = Moede.objects.bulk_create(_moeder(forum, antal_aar, leder), batch_size=2_000)
    deltagere = faste_deltagere(moeder)
    stort = next((moede for moede in moeder if moede.begynder > tid.nu()), None)
    if stort is not None:
        deltagere += _mange_deltagere(stort, list(folk.values()), {d.person_id for d in deltagere if d.moede == stort})
    for deltager in deltagere:
        _svar(deltager)
    Deltager.objects.bulk_create(deltagere, batch_size=2_000)
    punkter = Punkt.objects.bulk_create(_punkter(moeder, stort, leder), batch_size=2_000)
    Opgave.objects.bulk_create(_opgaver(punkter, leder), batch_size=2_000)


def _moeder(forum: Forum, antal_aar: int, leder: Person) -> list[Moede]:
    dette = skoleaar_for(tid.i_dag())
    dage = (
        foerste_dag(aar) + timedelta(days=10 + 14 * nummer)
        for aar in range(dette - antal_aar + 1, dette + 1)
        for nummer in range(MOEDER_PR_AAR)
    )
    return [_moede(forum, dag, leder) for dag in dage]


def _moede(forum: Forum, dag: date, leder: Person) -> Moede:
    begynder = tid.fra_lokal(dag, time(8, 30))
    er_holdt = begynder < tid.nu()
    return Moede(
        forum=forum,
        begynder=begynder,
        slutter=begynder + HALVANDEN_TIME,
        tilstand=Tilstand.REFERAT_LUKKET if er_holdt else Tilstand.INDKALDT,
        tilstand_siden=_indkaldt(begynder),
        indkaldt_den=_indkaldt(begynder),
        formaal=[Formaal.SPARRING.value],
        sted="Lokale 12",
        oprettet_af=leder,
    )


def _indkaldt(begynder: datetime) -> datetime:
    return min(begynder - timedelta(days=7), tid.nu())


def _mange_deltagere(moede: Moede, folk: list[Ressourceperson], kendte: set[int | None]) -> list[Deltager]:
    nye = [en for en in folk if en.person_id not in kendte][: STORT_DELTAGERE - len(kendte)]
    return [
        Deltager(
            moede=moede,
            art=Deltager.Art.RESSOURCEPERSON,
            enhed_id=en.enhed_id,
            person=en.person,
            grund="ressourceperson",
        )
        for en in nye
    ]


def _svar(deltager: Deltager) -> None:
    """All have answered, so that what waits for the leaders is no more than in a real year."""
    deltager.indkaldt_den = deltager.moede.indkaldt_den
    if deltager.person_id:
        er_holdt = deltager.moede.tilstand == Tilstand.REFERAT_LUKKET
        deltager.tilstand = Deltagelse.DELTOG if er_holdt else Deltagelse.ACCEPTERET


def _punkter(moeder: list[Moede], stort: Moede | None, leder: Person) -> list[Punkt]:
    nummer = count()
    return [
        Punkt(
            moede=moede,
            forum=moede.forum,
            plads=plads,
            tilstand=_punkttilstand(moede),
            niveau=Niveau.TEMA,
            titel=f"{EMNER[next(nummer) % len(EMNER)]} {plads + 1}",
            spoergsmaal="Hvad virker, og hvad gør vi næste gang?",
            minutter=5,
            ansvarlig=leder,
            foreslaaet_af=leder,
            foreslaaet_for_id=moede.forum.enhed_id,
        )
        for moede in moeder
        for plads in range(STORT_PUNKTER if moede == stort else PUNKTER_PR_MOEDE)
    ]


def _punkttilstand(moede: Moede) -> Any:
    return Punkttilstand.BEHANDLET if moede.tilstand == Tilstand.REFERAT_LUKKET else Punkttilstand.PAA_DAGSORDEN


def _opgaver(punkter: list[Punkt], leder: Person) -> list[Opgave]:
    """One a held meeting, finished long ago."""
    behandlede = [punkt for punkt in punkter if punkt.plads == 0 and punkt.tilstand == Punkttilstand.BEHANDLET]
    return [
        Opgave(
            punkt=punkt,
            tekst="Aftal besøg med fritidscentret",
            ansvarlig=leder,
            enhed_id=punkt.forum.enhed_id,
            frist=punkt.moede.dag + timedelta(days=30),
            tilstand=Opgavetilstand.AFSLUTTET,
            oprettet_af=leder,
        )
        for punkt in behandlede
        if punkt.moede
    ]
