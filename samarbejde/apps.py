from django.apps import AppConfig
from django.db.backends.signals import connection_created


class SamarbejdeConfig(AppConfig):
    name = "samarbejde"
    verbose_name = "Organisation, personer og rettigheder"

    def ready(self) -> None:
        from samarbejde import context, filer, gemt, haenger, post, queries, spor, stik, sundhed, tasks
        from samarbejde.database import forbered_sqlite

        connection_created.connect(forbered_sqlite, dispatch_uid="samarbejde.sqlite")
        stik.doegn.tilslut("segl_spor", spor.segl_spor)
        stik.doegn.tilslut("saml_post", post.saml_post)
        stik.doegn.tilslut("send_post", post.saet_i_gang)
        stik.doegn.tilslut("gemt", gemt.ryd_op)
        stik.doegn.tilslut("filer", filer.ryd_filer_op)
        stik.doegn.tilslut("roller", haenger.slip_udloebne)
        stik.doegn.tilslut("overdragelser", tasks.vaek_overdragelser)
        stik.haenger.tilslut("roller", haenger.haengende_roller)
        stik.start.tilslut("drift", sundhed.startboks)
        stik.menu.tilslut("samarbejde", context.grundmenu)
        for rod_art, synlige in queries.SPOR.items():
            stik.spor.tilslut(rod_art, synlige)
