"""What hangs on a role in the foundation: other roles that rest on the same employment (S54, decisions 1 and 4)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Q

from samarbejde import tid
from samarbejde.actions import slip_haengende, slip_rolle
from samarbejde.ansaettelse import andre_ansaettelser, er_ansaettelse, mister_grundlag
from samarbejde.formater import dato_uden_ugedag, periode
from samarbejde.models import Enhedstilknytning, Rolletildeling
from samarbejde.permissions import Rolle
from samarbejde.querysets import RolletildelingQuerySet
from samarbejde.stik import Bliver, Haenger

# How far back the clock looks for roles that ended by themselves: more than one long weekend of a stopped machine.
TILBAGE = timedelta(days=14)
ANDRE = Q(i_fravaer=True) | Q(permission__codename=Rolle.KOORDINATOR.value)


def haengende_roller(tildeling: Rolletildeling, gyldig_til: date) -> list[Haenger]:
    if er_ansaettelse(tildeling):
        return [*_hviler_paa(tildeling, gyldig_til), *_stedfortraedere(tildeling, gyldig_til)]
    return list(_sidste_koordinator(tildeling, gyldig_til))


def _hviler_paa(tildeling: Rolletildeling, gyldig_til: date) -> Iterable[Haenger]:
    """The person's own roles as deputy here, and as coordinator here or at the school the unit is attached to."""
    for anden in _egne(tildeling, gyldig_til):
        kreds = _kreds(anden, max(tid.til_og_med(gyldig_til), tildeling.gyldig_fra))
        if tildeling.content_object_id not in kreds:
            continue
        ansaettelser = andre_ansaettelser(tildeling, kreds)
        slut = mister_grundlag(ansaettelser, gyldig_til, anden.gyldig_fra, anden.gyldig_til)
        if slut is not None:
            slip = partial(slip_rolle, tildeling=anden, gyldig_til=slut)
            yield Haenger(_om(anden, slut, gyldig_til), _bliver(anden), slip, anden.enhed)


def _egne(tildeling: Rolletildeling, gyldig_til: date) -> RolletildelingQuerySet:
    egne = _loeber_videre(gyldig_til).filter(ANDRE, user=tildeling.user_id).exclude(pk=tildeling.pk)
    return egne.order_by("pk")


def _loeber_videre(gyldig_til: date) -> RolletildelingQuerySet:
    videre = Rolletildeling.objects.ikke_annulleret().filter(Q(gyldig_til=None) | Q(gyldig_til__gt=gyldig_til))
    return videre.select_related("user", "permission", "content_object")


def _kreds(anden: Rolletildeling, dag: date) -> set[int]:
    """The units at which employment lets somebody hold this role: a coordinator may come from an attached one."""
    kreds = {anden.content_object_id}
    if anden.rolle == Rolle.KOORDINATOR:
        links = Enhedstilknytning.objects.gaeldende(dag).filter(til=anden.content_object_id)
        kreds |= set(links.values_list("enhed_id", flat=True))
    return kreds


def _om(anden: Rolletildeling, slut: date, gyldig_til: date) -> str:
    rolle = f"Rollen som {anden.vist_post}"
    hviler = "den hviler på ansættelsen"
    if slut > max(gyldig_til, anden.gyldig_fra):
        return f"{rolle}: {hviler}, og {anden.user} er ansat til og med {dato_uden_ugedag(tid.til_og_med(slut))}"
    return f"{rolle}: {hviler}" + (", og skolelederen kan udpege en ny" if anden.rolle == Rolle.KOORDINATOR else "")


def _bliver(anden: Rolletildeling) -> Bliver:
    return Bliver.SKAL_HAVE_NY if anden.rolle == Rolle.KOORDINATOR else Bliver.SLUTTER


def _stedfortraedere(tildeling: Rolletildeling, gyldig_til: date) -> Iterable[Haenger]:
    """Whom the leader has named: they act until their own day, also while the post is vacant (decision 4)."""
    if tildeling.rolle != tildeling.enhed.lederrolle:
        return
    andre = _loeber_videre(gyldig_til).filter(i_fravaer=True, content_object=tildeling.content_object_id)
    for anden in andre.exclude(user=tildeling.user_id).order_by("gyldig_fra", "pk"):
        hvornaar = periode(anden.gyldig_fra, anden.gyldig_til)
        yield Haenger(
            f"{anden.user} er {anden.vist_titel} {hvornaar} og handler videre, til perioden er slut",
            Bliver.FOELGER_MED,
            sted=anden.enhed,
        )


def _sidste_koordinator(tildeling: Rolletildeling, gyldig_til: date) -> Iterable[Haenger]:
    skole = tildeling.enhed
    if tildeling.rolle != Rolle.KOORDINATOR or not skole.gaelder(gyldig_til):
        return
    andre = skole.rolletildelinger.gaeldende(gyldig_til).med_rolle(Rolle.KOORDINATOR).exclude(pk=tildeling.pk)
    if not andre.exists():
        hvad = f"{skole} har ingen koordinator, når rollen er slut. Skolelederen udpeger en ny"
        yield Haenger(hvad, Bliver.SKAL_HAVE_NY, sted=skole)


def slip_udloebne(nu: datetime) -> int:
    """An employment that was given an end from the start ends by itself: the clock lets go what hung on it."""
    dag = tid.lokal(nu).date()
    har_andre = Rolletildeling.objects.gaeldende(dag).filter(ANDRE).values("user")
    udloebne = Rolletildeling.objects.ikke_annulleret().filter(
        gyldig_til__gt=dag - TILBAGE, gyldig_til__lte=dag, user__in=har_andre
    )
    alle = udloebne.select_related("user", "permission", "content_object").order_by("pk")
    return sum(slip_haengende(tildeling=en, gyldig_til=en.gyldig_til, af=None) for en in alle)
