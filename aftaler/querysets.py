"""Which agreements and parties a person may do what to; the row side of `maa`."""

from collections.abc import Collection
from typing import Any, Self

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from aftaler.adresser import den_der_taeller, paa_adressen
from aftaler.ledighed import kan_traede_til, ledig
from aftaler.samlet import samlet
from aftaler.skriveadgang import koordinator_skriver
from aftaler.states import OPGIVET, UDKAST
from samarbejde.permissions import TILLADT, Handling, Relation, Rolle
from samarbejde.querysets import SynligQuerySet, distrikter_med
from samarbejde.roller import mine_roller


class AftaleQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        if handling != Handling.LAES:
            return self._hvor(person, TILLADT[handling])
        udkast = Q(tilstand__in=UDKAST)
        kladder, indgaaede = TILLADT[Handling.LAES_KLADDE], TILLADT[Handling.LAES]
        return (udkast & self._hvor(person, kladder)) | (~udkast & self._hvor(person, indgaaede))

    def _hvor(self, person: Any, tilladt: Collection[Any]) -> Q:
        mine = mine_roller(person)
        if not mine.globale.isdisjoint(tilladt):
            return Q()
        parter = self.model._meta.get_field("parter").related_model.objects
        hvor = Q(distrikt__in=distrikter_med(mine, tilladt))
        if egne := mine.enheder_med(tilladt):
            hvor |= Q(pk__in=parter.filter(enhed__in=egne).values("aftale"))
        traeder_til = kan_traede_til(mine) if Relation.I_LEDIG_POST in tilladt else None
        if traeder_til is not None:
            hvor |= Q(pk__in=parter.filter(Q(ledig()) & traeder_til).values("aftale"))
        if Relation.KOORDINATOR_MED_LOV in tilladt and (koordinerede := mine.enheder_med({Rolle.KOORDINATOR})):
            hvor |= Q(pk__in=parter.filter(koordinator_skriver(), enhed__in=koordinerede).values("aftale"))
        if Relation.TOVHOLDER in tilladt:
            hvor |= Q(tovholder__in=mine.enheder_med({Rolle.SKOLELEDER}))
        return hvor

    def paa_adressen(self, **adresse: Any) -> Self:
        """The district's agreement for the school year that begins in `aar`, or the version of that `nummer`."""
        return self.filter(paa_adressen(adresse)).order_by(*den_der_taeller()).til_visning()

    def til_visning(self) -> Self:
        """With what state is told from, the versions around it, and what is said and who writes beside it just now."""
        dokumenter = self.model._meta.get_field("dokumenter").related_model.objects.order_by("-loebenummer")
        dokumentet = JSONObject(
            tilstand="tilstand", nummer="loebenummer", kode="kode", segl="segl", bemaerkning="segl_bemaerkning"
        )
        nyere = self.model.objects.filter(erstatter=OuterRef("pk")).exclude(tilstand__in=OPGIVET).order_by("-nummer")
        aabne = self.model._meta.get_field("kommentarer").related_model.objects.filter(loest_den=None)
        forslag = self.model._meta.get_field("forslag").related_model.objects.filter(tilstand="foreslaaet")
        til_stede = self.model._meta.get_field("til_stede").related_model.objects
        seneste = JSONObject(person="person", navn="person__navn", sted="sted", den="set_den")
        return (
            self.select_related("distrikt", "tovholder")
            .annotate(
                dokumentet=Subquery(dokumenter.filter(aftale=OuterRef("pk")).values(svar=dokumentet)[:1]),
                ny_version=Subquery(nyere.values("nummer")[:1]),
                gammel_version=F("erstatter__nummer"),
                aabne_kommentarer=samlet(aabne, "sted"),
                ventende_forslag=samlet(forslag, "af"),
                skriver_nu=samlet(til_stede, seneste),
            )
            .defer("soegetekst")
        )


# A party on the page of its agreement: its unit and its answer.
PARTSFELTER = (
    *("aftale", "tilstand", "er_frivillig", "begrundelse", "svar_den", "svar_tekst", "udtraadt_den"),
    *("enhed__navn", "enhed__slug", "enhed__art", "enhed__ejerform", "enhed__gyldig_fra", "enhed__gyldig_til"),
    *("enhed__er_kkfo", "godkendelse__navn", "godkendelse__titel", "godkendelse__egenskab", "godkendelse__enhedsnavn"),
)


class AftalepartQuerySet(SynligQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        if handling in {Handling.SE_TILSTAND, Handling.LAES}:
            aftaler = self.model._meta.get_field("aftale").related_model.objects
            return Q(aftale__in=aftaler.synlige_for(person, handling))
        mine, tilladt = mine_roller(person), TILLADT[handling]
        hvor = Q(enhed__in=mine.enheder_med(tilladt))
        traeder_til = kan_traede_til(mine) if Relation.I_LEDIG_POST in tilladt else None
        return hvor if traeder_til is None else hvor | (Q(ledig()) & traeder_til)

    def med_ledighed(self) -> Self:
        """Each row says in `ledig` whether nobody leads the unit (`Aftalepart.er_ledig`)."""
        return self.annotate(ledig=ledig())

    def med_skriveadgang(self) -> Self:
        """Each row says whether its coordinators may write (`Aftalepart.koordinator_skriver`)."""
        return self.annotate(koordinator_skriver=koordinator_skriver())

    def paa_adressen(self, **adresse: Any) -> Self:
        parter = self.filter(paa_adressen(adresse, "aftale__"), enhed__slug=adresse["enhed"])
        parter = parter.order_by(*den_der_taeller("aftale__"))
        return parter.select_related("enhed", "aftale__distrikt", "aftale__tovholder").med_ledighed()
