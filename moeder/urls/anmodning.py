from django.urls import include, path

from moeder.views import anmodning, anmodningsfiler, anmodningssvar

FIL = "filer/<slug:fil>/"
EN = [
    path("", anmodning.anmodning, name="anmodning"),
    path("traek/", anmodning.traek_anmodning, name="traek_anmodning"),
    path("forelaeg/", anmodning.forelaeg_anmodning, name="forelaeg_anmodning"),
    path("filer/", anmodningsfiler.laeg_fil_paa_anmodning, name="laeg_fil_paa_anmodning"),
    path(FIL, anmodningsfiler.anmodningsfil, name="anmodningsfil"),
    path(f"{FIL}fjern/", anmodningsfiler.fjern_anmodningsfil, name="fjern_anmodningsfil"),
    path("planlaeg/", anmodningssvar.planlaeg_for_anmodning, name="planlaeg_for_anmodning"),
    path("dagsorden/", anmodningssvar.saet_anmodning_paa, name="saet_anmodning_paa"),
    path("henvis/", anmodningssvar.henvis_anmodning, name="henvis_anmodning"),
    path("afvis/", anmodningssvar.afvis_anmodning, name="afvis_anmodning"),
    path("saml/", anmodningssvar.flet_anmodning, name="flet_anmodning"),
]
ANMODNINGER = [
    path("anmod/", anmodning.anmod, name="anmod"),
    path("anmod/<slug:enhed>/<forumart:art>/", anmodning.anmod_om_moede, name="anmod_om_moede"),
    path("anmodninger/", anmodning.anmodninger, name="anmodninger"),
    path("anmodninger/<moedekode:anmodning>/", include(EN)),
]
