"""Bringing an earlier text back, whole or in part, and giving the present one a name: always a new save on top (S9)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import DateField

from aftaler import udgaver
from aftaler.actions.led import FLEST_LED, FORAELDER, Felter, Valg, gem_led
from aftaler.actions.skrivning import AFSNIT, RETTET, laas_til_skrivning
from aftaler.actions.udgave import ny_udgave
from aftaler.historik import KLADDESPOR
from aftaler.indhold import NOEGLER, pak, uden_noegler
from aftaler.models import Aftale, Udgave
from aftaler.states import Svar
from aftaler.udgaver import BOERN, NU, Node, Rettelse
from samarbejde.models import Person
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError

LAG: tuple[tuple[Any, str], ...] = tuple(FORAELDER.items())
OVER_ER_VAEK = "Det, den hørte til, er også slettet. Læg det tilbage først, eller kopiér din tekst."


@transaction.atomic
def navngiv_udgave(*, aftale: Aftale, af: Person, navn: str) -> Udgave:
    """Keep the text as it is now under a name. The same name twice on the same text is once."""
    laast = laas_til_skrivning(aftale, af)
    seneste = laast.udgaver.first()
    if seneste and seneste.navn == navn:
        return seneste
    laast.udgaver.filter(er_undervejs=True).update(er_undervejs=False)
    haendelse = noter(
        spor=KLADDESPOR, af=af, navn="navngiv_udgave", objekt=laast, saetning=f"Teksten er gemt som «{navn}»."
    )
    return ny_udgave(haendelse, laast, af, [], navn=navn)


@transaction.atomic
def genskab_udgave(*, aftale: Aftale, af: Person, udgave: Udgave, aftryk: str) -> list[str]:
    """Make the text what it was right after that save. `aftryk` is that of the text it was seen to replace.

    Answers the names of the units that were responsible then and are no longer parties: they are left out (S15).
    """
    laast = laas_til_skrivning(aftale, af)
    nu, gammel = udgaver.tekster(laast, NU, udgave.pk)
    genskaber = _Genskaber(laast, nu)
    gaaet = genskaber.uden_dem_der_er_gaaet(gammel)
    if uden_noegler(nu) == uden_noegler(gammel):
        return gaaet
    if pak(uden_noegler(nu)).aftryk != aftryk:
        raise KonfliktError(None, 0, RETTET)
    genskaber.til(gammel)
    saetning = f"Teksten er genskabt, som den var i {udgave}."
    haendelse = noter(spor=KLADDESPOR, af=af, navn="genskab_udgave", objekt=laast, saetning=saetning)
    ny_udgave(haendelse, laast, af, genskaber.rettelser)
    return gaaet


@transaction.atomic
def laeg_tilbage(*, aftale: Aftale, af: Person, udgave: Udgave) -> None:
    """Put back what that save deleted, with all below it. Twice is once."""
    laast = laas_til_skrivning(aftale, af)
    (nu,), slettet = udgaver.tekster(laast, NU), udgave.rettelser[0]
    if any(led["noegle"] == slettet["noegle"] for led in udgaver.alle(nu)):
        return
    genskaber = _Genskaber(laast, nu)
    genskaber.uden_dem_der_er_gaaet(slettet["led"])
    led = genskaber.laeg_tilbage(slettet)
    saetning = f"{led._meta.verbose_name.capitalize()} «{led.titel}» er lagt tilbage."
    haendelse = noter(spor=KLADDESPOR, af=af, navn="laeg_tilbage", objekt=led, rod=laast, saetning=saetning)
    ny_udgave(haendelse, laast, af, genskaber.rettelser, noegle=slettet["noegle"], version=led.version)


@dataclass
class _Genskaber:
    """Writes a tree of content into the rows, and notes how to undo it."""

    aftale: Aftale
    nu: Node
    rettelser: list[Rettelse] = field(default_factory=list)

    def __post_init__(self) -> None:
        parter = self.aftale.parter.exclude(tilstand=Svar.UDTRAADT).select_related("enhed")
        self.enheder = {part.enhed.kode: part.enhed_id for part in parter}
        self.versioner = udgaver.hoejeste_versioner(self.aftale)

    def uden_dem_der_er_gaaet(self, gammel: Node) -> list[str]:
        gaaet: dict[str, None] = {}
        for led in (gammel, *udgaver.alle(gammel)):
            if ansvarlige := led.get("ansvarlige"):
                gaaet |= dict.fromkeys(kode for kode in ansvarlige if kode not in self.enheder)
                led["ansvarlige"] = [kode for kode in ansvarlige if kode in self.enheder]
        return udgaver.enhedsnavne(gaaet)

    def til(self, gammel: Node) -> None:
        for afsnit in AFSNIT:
            if self.nu[afsnit] != gammel[afsnit]:
                self._ret_afsnit(afsnit, gammel[afsnit])
        self._slet_dem_der_kom_til({led["noegle"] for led in udgaver.alle(gammel)})
        self._under(self.aftale, self.nu, gammel, 0)

    def laeg_tilbage(self, slettet: Rettelse) -> Any:
        over = udgaver.led_i(self.nu, slettet["over"])
        if not over:
            raise ValidationError(OVER_ER_VAEK)
        boern = udgaver.boern(over)
        if len(boern) >= FLEST_LED:
            raise ValidationError(f"Der kan højst være {FLEST_LED} her. Saml eller slet nogle først.")
        dybde = 0 if over is self.nu else 1 + (over not in self.nu["maal"])
        model, _ = LAG[dybde]
        foraelder = self.aftale if dybde == 0 else LAG[dybde - 1][0].objects.get(**self._hvor(dybde - 1, over))
        boern_efter = [*boern[: slettet["plads"]], slettet["led"], *boern[slettet["plads"] :]]
        self._boern(foraelder, boern, boern_efter, dybde)
        return model.objects.get(**self._hvor(dybde, slettet["led"]))

    def _hvor(self, dybde: int, led: Node) -> dict[str, Any]:
        sti = ("aftale", "maal__aftale", "delmaal__maal__aftale")[dybde]
        return {sti: self.aftale, "noegle": led["noegle"]}

    def _ret_afsnit(self, afsnit: str, tekst: str) -> None:
        version = self.nu[f"{afsnit}_version"]
        foer = {afsnit: self.nu[afsnit], f"{afsnit}_version": version}
        self.rettelser.append(udgaver.rettet(afsnit, version, foer))
        setattr(self.aftale, afsnit, tekst)
        setattr(self.aftale, f"{afsnit}_html", til_html(tekst))
        setattr(self.aftale, f"{afsnit}_version", version + 1)
        self.aftale.save(update_fields=[afsnit, f"{afsnit}_html", f"{afsnit}_version", "soegetekst"])

    def _slet_dem_der_kom_til(self, blivende: set[str]) -> None:
        for dybde, led in list(_med_dybde(self.nu)):
            if led["noegle"] not in blivende and udgaver.led_i(self.nu, led["noegle"]):
                rettelse = udgaver.slettet(self.nu, led["noegle"])
                self.rettelser.append(rettelse)
                del udgaver.boern(udgaver.led_i(self.nu, rettelse["over"]))[rettelse["plads"]]
                LAG[dybde][0].objects.filter(**self._hvor(dybde, led)).delete()

    def _under(self, foraelder: Any, nu: Node, gammel: Node, dybde: int, er_ny: bool = False) -> None:
        self._boern(foraelder, udgaver.boern(nu), udgaver.boern(gammel), dybde, er_ny)

    def _boern(self, foraelder: Any, nu: list[Node], gamle: list[Node], dybde: int, er_ny: bool = False) -> None:
        model, felt = LAG[dybde]
        raekker = {str(raekke.noegle): raekke for raekke in model.objects.filter(**{felt: foraelder})}
        noder = {node["noegle"]: node for node in nu}
        for plads, gammel in enumerate(gamle, start=1):
            noegle = gammel["noegle"]
            raekke, node = raekker.get(noegle) or model(**{felt: foraelder}), noder.get(noegle)
            raekke.plads = plads
            if node and _er_ens(node, gammel):
                raekke.save(update_fields=["plads"])
                continue
            self._skriv(raekke, node, gammel, er_ny)
            if dybde < len(LAG) - 1:
                self._under(raekke, node or {}, gammel, dybde + 1, er_ny or node is None)
        faelles = [node["noegle"] for node in gamle if node["noegle"] in noder]
        if faelles != [node["noegle"] for node in nu]:
            over = "" if dybde == 0 else str(foraelder.noegle)
            self.rettelser.append(udgaver.flyttet(over, [node["noegle"] for node in nu]))

    def _skriv(self, raekke: Any, nu: Node | None, gammel: Node, er_ny: bool) -> None:
        noegle = gammel["noegle"]
        if nu is None:
            raekke.intentioner = gammel.get("intentioner", "")
            raekke.noegle, raekke.version = UUID(noegle), naeste_version(self.versioner, gammel)
            if not er_ny:
                self.rettelser.append(udgaver.tilfoejet(noegle))
            nu = {}
        elif aendret := {felt: nu[felt] for felt in _egne(gammel) if nu[felt] != gammel[felt]}:
            raekke.version += 1
            self.rettelser.append(udgaver.rettet(noegle, nu["version"], aendret))
        felter, valg = self._til_raekken(raekke, gammel)
        gem_led(raekke, felter, valg, {})

    def _til_raekken(self, raekke: Any, gammel: Node) -> tuple[Felter, Valg]:
        felter: Felter = {}
        valg: Valg = {}
        for navn in _egne(gammel):
            felt, vaerdi = raekke._meta.get_field(navn), gammel[navn]
            if felt.many_to_many:
                valg[navn] = [self.enheder[kode] for kode in vaerdi] if navn == "ansvarlige" else vaerdi
            elif isinstance(felt, DateField):
                felter[navn] = date.fromisoformat(vaerdi) if vaerdi else None
            else:
                felter[navn] = vaerdi
        return felter, valg


def naeste_version(versioner: dict[str, int], led: Node) -> int:
    """Of a part that comes back: one that nobody has seen."""
    return versioner.get(led["noegle"], int(led["version"])) + 1


def _er_ens(nu: Node, gammel: Node) -> bool:
    samme_led = [led["noegle"] for led in udgaver.alle(nu)] == [led["noegle"] for led in udgaver.alle(gammel)]
    return samme_led and uden_noegler(nu) == uden_noegler(gammel)


def _egne(led: Node) -> list[str]:
    return [felt for felt in led if felt not in NOEGLER and felt not in BOERN]


def _med_dybde(led: Node, dybde: int = 0) -> Iterator[tuple[int, Node]]:
    for barn in udgaver.boern(led):
        yield dybde, barn
        yield from _med_dybde(barn, dybde + 1)
