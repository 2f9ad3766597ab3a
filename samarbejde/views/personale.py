"""The people of a unit: its staff, its leader, a deputy. Every form comes back with what was typed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samarbejde import personale, personaleopslag, tid
from samarbejde.adgang import kraever
from samarbejde.formfelter import Formular
from samarbejde.konti import Tildelt
from samarbejde.models import Enhed, Rolletildeling
from samarbejde.permissions import REGLER, Handling, Rolle
from samarbejde.personaleforms import LederForm, MedarbejderForm, RetMedarbejderForm, StedfortraederForm
from samarbejde.views.behold import behold_teksten

HJAELP_STEDFORTRAEDER = (
    "Stedfortræderen kan det samme som dig, bortset fra at udpege koordinatorer, uddelegere deltagelse og udpege en "
    "stedfortræder. Perioden kan højst være et år, og du kan afslutte den før tid."
)


@kraever(Handling.REGISTRER_MEDARBEJDER, Enhed)
@require_safe
def medarbejdere(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    grupper = personaleopslag.medarbejdere(enhed)
    indhold = {"enhed": enhed, "grupper": grupper, "er_lukket": _er_lukket(enhed)}
    sti = [*_sti(enhed), ("Medarbejdere", None)]
    return render(request, "samarbejde/medarbejdere.html", {**indhold, "broedkrummer": sti})


@behold_teksten({"navn": "Navn", "email": "E-mail", "titel": "Titel", "arbejder_med": "Arbejder med"})
@kraever(Handling.REGISTRER_MEDARBEJDER, Enhed)
def registrer_medarbejder(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    form = MedarbejderForm(_indsendt(request), initial={"gyldig_fra": tid.i_dag()})
    side = Formularside(request, enhed, "Registrér en medarbejder", form, "Registrér medarbejderen", "medarbejdere")
    side.mere["regel"] = REGLER[Handling.REGISTRER_MEDARBEJDER]

    def gem(**felter: Any) -> str:
        tildelt = personale.registrer_medarbejder(enhed=enhed, af=request.user, **felter)
        return f"{tildelt.person} er registreret. {_om_kontoen(tildelt, felter['navn'])}"

    return side.gem(gem)


@kraever(Handling.REGISTRER_MEDARBEJDER, Enhed)
def ret_medarbejder(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    tildeling = _ansat(request, enhed)
    if request.method != "POST" and personaleopslag.er_slut(tildeling):
        messages.info(request, f"{tildeling.user} er ikke registreret længere. Registrér personen igen.")
        return redirect("medarbejdere", enhed.slug)
    side = _retteside(request, enhed, tildeling, _indsendt(request))

    def gem(**felter: Any) -> str:
        rettet = personale.ret_medarbejder(tildeling=tildeling, af=request.user, **felter)
        return f"Oplysningerne om {rettet.user} er rettet."

    try:
        return side.gem(gem)
    except personale.ForaeldetError as fejl:
        return _foraeldet(request, enhed, fejl)


def _retteside(
    request: HttpRequest, enhed: Enhed, tildeling: Rolletildeling, data: QueryDict | None, knap: str = "Gem rettelserne"
) -> "Formularside":
    maa = personaleopslag.maa_rette(tildeling.user, request.user)
    form = RetMedarbejderForm(data, tildeling=tildeling, maa=maa)
    mere = {"tildeling": tildeling, "maa": maa}
    overskrift = f"Ret oplysninger om {tildeling.user}"
    return Formularside(request, enhed, overskrift, form, knap, "medarbejdere", "ret_medarbejder", mere)


def _foraeldet(request: HttpRequest, enhed: Enhed, fejl: personale.ForaeldetError) -> HttpResponse:
    """What is stored now, above what was typed; saved with one press, now against what was just shown."""
    data = request.POST.copy()
    data["aftryk"] = personaleopslag.aftryk_af(fejl.nu)
    side = _retteside(request, enhed, fejl.nu, data, "Gem det, jeg skrev")
    side.form.is_valid()
    side.mere.update(foraeldet=str(fejl), er_slut=personaleopslag.er_slut(fejl.nu), skrevet=side.form.rettet())
    return side.vis(status=409)


@kraever(Handling.REGISTRER_MEDARBEJDER, Enhed)
@require_POST
def inviter(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    person = personale.inviter(tildeling=_ansat(request, enhed), af=request.user)
    messages.success(request, f"{person} får en mail med et link til sin første adgangskode.")
    return redirect("medarbejdere", enhed.slug)


@kraever(Handling.UDPEG_LEDER, Enhed)
def udpeg_leder(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    if enhed.lederrolle is None:
        messages.info(request, f"{enhed} har ingen leder i systemet.")
        return redirect(enhed)
    begynd = {"gyldig_fra": tid.i_dag(), "er_primaer": not personaleopslag.har_primaer_leder(enhed)}
    form = LederForm(_indsendt(request), initial=begynd, ledertitel=enhed.ledertitel)
    side = Formularside(request, enhed, "Udpeg leder", form, "Udpeg lederen")
    side.mere["regel"] = REGLER[Handling.UDPEG_LEDER]

    def gem(**felter: Any) -> str:
        tildelt = personale.udpeg_leder(enhed=enhed, af=request.user, **felter)
        return f"{tildelt.person} er udpeget. {_om_kontoen(tildelt, felter['navn'])}"

    return side.gem(gem)


@kraever(Handling.NAEVN_STEDFORTRAEDER, Enhed)
def naevn_stedfortraeder(request: HttpRequest, enhed: Enhed) -> HttpResponse:
    egne = personaleopslag.mulige_stedfortraedere(enhed)
    form = StedfortraederForm(_indsendt(request), initial={"gyldig_fra": tid.i_dag()}, egne=egne)
    side = Formularside(request, enhed, "Udpeg en stedfortræder", form, "Udpeg stedfortræderen")
    side.mere["regel"] = REGLER[Handling.NAEVN_STEDFORTRAEDER]
    side.mere["hjaelp"] = HJAELP_STEDFORTRAEDER
    side.mere["mangler_ansatte"] = not form.personer and not personaleopslag.maa_vaelges_udefra(enhed)

    def gem(**felter: Any) -> str:
        tildelt = personale.naevn_stedfortraeder(enhed=enhed, af=request.user, **felter)
        om_kontoen = _om_kontoen(tildelt, felter["navn"]) if "navn" in felter else ""
        return f"{tildelt.person} er udpeget som stedfortræder og får en mail. {om_kontoen}"

    return side.gem(gem)


# --- in common ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Formularside:
    """A form about the unit's people; saved, it leads back to the page called `tilbage`."""

    request: HttpRequest
    enhed: Enhed
    overskrift: str
    form: Formular
    knap: str
    tilbage: str = "enhed"
    skabelon: str = "personform"
    mere: dict[str, Any] = field(default_factory=dict)

    @property
    def rod(self) -> str:
        return reverse(self.tilbage, args=[self.enhed.slug])

    def gem(self, gem_det: Callable[..., str]) -> HttpResponse:
        """Do it and go on with a word about it; else the form, each refusal at its field."""
        if self.form.is_valid():
            try:
                besked = gem_det(**self.form.felter())
            except ValidationError as fejl:
                self.form.tag_imod(fejl)
            else:
                messages.success(self.request, besked.strip())
                return redirect(self.rod)
        return self.vis()

    def vis(self, status: int = 200) -> HttpResponse:
        over = [("Medarbejdere", self.rod)] if self.tilbage == "medarbejdere" else []
        indhold = {
            "enhed": self.enhed,
            "overskrift": self.overskrift,
            "form": self.form,
            "gem": self.knap,
            "rod": self.rod,
            "er_lukket": _er_lukket(self.enhed),
            "broedkrummer": [*_sti(self.enhed), *over, (self.overskrift, None)],
        }
        return render(self.request, f"samarbejde/{self.skabelon}.html", {**indhold, **self.mere}, status=status)


def _sti(enhed: Enhed) -> list[tuple[str, str | None]]:
    return [("Start", reverse("start")), (enhed.navn, enhed.get_absolute_url())]


def _er_lukket(enhed: Enhed) -> bool:
    return enhed.gyldig_til is not None and enhed.gyldig_til <= tid.i_dag()


def _indsendt(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _ansat(request: HttpRequest, enhed: Enhed) -> Rolletildeling:
    """The employment that the address names, at this unit and no other."""
    ansatte = enhed.rolletildelinger.med_rolle(Rolle.MEDARBEJDER)
    pk = request.resolver_match.kwargs["pk"]
    return get_object_or_404(ansatte.select_related("user__faglighed", "content_object", "permission"), pk=pk)


def _om_kontoen(tildelt: Tildelt, skrevet: str) -> str:
    """Of an account that was there before, only the name is told."""
    if tildelt.ny_konto:
        return "Kontoen er oprettet, og der er sendt en mail med et link til den første adgangskode."
    navn = tildelt.person.navn
    if skrevet in {"", navn}:
        return "Kontoen fandtes i forvejen."
    return f"Kontoen fandtes i forvejen, og navnet på den er beholdt: {navn}."
