"""Read FIL into raw sheets: .xlsx, a folder or .zip of CSV files, or one CSV file. Nothing is unpacked to disk."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from samarbejde.importer.faelles import Fejl, ImportfejlError, Raatark

ARK = ("enheder", "distrikter", "tilknytninger", "personer", "roller", "ferier")
MEGABYTE = 1_000_000
MAKS_FIL = 20 * MEGABYTE
MAKS_UDPAKKET = 100 * MEGABYTE
MAKS_FILER_I_ZIP = 1_000
MAKS_RAEKKER = 50_000
MAKS_KOLONNER = 50


def laes(sti: Path) -> tuple[list[Raatark], list[str]]:
    """The known sheets in their own order, and one line for each file or sheet that was passed over."""
    if sti.is_dir():
        ark, andre = _fra_filer((fil.name, _bytes(fil)) for fil in sorted(sti.iterdir()) if _er_csv(fil.name))
    elif not sti.is_file():
        raise ImportfejlError(f"Filen {sti} findes ikke.")
    else:
        ark, andre = _fra_fil(sti, _bytes(sti))
    if not ark:
        raise ImportfejlError(f"{sti.name} har ingen af arkene {', '.join(ARK)}.")
    bemaerk = [f"{navn} er ikke læst: det er ikke et af arkene {', '.join(ARK)}." for navn in andre]
    return sorted(ark, key=lambda et: ARK.index(et.navn)), bemaerk


def _fra_fil(sti: Path, indhold: bytes) -> tuple[list[Raatark], list[str]]:
    match sti.suffix.lower():
        case ".xlsx":
            from samarbejde.importer.regneark import laes_regneark

            _kraev_rimelig_zip(sti.name, indhold)
            return laes_regneark(sti.name, indhold)
        case ".zip":
            return _fra_filer(_i_zip(sti.name, indhold))
        case ".csv":
            return _fra_filer([(sti.name, indhold)])
    raise ImportfejlError(f"{sti.name} kan ikke læses: filen skal være .xlsx, .csv, .zip eller en mappe med CSV-filer.")


def _er_csv(navn: str) -> bool:
    return navn.lower().endswith(".csv") and not navn.startswith(".")


def laes_fil(sti: Path) -> bytes:
    if not sti.is_file():
        raise ImportfejlError(f"Filen {sti} findes ikke.")
    return _bytes(sti)


def _bytes(sti: Path) -> bytes:
    if sti.stat().st_size > MAKS_FIL:
        raise ImportfejlError(f"{sti.name} er for stor: højst {MAKS_FIL // MEGABYTE} MB.")
    try:
        return sti.read_bytes()
    except OSError as fejl:
        raise ImportfejlError(f"{sti} kan ikke læses: {fejl.strerror}.") from fejl


# --- zip ---------------------------------------------------------------------------------------------------------
def _kraev_rimelig_zip(navn: str, indhold: bytes) -> zipfile.ZipFile:
    """A small file can unpack to any size; zipfile never reads more of a member than the size it declares."""
    try:
        pakke = zipfile.ZipFile(io.BytesIO(indhold))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fejl:
        raise ImportfejlError(f"{navn} er ødelagt eller ikke af den type, navnet siger.") from fejl
    filer = pakke.infolist()
    if len(filer) > MAKS_FILER_I_ZIP or sum(fil.file_size for fil in filer) > MAKS_UDPAKKET:
        raise ImportfejlError(f"{navn} er for stor, når den pakkes ud: højst {MAKS_UDPAKKET // MEGABYTE} MB.")
    if any(fil.flag_bits & 1 for fil in filer):
        raise ImportfejlError(f"{navn} er beskyttet med adgangskode. Gem den uden.")
    return pakke


def _i_zip(navn: str, indhold: bytes) -> Iterator[tuple[str, bytes]]:
    pakke = _kraev_rimelig_zip(navn, indhold)
    for fil in pakke.infolist():
        kort = fil.filename.replace("\\", "/").rpartition("/")[2]
        if not _er_csv(kort) or "__MACOSX/" in fil.filename:
            continue
        try:
            yield kort, pakke.read(fil)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as fejl:
            raise ImportfejlError(f"{kort} i {navn} er ødelagt.") from fejl


# --- CSV ---------------------------------------------------------------------------------------------------------
def _fra_filer(filer: Iterable[tuple[str, bytes]]) -> tuple[list[Raatark], list[str]]:
    ark: dict[str, Raatark] = {}
    andre, fejl = [], []
    for filnavn, indhold in filer:
        navn = filnavn[: -len(".csv")].lower()
        if navn not in ARK:
            andre.append(filnavn)
        elif navn in ark:
            fejl.append(Fejl(navn, "Der er to filer med det navn."))
        else:
            try:
                ark[navn] = _csv(navn, indhold)
            except ImportfejlError as en:
                fejl += en.fejl
    if fejl:
        raise ImportfejlError(fejl)
    return list(ark.values()), andre


def _csv(navn: str, indhold: bytes) -> Raatark:
    try:
        tekst = indhold.decode("utf-8-sig")
    except UnicodeDecodeError as fejl:
        linje = indhold[: fejl.start].count(b"\n") + 1
        raise ImportfejlError([Fejl(navn, "Filen er ikke i UTF-8. Gem den som »CSV UTF-8«.", linje)]) from fejl
    laeser = csv.reader(io.StringIO(tekst, newline=""), delimiter=_skilletegn(tekst), strict=True)
    raekker: list[tuple[int, list[Any]]] = []
    try:
        raekker.extend((laeser.line_num, celler) for celler in laeser)
    except csv.Error as fejl:
        grund = "Linjen kan ikke læses: et anførselstegn mangler eller står forkert."
        raise ImportfejlError([Fejl(navn, grund, laeser.line_num)]) from fejl
    return saml_ark(navn, raekker)


def _skilletegn(tekst: str) -> str:
    foerste = next((linje for linje in tekst.splitlines() if linje.strip()), "")
    return ";" if foerste.count(";") > foerste.count(",") else ","


def saml_ark(navn: str, alle: Iterable[tuple[int, list[Any]]]) -> Raatark:
    """The first line with anything in it names the columns; empty lines are passed over."""
    raekker = []
    for linje, celler in alle:
        celler = [celle.strip() if type(celle) is str else celle for celle in celler]
        if any(celle not in ("", None) for celle in celler):
            raekker.append((linje, celler))
        if len(raekker) > MAKS_RAEKKER or linje > 2 * MAKS_RAEKKER:
            raise ImportfejlError([Fejl(navn, f"Arket er for langt: højst {MAKS_RAEKKER} rækker.", linje)])
    if not raekker:
        raise ImportfejlError([Fejl(navn, "Arket er tomt. Slet det, hvis det ikke skal importeres.")])
    _, hoved = raekker[0]
    if len(hoved) > MAKS_KOLONNER:
        raise ImportfejlError([Fejl(navn, f"Arket har for mange kolonner: højst {MAKS_KOLONNER}.")])
    return Raatark(navn, [str(celle or "").lower() for celle in hoved], raekker[1:])
