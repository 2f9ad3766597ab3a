"""Django's sessions in the database, found with a ready question: it is asked on every page (ADR 0016)."""

from django.contrib.sessions.backends.db import SessionStore as Databasesession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now

from samarbejde.forespoergsel import hent


class SessionStore(Databasesession):
    def _get_session_from_db(self) -> Session | None:
        fundne = hent(_session, None, noegle=self.session_key)
        if not fundne:
            self._session_key = None
        return fundne[0] if fundne else None


def _session(_: None, noegle: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=noegle, expire_date__gt=Now())
