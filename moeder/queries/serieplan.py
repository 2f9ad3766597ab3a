"""What a rhythm would do to a series: the same answer on the page that shows it and under the lock that does it (S43).

Only reservations that still follow the series are changed. What is called, held, cancelled or moved by itself stays.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef

from moeder.models import Anmodning, Moede, Punkt, Serie
from moeder.rytme import UGER_IMELLEM, Dag, Rytme, dage, naerhed
from moeder.states import AABNE_PUNKTER, LOVET, Tilstand
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.formater import dato_uden_ugedag, klokken, uge
from samarbejde.kalender import ferier

PASSERET = "Datoen er passeret"
STAAR = {
    Tilstand.INDKALDT: "Der er indkaldt til mødet",
    Tilstand.AFLYST: "Mødet er aflyst",
    Tilstand.IKKE_AFHOLDT: "Mødet blev ikke holdt",
}
VENTER_PAA_DET = "Der venter punkter eller anmodninger på mødet. Aflys det for sig, hvis det ikke skal holdes"


@dataclass(frozen=True)
class Mulighed:
    """A day that can be chosen, or that cannot be (`er_laast`) and why."""

    dag: date
    hvorfor_ikke: str = ""
    er_laast: bool = False


@dataclass
class Serieplan:
    """`flyttes` has the meetings that get a day, perhaps the one they have."""

    flyttes: list[tuple[Moede, date]] = field(default_factory=list)
    nye: list[date] = field(default_factory=list)
    aflyses: list[Moede] = field(default_factory=list)
    roeres_ikke: list[tuple[Moede, str]] = field(default_factory=list)


Moedetider = dict[date, datetime]


def moedetider(fora: Iterable[Forum], noegle: UUID) -> dict[int, Moedetider]:
    """When each forum meets already. What the same form has made is no hindrance: it was sent twice. One query."""
    andre = Moede.objects.filter(forum__in=list(fora), begynder__gte=tid.nu()).exclude(tilstand=Tilstand.AFLYST)
    tider: dict[int, Moedetider] = defaultdict(dict)
    raekker = andre.exclude(serie__noegle=noegle).order_by("-begynder").values_list("forum", "begynder")
    for forum_id, begynder in raekker:
        tider[forum_id][tid.lokal(begynder).date()] = begynder
    return tider


def nye_muligheder(rytme: Rytme, begynder: time, moedes: Moedetider) -> list[Mulighed]:
    """For a new series: a day on which the forum meets already is possible, and said."""
    return [_ny_mulighed(en, begynder, moedes.get(en.dag)) for en in dage(rytme, ferier())]


def _ny_mulighed(en: Dag, begynder: time, moedes: datetime | None) -> Mulighed:
    if er_passeret(en.dag, begynder):
        return Mulighed(en.dag, PASSERET, er_laast=True)
    if moedes:
        samme_tid = moedes == tid.fra_lokal(en.dag, begynder)
        return Mulighed(en.dag, f"I har allerede et møde den dag kl. {klokken(moedes)}", er_laast=samme_tid)
    return Mulighed(en.dag, en.hvorfor_ikke)


def rettede_muligheder(rytme: Rytme, begynder: time, moeder: Iterable[Moede]) -> list[Mulighed]:
    """For the rest of a series, beside its meetings that stay as they are."""
    staar = [moede for moede in moeder if hvorfor_urort(moede, rytme.fra)]
    optagne = {moede.serie_dag: hvorfor_urort(moede, rytme.fra) for moede in staar if moede.serie_dag}
    return [_rettet_mulighed(en, begynder, optagne, _naere(staar, rytme), rytme) for en in dage(rytme, ferier())]


def _naere(staar: Iterable[Moede], rytme: Rytme) -> dict[tuple[int, int], str]:
    """The weeks, or months, that have their meeting already, or in which it was called off."""
    naere: dict[tuple[int, int], str] = {}
    for moede in staar:
        sted = naerhed(rytme.kadence, moede.dag)
        hvor = uge(moede.dag) if rytme.kadence in UGER_IMELLEM else "den måned"
        if moede.tilstand != Tilstand.AFLYST:
            naere[sted] = f"I har allerede et møde i {hvor}"
        elif moede.serie_dag:
            naere.setdefault(sted, f"I har aflyst mødet i {hvor}")
    return naere


def _rettet_mulighed(en: Dag, begynder: time, optagne: dict, naere: dict, rytme: Rytme) -> Mulighed:
    if er_passeret(en.dag, begynder):
        return Mulighed(en.dag, PASSERET, er_laast=True)
    if en.dag in optagne:
        return Mulighed(en.dag, optagne[en.dag], er_laast=True)
    return Mulighed(en.dag, en.hvorfor_ikke or naere.get(naerhed(rytme.kadence, en.dag), ""))


def er_passeret(dag: date, begynder: time) -> bool:
    return tid.fra_lokal(dag, begynder) <= tid.nu()


def seriens_moeder(serie: Serie) -> list[Moede]:
    """All of them, each saying in `venter_paa_det` whether items or requests hang on it. One query."""
    punkter = Punkt.objects.filter(moede=OuterRef("pk"), tilstand__in=AABNE_PUNKTER)
    anmodninger = Anmodning.objects.filter(moede=OuterRef("pk"), tilstand__in=LOVET)
    moeder = Moede.objects.filter(serie=serie).annotate(venter_paa_det=Exists(punkter) | Exists(anmodninger))
    return list(moeder.select_related("forum__enhed", "medforum").order_by("begynder", "pk"))


def hvorfor_urort(moede: Moede, fra: date) -> str:
    """Why the series leaves this meeting alone; empty when it follows the series."""
    if moede.tilstand != Tilstand.RESERVERET:
        return STAAR.get(Tilstand(moede.tilstand), "Mødet er holdt")
    if moede.er_flyttet_alene or not moede.serie_dag:
        return f"Mødet er flyttet for sig til {dato_uden_ugedag(moede.dag)}"
    if moede.er_begyndt():
        return PASSERET
    return f"Ligger før {dato_uden_ugedag(fra)}" if moede.dag < fra else ""


def laeg_plan(moeder: Iterable[Moede], rytme: Rytme, valgte: Iterable[date]) -> Serieplan:
    """A day goes to the reservation of that day, else to one of the same week or month; the rest are superfluous."""
    moeder = list(moeder)
    fri = {moede.serie_dag: moede for moede in moeder if not hvorfor_urort(moede, rytme.fra)}
    plan = Serieplan(roeres_ikke=[(m, grund) for m in moeder if (grund := hvorfor_urort(m, rytme.fra))])
    valgte = sorted(valgte)
    plan.flyttes = [(fri.pop(dag), dag) for dag in valgte if dag in fri]
    samme_dag = {dag for _, dag in plan.flyttes}
    for dag in valgte:
        if dag in samme_dag:
            continue
        naer = [d for d in fri if naerhed(rytme.kadence, d) == naerhed(rytme.kadence, dag)]
        if naer:
            plan.flyttes.append((fri.pop(min(naer, key=lambda d: abs(d - dag))), dag))
        else:
            plan.nye.append(dag)
    plan.aflyses = [moede for moede in fri.values() if not moede.venter_paa_det]
    plan.roeres_ikke += [(moede, VENTER_PAA_DET) for moede in fri.values() if moede.venter_paa_det]
    plan.flyttes.sort(key=lambda par: par[1])
    return plan
