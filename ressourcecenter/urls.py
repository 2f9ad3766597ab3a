"""Addresses of the standing forums: /ressourcecentre/<school, klynge or netværk>/… and who takes part for a unit."""

from django.urls import include, path

from ressourcecenter.views import deltagelse, forum, koordinatorer, ressourcepersoner

KOORDINATORER = [
    path("udpeg/", koordinatorer.udpeg_koordinator, name="udpeg_koordinator"),
    path("<int:pk>/ret/", koordinatorer.ret_koordinator, name="ret_koordinator"),
    path("<int:pk>/orlov/", koordinatorer.giv_orlov, name="giv_orlov"),
]
RESSOURCEPERSONER = [
    path("tilknyt/", ressourcepersoner.tilknyt_ressourceperson, name="tilknyt_ressourceperson"),
    path("<int:pk>/afslut/", ressourcepersoner.afslut_ressourceperson, name="afslut_ressourceperson"),
]
REPRAESENTATION = [
    path("", deltagelse.repraesentation, name="repraesentation"),
    path("deleger/", deltagelse.deleger_deltagelse, name="deleger_deltagelse"),
    path("delegationer/<int:pk>/afslut/", deltagelse.afslut_delegation, name="afslut_delegation"),
]
urlpatterns = [
    path("ressourcecentre/", forum.fora, name="fora"),
    path("ressourcecentre/<slug:enhed>/", forum.forum, name="forum"),
    path("ressourcecentre/<slug:enhed>/koordinatorer/", include(KOORDINATORER)),
    path("ressourcecentre/<slug:enhed>/ressourcepersoner/", include(RESSOURCEPERSONER)),
    path("repraesentation/<slug:enhed>/", include(REPRAESENTATION)),
]
