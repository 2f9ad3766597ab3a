"""Reading `aftale.json` back: strict, and every reason not to at once, in Danish (docs/data.md)."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import rfc8785

from aftaler.data import AABEN
from aftaler.indhold import SKEMA, koder, pak
from aftaler.models import Indhold
from aftaler.skema import fejl_i
from aftaler.states import Svar
from samarbejde.skolekalender import foerste_dag, sidste_dag

STOERST = 5_000_000
FLEST_FEJL = 20
SLAGS, UDGAVE = SKEMA.split("/")
IKKE_JSON = "Filen er ikke gyldig JSON"
ANDET = "Filen er ikke data fra en samarbejdsaftale: feltet skema mangler eller nævner noget andet."
AENDRET = "Filen er ændret: indholdet svarer ikke til det aftryk, parterne godkendte. Brug filen fra den originale PDF."
GODKENDT = {Svar.GODKENDT.value, Svar.TILTRAADT.value}


class DatafejlError(Exception):
    """The file is refused; `grunde` holds every reason."""

    def __init__(self, *grunde: str) -> None:
        self.grunde = grunde
        super().__init__("\n".join(grunde))


@dataclass(frozen=True)
class Datafil:
    """What a file said, of the right shape and true to its own imprint."""

    data: dict[str, Any]
    indhold: Indhold
    kanonisk: bytes


def laes_data(raa: bytes) -> Datafil:
    data = _laes_json(raa)
    _kraev_skema(data)
    if fejl := [*fejl_i(data)]:
        raise DatafejlError(*_hoejst(fejl))
    indhold = pak(data["indhold"])
    if indhold.aftryk != data["aftryk"]:
        raise DatafejlError(AENDRET)
    if fejl := [*_selvmodsigelser(data)]:
        raise DatafejlError(*_hoejst(fejl))
    return Datafil(data, indhold, rfc8785.dumps(data))


def _laes_json(raa: bytes) -> Any:
    if len(raa) > STOERST:
        raise DatafejlError(f"Filen er for stor: den må højst fylde {STOERST // 1_000_000} MB.")
    try:
        data = _fortolk(raa.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DatafejlError("Filen er ikke tekst i UTF-8.") from None
    if ulovligt := next(_ulovlige_tegn(data), None):
        raise DatafejlError(f"Filen har et tegn, der ikke kan gemmes: {ulovligt}.")
    return data


def _fortolk(tekst: str) -> Any:
    try:
        return json.loads(tekst, object_pairs_hook=_hver_en_gang, parse_constant=_intet_tal, parse_float=_intet_tal)
    except json.JSONDecodeError as fejl:
        raise DatafejlError(f"{IKKE_JSON}: fejlen står på linje {fejl.lineno}, tegn {fejl.colno}.") from None
    except RecursionError:
        raise DatafejlError(f"{IKKE_JSON}: den er indlejret for dybt.") from None
    except ValueError:  # a number with more digits than anybody needs
        raise DatafejlError(f"{IKKE_JSON}: den har et tal, der er for stort.") from None


def _hver_en_gang(par: list[tuple[str, Any]]) -> dict[str, Any]:
    dobbelte = [navn for navn, antal in Counter(navn for navn, _ in par).items() if antal > 1]
    if dobbelte:
        raise DatafejlError(f"{IKKE_JSON}: feltet {dobbelte[0][:40]!a} står der to gange.")
    return dict(par)


def _intet_tal(tal: str) -> Any:
    raise DatafejlError(f"{IKKE_JSON}: tallet {tal[:20]} er ikke et helt tal.")


def _ulovlige_tegn(data: Any) -> Iterator[str]:
    """NUL, and half a character: no database and no canonical form takes them."""
    match data:
        case str() if "\0" in data:
            yield "NUL"
        case str() if any("\ud800" <= tegn <= "\udfff" for tegn in data):
            yield "et halvt tegn (surrogat)"
        case dict():
            for navn, vaerdi in data.items():
                yield from _ulovlige_tegn(navn)
                yield from _ulovlige_tegn(vaerdi)
        case list():
            for vaerdi in data:
                yield from _ulovlige_tegn(vaerdi)


def _kraev_skema(data: Any) -> None:
    skema = data.get("skema") if isinstance(data, dict) else None
    slags, _, udgave = skema.partition("/") if isinstance(skema, str) else ("", "", "")
    if slags != SLAGS:
        raise DatafejlError(ANDET)
    if udgave.isascii() and udgave.isdigit() and len(udgave) < 4 and int(udgave) > int(UDGAVE):
        nyere = f"Filen følger skemaet {skema}, som er nyere end dette system kender ({SKEMA})."
        raise DatafejlError(f"{nyere} Opdatér systemet, og prøv igen.")


def _hoejst(fejl: list[str]) -> list[str]:
    resten = len(fejl) - FLEST_FEJL
    return fejl if resten <= 0 else [*fejl[:FLEST_FEJL], f"… og {resten} fejl til"]


# --- what the schema cannot say ----------------------------------------------------------------------------------
def _selvmodsigelser(data: dict[str, Any]) -> Iterator[str]:
    indhold, koderne = data["indhold"], [part["kode"] for part in data["parter"]]
    aar = foerste_dag(data["skoleaar"]).isoformat(), sidste_dag(data["skoleaar"]).isoformat()
    ukendte = sorted(koder(indhold) - set(koderne))
    paastande = (
        (indhold["distrikt"] == data["distrikt"]["kode"], "distrikt: er et andet end indholdets"),
        (indhold["skoleaar"] == data["skoleaar"], "skoleaar: er et andet end indholdets"),
        (
            (data["gaelder_fra"], data["gaelder_til_og_med"]) == aar,
            "gaelder_fra: er ikke skoleårets dage",
        ),
        ((data["erstatter_version"] or 0) < data["version"], "erstatter_version: skal være lavere end version"),
        (len(set(koderne)) == len(koderne), "parter: den samme enhed står der to gange"),
        (data["tovholder"]["kode"] in koderne, "tovholder: er ikke blandt parterne"),
        (not ukendte, f"indhold: {', '.join(ukendte)} er ansvarlig uden at være part"),
    )
    yield from (grund for holder, grund in paastande if not holder)
    yield from _umulige_perioder(indhold)
    for nummer, part in enumerate(data["parter"], start=1):
        yield from _partsfejl(part, f"parter, nr. {nummer}", data["indgaaet"])


def _umulige_perioder(indhold: dict[str, Any]) -> Iterator[str]:
    aktiviteter = (a for maal in indhold["maal"] for delmaal in maal["delmaal"] for a in delmaal["aktiviteter"])
    for aktivitet in aktiviteter:
        if aktivitet["fra"] and aktivitet["til_og_med"] and aktivitet["til_og_med"] < aktivitet["fra"]:
            yield f"indhold: «{aktivitet['titel']}» slutter, før den begynder"


def _partsfejl(part: dict[str, Any], sted: str, indgaaet: str) -> Iterator[str]:
    if part["status"] == Svar.GODKENDT and part["godkendelse"] and part["godkendelse"]["godkendt"] > indgaaet:
        yield f"{sted}, godkendelse: er givet, efter at aftalen blev indgået"
    if part["status"] in GODKENDT and part["godkendelse"] is None:
        yield f"{sted}, godkendelse: mangler, selv om status er {part['status']}"
    if part["status"] == AABEN and part["godkendelse"] is not None:
        yield f"{sted}, godkendelse: kan ikke være der, når status er {AABEN}"
    if (part["status"] == Svar.UDTRAADT) != (part["udtraadt"] is not None):
        yield f"{sted}, udtraadt: skal være der, netop når status er {Svar.UDTRAADT.value}"
