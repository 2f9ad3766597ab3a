"""Saving a text that others write in too, by the button or by itself: nothing that was typed is ever lost (S9)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aftaler import actions
from aftaler.actions import KonfliktError
from aftaler.models import Aftale, Udgave
from aftaler.views import konflikt
from aftaler.views.skriveside import Skriveside
from samarbejde.queries import heltal
from samarbejde.tilstande import IkkeMuligtError


def gem(side: Skriveside, action: Callable[..., Any], besked: str, videre: str, **hvor: Any) -> HttpResponse:
    form = side.form
    if not form.is_valid():
        return side.vis()
    felter = {**form.felter(), **hvor, "version": form.cleaned_data["version"]}
    try:
        if slettet := _det_slettede(side.request, side.aftale):
            actions.laeg_tilbage(aftale=side.aftale, af=side.request.user, udgave=slettet)
        action(aftale=side.aftale, af=side.request.user, **felter)
    except KonfliktError as afvist:
        return konflikt.vis_konflikt(side, afvist)
    except IkkeMuligtError as laast:
        return konflikt.vis_laast(side, str(laast))
    except ValidationError as fejl:
        form.tag_imod(fejl)
        return side.vis()
    messages.success(side.request, besked)
    return redirect(videre)


def _det_slettede(request: HttpRequest, aftale: Aftale) -> Udgave | None:
    """The deletion that is to be undone, so that the text has somewhere to be."""
    pk = heltal(request.POST.get("laeg_tilbage"))
    return aftale.udgaver.filter(pk=pk, rettelser__0__slags="slettet").first() if pk else None
