from django.apps import AppConfig


class RessourcecenterConfig(AppConfig):
    name = "ressourcecenter"
