"""The picture of an agreement's year: one line of months, the dates of the årshjul on it, and "her er vi"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from aftaler.aarshjul import aarshjul
from samarbejde import tid
from samarbejde.formater import dato_uden_ugedag
from samarbejde.skolekalender import skoleaar_navn

BREDDE, HOEJDE, FRA, TIL, LINJE = 360, 78, 16, 344, 44
BOGSTAVER = "jfmamjjasond"


@dataclass(frozen=True)
class Punkt:
    dag: date
    navn: str
    er_naeste: bool
    er_forbi: bool


@dataclass(frozen=True)
class Aarsbillede:
    skoleaar: int
    punkter: list[Punkt]
    tegning: SafeString


def aarsbillede(skoleaar: int) -> Aarsbillede:
    """From the dates alone, which are known without asking."""
    hjul, i_dag = aarshjul(skoleaar), tid.i_dag()
    dage = [
        (hjul.kladde_aabner, "Kladden åbner"),
        (hjul.frist, "Aftalen skal være indgået"),
        (hjul.midtvejs, "Midtvejsstatus"),
        (hjul.evaluering, "Evaluering"),
        (hjul.gaelder_til_og_med, "Aftalen udløber"),
    ]
    naeste = next((dag for dag, _ in dage if dag >= i_dag), None)
    punkter = [Punkt(dag, navn, er_naeste=dag == naeste, er_forbi=dag < i_dag) for dag, navn in dage]
    return Aarsbillede(skoleaar, punkter, _Tegning(skoleaar, punkter, i_dag).svg())


class _Tegning:
    def __init__(self, skoleaar: int, punkter: list[Punkt], i_dag: date) -> None:
        self.skoleaar, self.punkter, self.i_dag = skoleaar, punkter, i_dag
        self.begynder, self.slutter = punkter[0].dag.replace(day=1), punkter[-1].dag

    def svg(self) -> SafeString:
        dele = [self._begyndelse(), *self._maaneder(), *self._tegn(), *self._her_er_vi(), "</svg>"]
        return mark_safe("".join(dele))  # noqa: S308 - dates and our own words, nothing that anybody wrote

    def _x(self, dag: date) -> int:
        return FRA + round((TIL - FRA) * (dag - self.begynder).days / (self.slutter - self.begynder).days)

    def _begyndelse(self) -> str:
        navn = f"aarshjul-{self.skoleaar}"
        her = f" I dag er det {dato_uden_ugedag(self.i_dag)}." if self._er_i_aaret() else ""
        return (
            f'<svg class="aarsbillede" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BREDDE} {HOEJDE}" '
            f'width="{BREDDE * 2}" height="{HOEJDE * 2}" role="img" aria-labelledby="{navn}-titel" '
            f'aria-describedby="{navn}-om" font-family="\'IBM Plex Sans\', Plex, Plex2, sans-serif">'
            f'<title id="{navn}-titel">Årshjulet for aftalen {skoleaar_navn(self.skoleaar)}</title>'
            f'<desc id="{navn}-om">En linje af måneder med numre for de datoer, der står under billedet.{her}</desc>'
            f'<rect width="{BREDDE}" height="{HOEJDE}" fill="#fff"/>'
        )

    def _maaneder(self) -> Iterator[str]:
        """The school year is a heavier line than the months before it."""
        begynder, slutter = self._x(date(self.skoleaar, 8, 1)), self._x(self.slutter)
        yield f'<path d="M{FRA} {LINJE}H{TIL}" stroke="#707070" stroke-width="2"/>'
        yield f'<path d="M{begynder} {LINJE}H{slutter}" stroke="#0b2a6b" stroke-width="6"/>'
        foerste = self.begynder
        while foerste <= self.slutter:
            naeste = date(foerste.year + foerste.month // 12, foerste.month % 12 + 1, 1)
            midt = (self._x(foerste) + self._x(naeste)) // 2
            yield (
                f'<text x="{midt}" y="{HOEJDE - 6}" font-size="12" fill="#4a4a4a" text-anchor="middle">'
                f"{BOGSTAVER[foerste.month - 1]}</text>"
            )
            foerste = naeste

    def _tegn(self) -> Iterator[str]:
        for nummer, punkt in enumerate(self.punkter, start=1):
            x, fyld = self._x(punkt.dag), "#b9c4dc" if punkt.er_forbi else "#fff"
            yield (
                f'<g><title>{punkt.navn} {dato_uden_ugedag(punkt.dag)}</title><circle cx="{x}" cy="{LINJE}" r="9" '
                f'fill="{fyld}" stroke="#0b2a6b" stroke-width="2"/><text x="{x}" y="{LINJE + 4}" font-size="12" '
                f'font-weight="600" text-anchor="middle">{nummer}</text></g>'
            )

    def _er_i_aaret(self) -> bool:
        return self.begynder <= self.i_dag <= self.slutter

    def _her_er_vi(self) -> Iterator[str]:
        if self._er_i_aaret():
            x = self._x(self.i_dag)
            anker = "start" if x < BREDDE // 5 else "end" if x > BREDDE * 4 // 5 else "middle"
            yield f'<text x="{x}" y="13" font-size="13" font-weight="600" text-anchor="{anker}">her er vi</text>'
            yield f'<path d="M{x} 30l-6 -10h12z" fill="#1a1a1a"/>'
