"""What is no fault but should be known before the import is carried out."""

from samarbejde import tid
from samarbejde.formater import antal, dato_uden_ugedag
from samarbejde.importer.grundlag import SOM_I_FILEN, Grundlag
from samarbejde.importer.kontrol import Fil


def bemaerkninger(fil: Fil, grundlag: Grundlag) -> list[str]:
    return [*_lukkede_konti(fil, grundlag), *_lever_laengere_end_enheden(fil, grundlag)]


def _lukkede_konti(fil: Fil, grundlag: Grundlag) -> list[str]:
    lukkede = [
        kode
        for raekke in fil.get("personer", [])
        if (kode := raekke.felter["kode"]) in grundlag.personer and grundlag.personer[kode].lukket_den
    ]
    return [f"Kontoen for {kode} er lukket. Importen åbner den ikke igen." for kode in lukkede]


def _lever_laengere_end_enheden(fil: Fil, grundlag: Grundlag) -> list[str]:
    """A unit's end ends neither roles nor links: they are listed, and end by the file (decision 6)."""
    lukker = {
        raekke.felter["kode"]: slut
        for raekke in fil.get("enheder", [])
        if (slut := raekke.felter.get("gyldig_til")) is not None
    }
    aabne: dict[str, int] = dict.fromkeys(lukker, 0)
    for ark in ("tilknytninger", "roller"):
        raekker = [r.felter for r in fil[ark]] if ark in fil else map(SOM_I_FILEN[ark], grundlag.alle(ark))
        for felter in raekker:
            slut = felter.get("gyldig_til")
            for kode in {felter["enhed"], felter.get("til")} & lukker.keys():
                aabne[kode] += slut is None or slut > lukker[kode]
    return [
        f"{kode} lukker efter {dato_uden_ugedag(tid.til_og_med(lukker[kode]))}, men har "
        f"{antal(tal, 'rolle eller tilknytning', 'roller og tilknytninger')} uden slutdag. Giv dem gyldig_til i filen."
        for kode, tal in aabne.items()
        if tal
    ]
