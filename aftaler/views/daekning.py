"""What the goals reach: areas, intentions and who answers. Shown to those who write, and never demanded."""

from collections.abc import Iterable
from dataclasses import dataclass

from aftaler.maalomraader import maalomraader
from aftaler.models import INTENTIONER, Aftale
from samarbejde.formater import opremsning

INGEN_ANSVARLIG = (
    "Ingen part er valgt som ansvarlig for en aktivitet. Vælg gerne parter fra både skole og fritid, før I sender."
)
EN_ANSVARLIG = (
    "Kun {} er ansvarlig for aktiviteterne. Aftalen kan godt sendes sådan, men overvej, om en anden part skal være med."
)


@dataclass(frozen=True)
class Daekning:
    """Each of the six areas with the goals in it (S11), the intentions named (S62), and a warning about who (S15)."""

    omraader: list[tuple[str, str]]
    beroert: int
    intentioner: list[tuple[str, str]]
    advarsel: str


def daekning(aftale: Aftale) -> Daekning:
    """Of an agreement with its text (heletekst.fyld_indhold); asks nothing of the database."""
    numre = [{nummer for nummer, _ in maal.omraadeliste} for maal in aftale.maalliste]
    omraader = [(str(omraade), _maal(omraade.nummer in valgte for valgte in numre)) for omraade in maalomraader()]
    valgte = [set(maal.intentioner.split(", ")) for maal in aftale.maalliste]
    intentioner = [(navn, _maal(navn in egne for egne in valgte)) for navn in INTENTIONER]
    return Daekning(
        omraader=omraader,
        beroert=sum(bool(maal) for _, maal in omraader),
        intentioner=[(navn, maal) for navn, maal in intentioner if maal],
        advarsel=_advarsel(aftale),
    )


def _maal(med: Iterable[bool]) -> str:
    numre = [str(nummer) for nummer, er_med in enumerate(med, 1) if er_med]
    return f"mål {opremsning(numre)}" if numre else ""


def _advarsel(aftale: Aftale) -> str:
    """At least two parties should answer for something (S15): never a hindrance."""
    aktiviteter = [et for maal in aftale.maalliste for delmaal in maal.delmaalliste for et in delmaal.aktivitetsliste]
    ansvarlige = {navn for aktivitet in aktiviteter for navn in aktivitet.ansvarligliste}
    if not aktiviteter or len(ansvarlige) > 1:
        return ""
    return EN_ANSVARLIG.format(*ansvarlige) if ansvarlige else INGEN_ANSVARLIG
