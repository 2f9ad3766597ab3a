"""A root of the tests' own, certificates for the seal under it, and a time stamp authority that answers over HTTP."""

import io
import threading
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import outloud
import pdfua
import pikepdf
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from weasyprint import HTML

from samarbejde import tid
from samarbejde.segl import FELT, i_egen_traad

ET_AAR = timedelta(days=365)
KODE = "hemmelig"


@cache
def noegle(art):
    """Cached: an RSA key takes a second."""
    return ec.generate_private_key(ec.SECP256R1()) if art == "P-256" else rsa.generate_private_key(65537, 3072)


@cache
def rod():
    return _certifikat("Prøvernes rod", noegle("P-256"), "Prøvernes rod", tid.nu() - ET_AAR, 20 * ET_AAR)


def _certifikat(navn, egen, udsteder, fra, varer, formaal=None):
    def som(tekst):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, tekst)])

    er_rod = navn == udsteder
    brug = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"], False
    )
    bygger = (
        x509.CertificateBuilder(som(udsteder), som(navn), egen.public_key(), x509.random_serial_number())
        .not_valid_before(fra)
        .not_valid_after(fra + varer)
        .add_extension(x509.BasicConstraints(ca=er_rod, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, key_cert_sign=er_rod, **brug), critical=True
        )
    )
    if formaal:
        bygger = bygger.add_extension(x509.ExtendedKeyUsage([formaal]), critical=True)
    return bygger.sign(noegle("P-256"), hashes.SHA256())


def p12(mappe, art="P-256", *, fra=None, varer=ET_AAR, kode=KODE):
    """A PKCS#12 file as a supplier sends it: certificate, key and the issuer's certificate."""
    eget = _certifikat("Eksempel Kommune", noegle(art), "Prøvernes rod", fra or tid.nu() - timedelta(days=1), varer)
    laas = BestAvailableEncryption(kode.encode()) if kode else NoEncryption()
    fil = Path(mappe) / f"{x509.random_serial_number()}.p12"
    fil.write_bytes(serialize_key_and_certificates(b"segl", noegle(art), eget, [rod()], laas))
    return {"p12": str(fil), "kode": kode, "tsa": ""}


def tegnet(tekst="Aftale"):
    """A small tagged PDF as the worker draws them, without the field of the seal."""
    return HTML(string=f"<html lang='da'><title>Aftale</title><p>{tekst}</p></html>").write_pdf(pdf_variant="pdf/ua-1")


def med_felt(pdf):
    """The empty field that the finished PDF has."""
    skriver = IncrementalPdfFileWriter(io.BytesIO(pdf))
    append_signature_field(skriver, SigFieldSpec(FELT, on_page=0))
    ud = io.BytesIO()
    skriver.write(ud)
    return ud.getvalue()


def dom(pdf, *roedder):
    """What pyHanko says of the one seal in the file."""
    underskrift = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[0]
    regler = ValidationContext(trust_roots=[asn1(en) for en in roedder or (rod(),)], allow_fetching=False)
    return i_egen_traad(validate_pdf_signature, underskrift, regler)


def fejl_i(pdf, mappe):
    """What qpdf, outloud and pdfua find wrong with it."""
    fil = Path(mappe) / "bedoemt.pdf"
    fil.write_bytes(pdf)
    with pikepdf.open(fil) as aabnet:
        qpdf = list(aabnet.check_pdf_syntax())
    oplaest = [fund.rule for fund in outloud.check(str(fil)).findings if fund.severity == "error"]
    ua = [fund.rule_id for fund in pdfua.validate(str(fil)).findings if fund.severity.name == "ERROR"]
    return qpdf, sorted(oplaest), sorted(ua)


def asn1(certifikat):
    return asn1_x509.Certificate.load(certifikat.public_bytes(Encoding.DER))


@contextmanager
def tidsstempeltjeneste(svar=None):
    """RFC 3161 on 127.0.0.1; with `svar` it answers those bytes and nothing sensible."""
    egen = noegle("RSA-3072")
    eget = _certifikat("Prøvernes tid", egen, "Prøvernes rod", tid.nu() - ET_AAR, 2 * ET_AAR, _TID)
    der = egen.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stempler = DummyTimeStamper(asn1(eget), keys.PrivateKeyInfo.load(der))

    class Svarer(BaseHTTPRequestHandler):
        def do_POST(self):
            bad = self.rfile.read(int(self.headers["Content-Length"]))
            ud = svar or stempler.request_tsa_response(tsp.TimeStampReq.load(bad)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(ud)))
            self.end_headers()
            self.wfile.write(ud)

        def log_message(self, *dele):
            pass

    server = HTTPServer(("127.0.0.1", 0), Svarer)
    traad = threading.Thread(target=server.serve_forever, daemon=True)
    traad.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        traad.join()


_TID = ExtendedKeyUsageOID.TIME_STAMPING
