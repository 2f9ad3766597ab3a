"""The addresses of meetings for the sweep (see `adresser.py`); `t.m` is what `tests.moeder.byg.alt_muligt` made."""

from samarbejde.permissions import Handling

INDLOGGEDE = "alle_indloggede"


def tom(t):
    return {}


def paa(navn, **mere):
    """On one of the meetings of `t.m`: reserveret, indkaldt, laering, faelles, holdt, team or nabo."""
    return lambda t: {"kode": getattr(t.m, navn).kode, **mere}


def koe(t):
    return {"enhed": t.v.skole.slug, "art": "ressourcecenter"}


def punkt_i_koeen(t):
    """Proposed by Mette at the KKFO, and on no meeting yet."""
    return {"punkt": t.m.koe.noegle}


def punkt_paa(navn):
    return lambda t: {"kode": getattr(t.m, navn).kode, "punkt": t.m.punkter[navn].noegle}


MOEDER = {
    "moeder": (INDLOGGEDE, tom),
    "moede": (Handling.SE_MOEDE, paa("indkaldt")),
    "planlaeg_moede": (Handling.PLANLAEG_MOEDE, lambda t: {"enhed": t.v.skole.slug, "art": "ressourcecenter"}),
    "ret_moede": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "flyt_moede": (Handling.INDKALD, paa("indkaldt")),
    "aflys_moede": (Handling.INDKALD, paa("reserveret")),
    "genopret_moede": (Handling.INDKALD, paa("indkaldt")),
    # dagsorden
    "koe": (Handling.SE_MOEDE, koe),
    "foreslaa_punkt": (Handling.FORESLAA_PUNKT, koe),
    "koepunkt": (Handling.SE_MOEDE, punkt_i_koeen),
    "ret_punkt": (Handling.PLANLAEG_MOEDE, punkt_i_koeen),
    "gem_til_senere": (Handling.BESVAR_ANMODNING, punkt_i_koeen),
    "tag_paa": (Handling.PLANLAEG_MOEDE, punkt_i_koeen),
    "luk_punkt": (Handling.BESVAR_ANMODNING, punkt_i_koeen),
    "giv_punkt_videre": (Handling.BESVAR_ANMODNING, punkt_i_koeen),
    "tilfoej_punkt": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "laeg_skabelon_paa": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "punkt": (Handling.SE_MOEDE, punkt_paa("indkaldt")),
    "flyt_punkt": (Handling.PLANLAEG_MOEDE, punkt_paa("indkaldt")),
    "udsaet_punkt": (Handling.PLANLAEG_MOEDE, punkt_paa("indkaldt")),
}
