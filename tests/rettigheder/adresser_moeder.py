"""The addresses of meetings for the sweep (see `adresser.py`); `t.m` is what `tests.moeder.byg.alt_muligt` made."""

from moeder.models import Anmodning, Kalenderadgang
from moeder.models.faelles import aftryk
from samarbejde.permissions import Handling
from tests.moeder.forberedelse import fil_paa, vedlagt

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


def paa_punkt(t):
    """The item of the meeting whose minutes are being written."""
    return {"kode": t.m.holdt.kode, "punkt": t.m.punkter["holdt"].noegle}


def paa_opgave(t):
    return {"opgave": t.m.opgave.pk}


def koe(t):
    return {"enhed": t.v.skole.slug, "art": "ressourcecenter"}


def punkt_i_koeen(t):
    """Proposed by Mette at the KKFO, and on no meeting yet."""
    return {"punkt": t.m.koe.noegle}


def punkt_paa(navn):
    return lambda t: {"kode": getattr(t.m, navn).kode, "punkt": t.m.punkter[navn].noegle}


def invitation(navn, **felter):
    """One of the invitations to a meeting of `t.m`."""

    def fyld(t):
        moede = getattr(t.m, navn)
        return {"kode": moede.kode, "deltager": moede.deltagere.filter(**felter).first().pk}

    return fyld


def i_teamet(t):
    return {"enhed": t.v.klynge.slug, "art": "ressourceteam"}


KKFO = {"enhed__er_kkfo": True, "art": "fast"}
FORESLAAET = {"tilstand": "foreslaaet"}


def en_tom_kalender(t):
    Kalenderadgang.objects.get_or_create(person=t.v.udenfor, aftryk=aftryk("udenfors-egen"))
    return {"noegle": "udenfors-egen"}


def en_fil(t):
    """A file on an item of the called meeting, laid there by the school leader."""
    lagt = fil_paa(t.m.punkter["indkaldt"], t.v.skoleleder)
    return paa("indkaldt", punkt=lagt.punkt.noegle, fil=lagt.fil.noegle)(t)


def en_anmodningsfil(t):
    anmodning = Anmodning.objects.order_by("pk").first()
    return {"anmodning": anmodning.kode, "fil": vedlagt(anmodning, t.v.medarbejder).fil.noegle}


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
    "laeg_fil_paa_anmodning": (Handling.EGEN_ANMODNING, en_anmodning),
    "anmodningsfil": (Handling.SE_ANMODNING, en_anmodningsfil),
    "fjern_anmodningsfil": (Handling.SE_ANMODNING, en_anmodningsfil),
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
    "laeg_runde_paa": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "laeg_skabelon_paa": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "punkt": (Handling.SE_MOEDE, punkt_paa("indkaldt")),
    "flyt_punkt": (Handling.PLANLAEG_MOEDE, punkt_paa("indkaldt")),
    "udsaet_punkt": (Handling.PLANLAEG_MOEDE, punkt_paa("indkaldt")),
    # serie
    "ny_serie": (Handling.PLANLAEG_MOEDE, lambda t: {"enhed": t.v.skole.slug, "art": "ressourcecenter"}),
    "serie": (Handling.SE_MOEDE, lambda t: {"serie": t.m.serie.pk}),
    "ret_serie": (Handling.INDKALD, lambda t: {"serie": t.m.serie.pk}),
    # referat
    "skriv_referat": (Handling.SKRIV_REFERAT, paa("holdt")),
    "hold_moede": (Handling.SKRIV_REFERAT, paa("indkaldt")),
    "blev_ikke_holdt": (Handling.PLANLAEG_MOEDE, paa("indkaldt")),
    "noter_fremmoede": (Handling.SKRIV_REFERAT, paa("holdt")),
    "vaelg_referent": (Handling.PLANLAEG_MOEDE, paa("holdt")),
    "skriv_udfald": (Handling.SKRIV_REFERAT, paa_punkt),
    "marker_behandlet": (Handling.SKRIV_REFERAT, paa_punkt),
    "marker_hoert": (Handling.SKRIV_REFERAT, paa_punkt),
    "opret_opgave": (Handling.SKRIV_REFERAT, paa_punkt),
    "bemaerk_referat": (Handling.BEMAERK_REFERAT, paa_punkt),
    "laes_referat": (Handling.SE_MOEDE, paa("holdt")),
    "vis_paa_skaerm": (Handling.SE_MOEDE, paa("holdt")),
    "send_referat": (Handling.LUK_REFERAT, paa("holdt")),
    "skriv_videre": (Handling.LUK_REFERAT, paa("holdt")),
    "luk_referat": (Handling.LUK_REFERAT, paa("holdt")),
    "berigtig": (Handling.LUK_REFERAT, paa("holdt")),
    "uddrag": (Handling.SE_MOEDE, lambda t: {"kode": t.m.holdt.kode, "enhed": t.v.kkfo.slug}),
    "opgaver": (INDLOGGEDE, tom),
    "opgave": (Handling.SE_OPGAVE, paa_opgave),
    "foelg_op": (Handling.FOELG_OP, paa_opgave),
    # --- deltagere ---
    "deltagere": (Handling.INDKALD, paa("indkaldt")),
    "tilfoej_deltager": (Handling.INDKALD, paa("indkaldt")),
    "tilfoej_lokale": (Handling.INDKALD, paa("indkaldt")),
    "udelad": (Handling.INDKALD, invitation("indkaldt", **KKFO)),
    "tag_med": (Handling.INDKALD, invitation("indkaldt", **KKFO)),
    "fjern_deltager": (Handling.INDKALD, invitation("indkaldt", art="medarbejder")),
    "vaelg_repraesentant": (Handling.VAELG_REPRAESENTANT, invitation("indkaldt", **KKFO)),
    "fortryd_repraesentant": (Handling.VAELG_REPRAESENTANT, invitation("indkaldt", **KKFO)),
    "bekraeft_medarbejder": (Handling.BEKRAEFT_MEDARBEJDER, invitation("faelles", **FORESLAAET)),
    "afvis_medarbejder": (Handling.BEKRAEFT_MEDARBEJDER, invitation("faelles", **FORESLAAET)),
    "repraesentanter": (Handling.SE_ENHED, lambda t: {"enhed": t.v.kkfo.slug}),
    "bed_om_deltagelse": (Handling.BED_OM_DELTAGELSE, lambda t: {"enhed": t.v.kkfo.slug}),
    "traek_oenske": (Handling.BED_OM_DELTAGELSE, lambda t: {"enhed": t.v.kkfo.slug, "oenske": 1}),
    "deltagelsesoensker": (Handling.INDKALD, i_teamet),
    "svar_paa_oenske": (Handling.INDKALD, lambda t: {**i_teamet(t), "oenske": 1}),
    "afslut_oenske": (Handling.INDKALD, lambda t: {**i_teamet(t), "oenske": 1}),
    # --- indkaldelse ---
    "indkald": (Handling.INDKALD, paa("reserveret")),
    "fortryd_indkaldelse": (Handling.INDKALD, paa("indkaldt")),
    "svar_paa_indkaldelse": (Handling.SVAR_PAA_INDKALDELSE, paa("indkaldt")),
    "svar_med_link": (ALLE, lambda t: {"noegle": "aldrig-udstedt"}),
    "min_kalender": (INDLOGGEDE, tom),
    "opret_kalenderadgang": (INDLOGGEDE, tom),
    "tilbagekald_kalenderadgang": (INDLOGGEDE, tom),
    "kalender": (ALLE, en_tom_kalender),
    # --- papir ---
    "papirer": (Handling.SE_MOEDE, paa("indkaldt")),
    "bestil_papir": (Handling.SE_MOEDE, paa("indkaldt")),
    "papir": (Handling.SE_MOEDE, lambda t: paa("holdt", pk=t.m.papir.pk)(t)),
    "hent_papir": (Handling.SE_MOEDE, lambda t: paa("holdt", pk=t.m.papir.pk)(t)),
    # forberedelse
    "giv_bidrag": (Handling.GIV_BIDRAG, paa("indkaldt")),
    "forberedelsen": (Handling.INDKALD, paa("indkaldt")),
    "punktfil": (Handling.SE_MOEDE, en_fil),
    "laeg_fil_paa": (Handling.LAEG_FIL_PAA, punkt_paa("indkaldt")),
    "fjern_punktfil": (Handling.LAEG_FIL_PAA, en_fil),
}
