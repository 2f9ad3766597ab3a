"""Forums for `demodata`: people, rules and delegates, through the actions by those who would do it themselves."""

from datetime import date, time
from typing import Any

from ressourcecenter.actions import deleger_deltagelse, ret_lokale_regler, tilknyt_ressourceperson
from ressourcecenter.demo.bulk import lav_mange
from ressourcecenter.models import Forum, Ressourceperson
from samarbejde import tid
from samarbejde.models import Enhed, Faglighed, Person, Rolletildeling
from samarbejde.post import regn_som_sendt
from samarbejde.skolekalender import skoleaar_for

RC, PLC, TEAM = Forum.Art.RC, Forum.Art.PLC, Forum.Art.TEAM
BEGGE = (RC, PLC)
# Unit, person, profession, forums: from the school, from fritid and from the område's support (S31).
TILKNYTTES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("hejrebakken", "p-vejleder", "inklusionsvejleder", BEGGE),
    ("hejrebakken", "p-marehalm", "AKT-vejleder", (RC,)),
    ("hejrebakken", "p-oestergren", "klubpædagog", (PLC,)),
    ("hejrebakken", "p-sundhedsplejerske", "sundhedsplejerske", (RC,)),
    ("hejrebakken", "p-kaerulv", "psykolog", (RC,)),
    ("hejrebakken", "p-fuglemark", "skolesocialrådgiver", (RC,)),
    ("stroemkajen", "p-kaerulv", "psykolog", (RC,)),
    ("stroemkajen", "p-praestemose", "tale-hørekonsulent", BEGGE),
    ("lodspynten", "p-kaerulv", "psykolog", (RC,)),
    ("kloeverdam", "p-kaerulv", "psykolog", (RC,)),
    ("kloeverdam", "p-skovklint", "støttepædagog", (RC,)),
    ("klynge-nordkaj", "p-praestemose", "tale-hørekonsulent", (TEAM,)),
)
# Centre, school, employee: another one at each of its schools (S34).
DELEGERES = (("tovrullen", "hejrebakken", "p-teamkoordinator"), ("tovrullen", "stroemkajen", "p-oestergren"))
DAGSORDEN = "- Siden sidst: hvad blev der af det, vi aftalte?\n- Dagens punkter\n- Hvem siger hvad til hvem?"
REGLER: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("hejrebakken", RC, {"kadence": "hver_3", "minutter": 120, "dagsordensskabelon": DAGSORDEN}),
    ("hejrebakken", PLC, {"ugedag": "torsdag", "begynder": time(13), "referent": "skift"}),
    ("stroemkajen", RC, {"kadence": "hver_2", "ugedag": "onsdag", "svarfrist": 3, "holdes_samlet": True}),
    ("klynge-nordkaj", TEAM, {"kadence": "kvartal", "begynder": time(9), "minutter": 120, "uger_uden_moede": 16}),
)


def lav_demo(*, distrikter: int | None = None, aar: int | None = None) -> None:
    if distrikter or aar:
        lav_mange()
    if Ressourceperson.objects.filter(person__kode__in=[person for _, person, *_ in TILKNYTTES]).exists():
        return
    dette = skoleaar_for(tid.i_dag())
    with tid.frys(tid.fra_lokal(date(dette, 8, 17), time(9))):
        for sted, person, faglighed, arter in TILKNYTTES:
            _tilknyt(sted, person, faglighed, arter)
        for center, skole, person in DELEGERES:
            deleger_deltagelse(
                center=Enhed.objects.get(kode=center),
                skole=Enhed.objects.get(kode=skole),
                person=Person.objects.get(kode=person),
                gyldig_fra=tid.i_dag(),
                af=_leder(center),
            )
        for sted, art, felter in REGLER:
            ret_lokale_regler(forum=_forum(sted, art), af=_leder(sted), version=0, **felter)
    regn_som_sendt(foer=tid.fra_lokal(date(dette, 8, 24), time(9)))


def _tilknyt(sted: str, person: str, faglighed: str, arter: tuple[str, ...]) -> None:
    tilknyt_ressourceperson(
        fora=[_forum(sted, art) for art in arter],
        person=Person.objects.get(kode=person),
        faglighed=Faglighed.objects.get(navn=faglighed),
        gyldig_fra=tid.i_dag(),
        gyldig_til=None,
        af=_leder(sted),
    )


def _forum(sted: str, art: str) -> Forum:
    return Forum.objects.select_related("enhed").get(enhed__kode=sted, art=art)


def _leder(sted: str) -> Person:
    enhed = Enhed.objects.get(kode=sted)
    ledere = Rolletildeling.objects.gaeldende().med_rolle(enhed.lederrolle).filter(content_object=enhed)
    return ledere.select_related("user")[0].user
