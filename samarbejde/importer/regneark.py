"""Excel, read and written with openpyxl, which is imported here and only when a spreadsheet is at hand."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from samarbejde.importer.faelles import Fejl, Fejlvaerdi, Formel, ImportfejlError, Raatark
from samarbejde.importer.laesning import ARK, MAKS_KOLONNER, saml_ark


def laes_regneark(navn: str, indhold: bytes) -> tuple[list[Raatark], list[str]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # extensions that openpyxl does not keep; we only read values
            return _laes(indhold)
    except ImportfejlError:
        raise
    except Exception as fejl:  # openpyxl meets a broken file with whatever its parser happened to raise
        raise ImportfejlError(
            f"{navn} er ødelagt eller ikke et regneark. Gem det igen som Excel-projektmappe."
        ) from fejl


def _laes(indhold: bytes) -> tuple[list[Raatark], list[str]]:
    bog = load_workbook(io.BytesIO(indhold), read_only=True, data_only=False, keep_links=False)
    ark: dict[str, Raatark] = {}
    andre, fejl = [], []
    for regneark in bog.worksheets:
        navn = regneark.title.strip().lower()
        if navn not in ARK:
            andre.append(regneark.title)
        elif navn in ark:
            fejl.append(Fejl(navn, "Der er to ark med det navn."))
        else:
            try:
                ark[navn] = saml_ark(navn, _raekker(regneark))
            except ImportfejlError as en:
                fejl += en.fejl
    if fejl:
        raise ImportfejlError(fejl)
    return list(ark.values()), andre


def _raekker(regneark: Any) -> Iterator[tuple[int, list[Any]]]:
    # The size a sheet claims to have may be a million empty rows; only what is there is read.
    regneark.reset_dimensions()
    for linje, celler in enumerate(regneark.iter_rows(max_col=MAKS_KOLONNER + 1), start=1):
        vaerdier = [_vaerdi(celle) for celle in celler]
        while vaerdier and vaerdier[-1] == "":
            vaerdier.pop()
        yield linje, vaerdier


def _vaerdi(celle: Any) -> Any:
    if celle.value is None:
        return ""
    if celle.data_type == "f":
        return Formel(celle.value)
    return Fejlvaerdi(celle.value) if celle.data_type == "e" else celle.value
