"""The whole preparation in one form: for every item one's own contributions, a new one, and files (S42).

Beside each text lies its version, and an imprint of what was shown: a field nobody touched is not saved, so that an
old window never puts back what was written in another.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.html import format_html

from moeder.actions.bidrag import Skrevet
from moeder.models import Bidrag, Punkt
from moeder.queries.forberedelse import Blok, Forberedelse
from samarbejde.formfelter import UBRUGELIG_VERSION, Filfelt, Formular, TekstFelt, VersionFelt
from samarbejde.prosa import rens

PLADS = 5_000
SKREVET = re.compile(r"(?P<felt>bidrag_(?P<punkt>\d+)_(?P<art>dokumentation|perspektiv|ide|handleplan|ny))")
DIT: dict[str, str] = {
    Bidrag.Art.DOKUMENTATION.value: "Din dokumentation",
    Bidrag.Art.PERSPEKTIV.value: "Dit faglige perspektiv",
    Bidrag.Art.IDE.value: "Din idé",
    Bidrag.Art.HANDLEPLAN.value: "Dit forslag til handleplan",
}
VAELG_ART = "Vælg, hvilken slags bidrag det er."
TOMT = "Skriv en tekst. Vil du ikke give bidraget alligevel, så sæt kryds i «Fjern bidraget»."
TOMT_FOR_SENT = "Skriv en tekst. Mødet er begyndt, så bidraget kan ikke fjernes."


def aftryk(tekst: str) -> str:
    return f"{crc32(tekst.encode()):08x}"


@dataclass(frozen=True)
class Bidragsfelter:
    tekst: BoundField
    skjulte: list[BoundField]
    fjern: BoundField | None = None


class ForberedelsesForm(Formular):
    def __init__(self, *args: Any, forberedelse: Forberedelse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.forberedelse = forberedelse
        self.aabne = [blok for blok in forberedelse.blokke if not blok.hindring]
        for blok in self.aabne:
            for art in self._mine_arter(blok):
                self._eget(blok, art)
            self._nyt(blok)
        if forberedelse.kan_melde_sig:
            er = forberedelse.er_forberedt
            self.fields["forberedt"] = forms.BooleanField(required=False, initial=er, label="Jeg er forberedt")
            self.fields["forberedt_version"] = VersionFelt(required=False, initial=int(er))

    # --- the fields ----------------------------------------------------------------------------------------------
    def _mine_arter(self, blok: Blok) -> list[Bidrag.Art]:
        """Those that are stored; in a form that was sent, those it had when it was shown."""
        if blok.hindring:
            return []
        sendt = {art for art in Bidrag.Art if f"bidrag_{blok.punkt.pk}_{art}" in self.data}
        return [art for art in Bidrag.Art if art in (sendt if self.is_bound else blok.mine)]

    def _eget(self, blok: Blok, art: Bidrag.Art) -> None:
        navn, mit = f"bidrag_{blok.punkt.pk}_{art}", blok.mine.get(art)
        tekst = mit.tekst if mit else ""
        self.fields[navn] = TekstFelt(
            plads=PLADS, linjer=5, required=False, initial=tekst, label=f"{DIT[art.value]} til «{blok.punkt}»"
        )
        self.fields[f"{navn}_version"] = VersionFelt(required=False, initial=mit.version if mit else 0)
        self.fields[f"{navn}_aftryk"] = _Aftrykfelt(initial=aftryk(tekst))
        if not self.forberedelse.moede.er_begyndt():
            fjern = format_html('Fjern bidraget<span class="sr-only"> til «{}»</span>', blok.punkt)
            self.fields[f"{navn}_fjern"] = forms.BooleanField(required=False, label=fjern)

    def _nyt(self, blok: Blok) -> None:
        pk, titel = blok.punkt.pk, blok.punkt
        valgt = self.data.get(f"_art_{pk}")
        arter = [(art.value, art.label.capitalize()) for art in Bidrag.Art if art not in blok.mine or art == valgt]
        if arter:
            # The underscore: a choice that was never made is not «what you had written» (samarbejde.gemt).
            self.fields[f"_art_{pk}"] = forms.ChoiceField(
                required=False,
                choices=[("", "Vælg slags"), *arter],
                label=f"Slags bidrag til «{titel}»",
                error_messages={"invalid_choice": VAELG_ART},
            )
            self.fields[f"bidrag_{pk}_ny"] = TekstFelt(
                plads=PLADS, linjer=5, required=False, label=f"Dit bidrag til «{titel}»"
            )
        self.fields[f"filer_{pk}"] = Filfelt(required=False, label=f"Læg filer på «{titel}»")

    # --- what was written ----------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        for blok in self.aabne:
            for art in self._mine_arter(blok):
                self._kraev_tekst(f"bidrag_{blok.punkt.pk}_{art}")
            art_felt = f"_art_{blok.punkt.pk}"
            if self.cleaned_data.get(f"bidrag_{blok.punkt.pk}_ny") and not self.cleaned_data.get(art_felt, "fejl"):
                self.add_error(art_felt, VAELG_ART)
        return self.cleaned_data

    def _kraev_tekst(self, navn: str) -> None:
        rettet = _er_roert(self.data, navn)
        if rettet and self.cleaned_data.get(navn) == "" and not self.cleaned_data.get(f"{navn}_fjern"):
            self.add_error(navn, TOMT if f"{navn}_fjern" in self.fields else TOMT_FOR_SENT)

    def bidrag(self) -> Iterator[Skrevet]:
        """Only what was touched."""
        data = self.cleaned_data
        for blok in self.aabne:
            for art in self._mine_arter(blok):
                navn = f"bidrag_{blok.punkt.pk}_{art}"
                fjern = data.get(f"{navn}_fjern", False)
                if fjern or _er_roert(self.data, navn):
                    yield Skrevet(blok.punkt, art.value, data[navn], data[f"{navn}_version"], fjern)
            if tekst := data.get(f"bidrag_{blok.punkt.pk}_ny"):
                yield Skrevet(blok.punkt, data[f"_art_{blok.punkt.pk}"], tekst, 0)

    def filer(self) -> Iterator[tuple[Punkt, UploadedFile]]:
        for blok in self.aabne:
            for fil in self.cleaned_data[f"filer_{blok.punkt.pk}"]:
                yield blok.punkt, fil

    def forberedt(self) -> bool | None:
        """None when this window did not change it."""
        vist = self.cleaned_data.get("forberedt_version", UBRUGELIG_VERSION)
        valgt = self.cleaned_data.get("forberedt", False)
        return None if vist == UBRUGELIG_VERSION or bool(vist) == valgt else valgt

    def uden_punkt(self) -> list[tuple[str, str]]:
        """Texts and files for items that are not there to write to any more: (what, text)."""
        aabne = {str(blok.punkt.pk) for blok in self.aabne}
        tekster = [(hvad, tekst) for punkt, hvad, tekst in skrevne(self.data) if punkt not in aabne]
        valgte = [(felt.removeprefix("filer_"), filer) for felt, filer in self.files.lists()]
        navne = [fil.name for punkt, filer in valgte if punkt not in aabne for fil in filer]
        return [*tekster, *(("Fil, der ikke blev lagt på", navn) for navn in navne)]

    # --- what the page shows -------------------------------------------------------------------------------------
    def til(self, blok: Blok) -> dict[str, Any]:
        pk = blok.punkt.pk
        egne = [self._felter(f"bidrag_{pk}_{art}") for art in self._mine_arter(blok)]
        ny = [self[navn] for navn in (f"_art_{pk}", f"bidrag_{pk}_ny") if navn in self.fields]
        filer = self[f"filer_{pk}"] if f"filer_{pk}" in self.fields else None
        aaben = any(felt.errors or (felt.value() if self.is_bound else "") for felt in ny)
        return {"blok": blok, "egne": egne, "ny": ny, "filfelt": filer, "aaben": aaben or bool(filer and filer.errors)}

    def _felter(self, navn: str) -> Bidragsfelter:
        fjern = self[f"{navn}_fjern"] if f"{navn}_fjern" in self.fields else None
        return Bidragsfelter(self[navn], [self[f"{navn}_version"], self[f"{navn}_aftryk"]], fjern)


class PunktfilForm(Formular):
    """Files alone, for whoever prepares the meeting and is not invited; the field is named as in the large form."""

    def __init__(self, *args: Any, punkt: Punkt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.navn = f"filer_{punkt.pk}"
        hjaelp = "De, der kan se punktet, kan hente filerne."
        self.fields[self.navn] = Filfelt(label="Filer", help_text=hjaelp)

    def filer(self) -> list[UploadedFile]:
        return self.cleaned_data[self.navn]


class _Aftrykfelt(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)


def _er_roert(data: Any, navn: str) -> bool:
    return navn in data and data.get(f"{navn}_aftryk") != aftryk(rens(data[navn]))


def skrevne(data: Any) -> Iterable[tuple[str, str, str]]:
    """Every contribution in a sent form that somebody touched: (item, what it is, the text)."""
    for navn in data:
        fundet = SKREVET.fullmatch(navn)
        if fundet and rens(data[navn]) and _er_roert(data, navn):
            art = data.get(f"_art_{fundet['punkt']}", "") if fundet["art"] == "ny" else fundet["art"]
            yield fundet["punkt"], DIT.get(art, "Dit bidrag"), rens(data[navn])
