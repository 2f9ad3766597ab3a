from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samarbejde import soegning
from samarbejde.adgang import for_alle_indloggede
from samarbejde.prosa import rens_linje


@for_alle_indloggede
@require_safe
def soeg(request: HttpRequest) -> HttpResponse:
    """Units and people by name, within what the person may see."""
    tekst = rens_linje(request.GET.get("q", ""))
    fejl = _fejl(tekst)
    resultat = soegning.soeg(request.user, tekst) if tekst and not fejl else None
    return render(request, "samarbejde/soeg.html", {"q": tekst[: soegning.LAENGST], "fejl": fejl, "resultat": resultat})


def _fejl(tekst: str) -> str:
    if tekst and len(tekst) < soegning.KORTEST:
        return "Skriv mindst to bogstaver af navnet."
    if len(tekst) > soegning.LAENGST:
        return f"Skriv højst {soegning.LAENGST} tegn. En del af navnet er nok."
    return ""
