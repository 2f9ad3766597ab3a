"""A certificate for the demo's seal: self-made once, so that the demo shows sealed PDFs. Nobody else trusts it."""

import os
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from samarbejde import tid

NAME = "Demo: Stærkt samarbejde"
LASTS = timedelta(days=3650)
USES = dict.fromkeys(
    ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only"), False
)


def demo_certificate(path: Path) -> str:
    """The path; read by its owner only."""
    if not path.exists():
        own = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(_make())
        own.replace(path)
    return str(path)


def _make() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    begins = tid.nu()
    uses = x509.KeyUsage(digital_signature=True, content_commitment=True, decipher_only=False, **USES)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begins, begins + LASTS)
    certificate = builder.add_extension(uses, critical=True).sign(key, SHA256())
    return serialize_key_and_certificates(NAME.encode(), key, certificate, None, NoEncryption())
