"""Changing the rest of a series from a day on (S43): what is called, held or moved by itself is never touched."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.faste import ret_listerne_ind
from moeder.actions.serie import gem_moeder, kontroller_dage, kontroller_rytme, kontroller_tiden, lav_moeder
from moeder.models import Deltager, Moede, Serie
from moeder.queries.serieplan import Serieplan, laeg_plan, rettede_muligheder, seriens_moeder
from moeder.rytme import Rytme
from moeder.states import MED, Overgang
from samarbejde import tid
from samarbejde.formater import dato, dato_uden_ugedag, tidspunkt
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.roller import glem_roller
from samarbejde.skolekalender import skoleaar_navn
from samarbejde.spor import noter_mange
from samarbejde.tilstande import skift

FELTER = ("kadence", "ugedag", "fra", "til_og_med", "uden_uger", "begynder", "minutter", "sted", "link")
MOEDEFELTER = ["serie_dag", "begynder", "slutter", "sted", "link", "sekvens", "version"]
AFLYSTE = ["serie_dag", "tilstand", "tilstand_siden", "aflyst_grund", "sekvens", "version"]


@transaction.atomic
def ret_serie(
    *,
    serie: Serie,
    rytme: Rytme,
    begynder: time,
    minutter: int,
    sted: str,
    link: str,
    dage: tuple[date, ...],
    version: int,
    af: Person,
) -> Serie:
    """From `rytme.fra` on, to `rytme.til_og_med`, which may be sooner or later than it was; the right is that of
    moving and cancelling one meeting.

    A save of what is already so is no change; one that saw an older series is refused.
    """
    laast, moeder = _laas_serie(serie, af)
    _kontroller(laast, moeder, rytme, begynder, minutter, dage)
    plan = laeg_plan(moeder, rytme, dage)
    foer = {felt: getattr(laast, felt) for felt in FELTER}
    rytmens = (rytme.kadence, rytme.ugedag, rytme.fra, rytme.til_og_med, sorted(rytme.uden_uger))
    nu = dict(zip(FELTER, (*rytmens, begynder, minutter, sted, link), strict=True))
    if foer == nu and not _aendrer(plan):
        return laast
    if version != laast.version:
        raise ValidationError("En anden har rettet møderækken, mens du så på den. Se den igennem, og gem igen.")
    for felt, vaerdi in nu.items():
        setattr(laast, felt, vaerdi)
    laast.version += 1
    laast.save()
    _udfoer(laast, plan, foer, af)
    return laast


def _laas_serie(serie: Serie, af: Person) -> tuple[Serie, list[Moede]]:
    """The series first, then its meetings, as every action on one of them locks its row."""
    laast = Serie.objects.select_for_update(of=("self",)).select_related("forum__enhed", "medforum").get(pk=serie.pk)
    list(Moede.objects.select_for_update().filter(serie=laast).order_by("pk").values_list("pk", flat=True))
    glem_roller()
    kraev_ret(af, Handling.INDKALD, laast)
    return laast, seriens_moeder(laast)


def _kontroller(
    serie: Serie, moeder: list[Moede], rytme: Rytme, begynder: time, minutter: int, dage: tuple[date, ...]
) -> None:
    kontroller_rytme(rytme)
    kontroller_tiden(begynder, minutter)
    if rytme.skoleaar != serie.skoleaar:
        aar = skoleaar_navn(serie.skoleaar)
        raise ValidationError({"fra": f"Møderækken gælder skoleåret {aar}. Vælg en dato i det skoleår."})
    fri = {en.dag for en in rettede_muligheder(rytme, begynder, moeder) if not en.er_laast}
    if dage or fri:  # a series that ends now has no day left
        kontroller_dage(dage, serie.skoleaar, begynder)
    if andre := sorted(set(dage) - fri):
        raise ValidationError(f"{dato(andre[0]).capitalize()} kan ikke vælges mere. Se datoerne igennem, og gem igen.")


def _aendrer(plan: Serieplan) -> bool:
    return bool(plan.nye or plan.aflyses or any(moede.serie_dag != dag for moede, dag in plan.flyttes))


def _udfoer(serie: Serie, plan: Serieplan, foer: dict[str, Any], af: Person) -> None:
    rettede = [moede for moede, dag in plan.flyttes if _ret(moede, dag, serie, foer)]
    Moede.objects.bulk_update(rettede, MOEDEFELTER)
    for moede in plan.aflyses:
        _aflys(moede, serie)
    Moede.objects.bulk_update(plan.aflyses, AFLYSTE)
    nye = lav_moeder(serie, plan.nye, af)
    gem_moeder(nye)
    ret_listerne_ind(Moede.objects.filter(pk__in=[moede.pk for moede in rettede]))
    slut = _ny_slutdato(serie, foer)
    noter_mange(af=af, navn="ret_serie", noter=_spor(serie, slut, rettede, plan.aflyses, nye))
    _fortael(serie, [*rettede, *plan.aflyses, *nye], af)


def _ret(moede: Moede, dag: date, serie: Serie, foer: dict[str, Any]) -> bool:
    """Whether anything changed. A place, link or length that is this meeting's own stays its own."""
    minutter = serie.minutter if moede.minutter == foer["minutter"] else moede.minutter
    begynder = tid.fra_lokal(dag, serie.begynder)
    nyt = {"serie_dag": dag, "begynder": begynder, "slutter": begynder + timedelta(minutes=minutter)}
    nyt |= {felt: getattr(serie, felt) for felt in ("sted", "link") if getattr(moede, felt) == foer[felt]}
    if all(getattr(moede, felt) == vaerdi for felt, vaerdi in nyt.items()):
        return False
    for felt, vaerdi in nyt.items():
        setattr(moede, felt, vaerdi)
    moede.sekvens, moede.version = moede.sekvens + 1, moede.version + 1
    return True


def _aflys(moede: Moede, serie: Serie) -> None:
    """Its day is free for the series again: nothing is deleted."""
    skift(moede, Overgang.AFLYS)
    moede.serie_dag, moede.tilstand_siden = None, tid.nu()
    moede.aflyst_grund = f"Møderækken er ændret fra {dato_uden_ugedag(serie.fra)}."
    if moede.dag > serie.til_og_med:
        moede.aflyst_grund = f"Møderækken slutter nu {dato_uden_ugedag(serie.til_og_med)}."
    moede.sekvens, moede.version = moede.sekvens + 1, moede.version + 1


def _ny_slutdato(serie: Serie, foer: dict[str, Any]) -> str:
    if serie.til_og_med == foer["til_og_med"]:
        return ""
    return f" Den slutter nu {dato_uden_ugedag(serie.til_og_med)} og ikke {dato_uden_ugedag(foer['til_og_med'])}."


def _spor(
    serie: Serie, slut: str, rettede: list[Moede], aflyste: list[Moede], nye: list[Moede]
) -> Iterator[tuple[Any, Any, str]]:
    yield serie, serie.forum, f"{serie.navn}: rækken er ændret fra {dato_uden_ugedag(serie.fra)}.{slut}"
    for moede in rettede:
        yield moede, moede, f"Mødet følger den ændrede møderække og er nu {tidspunkt(moede.begynder)}."
    for moede in aflyste:
        yield moede, moede, f"Mødet er aflyst: {moede.aflyst_grund}"
    for moede in nye:
        yield moede, moede, f"Mødet {dato(moede.dag)} er reserveret i kalenderen."


def _fortael(serie: Serie, moeder: list[Moede], af: Person) -> None:
    """One mail a person for the whole change."""
    deltagere = Deltager.objects.filter(moede__in=moeder, person__isnull=False, tilstand__in=MED).exclude(person=af)
    for person in Person.objects.filter(pk__in=deltagere.values("person")).order_by("pk"):
        underret(
            til=person,
            emne=f"Møder i skoleåret {skoleaar_navn(serie.skoleaar)} er ændret",
            tekst=f"{serie.navn}: møderne fra {dato_uden_ugedag(serie.fra)} er ændret. De nye datoer står på siden.",
            adresse=serie.get_absolute_url(),
            noegle=f"serie:{serie.pk}:{serie.version}:{person.pk}",
        )
