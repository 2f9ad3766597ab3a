"""What `importer` does with `aftale.json`, or with the PDF it lies in: plugged in by `apps.py`."""

import io
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.genindlaesning import Genindlaest, genindlaes_aftale
from aftaler.actions.led import Felter
from aftaler.datafil import DatafejlError, Datafil, laes_data
from samarbejde.formater import antal
from samarbejde.importer.faelles import Fejl, ImportfejlError, Meld
from samarbejde.prosa import rens_linje
from samarbejde.skolekalender import skoleaar_navn

BILAG = "aftale.json"
GENSKABES = "Filen selv kan ikke være dokumentet, så det bliver lavet på ny af dens data."
UDEN_SEGL = "Bemærk: Aftrykket viser, at teksten er uændret. Hvem der godkendte og hvornår, er kun, hvad filen siger."
IKKE_PDF = "Filen er ikke en PDF, der kan læses."
UDEN_BILAG = f"PDF'en har ikke filen {BILAG} i sig, så den er ikke en samarbejdsaftale herfra."


def indlaes_json(raa: bytes, *, afproev: bool, meld: Meld, original: Felter | None = None) -> None:
    """The whole of it, in one transaction; a dry run rolls back."""
    try:
        fil = laes_data(raa)
        with transaction.atomic():
            indlaest = genindlaes_aftale(fil=fil, af=None, original=original)
            transaction.set_rollback(afproev)
    except DatafejlError as fejl:
        raise _paa_hver_sin_linje(fejl.grunde) from None
    except ValidationError as fejl:
        raise _paa_hver_sin_linje(fejl.messages) from None
    for linje in _fortael(fil, indlaest, original):
        meld(linje)


def _paa_hver_sin_linje(grunde: Iterable[str]) -> ImportfejlError:
    """What a file says of itself is printed on one line, without what a terminal would obey."""
    return ImportfejlError([Fejl("", rens_linje(grund)) for grund in grunde])


def indlaes_pdf(raa: bytes, *, afproev: bool, meld: Meld) -> None:
    """When the seal is ours and holds, the file itself is the document again, byte for byte."""
    from aftaler.forsegling import som_original

    data, (original, hvorfor_ikke) = bilag_i(raa), som_original(raa)
    if hvorfor_ikke:
        meld(f"Bemærk: {GENSKABES} {hvorfor_ikke}")
    indlaes_json(data, afproev=afproev, meld=meld, original=original)


def bilag_i(raa: bytes) -> bytes:
    """The attachment; pyHanko is no part of a web process."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return _find(PdfFileReader(io.BytesIO(raa), strict=False).root)
    except ImportfejlError:
        raise
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OSError):
        raise ImportfejlError(IKKE_PDF) from None


def _find(rod: Any) -> bytes:
    for spec in rod.get("/AF") or ():
        spec = spec.get_object()
        if str(spec.get("/UF") or spec.get("/F")) == BILAG:
            return spec["/EF"]["/F"].data
    raise ImportfejlError(UDEN_BILAG)


def _fortael(fil: Datafil, indlaest: Genindlaest, original: Felter | None) -> list[str]:
    data = fil.data
    hvilken = f"{data['distrikt']['navn']} {skoleaar_navn(data['skoleaar'])}, version {data['version']}"
    if not indlaest.er_ny:
        bemaerk = indlaest.bemaerk or ["Der er intet at indlæse."]
        return [f"Aftalen {hvilken} findes allerede med det samme indhold.", *bemaerk]
    maal = data["indhold"]["maal"]
    godkendt = sum(part["godkendelse"] is not None for part in data["parter"])
    return [
        f"Ny aftale: {hvilken}, dokument nr. {data['dokument']['nummer']}",
        f"  {antal(len(data['parter']), 'part', 'parter')}, {antal(godkendt, 'godkendelse', 'godkendelser')}",
        f"  {antal(len(maal), 'strategisk mål', 'strategiske mål')}, aftryk {fil.indhold.aftryk}",
        "  PDF'en er den samme som før, byte for byte." if original else "  PDF'en laves på ny af workeren.",
        *(() if original else (UDEN_SEGL,)),
        *(f"Bemærk: {linje}" for linje in indlaest.bemaerk),
    ]
