"""The last step of a document, in the worker only: the seal, or why there is none.

The agreement must get its document: it waits for a new try while the time stamp authority is away, and goes without
before the tries run out. Without a certificate that can be used it is stored unsealed and says so.
"""

import hashlib
from typing import Any

from aftaler.models import Dokument
from samarbejde import segl
from samarbejde.certifikat import CertifikatError
from samarbejde.pdf import FLEST_FORSOEG

UDEN_STEMPEL = "Tjenesten, der giver tidsstempler, svarede ikke."


def forsegl(dokument: Dokument, pdf: bytes) -> dict[str, Any]:
    """The columns to store: what is served, and how long the unsealed part of it is."""
    felter = _uforseglet(pdf)
    try:
        forseglet, bemaerkning = _med_eller_uden_stempel(dokument, pdf)
    except CertifikatError as fejl:
        stand, bemaerkning = Dokument.Segl.IKKE_FORSEGLET, fejl.kort
        return felter | {"pdf": pdf, "segl": stand, "segl_bemaerkning": bemaerkning}
    return felter | {
        "pdf": forseglet.pdf,
        "segl": _stand(forseglet.tidsstemplet),
        "segl_bemaerkning": bemaerkning,
    }


def som_original(fil: bytes) -> tuple[dict[str, Any], str]:
    """The columns of a document that is restored from its own file, or why the file cannot be it."""
    try:
        genkendt = segl.genkend(fil)
    except CertifikatError as fejl:
        return {}, str(fejl)
    except segl.SeglError as fejl:
        tekst = str(fejl)
        return {}, f"{tekst[:1].upper()}{tekst[1:]}."
    felter = {
        "tilstand": Dokument.Tilstand.KLAR,
        "pdf": fil,
        "sha256": hashlib.sha256(fil).hexdigest(),
        "segl": _stand(genkendt.tidsstemplet),
        "bestilt_den": genkendt.forseglet_den,
        "lavet_den": genkendt.forseglet_den,
    }
    return felter | _uforseglet(fil[: genkendt.uforseglet_laengde]), ""


def _uforseglet(pdf: bytes) -> dict[str, Any]:
    return {"uforseglet_laengde": len(pdf), "uforseglet_sha256": hashlib.sha256(pdf).hexdigest()}


def _stand(tidsstemplet: bool) -> Dokument.Segl:
    return Dokument.Segl.FORSEGLET if tidsstemplet else Dokument.Segl.UDEN_TIDSSTEMPEL


def _med_eller_uden_stempel(dokument: Dokument, pdf: bytes) -> tuple[segl.Forseglet, str]:
    try:
        return segl.forsegl(pdf), ""
    except segl.TidsstempelError:
        if dokument.forsoeg < FLEST_FORSOEG - 1:
            raise
    return segl.forsegl(pdf, tidsstempel=False), UDEN_STEMPEL
