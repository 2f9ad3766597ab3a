from django.urls import path

from moeder.views import deltagere, repraesentant, ressourceteam

PERSONER = [
    path("", deltagere.deltagere, name="deltagere"),
    path("tilfoej/", deltagere.tilfoej_deltager, name="tilfoej_deltager"),
    path("lokale/", deltagere.tilfoej_lokale, name="tilfoej_lokale"),
    path("<int:deltager>/udelad/", deltagere.udelad, name="udelad"),
    path("<int:deltager>/tag-med/", deltagere.tag_med, name="tag_med"),
    path("<int:deltager>/fjern/", deltagere.fjern_deltager, name="fjern_deltager"),
    path("<int:deltager>/repraesentant/", repraesentant.vaelg_repraesentant, name="vaelg_repraesentant"),
    path("<int:deltager>/repraesentant/fortryd/", repraesentant.fortryd_repraesentant, name="fortryd_repraesentant"),
    path("<int:deltager>/bekraeft/", repraesentant.bekraeft_medarbejder, name="bekraeft_medarbejder"),
    path("<int:deltager>/afvis/", repraesentant.afvis_medarbejder, name="afvis_medarbejder"),
]
TEAM = "oensker/<slug:enhed>/<forumart:art>/"
ENHEDER = [
    path("repraesentant/<slug:enhed>/", repraesentant.repraesentanter, name="repraesentanter"),
    path("deltagelse/<slug:enhed>/", ressourceteam.bed_om_deltagelse, name="bed_om_deltagelse"),
    path("deltagelse/<slug:enhed>/<int:oenske>/traek/", ressourceteam.traek_oenske, name="traek_oenske"),
    path(TEAM, ressourceteam.deltagelsesoensker, name="deltagelsesoensker"),
    path(f"{TEAM}<int:oenske>/svar/", ressourceteam.svar_paa_oenske, name="svar_paa_oenske"),
    path(f"{TEAM}<int:oenske>/afslut/", ressourceteam.afslut_oenske, name="afslut_oenske"),
]
