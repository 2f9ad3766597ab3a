"""The addresses of meetings for the sweep (see `adresser.py`); `t.m` is what `tests.moeder.byg.alt_muligt` made."""

from moeder.models import Anmodning, Kalenderadgang
from moeder.models.faelles import aftryk
from samarbejde.permissions import Handling

ALLE, INDLOGGEDE = "alle", "alle_indloggede"


def tom(t):
    return {}


def paa(navn, **mere):
    """On one of the meetings of `t.m`: reserveret, indkaldt, laering, faelles, holdt, team or nabo."""
    return lambda t: {"kode": getattr(t.m, navn).kode, **mere}


def i_rc(t):
    return {"enhed": t.v.skole.slug, "art": "ressourcecenter"}


def en_anmodning(t):
    """Mette of the KKFO has asked for a meeting in the Ressourcecenter of Lindeskolen."""
    return {"anmodning": Anmodning.objects.order_by("pk").first().kode}


def koe(t):
    return {"enhed": t.v.skole.slug, "art": "ressourcecenter"}


def punkt_i_koeen(t):
    """Proposed by Mette at the KKFO, and on no meeting yet."""
    return {"punkt": t.m.koe.noegle}


def punkt_paa(navn):
    return lambda t: {"kode": getattr(t.m, navn).kode, "punkt": t.m.punkter[navn].noegle}


def en_tom_kalender(t):
    Kalenderadgang.objects.get_or_create(person=t.v.udenfor, aftryk=aftryk("udenfors-egen"))
    return {"noegle": "udenfors-egen"}


MOEDER = {
    "moeder": (INDLOGGEDE, tom),
    "moede": (Handling.SE_MOEDE, paa("indkaldt")),
    "planlaeg_moede": (Handling.PLANLAEG_MOEDE, lambda t: {"enhed": t.v.skole.slug, "art": "ressourcecenter"}),
    "ret_moede": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "flyt_moede": (Handling.INDKALD, paa("indkaldt")),
    "aflys_moede": (Handling.INDKALD, paa("reserveret")),
    "genopret_moede": (Handling.INDKALD, paa("indkaldt")),
    # --- anmodning ---
    "anmod": (INDLOGGEDE, tom),
    "anmod_om_moede": (Handling.ANMOD_OM_MOEDE, i_rc),
    "anmodninger": (INDLOGGEDE, tom),
    "anmodning": (Handling.SE_ANMODNING, en_anmodning),
    "traek_anmodning": (Handling.EGEN_ANMODNING, en_anmodning),
    "forelaeg_anmodning": (Handling.EGEN_ANMODNING, en_anmodning),
    "planlaeg_for_anmodning": (Handling.BESVAR_ANMODNING, en_anmodning),
    "saet_anmodning_paa": (Handling.BESVAR_ANMODNING, en_anmodning),
    "henvis_anmodning": (Handling.BESVAR_ANMODNING, en_anmodning),
    "afvis_anmodning": (Handling.BESVAR_ANMODNING, en_anmodning),
    "flet_anmodning": (Handling.BESVAR_ANMODNING, en_anmodning),
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
    # serie
    "ny_serie": (Handling.PLANLAEG_MOEDE, lambda t: {"enhed": t.v.skole.slug, "art": "ressourcecenter"}),
    "serie": (Handling.SE_MOEDE, lambda t: {"serie": t.m.serie.pk}),
    "ret_serie": (Handling.PLANLAEG_MOEDE, lambda t: {"serie": t.m.serie.pk}),
    # --- indkaldelse ---
    "indkald": (Handling.INDKALD, paa("reserveret")),
    "fortryd_indkaldelse": (Handling.INDKALD, paa("indkaldt")),
    "svar_paa_indkaldelse": (Handling.SVAR_PAA_INDKALDELSE, paa("indkaldt")),
    "svar_med_link": (ALLE, lambda t: {"noegle": "aldrig-udstedt"}),
    "min_kalender": (INDLOGGEDE, tom),
    "opret_kalenderadgang": (INDLOGGEDE, tom),
    "tilbagekald_kalenderadgang": (INDLOGGEDE, tom),
    "kalender": (ALLE, en_tom_kalender),
}
