from django.urls import path

from moeder.views import forberedelse, punktfiler

FIL = "punkter/<uuid:punkt>/filer/<slug:fil>/"
MOEDE = [
    path("forbered/", forberedelse.giv_bidrag, name="giv_bidrag"),
    path("forberedelse/", forberedelse.forberedelsen, name="forberedelsen"),
    path(FIL, punktfiler.punktfil, name="punktfil"),
    path(f"{FIL}fjern/", punktfiler.fjern_punktfil, name="fjern_punktfil"),
]
