"""The organisation's certificate (SEGL_P12): is it there, can it be opened, how long is it good for?

`cryptography` only: web processes read it for /readyz and never load what makes PDFs. It is read again when the file
is another, so that a new certificate needs no restart.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509 import Certificate
from django.conf import settings

from samarbejde import tid
from samarbejde.formater import dato_uden_ugedag

VARSEL = timedelta(days=60)
UDEN = "Nye PDF’er af indgåede aftaler bliver ikke forseglet."
KAN_IKKE_BRUGES = "Certifikatet kunne ikke bruges."


class CertifikatError(Exception):
    """Why nothing can be sealed: one line for whoever runs the site, and `kort` for whoever reads the document."""

    def __init__(self, linje: str, kort: str = "Der var intet certifikat at forsegle med.") -> None:
        super().__init__(linje)
        self.kort = kort


@dataclass(frozen=True, eq=False)
class Certifikat:
    noegle: RSAPrivateKey | EllipticCurvePrivateKey
    eget: Certificate
    andre: tuple[Certificate, ...]

    @property
    def udloeber(self) -> datetime:
        return self.eget.not_valid_after_utc

    @property
    def gaelder_fra(self) -> datetime:
        return self.eget.not_valid_before_utc


def hent() -> Certifikat:
    """The one to seal with today."""
    fundet, nu = _fra_miljoeet(), tid.nu()
    if nu > fundet.udloeber:
        linje = f"Certifikatet til seglet udløb den {_dag(fundet.udloeber)}. Sæt et nyt i SEGL_P12."
        raise CertifikatError(linje, "Certifikatet var udløbet.")
    if nu < fundet.gaelder_fra:
        linje = f"Certifikatet til seglet gælder først fra den {_dag(fundet.gaelder_fra)}."
        raise CertifikatError(linje, "Certifikatet gjaldt ikke endnu.")
    return fundet


def tilstand() -> tuple[dict[str, str], list[str]]:
    """For /readyz and the administrator: what is so, and what somebody must do something about."""
    tidsstempel = "fra SEGL_TSA" if settings.SEGL["tsa"] else "uden tidsstempel"
    try:
        fundet = hent()
    except CertifikatError as fejl:
        return {"segl": "ikke forseglet", "tidsstempel": tidsstempel}, [f"{fejl} {UDEN}"]
    advarsler = []
    if fundet.udloeber - tid.nu() <= VARSEL:
        udloeber = f"Certifikatet til seglet udløber den {_dag(fundet.udloeber)}."
        advarsler.append(f"{udloeber} Sæt et nyt i SEGL_P12 inden da.")
    return {"segl": f"til og med {tid.lokal(fundet.udloeber).date()}", "tidsstempel": tidsstempel}, advarsler


def _dag(hvornaar: datetime) -> str:
    return dato_uden_ugedag(hvornaar)


def _fra_miljoeet() -> Certifikat:
    if not settings.SEGL["p12"]:
        raise CertifikatError("SEGL_P12 mangler.")
    sti = Path(settings.SEGL["p12"])
    try:
        fil = sti.stat()
        return _laes(sti, settings.SEGL["kode"], fil.st_mtime_ns, fil.st_size)
    except OSError as fejl:
        raise CertifikatError("SEGL_P12 peger på en fil, som ikke findes eller ikke kan læses.") from fejl


@lru_cache(maxsize=1)
def _laes(sti: Path, kode: str, *udgave: int) -> Certifikat:
    try:
        pakke = load_pkcs12(sti.read_bytes(), kode.encode() or None)
    except (ValueError, TypeError) as fejl:
        linje = "SEGL_P12 kan ikke åbnes: SEGL_KODE passer ikke, eller filen er ikke PKCS#12."
        raise CertifikatError(linje, KAN_IKKE_BRUGES) from fejl
    if pakke.cert is None or not isinstance(pakke.key, RSAPrivateKey | EllipticCurvePrivateKey):
        linje = "SEGL_P12 skal rumme et certifikat og dets nøgle (RSA eller P-256)."
        raise CertifikatError(linje, KAN_IKKE_BRUGES)
    return Certifikat(pakke.key, pakke.cert.certificate, tuple(en.certificate for en in pakke.additional_certs))
