from django.urls import path

from moeder.views import moede

LISTE = [path("", moede.moeder, name="moeder")]
MOEDE = [path("", moede.moede, name="moede")]
