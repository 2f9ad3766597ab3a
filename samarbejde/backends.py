from typing import Any

from django.contrib.auth.backends import BaseBackend

from samarbejde.permissions import Rolle
from samarbejde.roller import mine_roller


class RolleBackend(BaseBackend):
    """Answers `has_perm("samarbejde.skoleleder", enhed)` by period, for third-party code. Our own code asks `maa`."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _, kodenavn = perm.partition(".")
        if app != "samarbejde" or kodenavn not in Rolle.values or getattr(obj, "pk", None) is None:
            return False
        return Rolle(kodenavn) in mine_roller(user_obj).enheder.get(obj.pk, ())
