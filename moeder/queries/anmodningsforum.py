"""Where one may ask for a meeting, for whom, who answers, and by when (S2, S20, S39; decision 21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from moeder.models import Anmodning
from moeder.models.faelles import Niveau
from moeder.states import Anmodningstilstand
from ressourcecenter.models import Forum, Ressourceperson
from ressourcecenter.queries import tilknyttede
from samarbejde import tid
from samarbejde.kalender import ferier
from samarbejde.models import Distriktstilknytning, Enhed, Enhedstilknytning, Person, Rolletildeling
from samarbejde.permissions import AKTOERER, Handling, Rolle
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import helligdage, laeg_skoledage_til

Omfang = Rolletildeling.Omfang
# S21, S44, decision 19: one child in the Ressourcecenter alone, a group of children at the school's two forums.
NIVEAUER = {
    Forum.Art.RC: (Niveau.ENKELTBARN, Niveau.BOERNEGRUPPE, Niveau.TEMA),
    Forum.Art.PLC: (Niveau.BOERNEGRUPPE, Niveau.TEMA),
    Forum.Art.TEAM: (Niveau.TEMA,),
}


def niveauer(forum: Forum) -> tuple[Niveau, ...]:
    return NIVEAUER[Forum.Art(forum.art)]


# --- where ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sted:
    """A school, klynge or netværk and its forums, the Ressourcecenter first."""

    enhed: Enhed
    fora: list[Forum]


def mulige_steder(person: Person) -> list[Sted]:
    """Every forum that the person is attached to: a right that no setting takes away (S39)."""
    steder: dict[int, Sted] = {}
    for forum in Forum.objects.synlige_for(person, Handling.ANMOD_OM_MOEDE).select_related("enhed"):
        steder.setdefault(forum.enhed_id, Sted(forum.enhed, [])).fora.append(forum)
    return sorted(steder.values(), key=lambda sted: sted.enhed.art != Enhed.Art.SKOLE)


def private_skoler(person: Person) -> QuerySet[Enhed]:
    """Those of the person's schools that have no Ressourcecenter (decision 5, case 42)."""
    egne = list(mine_roller(person).enheder)
    samarbejder = Enhedstilknytning.objects.gaeldende().filter(enhed__in=egne).values("til")
    skoler = Enhed.objects.gaeldende().filter(art=Enhed.Art.SKOLE, ejerform=Enhed.Ejerform.PRIVAT)
    return skoler.filter(Q(pk__in=egne) | Q(pk__in=samarbejder))


# --- for whom ------------------------------------------------------------------------------------------------------
def enheder_at_bede_for(forum: Forum, person: Person) -> list[Enhed]:
    """The units that the person's right to ask rests on; nobody from outside the municipality has one."""
    mine = mine_roller(person)
    egne = [forum.enhed] if forum.roller_ved_enheden(person) & AKTOERER else []
    med_rolle = [pk for pk, roller in mine.enheder.items() if pk != forum.enhed_id and roller & AKTOERER]
    if med_rolle:
        egne += tilknyttede(forum).filter(pk__in=med_rolle)
    if egne:
        return egne
    valg = Ressourceperson.objects.gaeldende().filter(forum=forum, person=person, enhed__in=list(mine.enheder))
    return [en.enhed for en in valg.select_related("enhed")][:1]


# --- by when -------------------------------------------------------------------------------------------------------
def frist_for(forum: Forum, dag: date, *, haster: bool) -> date:
    """School days by the forum's own rule (S39); an urgent one runs on weekdays, also in school holidays."""
    return laeg_skoledage_til(dag, forum.regler.svarfrist, () if haster else ferier())


def i_en_ferie(dag: date) -> bool:
    return dag in helligdage(dag.year) or any(ferie.fra <= dag <= ferie.til_og_med for ferie in ferier())


# --- who answers ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Ledelse:
    """Who leads and coordinates a forum today: `ledere` is the deputy while there is one (decision 4)."""

    ledere: list[Person]
    koordinatorer: list[Person]


def ledelse(forum: Forum) -> Ledelse:
    roller = Rolletildeling.objects.gaeldende().filter(content_object=forum.enhed_id)
    roller = roller.med_rolle(forum.enhed.lederrolle, Rolle.KOORDINATOR).select_related("user", "permission")
    alle = [en for en in roller.order_by("-er_primaer", "pk") if en.user.is_active]
    ledere = [en for en in alle if en.rolle == forum.enhed.lederrolle]
    stedfortraedere = [en for en in ledere if en.i_fravaer]
    koordinatorer = [en for en in alle if en.rolle == Rolle.KOORDINATOR and _i_omfang(en, forum)]
    return Ledelse(_personer(stedfortraedere or ledere), _personer(koordinatorer))


def _i_omfang(tildeling: Rolletildeling, forum: Forum) -> bool:
    """S36: coordinating the Ressourcecenter alone answers nothing in the Læringscenter."""
    return not forum.er_team and not (forum.art == Forum.Art.PLC and tildeling.omfang == Omfang.RC)


def _personer(tildelinger: Iterable[Rolletildeling]) -> list[Person]:
    return list({en.user_id: en.user for en in tildelinger}.values())


def svarere(anmodning: Anmodning) -> list[Person]:
    """Who is told to answer: the coordinators, and the leader where there is none, in a holiday, when it is urgent,
    and once it is past its deadline (S2, S29, S39, decision 21). A refusal put before the leader is the leader's (S28).
    """
    hvem = ledelse(anmodning.forum)
    if anmodning.tilstand == Anmodningstilstand.FORELAGT:
        return hvem.ledere
    ogsaa_lederen = anmodning.haster or anmodning.eskaleret_den or i_en_ferie(tid.i_dag())
    if hvem.koordinatorer and not ogsaa_lederen:
        return hvem.koordinatorer
    return list({person.pk: person for person in [*hvem.koordinatorer, *hvem.ledere]}.values())


# --- where it may be referred --------------------------------------------------------------------------------------
def kan_henvises_til(anmodning: Anmodning) -> list[Forum]:
    """Forums that fit the matter (S46): of the district's schools, of the schools that the askers' units work with,
    and the ressourceteam of the district. Never back to where it came from.
    """
    anmodere = [en.enhed_id for en in anmodning.anmodere.all() if en.enhed_id]
    links = Enhedstilknytning.objects.gaeldende()
    distrikter = Distriktstilknytning.objects.gaeldende().filter(
        Q(enhed=anmodning.forum.enhed_id) | Q(enhed__in=links.filter(til=anmodning.forum.enhed_id).values("enhed"))
    )
    i_distriktet = Distriktstilknytning.objects.gaeldende().filter(distrikt__in=distrikter.values("distrikt"))
    enheder = i_distriktet.values("enhed")
    steder = Q(enhed__in=enheder) | Q(enhed__in=links.filter(enhed__in=anmodere).values("til"))
    steder |= Q(enhed__in=links.filter(enhed__in=enheder).values("til"), art=Forum.Art.TEAM)
    arter = [art for art, mulige in NIVEAUER.items() if anmodning.niveau in mulige]
    fora = Forum.objects.filter(steder, art__in=arter).select_related("enhed").order_by("raekkefoelge", "enhed__navn")
    nej = {anmodning.forum_id, anmodning.henvist_fra_id}
    return [forum for forum in fora if forum.pk not in nej and forum.findes]
