"""What the pages of the foundation show of agreements: plugged in by `apps.py`."""

from datetime import date
from typing import Any, Literal

from django.db.models import Case, QuerySet, When
from django.urls import reverse

from aftaler.aarsbillede import aarsbillede
from aftaler.aarshjul import aabne_skoleaar
from aftaler.models import Aftale
from aftaler.states import TAELLER_IKKE, Tilstand
from aftaler.views.liste import FARVER
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Person, Rolletildeling, Skoledistrikt
from samarbejde.permissions import TILLADT, Handling, maa
from samarbejde.querysets import distrikter_med
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn
from samarbejde.stik import Bliver, Boks, Celle, Figurstatus, Haenger


def menu(person: Person) -> list[tuple[int, str, str]]:
    """For everybody who may see the state of some agreement."""
    mine, tilladt = mine_roller(person), TILLADT[Handling.SE_TILSTAND]
    kan_se = not mine.globale.isdisjoint(tilladt) or mine.enheder_med(tilladt) or distrikter_med(mine, tilladt)
    return [(10, "Aftaler", reverse("aftaler"))] if kan_se else []


def distriktsboks(distrikt: Skoledistrikt, person: Person) -> list[Boks]:
    """This year's and the next year's agreement with its state, or the way to start one."""
    dette, fundne = skoleaar_for(tid.i_dag()), _fundne(distrikt, person)
    kan_oprette = maa(person, Handling.OPRET_AFTALE, distrikt)
    aabne = aabne_skoleaar(tid.i_dag())
    aar = [et for et in (dette, dette + 1) if et in fundne or et in aabne]
    linjer = [_linje(distrikt, et, fundne.get(et), kan_oprette and et in aabne) for et in aar]
    aaret = None if distrikt.er_uden_geografi and not fundne else aarsbillede(dette)
    return [Boks("Årets aftale", "aftaler/_distrikt.html", {"linjer": linjer, "aaret": aaret})]


def _fundne(distrikt: Skoledistrikt, person: Person) -> dict[int, Aftale]:
    """{school year: agreement} of this year and the next. The box and the figure stand on one page: asked once."""
    husket = distrikt.__dict__.setdefault("fundne_aftaler", {})
    if person.pk not in husket:
        dette = skoleaar_for(tid.i_dag())
        fundne = hent(_i_distriktet, person, dette, distrikt=distrikt.pk)
        husket[person.pk] = {aftale.skoleaar: aftale for aftale in fundne}
    return husket[person.pk]


def _i_distriktet(person: Person, dette: int, distrikt: int) -> QuerySet[Aftale]:
    synlige = Aftale.objects.synlige_for(person, Handling.SE_TILSTAND).filter(distrikt=distrikt)
    return _levende(synlige, [dette, dette + 1])


def _linje(distrikt: Skoledistrikt, aar: int, aftale: Aftale | None, kan_oprette: bool) -> dict[str, Any]:
    sted = reverse("aftale", args=[distrikt.slug, aar]) if aftale else ""
    return {
        "aar": skoleaar_navn(aar),
        "adresse": sted,
        "tilstand": aftale.tilstandsnavn if aftale else "",
        "farve": FARVER.get(aftale.tilstand, "neutral") if aftale else "",
        "opret": reverse("opret_aftale", args=[distrikt.slug, aar]) if kan_oprette and not aftale else "",
        "kraeves": not distrikt.er_uden_geografi,
    }


def celler(distrikter: list[Skoledistrikt], person: Person) -> dict[int, Celle]:
    """This year's agreement of each district in the overview; a special school is never reported as missing one."""
    dette = skoleaar_for(tid.i_dag())
    synlige = Aftale.objects.synlige_for(person, Handling.SE_TILSTAND).filter(distrikt__in=distrikter)
    fundne = {aftale.distrikt_id: aftale for aftale in _levende(synlige, [dette])}
    return {distrikt.pk: _celle(distrikt, dette, fundne.get(distrikt.pk)) for distrikt in distrikter}


def _celle(distrikt: Skoledistrikt, aar: int, aftale: Aftale | None) -> Celle:
    if aftale is None:
        return Celle("kræves ikke" if distrikt.er_uden_geografi else "ingen endnu")
    farve = {Tilstand.KLADDE: "info", Tilstand.TIL_GODKENDELSE: "advarsel", Tilstand.INDGAAET: "ok"}
    return Celle(aftale.tilstandsnavn, farve[aftale.tilstand], reverse("aftale", args=[distrikt.slug, aar]))


FIGURSTATUS: dict[str, tuple[Literal["klar", "planlagt"], str]] = {
    Tilstand.KLADDE: ("planlagt", "aftalen {} er en kladde"),
    Tilstand.TIL_GODKENDELSE: ("planlagt", "aftalen {} er til godkendelse"),
    Tilstand.INDGAAET: ("klar", "aftalen {} er indgået"),
}


def figurstatus(distrikt: Skoledistrikt | None, person: Person) -> dict[str, Figurstatus]:
    """This year's agreement in the figure of the model. Silent to those who may not see its state."""
    if distrikt is None or not maa(person, Handling.SE_TILSTAND, distrikt):
        return {}
    dette = skoleaar_for(tid.i_dag())
    aftale = _fundne(distrikt, person).get(dette)
    if aftale is None:
        return {"staerkt_samarbejde": _uden_aftale(distrikt, dette, person)}
    tilstand, tekst = FIGURSTATUS[aftale.tilstand]
    sted = reverse("aftale", args=[distrikt.slug, dette])
    return {"staerkt_samarbejde": Figurstatus(tilstand, tekst.format(skoleaar_navn(dette)), sted)}


def _uden_aftale(distrikt: Skoledistrikt, aar: int, person: Person) -> Figurstatus:
    """The remedy for those who may start one; a special school is never missing it."""
    kan_oprette = maa(person, Handling.OPRET_AFTALE, distrikt)
    opret = reverse("opret_aftale", args=[distrikt.slug, aar]) if kan_oprette else ""
    if distrikt.er_uden_geografi:
        return Figurstatus("kan", "En specialskole behøver ikke en aftale", opret)
    return Figurstatus("mangler", f"der er ingen aftale {skoleaar_navn(aar)} endnu", opret)


def _levende(aftaler: Any, aar: list[int]) -> Any:
    """Those that are over do not count (S7); the one in force comes last, and wins over the version being written."""
    levende = aftaler.filter(skoleaar__in=aar).exclude(tilstand__in=TAELLER_IKKE)
    sidst_i_kraft = Case(When(tilstand=Tilstand.INDGAAET, then=1), default=0)
    return levende.only("skoleaar", "distrikt", "tilstand").order_by(sidst_i_kraft)


# An answer that is due is the unit's and not the person's: whoever leads the unit gives it. Whether it has been given
# is the parties' alone (decision 11), so all are told alike.
FOELGER_MED = {
    Tilstand.KLADDE: "Aftalen {}, som er en kladde: {} er part, og lederen skriver med",
    Tilstand.TIL_GODKENDELSE: "Aftalen {}, som er til godkendelse: {} er part, og lederen svarer for den",
    Tilstand.INDGAAET: "Aftalen {}, som gælder: {} er part og gennemfører den sammen med de andre",
}


def haengende(tildeling: Rolletildeling, gyldig_til: date) -> list[Haenger]:
    """The agreements that go on with the unit when its leader leaves."""
    enhed = tildeling.enhed
    if tildeling.i_fravaer or tildeling.rolle != enhed.lederrolle:
        return []
    aftaler = Aftale.objects.filter(parter__enhed=enhed, tilstand__in=FOELGER_MED).select_related("distrikt")
    aktuelle = aftaler.filter(skoleaar__gte=skoleaar_for(tid.i_dag())).order_by("skoleaar", "distrikt__navn")
    return [
        Haenger(FOELGER_MED[aftale.tilstand].format(aftale, enhed), Bliver.FOELGER_MED, sted=aftale)
        for aftale in aktuelle.defer("behov", "behov_html", "retning", "retning_html", "soegetekst")
    ]
