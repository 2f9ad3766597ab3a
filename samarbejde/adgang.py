"""The guard on every view. Fetching is authorising: an outsider meets 404, an insider without the right 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from samarbejde.actions import handling_til_rolle
from samarbejde.forespoergsel import hent
from samarbejde.models import Enhed, Rolletildeling
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, kraev_ret, maa
from samarbejde.roller import HELE_KOMMUNEN, LEDERE

Visning = Callable[..., HttpResponse]
EFTER_ROLLEN = "efter_rollen"
VISTE_ROLLER = LEDERE | {Rolle.KOORDINATOR}


def kraever(handling: Handling, model: type[models.Model], se: Handling | None = None) -> Callable[[Visning], Visning]:
    """Fetch the object that the address names among those the person may see, then ask for the right itself.

    The view gets the object as its second argument. `se` is the act that shows that the object exists; a model says
    its own as `SES_MED`.
    """
    ses_med = se or model.SES_MED

    def dekorator(visning: Visning) -> Visning:
        @wraps(visning)
        def beskyttet(request: HttpRequest, **adresse: Any) -> HttpResponse:
            if not (fundet := _paa_adressen(request.user, model, ses_med, handling, adresse)):
                raise Http404
            objekt = fundet[0]
            if handling != ses_med and not objekt.har_ret:
                raise IkkeTilladtError(handling)
            return visning(request, objekt)

        return _maerk(beskyttet, handling=handling, model=model, ses_med=ses_med)

    return dekorator


# A school year and the number of a version are part of the question: they are few, and their columns are small.
REGNES_MED = frozenset({"aar", "nummer"})


def _paa_adressen(person: Any, model: Any, ses_med: Handling, handling: Handling, adresse: dict[str, Any]) -> list[Any]:
    faste = tuple((navn, adresse[navn]) for navn in adresse if navn in REGNES_MED)
    resten = {navn: vaerdi for navn, vaerdi in adresse.items() if navn not in REGNES_MED}
    return hent(_det_adressen_navngiver, person, model, ses_med, handling, faste, **resten)


def _det_adressen_navngiver(
    person: Any, model: Any, ses_med: Handling, handling: Handling, faste: tuple[Any, ...], **resten: Any
) -> QuerySet:
    synlige = model.objects.synlige_for(person, ses_med)
    if handling != ses_med:  # else seeing it is the right itself
        synlige = synlige.med_ret(person, handling)
    fundne = synlige.paa_adressen(**dict(faste), **resten)
    return (fundne if fundne.ordered else fundne.order_by("pk"))[:1]


def kraever_kommunen(handling: Handling) -> Callable[[Visning], Visning]:
    """For what belongs to no unit: the role must be held for the whole municipality."""

    def dekorator(visning: Visning) -> Visning:
        @wraps(visning)
        def beskyttet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            kraev_ret(request.user, handling, HELE_KOMMUNEN)
            return visning(request, *args, **kwargs)

        return _maerk(beskyttet, handling=handling)

    return dekorator


def kraever_ret_til_rollen(visning: Visning) -> Visning:
    """A role that exists: who may correct or end it depends on which it is and where (`actions.handling_til_rolle`).

    Leaders and coordinators are shown on the page of their unit; any other role only to its holder and to those who
    may end it: for everybody else it does not exist.
    """

    @wraps(visning)
    def beskyttet(request: HttpRequest, pk: int) -> HttpResponse:
        roller = Rolletildeling.objects.select_related("user", "permission", "content_object", "tildelt_af")
        synlige = Enhed.objects.synlige_for(request.user, Handling.SE_ENHED)
        tildeling = roller.filter(pk=pk, content_object__in=synlige).first()
        if tildeling is None:
            raise Http404
        handling = handling_til_rolle(tildeling.rolle, tildeling.enhed, i_fravaer=tildeling.i_fravaer)
        if maa(request.user, handling, tildeling.enhed):
            return visning(request, tildeling)
        if tildeling.rolle in VISTE_ROLLER or tildeling.user_id == request.user.pk:
            raise IkkeTilladtError(handling)
        raise Http404

    return _maerk(beskyttet, handling=EFTER_ROLLEN)


def for_alle_indloggede(visning: Visning) -> Visning:
    """Shows a person only what is their own: the view itself asks `synlige_for`."""
    return _maerk(visning, handling="alle_indloggede")


def for_alle(visning: Visning) -> Visning:
    """Public: no word about anybody."""
    return login_not_required(_maerk(visning, handling="alle"))


def _maerk(visning: Any, **maerker: Any) -> Visning:
    """What the guard is, readable from outside: the sweep over the resolver asks it."""
    for navn, vaerdi in maerker.items():
        setattr(visning, navn, vaerdi)
    return visning
