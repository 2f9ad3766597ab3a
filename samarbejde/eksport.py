"""What a school year leaves for journal and archive (D16): one zip of documents with a list of them beside.

Written as it is read, one document at a time, so that a whole municipality needs no more memory than one agreement.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from samarbejde import stik, tid
from samarbejde.formater import opremsning, uden_formel

CSV, JSON = "indhold.csv", "indhold.json"
SAGSNUMMER = re.compile(r"[0-9A-Za-zÆØÅæøå ./_-]{0,40}")


def filnavn(skoleaar: int) -> str:
    return f"staerkt-samarbejde-{skoleaar}.zip"


@dataclass(frozen=True)
class Journalpost:
    """One document: what a journal asks for, and its bytes, fetched when they are needed; None when it is not made."""

    fil: str
    dato: str
    tema: str
    kle: str
    parter: list[str]
    distrikt: str
    skoleaar: str
    version: int
    dokument: int
    tilstand: str
    kode: str = ""
    sagsnr: str = ""
    lavet_den: datetime | None = field(default=None, metadata={"intern": True})
    hent: Callable[[], bytes] | None = field(default=None, metadata={"intern": True}, repr=False)
    sha256: str = ""

    def linje(self, sagsnr: str) -> dict[str, str | int | list[str]]:
        interne = {felt.name for felt in fields(self) if felt.metadata.get("intern")}
        data = {navn: vaerdi for navn, vaerdi in asdict(self).items() if navn not in interne}
        return data | {"sagsnr": sagsnr, "fil": self.fil if self.hent else ""}


KOLONNER = (
    *("dato", "tema", "kle", "sagsnr", "parter", "distrikt", "skoleaar", "version", "dokument", "tilstand"),
    *("kode", "sha256", "fil"),
)


@dataclass
class Eksport:
    """One run; `mangler` are those whose PDF is not made yet, known when it is over."""

    skoleaar: int
    sagsnr: str = ""
    antal: int = 0
    mangler: list[str] = field(default_factory=list)

    def stroem(self, meld: Callable[[Journalpost], None] = lambda post: None) -> Iterator[bytes]:
        """The zip, piece by piece; the list comes last."""
        ud, linjer = _Ud(), []
        with zipfile.ZipFile(ud, "w", zipfile.ZIP_STORED) as pakke:  # type: ignore[call-overload]
            for plug in stik.eksport:
                for post in plug(self.skoleaar):
                    linjer.append(post.linje(self.sagsnr))
                    self._tag_med(pakke, post)
                    meld(post)
                    yield ud.toem()
            pakke.writestr(_plads(CSV, tid.nu()), som_csv(linjer))
            pakke.writestr(_plads(JSON, tid.nu()), json.dumps(linjer, ensure_ascii=False, indent=1).encode())
        yield ud.toem()

    def _tag_med(self, pakke: zipfile.ZipFile, post: Journalpost) -> None:
        if post.hent is None:
            self.mangler.append(post.tema)
            return
        pakke.writestr(_plads(post.fil, post.lavet_den or tid.nu()), post.hent())
        self.antal += 1


def som_csv(linjer: list[dict[str, str | int | list[str]]]) -> bytes:
    """As Excel opens it: UTF-8 with a mark, semicolons, and no cell that it would run."""
    tekst = io.StringIO()
    ud = csv.writer(tekst, delimiter=";")
    ud.writerow(KOLONNER)
    for linje in linjer:
        ud.writerow([_celle(linje[kolonne]) for kolonne in KOLONNER])
    return tekst.getvalue().encode("utf-8-sig")


def _celle(vaerdi: str | int | list[str]) -> str:
    return uden_formel(opremsning(vaerdi) if isinstance(vaerdi, list) else str(vaerdi))


def _plads(navn: str, hvornaar: datetime) -> zipfile.ZipInfo:
    plads = zipfile.ZipInfo(navn, tid.lokal(hvornaar).timetuple()[:6])
    plads.external_attr = 0o644 << 16
    return plads


class _Ud:
    """A file that can only be written to, and is emptied as it fills."""

    def __init__(self) -> None:
        self._stykker: list[bytes] = []

    def write(self, stykke: bytes) -> int:
        self._stykker.append(bytes(stykke))
        return len(stykke)

    def flush(self) -> None:
        """Nothing is kept back."""

    def toem(self) -> bytes:
        stykker, self._stykker = self._stykker, []
        return b"".join(stykker)
