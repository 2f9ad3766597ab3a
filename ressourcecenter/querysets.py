"""Which forums a person may do what to; the row side of `maa`, and what a person is in a forum without a role there."""

from collections.abc import Collection, Iterator
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Q

from samarbejde import tid
from samarbejde.models import Distriktstilknytning, Enhed, Enhedstilknytning
from samarbejde.permissions import TILLADT, Handling, Relation, Rolle
from samarbejde.querysets import SynligQuerySet
from samarbejde.roller import GAELDER, MineRoller, i_perioden, mine_roller

FRITID = (Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER)
TEAMLEDERE = frozenset({Rolle.KLYNGELEDER, Rolle.NETVAERKSKOORDINATOR})
SELV = frozenset({Relation.LEDER_SELV, Relation.SKOLELEDER_SELV, Relation.FRITIDSLEDER_SELV})
# Asked of the one forum it is about, never of the other one at the same school.
KUN_I_FORUMMET = frozenset(
    {Relation.DELEGERET, Relation.FORBEREDER, Relation.RESSOURCEPERSON, Relation.EKSTERN_RESSOURCEPERSON}
)


class ForumQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        hvor = self._hvor(mine_roller(person), TILLADT[handling])
        if hvor is None:
            return Q(pk__in=[])
        return i_perioden(tid.i_dag(), "enhed__") & ~Q(enhed__ejerform=Enhed.Ejerform.PRIVAT) & hvor

    def _hvor(self, mine: MineRoller, tilladt: Collection[Any]) -> Q | None:
        """None when no role of the person's can give it. Asked several times a page: what is empty is left out."""
        if not mine.globale.isdisjoint(tilladt):
            return Q()
        hvor = [*self._ved_enheden(mine, tilladt), *self._fra_tilknyttede(mine, tilladt)]
        if i_forummet := [pk for pk, roller in mine.fora.items() if not roller.isdisjoint(tilladt)]:
            hvor.append(Q(pk__in=i_forummet))
        if Rolle.OMRAADECHEF in tilladt:
            hvor += self._i_mit_omraade(mine)
        return reduce(or_, hvor) if hvor else None

    def _ved_enheden(self, mine: MineRoller, tilladt: Collection[Any]) -> Iterator[Q]:
        if team := self._egne(mine, set(tilladt) - SELV):
            yield Q(art="ressourceteam", enhed__in=team)
        if rc := self._egne(mine, tilladt):
            yield Q(art="ressourcecenter", enhed__in=rc)
        # Coordinating the Ressourcecenter alone is no role in the Læringscenter (S36).
        uden = set(tilladt) - {Rolle.KOORDINATOR}
        if plc := [*self._egne(mine, uden), *(mine.plc if Rolle.KOORDINATOR in tilladt else ())]:
            yield Q(art="laeringscenter", enhed__in=plc)

    def _fra_tilknyttede(self, mine: MineRoller, tilladt: Collection[Any]) -> Iterator[Q]:
        # One's own units are open: a role ends with its unit. Those below a klynge may have closed.
        tilknyttede = Enhedstilknytning.objects.gaeldende()
        if egne := self._egne(mine, set(tilladt) - SELV - TEAMLEDERE):
            yield Q(enhed__in=tilknyttede.filter(enhed__in=egne).values("til"))
        under = [pk for pk, roller in mine.under.items() if roller & TEAMLEDERE]
        if under and Relation.OVER_TILKNYTTET in tilladt:
            yield Q(art__in=["ressourcecenter", "laeringscenter"]) & Q(
                enhed__in=tilknyttede.filter(
                    i_perioden(tid.i_dag(), "enhed__"), enhed__in=under, enhed__art__in=FRITID
                ).values("til")
            )

    def _egne(self, mine: MineRoller, tilladt: Collection[Any]) -> list[int]:
        """Units at which the person holds such a role; never by a klynge or netværk above them."""
        roller = set(tilladt) - KUN_I_FORUMMET
        return [pk for pk, egne in mine.enheder.items() if not egne.isdisjoint(roller)]

    def _i_mit_omraade(self, mine: MineRoller) -> Iterator[Q]:
        if distrikter := [pk for pk, roller in mine.distrikter.items() if Rolle.OMRAADECHEF in roller]:
            skoler = Distriktstilknytning.objects.gaeldende().filter(distrikt__in=distrikter).values("enhed")
            yield Q(enhed__in=skoler)
        if omraader := self._egne(mine, {Rolle.OMRAADECHEF}):
            yield Q(enhed__in=Enhedstilknytning.objects.gaeldende().filter(til__in=omraader).values("enhed"))

    def paa_adressen(self, **adresse: Any) -> Self:
        """The forums of a school, klynge or netværk; the Ressourcecenter first."""
        fora = self.filter(enhed__slug=adresse["enhed"])
        if adresse.get("art"):
            fora = fora.filter(art=adresse["art"])
        return fora.select_related("enhed").order_by("raekkefoelge")


# What a person is in a forum without a role at its unit, joined to the look-up of one's own roles (ADR 0012). It holds
# only while the employment it rests on does (S54): the role at the centre, at the school or the fritid unit.
KREDS = f"""
    SELECT valg.enhed_id, valg.som, CAST(NULL AS bigint), link.distrikt_id, valg.forum, '', NULL
      FROM (
        SELECT 'delegeret' AS som, forum.enhed_id, forum.id AS forum, valg.center_id AS ansat
          FROM ressourcecenter_delegation valg
          JOIN ressourcecenter_forum forum ON forum.enhed_id = valg.skole_id
          JOIN samarbejde_enhedstilknytning samarbejde ON samarbejde.enhed_id = valg.center_id
               AND samarbejde.til_id = valg.skole_id AND {GAELDER("samarbejde")}
         WHERE valg.person_id = %(person)s AND {GAELDER("valg")}
        UNION ALL
        SELECT 'forbereder', forum.enhed_id, forum.id, valg.skole_id
          FROM ressourcecenter_forbereder valg
          JOIN ressourcecenter_forum forum ON forum.enhed_id = valg.skole_id
         WHERE valg.person_id = %(person)s AND {GAELDER("valg")}
        UNION ALL
        SELECT CASE valg.tilhoersforhold WHEN 'ekstern' THEN 'ekstern_ressourceperson' ELSE 'ressourceperson' END,
               forum.enhed_id, forum.id, valg.enhed_id
          FROM ressourcecenter_ressourceperson valg
          JOIN ressourcecenter_forum forum ON forum.id = valg.forum_id
         WHERE valg.person_id = %(person)s AND {GAELDER("valg")}
      ) valg
      JOIN samarbejde_enhed sted ON sted.id = valg.enhed_id AND sted.ejerform <> 'privat' AND {GAELDER("sted")}
      LEFT JOIN samarbejde_distriktstilknytning link ON link.enhed_id = sted.id AND {GAELDER("link")}
     WHERE valg.ansat IS NULL OR EXISTS (
            SELECT 1 FROM samarbejde_rolletildeling job
             WHERE job.user_id = %(person)s AND job.enhed_id = valg.ansat AND {GAELDER("job")})
"""  # noqa: S608 - no value of anybody's is in it


def kreds() -> str:
    return KREDS
