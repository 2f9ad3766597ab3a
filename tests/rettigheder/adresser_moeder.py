"""The addresses of meetings for the sweep (see `adresser.py`); `t.m` is what `tests.moeder.byg.alt_muligt` made."""

from samarbejde.permissions import Handling

INDLOGGEDE = "alle_indloggede"


def tom(t):
    return {}


def paa(navn, **mere):
    """On one of the meetings of `t.m`: reserveret, indkaldt, laering, faelles, holdt, team or nabo."""
    return lambda t: {"kode": getattr(t.m, navn).kode, **mere}


MOEDER = {
    "moeder": (INDLOGGEDE, tom),
    "moede": (Handling.SE_MOEDE, paa("indkaldt")),
}
