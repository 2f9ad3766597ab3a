"""Who takes part for a unit at its coming meetings, and what its leader must decide (S35, case 44)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from moeder.invitationsregler import Art
from moeder.models import Deltager
from moeder.states import KOMMENDE, MED, Deltagelse
from ressourcecenter.deltagelse import valgbare_personer
from ressourcecenter.querysets import FRITID
from ressourcecenter.repraesentation import Repraesentanter
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, Rolle
from samarbejde.roller import mine_roller
from samarbejde.stik import Boks

MED_REPRAESENTANT = (*FRITID, Enhed.Art.DAGINSTITUTION)
AFGOERES = frozenset({*MED, Deltagelse.UDELADT})


def repraesentantside(enhed: Enhed, person: Person) -> dict[str, Any]:
    alle = list(_synlige(enhed, person).order_by("moede__begynder", "pk"))
    pladser = [en for en in alle if en.art in {Art.FAST, Art.GAEST} and en.tilstand in AFGOERES]
    return {
        "pladser": pladser,
        "venter": [en for en in alle if en.tilstand == Deltagelse.FORESLAAET],
        "kan_vaelge": any(en.har_ret for en in pladser),
    }


def _synlige(enhed: Enhed, person: Person) -> QuerySet[Deltager]:
    """Coming meetings that the reader sees. A guest's invitation is a draft until it is sent."""
    kommende = Deltager.objects.filter(enhed=enhed, moede__tilstand__in=KOMMENDE, moede__begynder__gt=tid.nu())
    kommende = kommende.exclude(art=Art.GAEST, indkaldt_den=None)
    synlige = kommende.synlige_for(person, Handling.SE_MOEDE).med_ret(person, Handling.VAELG_REPRAESENTANT)
    return synlige.select_related("moede__forum__enhed", "moede__medforum", "person", "enhed", "i_stedet_for__person")


def valgbare_pladser(deltager: Deltager, person: Person) -> list[Deltager]:
    """This seat and the unit's seats at other coming meetings, for one choice to cover several (decision 20)."""
    if deltager.enhed is None:
        return []
    alle = _synlige(deltager.enhed, person).filter(art__in=[Art.FAST, Art.GAEST], tilstand__in=MED)
    return [en for en in alle.order_by("moede__begynder", "pk") if en.har_ret]


def valgbare_ansatte(deltager: Deltager) -> list[tuple[Person, str]]:
    return valgbare_personer(deltager.enhed) if deltager.enhed else []


def afgoeres_af_en_anden(deltager: Deltager, person: Person) -> bool:
    """Who acts in a vacancy looks in vain while the unit has a leader (decisions 2 and 3)."""
    egne = mine_roller(person).enheder.get(deltager.enhed_id or 0, frozenset())
    if deltager.enhed is None or egne & {Rolle.FRITIDSLEDER, Rolle.DAGTILBUDSLEDER}:
        return False
    return not Repraesentanter([deltager.enhed]).er_ledig(deltager.enhed, tid.i_dag())


# --- what other pages show ---------------------------------------------------------------------------------------
def enhedsboks(enhed: Enhed, person: Person) -> list[Boks]:
    """On a unit's page: where its meetings are; a school's leaders also see who of their own a team has asked (S47)."""
    if enhed.art in MED_REPRAESENTANT:
        adresser = {"moeder": reverse("repraesentanter", args=[enhed.slug])}
        if enhed.art in FRITID:
            adresser["team"] = reverse("bed_om_deltagelse", args=[enhed.slug])
        er_leder = Rolle.FRITIDSLEDER in mine_roller(person).enheder.get(enhed.pk, ())
        return [Boks("Kommende møder", "moeder/_enhed.html", {**adresser, "er_leder": er_leder})]
    leder = {Rolle.SKOLELEDER, Rolle.KOORDINATOR} & mine_roller(person).enheder.get(enhed.pk, frozenset())
    egne = list(_i_ressourceteam(enhed)) if enhed.art == Enhed.Art.SKOLE and leder else []
    return [Boks("Skolens folk i ressourceteamets møder", "moeder/_i_team.html", {"egne": egne})] if egne else []


def _i_ressourceteam(skole: Enhed) -> QuerySet[Deltager]:
    i_team = Q(moede__forum__art="ressourceteam", moede__tilstand__in=KOMMENDE, moede__begynder__gt=tid.nu())
    egne = Deltager.objects.filter(i_team, enhed=skole, art=Art.RESSOURCEPERSON, tilstand__in=MED)
    return egne.select_related("moede__forum__enhed", "moede__medforum", "person").order_by("moede__begynder", "pk")
