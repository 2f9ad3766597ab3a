"""What the pages of planning read."""

from datetime import date, timedelta
from typing import Any

from aftaler.models import Aftale, Aktivitet
from aftaler.states import Tilstand as Aftaletilstand
from moeder.models import Moede
from moeder.states import KOMMENDE
from ressourcecenter.models import Forum
from ressourcecenter.querysets import FRITID
from samarbejde import tid
from samarbejde.formater import sorter_dansk
from samarbejde.formfelter import Tekstform
from samarbejde.kalender import ferier
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, maa
from samarbejde.skolekalender import er_skoledag, skoleaar_navn
from samarbejde.tilstande import KonfliktError


def laeringscentret(forum: Forum) -> Forum | None:
    return Forum.objects.select_related("enhed").filter(enhed=forum.enhed_id, art=Forum.Art.PLC).first()


def kan_samles_med(forum: Forum, person: Person) -> Forum | None:
    """The Læringscenter of the same school, for whoever may plan in both (S60)."""
    plc = laeringscentret(forum) if forum.art == Forum.Art.RC else None
    return plc if plc and maa(person, Handling.PLANLAEG_MOEDE, plc) else None


def fritidstilbud(forum: Forum) -> list[Enhed]:
    """Those that an ad hoc meeting can be about (D25): attached today, never in a team."""
    return [] if forum.er_team else [enhed for enhed in forum.tilknyttede if enhed.art in FRITID]


def andre_fora(forum: Forum, person: Person) -> list[Forum]:
    """The others in which the person may plan, those of the same unit first. One query."""
    fora = Forum.objects.synlige_for(person, Handling.PLANLAEG_MOEDE).exclude(pk=forum.pk)
    alle = sorter_dansk(fora.select_related("enhed", "lokale_regler"), key=lambda et: et.enhed.navn)
    return sorted(alle, key=lambda et: et.enhed_id != forum.enhed_id)


UGEDAGE = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")


def naeste_ledige_dag(forum: Forum) -> date:
    """The forum's own weekday, from a week on, that is a school day without a meeting."""
    optaget = set(Moede.objects.filter(forum=forum, tilstand__in=KOMMENDE).values_list("begynder", flat=True))
    dage = {tid.lokal(begynder).date() for begynder in optaget}
    dag = tid.i_dag() + timedelta(days=7)
    fri = ferier()
    for _ in range(60):
        if UGEDAGE[dag.weekday() % 5] == forum.regler.ugedag and dag not in dage and er_skoledag(dag, fri):
            return dag
        dag += timedelta(days=1)
    return dag


def aktiviteter(moede: Moede, person: Person) -> list[tuple[int, str]]:
    """Activities of the entered agreements of the school's districts that the person may read (S49)."""
    distrikter = [link.distrikt_id for link in moede.forum.enhed.distriktstilknytninger.all() if link.gaelder()]
    aftaler = Aftale.objects.synlige_for(person, Handling.LAES).filter(
        distrikt__in=distrikter, tilstand=Aftaletilstand.INDGAAET
    )
    raekker = Aktivitet.objects.filter(delmaal__maal__aftale__in=aftaler).order_by(
        "-delmaal__maal__aftale__skoleaar", "titel", "pk"
    )
    fundet = raekker.values_list("pk", "titel", "delmaal__maal__aftale__skoleaar")
    return [(pk, f"{titel} (aftalen {skoleaar_navn(aar)})") for pk, titel, aar in fundet]


def aktivitet(pk: int | None) -> Aktivitet | None:
    return Aktivitet.objects.filter(pk=pk).first() if pk else None


def gemt_i(konflikt: KonfliktError, form: Tekstform) -> dict[str, Any]:
    """What is stored now, by the fields of the form."""
    nu = dict(konflikt.nu or {})
    if "begynder" in nu:
        begynder, slutter = tid.lokal(nu["begynder"]), tid.lokal(nu["slutter"])
        nu = {"dato": begynder.date(), "begynder": begynder.time(), "slutter": slutter.time()}
    return {navn: getattr(vaerdi, "pk", vaerdi) for navn, vaerdi in nu.items() if navn in form.fields}
