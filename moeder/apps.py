from django.apps import AppConfig


class MoederConfig(AppConfig):
    name = "moeder"
    verbose_name = "Møder"

    def ready(self) -> None:
        from moeder.actions.anmodningsgang import eskaler_anmodninger
        from moeder.demo import lav_demo
        from moeder.queries import anmodninger, overblik, start
        from moeder.actions import haenger, referat
        from moeder.demo import lav_demo
        from moeder.queries import overblik, skridt, start
        from moeder.views import andre_sider
        from samarbejde import stik

        stik.menu.tilslut("moeder", andre_sider.menu)
        stik.spor.tilslut("moede", andre_sider.synlige_moeder)
        stik.mangler.tilslut("moeder", overblik.mangler)
        stik.start.tilslut("moeder", start.startboks)
        stik.din_tur.tilslut("indkaldelser", start.svar_mangler)
        stik.demo.tilslut("moeder", lav_demo)
        stik.forum.tilslut("moeder", andre_sider.forumboks)
        stik.din_tur.tilslut("anmodninger", anmodninger.ventende_skridt)
        stik.doegn.tilslut("anmodninger", eskaler_anmodninger)
        stik.start.tilslut("anmodninger", anmodninger.startboks)
        stik.spor.tilslut("anmodning", anmodninger.spor)
        stik.din_tur.tilslut("referater", skridt.ventende_skridt)
        stik.doegn.tilslut("referater", referat.mind_om_lukning)
        stik.doegn.tilslut("opgaver", haenger.slip_udloebne)
        stik.haenger.tilslut("opgaver", haenger.haengende_opgaver)
