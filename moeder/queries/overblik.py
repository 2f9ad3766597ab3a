"""What the skoleleder answers for (S38): forums without a meeting, requests without an answer, tasks past their day.

Asked once for a whole district; numbers and places, never content. Only what is a skal is missing (S52), and a forum
that meets «efter behov» never lacks a meeting.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from moeder.models import Anmodning, Moede, Opgave
from moeder.states import AABNE_OPGAVER, KOMMENDE, UBESVARET
from ressourcecenter.models import Forum, LokaleRegler
from samarbejde import tid
from samarbejde.formater import antal
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.permissions import FORUMLEDELSE
from samarbejde.stik import Mangel


def mangler(distrikt: Skoledistrikt, person: Person, besat: dict[int, Any]) -> list[Mangel]:
    skoler = {e.pk: e for e in distrikt.enheder_nu if e.art == Enhed.Art.SKOLE and not e.er_privat and e.gaelder()}
    return [mangel for forum in status_for(skoler) for mangel in _om(forum, skoler[forum.enhed_id], person)]


def status_for(skoler: Any) -> QuerySet[Forum]:
    """Each forum with its next meeting, its unanswered requests past the deadline, its tasks past their day."""
    om_forum = Q(forum=OuterRef("pk")) | Q(medforum=OuterRef("pk"))
    naeste = Moede.objects.filter(om_forum, tilstand__in=KOMMENDE, slutter__gte=tid.nu()).order_by()
    sene = Anmodning.objects.filter(forum=OuterRef("pk"), tilstand__in=UBESVARET, frist__lt=tid.i_dag()).order_by()
    opgaver = Opgave.objects.filter(punkt__forum=OuterRef("pk"), tilstand__in=AABNE_OPGAVER, frist__lt=tid.i_dag())
    fora = Forum.objects.filter(enhed__in=list(skoler)).select_related("lokale_regler")
    return fora.order_by("enhed", "raekkefoelge").annotate(
        naeste_moede=Subquery(_samlet(naeste, Min("begynder"))),
        sene_svar=Coalesce(Subquery(_samlet(sene, Count("pk")), output_field=IntegerField()), 0),
        sene_opgaver=Coalesce(Subquery(_samlet(opgaver.order_by(), Count("pk")), output_field=IntegerField()), 0),
    )


def _samlet(raekker: QuerySet[Any], maal: Any) -> QuerySet[Any]:
    return raekker.annotate(_alle=Value(1)).values("_alle").annotate(maal=maal).values("maal")


def _om(forum: Any, skole: Enhed, person: Person) -> Iterator[Mangel]:
    forum.enhed = skole
    leder = bool(forum.roller_ved_enheden(person) & FORUMLEDELSE)
    if mangler_moede(forum):
        adresse = reverse("planlaeg_moede", args=[skole.slug, forum.art]) if leder else ""
        yield Mangel(f"{forum}, har intet møde planlagt i de uger, I har aftalt.", adresse, "Planlæg et møde")
    if forum.sene_svar:
        hvad = antal(forum.sene_svar, "anmodning om møde venter", "anmodninger om møde venter")
        adresse = "" if not leder else f"{reverse('anmodninger')}?vis=svar"
        yield Mangel(f"{forum}: {hvad} på svar efter fristen.", adresse, "Svar på anmodningerne")
    if forum.sene_opgaver:
        hvad = antal(forum.sene_opgaver, "opgave fra et møde er", "opgaver fra møder er")
        adresse = "" if not leder else f"{reverse('opgaver')}?hvilke=overskredne"
        yield Mangel(f"{forum}: {hvad} over fristen.", adresse, "Følg op på opgaverne")


def mangler_moede(forum: Any) -> bool:
    """Nothing planned within the weeks that the forum itself has chosen."""
    if forum.regler.kadence == LokaleRegler.Kadence.BEHOV:
        return False
    graense = tid.nu() + timedelta(weeks=forum.regler.uger_uden_moede)
    return forum.naeste_moede is None or forum.naeste_moede > graense
