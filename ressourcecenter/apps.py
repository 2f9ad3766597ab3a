from django.apps import AppConfig


class RessourcecenterConfig(AppConfig):
    name = "ressourcecenter"
    verbose_name = "Ressourcecentre og læringscentre"

    def ready(self) -> None:
        from ressourcecenter import actions, querysets
        from samarbejde import stik

        stik.kreds.tilslut("ressourcecenter", querysets.kreds)
        stik.ny_enhed.tilslut("ressourcecenter", actions.sikr_fora)
