from django.urls import path

from moeder.views import moede, planlaegning

LISTE = [
    path("", moede.moeder, name="moeder"),
    path("planlaeg/<slug:enhed>/<forumart:art>/", planlaegning.planlaeg_moede, name="planlaeg_moede"),
]
MOEDE = [
    path("", moede.moede, name="moede"),
    path("ret/", planlaegning.ret_moede, name="ret_moede"),
    path("flyt/", planlaegning.flyt_moede, name="flyt_moede"),
    path("aflys/", planlaegning.aflys_moede, name="aflys_moede"),
    path("genopret/", planlaegning.genopret_moede, name="genopret_moede"),
]
