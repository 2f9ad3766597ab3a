"""The yearly cycle of an agreement. The default dates; a municipality's own become data with the årshjul page."""

from dataclasses import dataclass
from datetime import date

from samarbejde.skolekalender import foerste_dag, sidste_dag, skoleaar_for


@dataclass(frozen=True)
class Aarshjul:
    kladde_aabner: date
    frist: date
    midtvejs: date
    evaluering: date
    gaelder_fra: date
    gaelder_til_og_med: date
    naeste_frist: date


def aarshjul(skoleaar: int) -> Aarshjul:
    return Aarshjul(
        kladde_aabner=date(skoleaar, 3, 1),
        frist=date(skoleaar, 9, 15),
        midtvejs=date(skoleaar + 1, 1, 31),
        evaluering=date(skoleaar + 1, 5, 31),
        gaelder_fra=foerste_dag(skoleaar),
        gaelder_til_og_med=sidste_dag(skoleaar),
        naeste_frist=date(skoleaar + 1, 9, 15),
    )


def aabne_skoleaar(dag: date) -> list[int]:
    """The years an agreement can be started for: this school year and, from 1 March, the next (S7)."""
    dette = skoleaar_for(dag)
    return [dette, dette + 1] if dag >= aarshjul(dette + 1).kladde_aabner else [dette]
