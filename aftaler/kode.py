"""The code of a document: printed on it, typed back on /verificer/ by whoever holds the paper."""

import secrets
import unicodedata

# Crockford's base32 without the vowels (and y, one in Danish): no letter looks like a digit, and none makes a word.
TEGN = "0123456789BCDFGHJKMNPQRSTVWXZ"
LAENGDE = 12
_FORVEKSLET = str.maketrans("OIL", "011", " \t\r\n\u00a0-‐–.")


def ny_kode() -> str:
    return "".join(secrets.choice(TEGN) for _ in range(LAENGDE))


def laes_kode(tekst: str) -> str:
    """What was meant by what was typed: any case, in groups or not, with the word or the address before it, O for 0 and
    I or L for 1; empty when it is none.
    """
    tekst = unicodedata.normalize("NFKC", tekst).strip("/ ").rpartition("/")[2].rpartition(":")[2]
    kode = tekst.upper().translate(_FORVEKSLET)
    return kode if len(kode) == LAENGDE and set(kode) <= set(TEGN) else ""


def i_grupper(kode: str) -> str:
    return " ".join(kode[start : start + 4] for start in range(0, len(kode), 4))
