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
    "planlaeg_moede": (Handling.PLANLAEG_MOEDE, lambda t: {"enhed": t.v.skole.slug, "art": "ressourcecenter"}),
    "ret_moede": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "flyt_moede": (Handling.INDKALD, paa("indkaldt")),
    "aflys_moede": (Handling.INDKALD, paa("reserveret")),
    "genopret_moede": (Handling.INDKALD, paa("indkaldt")),
    # serie
    "ny_serie": (Handling.PLANLAEG_MOEDE, lambda t: {"enhed": t.v.skole.slug, "art": "ressourcecenter"}),
    "serie": (Handling.SE_MOEDE, lambda t: {"serie": t.m.serie.pk}),
    "ret_serie": (Handling.PLANLAEG_MOEDE, lambda t: {"serie": t.m.serie.pk}),
}
