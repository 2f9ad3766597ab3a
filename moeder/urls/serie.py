from django.urls import path

from moeder.views import serie

SERIE = [
    path("<slug:enhed>/<forumart:art>/ny/", serie.ny_serie, name="ny_serie"),
    path("<int:serie>/", serie.serie, name="serie"),
    path("<int:serie>/ret/", serie.ret_serie, name="ret_serie"),
]
