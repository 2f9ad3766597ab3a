"""What the pages of the forums show; the number of queries never follows the rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ressourcecenter.models import Forbereder, Forum, Rammedokument, Ressourceperson
from ressourcecenter.querysets import FRITID
from ressourcecenter.repraesentation import Repraesentant, Repraesentanter
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.formater import dansk_noegle
from samarbejde.models import Distriktstilknytning, Enhed, Enhedstilknytning, Faglighed, Person, Rolletildeling
from samarbejde.permissions import TILLADT, Handling, Rolle
from samarbejde.roller import mine_roller

Omfang = Rolletildeling.Omfang
Art = Forum.Art


def mine_fora(person: Person) -> list[tuple[str, list[Enhed]]]:
    """The units whose forums the person may see, schools first."""
    fora = Forum.objects.synlige_for(person, Handling.SE_FORUM).select_related("enhed")
    enheder = {forum.enhed_id: forum for forum in fora}.values()
    skoler = [forum.enhed for forum in enheder if not forum.er_team]
    teams = [forum.enhed for forum in enheder if forum.er_team]
    grupper = (("Skolernes Ressourcecentre og Læringscentre", skoler), ("Ressourceteam", teams))
    return [(navn, egne) for navn, egne in grupper if egne]


# --- who can be chosen -------------------------------------------------------------------------------------------
def tilknyttede(forum: Forum, dag: date | None = None) -> QuerySet[Enhed]:
    """The forum's own unit and those attached to it by the register on the day (S19)."""
    medlemmer = Enhedstilknytning.objects.gaeldende(dag).filter(til=forum.enhed_id).values("enhed")
    return Enhed.objects.gaeldende(dag).filter(Q(pk=forum.enhed_id) | Q(pk__in=medlemmer))


def mulige_koordinatorer(forum: Forum, dag: date | None = None) -> QuerySet[Person]:
    """Whoever works at the school or at an attached fritid unit (decision 1), the skoleleder excepted."""
    steder = tilknyttede(forum, dag).filter(Q(pk=forum.enhed_id) | Q(art__in=FRITID)).values("pk")
    job = Rolletildeling.objects.gaeldende(dag).filter(content_object__in=steder)
    ansatte = job.med_rolle(Rolle.MEDARBEJDER, Rolle.FRITIDSLEDER).values("user")
    leder = job.med_rolle(Rolle.SKOLELEDER).filter(i_fravaer=False).values("user")
    return Person.objects.filter(pk__in=ansatte, lukket_den__isnull=True).exclude(pk__in=leder)


def mulige_forberedere(forum: Forum, dag: date | None = None) -> QuerySet[Person]:
    """The school's own staff (decision 10)."""
    job = Rolletildeling.objects.gaeldende(dag).filter(content_object=forum.enhed_id).med_rolle(Rolle.MEDARBEJDER)
    return Person.objects.filter(pk__in=job.values("user"), lukket_den__isnull=True)


def forberedere(forum: Forum) -> QuerySet[Forbereder]:
    ikke_slut = Q(gyldig_til__isnull=True) | Q(gyldig_til__gt=tid.i_dag())
    egne = Forbereder.objects.filter(ikke_slut, skole=forum.enhed_id).ikke_annulleret()
    return egne.select_related("person").order_by("person__navn", "pk")


def ansaettelser(person: Person, dag: date | None = None) -> list[Enhed]:
    """Where a person is employed on the day; coordinating is no employment."""
    job = Rolletildeling.objects.gaeldende(dag).filter(user=person).exclude(permission__codename=Rolle.KOORDINATOR)
    return list(Enhed.objects.gaeldende(dag).filter(pk__in=job.values("content_object")))


def egne_omraader(forum: Forum, dag: date | None = None) -> set[int]:
    """The område whose support serves the forum (S31); for a team also the klynge or netværk and its units."""
    distrikter = Distriktstilknytning.objects.gaeldende(dag).filter(enhed=forum.enhed_id).values("distrikt")
    i_distriktet = Distriktstilknytning.objects.gaeldende(dag).filter(distrikt__in=distrikter).values("enhed")
    over = Enhedstilknytning.objects.gaeldende(dag).filter(enhed=forum.enhed_id).values("til")
    omraader = Enhed.objects.filter(Q(pk__in=i_distriktet) | Q(pk__in=over), art=Enhed.Art.OMRAADE)
    egne = set(omraader.values_list("pk", flat=True))
    return egne | (set(tilknyttede(forum, dag).values_list("pk", flat=True)) if forum.er_team else set())


def mulige_ressourcepersoner(forum: Forum) -> list[tuple[str, list[Person]]]:
    """Those the register knows nearby, by where they come from: two queries. Others are named by their e-mail."""
    omraader = egne_omraader(forum)
    steder = {enhed.pk: enhed for enhed in Enhed.objects.gaeldende().filter(_naer(forum, omraader))}
    job = Rolletildeling.objects.gaeldende().filter(content_object__in=steder, user__lukket_den__isnull=True)
    grupper: dict[str, dict[int, Person]] = defaultdict(dict)
    for en in job.med_rolle(Rolle.MEDARBEJDER).select_related("user__faglighed").order_by("user__navn"):
        grupper[_gruppe(forum, steder[en.content_object_id])][en.user_id] = en.user
    orden = ("Fra skolen", "Fra fritid", "Fra områdets tværfaglige support", "Fra teamets enheder")
    return [(navn, list(grupper[navn].values())) for navn in orden if grupper[navn]]


def _naer(forum: Forum, omraader: Iterable[int]) -> Q:
    return Q(pk__in=omraader) | Q(pk__in=tilknyttede(forum).values("pk"))


def _gruppe(forum: Forum, enhed: Enhed) -> str:
    if enhed.art == Enhed.Art.OMRAADE:
        return "Fra områdets tværfaglige support"
    if forum.er_team:
        return "Fra teamets enheder"
    return "Fra skolen" if enhed.pk == forum.enhed_id else "Fra fritid"


# --- the page of a forum -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Koordinator:
    """One appointment as the page shows it; leave is the gap before an appointment that takes over from another."""

    tildeling: Rolletildeling
    omfang: str
    kommer: bool
    orlov_til: date | None = None


@dataclass(frozen=True)
class Tilknytning:
    """One attachment, to one of the page's forums; `pk` leads to its end."""

    pk: int
    forum: Forum
    gyldig_fra: date
    gyldig_til: date | None


@dataclass(frozen=True)
class Tilknyttet:
    """A resource person with all the forums of the page that they are attached to."""

    navn: str
    faglighed: str
    tilhoersforhold: str
    fra: str
    raekker: list[Tilknytning] = field(default_factory=list)


def forumside(forum: Forum, person: Person) -> dict[str, Any]:
    fora, i_dag = fora_ved(forum, person), tid.i_dag()
    tilknyttede = Repraesentanter.tilknyttede(forum, i_dag)
    tilknyttede.ogsaa = (forum.enhed_id, (forum.enhed.lederrolle, Rolle.KOORDINATOR))
    ledere, koordinatorer = _ledelse(forum, tilknyttede.roller.get(forum.enhed_id, []))
    samlet = any(et.regler.holdes_samlet for et in fora)
    mine = mine_roller(person)
    return {
        "fora": fora,
        # The page of a klynge or netværk is its own people's; a school's is the whole district's.
        "kan_se_enheden": not forum.er_team or forum.enhed_id in mine.enheder or bool(mine.globale),
        "overskrift": overskrift(fora),
        "kan_udpege": fora[0].kan_udpege,
        "kan_tilknytte": any(et.kan_tilknytte for et in fora),
        "ledere": ledere,
        "er_ledig": not any(en.gaelder() and not en.i_fravaer for en in ledere),
        "koordinatorer": koordinatorer,
        "samlet": samlet,
        "med_regler": fora[:1] if samlet else fora,
        "faste": [(enhed, tilknyttede.svar(enhed, forum, i_dag)) for enhed in tilknyttede.enheder.values()],
        "ressourcepersoner": ressourcepersoner(fora),
        "rammer": rammer_for(fora),
    }


def fora_ved(forum: Forum, person: Person) -> list[Forum]:
    """The forums of one unit, each with its local rules and what the reader may do to it; one query."""
    fora = hent(_fora, None, enhed=forum.enhed_id)
    for et in fora:
        et.enhed = forum.enhed
        roller = et.roller_ved_enheden(person)
        et.kan_udpege = not roller.isdisjoint(TILLADT[Handling.UDPEG_KOORDINATOR])
        et.kan_tilknytte = not roller.isdisjoint(TILLADT[Handling.TILKNYT_RESSOURCEPERSON])
        et.kan_rette_regler = not roller.isdisjoint(TILLADT[Handling.RET_LOKALE_REGLER])
    return fora


def _fora(_: None, enhed: int) -> QuerySet[Forum]:
    return Forum.objects.filter(enhed=enhed).order_by("raekkefoelge").select_related("lokale_regler")


def overskrift(fora: list[Forum]) -> str:
    return " og ".join(str(et.get_art_display()) for et in fora)


def _ledelse(forum: Forum, roller: list[Rolletildeling]) -> tuple[list[Rolletildeling], list[Koordinator]]:
    """Who leads and who coordinates, now or from a later day."""
    i_dag = tid.i_dag()
    ikke_slut = [en for en in roller if en.gyldig_til is None or en.gyldig_til > i_dag]
    raekker = sorted(ikke_slut, key=lambda en: (en.gyldig_fra, en.pk))
    ledere = [en for en in raekker if en.rolle == forum.enhed.lederrolle]
    return ledere, [_koordinator(en) for en in raekker if en.rolle == Rolle.KOORDINATOR]


def _koordinator(en: Rolletildeling) -> Koordinator:
    kommer = en.gyldig_fra > tid.i_dag()
    omfang = Omfang(en.omfang or Omfang.RC_OG_PLC).label
    return Koordinator(
        en, str(omfang), kommer, tid.til_og_med(en.gyldig_fra) if kommer and en.i_stedet_for_id else None
    )


TILHOERSFORHOLD = dict(Ressourceperson.Tilhoersforhold.choices)


def ressourcepersoner(fora: list[Forum]) -> list[Tilknyttet]:
    """Everybody at the service of these forums now or from a later day, in Danish order; one query, and rows to read
    rather than objects: a hundred and sixty of them would cost more than the query.
    """
    personer: dict[int, Tilknyttet] = {}
    kendte = {forum.pk: forum for forum in fora}
    for person, navn, faglighed, kode, fra, pk, forum, *periode in hent(_til_raadighed, None, fora=list(kendte)):
        if person not in personer:
            personer[person] = Tilknyttet(navn, faglighed, str(TILHOERSFORHOLD[kode]), fra or "uden for kommunen")
        personer[person].raekker.append(Tilknytning(pk, kendte[forum], *periode))
    return list(personer.values())


def _til_raadighed(_: None, fora: list[int]) -> QuerySet[Any, Any]:
    i_dag = tid.i_dag()
    ikke_slut = Q(gyldig_til__isnull=True) | Q(gyldig_til__gt=i_dag)
    har_konto = Q(person__udloeber_den__isnull=True) | Q(person__udloeber_den__gt=i_dag)
    raekker = Ressourceperson.objects.filter(ikke_slut, har_konto, forum__in=fora, person__lukket_den__isnull=True)
    om = ("person_id", "person__navn", "faglighed__navn", "tilhoersforhold", "enhed__navn")
    raekkefoelge = raekker.ikke_annulleret().order_by("person__navn", "forum__raekkefoelge")
    return raekkefoelge.values_list(*om, "pk", "forum_id", "gyldig_fra", "gyldig_til")


# --- who takes part for the leisure side -----------------------------------------------------------------------------
def faste_deltagere(forum: Forum, dag: date) -> list[tuple[Enhed, Repraesentant]]:
    """Each fritid unit of a school's forum, or each member of a team, with who represents it that day: three queries,
    in Danish order.
    """
    alle = Repraesentanter.tilknyttede(forum, dag)
    return [(enhed, alle.svar(enhed, forum, dag)) for enhed in alle.enheder.values()]


# --- what everybody works within ---------------------------------------------------------------------------------
def rammer_for(fora: Iterable[Forum]) -> list[Rammedokument]:
    """The documents that hold today for these forums (S27, S60), the newest first; one query."""
    arter = tuple(sorted({"alle", *(et.art for et in fora)}))
    return _nyeste_foerst(hent(_rammer, None, arter))


def _rammer(_: None, arter: tuple[str, ...]) -> QuerySet[Rammedokument]:
    return Rammedokument.objects.gaeldende().filter(gaelder_for__in=arter)


def rammer_i_dag() -> list[tuple[str, list[Rammedokument]]]:
    """All that hold today, by what they are for."""
    alle = _nyeste_foerst(Rammedokument.objects.gaeldende())
    grupper = ((str(navn), [en for en in alle if en.gaelder_for == art]) for art, navn in Rammedokument.Gaelder.choices)
    return [(navn, egne) for navn, egne in grupper if egne]


def alle_rammer() -> dict[str, Any]:
    """What forvaltning keeps: every document, also those that have ended or not begun, and every profession."""
    dokumenter = _nyeste_foerst(Rammedokument.objects.all())
    brugt = Ressourceperson.objects.filter(faglighed=OuterRef("pk"))
    fagligheder = Faglighed.objects.annotate(
        i_brug=Exists(Person.objects.filter(faglighed=OuterRef("pk"))) | Exists(brugt)
    )
    slut = [en for en in dokumenter if en.gyldig_til is not None and en.gyldig_til <= tid.i_dag()]
    return {
        "dokumenter": [en for en in dokumenter if en not in slut],
        "tidligere": slut,
        "fagligheder": fagligheder,
    }


def alles_rammer(person: Person) -> QuerySet[Any]:
    """What everybody works within, everybody may follow in the trail; the professions too."""
    return Rammedokument.objects.order_by().values("pk")


def alles_fagligheder(person: Person) -> QuerySet[Any]:
    return Faglighed.objects.order_by().values("pk")


def _nyeste_foerst(dokumenter: Iterable[Rammedokument]) -> list[Rammedokument]:
    return sorted(dokumenter, key=lambda en: (-en.aar, dansk_noegle(en.titel)))
