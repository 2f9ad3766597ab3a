"""What hangs on an employment: the open tasks somebody answers for go to the unit's leader (S54)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from moeder.models import Opgave
from moeder.states import AABNE_OPGAVER
from samarbejde import tid
from samarbejde.ansaettelse import andre_ansaettelser, mister_grundlag
from samarbejde.formater import dato, dato_uden_ugedag
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.spor import noter
from samarbejde.stik import Bliver, Haenger


def haengende_opgaver(tildeling: Rolletildeling, gyldig_til: date) -> list[Haenger]:
    return list(_haengende(tildeling, gyldig_til))


def _haengende(tildeling: Rolletildeling, gyldig_til: date) -> Iterable[Haenger]:
    raekker = Opgave.objects.filter(
        ansvarlig=tildeling.user_id, enhed=tildeling.content_object_id, tilstand__in=AABNE_OPGAVER
    )
    egne = list(raekker.select_related("punkt__moede__forum__enhed", "punkt__moede__medforum"))
    ansaettelser = andre_ansaettelser(tildeling, [tildeling.content_object_id]) if egne else []
    if not egne or mister_grundlag(ansaettelser, gyldig_til, tildeling.gyldig_fra, None) is None:
        return
    arving = arving_til(tildeling.enhed, tildeling.user_id, gyldig_til)
    til = f"går til {arving}" if arving else "skal have en ny ansvarlig"
    for opgave in egne:
        hvad = f"Opgave fra {opgave.punkt.moede.kort_navn} med frist {dato_uden_ugedag(opgave.frist)}: {til}"
        slip = partial(slip_opgave, opgave=opgave, dag=gyldig_til)
        yield Haenger(hvad, Bliver.SKAL_HAVE_NY, slip, opgave)


def arving_til(enhed: Enhed, person_id: int, dag: date) -> Person | None:
    """Whoever leads the unit then; nobody when it is the leader who leaves: the forum's leadership follows it up."""
    ledere = Rolletildeling.objects.gaeldende(dag).filter(content_object=enhed).med_rolle(enhed.lederrolle)
    rolle = ledere.exclude(user=person_id).select_related("user").order_by("i_fravaer", "pk").first()
    return rolle.user if rolle else None


@transaction.atomic
def slip_opgave(*, opgave: Opgave, dag: date, af: Person | None) -> Opgave:
    """It follows the employment it rests on: no right of its own is asked. One that ends later is let go then."""
    laast = Opgave.objects.select_for_update(of=("self",)).select_related("enhed", "ansvarlig", "punkt__moede")
    laast = laast.get(pk=opgave.pk)
    arving = arving_til(laast.enhed, laast.ansvarlig_id, dag) if laast.er_aaben else None
    if arving is None or dag > tid.i_dag():
        return laast
    foer, laast.ansvarlig = laast.ansvarlig, arving
    laast.version += 1
    laast.save(update_fields=["ansvarlig", "version"])
    saetning = f"En opgave er gået fra {foer} til {arving}."
    noter(af=af, navn="slip_opgave", objekt=laast, rod=laast.punkt.moede, saetning=saetning)
    _fortael(laast, af)
    return laast


def _fortael(opgave: Opgave, af: Person | None) -> None:
    if opgave.ansvarlig != af:
        underret(
            til=opgave.ansvarlig,
            emne="En opgave er gået til dig",
            tekst=(
                f"Den ansvarlige er stoppet, og du leder {opgave.enhed}. Fristen er {dato(opgave.frist)}. "
                "Følg op, eller giv opgaven videre."
            ),
            adresse=opgave.get_absolute_url(),
            noegle=f"opgave-arvet:{opgave.pk}:{opgave.ansvarlig_id}",
            levering=Levering.SAMLET,
        )


def slip_udloebne(nu: datetime) -> int:
    """The employment ended by itself: the right went with it at once, and here the task follows."""
    dag = tid.lokal(nu).date()
    job = Rolletildeling.objects.filter(user=OuterRef("ansvarlig"), content_object=OuterRef("enhed"))
    uden = Opgave.objects.filter(
        Exists(job.filter(gyldig_til__lte=dag)),
        ~Exists(job.filter(Q(gyldig_til=None) | Q(gyldig_til__gt=dag))),
        tilstand__in=AABNE_OPGAVER,
    )
    foer = [(opgave.ansvarlig_id, slip_opgave(opgave=opgave, dag=dag, af=None).ansvarlig_id) for opgave in uden]
    return sum(fra != til for fra, til in foer)
