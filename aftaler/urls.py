"""Addresses of the agreement: /aftaler/<district>/<year>/… is the one that counts, …/version/<n>/… any of that year.

Nouns are pages; what is posted ends in a verb.
"""

from django.urls import include, path, register_converter

from aftaler.actions import AFSNIT
from aftaler.views import (
    aarshjul,
    aftale,
    dokument,
    kladdedokument,
    kommentarer,
    liste,
    parter,
    raekkefoelge,
    senere,
    skriveadgang,
    skrivning,
    sletning,
    svar,
    tilstede,
    tiltag,
    udgaver,
    vejledning,
)


class Skoleaar:
    """A school year the database accepts; any other number is an address that does not exist."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        if not 2012 <= (aar := int(value)) <= 2200:
            raise ValueError(value)
        return aar

    def to_url(self, value: int) -> str:
        return str(value)


class Versionsnummer:
    regex = "[1-9][0-9]?"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Afsnit:
    regex = "|".join(AFSNIT)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(Skoleaar, "skoleaar")
register_converter(Versionsnummer, "versionsnummer")
register_converter(Afsnit, "afsnit")

DELMAAL = [
    path("nyt/", skrivning.nyt_delmaal, name="nyt_delmaal"),
    path("<uuid:delmaal>/", skrivning.skriv_delmaal, name="skriv_delmaal"),
    path("<uuid:delmaal>/flyt/", raekkefoelge.flyt_delmaal, name="flyt_delmaal"),
    path("<uuid:delmaal>/slet/", sletning.slet_delmaal, name="slet_delmaal"),
    path("<uuid:delmaal>/aktivitet/ny/", skrivning.ny_aktivitet, name="ny_aktivitet"),
    path("<uuid:delmaal>/aktivitet/<uuid:aktivitet>/", skrivning.skriv_aktivitet, name="skriv_aktivitet"),
    path("<uuid:delmaal>/aktivitet/<uuid:aktivitet>/flyt/", raekkefoelge.flyt_aktivitet, name="flyt_aktivitet"),
    path("<uuid:delmaal>/aktivitet/<uuid:aktivitet>/slet/", sletning.slet_aktivitet, name="slet_aktivitet"),
]
AFTALE = [
    path("", aftale.aftale, name="aftale"),
    path("parter/", parter.vaelg_parter, name="vaelg_parter"),
    path(
        "parter/<slug:enhed>/lad-koordinator-skrive/",
        skriveadgang.lad_koordinator_skrive,
        name="lad_koordinator_skrive",
    ),
    path("parter/<slug:enhed>/afslut-skriveadgang/", skriveadgang.afslut_skriveadgang, name="afslut_skriveadgang"),
    path("parter/<slug:enhed>/godkend/", svar.godkend, name="godkend"),
    path("parter/<slug:enhed>/kan-ikke-godkende/", svar.kan_ikke_godkende, name="kan_ikke_godkende"),
    path("parter/<slug:enhed>/fortryd-godkendelse/", svar.fortryd_godkendelse, name="fortryd_godkendelse"),
    path("afsnit/<afsnit:afsnit>/", skrivning.skriv_afsnit, name="skriv_afsnit"),
    path("maal/nyt/", skrivning.nyt_maal, name="nyt_maal"),
    path("maal/<uuid:maal>/", skrivning.skriv_maal, name="skriv_maal"),
    path("maal/<uuid:maal>/flyt/", raekkefoelge.flyt_maal, name="flyt_maal"),
    path("maal/<uuid:maal>/slet/", sletning.slet_maal, name="slet_maal"),
    path("maal/<uuid:maal>/delmaal/", include(DELMAAL)),
    path("send-til-godkendelse/", svar.send_til_godkendelse, name="send_til_godkendelse"),
    path("indgaa-uden-svar/", senere.indgaa_uden_svar, name="indgaa_uden_svar"),
    path("parter/<slug:enhed>/tiltraed/", senere.tiltraed, name="tiltraed"),
    path("optag-part/", senere.optag_part, name="optag_part"),
    path("lad-udtraede/", senere.lad_udtraede, name="lad_udtraede"),
    path("ophaev/", senere.ophaev_aftale, name="ophaev_aftale"),
    path("ny-version/", senere.lav_ny_version, name="lav_ny_version"),
    path("tovholder/", parter.skift_tovholder, name="skift_tovholder"),
    path("traek-tilbage/", svar.traek_tilbage, name="traek_tilbage"),
    path("annuller/", svar.annuller_aftale, name="annuller_aftale"),
    path("kommentarer/", kommentarer.kommentarer, name="kommentarer"),
    path("kommentarer/skriv/", kommentarer.kommenter, name="kommenter"),
    path("kommentarer/<uuid:kommentar>/loes/", kommentarer.loes_kommentar, name="loes_kommentar"),
    path("kommentarer/<uuid:kommentar>/genaabn/", kommentarer.genaabn_kommentar, name="genaabn_kommentar"),
    path("forslag/", tiltag.tiltagsforslag, name="tiltagsforslag"),
    path("forslag/nyt/", tiltag.foreslaa_tiltag, name="foreslaa_tiltag"),
    path("forslag/<uuid:tiltagsforslag>/tag-med/", tiltag.tag_tiltag_med, name="tag_tiltag_med"),
    path("forslag/<uuid:tiltagsforslag>/afvis/", tiltag.afvis_tiltag, name="afvis_tiltag"),
    path("meld-tilstede/", tilstede.meld_tilstede, name="meld_tilstede"),
    path("paa-en-side/", aftale.aftale_paa_en_side, name="aftale_paa_en_side"),
    path("gennemse/", aftale.gennemse_aftale, name="gennemse_aftale"),
    path("historik/", aftale.historik, name="aftale_historik"),
    path("udgaver/", udgaver.aftale_udgaver, name="aftale_udgaver"),
    path("udgaver/navngiv/", udgaver.navngiv_udgave, name="navngiv_udgave"),
    path("udgaver/<int:udgave>/", udgaver.aftale_udgave, name="aftale_udgave"),
    path("udgaver/<int:udgave>/genskab/", udgaver.genskab_udgave, name="genskab_udgave"),
    path("aftale.pdf", dokument.aftale_pdf, name="aftale_pdf"),
    path("udkast.pdf", kladdedokument.kladde_pdf, name="kladde_pdf"),
    path("udkast/bestil/", kladdedokument.bestil_kladdedokument, name="bestil_kladdedokument"),
]
urlpatterns = [
    path("", liste.aftaler, name="aftaler"),
    path("aftaler.csv", liste.aftaler_csv, name="aftaler_csv"),
    path("aarshjul/", aarshjul.aarshjul, name="aarshjul"),
    path("aarshjul/<skoleaar:aar>/ret/", aarshjul.ret_aarshjul, name="ret_aarshjul"),
    path("<slug:distrikt>/<skoleaar:aar>/opret/", parter.opret_aftale, name="opret_aftale"),
    path("vejledning/", vejledning.vejledninger, name="vejledninger"),
    path("vejledning/<slug:sted>/ret/", vejledning.ret_vejledning, name="ret_vejledning"),
    path("maalomraader/<int:nummer>/ret/", vejledning.ret_maalomraade, name="ret_maalomraade"),
    path("<slug:distrikt>/<skoleaar:aar>/", include(AFTALE)),
    path("<slug:distrikt>/<skoleaar:aar>/version/<versionsnummer:nummer>/", include(AFTALE)),
]
