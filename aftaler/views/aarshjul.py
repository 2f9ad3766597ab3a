"""The dates of the agreement's year: a picture for everybody, a form for forvaltning (D3)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from aftaler import actions
from aftaler.aarsbillede import aarsbillede
from aftaler.aarshjul import DATOER
from aftaler.aarshjul import aarshjul as datoerne
from aftaler.aarshjulsdatoer import Aarshjulsdatoer
from aftaler.forms import AarshjulForm
from aftaler.views.side import indsendt
from samarbejde import tid
from samarbejde.adgang import for_alle_indloggede, kraever_kommunen
from samarbejde.permissions import Handling, maa
from samarbejde.roller import HELE_KOMMUNEN
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn


@for_alle_indloggede
@require_safe
def aarshjul(request: HttpRequest) -> HttpResponse:
    """This school year and the next."""
    dette = skoleaar_for(tid.i_dag())
    indhold = {
        "aarene": [aarsbillede(dette), aarsbillede(dette + 1)],
        "kan_rette": maa(request.user, Handling.RET_AARSHJUL, HELE_KOMMUNEN),
        "broedkrummer": [("Aftaler", reverse("aftaler")), ("Årshjulet", None)],
    }
    return render(request, "aftaler/aarshjul.html", indhold)


@kraever_kommunen(Handling.RET_AARSHJUL)
def ret_aarshjul(request: HttpRequest, aar: int) -> HttpResponse:
    form = AarshjulForm(indsendt(request), initial=_nu(aar))
    if form.is_valid():
        try:
            actions.ret_aarshjul(skoleaar=aar, af=request.user, **form.cleaned_data)
        except ValidationError as fejl:
            form.tag_imod(fejl)
        else:
            messages.success(request, f"Datoerne for {skoleaar_navn(aar)} er gemt.")
            return redirect("aarshjul")
    overskrift = f"Ret årshjulet for {skoleaar_navn(aar)}"
    krummer = [("Aftaler", reverse("aftaler")), ("Årshjulet", reverse("aarshjul")), (overskrift, None)]
    indhold = {"form": form, "rod": reverse("aarshjul"), "overskrift": overskrift, "broedkrummer": krummer}
    return render(request, "aftaler/ret_aarshjul.html", indhold)


def _nu(aar: int) -> dict[str, Any]:
    version = Aarshjulsdatoer.objects.filter(pk=aar).values_list("version", flat=True).first()
    return {"version": version or 0, **{felt: getattr(datoerne(aar), felt) for felt in DATOER}}
