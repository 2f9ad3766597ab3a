"""Who prepares the meetings of a school and never sends (decision 10): named by the skoleleder, for a period."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from ressourcecenter.actions.koordinatorer import laas_forum
from ressourcecenter.models import Forbereder, Forum
from ressourcecenter.queries import mulige_forberedere
from samarbejde.ansaettelse import andre_ansaettelser, mister_grundlag
from samarbejde.formater import dato, periode
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling
from samarbejde.post import underret
from samarbejde.roller import glem_roller
from samarbejde.spor import noter
from samarbejde.stik import Bliver, Haenger


@transaction.atomic
def navngiv_forbereder(
    *, forum: Forum, person: Person, gyldig_fra: date, gyldig_til: date | None, af: Person
) -> Forbereder:
    """Let an employee of the school prepare drafts, rooms and documents. The right ends with the employment (S54)."""
    skole = laas_forum(forum, af, Handling.NAVNGIV_FORBEREDER).enhed
    if gyldig_til is not None and gyldig_til <= gyldig_fra:
        raise ValidationError({"til_og_med": "Perioden kan ikke slutte, før den begynder. Ret en af datoerne."})
    if not mulige_forberedere(forum, gyldig_fra).filter(pk=person.pk).exists():
        raise ValidationError({"person": f"{person} er ikke ansat på {skole} {dato(gyldig_fra)}."})
    if Forbereder.objects.filter(skole=skole, person=person).deler_dag(gyldig_fra, gyldig_til).exists():
        raise ValidationError({"person": f"{person} er allerede mødeforbereder i en del af perioden."})
    ny = Forbereder.objects.create(
        skole=skole, person=person, navngivet_af=af, gyldig_fra=gyldig_fra, gyldig_til=gyldig_til
    )
    saetning = f"{person} forbereder møder på {skole} {periode(gyldig_fra, gyldig_til)}."
    noter(af=af, navn="navngiv_forbereder", objekt=ny, rod=skole, saetning=saetning)
    underret(
        til=person,
        emne=f"Du er mødeforbereder på {skole}",
        tekst=f"{af} har bedt dig forberede møderne på {skole} {periode(gyldig_fra, gyldig_til)}.",
        adresse=forum.get_absolute_url(),
        noegle=f"forbereder:{ny.pk}",
    )
    glem_roller()
    return ny


@transaction.atomic
def afslut_forbereder(*, forbereder: Forbereder, gyldig_til: date, af: Person) -> Forbereder:
    forum = Forum.objects.filter(enhed=forbereder.skole_id).order_by("raekkefoelge")[0]
    laas_forum(forum, af, Handling.NAVNGIV_FORBEREDER)
    return _slut(forbereder, gyldig_til, af)


@transaction.atomic
def slip_forbereder(*, forbereder: Forbereder, gyldig_til: date, af: Person | None) -> Forbereder:
    """It ends with the employment it rests on: no right of its own is asked."""
    return _slut(forbereder, gyldig_til, af)


def _slut(forbereder: Forbereder, gyldig_til: date, af: Person | None) -> Forbereder:
    laast = Forbereder.objects.select_for_update(of=("self",)).select_related("skole", "person").get(pk=forbereder.pk)
    slut = max(gyldig_til, laast.gyldig_fra)
    if laast.gyldig_til is not None and laast.gyldig_til <= slut:
        return laast
    laast.gyldig_til = slut
    laast.save(update_fields=["gyldig_til"])
    saetning = f"{laast.person} forbereder ikke længere møder på {laast.skole} fra {dato(slut)}."
    noter(af=af, navn="afslut_forbereder", objekt=laast, rod=laast.skole, saetning=saetning)
    glem_roller()
    return laast


def haengende_forberedere(tildeling: Rolletildeling, gyldig_til: date) -> list[Haenger]:
    """`stik.haenger`: what has no employment to rest on when this role ends on that day."""
    return list(_haengende(tildeling, gyldig_til))


def _haengende(tildeling: Rolletildeling, gyldig_til: date) -> Iterable[Haenger]:
    egne = Forbereder.objects.filter(skole=tildeling.enhed, person=tildeling.user).ikke_annulleret()
    raekker = list(egne.select_related("skole").order_by("pk"))
    ansaettelser = andre_ansaettelser(tildeling, [tildeling.content_object_id]) if raekker else []
    for raekke in raekker:
        slut = mister_grundlag(ansaettelser, gyldig_til, raekke.gyldig_fra, raekke.gyldig_til)
        if slut is not None:
            slip = partial(slip_forbereder, forbereder=raekke, gyldig_til=slut)
            yield Haenger(f"Mødeforbereder på {raekke.skole}", Bliver.SLUTTER, slip, raekke.skole)
