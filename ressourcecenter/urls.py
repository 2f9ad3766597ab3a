"""Addresses of the standing forums: /ressourcecentre/<school, klynge or netværk>/… and who takes part for a unit."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from ressourcecenter.models import Forum
from ressourcecenter.views import deltagelse, forberedere, forum, koordinatorer, rammer, regler, ressourcepersoner


class Forumart(StringConverter):
    regex = "|".join(Forum.Art.values)


register_converter(Forumart, "forumart")

KOORDINATORER = [
    path("udpeg/", koordinatorer.udpeg_koordinator, name="udpeg_koordinator"),
    path("<int:pk>/ret/", koordinatorer.ret_koordinator, name="ret_koordinator"),
    path("<int:pk>/orlov/", koordinatorer.giv_orlov, name="giv_orlov"),
]
RESSOURCEPERSONER = [
    path("tilknyt/", ressourcepersoner.tilknyt_ressourceperson, name="tilknyt_ressourceperson"),
    path("<int:pk>/afslut/", ressourcepersoner.afslut_ressourceperson, name="afslut_ressourceperson"),
]
FORBEREDERE = [
    path("", forberedere.navngiv_forbereder, name="navngiv_forbereder"),
    path("<int:pk>/afslut/", forberedere.afslut_forbereder, name="afslut_forbereder"),
]
REPRAESENTATION = [
    path("", deltagelse.repraesentation, name="repraesentation"),
    path("deleger/", deltagelse.deleger_deltagelse, name="deleger_deltagelse"),
    path("delegationer/<int:pk>/afslut/", deltagelse.afslut_delegation, name="afslut_delegation"),
]
RAMMER = [
    path("", rammer.rammer, name="rammer"),
    path("dokument/nyt/", rammer.opret_rammedokument, name="opret_rammedokument"),
    path("dokument/<int:pk>/ret/", rammer.ret_rammedokument, name="ret_rammedokument"),
    path("faglighed/ny/", rammer.opret_faglighed, name="opret_faglighed"),
    path("faglighed/<int:pk>/luk/", rammer.luk_faglighed, name="luk_faglighed"),
    path("faglighed/<int:pk>/genaabn/", rammer.genaabn_faglighed, name="genaabn_faglighed"),
]
urlpatterns = [
    path("ressourcecentre/", forum.fora, name="fora"),
    path("ressourcecentre/<slug:enhed>/", forum.forum, name="forum"),
    path("ressourcecentre/<slug:enhed>/koordinatorer/", include(KOORDINATORER)),
    path("ressourcecentre/<slug:enhed>/ressourcepersoner/", include(RESSOURCEPERSONER)),
    path("ressourcecentre/<slug:enhed>/forberedere/", include(FORBEREDERE)),
    path("repraesentation/<slug:enhed>/", include(REPRAESENTATION)),
    path("ressourcecentre/<slug:enhed>/regler/<forumart:art>/", regler.ret_lokale_regler, name="ret_lokale_regler"),
    path("rammer/", rammer.rammedokumenter, name="rammedokumenter"),
    path("forvaltning/rammer/", include(RAMMER)),
]
