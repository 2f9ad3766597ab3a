"""The papers of a meeting as PDF, made in the worker only (samarbejde.pdf)."""

from moeder.indhold import aftryk, som_html
from moeder.models import Moededokument
from moeder.queries.papir import hindring
from samarbejde import tid
from samarbejde.pdf import lav_pdf, til_pdf


def lav_papir(papir_id: int) -> None:
    lav_pdf(Moededokument, papir_id, render)


def render(papir: Moededokument) -> bytes:
    """As the meeting stands now, which may be newer than when it was ordered: `indhold` says what it became. Minutes
    that were taken back to be corrected are not printed.
    """
    if grund := hindring(papir.moede, papir.art):
        raise ValueError(grund)
    Moededokument.objects.filter(pk=papir.pk).update(indhold=aftryk(papir))
    return til_pdf(som_html(papir, tid.nu()), oprettet=papir.bestilt_den)
