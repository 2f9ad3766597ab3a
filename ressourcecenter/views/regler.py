"""The page where a forum's local rules are agreed (S43). A stale save shows both; nothing that was typed is lost."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ressourcecenter.actions import INDSTILLINGER
from ressourcecenter.actions import ret_lokale_regler as ret
from ressourcecenter.forms import ReglerForm
from ressourcecenter.models import Forum, LokaleRegler
from ressourcecenter.views.side import indsendt, sammenlign, vis
from samarbejde.adgang import kraever
from samarbejde.permissions import Handling
from samarbejde.tilstande import KonfliktError
from samarbejde.views.behold import behold_teksten

STANDARD = "standard"


@behold_teksten({"dagsordensskabelon": "Faste punkter på dagsordenen", "aflysningsregel": "Regel om aflysning"})
@kraever(Handling.RET_LOKALE_REGLER, Forum)
def ret_lokale_regler(request: HttpRequest, forum: Forum) -> HttpResponse:
    side = _Side(request, forum, _form(request, forum))
    if request.method != "POST" or not side.form.is_valid():
        return side.vis()
    try:
        ret(forum=forum, af=request.user, version=side.form.cleaned_data["version"], **side.form.felter())
    except KonfliktError as konflikt:
        return side.konflikt(konflikt)
    except ValidationError as fejl:
        side.form.tag_imod(fejl)
        return side.vis()
    messages.success(request, "De lokale regler er gemt.")
    return redirect(forum)


def _form(request: HttpRequest, forum: Forum) -> ReglerForm:
    """What holds now; or the standard, asked for with a link, against the version that holds now."""
    gemt = forum.regler
    vist = LokaleRegler.standard(forum) if STANDARD in request.GET else gemt
    nu = {"version": gemt.version, **{felt: getattr(vist, felt) for felt in INDSTILLINGER}}
    return ReglerForm(indsendt(request), initial=nu, forum=forum, kan_samles=_kan_samles(request, forum))


def _kan_samles(request: HttpRequest, forum: Forum) -> bool:
    """S60: said on the Ressourcecenter's page, by whoever may also change the rules of the Læringscenter."""
    begge = Forum.objects.synlige_for(request.user, Handling.RET_LOKALE_REGLER)
    return forum.art == Forum.Art.RC and begge.filter(enhed=forum.enhed_id, art=Forum.Art.PLC).exists()


@dataclass(frozen=True)
class _Side:
    request: HttpRequest
    forum: Forum
    form: ReglerForm

    @property
    def overskrift(self) -> str:
        return f"Lokale regler for {self.forum.i_saetning}"

    def vis(self) -> HttpResponse:
        er_standard = STANDARD in self.request.GET and self.request.method != "POST"
        indhold = {"form": self.form, "er_aftalt": self.forum.regler.version > 0, "er_standard": er_standard}
        return vis(self.request, "ret_lokale_regler", self.forum, self.overskrift, **indhold)

    def konflikt(self, konflikt: KonfliktError) -> HttpResponse:
        indhold = sammenlign(self.request, self.form, konflikt.nu or {}, konflikt)
        return vis(self.request, "konflikt", self.forum, self.overskrift, status=409, **indhold)
