"""Saving a text that others write in too: refused, stale or locked, nothing that was typed is lost (S9)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from aftaler import tur
from aftaler.actions import KonfliktError
from aftaler.forms import Tekstform
from aftaler.models import Aftale
from aftaler.views.side import Krumme, adresse, under, vis
from samarbejde.tilstande import IkkeMuligtError


@dataclass(frozen=True)
class Skriveside:
    """One form of the editor: what it shows, and the address that saves it."""

    request: HttpRequest
    aftale: Aftale
    skabelon: str
    overskrift: str
    form: Tekstform
    gem_adresse: str
    mere: dict[str, Any] = field(default_factory=dict)

    @property
    def krummer(self) -> tuple[Krumme, ...]:
        """The goal and the sub-goal that this is under, when they are others than this."""
        maal, delmaal = self.mere.get("maal"), self.mere.get("delmaal")
        sti: list[Krumme] = []
        if maal and self.skabelon != "maal":
            sti.append((f"Mål: {maal.titel}", under(self.aftale, "skriv_maal", maal.noegle)))
        if maal and delmaal and self.skabelon != "delmaal":
            sti.append((f"Delmål: {delmaal.titel}", under(self.aftale, "skriv_delmaal", maal.noegle, delmaal.noegle)))
        return tuple(sti)

    def vis(self) -> HttpResponse:
        indhold = {"form": self.form, "gem_adresse": self.gem_adresse, **self.mere}
        return vis(self.request, self.skabelon, self.aftale, self.overskrift, krummer=self.krummer, **indhold)


def gem(side: Skriveside, action: Callable[..., Any], besked: str, videre: str, **hvor: Any) -> HttpResponse:
    form = side.form
    if not form.is_valid():
        return side.vis()
    felter = {**form.felter(), **hvor, "version": form.cleaned_data["version"]}
    try:
        action(aftale=side.aftale, af=side.request.user, **felter)
    except KonfliktError as konflikt:
        return _konflikt(side, konflikt)
    except IkkeMuligtError as laast:
        return _laast(side, str(laast))
    except ValidationError as fejl:
        form.tag_imod(fejl)
        return side.vis()
    messages.success(side.request, besked)
    return redirect(videre)


def _konflikt(side: Skriveside, konflikt: KonfliktError) -> HttpResponse:
    """Both texts side by side; one's own is kept with one press, now against the version just shown."""
    if konflikt.nu is None:
        return _slettet(side, konflikt.saetning)
    gemt = {felt: side.form.som_tekst(felt, vaerdi) for felt, vaerdi in konflikt.nu.items()}
    raekker = [(felt.label, mit, gemt[navn]) for navn, felt, mit in _mine(side)]
    return _side(
        side,
        konflikt.saetning,
        raekker=[(navn, mit, deres) for navn, mit, deres in raekker if mit != deres],
        ens=[navn for navn, mit, deres in raekker if mit == deres],
        er_konflikt=True,
        gem_adresse=side.gem_adresse,
        skjulte=_skjulte(side, konflikt.version),
        behold=side.gem_adresse,
    )


def _slettet(side: Skriveside, saetning: str) -> HttpResponse:
    """Deleted meanwhile: it can be made again under a new key, unless what it belonged to is gone as well."""
    gem_adresse = "" if _foraelder_er_slettet(side) else _ny_adresse(side)
    return _side(
        side, saetning, raekker=_kun_mine(side), gem_adresse=gem_adresse, skjulte=_skjulte(side, 0), er_slettet=True
    )


def _foraelder_er_slettet(side: Skriveside) -> bool:
    foraelder = {"delmaal": "maal", "aktivitet": "delmaal"}.get(side.skabelon)
    return foraelder is not None and side.mere[foraelder] is None


def _ny_adresse(side: Skriveside) -> str:
    noegler = [vaerdi for navn, vaerdi in adresse(side.request).items() if navn in {"maal", "delmaal", "aktivitet"}]
    return under(side.aftale, f"skriv_{side.skabelon}", *noegler[:-1], uuid4())


def _laast(side: Skriveside, saetning: str) -> HttpResponse:
    """Not a draft any more: the text stays readable, and one sees whose turn it is."""
    nu = Aftale.objects.til_visning().get(pk=side.aftale.pk)
    return _side(
        side, saetning, raekker=_kun_mine(side), er_laast=True, skridt=tur.naeste_skridt(nu, side.request.user)
    )


def _side(side: Skriveside, saetning: str, **indhold: Any) -> HttpResponse:
    krummer = side.krummer
    return vis(
        side.request,
        "konflikt",
        side.aftale,
        side.overskrift,
        krummer=krummer,
        status=409,
        saetning=saetning,
        **indhold,
    )


def _mine(side: Skriveside) -> list[tuple[str, Any, str]]:
    """Each field that was typed in: its name, the field, and the value as one reads it."""
    form = side.form
    return [(navn, form.fields[navn], form.som_tekst(navn, form.cleaned_data[navn])) for navn in form.felter()]


def _kun_mine(side: Skriveside) -> list[tuple[str, str, str]]:
    return [(felt.label, mit, "") for _, felt, mit in _mine(side) if mit]


def _skjulte(side: Skriveside, version: int) -> list[tuple[str, str]]:
    """The fields to post again as they came, with the version that is shown now."""
    data = side.request.POST
    felter = [(felt, vaerdi) for felt in side.form.felter() for vaerdi in data.getlist(felt)]
    return [*felter, ("version", str(version))]
