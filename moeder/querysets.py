"""Which meetings, items, requests and tasks a person may do what to; the row side of `maa`."""

from collections.abc import Collection, Iterator
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import OuterRef, Prefetch, Q, QuerySet

from moeder.states import AKTIVE, KOMMENDE
from ressourcecenter.querysets import KUN_I_FORUMMET, TEAMLEDERE
from samarbejde import tid
from samarbejde.models import Enhedstilknytning
from samarbejde.permissions import FORUMLEDELSE, TILLADT, Handling, Relation, Rolle
from samarbejde.querysets import SynligQuerySet
from samarbejde.roller import LEDERE, MineRoller, i_perioden, mine_roller

SKOLENS_LEDELSE = frozenset(FORUMLEDELSE) - TEAMLEDERE
INGENTING = Q(pk__in=[])
# To see a meeting as such, and not only single items of it (S33).
HELE = TILLADT[Handling.SE_MOEDE] - {Relation.INVITERET_TIL_PUNKT, Relation.FORFATTER}


def enten(dele: Collection[Q]) -> Q:
    return reduce(or_, dele) if dele else INGENTING


def hvor_i_fora(mine: MineRoller, tilladt: Collection[Any], sti: str = "", moede: str | None = None) -> Q:
    """Rows whose forum (or joint forums) give the person such a role. `sti` leads to the meeting or the like, `moede`
    to the meeting that may concern one fritid unit alone (D25).

    A joint meeting follows the stricter rule: a coordinator of the Ressourcecenter alone has no role in it (S60).
    """
    dele = [*_ledelse(mine, tilladt, sti), *_tilknyttede(mine, tilladt, sti, moede)]
    fritids = frozenset({Relation.DELEGERET})
    for slags, angaar in ((KUN_I_FORUMMET - fritids, Q()), (fritids, _angaar(moede, sorted(mine.enheder)))):
        if i_forummet := [pk for pk, roller in mine.fora.items() if not (roller & slags).isdisjoint(tilladt)]:
            her = Q(**{f"{sti}forum__in": i_forummet}) | Q(**{f"{sti}medforum__in": i_forummet})
            dele.append(her & angaar)
    return _i_aabne_fora(dele, sti)


def _angaar(moede: str | None, enheder: Collection[int]) -> Q:
    """A meeting for the whole forum, or about one of these units."""
    if moede is None:
        return Q()
    return Q(**{f"{moede}kun_om__isnull": True}) | Q(**{f"{moede}kun_om__in": enheder})


def hvor_jeg_leder(mine: MineRoller, tilladt: Collection[Any]) -> Q:
    """The same for rows of one forum alone, asked only about those who lead it."""
    return _i_aabne_fora([*_ledelse(mine, set(tilladt) & FORUMLEDELSE, "", kan_samles=False)], "")


def _i_aabne_fora(dele: Collection[Q], sti: str) -> Q:
    if not dele:
        return INGENTING
    aaben = i_perioden(tid.i_dag(), f"{sti}forum__enhed__") & ~Q(**{f"{sti}forum__enhed__ejerform": "privat"})
    return aaben & enten(dele)


def _med(mine: MineRoller, roller: Collection[Any]) -> list[int]:
    return [pk for pk, egne in mine.enheder.items() if not egne.isdisjoint(roller)]


def _ledelse(mine: MineRoller, tilladt: Collection[Any], sti: str, *, kan_samles: bool = True) -> Iterator[Q]:
    enhed, art = f"{sti}forum__enhed__in", f"{sti}forum__art"
    alene = {f"{sti}medforum__isnull": True} if kan_samles else {}
    roller = set(tilladt)
    if team := _med(mine, roller & TEAMLEDERE):
        yield Q(**{enhed: team, art: "ressourceteam"})
    if ledere := _med(mine, roller & (SKOLENS_LEDELSE - {Rolle.KOORDINATOR})):
        yield Q(**{enhed: ledere}) & ~Q(**{art: "ressourceteam"})
    if Rolle.KOORDINATOR in roller:
        if rc := _med(mine, {Rolle.KOORDINATOR}):
            yield Q(**{enhed: rc, art: "ressourcecenter", **alene})
        if mine.plc:
            yield Q(**{enhed: sorted(mine.plc)}) & ~Q(**{art: "ressourceteam"})


def _tilknyttede(mine: MineRoller, tilladt: Collection[Any], sti: str, moede: str | None) -> Iterator[Q]:
    """Leaders of fritid units in their schools' forums, of 0-6 institutions in their team (S32)."""
    er_team = Q(**{f"{sti}forum__art": "ressourceteam"})
    for rolle, hvilke in ((Rolle.FRITIDSLEDER, ~er_team), (Rolle.DAGTILBUDSLEDER, er_team)):
        if rolle in tilladt and (egne := _med(mine, {rolle})):
            steder = Enhedstilknytning.objects.gaeldende().filter(enhed__in=egne).values("til")
            yield hvilke & Q(**{f"{sti}forum__enhed__in": steder}) & _angaar(moede, egne)


def mine_invitationer(deltagere: QuerySet, person: Any) -> QuerySet:
    """Sent and standing, and only while the person still works where they were invited from (S54)."""
    return mine_pladser(deltagere, person).filter(indkaldt_den__isnull=False)


def mine_pladser(deltagere: QuerySet, person: Any) -> QuerySet:
    """Also those on the list of a meeting that is only reserved so far."""
    mine = mine_roller(person)
    fra = Q(enhed__in=sorted({*mine.enheder, *mine.under}))
    if skoler := _med(mine, {Rolle.SKOLELEDER}):  # who acts for a KKFO without a leader (decision 2)
        fra |= Q(moede__forum__enhed__in=skoler)
    if mine.fora:
        fra |= Q(enhed__isnull=True) & (Q(moede__forum__in=mine.fora) | Q(moede__medforum__in=mine.fora))
    return deltagere.filter(fra, person=person, tilstand__in=AKTIVE)


def eget_uddrag(mine: MineRoller, deltagere: QuerySet, person: Any, enhed: str = "enhed") -> Q:
    """Rows about a unit whose extract is the person's to pass on to its other staff: one they lead, or were invited
    from to the whole meeting, as its representative. It holds every decision, so single items are not enough (S33).
    """
    fra = mine_invitationer(deltagere, person).filter(kun_punkter=False)
    return Q(**{f"{enhed}__in": _med(mine, LEDERE)}) | Q(**{f"{enhed}__in": fra.values("enhed")})


def skrevet_af(mine: MineRoller, person: Any, felt: str, enhed: str) -> Q:
    """What somebody wrote is theirs while they hold a role at the unit they wrote it for (S54)."""
    return Q(**{felt: person, f"{enhed}__in": sorted({*mine.enheder, *mine.under})})


class SerieQuerySet(SynligQuerySet):
    """Those of the forum; one who is only invited to a meeting sees that one."""

    def hvor(self, person: Any, handling: Handling) -> Q:
        return hvor_i_fora(mine_roller(person), TILLADT[handling])

    def paa_adressen(self, **adresse: Any) -> Self:
        return self.filter(pk=adresse["serie"]).select_related("forum__enhed", "medforum__enhed")


class MoedeQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        return self.hvor_rolle(person, TILLADT[handling])

    def hvor_rolle(self, person: Any, tilladt: Collection[Any]) -> Q:
        hvor = hvor_i_fora(mine_roller(person), tilladt, moede="")
        deltagere = self.model._meta.get_field("deltagere").related_model.objects.all()
        for relation, kun_punkter in ((Relation.INVITERET, False), (Relation.INVITERET_TIL_PUNKT, True)):
            if relation in tilladt:
                egne = mine_invitationer(deltagere, person).filter(kun_punkter=kun_punkter)
                hvor |= Q(pk__in=egne.values("moede"))
        if Relation.DELTAGER_SELV in tilladt:
            hvor |= Q(pk__in=mine_invitationer(deltagere, person).values("moede"))
        if Relation.REFERENT in tilladt:
            hvor |= Q(referent=person) & Q(pk__in=mine_invitationer(deltagere, person).values("moede"))
        return hvor

    def paa_adressen(self, **adresse: Any) -> Self:
        return self.filter(kode=adresse["kode"]).select_related("forum__enhed", "medforum", "referent", "serie")

    def kommende_i(self, forum_id: int) -> Self:
        """To come in this forum, alone or jointly with the other one of the school."""
        her = Q(forum=forum_id) | Q(medforum=forum_id)
        return self.filter(her, tilstand__in=KOMMENDE, begynder__gt=tid.nu()).order_by("begynder", "pk")


class PunktQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        return self.hvor_rolle(person, TILLADT[handling])

    def hvor_rolle(self, person: Any, tilladt: Collection[Any]) -> Q:
        mine = mine_roller(person)
        hvor = hvor_i_fora(mine, tilladt, moede="moede__")
        egne = mine_invitationer(self.model._meta.get_field("deltagere").related_model.objects.all(), person)
        if Relation.INVITERET in tilladt:
            hvor |= Q(moede__in=egne.filter(kun_punkter=False).values("moede"))
        if Relation.INVITERET_TIL_PUNKT in tilladt:
            hvor |= Q(pk__in=egne.filter(kun_punkter=True, punkter__isnull=False).values("punkter"))
        if Relation.FORFATTER in tilladt:
            hvor |= skrevet_af(mine, person, "foreslaaet_af", "foreslaaet_for")
            # A resource person from outside proposes for no unit.
            hvor |= Q(foreslaaet_af=person, foreslaaet_for__isnull=True, forum__in=list(mine.fora))
        return hvor

    def paa_adressen(self, **adresse: Any) -> Self:
        punkter = self.filter(noegle=adresse["punkt"])
        if "kode" in adresse:
            punkter = punkter.filter(moede__kode=adresse["kode"])
        return punkter.select_related("moede__forum__enhed", "moede__medforum", "forum__enhed", "medforum", "ansvarlig")


class DeltagerQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        if handling == Handling.SE_MOEDE:
            moeder = self.model._meta.get_field("moede").related_model.objects
            afgoer = self.hvor(person, Handling.VAELG_REPRAESENTANT)
            return Q(moede__in=moeder.synlige_for(person, handling)) | afgoer
        mine, tilladt = mine_roller(person), set(TILLADT[handling])
        hvor = hvor_i_fora(mine, tilladt & FORUMLEDELSE, "moede__")
        if ledere := _med(mine, tilladt & {Rolle.FRITIDSLEDER, Rolle.DAGTILBUDSLEDER}):
            hvor |= Q(enhed__in=ledere)
        if Relation.I_LEDIG_POST in tilladt:
            hvor |= Q(enhed__in=[pk for pk, roller in mine.under.items() if Rolle.KLYNGELEDER in roller])
            hvor |= Q(enhed__er_kkfo=True, moede__forum__enhed__in=_med(mine, {Rolle.SKOLELEDER}))
        if Relation.DELTAGER_SELV in tilladt:
            hvor |= Q(pk__in=mine_invitationer(self.model.objects.all(), person).values("pk"))
        return hvor

    def paa_adressen(self, **adresse: Any) -> Self:
        deltagere = self.filter(moede__kode=adresse["kode"], pk=adresse["deltager"])
        return deltagere.select_related("moede__forum__enhed", "moede__medforum", "enhed", "person")


class AnmodningQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        mine, tilladt = mine_roller(person), TILLADT[handling]
        if handling == Handling.BESVAR_ANMODNING:
            forelagt = Q(tilstand="forelagt_skoleleder")
            ledere = hvor_jeg_leder(mine, TILLADT[Handling.BESVAR_FORELAGT])
            return (forelagt & ledere) | (~forelagt & hvor_jeg_leder(mine, tilladt))
        hvor = hvor_jeg_leder(mine, tilladt)
        if Relation.ANMODER in tilladt:
            anmodere = self._anmodere()
            fra = Q(enhed__in=sorted({*mine.enheder, *mine.under}))
            if fora := list(mine.fora):
                her = Q(anmodning__forum__in=fora) | Q(anmodning__henvist_fra__in=fora)
                fra |= Q(enhed__isnull=True) & her
            hvor |= Q(pk__in=anmodere.filter(fra, person=person).values("anmodning"))
        return hvor

    def paa_adressen(self, **adresse: Any) -> Self:
        return (
            self.filter(kode=adresse["anmodning"])
            .med_anmodere()
            .select_related("forum__enhed", "henvist_fra__enhed", "moede__forum__enhed", "flettet_i", "besvaret_af")
        )

    def med_anmodere(self) -> Self:
        """Who asks, with their units, in one query."""
        return self.prefetch_related(Prefetch("anmodere", self._anmodere().select_related("person", "enhed")))

    def _anmodere(self) -> QuerySet:
        return self.model._meta.get_field("anmodere").related_model.objects.all()


class OpgaveQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        tilladt = TILLADT[handling]
        punkter = self.model._meta.get_field("punkt").related_model.objects.all()
        hvor = Q(punkt__in=punkter.filter(punkter.hvor_rolle(person, tilladt)))
        if Relation.ANSVARLIG in tilladt:
            mine = mine_roller(person)
            hvor |= skrevet_af(mine, person, "ansvarlig", "enhed")
            if mine.fora:  # somebody from outside answers for it while they are in the forum
                i_forummet = Q(punkt__forum__in=mine.fora) | Q(punkt__medforum__in=mine.fora)
                hvor |= Q(ansvarlig=person, enhed__isnull=True) & i_forummet
        return hvor

    def paa_adressen(self, **adresse: Any) -> Self:
        return self.filter(pk=adresse["opgave"]).select_related(
            "punkt__moede__forum__enhed", "punkt__moede__medforum", "ansvarlig", "enhed"
        )


class MoededokumentQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        mine, tilladt = mine_roller(person), TILLADT[handling] & HELE
        moeder = self.model._meta.get_field("moede").related_model.objects.all()
        hele = Q(moede__in=moeder.filter(moeder.hvor_rolle(person, tilladt)))
        deltagere = self.model._meta.get_field("moede").related_model._meta.get_field("deltagere").related_model
        egen = eget_uddrag(mine, deltagere.objects.filter(moede=OuterRef("moede")), person)
        return hele & (~Q(art="uddrag") | egen) | hvor_i_fora(mine, tilladt & FORUMLEDELSE, "moede__")

    def paa_adressen(self, **adresse: Any) -> Self:
        papirer = self.filter(pk=adresse["pk"], moede__kode=adresse["kode"]).defer("pdf")
        return papirer.select_related("moede__forum__enhed", "moede__medforum", "moede__referent", "enhed")
