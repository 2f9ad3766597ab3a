"""One cell into one value. Each reader raises ValueError with the reason in Danish."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices

from samarbejde.formater import opremsning
from samarbejde.importer.faelles import Fejlvaerdi, Formel
from samarbejde.tid import fra_til_og_med

Laeser = Callable[[Any], Any]
AAR = range(1900, 2100)
KODE = re.compile(r"[0-9A-Za-zÆØÅæøå][0-9A-Za-zÆØÅæøå._-]*")
DANSK_DATO = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
ISO_DATO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SANDT, FALSKT = {"ja", "sand", "true", "1", "x"}, {"", "nej", "falsk", "false", "0"}
USYNLIGE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def raa_tekst(celle: Any) -> str:
    """Text of a cell that should hold text; spaces of any kind become one."""
    if isinstance(celle, Formel) or (isinstance(celle, str) and celle.startswith("=")):
        raise ValueError("Cellen er en formel. Indsæt værdien i stedet.")
    if isinstance(celle, Fejlvaerdi):
        raise ValueError(f"Cellen viser fejlen {celle[:20]}.")
    if isinstance(celle, date | time):
        raise ValueError("Cellen er en dato eller et klokkeslæt, men her skal stå tekst.")
    if isinstance(celle, bool) or not isinstance(celle, str | int | float):
        raise ValueError("Her skal stå tekst.")
    if isinstance(celle, float) and celle.is_integer():
        celle = int(celle)
    tekst = unicodedata.normalize("NFC", str(celle))
    if any(unicodedata.category(tegn) in USYNLIGE for tegn in tekst):
        raise ValueError("Teksten indeholder linjeskift, tabulator eller usynlige tegn.")
    return " ".join(tekst.split())


def tekst(maks: int) -> Laeser:
    def laes(celle: Any) -> str:
        vaerdi = raa_tekst(celle)
        if len(vaerdi) > maks:
            raise ValueError(f"Teksten er for lang: {len(vaerdi)} tegn, højst {maks}.")
        return vaerdi

    return laes


def kode(celle: Any) -> str | None:
    vaerdi = tekst(40)(celle)
    if vaerdi and not KODE.fullmatch(vaerdi):
        raise ValueError(f"Koden »{vaerdi}« må kun bestå af bogstaver, tal, punktum, bindestreg og understreg.")
    return vaerdi or None


def email(celle: Any) -> str:
    vaerdi = tekst(254)(celle).casefold()
    try:
        validate_email(vaerdi)
    except ValidationError:
        raise ValueError(f"»{vaerdi}« er ikke en mailadresse.") from None
    return vaerdi


def valg(muligheder: type[TextChoices], standard: str | None = None) -> Laeser:
    """The value or its Danish label, whatever the case."""
    kendte = {navn.casefold(): vaerdi for vaerdi, label in muligheder.choices for navn in (vaerdi, label)}

    def laes(celle: Any) -> str | None:
        vaerdi = raa_tekst(celle)
        if not vaerdi:
            return standard
        if vaerdi.casefold() not in kendte:
            raise ValueError(f"»{vaerdi[:40]}« kendes ikke. Skriv {opremsning(muligheder.values, 'eller')}.")
        return kendte[vaerdi.casefold()]

    return laes


def ja_nej(standard: bool = False) -> Laeser:
    def laes(celle: Any) -> bool:
        vaerdi = str(celle).lower() if isinstance(celle, bool) else raa_tekst(celle).casefold()
        if not vaerdi:
            return standard
        if vaerdi not in SANDT | FALSKT:
            raise ValueError(f"»{vaerdi[:40]}« skal være ja eller nej.")
        return vaerdi in SANDT

    return laes


def dato(celle: Any) -> date | None:
    """ISO, Danish dd-mm-åååå, or a date cell of a spreadsheet."""
    if isinstance(celle, datetime):
        if celle.time() != time():
            raise ValueError(f"»{celle.isoformat(' ', 'minutes')}« har et klokkeslæt. Her skal kun stå en dato.")
        celle = celle.date()
    dag = celle if isinstance(celle, date) else _dato_af_tekst(raa_tekst(celle)[:40])
    if dag is not None and dag.year not in AAR:
        raise ValueError(f"Året {dag.year} ligger uden for {AAR[0]}-{AAR[-1]}.")
    return dag


def _dato_af_tekst(vaerdi: str) -> date | None:
    if not vaerdi:
        return None
    try:
        if dansk := DANSK_DATO.fullmatch(vaerdi):
            dag, maaned, aar = map(int, dansk.groups())
            return date(aar, maaned, dag)
        if ISO_DATO.fullmatch(vaerdi):
            return date.fromisoformat(vaerdi)
    except ValueError:
        pass
    raise ValueError(f"»{vaerdi}« er ikke en dato. Skriv den som 2026-08-01 eller 01-08-2026.")


def sidste_dag(celle: Any) -> date | None:
    """»Til og med« in the file, half-open from here on."""
    return fra_til_og_med(dato(celle))


def skoleaar(celle: Any) -> None:
    """Accepted because samarbejde/data/ferieplan.csv has it; a holiday's dates say all there is to know."""
    raa_tekst(celle)
