"""The page of a hand-over as PDF, made in the worker only (samarbejde.pdf)."""

from django.template.loader import render_to_string

from samarbejde.models import Overdragelse
from samarbejde.pdf import lav_pdf, til_pdf


def lav_overdragelse(overdragelse_id: int) -> None:
    lav_pdf(Overdragelse, overdragelse_id, render)


def render(overdragelse: Overdragelse) -> bytes:
    """From the snapshot of the day, never from what the roles have become since."""
    data = {"overdragelse": overdragelse, "tildeling": overdragelse.tildeling}
    return til_pdf(render_to_string("samarbejde/overdragelse_pdf.html", data), oprettet=overdragelse.bestilt_den)
