"""Real files of every kind that is taken, made on the spot, and some that only pretend."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfReader, PdfWriter

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAKROWORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"


def upload(navn, indhold):
    return SimpleUploadedFile(navn, indhold)


def pdf():
    from weasyprint import HTML

    return HTML(string="<html lang='da'><title>Plan</title><p>Plan for Lindeskolen</p></html>").write_pdf()


def laast_pdf():
    ny, ud = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf()))), io.BytesIO()
    ny.encrypt("kode", algorithm="RC4-128")
    ny.write(ud)
    return ud.getvalue()


def pakke(dele, komprimeret=ZIP_DEFLATED):
    ud = io.BytesIO()
    with ZipFile(ud, "w", komprimeret) as container:
        for navn, indhold in dele.items():
            container.writestr(navn, indhold, ZIP_STORED if navn == "mimetype" else komprimeret)
    return ud.getvalue()


def ooxml(hoveddel, indholdstype, **andre):
    typer = f'<Types><Override PartName="/{hoveddel}" ContentType="{indholdstype}"/></Types>'
    return pakke({"[Content_Types].xml": typer, "_rels/.rels": "<Relationships/>", hoveddel: "<x/>"} | andre)


def docx(**andre):
    return ooxml("word/document.xml", WORD, **andre)


def odt(mimetype=ODT, manifest="<manifest:manifest/>", **andre):
    return pakke({"mimetype": mimetype, "content.xml": "<x/>", "META-INF/manifest.xml": manifest} | andre)


def xlsx():
    bog, ud = Workbook(), io.BytesIO()
    bog.active["A1"] = "Mødeplan"
    bog.save(ud)
    return ud.getvalue()


def png(bredde=1, hoejde=1):
    def stykke(art, data):
        return struct.pack(">I", len(data)) + art + data + struct.pack(">I", zlib.crc32(art + data))

    ihdr = struct.pack(">IIBBBBB", bredde, hoejde, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + stykke(b"IHDR", ihdr) + stykke(b"IDAT", zlib.compress(b"\0\0")) + stykke(b"IEND", b"")


def jpg():
    ud = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(ud, "JPEG")
    return ud.getvalue()


def bombe():
    """Some kilobytes that say themselves that they are 250 MB."""
    ud = io.BytesIO()
    with ZipFile(ud, "w", ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", f'<Override ContentType="{WORD}"/>')
        with container.open("word/document.xml", "w") as del_:
            for _ in range(250):
                del_.write(bytes(1_000_000))
    return ud.getvalue()


def loegn():
    """Its index says it is 10 bytes; unpacked it is 20 MB."""
    data = bytearray(pakke({"[Content_Types].xml": bytes(20_000_000), "word/document.xml": "<x/>"}))
    stoerrelse = struct.pack("<I", 20_000_000)
    while (sted := data.find(stoerrelse)) >= 0:
        data[sted : sted + 4] = struct.pack("<I", 10)
    return bytes(data)


def krypteret_zip():
    """The bit that says a part is encrypted, set in both places."""
    data = bytearray(docx())
    for maerke, plads in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        sted = data.find(maerke)
        while sted >= 0:
            data[sted + plads] |= 1
            sted = data.find(maerke, sted + 4)
    return bytes(data)


ALLE = {"pdf": pdf, "docx": docx, "odt": odt, "xlsx": xlsx, "png": png, "jpg": jpg}
