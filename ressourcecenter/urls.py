"""Addresses of the standing forums: /ressourcecentre/<school, klynge or netværk>/…"""

from django.urls import path

from ressourcecenter.views import forum

urlpatterns = [
    path("ressourcecentre/", forum.fora, name="fora"),
    path("ressourcecentre/<slug:enhed>/", forum.forum, name="forum"),
]
