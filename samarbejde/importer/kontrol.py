"""What can only be seen across rows, and between the file and the database. Every fault is found, none stops it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from samarbejde.actions import PASSER_TIL
from samarbejde.formater import dato_uden_ugedag, opremsning
from samarbejde.formater import periode as vis_periode
from samarbejde.importer.faelles import Fejl, Raekke
from samarbejde.importer.grundlag import (
    MED_PERIODE,
    NOEGLER,
    SOM_I_FILEN,
    Grundlag,
    deler_dag,
    er_komplet,
    noegle,
    periode,
)
from samarbejde.models import Enhed
from samarbejde.organisationsregler import FERIE_DAGE, HOERER_TIL, I_DISTRIKT
from samarbejde.permissions import Rolle

Fil = dict[str, list[Raekke]]


def kontroller(fil: Fil, grundlag: Grundlag) -> list[Fejl]:
    kontrol = Kontrol(fil, grundlag)
    fejl = [fejl for raekker in fil.values() for fejl in _perioder(raekker)]
    for ark, raekker in fil.items():
        fejl += _gentagelser(raekker, NOEGLER[ark]) if ark not in MED_PERIODE else _overlap(raekker)
    fejl += _gentagelser(fil.get("personer", []), ("email",))
    for ark, regel in kontrol.regler.items():
        fejl += [fejl for raekke in fil.get(ark, []) for fejl in regel(raekke)]
    return sorted(fejl, key=lambda en: (list(fil).index(en.ark), en.linje or 0))


def _perioder(raekker: list[Raekke]) -> Iterator[Fejl]:
    for raekke in raekker:
        tid, slut = periode(raekke.ark, raekke.felter), "til_og_med" if raekke.ark == "ferier" else "gyldig_til"
        if tid and tid[1] is not None and tid[1] <= tid[0]:
            yield raekke.fejl(slut, f"Slutter før den begynder {dato_uden_ugedag(tid[0])}.")
        if tid and raekke.ark == "ferier" and (tid[1] - tid[0]).days > FERIE_DAGE + 1:  # type: ignore[operator]
            yield raekke.fejl(slut, f"En ferie kan højst vare {FERIE_DAGE} dage.")


def _gentagelser(raekker: list[Raekke], navne: tuple[str, ...]) -> Iterator[Fejl]:
    foerste: dict[tuple[Any, ...], int] = {}
    for raekke in raekker:
        vaerdi = tuple(raekke.felter.get(navn) for navn in navne)
        if None in vaerdi:
            continue
        if vaerdi in foerste:
            yield raekke.fejl(navne[0], f"»{vaerdi[0]}« står allerede på linje {foerste[vaerdi]}.")
        foerste.setdefault(vaerdi, raekke.linje)


def _overlap(raekker: list[Raekke]) -> Iterator[Fejl]:
    samme: dict[tuple[Any, ...], list[Raekke]] = defaultdict(list)
    for raekke in raekker:
        tid = periode(raekke.ark, raekke.felter)
        if tid is None or not er_komplet(raekke):
            continue
        andre = samme[noegle(raekke.ark, raekke.felter)]
        for anden in andre:
            anden_tid = periode(anden.ark, anden.felter)
            if anden_tid and deler_dag(tid, anden_tid):
                fra = "fra" if raekke.ark == "ferier" else "gyldig_fra"
                yield raekke.fejl(fra, f"Overlapper linje {anden.linje} ({vis_periode(*anden_tid)}).")
        andre.append(raekke)


class Kontrol:
    """The rules that need to know what a kode stands for, once the file has been imported."""

    def __init__(self, fil: Fil, grundlag: Grundlag) -> None:
        self.grundlag = grundlag
        self.enheder = self._efter_import("enheder", fil)
        self.distrikter = self._efter_import("distrikter", fil)
        self.personer = {*grundlag.personer, *(raekke.felter.get("kode") for raekke in fil.get("personer", []))}
        self.regler: dict[str, Callable[[Raekke], Iterator[Fejl]]] = {
            "enheder": self.enhed,
            "distrikter": self.distrikt,
            "tilknytninger": self.tilknytning,
            "personer": self.person,
            "roller": self.rolle,
        }

    def _efter_import(self, ark: str, fil: Fil) -> dict[str, dict[str, Any]]:
        efter = {kode: SOM_I_FILEN[ark](objekt) for kode, objekt in getattr(self.grundlag, ark).items()}
        for raekke in fil.get(ark, []):
            if kode := raekke.felter.get("kode"):
                efter[kode] = {**efter.get(kode, {}), **raekke.felter}
        return efter

    def enhed(self, raekke: Raekke) -> Iterator[Fejl]:
        kode = raekke.felter.get("kode") or ""
        efter, foer = self.enheder.get(kode, raekke.felter), self.grundlag.enheder.get(kode)
        if kode in self.distrikter:
            yield raekke.fejl("kode", f"»{kode}« er også koden for et distrikt. Koder må ikke gå igen.")
        if foer and "art" in raekke.felter and raekke.felter["art"] != foer.art:
            grund = f"Arten er {foer.art} og kan ikke ændres. Luk enheden, og opret en ny med sin egen kode."
            yield raekke.fejl("art", grund)
        kommunal_fritid = (Enhed.Art.FRITIDSINSTITUTION, Enhed.Ejerform.KOMMUNAL)
        if efter.get("kkfo") and (efter.get("art"), efter.get("ejerform", "kommunal")) != kommunal_fritid:
            yield raekke.fejl("kkfo", "Kun en kommunal fritidsinstitution kan være KKFO.")
        yield from self._efterfoelger(raekke, efter)

    def _efterfoelger(self, raekke: Raekke, efter: dict[str, Any]) -> Iterator[Fejl]:
        efterfoelger = raekke.felter.get("efterfoelger")
        if not efterfoelger:
            return
        if efterfoelger not in self.enheder:
            yield raekke.fejl("efterfoelger", f"Enheden »{efterfoelger}« kendes ikke.")
        elif efter.get("gyldig_til") is None:
            yield raekke.fejl("efterfoelger", "En enhed får først en efterfølger, når den lukker: udfyld gyldig_til.")
        elif self._gaar_i_ring(raekke.felter.get("kode")):
            yield raekke.fejl("efterfoelger", "Enheden kan ikke efterfølge sig selv.")

    def _gaar_i_ring(self, kode: str | None) -> bool:
        set_foer: set[str] = set()
        while kode is not None and kode not in set_foer:
            set_foer.add(kode)
            kode = self.enheder.get(kode, {}).get("efterfoelger")
        return kode is not None

    def distrikt(self, raekke: Raekke) -> Iterator[Fejl]:
        if raekke.felter.get("kode") in self.grundlag.enheder:
            yield raekke.fejl("kode", "Koden er også koden for en enhed. Koder må ikke gå igen.")

    def tilknytning(self, raekke: Raekke) -> Iterator[Fejl]:
        kode, til = raekke.felter.get("enhed"), raekke.felter.get("til")
        if kode and kode not in self.enheder:
            yield raekke.fejl("enhed", f"Enheden »{kode}« kendes ikke.")
        if til and til not in self.enheder and til not in self.distrikter:
            yield raekke.fejl("til", f"»{til}« er hverken en enhed eller et distrikt.")
        enhed = self.enheder.get(kode or "", {})
        arter = I_DISTRIKT if til in self.distrikter else HOERER_TIL.get(enhed.get("art", ""), set())
        art = enhed.get("art") if til in self.distrikter else self.enheder.get(til or "", {}).get("art")
        if enhed.get("art") and art and art not in arter:
            modpart = "et distrikt" if til in self.distrikter else f"{til} ({Enhed.Art(art).label})"
            yield raekke.fejl("til", f"{kode} ({Enhed.Art(enhed['art']).label}) kan ikke tilknyttes {modpart}.")

    def person(self, raekke: Raekke) -> Iterator[Fejl]:
        navn, foer = raekke.felter.get("faglighed"), self.grundlag.personer.get(raekke.felter.get("kode") or "")
        kendt = self.grundlag.fagligheder.get(navn or "")
        if not navn or (foer and foer.faglighed and foer.faglighed == kendt):
            return
        aabne = [navn for navn, faglighed in self.grundlag.fagligheder.items() if not faglighed.er_lukket]
        if navn not in aabne:
            grund = "er lukket" if kendt else "findes ikke"
            hvordan = f"Skriv {opremsning(aabne, 'eller')}. Forvaltningen kan oprette flere på siden Rammer."
            yield raekke.fejl("faglighed", f"Fagligheden »{navn}« {grund}. {hvordan}")

    def rolle(self, raekke: Raekke) -> Iterator[Fejl]:
        person, kode, rolle = (raekke.felter.get(navn) for navn in ("person", "enhed", "rolle"))
        if person and person not in self.personer:
            yield raekke.fejl("person", f"Personen »{person}« kendes ikke.")
        if kode and kode not in self.enheder:
            yield raekke.fejl("enhed", f"Enheden »{kode}« kendes ikke.")
        enhed = self.enheder.get(kode or "", {})
        arter = PASSER_TIL.get(Rolle(rolle)) if rolle else None
        if arter and enhed.get("art") and enhed["art"] not in arter:
            hoerer_til = opremsning([Enhed.Art(art).label for art in sorted(arter)], "eller")
            grund = f"Rollen {rolle} hører til {hoerer_til}, og {kode} er {Enhed.Art(enhed['art']).label}."
            yield raekke.fejl("rolle", grund)
        fra, lukket = raekke.felter.get("gyldig_fra"), enhed.get("gyldig_til")
        if fra and lukket and fra >= lukket:
            yield raekke.fejl("gyldig_fra", f"{kode} er lukket fra {dato_uden_ugedag(lukket)}.")
        yield from _rolledetaljer(raekke, enhed.get("art"))


def _rolledetaljer(raekke: Raekke, art: str | None) -> Iterator[Fejl]:
    """What belongs to some roles only: the scope of a coordinator, the deputy of a leader (decision 4)."""
    felter = raekke.felter
    rolle = felter.get("rolle")
    if rolle and felter.get("omfang") and rolle != Rolle.KOORDINATOR:
        yield raekke.fejl("omfang", f"Kun en koordinator har et omfang. Lad cellen være tom for rollen {rolle}.")
    if not felter.get("i_fravaer"):
        return
    if rolle and art and rolle != Enhed(art=art).lederrolle:
        yield raekke.fejl("i_fravaer", "Kun enhedens leder har en stedfortræder: rollen skal være lederens.")
    if felter.get("gyldig_til") is None:
        yield raekke.fejl("i_fravaer", "En stedfortræder har altid en sidste dag: udfyld gyldig_til.")
    if felter.get("konstitueret"):
        yield raekke.fejl("i_fravaer", "En stedfortræder er ikke konstitueret. Vælg en af delene.")
