"""The agenda of a meeting, the backlog of a forum, and the item by its own key wherever it is."""

from django.urls import include, path

from moeder.views import koe, punkter

PAA_MOEDET = [
    path("nyt/", punkter.tilfoej_punkt, name="tilfoej_punkt"),
    path("runde/", punkter.laeg_runde_paa, name="laeg_runde_paa"),
    path("skabelon/", punkter.laeg_skabelon_paa, name="laeg_skabelon_paa"),
    path("<uuid:punkt>/", punkter.punkt, name="punkt"),
    path("<uuid:punkt>/flyt/", punkter.flyt_punkt, name="flyt_punkt"),
    path("<uuid:punkt>/udsaet/", punkter.udsaet_punkt, name="udsaet_punkt"),
]
HVOR_SOM_HELST = [
    path("", koe.koepunkt, name="koepunkt"),
    path("ret/", punkter.ret_punkt, name="ret_punkt"),
    path("gem/", koe.gem_til_senere, name="gem_til_senere"),
    path("tag-paa/", koe.tag_paa, name="tag_paa"),
    path("luk/", koe.luk_punkt, name="luk_punkt"),
    path("giv-videre/", koe.giv_punkt_videre, name="giv_punkt_videre"),
]
KOE = [
    path("", koe.koe, name="koe"),
    path("foreslaa/", koe.foreslaa_punkt, name="foreslaa_punkt"),
]
urlpatterns = [
    path("moeder/<moedekode:kode>/punkter/", include(PAA_MOEDET)),
    path("moeder/punkter/<uuid:punkt>/", include(HVOR_SOM_HELST)),
    path("moeder/koe/<slug:enhed>/<forumart:art>/", include(KOE)),
]
