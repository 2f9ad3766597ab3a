"""The sample as a spreadsheet, made from its CSV files (docs/import.md says how and when)."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from samarbejde.importer.laesning import ARK

MAPPE = Path(__file__).parent.parent / "data" / "eksempel"
DATOER = {"gyldig_fra", "gyldig_til", "udloeber", "fra", "til_og_med"}
ALTID = datetime(2026, 8, 1)  # noqa: DTZ001 - the same bytes every time; Excel knows no time zones


def skriv_regneark(mappe: Path = MAPPE, fil: Path = MAPPE / "eksempel.xlsx") -> None:
    """Dates become date cells, as a person would type them; everything else is text."""
    bog = Workbook()
    bog.remove(bog.active)
    bog.properties.created = bog.properties.modified = ALTID
    for navn in ARK:
        ark = bog.create_sheet(navn)
        with (mappe / f"{navn}.csv").open(encoding="utf-8-sig", newline="") as linjer:
            hoved, *raekker = csv.reader(linjer)
        ark.append(hoved)
        for raekke in raekker:
            ark.append([_celle(kolonne, tekst) for kolonne, tekst in zip(hoved, raekke, strict=True)])
        for celle in ark[1]:
            celle.font = Font(bold=True)
            ark.column_dimensions[celle.column_letter].width = 22
        ark.freeze_panes = "A2"
    buffer = io.BytesIO()
    bog.save(buffer)
    fil.write_bytes(_uden_klokkeslaet(buffer))


def _celle(kolonne: str, tekst: str) -> str | date | None:
    return date.fromisoformat(tekst) if tekst and kolonne in DATOER else tekst or None


def _uden_klokkeslaet(buffer: io.BytesIO) -> bytes:
    """Every member at the same moment, so that the file only changes when its content does."""
    ud = io.BytesIO()
    with zipfile.ZipFile(buffer) as fra, zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as til:
        for medlem in fra.infolist():
            indhold = fra.read(medlem)
            if medlem.filename == "docProps/core.xml":
                indhold = _samme_modified(indhold)
            til.writestr(zipfile.ZipInfo(medlem.filename, ALTID.timetuple()[:6]), indhold, zipfile.ZIP_DEFLATED)
    return ud.getvalue()


def _samme_modified(xml: bytes) -> bytes:
    """openpyxl writes the time of saving whatever was asked for."""
    foer, maerke, efter = xml.partition(b"<dcterms:modified")
    start, _, rest = efter.partition(b">")
    return foer + maerke + start + b">" + f"{ALTID:%Y-%m-%dT%H:%M:%SZ}".encode() + rest[rest.index(b"<") :]
