"""Saving a text that others write in too, by the button or by itself: nothing that was typed is ever lost (S9)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from aftaler import actions
from aftaler.actions import KonfliktError
from aftaler.models import Aftale, Udgave
from aftaler.views import konflikt
from aftaler.views.skriveside import Skriveside
from samarbejde import tid
from samarbejde.formater import klokken
from samarbejde.queries import heltal
from samarbejde.tilstande import IkkeMuligtError

BEHOLDT = "Teksten er her stadig."
LAES_BEGGE = "Tryk «Gem», så kan du læse begge tekster og få dem samlet til én."


def gem(side: Skriveside, action: Callable[..., Any], besked: str, videre: str, **hvor: Any) -> HttpResponse:
    form, svar = side.form, _svar(side, besked, videre)
    if not form.is_valid():
        return svar.ugyldig()
    felter = {**form.felter(), **hvor, "version": form.cleaned_data["version"]}
    try:
        if slettet := _det_slettede(side.request, side.aftale):
            actions.laeg_tilbage(aftale=side.aftale, af=side.request.user, udgave=slettet)
        nyt = action(aftale=side.aftale, af=side.request.user, undervejs=svar.undervejs, **felter)
    except KonfliktError as afvist:
        return svar.konflikt(afvist)
    except IkkeMuligtError as laast:
        return svar.laast(str(laast))
    except ValidationError as fejl:
        form.tag_imod(fejl)
        return svar.ugyldig()
    return svar.gemt(getattr(nyt, f"{hvor['afsnit']}_version" if "afsnit" in hvor else "version"))


def _det_slettede(request: HttpRequest, aftale: Aftale) -> Udgave | None:
    """The deletion that is to be undone, so that the text has somewhere to be."""
    pk = heltal(request.POST.get("laeg_tilbage"))
    return aftale.udgaver.filter(pk=pk, rettelser__0__slags="slettet").first() if pk else None


def _svar(side: Skriveside, besked: str, videre: str) -> "_SomJson | _SomSide":
    som_json = side.request.headers.get("Accept") == "application/json"
    return _SomJson(side) if som_json else _SomSide(side, besked, videre)


@dataclass(frozen=True)
class _SomSide:
    """The answer to a save by the button: on to what comes next, or a page on which nothing that was typed is lost."""

    side: Skriveside
    besked: str
    videre: str
    undervejs = False

    def gemt(self, version: int) -> HttpResponse:
        messages.success(self.side.request, self.besked)
        return redirect(self.videre)

    def ugyldig(self) -> HttpResponse:
        return self.side.vis()

    def konflikt(self, afvist: KonfliktError) -> HttpResponse:
        return konflikt.vis_konflikt(self.side, afvist)

    def laast(self, saetning: str) -> HttpResponse:
        return konflikt.vis_laast(self.side, saetning)


@dataclass(frozen=True)
class _SomJson:
    """The answer to a save by the script: the version to carry on with, or what to do."""

    side: Skriveside
    undervejs = True

    def gemt(self, version: int) -> HttpResponse:
        return JsonResponse({"besked": f"Gemt kl. {klokken(tid.nu())}", "felter": {"version": str(version)}})

    def ugyldig(self) -> HttpResponse:
        fejl = " ".join(en for felt in self.side.form.errors.values() for en in felt)
        return self._afvist(fejl, 422)

    def konflikt(self, afvist: KonfliktError) -> HttpResponse:
        return self._afvist(f"{konflikt.hvorfor(self.side, afvist)} {BEHOLDT} {LAES_BEGGE}")

    def laast(self, saetning: str) -> HttpResponse:
        return self._afvist(f"{saetning} {BEHOLDT} Kopiér den, eller tryk «Gem», og prøv igen, når den kan rettes.")

    def _afvist(self, besked: str, status: int = 409) -> HttpResponse:
        return JsonResponse({"besked": f"Ikke gemt: {besked}"}, status=status)
