"""The page of every date of a rhythm, for a new series and for the rest of one: shown again with what was ticked."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from moeder.actions.serie import kontroller_rytme, kontroller_tiden
from moeder.forms.serie import RetSerieForm, SerieForm, valgte_dage
from moeder.models import Moede, Serie
from moeder.queries import planlaegning
from moeder.queries import serie as opslag
from moeder.queries.serieplan import (
    Mulighed,
    Serieplan,
    hvorfor_urort,
    laeg_plan,
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
            kontroller_tiden(self.form.cleaned_data["begynder"], self.form.cleaned_data["minutter"])
        except ValidationError as fejl:
            self.form.tag_imod(fejl)
            return False
        return TILBAGE not in self.request.POST

    def kan_vises(self) -> bool:
        """What was refused is about the dates, not about a field that this page does not show."""
        return set(self.form.errors) <= {"__all__"}

    @property
    def valgte(self) -> tuple[date, ...] | None:
        """None until the dates have been shown: a page without any tick is a choice too."""
        return valgte_dage(self.request.POST) if SET in self.request.POST else None

    @property
    def med(self) -> Forum | None:
        return planlaegning.laeringscentret(self.forum) if self.form.cleaned_data.get("samlet") else None

    @property
    @abstractmethod
    def muligheder(self) -> list[Mulighed]:
        """The days of the rhythm."""

    def oenske(self) -> dict[str, Any]:
        """As the action takes it. A day that is none of the rhythm's was never offered."""
        dage = self.valgte or ()
        if andre := sorted(set(dage) - {en.dag for en in self.muligheder if not en.er_laast}):
            raise ValidationError(f"{dato(andre[0]).capitalize()} kan ikke vælges. Se datoerne igennem, og prøv igen.")
        return {"dage": dage, **self.form.felter()}

    def raekker(self, undtagen: Iterable[Moede] = ()) -> list[opslag.Datoraekke]:
        try:
            valgte = self.valgte
        except ValidationError:
            valgte = None
        tiden = {felt: self.form.cleaned_data[felt] for felt in ("begynder", "minutter")}
        return opslag.datoraekker(self.muligheder, valgte, forum=self.forum, med=self.med, undtagen=undtagen, **tiden)

    def indhold(self, raekker: list[opslag.Datoraekke]) -> dict[str, Any]:
        rytme = self.form.rytme()
        return {
            "form": self.form,
            "felter": self.form.cleaned_data,
            "rytme": rytme,
            "raekker": raekker,
            "antal_valgte": sum(raekke.er_valgt for raekke in raekker),
            "antal_optagne": sum(bool(raekke.optagne) for raekke in raekker),
            "mangler_ferieplan": opslag.mangler_ferieplan(rytme),
        }


class NySerie(_Datoside):
    form: SerieForm

    @cached_property
    def muligheder(self) -> list[Mulighed]:
        data = self.form.cleaned_data
        return nye_muligheder(self.form.rytme(), data["begynder"], self.forum, data["noegle"])

    def oenske(self) -> dict[str, Any]:
        return {**super().oenske(), "forum": self.forum, "med": self.med, "noegle": self.form.cleaned_data["noegle"]}

    def vis(self) -> HttpResponse:
        overskrift = f"Se datoerne for møder i {self.forum.i_saetning}"
        kan_sende = Forum.objects.synlige_for(self.request.user, Handling.INDKALD).filter(pk=self.forum.pk)
        indhold = {**self.indhold(self.raekker()), "sender": kan_sende.exists()}
        return vis_i_forum(self.request, "ny_serie_datoer", self.forum, overskrift, **indhold)


class RetSerie(_Datoside):
    def __init__(self, request: HttpRequest, serie: Serie, form: RetSerieForm) -> None:
        super().__init__(request, serie.forum, form)
        self.serie = serie

    @property
    def med(self) -> Forum | None:
        return self.serie.medforum

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
        raekker = self.raekker(undtagen=[moede for moede in self.moeder if not hvorfor_urort(moede, fra)])
        plan = laeg_plan(self.moeder, self.form.rytme(), [raekke.dag for raekke in raekker if raekke.er_valgt])
        indhold = {**self.indhold(raekker), "plan": self._fra_og_med(plan)}
        return self._svar("ret_serie_datoer", "Se de nye datoer", indhold)

    def _fra_og_med(self, plan: Serieplan) -> Serieplan:
        """Those before the day are not what the page is about."""
        fra = self.form.rytme().fra
        plan.roeres_ikke = [(moede, grund) for moede, grund in plan.roeres_ikke if moede.dag >= fra]
        return plan

    def _svar(self, skabelon: str, overskrift: str, indhold: dict[str, Any]) -> HttpResponse:
        rod = self.serie.get_absolute_url()
        sti = [("Møder", reverse("moeder")), (self.serie.navn, rod), (overskrift, None)]
        faelles = {"serie": self.serie, "rod": rod, "overskrift": overskrift, "broedkrummer": sti}
        return render(self.request, f"moeder/{skabelon}.html", {**faelles, **indhold})
