"""What a file is, told by its content alone, never by its name. Nothing is unpacked, run or followed."""

import io
import re
import struct
import zlib
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError

OEDELAGT = "Filen er ødelagt eller ikke hel. Åbn den på din computer, gem den igen, og vælg den så her."
LAAST = "Filen er låst eller har en adgangskode. Gem den uden, og vælg den igen."
GAMMEL = "Filen har en adgangskode eller er gemt i et ældre format. Gem den som .docx eller .xlsx, og vælg den igen."
MAKROER = "Filen indeholder makroer. Gem den uden makroer som .docx, .xlsx eller .odt, og vælg den igen."
PAKKET = "Filen fylder alt for meget, når den pakkes ud. Gem en mindre udgave, og vælg den."

UDPAKKET_HOEJST = 200_000_000  # bytes in all, as the container itself says
FLEST_DELE = 5_000
STOERSTE_INDEKS = 1_000_000  # bytes of the parts that say what the container is
FLEST_BILLEDPUNKTER = 120_000_000
FLEST_MAERKER = 10_000
HALE = 4_096  # some programs write a little after %%EOF

LAAST_PDF = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
MAKRO = re.compile(r"(^|/)vbaProject\.bin$|^xl/macrosheets/|^(Basic|Scripts)/", re.IGNORECASE)
INDHOLDSTYPER = "[Content_Types].xml"
OOXML = {
    "docx": (b"openxmlformats-officedocument.wordprocessingml.document.main+xml", re.compile(r"word/document\d*\.xml")),
    "xlsx": (b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", re.compile(r"xl/workbook\d*\.xml")),
}
ODT = b"application/vnd.oasis.opendocument.text"
JPG_UDEN_MAAL = {0xC4, 0xC8, 0xCC}


def genkend(data: bytes) -> str | None:
    """The kind, None when it is none that we take; a sentence when it is one, but locked, broken or dangerous."""
    for begyndelse, bedoem in MAGI.items():
        if data.startswith(begyndelse):
            return bedoem(data)
    return None


def _pdf(data: bytes) -> str:
    if b"%%EOF" not in data[-HALE:] or b"startxref" not in data[-HALE:]:
        raise ValidationError(OEDELAGT)
    if LAAST_PDF.search(data):
        raise ValidationError(LAAST)
    return "pdf"


def _gammelt_office(data: bytes) -> None:
    """The container of .doc and .xls, and of .docx and .xlsx with a password."""
    raise ValidationError(GAMMEL)


# --- containers --------------------------------------------------------------------------------------------------
def _zip(data: bytes) -> str | None:
    try:
        with ZipFile(io.BytesIO(data)) as container:
            _bedoem_dele(container.infolist())
            return _container(container, container.namelist())
    except (BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, KeyError, NotImplementedError) as fejl:
        raise ValidationError(OEDELAGT) from fejl


def _bedoem_dele(dele: list[ZipInfo]) -> None:
    if len(dele) > FLEST_DELE or sum(en.file_size for en in dele) > UDPAKKET_HOEJST:
        raise ValidationError(PAKKET)
    if any(en.flag_bits & 1 for en in dele):
        raise ValidationError(LAAST)
    if any(en.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for en in dele):
        raise BadZipFile
    if any(MAKRO.search(en.filename) for en in dele):
        raise ValidationError(MAKROER)


def _container(container: ZipFile, navne: Iterable[str]) -> str | None:
    if INDHOLDSTYPER in navne:
        return _ooxml(_indeks(container, INDHOLDSTYPER), navne)
    if "mimetype" not in navne or _indeks(container, "mimetype").strip() != ODT:
        return None
    if b"encryption-data" in _indeks(container, "META-INF/manifest.xml"):
        raise ValidationError(LAAST)
    return "odt" if "content.xml" in navne else None


def _ooxml(typer: bytes, navne: Iterable[str]) -> str | None:
    if b"macroEnabled" in typer:
        raise ValidationError(MAKROER)
    for art, (indholdstype, hoveddel) in OOXML.items():
        if indholdstype in typer and any(map(hoveddel.fullmatch, navne)):
            return art
    return None


def _indeks(container: ZipFile, navn: str) -> bytes:
    """Read with a limit: the size that a part says it has may be a lie."""
    with container.open(navn) as del_:
        data = del_.read(STOERSTE_INDEKS + 1)
    if len(data) > STOERSTE_INDEKS:
        raise ValidationError(PAKKET)
    return data


# --- pictures ----------------------------------------------------------------------------------------------------
def _png(data: bytes) -> str:
    plads, arter = 8, []
    while plads + 12 <= len(data):
        laengde, art = struct.unpack_from(">I4s", data, plads)
        arter.append(art)
        plads += 12 + laengde
        if art == b"IEND":
            break
    if arter[:1] != [b"IHDR"] or arter[-1] != b"IEND" or b"IDAT" not in arter:
        raise ValidationError(OEDELAGT)
    _bedoem_maal(*struct.unpack_from(">II", data, 16))
    return "png"


def _jpg(data: bytes) -> str:
    plads, maal = 2, (0, 0)
    for _ in range(FLEST_MAERKER):
        if plads + 9 > len(data) or data[plads] != 0xFF:
            break
        maerke, laengde = struct.unpack_from(">BH", data, plads + 1)
        if maerke == 0xDA:  # the picture itself begins
            break
        if 0xC0 <= maerke <= 0xCF and maerke not in JPG_UDEN_MAAL:
            maal = struct.unpack_from(">HH", data, plads + 5)
        plads += 1 if maerke == 0xFF else 2 + laengde
    if data[plads : plads + 2] != b"\xff\xda" or b"\xff\xd9" not in data[plads:]:
        raise ValidationError(OEDELAGT)
    _bedoem_maal(*maal)
    return "jpg"


def _bedoem_maal(bredde: int, hoejde: int) -> None:
    if not bredde or not hoejde:
        raise ValidationError(OEDELAGT)
    if bredde * hoejde > FLEST_BILLEDPUNKTER:
        raise ValidationError(PAKKET)


MAGI = {
    b"%PDF-": _pdf,
    b"PK\x03\x04": _zip,
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8\xff": _jpg,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _gammelt_office,
}
