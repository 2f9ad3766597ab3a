"""The sheets and their columns (docs/import.md shows the same), and raw cells read into rows of values."""

from dataclasses import dataclass
from typing import Any

from samarbejde.importer import celler
from samarbejde.importer.faelles import Fejl, Raatark, Raekke
from samarbejde.models import Enhed, Rolletildeling
from samarbejde.permissions import Rolle

Omfang = Rolletildeling.Omfang


@dataclass(frozen=True)
class Kolonne:
    """`felt` is the model's field where its name differs; a column that is not `skal` may be left out of the file,
    and then what is stored stays as it is.
    """

    laes: celler.Laeser
    skal: bool = False
    felt: str = ""


FRA, TIL = Kolonne(celler.dato, skal=True), Kolonne(celler.sidste_dag)
KODE, NAVN = Kolonne(celler.kode, skal=True), Kolonne(celler.tekst(120), skal=True)

SKEMA: dict[str, dict[str, Kolonne]] = {
    "enheder": {
        "kode": KODE,
        "navn": NAVN,
        "art": Kolonne(celler.valg(Enhed.Art), skal=True),
        "ejerform": Kolonne(celler.valg(Enhed.Ejerform, Enhed.Ejerform.KOMMUNAL)),
        "kkfo": Kolonne(celler.ja_nej(), felt="er_kkfo"),
        "gyldig_fra": FRA,
        "gyldig_til": TIL,
        "efterfoelger": Kolonne(celler.kode),
    },
    "distrikter": {
        "kode": KODE,
        "navn": NAVN,
        "uden_geografi": Kolonne(celler.ja_nej(), felt="er_uden_geografi"),
        "gyldig_fra": FRA,
        "gyldig_til": TIL,
    },
    "tilknytninger": {"enhed": KODE, "til": KODE, "gyldig_fra": FRA, "gyldig_til": TIL},
    "personer": {
        "kode": KODE,
        "navn": NAVN,
        "email": Kolonne(celler.email, skal=True),
        "udloeber": Kolonne(celler.sidste_dag, felt="udloeber_den"),
        "beskyttet": Kolonne(celler.ja_nej(), felt="er_beskyttet"),
        "faglighed": Kolonne(celler.tekst(60)),
    },
    "roller": {
        "person": KODE,
        "rolle": Kolonne(celler.valg(Rolle), skal=True),
        "enhed": KODE,
        "gyldig_fra": FRA,
        "gyldig_til": TIL,
        "titel": Kolonne(celler.tekst(60)),
        "konstitueret": Kolonne(celler.ja_nej()),
        "primaer": Kolonne(celler.ja_nej(standard=True), felt="er_primaer"),
        "omfang": Kolonne(celler.valg(Omfang, "")),
        "arbejder_med": Kolonne(celler.tekst(200)),
        "i_fravaer": Kolonne(celler.ja_nej()),
    },
    "ferier": {
        "skoleaar": Kolonne(celler.skoleaar),
        "navn": Kolonne(celler.tekst(80), skal=True),
        "fra": Kolonne(celler.dato, skal=True),
        "til_og_med": Kolonne(celler.dato, skal=True),
    },
}
SLUTDAGE = {"gyldig_til", "udloeber"}
IKKE_GEMT = {"skoleaar"}


def modelfelt(ark: str, kolonne: str) -> str:
    return SKEMA[ark][kolonne].felt or kolonne


def laes_ark(raa: Raatark) -> tuple[list[Raekke], list[Fejl]]:
    if fejl := _hovedfejl(raa):
        return [], fejl
    if not raa.raekker:
        return [], [
            Fejl(raa.navn, "Arket har kolonnenavne, men ingen rækker. Slet det, hvis det ikke skal importeres.")
        ]
    raekker = []
    for linje, indhold in raa.raekker:
        raekke, nye = _laes_raekke(raa, linje, indhold)
        raekker.append(_med_omfang(raekke))
        fejl += nye
    return raekker, fejl


def _med_omfang(raekke: Raekke) -> Raekke:
    """A coordinator coordinates both forums unless the file says otherwise."""
    if raekke.felter.get("rolle") == Rolle.KOORDINATOR and raekke.felter.get("omfang") == "":
        raekke.felter["omfang"] = Omfang.RC_OG_PLC.value
    return raekke


def _hovedfejl(raa: Raatark) -> list[Fejl]:
    skema, navne = SKEMA[raa.navn], [navn for navn in raa.kolonner if navn]
    fejl = [f"Kolonnen {navn} mangler." for navn, k in skema.items() if k.skal and navn not in navne]
    fejl += [f"Kolonnen »{navn[:40]}« kendes ikke. Slet eller omdøb den." for navn in navne if navn not in skema]
    fejl += [f"Kolonnen {navn} står der to gange." for navn in skema if navne.count(navn) > 1]
    return [Fejl(raa.navn, grund) for grund in fejl]


def _laes_raekke(raa: Raatark, linje: int, indhold: list[Any]) -> tuple[Raekke, list[Fejl]]:
    raekke, fejl = Raekke(raa.navn, linje), []
    uden_for = [celle for nummer, celle in enumerate(indhold) if celle != "" and not _navn(raa, nummer)]
    if uden_for:
        fejl.append(raekke.fejl("", "Der står noget i en kolonne uden navn."))
    for nummer, navn in enumerate(raa.kolonner):
        if not navn:
            continue
        try:
            vaerdi = SKEMA[raa.navn][navn].laes(indhold[nummer] if nummer < len(indhold) else "")
        except ValueError as grund:
            fejl.append(raekke.fejl(navn, str(grund)))
            continue
        if SKEMA[raa.navn][navn].skal and vaerdi in (None, ""):
            fejl.append(raekke.fejl(navn, "Feltet skal udfyldes."))
        elif navn not in IKKE_GEMT:
            raekke.felter[navn] = vaerdi
    return raekke, fejl


def _navn(raa: Raatark, nummer: int) -> str:
    return raa.kolonner[nummer] if nummer < len(raa.kolonner) else ""
