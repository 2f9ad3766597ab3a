"""The skoleleder appoints one or two coordinators (S29). Every act asks for the skoleleder in person (decision 4)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from ressourcecenter.models import Forum
from ressourcecenter.queries import mulige_koordinatorer
from samarbejde.actions import ret_rolle, tildel_rolle
from samarbejde.formater import dato, periode
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling, Rolle, kraev_ret
from samarbejde.post import underret
from samarbejde.roller import glem_roller
from samarbejde.spor import noter
from samarbejde.tid import fra_til_og_med


def laas_forum(forum: Forum, af: Person, handling: Handling) -> Forum:
    """The root row, locked until the transaction ends, and the right asked anew under the lock."""
    laast = Forum.objects.select_for_update(of=("self",)).select_related("enhed").get(pk=forum.pk)
    glem_roller()
    kraev_ret(af, handling, laast)
    return laast


@transaction.atomic
def udpeg_koordinator(
    *, forum: Forum, person: Person, omfang: str, gyldig_fra: date, gyldig_til: date | None, af: Person
) -> Rolletildeling:
    """Appoint a coordinator of the school's forums (S29): somebody attached to them, from school or fritid."""
    skole = laas_forum(forum, af, Handling.UDPEG_KOORDINATOR).enhed
    if not mulige_koordinatorer(forum, gyldig_fra).filter(pk=person.pk).exists():
        raise ValidationError(
            {"person": f"{person} er ikke ansat på skolen eller et tilknyttet fritidstilbud {dato(gyldig_fra)}."}
        )
    tildeling = tildel_rolle(
        person=person,
        rolle=Rolle.KOORDINATOR,
        enhed=skole,
        gyldig_fra=gyldig_fra,
        gyldig_til=gyldig_til,
        omfang=omfang,
        af=af,
    )
    _fortael(tildeling, f"Du er udpeget som koordinator på {skole}", f"Det gælder {_naar(tildeling)}.")
    return tildeling


@transaction.atomic
def ret_koordinator(*, tildeling: Rolletildeling, omfang: str, gyldig_til: date | None, af: Person) -> Rolletildeling:
    """Change the scope, or how long the appointment holds; ending it is `afslut_rolle`."""
    rettet = ret_rolle(tildeling=tildeling, omfang=omfang, gyldig_til=gyldig_til, af=af)
    if (rettet.omfang, rettet.gyldig_til) != (tildeling.omfang, tildeling.gyldig_til):
        _fortael(rettet, f"Din rolle som koordinator på {rettet.enhed} er rettet", f"Den gælder {_naar(rettet)}.")
    return rettet


@transaction.atomic
def giv_orlov(*, tildeling: Rolletildeling, fra: date, til_og_med: date, af: Person) -> Rolletildeling:
    """Leave frees the seat (decision 1, case 36): the appointment ends when the leave begins, and a new one of the
    same scope and end begins the day after it. So nobody holds a right while away.
    """
    tilbage = fra_til_og_med(til_og_med)
    if til_og_med < fra:
        raise ValidationError({"til_og_med": "Orloven kan ikke slutte, før den begynder. Ret en af datoerne."})
    if fra < tildeling.gyldig_fra or (tildeling.gyldig_til is not None and tildeling.gyldig_til <= tilbage):
        naar = periode(tildeling.gyldig_fra, tildeling.gyldig_til)
        raise ValidationError(
            {"fra": f"Orloven skal ligge inden for den tid, {tildeling.user} er koordinator: {naar}."}
        )
    foer = tildeling.gyldig_til
    slut = ret_rolle(tildeling=tildeling, gyldig_til=fra, af=af)
    efter = tildel_rolle(
        person=slut.user,
        rolle=Rolle.KOORDINATOR,
        enhed=slut.enhed,
        gyldig_fra=tilbage,
        gyldig_til=foer,
        omfang=slut.omfang,
        i_stedet_for=slut,
        af=af,
    )
    saetning = f"{slut.user} har orlov som koordinator fra {dato(fra)} til og med {dato(til_og_med)}."
    noter(af=af, navn="giv_orlov", objekt=efter, rod=slut.enhed, saetning=saetning)
    _fortael(efter, f"Din orlov som koordinator på {slut.enhed} er registreret", f"Du er tilbage {dato(tilbage)}.")
    return efter


def _naar(tildeling: Rolletildeling) -> str:
    omfang = Rolletildeling.Omfang(tildeling.omfang).label
    return f"{omfang} {periode(tildeling.gyldig_fra, tildeling.gyldig_til)}"


def _fortael(tildeling: Rolletildeling, emne: str, tekst: str) -> None:
    noegle: Any = (tildeling.pk, tildeling.omfang, tildeling.gyldig_fra, tildeling.gyldig_til)
    underret(
        til=tildeling.user,
        emne=emne,
        tekst=tekst,
        adresse=Forum(enhed=tildeling.enhed).get_absolute_url(),
        noegle=f"koordinator:{':'.join(map(str, noegle))}",
    )
