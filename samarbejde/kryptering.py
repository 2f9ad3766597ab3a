"""AES-GCM with a key ring from the environment; the first key writes, all of them read."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


class UlaeseligError(Exception):
    """No key of the ring opens the value."""


def _noegler() -> list[bytes]:
    """In the demo a key derived from SECRET_KEY stands in: everything there is invented."""
    return settings.FORTROLIGHED_NOEGLER or [hashlib.sha256(settings.SECRET_KEY.encode()).digest()]


def krypter(klartekst: bytes, bundet_til: str) -> bytes:
    """`bundet_til` names the place (table, column, row): moved elsewhere the value cannot be read."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_noegler()[0]).encrypt(nonce, klartekst, bundet_til.encode())


def dekrypter(kodet: bytes, bundet_til: str) -> bytes:
    for noegle in _noegler():
        try:
            return AESGCM(noegle).decrypt(kodet[:NONCE], kodet[NONCE:], bundet_til.encode())
        except (InvalidTag, ValueError):  # ValueError: cut so short that not even the nonce is whole
            continue
    raise UlaeseligError(bundet_til)
