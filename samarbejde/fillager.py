"""Where uploaded files lie: outside the web root, readable by the service alone, each content once."""

import os
import secrets
from typing import Any

from django.core.files.storage import FileSystemStorage, storages


def sti(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def lager() -> Any:
    return storages["default"]


class Fillager(FileSystemStorage):
    """A file is whole or not there: written beside its place, forced to the disk and moved. The same name is the same
    content, so it is put there anew: that mends a damaged one, and shows `ryd_filer_op` that it is in use.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: Any) -> str:
        undervejs = super()._save(f"{name}.{secrets.token_hex(8)}", content)
        with self.open(undervejs) as fil:
            os.fsync(fil.fileno())
        os.replace(self.path(undervejs), self.path(name))  # noqa: PTH105 - both are names of the storage
        return name
