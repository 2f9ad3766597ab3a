import logging
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from samarbejde.permissions import Rolle
from samarbejde.roller import mine_roller

log = logging.getLogger(__name__)


class LoginBackend(AuthenticationBackend):
    """Who may log in, and stay: asked at login and at every request."""

    def user_can_authenticate(self, user: Any) -> bool:
        if getattr(user, "is_superuser", False):
            log.warning("konto %s er afvist: den har Djangos superbrugerflag", user.pk)
        return super().user_can_authenticate(user)


class RolleBackend(BaseBackend):
    """Answers `has_perm("samarbejde.skoleleder", enhed)` by period, for third-party code. Our own code asks `maa`."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _, kodenavn = perm.partition(".")
        if app != "samarbejde" or kodenavn not in Rolle.values or getattr(obj, "pk", None) is None:
            return False
        return Rolle(kodenavn) in mine_roller(user_obj).enheder.get(obj.pk, ())
