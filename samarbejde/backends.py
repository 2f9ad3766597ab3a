import logging
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.db.models import QuerySet

from samarbejde.forespoergsel import hent
from samarbejde.models import Person
from samarbejde.permissions import Rolle
from samarbejde.roller import mine_roller

log = logging.getLogger(__name__)


class LoginBackend(AuthenticationBackend):
    """Who may log in, and stay: asked at login and at every request."""

    def user_can_authenticate(self, user: Any) -> bool:
        if getattr(user, "is_superuser", False):
            log.warning("konto %s er afvist: den har Djangos superbrugerflag", user.pk)
        return super().user_can_authenticate(user)

    def get_user(self, user_id: int) -> Person | None:
        """As Django's own; a ready question, for it is asked on every page (ADR 0016)."""
        fundne = hent(_person, None, pk=user_id)
        return fundne[0] if fundne and self.user_can_authenticate(fundne[0]) else None


def _person(_: None, pk: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=pk)


class RolleBackend(BaseBackend):
    """Answers `has_perm("samarbejde.skoleleder", enhed)` by period, for third-party code. Our own code asks `maa`."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _, kodenavn = perm.partition(".")
        if app != "samarbejde" or kodenavn not in Rolle.values or getattr(obj, "pk", None) is None:
            return False
        return Rolle(kodenavn) in mine_roller(user_obj).enheder.get(obj.pk, ())
