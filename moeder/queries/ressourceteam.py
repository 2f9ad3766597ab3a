"""Which ressourceteam a fritid unit can ask, and what has been asked and answered (S45, S46)."""

from django.db.models import Q
from django.urls import reverse

from moeder.models import Deltagelsesoenske
from moeder.states import Oenske
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.models import Distriktstilknytning, Enhed, Enhedstilknytning, Person
from samarbejde.permissions import Rolle
from samarbejde.roller import mine_roller
from samarbejde.skridt import Skridt

TEAMLEDERE = {Rolle.KLYNGELEDER, Rolle.NETVAERKSKOORDINATOR}


def teams_for(enhed: Enhed) -> list[Forum]:
    """The team of its own klynge, and those whose institutions lie in its districts; a unit outside all has none."""
    i_dag = tid.i_dag()
    links = Distriktstilknytning.objects.gaeldende(i_dag)
    naboer = links.filter(distrikt__in=links.filter(enhed=enhed).values("distrikt")).values("enhed")
    medlemmer = Enhedstilknytning.objects.gaeldende(i_dag).filter(Q(enhed=enhed) | Q(enhed__in=naboer))
    teams = Forum.objects.filter(art=Forum.Art.TEAM, enhed__in=medlemmer.values("til"))
    return list(teams.filter(enhed__in=Enhed.objects.gaeldende(i_dag).values("pk")).select_related("enhed"))


def oensker_for(enhed: Enhed) -> list[Deltagelsesoenske]:
    return list(enhed.deltagelsesoensker.select_related("forum__enhed", "af", "besvaret_af"))


def oensker_i(forum: Forum) -> list[Deltagelsesoenske]:
    return list(forum.deltagelsesoensker.select_related("enhed", "af", "besvaret_af"))


def ventende_skridt(person: Person) -> list[Skridt]:
    """A wish waits for the leader of the team; one query, none for who leads no team."""
    egne = [pk for pk, roller in mine_roller(person).enheder.items() if roller & TEAMLEDERE]
    if not egne:
        return []
    venter = Deltagelsesoenske.objects.filter(forum__enhed__in=egne, tilstand=Oenske.FORESLAAET)
    return [
        Skridt(
            hvem=f"Lederen af {en.forum}",
            hvad=f"Svar {en.enhed}, som gerne vil deltage i tematiske møder",
            maal=str(en.forum),
            adresse=reverse("deltagelsesoensker", args=[en.forum.enhed.slug, en.forum.art]),
            siden=tid.lokal(en.oprettet_den).date(),
            er_min=True,
        )
        for en in venter.select_related("forum__enhed", "enhed").order_by("pk")
    ]
