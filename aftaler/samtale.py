"""What the pages of comments ask: the places, the comments of each, how many are open where, who can be mentioned."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from aftaler.models import Aftale, Delmaal, StrategiskMaal
from aftaler.samskrivning import Forslag, Kommentar, Tiltagsforslag
from samarbejde import tid
from samarbejde.models import Enhed, Enhedstilknytning, Person, Rolletildeling
from samarbejde.permissions import TILLADT, Handling
from samarbejde.roller import MED_ENHEDER, i_perioden, mine_roller

SLETTET = "Mål, der er slettet"


@dataclass
class Sted:
    """A text or a goal; of a goal that is gone only what was said about it is left, and nothing more can be."""

    noegle: str
    navn: str
    findes: bool = True
    aabne: list[Kommentar] = field(default_factory=list)
    loeste: list[Kommentar] = field(default_factory=list)


def steder(aftale: Aftale, afsnit: Mapping[str, str]) -> dict[str, str]:
    """{key: name} of the two texts and each goal, in the order of the agreement."""
    maal = StrategiskMaal.objects.filter(aftale=aftale).values_list("noegle", "titel")
    return dict(afsnit) | {
        str(noegle): f"Mål {nummer}: {titel}" for nummer, (noegle, titel) in enumerate(maal, start=1)
    }


def samtalen(aftale: Aftale, person: Person, afsnit: Mapping[str, str]) -> list[Sted]:
    """Every place with its comments, those of deleted goals last; three queries, whatever the size."""
    fundne = {noegle: Sted(noegle, navn) for noegle, navn in steder(aftale, afsnit).items()}
    kommentarer = Kommentar.objects.filter(aftale=aftale).med_ret(person, Handling.LOES_KOMMENTAR)
    kommentarer = kommentarer.select_related("af", "enhed", "loest_af").prefetch_related("naevnte")
    for kommentar in kommentarer:
        navn = f"{SLETTET}: {kommentar.om}"
        sted = fundne.setdefault(kommentar.sted, Sted(kommentar.sted, navn, findes=False))
        (sted.loeste if kommentar.loest_den else sted.aabne).append(kommentar)
    return list(fundne.values())


def aabne_pr_sted(aftale: Aftale) -> Counter[str]:
    """How many are open at each place, from what was read with the agreement (`til_visning`); no query."""
    return Counter(json.loads(getattr(aftale, "aabne_kommentarer", None) or "[]"))


def ventende_forslag(aftale: Aftale, af: Person | None) -> int:
    """How many proposed tiltag wait for an answer, all or one's own; no query either."""
    forslagsstillere = json.loads(getattr(aftale, "ventende_forslag", None) or "[]")
    return forslagsstillere.count(af.pk) if af else len(forslagsstillere)


# --- people ------------------------------------------------------------------------------------------------------
def naevnelige(aftale: Aftale, undtagen: Person) -> list[tuple[str, list[tuple[int, str]]]]:
    """Those who may read the draft, by unit: each person once, leaders first; one query."""
    grupper: dict[str, list[tuple[int, str]]] = defaultdict(list)
    set_ = {undtagen.pk}
    for tildeling in sorted(_med_adgang(aftale), key=lambda en: en.rolle != en.enhed.lederrolle):
        if tildeling.user.is_active and tildeling.user_id not in set_:
            set_.add(tildeling.user_id)
            grupper[tildeling.enhed.navn].append((tildeling.user_id, f"{tildeling.user.navn}, {_titel(tildeling)}"))
    return sorted(grupper.items())


def _titel(tildeling: Rolletildeling) -> str:
    enhed = tildeling.enhed
    return enhed.ledertitel if tildeling.rolle == enhed.lederrolle else tildeling.rolle.label


def _med_adgang(aftale: Aftale) -> QuerySet[Rolletildeling]:
    tilladt = TILLADT[Handling.LAES_KLADDE]
    enheder = [part.enhed_id for part in aftale.parterne]
    over = Enhedstilknytning.objects.gaeldende().filter(enhed__in=enheder).values("til")
    hvor = Q(content_object__in=enheder, permission__codename__in=[en.value for en in tilladt - MED_ENHEDER])
    hvor |= Q(content_object__in=over, permission__codename__in=[en.value for en in tilladt & MED_ENHEDER])
    roller = Rolletildeling.objects.gaeldende().filter(hvor, i_perioden(tid.i_dag(), "content_object__"))
    roller = roller.select_related("user", "content_object", "permission")
    return roller.order_by("content_object__navn", "user__navn", "pk")


def egen_enhed(aftale: Aftale, person: Person) -> Enhed | None:
    """The unit a person speaks for here: the party they work at, else the klynge that a party belongs to."""
    mine, tilladt = mine_roller(person), TILLADT[Handling.LAES_KLADDE]
    for part in aftale.parterne:
        if not mine.enheder.get(part.enhed_id, frozenset()).isdisjoint(tilladt):
            return part.enhed
    over = [pk for pk, roller in mine.enheder.items() if roller & tilladt & MED_ENHEDER]
    return Enhed.objects.filter(pk__in=over).first()


# --- proposed tiltag ---------------------------------------------------------------------------------------------
def delmaalene(aftale: Aftale) -> list[tuple[str, list[tuple[str, str]]]]:
    """The sub-goals to choose among, by goal."""
    grupper: dict[str, list[tuple[str, str]]] = defaultdict(list)
    delmaal = Delmaal.objects.filter(maal__aftale=aftale).order_by("maal__plads", "maal", "plads", "pk")
    for maal, noegle, titel in delmaal.values_list("maal__titel", "noegle", "titel"):
        grupper[maal].append((str(noegle), titel))
    return list(grupper.items())


def forslagene(aftale: Aftale, af: Person | None) -> list[Tiltagsforslag]:
    """All, or only one's own; those that wait first. Each says in `har_delmaal` whether its sub-goal is there."""
    findes = Delmaal.objects.filter(maal__aftale=aftale, noegle=OuterRef("delmaal"))
    forslag = Tiltagsforslag.objects.filter(aftale=aftale, **({"af": af} if af else {}))
    forslag = forslag.select_related("af", "enhed", "svar_af").annotate(har_delmaal=Exists(findes))
    return sorted(forslag, key=lambda et: et.tilstand != Forslag.FORESLAAET)


# --- who else is here now ----------------------------------------------------------------------------------------
HER_NU = timedelta(minutes=2)


def andre_her(aftale: Aftale, person: Person) -> list[tuple[str, str]]:
    """(name, place) of the others who were seen within two minutes, read with the agreement (`til_visning`)."""
    sete = json.loads(getattr(aftale, "skriver_nu", None) or "[]")
    graense = tid.nu() - HER_NU
    return sorted(
        (et["navn"], et["sted"]) for et in sete if et["person"] != person.pk and _tidspunkt(et["den"]) > graense
    )


def _tidspunkt(tekst: str) -> datetime:
    """As each database writes it: always UTC, and only PostgreSQL says so."""
    return datetime.fromisoformat(tekst).replace(tzinfo=UTC)
