from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samarbejde import actions_post, queries
from samarbejde.adgang import for_alle_indloggede, kraever_kommunen
from samarbejde.models import Besked
from samarbejde.permissions import TILLADT, Handling
from samarbejde.postform import Postform
from samarbejde.roller import mine_roller

# Only when it was sent is shown of the mail that a row went along with.
MAILEN_DEN_KOM_MED = ("samlet_i__tekst", "samlet_i__kalender")


@for_alle_indloggede
@require_safe
def min_post(request: HttpRequest) -> HttpResponse:
    return _min_post(request, Postform(initial={"samlet_mail": request.user.samlet_mail}))


@for_alle_indloggede
@require_http_methods(["GET", "HEAD", "POST"])
def vaelg_post(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("post")
    form = Postform(request.POST)
    if not form.is_valid():
        return _min_post(request, form)
    person = actions_post.vaelg_post(samlet_mail=form.cleaned_data["samlet_mail"], af=request.user)
    messages.success(request, f"Dit valg er gemt. Du får samlet mail {_med_lille(person.get_samlet_mail_display())}.")
    return redirect("post")


def _med_lille(tekst: str) -> str:
    return tekst[0].lower() + tekst[1:]


def _min_post(request: HttpRequest, form: Postform) -> HttpResponse:
    """The mails the site has sent, or is about to send, to the person."""
    kan_se_al = not mine_roller(request.user).globale.isdisjoint(TILLADT[Handling.SE_AL_POST])
    foer = queries.heltal(request.GET.get("foer"))
    beskeder = Besked.objects.vist_for(request.user).select_related("samlet_i").defer("kalender", *MAILEN_DEN_KOM_MED)
    indhold = {"side": queries.postside(beskeder, foer), "foer": foer, "kan_se_al": kan_se_al, "form": form}
    return render(request, "samarbejde/post.html", indhold)


@kraever_kommunen(Handling.SE_AL_POST)
@require_safe
def al_post(request: HttpRequest) -> HttpResponse:
    """Technique, not content: who, when, and what went wrong."""
    valgt = request.GET.get("tilstand", "")
    beskeder = Besked.objects.select_related("til", "samlet_i", "fortrudt_af")
    beskeder = beskeder.defer("tekst", "kalender", *MAILEN_DEN_KOM_MED)
    if valgt in Besked.Tilstand.values:
        beskeder = beskeder.filter(tilstand=valgt)
    foer = queries.heltal(request.GET.get("foer"))
    side = queries.postside(beskeder, foer)
    indhold = {"side": side, "foer": foer, "tilstande": Besked.Tilstand.choices, "valgt": valgt}
    return render(request, "samarbejde/al_post.html", indhold)


@kraever_kommunen(Handling.GENSEND_BESKED)
@require_POST
def gensend(request: HttpRequest, pk: int) -> HttpResponse:
    besked = actions_post.gensend_besked(besked=get_object_or_404(Besked, pk=pk), af=request.user)
    messages.success(request, f"Mailen til {besked.til} bliver sendt igen.")
    return redirect("al_post")
