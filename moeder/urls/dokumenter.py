from django.urls import path

from moeder.views import dokumenter

PAPIRER = [
    path("papir/", dokumenter.papirer, name="papirer"),
    path("papir/bestil/", dokumenter.bestil_papir, name="bestil_papir"),
    path("papir/<int:pk>/", dokumenter.papir, name="papir"),
    path("papir/<int:pk>.pdf", dokumenter.hent_papir, name="hent_papir"),
]
