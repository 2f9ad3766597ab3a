from django.apps import AppConfig


class RessourcecenterConfig(AppConfig):
    name = "ressourcecenter"
    verbose_name = "Ressourcecentre og læringscentre"

    def ready(self) -> None:
        from ressourcecenter import actions, deltagelse, queries, querysets
        from ressourcecenter.actions import delegation, forberedere, haenger
        from ressourcecenter.demo import lav_demo
        from ressourcecenter.views import andre_sider, soeg
        from samarbejde import stik

        stik.kreds.tilslut("ressourcecenter", querysets.kreds)
        stik.ny_enhed.tilslut("ressourcecenter", actions.sikr_fora)
        stik.menu.tilslut("ressourcecenter", andre_sider.menu)
        stik.spor.tilslut("forum", andre_sider.synlige_fora)
        stik.spor.tilslut("rammedokument", queries.alles_rammer)
        stik.spor.tilslut("faglighed", queries.alles_fagligheder)
        stik.figurstatus.tilslut("ressourcecenter", andre_sider.figurstatus)
        stik.demo.tilslut("ressourcecenter", lav_demo)
        stik.mine_roller.tilslut("ressourcecenter", deltagelse.mine_roller_i_fora)
        stik.soeg.tilslut("ressourcecenter", soeg.soeg)
        stik.mangler.tilslut("ressourcecenter", andre_sider.mangler)
        stik.haenger.tilslut("delegationer", delegation.haengende)
        stik.din_tur.tilslut("delegationer", deltagelse.ventende_skridt)
        stik.enhed.tilslut("deltagelse", andre_sider.enhedsboks)
        stik.haenger.tilslut("ressourcepersoner", haenger.haengende_ressourcepersoner)
        stik.haenger.tilslut("forberedere", forberedere.haengende_forberedere)
        stik.doegn.tilslut("ressourcepersoner", haenger.slip_udloebne)
