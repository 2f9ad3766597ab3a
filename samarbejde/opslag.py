"""What the pages about units, districts and the municipality show; the number of queries never follows the rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet, prefetch_related_objects

from samarbejde import stik, tid
from samarbejde.figur import AKTOERER, figur
from samarbejde.figurtegning import svg
from samarbejde.forespoergsel import hent
from samarbejde.models import Distriktstilknytning, Enhed, Feriedag, Haendelse, Person, Rolletildeling, Skoledistrikt
from samarbejde.permissions import TILLADT, Handling, Rolle, maa
from samarbejde.queries import historik, mine_distrikter
from samarbejde.roller import i_perioden

Art = Enhed.Art
HISTORIK_PAA_SIDEN = 10
# How a district's units are grouped on its page, in this order; the figure's actors lead to their groups by the key.
GRUPPER = (
    ("skole", "Skoler", AKTOERER["skole"].arter),
    ("fritid", "Fritidstilbud", AKTOERER["fritid"].arter),
    ("dagtilbud", "0-6 års institutioner", AKTOERER["dagtilbud"].arter),
    ("omraade", "Område", {Art.OMRAADE}),
)


@dataclass(frozen=True)
class Leder:
    """Somebody who answers for a unit; a protected person is a name and nothing more (decision 30)."""

    navn: str
    titel: str
    email: str
    tildeling: Rolletildeling

    @property
    def tiltraeder(self) -> bool:
        return self.tildeling.gyldig_fra > tid.i_dag()

    @property
    def er_koordinator(self) -> bool:
        return self.tildeling.rolle == Rolle.KOORDINATOR

    @property
    def sidste_dag(self) -> date | None:
        return tid.til_og_med(self.tildeling.gyldig_til)

    def fylder(self, rolle: Rolle) -> bool:
        return self.tildeling.rolle == rolle and not self.tiltraeder and not self.tildeling.i_fravaer


@dataclass(frozen=True)
class Enhedslinje:
    """A unit in a list: linked when the reader may open it, with its leader where that is shown."""

    enhed: Enhed
    kan_aabnes: bool
    ledere: tuple[Leder, ...] = ()

    @property
    def er_ledig(self) -> bool:
        """A deputy fills no post."""
        return all(leder.tildeling.i_fravaer for leder in self.ledere)


def enhedsside(enhed: Enhed, person: Person) -> dict[str, Any]:
    over = [link.til for link in enhed.tilknytninger.gaeldende().select_related("til")]
    under = [link.enhed for link in enhed.medlemmer.gaeldende().select_related("enhed")]
    synlige = _synlige_pk(person, [*over, *under])
    ledere = ledere_paa([enhed.pk], Rolle.KOORDINATOR).get(enhed.pk, ())
    distrikter = _distrikter(enhed, person)
    return {
        "ledere": [leder for leder in ledere if not leder.tildeling.i_fravaer],
        "stedfortraedere": [leder for leder in ledere if leder.tildeling.i_fravaer],
        "er_ledig": _er_ledig(enhed, ledere),
        "maa": _maa(enhed, person),
        "hoerer_til": [Enhedslinje(e, e.pk in synlige) for e in over],
        "samler": [Enhedslinje(e, e.pk in synlige) for e in under],
        "distrikter": distrikter,
        "medarbejdere": _antal_medarbejdere(enhed),
        "bokse": [boks for plug in stik.enhed for boks in plug(enhed, person)],
        "haendelser": historik(enhed, HISTORIK_PAA_SIDEN),
    }


def _er_ledig(enhed: Enhed, ledere: Iterable[Leder]) -> bool:
    """Nobody holds the post today; somebody who has not begun yet, or a deputy, does not fill it."""
    if enhed.lederrolle is None or not enhed.gaelder():
        return False
    return not any(leder.fylder(enhed.lederrolle) for leder in ledere)


def _distrikter(enhed: Enhed, person: Person) -> list[tuple[Skoledistrikt, bool]]:
    nu = enhed.distriktstilknytninger.gaeldende().select_related("distrikt").order_by("distrikt__navn")
    prefetch_related_objects([enhed], Prefetch("distriktstilknytninger", nu))
    distrikter = [link.distrikt for link in enhed.distriktstilknytninger.all()]
    synlige = Skoledistrikt.objects.synlige_for(person, Handling.SE_DISTRIKT).order_by()
    aabne = set(synlige.filter(pk__in=[d.pk for d in distrikter]).values_list("pk", flat=True))
    return [(distrikt, distrikt.pk in aabne) for distrikt in distrikter]


def _maa(enhed: Enhed, person: Person) -> dict[str, bool]:
    """What the reader may do about the unit's people, for the buttons."""
    egne = enhed.roller_for(person)
    handlinger = (Handling.REGISTRER_MEDARBEJDER, Handling.UDPEG_LEDER, Handling.NAEVN_STEDFORTRAEDER)
    return {handling.value: not TILLADT[handling].isdisjoint(egne) for handling in handlinger}


def _antal_medarbejdere(enhed: Enhed) -> int:
    """How many, never who: a list of staff is nobody's business here."""
    return enhed.rolletildelinger.gaeldende().med_rolle(Rolle.MEDARBEJDER).values("user").distinct().count()


def ledere_paa(enhed_ids: Iterable[int], *ogsaa: Rolle) -> dict[int, tuple[Leder, ...]]:
    """Who leads each unit, now or from a later day; one query. `ogsaa` adds other roles than the leader's."""
    ledere: dict[int, list[Leder]] = defaultdict(list)
    for raekke in hent(_ledende, None, ogsaa, enheder=list(enhed_ids)):
        ledere[raekke.content_object_id].append(_leder(raekke))
    return {pk: tuple(sorted(egne, key=_leder_foerst)) for pk, egne in ledere.items()}


def _ledende(_: None, ogsaa: tuple[Rolle, ...], enheder: list[int]) -> QuerySet[Rolletildeling]:
    # A leader's role is given at no other kind of unit than the one it leads (actions.PASSER_TIL).
    roller = [*(rolle for _, rolle in _lederroller()), *ogsaa]
    return (
        Rolletildeling.objects.filter(content_object__in=enheder)
        .filter(i_perioden(tid.i_dag()) | Q(gyldig_fra__gt=tid.i_dag()))
        .med_rolle(*roller)
        .ikke_annulleret()
        .select_related("user", "permission", "content_object")
        .order_by("-er_primaer", "gyldig_fra", "user__navn")
    )


def _leder_foerst(leder: Leder) -> bool:
    return leder.er_koordinator


def _lederroller() -> list[tuple[str, Rolle]]:
    return [(art, rolle) for art in Art.values if (rolle := Enhed(art=art).lederrolle)]


def _leder(raekke: Rolletildeling) -> Leder:
    email = "" if raekke.user.er_beskyttet else raekke.user.email
    return Leder(navn=raekke.user.navn, titel=raekke.vist_titel, email=email, tildeling=raekke)


def _synlige_pk(person: Person, enheder: list[Enhed]) -> set[int]:
    synlige = Enhed.objects.synlige_for(person, Handling.SE_ENHED).order_by()
    return set(synlige.filter(pk__in=[enhed.pk for enhed in enheder]).values_list("pk", flat=True))


# --- district ----------------------------------------------------------------------------------------------------
def distriktsside(distrikt: Skoledistrikt, person: Person) -> dict[str, Any]:
    enheder = distrikt.enheder_nu = _enheder_i(distrikt, person)
    besat = ledere_paa([enhed.pk for enhed in enheder], Rolle.KOORDINATOR)
    ledere = {pk: tuple(leder for leder in egne if not _leder_foerst(leder)) for pk, egne in besat.items()}
    linjer = [Enhedslinje(e, e.har_ret, ledere.get(e.pk, ())) for e in enheder]
    return {
        **_figur(distrikt, person, enheder),
        "grupper": [(n, navn, [li for li in linjer if li.enhed.art in arter]) for n, navn, arter in GRUPPER],
        "bokse": [boks for plug in stik.distrikt for boks in plug(distrikt, person)],
        "mangler": mangler(distrikt, person, besat),
        "haendelser": historik(distrikt, HISTORIK_PAA_SIDEN),
    }


def mangler(distrikt: Skoledistrikt, person: Person, besat: dict[int, tuple[Leder, ...]]) -> list[stik.Mangel]:
    """What is missing in the district, for those who can do something about it (S38)."""
    if not maa(person, Handling.SE_MANGLER, distrikt):
        return []
    i_dag = {pk: {en.tildeling.rolle for en in egne if en.fylder(en.tildeling.rolle)} for pk, egne in besat.items()}
    return [mangel for plug in stik.mangler for mangel in plug(distrikt, person, i_dag)]


def _enheder_i(distrikt: Skoledistrikt, person: Person) -> list[Enhed]:
    """The units of the district today, `har_ret` on those that the person may open; one query."""
    return hent(_i_distriktet, person, distrikt=distrikt.pk)


def _i_distriktet(person: Person, distrikt: int) -> QuerySet[Enhed]:
    i_dag = Distriktstilknytning.objects.gaeldende().filter(distrikt=distrikt).values("enhed")
    return Enhed.objects.filter(pk__in=i_dag).med_ret(person, Handling.SE_ENHED)


def modelside(person: Person, valgt: str) -> dict[str, Any]:
    """The model with one's own objects in it: the chosen of one's districts, or the first; none is the bare model."""
    egne = list(mine_distrikter(person))
    distrikt = next((et for et in egne if et.slug == valgt), egne[0] if egne else None)
    enheder = _enheder_i(distrikt, person) if distrikt else []
    if distrikt:
        distrikt.enheder_nu = enheder
    return {"distrikter": egne, "distrikt": distrikt, **_figur(distrikt, person, enheder)}


def _figur(distrikt: Skoledistrikt | None, person: Person, enheder: list[Enhed]) -> dict[str, Any]:
    """Only units that the person may open are named or linked."""
    denne = figur(distrikt, person, [enhed for enhed in enheder if enhed.har_ret])
    return {"figur": denne, "tegning": svg(denne)}


# --- the municipality --------------------------------------------------------------------------------------------
def distrikter() -> QuerySet[Skoledistrikt]:
    return Skoledistrikt.objects.gaeldende()


def overblik(distrikter: list[Skoledistrikt], person: Person) -> dict[str, Any]:
    """One row a district and one column a plug, each plug asked once for all the rows."""
    kolonner = [(navn, plug(distrikter, person)) for navn, plug in stik.overblik.items()]
    return {
        "kolonner": [navn for navn, _ in kolonner],
        "raekker": [(d, [(navn, celler.get(d.pk)) for navn, celler in kolonner]) for d in distrikter],
    }


def friskhed() -> dict[str, Any]:
    """How fresh is what we know about units, people and holidays?"""
    organisation = Haendelse.objects.filter(rod_art__in=["enhed", "skoledistrikt"]).order_by("-pk")
    return {
        "sidst_aendret": organisation.values_list("skete_den", flat=True).first(),
        "ferie_til": Feriedag.objects.aggregate(til=Max("til_og_med"))["til"],
        "uden_leder": _uden_leder(tid.i_dag()),
    }


def _uden_leder(dag: date) -> list[Enhed]:
    """Units that should have a leader today and have none."""
    ledes = Q(pk__in=[])
    for art, rolle in _lederroller():
        besat = Rolletildeling.objects.gaeldende(dag).som_selv().med_rolle(rolle).values("content_object")
        ledes |= Q(art=art) & ~Q(pk__in=besat)
    return list(Enhed.objects.gaeldende(dag).filter(ledes))
