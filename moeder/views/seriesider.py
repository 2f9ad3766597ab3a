"""The page of every date of a rhythm, for a new series and for the rest of one: shown again with what was ticked."""

from abc import ABC
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from moeder.actions.serie import Serieoenske, kontroller_rytme, kontroller_tiden
from moeder.forms.serie import RetSerieForm, SerieForm, valgte_dage
from moeder.models import Moede, Serie
from moeder.queries import planlaegning
from moeder.queries import serie as opslag
from moeder.queries.serieplan import (
    Moedetider,
    Mulighed,
    Serieplan,
    hvorfor_urort,
    laeg_plan,
    moedetider,
    nye_muligheder,
    rettede_muligheder,
    seriens_moeder,
)
from moeder.views.side import vis_i_forum
from ressourcecenter.models import Forum
from samarbejde.formater import dato
from samarbejde.permissions import Handling

TILBAGE, SET = "ret", "set"


@dataclass
class _Datoside(ABC):
    request: HttpRequest
    forum: Forum
    form: Any

    def skal_vises(self) -> bool:
        """The rhythm is typed and possible; and one has not asked to go back to it."""
        if self.request.method != "POST" or not self.form.is_valid():
            return False
        try:
            kontroller_rytme(self.form.rytme())
            self.kontroller_tiderne()
        except ValidationError as fejl:
            self.form.tag_imod(fejl)
            return False
        return TILBAGE not in self.request.POST

    def kontroller_tiderne(self) -> None:
        kontroller_tiden(self.form.cleaned_data["begynder"], self.form.cleaned_data["minutter"])

    def kan_vises(self) -> bool:
        """What was refused is about the dates, not about a field that this page does not show."""
        return set(self.form.errors) <= {"__all__"}

    def valgte(self, felt: str = "dage") -> tuple[date, ...] | None:
        """None until the dates have been shown: a page without any tick is a choice too."""
        return valgte_dage(self.request.POST, felt) if SET in self.request.POST else None

    def _set(self, felt: str = "dage") -> tuple[date, ...] | None:
        """The same for the page that shows them again: what could not be read is as if it was never ticked."""
        try:
            return self.valgte(felt)
        except ValidationError:
            return None

    def indhold(self, raekker: list[opslag.Datoraekke]) -> dict[str, Any]:
        rytme = self.form.rytme()
        return {
            "form": self.form,
            "felter": self.form.cleaned_data,
            "rytme": rytme,
            "antal_valgte": sum(raekke.er_valgt for raekke in raekker),
            "antal_optagne": sum(bool(raekke.optagne) for raekke in raekker),
            "mangler_ferieplan": opslag.mangler_ferieplan(rytme),
        }


def _kun_mulige(dage: tuple[date, ...], muligheder: list[Mulighed]) -> tuple[date, ...]:
    """A day that is none of the rhythm's was never offered."""
    if andre := sorted(set(dage) - {en.dag for en in muligheder if not en.er_laast}):
        raise ValidationError(f"{dato(andre[0]).capitalize()} kan ikke vælges. Se datoerne igennem, og prøv igen.")
    return dage


@dataclass(frozen=True)
class _Del:
    """One of the series that are made at once: its forum, and what was typed about it."""

    forum: Forum
    med: Forum | None
    felter: dict[str, Any]
    muligheder: list[Mulighed]
    felt: str


class NySerie(_Datoside):
    form: SerieForm

    @cached_property
    def fora(self) -> list[Forum]:
        return [self.forum, *self.form.valgte_fora()]

    def _felter(self, forum: Forum) -> dict[str, Any]:
        return self.form.felter() if forum == self.forum else self.form.felter_i(forum)

    def kontroller_tiderne(self) -> None:
        super().kontroller_tiderne()
        for forum in self.form.valgte_fora():
            try:
                kontroller_tiden(self._felter(forum)["begynder"], self.form.cleaned_data["minutter"])
            except ValidationError as fejl:
                raise ValidationError({f"begynder_{forum.pk}": fejl.messages}) from fejl

    @cached_property
    def dele(self) -> list[_Del]:
        moedes = moedetider(self.fora, self.form.cleaned_data["noegle"])
        return [self._del(forum, moedes.get(forum.pk, {})) for forum in self.fora]

    def _del(self, forum: Forum, moedes: Moedetider) -> _Del:
        felter, er_foerste = self._felter(forum), forum == self.forum
        med = planlaegning.laeringscentret(forum) if er_foerste and self.form.cleaned_data.get("samlet") else None
        muligheder = nye_muligheder(felter["rytme"], felter["begynder"], moedes)
        return _Del(forum, med, felter, muligheder, "dage" if er_foerste else f"dage-{forum.pk}")

    def oensker(self) -> list[Serieoenske]:
        """As the action takes them."""
        noegle = self.form.cleaned_data["noegle"]
        return [
            Serieoenske(forum=del_.forum, med=del_.med, noegle=noegle, dage=self._dage(del_), **del_.felter)
            for del_ in self.dele
        ]

    def _dage(self, del_: _Del) -> tuple[date, ...]:
        dage = _kun_mulige(self.valgte(del_.felt) or (), del_.muligheder)
        if not dage and len(self.dele) > 1:
            raise ValidationError(f"Vælg mindst én dato i {del_.forum}, eller gå tilbage, og fjern det forum.")
        return dage

    def vis(self) -> HttpResponse:
        alle = opslag.datoraekker([self._forslag(del_) for del_ in self.dele])
        kan_sende = Forum.objects.synlige_for(self.request.user, Handling.INDKALD).filter(
            pk__in=[forum.pk for forum in self.fora]
        )
        indhold = self.indhold([raekke for raekker in alle for raekke in raekker])
        indhold |= {"dele": list(zip(self.dele, alle, strict=True)), "sender": kan_sende.count() == len(self.fora)}
        indhold["kan_oprettes"] = all(alle)
        overskrift = f"Se datoerne for møder i {self.forum.i_saetning}"
        if len(self.dele) > 1:
            overskrift = f"Se datoerne for møder i {len(self.dele)} fora"
        return vis_i_forum(self.request, "ny_serie_datoer", self.forum, overskrift, **indhold)

    def _forslag(self, del_: _Del) -> opslag.Forslag:
        begynder, minutter = del_.felter["begynder"], del_.felter["minutter"]
        return opslag.Forslag(
            del_.forum, del_.med, begynder, minutter, del_.muligheder, self._set(del_.felt), del_.felt
        )


class RetSerie(_Datoside):
    def __init__(self, request: HttpRequest, serie: Serie, form: RetSerieForm) -> None:
        super().__init__(request, serie.forum, form)
        self.serie = serie

    @cached_property
    def moeder(self) -> list[Moede]:
        return seriens_moeder(self.serie)

    @cached_property
    def muligheder(self) -> list[Mulighed]:
        return rettede_muligheder(self.form.rytme(), self.form.cleaned_data["begynder"], self.moeder)

    def rytmen(self) -> HttpResponse:
        return self._svar("ret_serie", "Ret resten af møderækken", {"form": self.form})

    def vis(self) -> HttpResponse:
        fra = self.form.rytme().fra
        raekker = self._raekker(undtagen=[moede for moede in self.moeder if not hvorfor_urort(moede, fra)])
        plan = laeg_plan(self.moeder, self.form.rytme(), [raekke.dag for raekke in raekker if raekke.er_valgt])
        indhold = {**self.indhold(raekker), "raekker": raekker, "plan": self._fra_og_med(plan)}
        indhold |= {"slut_foer": self.serie.til_og_med, "efter_slut": self._efter_slut(plan)}
        return self._svar("ret_serie_datoer", "Se de nye datoer", indhold)

    def oenske(self) -> dict[str, Any]:
        """As the action takes it."""
        return {"dage": _kun_mulige(self.valgte() or (), self.muligheder), **self.form.felter()}

    def _raekker(self, undtagen: Iterable[Moede]) -> list[opslag.Datoraekke]:
        tiden = (self.form.cleaned_data["begynder"], self.form.cleaned_data["minutter"])
        forslag = opslag.Forslag(self.forum, self.serie.medforum, *tiden, self.muligheder, self._set())
        return opslag.datoraekker([forslag], undtagen)[0]

    def _fra_og_med(self, plan: Serieplan) -> Serieplan:
        """Those before the day are not what the page is about."""
        fra = self.form.rytme().fra
        plan.roeres_ikke = [(moede, grund) for moede, grund in plan.roeres_ikke if moede.dag >= fra]
        return plan

    def _efter_slut(self, plan: Serieplan) -> int:
        """Meetings that stay though the series ends before them."""
        slut = self.form.rytme().til_og_med
        return sum(moede.er_kommende and moede.dag > slut for moede, _ in plan.roeres_ikke)

    def _svar(self, skabelon: str, overskrift: str, indhold: dict[str, Any]) -> HttpResponse:
        rod = self.serie.get_absolute_url()
        sti = [("Møder", reverse("moeder")), (self.serie.navn, rod), (overskrift, None)]
        faelles = {"serie": self.serie, "rod": rod, "overskrift": overskrift, "broedkrummer": sti}
        return render(self.request, f"moeder/{skabelon}.html", {**faelles, **indhold})
