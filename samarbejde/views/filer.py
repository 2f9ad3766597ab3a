"""Handing out an uploaded file. Whose it is to fetch is asked before, by the view of what it hangs on."""

import logging

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from samarbejde.fillager import lager
from samarbejde.models import Fil

logger = logging.getLogger(__name__)
INDHOLDSTYPER = {
    Fil.Art.PDF: "application/pdf",
    Fil.Art.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Fil.Art.ODT: "application/vnd.oasis.opendocument.text",
    Fil.Art.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Fil.Art.PNG: "image/png",
    Fil.Art.JPG: "image/jpeg",
}
HOVEDER = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def svar_med_fil(fil: Fil) -> HttpResponse:
    """Always to be saved, never shown: what a stranger wrote gets no place among our pages."""
    try:
        indhold = lager().open(fil.sti)
        if indhold.size != fil.stoerrelse:
            indhold.close()
            raise FileNotFoundError(f"{indhold.size} bytes, {fil.stoerrelse} ventet")
    except OSError as fejl:
        logger.error("Fil %s (%s) kan ikke hentes i lageret: %s", fil.pk, fil.sti, fejl)
        return render(None, "samarbejde/fil_vaek.html", {"fil": fil}, status=410)
    return FileResponse(
        indhold, as_attachment=True, filename=fil.navn, content_type=INDHOLDSTYPER[Fil.Art(fil.art)], headers=HOVEDER
    )
