from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samarbejde import queries, rettigheder, stik
from samarbejde.adgang import for_alle, for_alle_indloggede


@for_alle_indloggede
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who must act now and by when: the person's own turn first."""
    min_tur, andres_tur = queries.ventende(request.user)
    enheder, distrikter = queries.mine_steder(request.user)
    indhold = {
        "min_tur": min_tur,
        "andres_tur": andres_tur,
        "bokse": [boks for plug in stik.start for boks in plug(request.user)],
        "distrikter": distrikter,
        "enheder": enheder,
    }
    return render(request, "samarbejde/start.html", indhold)


@for_alle_indloggede
@require_safe
def haendelser(request: HttpRequest) -> HttpResponse:
    art, foer = request.GET.get("art", ""), queries.heltal(request.GET.get("foer"))
    arter = queries.haendelsesarter()
    side = queries.haendelser_for(request.user, art if art in arter else "", foer)
    indhold = {"side": side, "arter": arter, "art": art, "foer": foer}
    return render(request, "samarbejde/haendelser.html", indhold)


@for_alle
@require_safe
def hvem_maa_hvad(request: HttpRequest) -> HttpResponse:
    """The permission table itself, in words: public, and with one's own roles marked after login."""
    valgt = request.GET.get("rolle", "")
    indhold = {
        "raekker": rettigheder.raekker(request.user, valgt),
        "roller": rettigheder.roller_i_tabellen(),
        "valgt": valgt,
    }
    return render(request, "samarbejde/hvem_maa_hvad.html", indhold)
