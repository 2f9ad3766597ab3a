"""The fingerprint of "Samarbejdsmodellen": proof of a citation without the text itself in the repository.

`samarbejdsmodellen.aftryk` holds, under the heading of each section, the SHA-256, cut to ten digits, of every five
words in a row, sorted so that the text cannot be read out of it. Words are what counts: case, punctuation, line breaks
and the marks of footnotes do not. A footnote belongs to the section that carries its mark; addresses are left out.

    python -m tests.data.aftryk SAMARBEJDSMODELLEN.txt    # the source as plain text; writes the fingerprint anew
"""

import hashlib
import re
import sys
from pathlib import Path

FIL = Path(__file__).with_name("samarbejdsmodellen.aftryk")
INDLEDNING = "Indledning"
# The headings of the source in its order. Its opening has none and is cited as Indledning (decision 17).
OVERSKRIFTER = (
    "Stærkt samarbejde",
    "Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk Læringscenter",
    "Formål med samarbejdet",
    "Deltagere, ansvar og rollefordeling i samarbejdet",
    "Fritidsinstitutioners og fritidscentres deltagelse i klyngen/netværkets ressourceteam",
    "Samarbejdsmodellen",
)
AFSNIT = (INDLEDNING, *OVERSKRIFTER)
LAENGDE, CIFRE = 5, 10
ADRESSE = re.compile(r"https?://\S+")
BRUDT_ADRESSE = re.compile(r"(https?://\S+-)\s+")
# "dem.1": the mark of a footnote stands against the full stop. The note is a paragraph of its own: "1 Læs mere …".
MAERKE = re.compile(r"(?<=[a-zæøå][.,])(\d)(?=\s)")
NOTE = re.compile(r"^(\d) ([A-ZÆØÅ].*)$")


def ord_i(tekst: str) -> list[str]:
    return re.findall(r"\w+", tekst.casefold())


def stykker(tekst: str) -> list[str]:
    """The digests of every five words in a row; fewer than five words have none, and can prove nothing."""
    ord_ = ord_i(tekst)
    femmere = (" ".join(ord_[n : n + LAENGDE]) for n in range(len(ord_) - LAENGDE + 1))
    return [hashlib.sha256(femmer.encode()).hexdigest()[:CIFRE] for femmer in femmere]


def staar_i(citat: str, afsnit: str, aftryk: dict[str, set[str]]) -> bool:
    """Does the citation stand word for word in that section? "…" is left out; what stands around it is proved."""
    dele = [del_ for del_ in citat.split("…") if del_.strip()]
    return bool(dele) and all((af := stykker(del_)) and aftryk[afsnit].issuperset(af) for del_ in dele)


def laes(fil: Path = FIL) -> dict[str, set[str]]:
    aftryk: dict[str, set[str]] = {}
    for linje in fil.read_text(encoding="utf-8").splitlines():
        if linje.startswith("# "):
            aftryk[afsnit := linje.removeprefix("# ")] = set()
        else:
            aftryk[afsnit].update(linje.split())
    return aftryk


# --- making it -------------------------------------------------------------------------------------------------------
def afsnit_i(kilde: str) -> dict[str, list[str]]:
    """{heading: its text, then the notes whose marks it carries}."""
    kilde = BRUDT_ADRESSE.sub(r"\1", kilde)
    broed, noter = _uden_noter([linje.strip() for linje in kilde.splitlines() if linje.strip()])
    afsnit: dict[str, list[str]] = {INDLEDNING: []}
    venter, nu, spring = list(OVERSKRIFTER), INDLEDNING, False
    for linje, naeste in zip(broed, [*broed[1:], ""], strict=True):
        if spring:
            spring = False
        elif venter and (linje == venter[0] or f"{linje} {naeste}" == venter[0]):
            spring = linje != venter[0]
            afsnit[nu := venter.pop(0)] = []
        else:
            afsnit[nu].append(linje)
    assert not venter, f"mangler i kilden: {venter}"
    return {navn: _med_noter("\n".join(linjer), noter) for navn, linjer in afsnit.items()}


def _uden_noter(linjer: list[str]) -> tuple[list[str], dict[str, str]]:
    """Notes stand at the foot of a page, in the middle of the text that goes on after it, and end with an address."""
    broed, noter, aaben = [], {}, ""
    for linje in linjer:
        if note := NOTE.match(linje):
            aaben = note[1]
            noter[aaben] = note[2]
        elif aaben and not ADRESSE.search(noter[aaben]):
            noter[aaben] += f"\n{linje}"
        elif not ADRESSE.match(linje):
            broed.append(linje)
    return broed, {nummer: ADRESSE.sub("", note) for nummer, note in noter.items()}


def _med_noter(tekst: str, noter: dict[str, str]) -> list[str]:
    return [MAERKE.sub("", tekst), *(noter[nummer] for nummer in MAERKE.findall(tekst))]


def skriv(kilde: Path, fil: Path = FIL) -> None:
    linjer = []
    for navn, tekster in afsnit_i(kilde.read_text(encoding="utf-8")).items():
        linjer.append(f"# {navn}")
        af = sorted({et for tekst in tekster for et in stykker(tekst)})
        linjer += [" ".join(af[n : n + LAENGDE * 2]) for n in range(0, len(af), LAENGDE * 2)]
    fil.write_text("\n".join(linjer) + "\n", encoding="utf-8")


if __name__ == "__main__":
    skriv(Path(sys.argv[1]))
