"""Who takes part for a unit in a forum on a day, and why: the one answer that every page and mail asks for.

S32, S34, S35, S54; decisions 2, 3 and 4. A named meeting can later be put in front as one more step.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from django.db.models import Q, QuerySet

from ressourcecenter.models import Delegation, Forum
from ressourcecenter.querysets import FRITID
from samarbejde.forespoergsel import hent
from samarbejde.formater import dato, dato_uden_ugedag, opremsning, periode, sorter_dansk
from samarbejde.models import Enhed, Enhedstilknytning, Person, Rolletildeling
from samarbejde.models.organisation import LEDERROLLER
from samarbejde.permissions import Rolle
from samarbejde.tid import til_og_med

Art = Enhed.Art
FAERREST_SKOLER = 2


class Grund(StrEnum):
    DELEGERET = "delegeret"
    STEDFORTRAEDER = "stedfortraeder"
    LEDER = "leder"
    KONSTITUERET = "konstitueret"
    SKOLELEDER_FOR_KKFO = "skoleleder_for_kkfo"
    KLYNGELEDER = "klyngeleder"
    UBESAT = "ubesat"
    IKKE_TILKNYTTET = "ikke_tilknyttet"


KORT = {
    Grund.DELEGERET: "fast deltager efter uddelegering",
    Grund.STEDFORTRAEDER: "stedfortræder i leders fravær",
    Grund.LEDER: "fast deltager som leder",
    Grund.KONSTITUERET: "fast deltager som konstitueret leder",
    Grund.SKOLELEDER_FOR_KKFO: "skolelederen, fordi lederposten ikke er besat",
    Grund.KLYNGELEDER: "klyngelederen på vegne af enheden",
    Grund.UBESAT: "lederposten er ikke besat",
    Grund.IKKE_TILKNYTTET: "ikke tilknyttet",
}


@dataclass(frozen=True)
class Repraesentant:
    """`desuden`: others who take part for the unit on the same ground."""

    person: Person | None
    grund: Grund
    saetning: str
    desuden: tuple[Person, ...] = ()

    @property
    def mangler(self) -> bool:
        """Nobody takes part for the unit, and somebody must act."""
        return self.grund == Grund.UBESAT

    @property
    def personer(self) -> list[Person]:
        return [self.person, *self.desuden] if self.person else []

    @property
    def kort(self) -> str:
        return KORT[self.grund]


def repraesentant_for(enhed: Enhed, forum: Forum, dato: date) -> Repraesentant:
    return Repraesentanter([enhed]).svar(enhed, forum, dato)


class Repraesentanter:
    """Reads what decides for these units once, in at most three queries, and answers for any forum and any day."""

    # Roles at a unit that the caller wants to see besides, read in the same query.
    ogsaa: tuple[int, tuple[Rolle | None, ...]] = (0, ())

    def __init__(self, enheder: Iterable[Enhed]) -> None:
        self.enheder = {enhed.pk: enhed for enhed in enheder}

    @classmethod
    def tilknyttede(cls, forum: Forum, dag: date) -> Self:
        """The fritid units of a school's forum, or the members of a team, by the register of that day (S19)."""
        links = _efter(hent(_tilknyttedes_links, None, forum.er_team, til=forum.enhed_id, dag=dag), "enhed_id")
        enheder = [egne[0].enhed for egne in links.values()]
        alle = cls(enhed for enhed in enheder if enhed.gaelder(dag))
        alle.links = links
        return alle

    # --- what is read ------------------------------------------------------------------------------------------------
    @cached_property
    def links(self) -> dict[int, list[Enhedstilknytning]]:
        return _efter(hent(_links, None, enheder=list(self.enheder)), "enhed_id")

    @cached_property
    def delegationer(self) -> dict[int, list[Delegation]]:
        """In the order they were registered: the first one represents."""
        centre = [pk for pk, enhed in self.enheder.items() if enhed.art == Art.FRITIDSCENTER]
        return _efter(hent(_delegationer, None, centre=centre), "center_id")

    @cached_property
    def roller(self) -> dict[int, list[Rolletildeling]]:
        """Who leads the units and those that may act for them, and the employments that delegations rest on."""
        over = (link.til for links in self.links.values() for link in links)
        steder = sorted({*self.enheder, *(enhed.pk for enhed in over if enhed.art in {Art.SKOLE, Art.KLYNGE})})
        delegerede = sorted({valg.person_id for egne in self.delegationer.values() for valg in egne})
        sted, ogsaa = self.ogsaa
        raekker = hent(
            _rollerne, None, ogsaa, sted=sted, steder=steder, enheder=list(self.enheder), delegerede=delegerede
        )
        return _efter(raekker, "content_object_id")

    # --- the answer --------------------------------------------------------------------------------------------------
    def svar(self, enhed: Enhed, forum: Forum, dag: date) -> Repraesentant:
        return self.hos(enhed, forum.enhed, dag)

    def hos(self, enhed: Enhed, sted: Enhed, dag: date) -> Repraesentant:
        """In the forums of that school, klynge or netværk."""
        if not self._er_tilknyttet(enhed, sted, dag):
            return Repraesentant(None, Grund.IKKE_TILKNYTTET, f"{enhed} er ikke tilknyttet {sted} {dato(dag)}.")
        if delegerede := self._delegerede(enhed, sted, dag):
            return _delegeret(delegerede)
        if leder := self._leder(enhed, dag):
            return _leder(leder, self._fravaerende(enhed, dag))
        return self._i_ledig_post(enhed, dag)

    def er_ledig(self, enhed: Enhed, dag: date) -> bool:
        """Nobody leads the unit that day, nor a deputy or an acting leader."""
        return self._leder(enhed, dag) is None

    def handler_for(self, enhed: Enhed, dag: date) -> Person | None:
        """Whoever decides for the unit that day: its leader, a deputy, or the one who acts while the post is vacant."""
        leder = self._leder(enhed, dag)
        return leder.user if leder else self._i_ledig_post(enhed, dag).person

    def skoler(self, enhed: Enhed, dag: date) -> list[Enhed]:
        """The folkeskoler that the unit works with that day (decision 5: a private school has no Ressourcecenter)."""
        return sorter_dansk(
            (skole for skole in self._over(enhed, dag, Art.SKOLE) if not skole.er_privat), key=lambda skole: skole.navn
        )

    def private_skoler(self, enhed: Enhed, dag: date) -> list[Enhed]:
        return [skole for skole in self._over(enhed, dag, Art.SKOLE) if skole.er_privat]

    def ophoersgrund(self, valg: Delegation, i_dag: date) -> str:
        """Why a delegation has lost its ground (case 9): it holds on until the leader confirms that it ends."""
        skoler = self.skoler(valg.center, max(i_dag, valg.gyldig_fra))
        if valg.skole not in skoler:
            return f"{valg.center} samarbejder ikke længere med {valg.skole}."
        if len(skoler) < FAERREST_SKOLER:
            return (
                f"{valg.center} samarbejder nu kun med {valg.skole}. Fast deltagelse kan kun være uddelegeret, "
                "mens centret samarbejder med flere skoler."
            )
        return ""

    def _er_tilknyttet(self, enhed: Enhed, sted: Enhed, dag: date) -> bool:
        if sted.er_privat or not (enhed.gaelder(dag) and sted.gaelder(dag)):
            return False
        return enhed.pk == sted.pk or any(
            link.til_id == sted.pk and link.gaelder(dag) for link in self.links.get(enhed.pk, ())
        )

    def _over(self, enhed: Enhed, dag: date, art: str) -> list[Enhed]:
        links = (link for link in self.links.get(enhed.pk, ()) if link.gaelder(dag))
        return [link.til for link in links if link.til.art == art and link.til.gaelder(dag)]

    def _delegerede(self, enhed: Enhed, sted: Enhed, dag: date) -> list[Delegation]:
        """S54: a delegation holds only while the employment at the centre does."""
        valg = (v for v in self.delegationer.get(enhed.pk, ()) if v.skole_id == sted.pk and v.gaelder(dag))
        ansatte = {rolle.user_id for rolle in self.roller.get(enhed.pk, ()) if rolle.gaelder(dag)}
        return [en for en in valg if en.person_id in ansatte and kan_deltage(en.person, dag)]

    def _leder(self, enhed: Enhed, dag: date) -> Rolletildeling | None:
        return min((r for r in self._lederroller(enhed, dag) if kan_deltage(r.user, dag)), key=_foerst, default=None)

    def _fravaerende(self, enhed: Enhed, dag: date) -> Rolletildeling | None:
        return min((r for r in self._lederroller(enhed, dag) if not r.i_fravaer), key=_foerst, default=None)

    def _lederroller(self, enhed: Enhed, dag: date) -> list[Rolletildeling]:
        roller = (rolle for rolle in self.roller.get(enhed.pk, ()) if rolle.gaelder(dag))
        return [rolle for rolle in roller if rolle.rolle == enhed.lederrolle]

    def _i_ledig_post(self, enhed: Enhed, dag: date) -> Repraesentant:
        """Decisions 2 and 3: the skoleleder for a KKFO, the klyngeleder for a unit in a klynge, never a
        netværkskoordinator; otherwise somebody has to register an acting leader.
        """
        ledig = f"fordi posten som {enhed.ledertitel} ikke er besat"
        for skole in self._over(enhed, dag, Art.SKOLE) if enhed.er_kkfo else ():
            if leder := self._leder(skole, dag):
                saetning = f"{_med_titel(leder)} på {skole}, deltager for {enhed}, {ledig}."
                return Repraesentant(leder.user, Grund.SKOLELEDER_FOR_KKFO, saetning)
        for klynge in self._over(enhed, dag, Art.KLYNGE):
            if leder := self._leder(klynge, dag):
                saetning = f"{_med_titel(leder)} i {klynge}, deltager på vegne af {enhed}, {ledig}."
                return Repraesentant(leder.user, Grund.KLYNGELEDER, saetning)
        return Repraesentant(None, Grund.UBESAT, f"Ingen deltager for {enhed}, {ledig}: {_hvem_handler(enhed)}.")


def kan_deltage(person: Person, dag: date) -> bool:
    """A closed account never represents, and an expired one not from its last day on."""
    if person.is_superuser or person.lukket_den is not None:
        return False
    return person.udloeber_den is None or dag < person.udloeber_den


def hindring(enhed: Enhed, skoler: list[Enhed]) -> str:
    """Why the leader cannot delegate the fixed participation (S34), with the way out (S35); empty when possible."""
    udvej = "men du kan navngive en repræsentant til bestemte møder"
    if enhed.art != Art.FRITIDSCENTER:
        return (
            f"Kun lederen af et fritidscenter, som samarbejder med flere skoler, kan uddelegere den faste deltagelse. "
            f"Du er selv fast deltager for {enhed}, {udvej}."
        )
    if len(skoler) < FAERREST_SKOLER:
        med = f"kun med {skoler[0]}" if skoler else "ikke med nogen skole"
        return (
            f"{enhed} samarbejder {med}, og den faste deltagelse kan kun uddelegeres, når centret samarbejder med "
            f"flere skoler. Du er selv fast deltager, {udvej}."
        )
    return ""


# --- sentences -------------------------------------------------------------------------------------------------------
def _delegeret(delegerede: list[Delegation]) -> Repraesentant:
    foerste, *resten = delegerede
    hvornaar = f"{'i perioden ' if foerste.gyldig_til else ''}{periode(foerste.gyldig_fra, foerste.gyldig_til)}"
    saetning = (
        f"{foerste.person} deltager fast for {foerste.center}, fordi {foerste.delegeret_af} har uddelegeret "
        f"deltagelsen på {foerste.skole} {hvornaar}."
    )
    desuden = tuple(en.person for en in resten)
    if desuden:
        saetning = f"{saetning[:-1]}, og {opremsning(map(str, desuden))} deltager også."
    return Repraesentant(foerste.person, Grund.DELEGERET, saetning, desuden)


def _leder(leder: Rolletildeling, fravaerende: Rolletildeling | None) -> Repraesentant:
    enhed = leder.enhed
    if leder.i_fravaer:
        for_hvem = f" for {fravaerende.user}" if fravaerende else ""
        sidste = dato_uden_ugedag(til_og_med(leder.gyldig_til))
        saetning = f"{leder.user} deltager for {enhed} i leders fravær som stedfortræder{for_hvem} til og med {sidste}."
        return Repraesentant(leder.user, Grund.STEDFORTRAEDER, saetning)
    grund = Grund.KONSTITUERET if leder.konstitueret else Grund.LEDER
    return Repraesentant(leder.user, grund, f"{leder.user} er fast deltager for {enhed} som {leder.vist_titel}.")


def _med_titel(leder: Rolletildeling) -> str:
    return f"{leder.user}, {leder.vist_titel}"


def _hvem_handler(enhed: Enhed) -> str:
    if enhed.ejerform == Enhed.Ejerform.KOMMUNAL:
        return "forvaltningen skal registrere en konstitueret leder"
    return "bestyrelsen skal udpege en konstitueret leder, som forvaltningen registrerer"


def _foerst(rolle: Rolletildeling) -> tuple[Any, ...]:
    return not rolle.i_fravaer, rolle.konstitueret, not rolle.er_primaer, rolle.gyldig_fra, rolle.pk


def _tilknyttedes_links(_: None, er_team: bool, til: int, dag: date) -> QuerySet[Enhedstilknytning]:
    her = Enhedstilknytning.objects.gaeldende(dag).filter(til=til)
    if not er_team:
        her = her.filter(enhed__art__in=FRITID)
    raekker = Enhedstilknytning.objects.filter(enhed__in=her.values("enhed")).select_related("enhed", "til")
    return raekker.order_by("enhed__navn", "enhed", "pk")


def _links(_: None, enheder: list[int]) -> QuerySet[Enhedstilknytning]:
    return Enhedstilknytning.objects.filter(enhed__in=enheder).order_by("pk").select_related("til")


def _delegationer(_: None, centre: list[int]) -> QuerySet[Delegation]:
    raekker = Delegation.objects.filter(center__in=centre).ikke_annulleret().order_by("pk")
    return raekker.select_related("center", "skole", "person", "delegeret_af")


def _rollerne(
    _: None, ogsaa: tuple[Rolle, ...], sted: int, steder: list[int], enheder: list[int], delegerede: list[int]
) -> QuerySet[Rolletildeling]:
    hvor = Q(content_object__in=steder, permission__codename__in=[rolle.value for rolle in LEDERROLLER.values()])
    hvor |= Q(content_object__in=enheder, user__in=delegerede)
    hvor |= Q(content_object=sted, permission__codename__in=[rolle.value for rolle in ogsaa if rolle])
    raekker = Rolletildeling.objects.filter(hvor).ikke_annulleret()
    return raekker.select_related("user", "permission", "content_object")


def _efter(raekker: Iterable[Any], felt: str) -> dict[int, list[Any]]:
    grupper = defaultdict(list)
    for raekke in raekker:
        grupper[getattr(raekke, felt)].append(raekke)
    return grupper
