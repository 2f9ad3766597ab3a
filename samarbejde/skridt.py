from dataclasses import dataclass
from datetime import date

from samarbejde import tid


@dataclass(frozen=True)
class Skridt:
    """Who holds the ball: derived from state, never stored; every state that is not an end has at least one."""

    hvem: str
    hvad: str
    maal: str
    adresse: str
    siden: date | None = None
    frist: date | None = None
    er_min: bool = False

    @property
    def overskredet(self) -> bool:
        return self.frist is not None and self.frist < tid.i_dag()
