"""What hangs on an employment: being resource person from that unit (S31, S54)."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from django.db.models import Exists, OuterRef, Q

from ressourcecenter.actions.ressourcepersoner import slip_ressourceperson
from ressourcecenter.models import Ressourceperson
from samarbejde import tid
from samarbejde.ansaettelse import andre_ansaettelser, mister_grundlag
from samarbejde.models import Rolletildeling
from samarbejde.stik import Bliver, Haenger


def haengende_ressourcepersoner(tildeling: Rolletildeling, gyldig_til: date) -> list[Haenger]:
    return list(_haengende(tildeling, gyldig_til))


def _haengende(tildeling: Rolletildeling, gyldig_til: date) -> Iterable[Haenger]:
    raekker = Ressourceperson.objects.ikke_annulleret().filter(
        Q(gyldig_til=None) | Q(gyldig_til__gt=gyldig_til), person=tildeling.user_id, enhed=tildeling.content_object_id
    )
    egne = list(raekker.select_related("forum__enhed", "faglighed", "person").order_by("pk"))
    ansaettelser = andre_ansaettelser(tildeling, [tildeling.content_object_id]) if egne else []
    for raekke in egne:
        slut = mister_grundlag(ansaettelser, gyldig_til, raekke.gyldig_fra, raekke.gyldig_til)
        if slut is not None:
            hvad = f"Ressourceperson ({raekke.faglighed}) i {raekke.forum}"
            slip = partial(slip_ressourceperson, ressourceperson=raekke, gyldig_til=slut)
            yield Haenger(hvad, Bliver.SLUTTER, slip, raekke.forum)


def slip_udloebne(nu: datetime) -> int:
    """The employment ended by itself: the right went with it at once (ADR 0012), and here the row follows."""
    dag = tid.lokal(nu).date()
    job = Rolletildeling.objects.filter(user=OuterRef("person"), content_object=OuterRef("enhed")).ikke_annulleret()
    uden = Ressourceperson.objects.gaeldende(dag).filter(
        Exists(job.filter(gyldig_til__lte=dag)),
        ~Exists(job.filter(Q(gyldig_til=None) | Q(gyldig_til__gt=dag))),
    )
    raekker = list(uden.order_by("pk"))
    for raekke in raekker:
        slip_ressourceperson(ressourceperson=raekke, gyldig_til=dag, af=None)
    return len(raekker)
