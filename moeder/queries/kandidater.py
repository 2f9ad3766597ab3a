"""Who can be invited to a meeting, and whom its agenda calls for (S37); the queries never follow the rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from aftaler.models import Aktivitet
from moeder.invitationsregler import Art, Kandidat, hindring
from moeder.models import Anmoder, Anmodning, Deltagelsesoenske, Moede, Punkt
from moeder.states import AABNE_PUNKTER, MED, Deltagelse, Oenske
from ressourcecenter.models import Forum, Ressourceperson
from ressourcecenter.querysets import FRITID
from ressourcecenter.repraesentation import Repraesentanter, kan_deltage
from samarbejde.models import Distriktstilknytning, Enhed, Enhedstilknytning, Rolletildeling
from samarbejde.permissions import Rolle

PAA_LISTEN = frozenset({*MED, Deltagelse.FORESLAAET})
Personer = set[int]


def mulige(moede: Moede) -> list[Kandidat]:
    """Everybody who belongs near the forum, whatever kind of meeting it is: that is `hindring`'s to judge."""
    return [*_ressourcepersoner(moede), *_medarbejdere(moede), *_gaester(moede)]


def kandidater(moede: Moede) -> list[Kandidat]:
    """Those who may be invited now and are not on the list, with what on the agenda calls for them; those first."""
    paa_listen = set(moede.deltagere.filter(tilstand__in=PAA_LISTEN).values_list("person_id", flat=True))
    egnede = [en for en in mulige(moede) if not hindring(moede, en) and not (en.person and en.person.pk in paa_listen)]
    kald = _dagsordenens_kald(moede)
    return sorted((replace(en, forslag=kald.til(en)) for en in egnede), key=lambda en: not en.forslag)


# --- who there is ----------------------------------------------------------------------------------------------------
def _ressourcepersoner(moede: Moede) -> Iterator[Kandidat]:
    fora = Q(forum__in=[forum.pk for forum in moede.fora])
    if moede.forum.er_team:
        fora |= Q(forum__enhed__in=_i_samme_distrikter(moede, (Enhed.Art.SKOLE,)).values("pk"))
    raekker = Ressourceperson.objects.gaeldende(moede.dag).filter(fora).select_related("person", "enhed", "faglighed")
    sete: Personer = set()
    for en in raekker.order_by("person__navn", "pk"):
        if en.person_id not in sete and kan_deltage(en.person, moede.dag):
            sete.add(en.person_id)
            grund = f"ressourceperson ({en.faglighed})"
            yield Kandidat(Art.RESSOURCEPERSON, grund, en.enhed, en.person, en.tilhoersforhold, en.faglighed_id)


def _medarbejdere(moede: Moede) -> Iterator[Kandidat]:
    """Decision 8: staff of the school and the attached units; in a team those of its 0-6 institutions."""
    steder = _medlemmer(moede.forum, moede.dag)
    steder = steder.filter(art=Enhed.Art.DAGINSTITUTION) if moede.forum.er_team else steder.filter(art__in=FRITID)
    her = [*steder.values_list("pk", flat=True), *([] if moede.forum.er_team else [moede.forum.enhed_id])]
    job = Rolletildeling.objects.gaeldende(moede.dag).filter(content_object__in=her).med_rolle(Rolle.MEDARBEJDER)
    for en in job.select_related("user", "content_object").order_by("user__navn", "pk"):
        if kan_deltage(en.user, moede.dag):
            yield Kandidat(Art.MEDARBEJDER, "arbejder med punktet", en.enhed, en.user, "", en.user.faglighed_id)


def _gaester(moede: Moede) -> Iterator[Kandidat]:
    """A unit is invited and the one who decides for it comes: 0-6 institutions to a school, fritid to a team (S46)."""
    enheder = gaesteenheder(moede)
    hos = Repraesentanter(enheder)
    for enhed in enheder:
        if person := hos.handler_for(enhed, moede.dag):
            yield Kandidat(Art.GAEST, "gæst på et tematisk møde", enhed, person)


def gaesteenheder(moede: Moede) -> list[Enhed]:
    if not moede.forum.er_team:
        return list(_i_samme_distrikter(moede, (Enhed.Art.DAGINSTITUTION,)).order_by("navn"))
    return list(fritid_om_teamet(moede.forum, moede.dag).order_by("navn"))


def fritid_om_teamet(forum: Forum, dag: date) -> QuerySet[Enhed]:
    """Members of the klynge itself, and the fritid of the districts in which its institutions lie."""
    egne = Enhedstilknytning.objects.gaeldende(dag).filter(til=forum.enhed_id).values("enhed")
    distrikter = Distriktstilknytning.objects.gaeldende(dag).filter(enhed__in=egne).values("distrikt")
    naboer = Distriktstilknytning.objects.gaeldende(dag).filter(distrikt__in=distrikter).values("enhed")
    return Enhed.objects.gaeldende(dag).filter(Q(pk__in=egne) | Q(pk__in=naboer), art__in=FRITID)


def _medlemmer(forum: Forum, dag: date) -> QuerySet[Enhed]:
    links = Enhedstilknytning.objects.gaeldende(dag).filter(til=forum.enhed_id)
    return Enhed.objects.gaeldende(dag).filter(pk__in=links.values("enhed"))


def _i_samme_distrikter(moede: Moede, arter: Iterable[str]) -> QuerySet[Enhed]:
    """Units of these kinds in the districts of the school, or of the team's members."""
    forum, links = moede.forum, Distriktstilknytning.objects.gaeldende(moede.dag)
    egne = _medlemmer(forum, moede.dag).values("pk") if forum.er_team else [forum.enhed_id]
    distrikter = links.filter(enhed__in=egne).values("distrikt")
    return Enhed.objects.gaeldende(moede.dag).filter(
        pk__in=links.filter(distrikt__in=distrikter).values("enhed"), art__in=list(arter)
    )


# --- whom the agenda calls for -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Kald:
    fagligheder: dict[int, str]
    ejere: Personer
    anmodere: Personer
    enheder: Personer
    ord_: str
    aftalte: Personer

    def til(self, en: Kandidat) -> str:
        """The first ground, in words for the one who invites."""
        person, enhed = (en.person.pk if en.person else 0), (en.enhed.pk if en.enhed else 0)
        if person in self.ejere:
            return "ansvarlig for et punkt"
        if person in self.anmodere:
            return "har bedt om mødet"
        if str(en.person).casefold() in self.ord_ or (en.art == Art.GAEST and str(en.enhed).casefold() in self.ord_):
            return "nævnt i anmodningen som en, der også arbejder med det"
        if en.art == Art.RESSOURCEPERSON and en.faglighed_id in self.fagligheder:
            return f"et punkt kalder på {self.fagligheder[en.faglighed_id]}"
        if enhed in self.enheder and en.art != Art.MEDARBEJDER:
            return "enheden er ansvarlig for det delmål, et punkt handler om"
        return "har bedt om at deltage, og det er aftalt" if enhed in self.aftalte and en.art == Art.GAEST else ""


def _dagsordenens_kald(moede: Moede) -> _Kald:
    punkter = list(Punkt.objects.filter(moede=moede, tilstand__in=AABNE_PUNKTER).prefetch_related("fagligheder"))
    anmodninger = Anmodning.objects.filter(Q(moede=moede) | Q(punkt__moede=moede)).distinct()
    anmodere = Anmoder.objects.filter(anmodning__in=anmodninger.values("pk"))
    delmaal = {punkt.delmaal_id for punkt in punkter} - {None}
    ansvarlige = Aktivitet.ansvarlige.through.objects.filter(aktivitet__delmaal__in=delmaal) if delmaal else None
    oensker = Deltagelsesoenske.objects.filter(forum=moede.forum_id, tilstand=Oenske.GAELDER)
    return _Kald(
        fagligheder={et.pk: et.navn for punkt in punkter for et in punkt.fagligheder.all()},
        ejere={punkt.ansvarlig_id for punkt in punkter if punkt.ansvarlig_id},
        anmodere=set(anmodere.values_list("person", flat=True)),
        enheder=set(ansvarlige.values_list("enhed", flat=True)) if ansvarlige is not None else set(),
        ord_=" ".join(anmodninger.values_list("arbejder_ogsaa", flat=True)).casefold(),
        aftalte=set(oensker.values_list("enhed", flat=True)) if moede.forum.er_team else set(),
    )
