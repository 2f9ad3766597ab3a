"""Period-aware querysets: the only readers of links and roles."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, Value, When

from samarbejde import tid
from samarbejde.permissions import TILLADT, Handling, Relation
from samarbejde.roller import LEDERE, MineRoller, i_perioden, mine_roller


class PeriodeQuerySet(models.QuerySet):
    def gaeldende(self, dag: date | None = None) -> Self:
        return self.filter(i_perioden(dag or tid.i_dag()))

    def ikke_annulleret(self) -> Self:
        """`til = fra` is an annulled row: it never held."""
        return self.exclude(gyldig_til=F("gyldig_fra"))

    def deler_dag(self, fra: date, til: date | None) -> Self:
        """Rows whose half-open period shares a day with [fra, til); an annulled one shares none."""
        raekker = self if til is None else self.filter(gyldig_fra__lt=til)
        return raekker.ikke_annulleret().exclude(gyldig_til__lte=fra)


class SynligQuerySet(models.QuerySet):
    """`obj in synlige_for(p, h)` says exactly what `maa(p, h, obj)` says; a test proves it for every model."""

    def hvor(self, person: Any, handling: Handling) -> Q:
        """The rows on which the person may do this, as a condition; an empty one is every row."""
        raise TypeError(f"{type(self).__name__} must say which rows are visible")

    def synlige_for(self, person: Any, handling: Handling) -> Self:
        return self.filter(self.hvor(person, handling))

    def med_ret(self, person: Any, handling: Handling) -> Self:
        """Each row says in `har_ret` what `maa` would, without another query."""
        hvor = self.hvor(person, handling)
        svar = Case(When(hvor, then=Value(True)), default=Value(False)) if hvor else Value(True)
        return self.annotate(har_ret=ExpressionWrapper(svar, BooleanField()))

    def paa_adressen(self, **adresse: Any) -> Self:
        """The rows that an address names."""
        return self.filter(**adresse)


def distrikter_med(mine: MineRoller, tilladt: Collection[Any]) -> list[int]:
    return sorted(pk for pk in mine.distrikter if not mine.fra_distrikt(pk).isdisjoint(tilladt))


class SkoledistriktQuerySet(SynligQuerySet, PeriodeQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        mine, tilladt = mine_roller(person), TILLADT[handling]
        if not mine.globale.isdisjoint(tilladt):
            return Q()
        return Q(pk__in=[pk for pk in mine.distrikter if not mine.i_distrikt(pk).isdisjoint(tilladt)])

    def paa_adressen(self, **adresse: Any) -> Self:
        """The district by its own address (`slug`) or as the beginning of another (`distrikt`)."""
        return self.filter(slug=adresse.get("slug") or adresse["distrikt"])


class EnhedQuerySet(SynligQuerySet, PeriodeQuerySet):
    def hvor(self, person: Any, handling: Handling) -> Q:
        mine, tilladt = mine_roller(person), TILLADT[handling]
        if not mine.globale.isdisjoint(tilladt):
            return Q()
        links = self.model._meta.get_field("distriktstilknytninger").related_model.objects.gaeldende()
        i_mine_distrikter = links.filter(distrikt__in=distrikter_med(mine, tilladt)).values("enhed")
        ansat = mine.enheder if Relation.I_DISTRIKTET in tilladt else ()
        return Q(pk__in=[*ansat, *mine.enheder_med(tilladt)]) | Q(pk__in=i_mine_distrikter)

    def paa_adressen(self, **adresse: Any) -> Self:
        """The unit by its own address (`slug`) or as the beginning of another (`enhed`); the rest lies below it."""
        return self.filter(slug=adresse.get("slug") or adresse["enhed"])


class RolletildelingQuerySet(PeriodeQuerySet):
    def med_rolle(self, *roller: Any) -> Self:
        return self.filter(permission__codename__in=[rolle.value for rolle in roller])

    def ikke_slut(self) -> Self:
        """Roles that hold now or will: one that ended, or whose unit has closed, is over (S54)."""
        enhed_aaben = Q(content_object__gyldig_til__isnull=True) | Q(content_object__gyldig_til__gt=tid.i_dag())
        rolle_aaben = Q(gyldig_til__isnull=True) | Q(gyldig_til__gt=tid.i_dag())
        return self.ikke_annulleret().filter(rolle_aaben, enhed_aaben)

    def som_selv(self) -> Self:
        """Without deputies: a deputy acts for a leader and fills no post (decision 4)."""
        return self.filter(i_fravaer=False)


class OverdragelseQuerySet(models.QuerySet):
    def for_person(self, person: Any) -> Self:
        """For the leaver, the successor, whoever did it and whoever leads the unit today; for nobody else."""
        leder_af = [pk for pk, roller in mine_roller(person).enheder.items() if not roller.isdisjoint(LEDERE)]
        egne = Q(tildeling__user=person) | Q(efterfoelger=person) | Q(af=person)
        return self.filter(egne | Q(tildeling__content_object__in=leder_af))
