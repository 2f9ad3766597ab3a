"""Employment: what other roles rest on. A coordinator or a deputy is no employment of its own (decisions 1 and 4)."""

from collections.abc import Collection, Iterable
from datetime import date

from samarbejde.models import Rolletildeling
from samarbejde.permissions import Rolle

Tidsrum = tuple[date, date | None]


def er_ansaettelse(tildeling: Rolletildeling) -> bool:
    return not tildeling.i_fravaer and tildeling.rolle != Rolle.KOORDINATOR


def andre_ansaettelser(tildeling: Rolletildeling, enhed_ids: Collection[int]) -> list[Tidsrum]:
    """The periods in which the person is employed at one of these units by other roles than this one.

    Somebody who only coordinates has no employment to lose: then every other role there counts.
    """
    andre = Rolletildeling.objects.filter(user=tildeling.user_id, content_object__in=enhed_ids).exclude(pk=tildeling.pk)
    if er_ansaettelse(tildeling):
        andre = andre.filter(i_fravaer=False).exclude(permission__codename=Rolle.KOORDINATOR.value)
    return sorted(andre.ikke_annulleret().values_list("gyldig_fra", "gyldig_til"), key=lambda tidsrum: tidsrum[0])


def ansat_til(ansaettelser: Iterable[Tidsrum], dag: date) -> date | None:
    """How long one employment follows another from that day: the day itself when there is none, None when no end."""
    slut = dag
    for fra, til in ansaettelser:
        if fra > slut:
            break
        if til is None:
            return None
        slut = max(slut, til)
    return slut


def mister_grundlag(ansaettelser: Iterable[Tidsrum], slutter: date, fra: date, til: date | None) -> date | None:
    """The day on which what holds [fra, til) must end when an employment ends on `slutter`; None: it stays."""
    slut = ansat_til(ansaettelser, max(slutter, fra))
    return None if slut is None or (til is not None and til <= slut) else slut
