"""The agreement as PDF, made in the worker only (samarbejde.pdf): from the approved content, or as a draft."""

import segno
from django.utils.safestring import SafeString, mark_safe

from aftaler.data import aftale_json
from aftaler.forsegling import forsegl
from aftaler.indhold import kladdens_aftryk
from aftaler.models import Dokument, Kladdedokument
from aftaler.papir import data_til, data_til_kladde, som_html
from samarbejde.certifikat import CertifikatError, hent
from samarbejde.pdf import Bilag, lav_pdf, til_pdf


def lav_dokument(dokument_id: int) -> None:
    lav_pdf(Dokument, dokument_id, render, forsegl)


def lav_kladdedokument(kladdedokument_id: int) -> None:
    """It may be gone: a newer one has taken its place."""
    if Kladdedokument.objects.filter(pk=kladdedokument_id).exists():
        lav_pdf(Kladdedokument, kladdedokument_id, render_kladde)


def render(dokument: Dokument) -> bytes:
    """From the stored content, never from the editable rows."""
    data = data_til(dokument)
    html = som_html(data | {"qr": qr(data.get("direkte", "")), "uden_segl": _uden_segl()})
    bilag = [Bilag("aftale.json", aftale_json(dokument), "Aftalen som data, til maskiner")]
    return til_pdf(html, bilag=bilag, oprettet=dokument.bestilt_den, segl=True)


def _uden_segl() -> str:
    """Why it will not be sealed, as it is printed; empty when there is a certificate to do it with."""
    try:
        hent()
    except CertifikatError as fejl:
        return fejl.kort
    return ""


def render_kladde(kladdedokument: Kladdedokument) -> bytes:
    """As the draft stands now, which may be newer than when it was ordered: `aftryk` says what it became."""
    data = data_til_kladde(kladdedokument)
    Kladdedokument.objects.filter(pk=kladdedokument.pk).update(aftryk=kladdens_aftryk(data["aftale"]))
    return til_pdf(som_html(data), oprettet=kladdedokument.bestilt_den)


def qr(adresse: str) -> SafeString | str:
    if not adresse:
        return ""
    kode = segno.make_qr(adresse, error="m")
    tegning = kode.svg_inline(border=0, title=f"QR-kode til {adresse}", omitsize=True, dark="#0b2a6b")
    return mark_safe(tegning)  # noqa: S308 - our own address
