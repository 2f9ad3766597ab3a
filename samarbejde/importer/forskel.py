"""The difference between file and database (D27): new, changed, proposed for closing, unchanged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from samarbejde import tid
from samarbejde.formater import periode as vis_periode
from samarbejde.importer.faelles import Fejl, Raekke
from samarbejde.importer.grundlag import MED_PERIODE, SOM_I_FILEN, Grundlag, deler_dag, noegle, periode
from samarbejde.importer.kontrol import Fil


@dataclass(frozen=True)
class Aendring:
    raekke: Raekke
    objekt: Any
    felter: dict[str, tuple[Any, Any]]


@dataclass
class Arkforskel:
    ark: str
    nye: list[Raekke] = field(default_factory=list)
    aendrede: list[Aendring] = field(default_factory=list)
    foreslaas_lukket: list[dict[str, Any]] = field(default_factory=list)
    uaendrede: int = 0


def find_forskel(fil: Fil, grundlag: Grundlag) -> tuple[list[Arkforskel], list[Fejl]]:
    alle, fejl = [], []
    for ark, raekker in fil.items():
        forskel, nye = _ark(ark, raekker, grundlag)
        alle.append(forskel)
        fejl += nye
    return alle, fejl


def _ark(ark: str, raekker: list[Raekke], grundlag: Grundlag) -> tuple[Arkforskel, list[Fejl]]:
    forskel, objekter = Arkforskel(ark), grundlag.alle(ark)
    par = _par_med_periode(ark, raekker, objekter) if ark in MED_PERIODE else _par(ark, raekker, grundlag)
    for raekke, objekt in par:
        if objekt is None:
            forskel.nye.append(raekke)
            continue
        stored = SOM_I_FILEN[ark](objekt)
        felter = {navn: (stored[navn], ny) for navn, ny in raekke.felter.items() if stored[navn] != ny}
        if felter:
            forskel.aendrede.append(Aendring(raekke, objekt, felter))
        else:
            forskel.uaendrede += 1
    brugte = {id(objekt) for _, objekt in par}
    tilovers = [objekt for objekt in objekter if id(objekt) not in brugte]
    forskel.foreslaas_lukket = [SOM_I_FILEN[ark](objekt) for objekt in tilovers if _er_aaben(ark, objekt)]
    return forskel, _stoeder_paa(ark, raekker, tilovers) if ark in MED_PERIODE else []


def _par(ark: str, raekker: list[Raekke], grundlag: Grundlag) -> list[tuple[Raekke, Any]]:
    """By kode. An account made elsewhere has none yet and is known by its address the first time."""
    kendte = getattr(grundlag, ark)
    uden_kode = {p.email: p for p in grundlag.personer_efter_email.values() if not p.kode} if ark == "personer" else {}
    return [(r, kendte.get(r.felter["kode"]) or uden_kode.get(r.felter.get("email", ""))) for r in raekker]


def _par_med_periode(ark: str, raekker: list[Raekke], objekter: list[Any]) -> list[tuple[Raekke, Any]]:
    """The same key and first day, else the same key and a shared day: then the first day was corrected."""
    ledige: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for objekt in objekter:
        ledige[noegle(ark, SOM_I_FILEN[ark](objekt))].append(objekt)
    valgt: dict[int, Any] = {}
    for passer in (_samme_start, _samme_tid):
        for raekke in raekker:
            mulige = ledige[noegle(ark, raekke.felter)]
            if id(raekke) not in valgt and (objekt := _foerste(passer, ark, raekke, mulige)):
                valgt[id(raekke)] = objekt
                mulige.remove(objekt)
    return [(raekke, valgt.get(id(raekke))) for raekke in raekker]


def _foerste(passer: Any, ark: str, raekke: Raekke, mulige: Iterable[Any]) -> Any:
    return next((objekt for objekt in mulige if passer(ark, raekke.felter, SOM_I_FILEN[ark](objekt))), None)


def _samme_start(ark: str, en: dict[str, Any], anden: dict[str, Any]) -> bool:
    return periode(ark, en)[0] == periode(ark, anden)[0]  # type: ignore[index]


def _samme_tid(ark: str, en: dict[str, Any], anden: dict[str, Any]) -> bool:
    return deler_dag(periode(ark, en), periode(ark, anden))  # type: ignore[arg-type]


def _stoeder_paa(ark: str, raekker: list[Raekke], tilovers: list[Any]) -> list[Fejl]:
    """A stored period that the file does not mention may not lie across one that it does."""
    gemte: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for objekt in tilovers:
        felter = SOM_I_FILEN[ark](objekt)
        gemte[noegle(ark, felter)].append(periode(ark, felter))
    return [
        raekke.fejl("", f"Overlapper en periode, der er registreret, men ikke står i filen: {vis_periode(*gemt)}.")
        for raekke in raekker
        for gemt in gemte[noegle(ark, raekke.felter)]
        if deler_dag(gemt, periode(ark, raekke.felter))  # type: ignore[arg-type]
    ]


def _er_aaben(ark: str, objekt: Any) -> bool:
    """Only what an import could have made is proposed: not accounts and roles that were given in the application."""
    idag = tid.i_dag()
    if ark == "personer":
        return bool(objekt.kode) and objekt.is_active
    if ark == "ferier":
        return objekt.til_og_med >= idag
    if ark == "roller" and objekt.tildelt_af_id is not None:
        return False
    return objekt.gyldig_til is None or objekt.gyldig_til > idag
