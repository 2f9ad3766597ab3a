"""What the minutes show, to a person or to the maker of a PDF; the number of queries never follows the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from django.db.models import Prefetch, Q, QuerySet

from moeder.models import Bemaerkning, Berigtigelse, Deltager, Moede, Opfoelgning, Opgave, Punkt
from moeder.querysets import HELE, eget_uddrag
from moeder.states import AKTIVE, Deltagelse, Tilstand
from ressourcecenter.models import LokaleRegler
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.permissions import FORUMLEDELSE, Handling, Rolle, maa
from samarbejde.roller import mine_roller

UDE = frozenset({Tilstand.REFERAT_I_HOERING, Tilstand.REFERAT_LUKKET})
TIL_STEDE, IKKE_TIL_STEDE = Deltagelse.DELTOG, (Deltagelse.DELTOG_IKKE, Deltagelse.AFBUD)


@dataclass(frozen=True)
class Referatdata:
    """`punkter` carry `nummer`, and their tasks, objections and corrections prefetched. Somebody invited to single
    items gets those alone, and nothing about the rest of the meeting.
    """

    moede: Moede
    punkter: list[Punkt]
    til_stede: list[Deltager]
    ikke_til_stede: list[Deltager]
    opfoelgninger: list[Opfoelgning]
    berigtigelser: list[Berigtigelse]
    er_hele: bool

    @property
    def er_ude(self) -> bool:
        return self.moede.tilstand in UDE

    @property
    def er_lukket(self) -> bool:
        return self.moede.tilstand == Tilstand.REFERAT_LUKKET

    @property
    def aftryk(self) -> str:
        return referatets_aftryk(self.punkter)


def referatdata(moede: Moede, person: Person | None = None) -> Referatdata:
    """The minutes as `person` may read them; all of them when nobody is named."""
    er_hele = person is None or ser_hele(moede, person)
    punkter = nummererede(moede, person)
    if not er_hele:
        return Referatdata(moede, punkter, [], [], [], [], er_hele=False)
    deltagere = list(inviterede(moede))
    opfoelgninger = Opfoelgning.objects.filter(moede=moede).select_related("opgave__ansvarlig")
    return Referatdata(
        moede,
        punkter,
        [deltager for deltager in deltagere if deltager.tilstand == TIL_STEDE],
        [deltager for deltager in deltagere if deltager.tilstand in IKKE_TIL_STEDE],
        list(opfoelgninger),
        list(Berigtigelse.objects.filter(moede=moede, punkt=None).select_related("af")),
        er_hele=True,
    )


def ser_hele(moede: Moede, person: Person) -> bool:
    """More than single items: by leading or taking part in the forum, or invited to the whole meeting."""
    return not moede.roller_for(person).isdisjoint(HELE)


def nummererede(moede: Moede, person: Person | None = None) -> list[Punkt]:
    """The items in order, each with its number on the whole agenda, also for whoever sees one of them."""
    alle = list(Punkt.objects.filter(moede=moede).values_list("pk", flat=True))
    synlige = Punkt.objects.synlige_for(person, Handling.SE_MOEDE) if person else Punkt.objects.all()
    opgaver = Opgave.objects.select_related("ansvarlig", "enhed").order_by("pk")
    punkter = (
        synlige.filter(moede=moede)
        .select_related("ansvarlig", "udsat_til__moede")
        .prefetch_related(
            Prefetch("opgaver", opgaver),
            Prefetch("bemaerkninger", Bemaerkning.objects.select_related("af")),
            Prefetch("berigtigelser", Berigtigelse.objects.select_related("af")),
        )
    )
    for punkt in (fundne := list(punkter)):
        punkt.nummer = alle.index(punkt.pk) + 1
    return fundne


def inviterede(moede: Moede) -> QuerySet[Deltager]:
    """Those whose attendance can be noted, with whom they came instead of."""
    aktive = Deltager.objects.filter(moede=moede, tilstand__in=AKTIVE).exclude(art=Deltager.Art.LOKALE)
    return aktive.select_related("person", "enhed", "i_stedet_for__person", "i_stedet_for__enhed")


def alle_noteret(deltagere: list[Deltager]) -> bool:
    kendte = {TIL_STEDE, *IKKE_TIL_STEDE}
    return bool(deltagere) and all(deltager.tilstand in kendte for deltager in deltagere)


def referatets_aftryk(punkter: Iterable[Punkt]) -> str:
    """Of all that the minutes say of the items: what was read is what is sent and closed."""
    dele = sorted((p.pk, p.tilstand, p.referat_version, p.beslutning_version) for p in punkter)
    return f"{crc32(repr(dele).encode()):08x}"


def modtagere(moede: Moede, punkt: Punkt | None = None) -> list[Person]:
    """Who is told about the minutes: those invited, to the whole meeting or to this very item."""
    deltagere = inviterede(moede).filter(person__isnull=False, indkaldt_den__isnull=False)
    if punkt is not None:
        deltagere = deltagere.filter(Q(kun_punkter=False) | Q(punkter=punkt))
    return list({deltager.person for deltager in deltagere})


# --- who writes and who answers for it ----------------------------------------------------------------------------
def ledelsen(moede: Moede) -> list[Person]:
    """Who holds the ball for the forum: its coordinators, or its leader when there is none (S30)."""
    enhed = moede.forum.enhed
    roller = Rolletildeling.objects.gaeldende().filter(content_object=enhed).select_related("user", "permission")
    folk = roller.med_rolle(Rolle.KOORDINATOR, enhed.lederrolle).order_by("i_fravaer", "-er_primaer", "pk")
    mulige = [rolle for rolle in folk if maa(rolle.user, Handling.LUK_REFERAT, moede)]
    koordinatorer = [rolle.user for rolle in mulige if rolle.rolle == Rolle.KOORDINATOR]
    return list(dict.fromkeys(koordinatorer or [rolle.user for rolle in mulige]))


def standardreferent(moede: Moede) -> Person | None:
    """By the forum's local rules; nobody when they take turns."""
    regel = moede.forum.regler.referent
    if regel == LokaleRegler.Referent.SKIFT:
        return None
    enhed = moede.forum.enhed
    rolle = Rolle.KOORDINATOR if regel == LokaleRegler.Referent.KOORDINATOR else enhed.lederrolle
    roller = Rolletildeling.objects.gaeldende().filter(content_object=enhed).med_rolle(rolle)
    folk = roller.select_related("user").order_by("i_fravaer", "-er_primaer", "pk")
    return next((en.user for en in folk if maa(en.user, Handling.SKRIV_REFERAT, moede)), None)


def mulige_referenter(moede: Moede) -> list[Person]:
    """The forum's leadership, and those invited to the whole meeting."""
    enhed = moede.forum.enhed
    roller = Rolletildeling.objects.gaeldende().filter(content_object=enhed)
    ledere = roller.med_rolle(Rolle.KOORDINATOR, enhed.lederrolle).values("user")
    inviteret = inviterede(moede).filter(kun_punkter=False, person__isnull=False).values("person")
    folk = Person.objects.filter(Q(pk__in=ledere) | Q(pk__in=inviteret))
    return [person for person in folk if person.is_active]


# --- the extract for a unit's other staff -------------------------------------------------------------------------
def uddragsenheder(moede: Moede, person: Person) -> list[Enhed]:
    """The units whose extract the person may open once the minutes are out: all for the leadership, else their own."""
    roller = moede.roller_for(person)
    if moede.tilstand not in UDE or roller.isdisjoint(HELE):
        return []
    deltagere = Deltager.objects.filter(moede=moede, tilstand__in=AKTIVE)
    opgaver = Opgave.objects.filter(punkt__moede=moede)
    med = Q(pk=moede.forum.enhed_id) | Q(pk__in=deltagere.values("enhed")) | Q(pk__in=opgaver.values("enhed"))
    enheder = Enhed.objects.filter(med).order_by("navn")
    if roller.isdisjoint(FORUMLEDELSE):
        enheder = enheder.filter(eget_uddrag(mine_roller(person), deltagere, person, "pk"))
    return list(enheder)
