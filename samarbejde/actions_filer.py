"""Keeping an uploaded file. The action of what it hangs on asks for the right and writes the event."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from samarbejde.filer import art_af, rens_filnavn
from samarbejde.fillager import lager, sti
from samarbejde.models import Fil, Person


@transaction.atomic
def gem_fil(*, upload: UploadedFile, af: Person) -> Fil:
    """Bytes first, row after: when the change is given up, the bytes are swept by `ryd_filer_op`."""
    art = art_af(upload, upload.name)
    data = upload.read()
    sha256 = hashlib.sha256(data).hexdigest()
    lager().save(sti(sha256), ContentFile(data))
    return Fil.objects.create(
        navn=rens_filnavn(upload.name), art=art, stoerrelse=len(data), sha256=sha256, lagt_op_af=af
    )


def sha256_af(upload: UploadedFile) -> str:
    """The content's own name: the same file of the same person twice is one."""
    upload.seek(0)
    aftryk = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    return aftryk
