"""The seal, in the worker only: the one empty field of a finished PDF is signed with the organisation's certificate.

PAdES, certified, no changes allowed. What came before is left byte for byte (ADR 0019): XMP and Info stay as they were
written, and a P-256 key makes the file neither PDF 2.0 nor an ISO 32002 one, which PDF/A-3 knows nothing of.
"""

import asyncio
import io
import re
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from samarbejde.certifikat import Certifikat, hent

T = TypeVar("T")
FELT = "Segl"
OMRAADE = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\s*\]")
FILSLUT = b"%%EOF\n"
GRUND = "Forsegling af indgået samarbejdsaftale"
TSA_VENTER_SEKUNDER = 10
TSA_SVAR_HOEJST = 100_000


class TidsstempelError(Exception):
    """The time stamp authority is away or answers nonsense; later it may be there again."""


class SeglError(Exception):
    """The sealed file is not what it should be: it is not stored."""


@dataclass(frozen=True)
class Forseglet:
    pdf: bytes
    tidsstemplet: bool


def forsegl(pdf: bytes, *, tidsstempel: bool = True) -> Forseglet:
    """Sealed once and judged at once. CertifikatError without a certificate to seal with; TidsstempelError when a time
    stamp is wanted and cannot be had.
    """
    certifikat, tsa = hent(), settings.SEGL["tsa"] if tidsstempel else ""
    forsegler, ud = _forsegler(certifikat, tsa), io.BytesIO()
    skriver = _Skriver(io.BytesIO(pdf))
    i_egen_traad(forsegler.sign_pdf, skriver, existing_fields_only=True, bytes_reserved=forsegler.plads, output=ud)
    forseglet = Forseglet(ud.getvalue(), bool(tsa))
    forsegler.plads = kontroller(pdf, forseglet, certifikat)
    return forseglet


def kontroller(uforseglet: bytes, forseglet: Forseglet, certifikat: Certifikat) -> int:
    """Whole, valid, over every byte, and with nothing before it changed; gives the room the signature has. Whom to
    trust is for the reader to know, not for us. The file is not read as a PDF again: in a long one that takes longer
    than to seal it.
    """
    fil = forseglet.pdf
    if not fil.startswith(uforseglet):
        raise SeglError("den forseglede fil begynder ikke med den uforseglede")
    svar, plads = _bedoem_segl(fil, len(uforseglet), certifikat)
    if forseglet.tidsstemplet and not _har_stempel(svar):
        raise TidsstempelError("tidsstemplet passer ikke til seglet")
    return plads


@dataclass(frozen=True)
class Genkendt:
    """Of a file that carries our own seal, whole and over every byte of it."""

    uforseglet_laengde: int
    tidsstemplet: bool
    forseglet_den: datetime


def genkend(fil: bytes) -> Genkendt:
    """SeglError unless the file is sealed with the certificate of today, and unchanged since; CertifikatError without
    one.
    """
    certifikat, omraade = hent(), OMRAADE.search(fil)
    slut = fil.rfind(FILSLUT, 0, omraade.start()) + len(FILSLUT) if omraade else 0
    svar, _ = _bedoem_segl(fil, slut, certifikat)
    if svar.signing_cert.dump() != _asn1(certifikat.eget).dump():
        raise SeglError("seglet er sat med et andet certifikat end det i SEGL_P12")
    sat = PdfFileReader(io.BytesIO(fil)).embedded_regular_signatures[0].self_reported_timestamp
    return Genkendt(slut, _har_stempel(svar), sat)


def _bedoem_segl(fil: bytes, fra: int, certifikat: Certifikat) -> tuple[StandardCMSSignatureStatus, int]:
    omraader = OMRAADE.findall(fil, fra)
    if len(omraader) != 1:
        raise SeglError("der skal være netop ét segl")
    foer, efter, rest = (int(tal) for tal in omraader[0])
    if efter + rest != len(fil) or fil[foer : foer + 1] + fil[efter - 1 : efter] != b"<>":
        raise SeglError("seglet dækker ikke hele filen")
    try:
        cms_fil = cms.ContentInfo.load(bytes.fromhex(fil[foer + 1 : efter - 1].decode()))
        svar = i_egen_traad(_bedoem, fil[:foer] + fil[efter:], cms_fil["content"], certifikat)
    except (ValueError, TypeError, SignatureValidationError) as fejl:
        raise SeglError("seglet kan ikke læses") from fejl
    if not (svar.intact and svar.valid):
        raise SeglError("seglet passer ikke til filen")
    return svar, efter - foer - 2


def _har_stempel(svar: StandardCMSSignatureStatus) -> bool:
    stempel = svar.timestamp_validity
    return stempel is not None and stempel.intact and stempel.valid


def i_egen_traad(kald: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """pyHanko starts an event loop, which it cannot where one runs already."""
    with ThreadPoolExecutor(1) as traade:
        return traade.submit(kald, *args, **kwargs).result()


def _bedoem(daekket: bytes, underskrift: cms.SignedData, certifikat: Certifikat) -> StandardCMSSignatureStatus:
    roedder = [_asn1(en) for en in (certifikat.eget, *certifikat.andre)]
    regler = ValidationContext(trust_roots=roedder, allow_fetching=False)
    return asyncio.run(async_validate_detached_cms(daekket, underskrift, regler, regler))


@lru_cache(maxsize=2)
def _forsegler(certifikat: Certifikat, tsa: str) -> "_Forsegler":
    """Kept warm: loading an RSA key checks it, which costs ten times the seal."""
    meta = PdfSignatureMetadata(
        field_name=FELT,
        reason=GRUND,
        md_algorithm="sha256",
        certify=True,
        subfilter=SigSeedSubFilter.PADES,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    return _Forsegler(meta, signer=_Noegle(certifikat), timestamper=_Tidsstempler(tsa) if tsa else None)


class _Skriver(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """pyHanko would write XMP and Info anew."""


class _Forsegler(PdfSigner):
    plads: int | None = None  # found with a signature made for the purpose, once

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """pyHanko would make the file PDF 2.0 for the sake of the curve."""
        pdf_out.register_extension(ESIC_EXTENSION_1)


class _Noegle(SimpleSigner):
    def __init__(self, certifikat: Certifikat) -> None:
        lager = SimpleCertificateStore()
        lager.register_multiple([_asn1(en) for en in certifikat.andre])
        super().__init__(signing_cert=_asn1(certifikat.eget), signing_key=None, cert_registry=lager)
        self._noegle = certifikat.noegle

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self._noegle, RSAPrivateKey):
            return self._noegle.sign(data, PKCS1v15(), SHA256())
        return self._noegle.sign(data, ECDSA(SHA256()))


class _Tidsstempler(TimeStamper):
    """RFC 3161 over HTTP with nothing but the standard library. Whatever goes wrong in it is the authority's doing."""

    def __init__(self, adresse: str) -> None:
        super().__init__()
        self.adresse = adresse

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        hoveder = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        kald = urllib.request.Request(self.adresse, data=req.dump(), headers=hoveder)  # noqa: S310 - http(s) only (miljoe)
        with urllib.request.urlopen(kald, timeout=TSA_VENTER_SEKUNDER) as svar:  # noqa: S310
            return tsp.TimeStampResp.load(svar.read(TSA_SVAR_HOEJST))

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except Exception as fejl:
            raise TidsstempelError(f"{self.adresse} gav intet tidsstempel: {fejl}") from fejl


def _asn1(certifikat: Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certifikat.public_bytes(Encoding.DER))
