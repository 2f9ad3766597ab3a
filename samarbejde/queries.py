"""What the foundation's pages read: each with a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, Q, QuerySet, Value, When

from samarbejde import stik
from samarbejde.forespoergsel import hent
from samarbejde.formater import sorter_dansk
from samarbejde.models import Besked, Enhed, Feriedag, Haendelse, Person, Skoledistrikt
from samarbejde.permissions import Handling, Relation, Rolle
from samarbejde.roller import SELV, mine_roller
from samarbejde.skridt import Skridt


# --- the start page ----------------------------------------------------------------------------------------------
def ventende(person: Person) -> tuple[list[Skridt], list[Skridt]]:
    """What waits for the person, and what waits for others; the nearest deadline first."""
    alle = sorted((skridt for plug in stik.din_tur for skridt in plug(person)), key=_haster_mest)
    return [skridt for skridt in alle if skridt.er_min], [skridt for skridt in alle if not skridt.er_min]


def _haster_mest(skridt: Skridt) -> tuple[date, date]:
    return skridt.frist or date.max, skridt.siden or date.max


def mine_distrikter(person: Person) -> QuerySet[Skoledistrikt]:
    """The districts the person works in; for the whole municipality there is the overview."""
    synlige = Skoledistrikt.objects.synlige_for(person, Handling.SE_DISTRIKT).gaeldende()
    return synlige.filter(pk__in=mine_roller(person).distrikter)


def mine_steder(person: Person) -> tuple[list[tuple[Enhed, list[str]]], list[Skoledistrikt]]:
    """Each unit at which the person holds a role, with the titles, and the districts the person works in; one query."""
    mine = mine_roller(person)
    mine_enheder, egne_distrikter = [], []
    for er_enhed, pk, navn, slug, art, ejerform in sorter_dansk(hent(_steder, person), key=lambda raekke: raekke[2]):
        if not er_enhed:
            egne_distrikter.append(Skoledistrikt(pk=pk, navn=navn, slug=slug))
        elif titler := _titler(
            enhed := Enhed(pk=pk, navn=navn, slug=slug, art=art, ejerform=ejerform), mine.enheder[pk]
        ):
            mine_enheder.append((enhed, titler))
    return mine_enheder, egne_distrikter


def _steder(person: Person) -> QuerySet[Any, Any]:
    enheder = Enhed.objects.filter(pk__in=mine_roller(person).enheder).order_by()
    distrikter = mine_distrikter(person).order_by()
    intet = Value("", CharField())
    return enheder.values_list(Value(1), "pk", "navn", "slug", "art", "ejerform").union(
        distrikter.values_list(Value(0), "pk", "navn", "slug", intet, intet), all=True
    )


def _titler(enhed: Enhed, roller: frozenset[Rolle | Relation]) -> list[str]:
    return sorted(_titel(enhed, rolle, roller) for rolle in roller if isinstance(rolle, Rolle))


def _titel(enhed: Enhed, rolle: Rolle, roller: frozenset[Rolle | Relation]) -> str:
    if rolle != enhed.lederrolle:
        return rolle.label
    er_selv = rolle not in SELV or Relation.LEDER_SELV in roller
    return enhed.ledertitel if er_selv else f"{enhed.ledertitel} i leders fravær"


# --- the audit trail ---------------------------------------------------------------------------------------------
PR_SIDE = 50


@dataclass(frozen=True)
class Linje:
    """One event as `komponenter/historik.html` shows it."""

    tid: datetime
    af: str
    saetning: str
    aendringer: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Haendelsesside:
    """A page of events and the number to go on from; counting 70,000 rows would cost more than reading 50."""

    linjer: list[Linje]
    videre_fra: int | None


def historik(rod: models.Model, antal: int = PR_SIDE) -> list[Linje]:
    """What happened to one object, newest first; one query. The caller has the right to read the object."""
    return [_linje(raekke) for raekke in hent(_senest, None, rod._meta.model_name, antal, rod=rod.pk)]


def _senest(_: None, rod_art: str, antal: int, rod: int) -> QuerySet[Haendelse]:
    return _kun_det_viste(Haendelse.objects.filter(rod_art=rod_art, rod_id=rod))[:antal]


def haendelser_for(person: Person, art: str = "", foer: int | None = None) -> Haendelsesside:
    """What changed in all that the person may read, newest first; `art` keeps one kind of object."""
    plugs = [(rod_art, plug(person)) for rod_art, plug in stik.spor.items() if art in {"", rod_art}]
    graense = Q(pk__lt=foer) if foer else Q()
    if mine_roller(person).globale:
        raekker = Haendelse.objects.filter(graense, _taet(plugs))
    else:
        raekker = Haendelse.objects.filter(pk__in=_spredt(plugs, graense))
    side = list(_kun_det_viste(raekker)[: PR_SIDE + 1])
    return Haendelsesside([_linje(r) for r in side[:PR_SIDE]], side[PR_SIDE - 1].pk if len(side) > PR_SIDE else None)


Plugs = list[tuple[str, QuerySet[Any]]]


def _taet(plugs: Plugs) -> Case:
    """For those who see nearly everything: walk from the newest and stop at fifty. A CASE is opaque to the planner,
    which would else gather and sort all 70,000.
    """
    hvornaar = [
        When(rod_art=rod_art, then=ExpressionWrapper(Q(rod_id__in=synlige), BooleanField()))
        for rod_art, synlige in plugs
    ]
    return Case(*hvornaar, default=Value(False), output_field=BooleanField())


def _spredt(plugs: Plugs, graense: Q) -> QuerySet[Any]:
    """For those who see a little among much: the newest of each kind by the index on the root, then fifty of all."""
    arter = [
        Haendelse.objects.filter(graense, rod_art=rod_art, rod_id__in=synlige).order_by().values("pk")
        for rod_art, synlige in plugs
    ]
    foerste, *resten = arter
    return foerste.union(*resten, all=True).order_by("-pk")[: PR_SIDE + 1]


def _kun_det_viste(raekker: QuerySet[Haendelse]) -> QuerySet[Haendelse]:
    return raekker.only("skete_den", "af_navn", "data").order_by("-pk")


def _linje(h: Haendelse) -> Linje:
    aendringer = [(felt.replace("_", " ").capitalize(), fra, til) for felt, fra, til in h.aendringer]
    return Linje(tid=h.skete_den, af=h.af_navn, saetning=h.saetning, aendringer=aendringer)


def _enhedsspor(person: Person) -> QuerySet[Any]:
    return Enhed.objects.synlige_for(person, Handling.SE_ENHED).order_by().values("pk")


def _distriktsspor(person: Person) -> QuerySet[Any]:
    return Skoledistrikt.objects.synlige_for(person, Handling.SE_DISTRIKT).order_by().values("pk")


def _personspor(person: Person) -> QuerySet[Any]:
    """Accounts are the administrator's; everybody may see what was done to their own."""
    if Rolle.ADMINISTRATOR in mine_roller(person).globale:
        return Person.objects.order_by().values("pk")
    return Person.objects.filter(pk=person.pk).order_by().values("pk")


def _feriespor(person: Person) -> QuerySet[Any]:
    """The holidays of the municipality are everybody's."""
    return Feriedag.objects.order_by().values("pk")


SPOR = {"enhed": _enhedsspor, "skoledistrikt": _distriktsspor, "person": _personspor, "feriedag": _feriespor}


def haendelsesarter() -> dict[str, str]:
    """The kinds of object that have a trail, as they are called in a list."""
    navne = {model._meta.model_name: str(model._meta.verbose_name).capitalize() for model in apps.get_models()}
    return {art: navne.get(art, art.capitalize()) for art, _ in stik.spor.items()}


# --- mail --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Postside:
    beskeder: list[Besked]
    videre_fra: int | None


def postside(beskeder: QuerySet[Besked], foer: int | None) -> Postside:
    """Fifty mails, newest first, and the number to go on from."""
    if foer:
        beskeder = beskeder.filter(pk__lt=foer)
    side = list(beskeder.order_by("-pk")[: PR_SIDE + 1])
    return Postside(side[:PR_SIDE], side[PR_SIDE - 1].pk if len(side) > PR_SIDE else None)


def heltal(tekst: str | None) -> int | None:
    """A positive whole number that a database can hold, whatever stands in the address."""
    tekst = (tekst or "").strip()
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) < 20):
        return None
    return tal if 0 < (tal := int(tekst)) < 2**63 else None
