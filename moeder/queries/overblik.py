"""What the skoleleder answers for (S38): forums without a meeting, fritid units that are not called, requests without
an answer, tasks past their day.

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
from moeder.queries.ikke_indkaldte import ikke_indkaldte
from moeder.states import AABNE_OPGAVER, KOMMENDE, UBESVARET
from ressourcecenter.models import Forum, LokaleRegler
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.formater import antal, opremsning
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.permissions import FORUMLEDELSE
from samarbejde.stik import Mangel


def mangler(distrikt: Skoledistrikt, person: Person, besat: dict[int, Any]) -> list[Mangel]:
    skoler = {e.pk: e for e in distrikt.enheder_nu if e.art == Enhed.Art.SKOLE and not e.er_privat and e.gaelder()}
    uden = ikke_indkaldte(skoler.keys()) if skoler else {}
    fundne: list[Mangel] = []
    for forum in hent(_status, None, skoler=list(skoler)):
        forum.enhed, forum.fritid = skoler[forum.enhed_id], uden.get((forum.enhed_id, forum.art), [])
        fundne += _om(forum, person)
    return fundne


def _status(_: None, skoler: list[int]) -> QuerySet[Forum]:
    """Each forum with its next meeting, its unanswered requests past the deadline, its tasks past their day."""
    om_forum = Q(forum=OuterRef("pk")) | Q(medforum=OuterRef("pk"))
    naeste = Moede.objects.filter(om_forum, kun_om=None, tilstand__in=KOMMENDE, slutter__gte=tid.nu()).order_by()
    sene = Anmodning.objects.filter(forum=OuterRef("pk"), tilstand__in=UBESVARET, frist__lt=tid.i_dag()).order_by()
    opgaver = Opgave.objects.filter(punkt__forum=OuterRef("pk"), tilstand__in=AABNE_OPGAVER, frist__lt=tid.i_dag())
    fora = Forum.objects.filter(enhed__in=skoler).select_related("lokale_regler")
    return fora.order_by("enhed", "raekkefoelge").annotate(
        naeste_moede=Subquery(_samlet(naeste, Min("begynder"))),
        naeste_kode=Subquery(naeste.order_by("begynder", "pk").values("kode")[:1]),
        sene_svar=Coalesce(Subquery(_samlet(sene, Count("pk")), output_field=IntegerField()), 0),
        sene_opgaver=Coalesce(Subquery(_samlet(opgaver.order_by(), Count("pk")), output_field=IntegerField()), 0),
    )


def _samlet(raekker: QuerySet[Any], maal: Any) -> QuerySet[Any]:
    return raekker.annotate(_alle=Value(1)).values("_alle").annotate(maal=maal).values("maal")


def _om(forum: Any, person: Person) -> Iterator[Mangel]:
    leder = bool(forum.roller_ved_enheden(person) & FORUMLEDELSE)
    if mangler_moede(forum):
        adresse = planlaeg(forum) if leder else ""
        yield Mangel(f"{forum}, har intet møde planlagt i de uger, I har aftalt.", adresse, PLANLAEG)
    yield from _fritid(forum, leder=leder)
    if forum.sene_svar:
        hvad = antal(forum.sene_svar, "anmodning om møde venter", "anmodninger om møde venter")
        adresse = "" if not leder else f"{reverse('anmodninger')}?vis=svar"
        yield Mangel(f"{forum}: {hvad} på svar efter fristen.", adresse, "Svar på anmodningerne")
    if forum.sene_opgaver:
        hvad = antal(forum.sene_opgaver, "opgave fra et møde er", "opgaver fra møder er")
        adresse = "" if not leder else f"{reverse('opgaver')}?hvilke=overskredne"
        yield Mangel(f"{forum}: {hvad} over fristen.", adresse, "Følg op på opgaverne")


def _fritid(forum: Any, *, leder: bool) -> Iterator[Mangel]:
    """S38: attached fritid units that were not called to as many meetings as the forum itself has chosen."""
    graense = forum.regler.moeder_uden_invitation
    if not (enheder := [en.enhed for en in forum.fritid if en.moeder >= graense]):
        return
    hvor_mange = "det seneste møde" if graense == 1 else f"de seneste {graense} møder"
    tekst = f"{forum}: {opremsning(enheder)} er ikke indkaldt til {hvor_mange}."
    if not leder:
        yield Mangel(tekst)
    elif forum.naeste_kode:
        yield Mangel(tekst, reverse("deltagere", args=[forum.naeste_kode]), "Se, hvem der er på det næste møde")
    else:
        yield Mangel(tekst, planlaeg(forum), PLANLAEG)


PLANLAEG = "Planlæg et møde"


def planlaeg(forum: Any) -> str:
    return reverse("planlaeg_moede", args=[forum.enhed.slug, forum.art])


def mangler_moede(forum: Any) -> bool:
    """Nothing planned within the weeks that the forum itself has chosen."""
    if forum.regler.kadence == LokaleRegler.Kadence.BEHOV:
        return False
    graense = tid.nu() + timedelta(weeks=forum.regler.uger_uden_moede)
    return forum.naeste_moede is None or forum.naeste_moede > graense
