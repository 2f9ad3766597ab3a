from django.apps import AppConfig
from django.db.backends.signals import connection_created


class SamarbejdeConfig(AppConfig):
    name = "samarbejde"
    verbose_name = "Organisation, personer og rettigheder"

    def ready(self) -> None:
        from samarbejde import post, spor, stik
        from samarbejde.database import forbered_sqlite

        connection_created.connect(forbered_sqlite, dispatch_uid="samarbejde.sqlite")
        stik.doegn.tilslut("segl_spor", spor.segl_spor)
        stik.doegn.tilslut("saml_post", post.saml_post)
        stik.doegn.tilslut("send_post", post.saet_i_gang)
