from django.urls import path

from moeder.views import indkaldelse, kalender, svar

LINK = [path("<str:noegle>/", svar.svar_med_link, name="svar_med_link")]
MOEDE = [
    path("indkald/", indkaldelse.indkald, name="indkald"),
    path("indkald/fortryd/", indkaldelse.fortryd_indkaldelse, name="fortryd_indkaldelse"),
    path("svar/", svar.svar_paa_indkaldelse, name="svar_paa_indkaldelse"),
]
KALENDER = [
    path("", kalender.min_kalender, name="min_kalender"),
    path("opret/", kalender.opret_kalenderadgang, name="opret_kalenderadgang"),
    path("luk/", kalender.tilbagekald_kalenderadgang, name="tilbagekald_kalenderadgang"),
    path("<str:noegle>.ics", kalender.kalender, name="kalender"),
]
