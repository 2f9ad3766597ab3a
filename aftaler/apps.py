from django.apps import AppConfig


class AftalerConfig(AppConfig):
    name = "aftaler"
    verbose_name = "Samarbejdsaftaler"

    def ready(self) -> None:
        from aftaler import queries, tur
        from aftaler.actions.aarsvarsler import varsl_efter_aarshjulet
        from aftaler.actions.ophoer import lad_gamle_bortfalde
        from aftaler.actions.paamindelse import mind_om_svarene
        from aftaler.actions.tilstede import glem_tilstede
        from aftaler.demo import lav_demo
        from aftaler.historik import KLADDESPOR
        from aftaler.tasks import vaek_dokumenter
        from aftaler.views import andre_sider, skrevet
        from samarbejde import stik

        stik.din_tur.tilslut("aftaler", tur.ventende_skridt)
        stik.spor.tilslut("aftale", queries.laesbare_aftaler)
        stik.spor.tilslut(KLADDESPOR, queries.laesbare_kladder)
        stik.spor.tilslut("aarshjulsdatoer", queries.aarshjulsspor)
        stik.spor.tilslut("vejledning", queries.vejledningsspor)
        stik.spor.tilslut("maalomraade", queries.maalomraadespor)
        stik.doegn.tilslut("dokumenter", vaek_dokumenter)
        stik.doegn.tilslut("gamle_kladder", lad_gamle_bortfalde)
        stik.doegn.tilslut("aftalesvar", mind_om_svarene)
        stik.doegn.tilslut("aarsvarsler", varsl_efter_aarshjulet)
        stik.doegn.tilslut("tilstede", glem_tilstede)
        stik.demo.tilslut("aftaler", lav_demo)
        stik.menu.tilslut("aftaler", andre_sider.menu)
        stik.distrikt.tilslut("aftaler", andre_sider.distriktsboks)
        stik.figurstatus.tilslut("aftaler", andre_sider.figurstatus)
        stik.overblik.tilslut("Aftale", andre_sider.celler)
        stik.haenger.tilslut("aftaler", andre_sider.haengende)
        stik.formular.tilslut("aftaler", skrevet.formular_bag)
        self._ind_og_ud()

    def _ind_og_ud(self) -> None:
        """Drafts on paper, what is read from files, and what is written for journal and archive."""
        from aftaler.actions.kladdedokument import slet_gamle_kladdedokumenter
        from aftaler.dokumentimport import indlaes_json, indlaes_pdf
        from aftaler.journal import journalposter
        from aftaler.tasks import vaek_kladdedokumenter
        from samarbejde import stik

        stik.doegn.tilslut("gamle_kladdedokumenter", slet_gamle_kladdedokumenter)
        stik.doegn.tilslut("kladdedokumenter", vaek_kladdedokumenter)
        stik.importfil.tilslut(".json", indlaes_json)
        stik.importfil.tilslut(".pdf", indlaes_pdf)
        stik.eksport.tilslut("aftaler", journalposter)
