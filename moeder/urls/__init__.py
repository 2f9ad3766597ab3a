"""Addresses of meetings: /moeder/… by what they are about; a meeting and a request have a random short code."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from moeder.models.faelles import KODELAENGDE, TEGN


class Moedekode(StringConverter):
    regex = f"[{TEGN}]{{{KODELAENGDE}}}"


register_converter(Moedekode, "moedekode")

# After the converter: each of these uses it.
from moeder.urls import anmodning, deltagere, dokumenter, forberedelse, indkaldelse, moede, punkter, referat, serie  # noqa: E402

urlpatterns = [
    path("moeder/", include(moede.LISTE)),
    path("moeder/", include(anmodning.ANMODNINGER)),
    path("", include(punkter)),
    path("moeder/serie/", include(serie.SERIE)),
    path("moeder/", include(referat.OPGAVER)),
    path("moeder/", include(deltagere.ENHEDER)),
    path("moeder/<moedekode:kode>/deltagere/", include(deltagere.PERSONER)),
    path("moeder/<moedekode:kode>/", include(moede.MOEDE)),
    path("moeder/<moedekode:kode>/", include(forberedelse.MOEDE)),
    path("moeder/<moedekode:kode>/", include(referat.REFERAT)),
    path("moeder/<moedekode:kode>/", include(indkaldelse.MOEDE)),
    path("moeder/svar/", include(indkaldelse.LINK)),
    path("kalender/", include(indkaldelse.KALENDER)),
    path("moeder/<moedekode:kode>/", include(dokumenter.PAPIRER)),
]
