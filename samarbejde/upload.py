"""How much of a request is taken in. A proxy in front may allow less, never more."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Filgraense(FileUploadHandler):
    """First of the handlers. Of a file it lets through what shows that it is too large; the rest is read and dropped,
    so that the disk is spared and the field can say so beside the rest of the form. A request beyond all measure is
    refused before it is read.
    """

    def handle_raw_input(self, input_data: Any, hoveder: Any, content_length: int, *andet: Any) -> None:
        if content_length > settings.STOERSTE_AFSENDELSE:
            raise RequestDataTooBig(f"{content_length} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.STOERSTE_FIL else None

    def file_complete(self, file_size: int) -> None:
        return None
