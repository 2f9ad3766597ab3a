from django.urls import path

from moeder.views import forberedelse, punktfiler

FILER = "punkter/<uuid:punkt>/filer/"
FIL = f"{FILER}<slug:fil>/"
MOEDE = [
    path("forbered/", forberedelse.giv_bidrag, name="giv_bidrag"),
    path("forberedelse/", forberedelse.forberedelsen, name="forberedelsen"),
    path(FILER, punktfiler.laeg_fil_paa, name="laeg_fil_paa"),
    path(FIL, punktfiler.punktfil, name="punktfil"),
    path(f"{FIL}fjern/", punktfiler.fjern_punktfil, name="fjern_punktfil"),
]
