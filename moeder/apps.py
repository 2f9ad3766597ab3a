from django.apps import AppConfig


class MoederConfig(AppConfig):
    name = "moeder"
    verbose_name = "Møder"

    def ready(self) -> None:
        from moeder.actions import dokumenter, faste, haenger, paamindelse, referat
        from moeder.actions.anmodningsgang import eskaler_anmodninger
        from moeder.demo import lav_demo
        from moeder.queries import anmodninger, overblik, punkter, repraesentant, ressourceteam, skridt, start
        from moeder.tasks import vaek_papirer
        from moeder.views import andre_sider
        from samarbejde import stik

        stik.demo.tilslut("moeder", lav_demo)
        stik.din_tur.tilslut("anmodninger", anmodninger.ventende_skridt)
        stik.din_tur.tilslut("deltagelsesoensker", ressourceteam.ventende_skridt)
        stik.din_tur.tilslut("indkaldelser", start.svar_mangler)
        stik.din_tur.tilslut("referater", skridt.ventende_skridt)
        stik.doegn.tilslut("anmodninger", eskaler_anmodninger)
        stik.doegn.tilslut("forberedelse", paamindelse.mind_om_forberedelse)
        stik.doegn.tilslut("indkaldelser", paamindelse.mind_om_indkaldelse)
        stik.doegn.tilslut("opgaver", haenger.slip_udloebne)
        stik.doegn.tilslut("gamle_papirer", dokumenter.slet_gamle_papirer)
        stik.doegn.tilslut("papirer", vaek_papirer)
        stik.doegn.tilslut("referater", referat.mind_om_lukning)
        stik.doegn.tilslut("repraesentanter", faste.opdater_hver_time)
        stik.enhed.tilslut("moeder", repraesentant.enhedsboks)
        stik.forum.tilslut("moeder", andre_sider.forumboks)
        stik.haenger.tilslut("opgaver", haenger.haengende_opgaver)
        stik.mangler.tilslut("moeder", overblik.mangler)
        stik.menu.tilslut("moeder", andre_sider.menu)
        stik.spor.tilslut("anmodning", anmodninger.spor)
        stik.spor.tilslut("moede", andre_sider.synlige_moeder)
        stik.spor.tilslut("punkt", punkter.laesbare_punkter)
        stik.start.tilslut("anmodninger", anmodninger.startboks)
        stik.start.tilslut("moeder", start.startboks)
