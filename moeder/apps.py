from django.apps import AppConfig


class MoederConfig(AppConfig):
    name = "moeder"
    verbose_name = "Møder"

    def ready(self) -> None:
        from moeder.demo import lav_demo
        from moeder.queries import overblik, punkter, start
        from moeder.views import andre_sider
        from samarbejde import stik

        stik.menu.tilslut("moeder", andre_sider.menu)
        stik.spor.tilslut("moede", andre_sider.synlige_moeder)
        stik.spor.tilslut("punkt", punkter.laesbare_punkter)
        stik.mangler.tilslut("moeder", overblik.mangler)
        stik.start.tilslut("moeder", start.startboks)
        stik.din_tur.tilslut("indkaldelser", start.svar_mangler)
        stik.demo.tilslut("moeder", lav_demo)
        stik.forum.tilslut("moeder", andre_sider.forumboks)
