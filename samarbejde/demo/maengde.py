"""Data in bulk for measuring (`demodata --distrikter N --aar N`): as many units and people as a municipality has.

The one place beside migrations that writes with bulk_create past the actions, and so without trail: what is measured
is reading, and a million events would take an hour. Never used for a demo that people look at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import models, transaction

from samarbejde import tid
from samarbejde.actions import rettighed
from samarbejde.formater import antal, soegetekst
from samarbejde.models import (
    Distriktstilknytning,
    Enhed,
    Enhedstilknytning,
    Faglighed,
    Person,
    Rolletildeling,
    Skoledistrikt,
)
from samarbejde.permissions import Rolle
from samarbejde.skolekalender import foerste_dag, skoleaar_for

PRAEFIKS = "maal-"
I_OMRAADET = 14  # districts to an område
I_CENTRET = 3  # schools to a fritidscenter
DAGINSTITUTIONER = 6  # to a district, which is also a klynge
KOORDINATORER = ("rc_plc", "rc")
MEDARBEJDERE = 24
STOETTE = 20  # people in the tværfaglige support of an område
STED = (
    *("Ager", "Bøge", "Duehøj", "Elle", "Fjord", "Gran", "Hassel", "Isbjerg", "Jolle", "Klit", "Lyng", "Mose"),
    *("Nælde", "Odde", "Pile", "Ravn", "Siv", "Tjørne", "Ulve", "Vibe", "Ørne", "Åre"),
)
EFTERLED = ("brinken", "dammen", "engen", "grøften", "holmen", "kæret", "lunden", "marken", "næsset", "skrænten")
FORNAVNE = ("Alma", "Bjørn", "Clara", "Ditte", "Ejnar", "Freja", "Gorm", "Helle", "Ivar", "Jonna", "Knud", "Lærke")
EFTERNAVNE = ("Ellekær", "Fjordmose", "Granlyng", "Havklit", "Kærmose", "Lyngdal", "Mosevang", "Sivklit", "Åmose")

Meld = Callable[[str], None]
Art, Ejerform = Enhed.Art, Enhed.Ejerform


def distrikter() -> Any:
    """The districts made for measuring, for the plugs that fill them."""
    return Skoledistrikt.objects.filter(kode__startswith=PRAEFIKS).order_by("pk")


def opret(*, distrikter: int, aar: int, meld: Meld) -> None:
    """As many districts as asked for; those that are there already stay as they are."""
    findes = set(Skoledistrikt.objects.filter(kode__startswith=PRAEFIKS).values_list("kode", flat=True))
    fra = foerste_dag(skoleaar_for(tid.i_dag()) - aar)
    rettigheder = {rolle: rettighed(rolle) for rolle in Rolle}
    fagligheder = list(Faglighed.objects.all())
    for omraade in range(0, distrikter, I_OMRAADET):
        numre = [n for n in range(omraade, min(omraade + I_OMRAADET, distrikter)) if _kode("distrikt", n) not in findes]
        if numre:
            _Portion(fra, omraade // I_OMRAADET, rettigheder, fagligheder).opret(numre)
            meld(f"  {antal(numre[-1] + 1, 'distrikt', 'distrikter')} af {distrikter}")


def _kode(hvad: str, nummer: int) -> str:
    return f"{PRAEFIKS}{hvad}-{nummer}"


def _stednavn(nummer: int) -> str:
    """220 names, then the same with a number."""
    navn = STED[nummer % len(STED)] + EFTERLED[nummer // len(STED) % len(EFTERLED)]
    omgang = nummer // (len(STED) * len(EFTERLED))
    return f"{navn} {omgang + 1}" if omgang else navn


@dataclass
class _Portion:
    """The districts of one område, gathered and then written table by table in one transaction."""

    fra: date
    nummer: int
    rettigheder: dict[Rolle, Permission]
    fagligheder: list[Faglighed]
    raekker: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    personnumre: Iterator[int] = field(default_factory=count)

    def opret(self, numre: list[int]) -> None:
        kode = _kode("omraade", self.nummer)
        omraade = Enhed.objects.filter(kode=kode).first() or self._omraade()
        center = None
        for nummer in numre:
            if center is None or nummer % I_CENTRET == 0:
                navn = f"Fritidscenter {_stednavn(nummer)}"
                center = self._enhed("center", nummer, navn, Art.FRITIDSCENTER, Rolle.FRITIDSLEDER)
            self._distrikt(nummer, omraade, center)
        with transaction.atomic():
            for model in (Person, Skoledistrikt, Enhed, Distriktstilknytning, Enhedstilknytning, Rolletildeling):
                model.objects.bulk_create(self.raekker.get(model, []), batch_size=2_000)

    def _omraade(self) -> Enhed:
        navn = f"Område {_stednavn(self.nummer)}"
        omraade = self._enhed("omraade", self.nummer, navn, Art.OMRAADE, Rolle.OMRAADECHEF)
        for _ in range(STOETTE):
            self._person(self.nummer, omraade, Rolle.MEDARBEJDER)
        return omraade

    def _distrikt(self, nummer: int, omraade: Enhed, center: Enhed) -> None:
        navn = _stednavn(nummer)
        distrikt = self._tilfoej(
            Skoledistrikt(
                kode=_kode("distrikt", nummer), slug=_kode("distrikt", nummer), navn=navn, gyldig_fra=self.fra
            )
        )
        skole = self._enhed("skole", nummer, f"{navn} Skole", Art.SKOLE, Rolle.SKOLELEDER)
        kkfo = self._enhed("kkfo", nummer, f"KKFO {navn}", Art.FRITIDSINSTITUTION, Rolle.FRITIDSLEDER, er_kkfo=True)
        klynge = self._enhed("klynge", nummer, f"Klynge {navn}", Art.KLYNGE, Rolle.KLYNGELEDER)
        boern = [
            self._enhed("dag", nummer * DAGINSTITUTIONER + n, f"Børnehuset {navn} {n + 1}", Art.DAGINSTITUTION)
            for n in range(DAGINSTITUTIONER)
        ]
        for enhed in (omraade, skole, kkfo, center, *boern):
            self._tilfoej(Distriktstilknytning(enhed=enhed, distrikt=distrikt, gyldig_fra=self.fra))
        for enhed, til in [(kkfo, skole), (center, skole), (klynge, omraade), *((barn, klynge) for barn in boern)]:
            self._tilfoej(Enhedstilknytning(enhed=enhed, til=til, gyldig_fra=self.fra))
        for omfang in KOORDINATORER:
            self._person(nummer, skole, Rolle.KOORDINATOR, omfang=omfang)
        for n in range(MEDARBEJDERE):
            self._person(nummer, (skole, kkfo, center)[n % 3], Rolle.MEDARBEJDER)

    def _enhed(
        self, hvad: str, nummer: int, navn: str, art: str, leder: Rolle = Rolle.DAGTILBUDSLEDER, **felter: Any
    ) -> Enhed:
        kode = _kode(hvad, nummer)
        felter |= {"navn": navn, "soegetekst": soegetekst(navn), "art": art, "gyldig_fra": self.fra}
        enhed = self._tilfoej(Enhed(kode=kode, slug=kode, **felter))
        self._person(nummer, enhed, leder)
        return enhed

    def _person(self, nummer: int, enhed: Enhed, rolle: Rolle, **detaljer: Any) -> None:
        lbnr = next(self.personnumre)
        kode = f"{PRAEFIKS}p-{self.nummer}-{nummer}-{lbnr}"
        navn = f"{FORNAVNE[lbnr % len(FORNAVNE)]} {EFTERNAVNE[(lbnr + nummer) % len(EFTERNAVNE)]}"
        felter = {"navn": navn, "soegetekst": soegetekst(navn), "password": make_password(None)}
        if rolle == Rolle.MEDARBEJDER:
            felter["faglighed"] = self.fagligheder[lbnr % len(self.fagligheder)]
        person = self._tilfoej(Person(kode=kode, email=f"{kode}@demo.example", **felter))
        detaljer |= {"permission": self.rettigheder[rolle], "gyldig_fra": self.fra}
        self._tilfoej(Rolletildeling(user=person, content_object=enhed, **detaljer))

    def _tilfoej(self, raekke: Any) -> Any:
        self.raekker.setdefault(type(raekke), []).append(raekke)
        return raekke
