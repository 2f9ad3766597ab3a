"""The agenda and the backlog: who sees which items, when each one begins, and what can be chosen for one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from aftaler.models import Aftale, Delmaal
from aftaler.states import Tilstand as Aftaletilstand
from moeder.models import Anmodning, Deltager, Moede, Punkt
from moeder.models.moede import PLC_TEMAER, TEMAER_0_18, Tema
from moeder.states import AKTIVE, I_KOEEN, KOMMENDE, LOVET, REFERATET_SKRIVES, Punkttilstand
from ressourcecenter.models import Forum, Ressourceperson
from ressourcecenter.querysets import KUN_I_FORUMMET
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.formater import antal, klokken
from samarbejde.models import Distriktstilknytning, Enhed, Enhedstilknytning, Person
from samarbejde.permissions import Handling
from samarbejde.roller import mine_roller

# What takes time on the day; what was put off, closed or passed on stays in the list without.
MED_TID = frozenset({Punkttilstand.PAA_DAGSORDEN, Punkttilstand.BEHANDLET})
FOR_MANGE_GANGE = 3
FLEST_VALG = 40
Tidsrum = tuple[datetime, datetime]


# --- the agenda of one meeting -----------------------------------------------------------------------------------
def tidsplan(moede: Moede, punkter: Iterable[Punkt]) -> dict[int, Tidsrum]:
    """When each item begins and ends (D19); `punkter` are all of the meeting's, in order."""
    begynder, plan = moede.begynder, {}
    for punkt in punkter:
        if punkt.tilstand in MED_TID:
            slutter = begynder + timedelta(minutes=punkt.minutter)
            plan[punkt.pk], begynder = (begynder, slutter), slutter
    return plan


def tid_for_punkter(plan: dict[int, Tidsrum], punkter: Iterable[int]) -> Tidsrum | None:
    """The span of somebody invited to these items only; None when none of them takes time any more."""
    tider = [plan[pk] for pk in punkter if pk in plan]
    return (min(fra for fra, _ in tider), max(til for _, til in tider)) if tider else None


@dataclass(frozen=True)
class Linje:
    punkt: Punkt
    nummer: int | None = None
    tidsrum: Tidsrum | None = None
    er_foerst: bool = False
    er_sidst: bool = False

    @property
    def klokken(self) -> str:
        return f"{klokken(self.tidsrum[0])}–{klokken(self.tidsrum[1])}" if self.tidsrum else ""

    @property
    def for_mange_gange(self) -> bool:
        return self.punkt.udsat_antal >= FOR_MANGE_GANGE

    @property
    def udsat(self) -> str:
        gange = f"Udsat {antal(self.punkt.udsat_antal, 'gang', 'gange')}"
        return f"{gange}: luk, beslut eller giv videre?" if self.for_mange_gange else gange


@dataclass(frozen=True)
class Dagsorden:
    """What one person sees of an agenda; the sum is said only to those who see all of it (S33)."""

    moede: Moede
    linjer: list[Linje] = field(default_factory=list)
    faerdige: list[Linje] = field(default_factory=list)
    minutter: int = 0
    ser_alt: bool = True

    @property
    def er_for_lang(self) -> bool:
        return self.minutter > self.moede.minutter

    @property
    def er_aaben(self) -> bool:
        """Until the minutes are sent (`actions.punktregler` refuses it by the same states)."""
        return self.moede.tilstand in KOMMENDE | REFERATET_SKRIVES

    @property
    def mangler_runde(self) -> bool:
        """S41: offered to whoever makes the agenda, never asked for."""
        return not any(linje.punkt.er_runde for linje in self.linjer)

    @property
    def sum(self) -> str:
        return f"Punkterne fylder {self.minutter} af {self.moede.minutter} minutter."


def dagsorden(moede: Moede, person: Person) -> Dagsorden:
    """One query: the times follow from every item, also from those the person does not see."""
    return lav_dagsorden(moede, hent(_alle_punkter, person, moede=moede.pk))


def _alle_punkter(person: Person, moede: int) -> QuerySet[Punkt]:
    punkter = Punkt.objects.filter(moede=moede).med_ret(person, Handling.SE_MOEDE).select_related("ansvarlig")
    return punkter.only(*(felt.name for felt in Punkt._meta.concrete_fields), "ansvarlig__navn")


def lav_dagsorden(moede: Moede, alle: list[Punkt]) -> Dagsorden:
    """From all items of the meeting in order, each with `har_ret` and `ansvarlig`; asks the database for nothing."""
    plan = tidsplan(moede, alle)
    ser_alt = all(punkt.har_ret for punkt in alle)
    med = [punkt for punkt in alle if punkt.pk in plan]
    linjer = [
        Linje(punkt, nummer if ser_alt else None, plan[punkt.pk], nummer == 1, nummer == len(med))
        for nummer, punkt in enumerate(med, 1)
        if punkt.har_ret
    ]
    uden = [Linje(punkt) for punkt in alle if punkt.pk not in plan and punkt.har_ret]
    return Dagsorden(moede, linjer, uden, sum(punkt.minutter for punkt in med), ser_alt)


def linje_for(punkt: Punkt) -> Linje:
    """The item with its own time, for its page."""
    if punkt.moede is None:
        return Linje(punkt)
    alle = Punkt.objects.filter(moede=punkt.moede_id).only("plads", "minutter", "tilstand", "moede")
    return Linje(punkt, tidsrum=tidsplan(punkt.moede, alle).get(punkt.pk))


def tider_for_inviterede_til_punkter(moede: Moede) -> dict[int, Tidsrum | None]:
    """{invitation: time} of those who are invited to single items and have been told so."""
    egne = Deltager.objects.filter(moede=moede, kun_punkter=True, tilstand__in=AKTIVE, indkaldt_den__isnull=False)
    plan = tidsplan(moede, Punkt.objects.filter(moede=moede))
    raekker: dict[int, list[int]] = {}
    for pk, punkt in egne.values_list("pk", "punkter"):
        raekker.setdefault(pk, []).append(punkt)
    return {pk: tid_for_punkter(plan, punkter) for pk, punkter in raekker.items()}


# --- the backlog of a forum --------------------------------------------------------------------------------------
def koe(forum: Forum, person: Person) -> QuerySet[Punkt]:
    """What waits for a meeting of this forum, proposals first."""
    foerst = Case(When(tilstand=Punkttilstand.FORESLAAET, then=Value(0)), default=1, output_field=IntegerField())
    i_koeen = Punkt.objects.synlige_for(person, Handling.SE_MOEDE).filter(tilstand__in=I_KOEEN)
    i_koeen = i_koeen.filter(Q(forum=forum) | Q(medforum=forum), moede__isnull=True)
    return i_koeen.select_related("foreslaaet_af", "foreslaaet_for").order_by(foerst, "oprettet_den", "pk")


def kan(person: Person, handling: Handling, forum: Forum) -> bool:
    """`maa` in one query, however many units the forum has."""
    return Forum.objects.synlige_for(person, handling).filter(pk=forum.pk).exists()


def mine_forslag(forum: Forum, person: Person) -> QuerySet[Punkt]:
    """The person's own proposals to this forum, the newest first."""
    egne = Punkt.objects.synlige_for(person, Handling.SE_MOEDE).filter(foreslaaet_af=person, forum=forum)
    return egne.filter(udsat_fra__isnull=True).select_related("moede").order_by("-pk")[:FLEST_VALG]


def moeder_at_vaelge(punkt: Punkt, person: Person) -> QuerySet[Moede]:
    """Coming meetings of the item's forum that the person plans and that may hold an item of this level (S21, S44)."""
    hvor = Q(forum__in=[punkt.forum_id, punkt.medforum_id or 0])
    hvor |= Q(medforum__in=[punkt.forum_id, punkt.medforum_id or 0])
    moeder = Moede.objects.synlige_for(person, Handling.PLANLAEG_MOEDE).filter(hvor, tilstand__in=KOMMENDE)
    if punkt.er_om_et_barn:
        moeder = moeder.filter(er_tematisk=False, forum__art=Forum.Art.RC)
    if punkt.moede is not None:
        moeder = moeder.filter(begynder__gt=punkt.moede.begynder)
    moeder = moeder.filter(begynder__gt=tid.nu()).select_related("forum__enhed", "medforum")
    return moeder.order_by("begynder", "pk")[:FLEST_VALG]


def andre_fora(punkt: Punkt, person: Person) -> QuerySet[Forum]:
    """Forums where the person could propose it: only there can it be passed on."""
    fora = Forum.objects.synlige_for(person, Handling.FORESLAA_PUNKT).select_related("enhed")
    return fora.exclude(pk__in=[punkt.forum_id, punkt.medforum_id or 0]).order_by("enhed__navn", "raekkefoelge")


# --- what can be chosen for an item ------------------------------------------------------------------------------
def temaer(forum: Forum) -> list[tuple[str, str]]:
    """All themes; those of the Læringscenter first in its own meetings (S21), those about 0-18 years in a team's."""
    foerst = {Forum.Art.PLC: PLC_TEMAER, Forum.Art.TEAM: TEMAER_0_18}.get(Forum.Art(forum.art), frozenset())
    return sorted(Tema.choices, key=lambda valg: valg[0] not in foerst)


def mulige_ansvarlige(moede: Moede) -> list[Person]:
    med = Deltager.objects.filter(moede=moede, tilstand__in=AKTIVE, person__isnull=False).select_related("person")
    return [deltager.person for deltager in med.order_by("person__navn", "pk")]


def mulige_delmaal(forum: Forum, person: Person) -> QuerySet[Delmaal]:
    """Sub-goals of the district's entered agreements, only of those the person may read (S53)."""
    distrikter = Distriktstilknytning.objects.gaeldende().filter(enhed=forum.enhed_id).values("distrikt")
    aftaler = Aftale.objects.synlige_for(person, Handling.LAES).filter(tilstand=Aftaletilstand.INDGAAET)
    delmaal = Delmaal.objects.filter(maal__aftale__in=aftaler.filter(distrikt__in=distrikter))
    return delmaal.select_related("maal__aftale").order_by("-maal__aftale__skoleaar", "maal__plads", "plads", "pk")


def mine_enheder_i(forum: Forum, person: Person) -> list[Enhed]:
    """The units that the person can propose for: their own among those of the forum, or where they are lent from."""
    roller = mine_roller(person).enheder
    mine = {pk for pk, egne in roller.items() if egne - KUN_I_FORUMMET}
    med = Enhedstilknytning.objects.gaeldende().filter(til=forum.enhed_id).values("enhed")
    i_forummet = Enhed.objects.gaeldende().filter(Q(pk=forum.enhed_id) | Q(pk__in=med), pk__in=mine)
    if egne := list(i_forummet.order_by("navn", "pk")):
        return egne
    fra = Ressourceperson.objects.gaeldende().filter(forum=forum, person=person, enhed__in=mine)
    return [en.enhed for en in fra.select_related("enhed")]


def laesbare_punkter(person: Person) -> QuerySet:
    """`stik.spor`: the items whose events the person may read."""
    return Punkt.objects.synlige_for(person, Handling.SE_MOEDE).values("pk")


def besvarer_en_anmodning(punkt: Punkt) -> bool:
    return Anmodning.objects.filter(punkt=punkt, tilstand__in=LOVET).exists()
