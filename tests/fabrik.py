"""The people and places of the tests, made through the actions: use `verden()`, or build one small thing.

    v = verden()                      # two districts with people named like the demo logins
    v.skoleleder, v.naboskoleleder    # Person; v.udenfor has an account and no role at all
    v.skole, v.kkfo, v.center         # Enhed; v.distrikt, v.nabodistrikt are Skoledistrikt
    client.force_login(v.skoleleder)  # or log in through the page with v.skoleleder.email and ADGANGSKODE

    lund = enhed("Lundskolen", i=distrikt("Lund"))
    rolle(person("Ida Ibsen"), Rolle.SKOLELEDER, lund, fra=date(2026, 8, 1), til=date(2027, 8, 1))

Everything begins on FRA and holds without end. `til` is half-open, as stored. All names are invented.
"""

from collections.abc import Iterable
from datetime import date
from itertools import count
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from aftaler.aarshjul import aarshjul
from aftaler.maalomraader import maalomraader
from aftaler.vejledninger import vejledning_til
from samarbejde.actions import tildel_rolle
from samarbejde.models import Enhed, Person, Rolletildeling, Skoledistrikt
from samarbejde.organisation import opret_distrikt, opret_enhed, opret_person, tilknyt
from samarbejde.permissions import Rolle
from tests.genbrug import genbrugt

FRA = date(2020, 8, 1)
ADGANGSKODE = "en-lang-og-sikker-kode"
Art = Enhed.Art
_nummer = count(1)


def distrikt(navn: str, **felter) -> Skoledistrikt:
    return opret_distrikt(af=None, navn=navn, **{"kode": f"D{next(_nummer)}", "gyldig_fra": FRA, **felter})


def enhed(navn: str, art: str = Art.SKOLE, *, i=(), til=(), **felter) -> Enhed:
    """`i`: its district or districts. `til`: the unit or units it belongs to (school, klynge, netværk, område)."""
    ny = opret_enhed(af=None, navn=navn, art=art, **{"kode": f"E{next(_nummer)}", "gyldig_fra": FRA, **felter})
    for maal in [*_liste(i), *_liste(til)]:
        tilknyt(enhed=ny, til=maal, gyldig_fra=FRA, af=None)
    return ny


def person(navn: str, *, email: str | None = None, adgangskode: str | None = ADGANGSKODE, **felter) -> Person:
    ny = opret_person(af=None, navn=navn, email=email or f"person{next(_nummer)}@demo.example", **felter)
    ny.password = make_password(adgangskode)
    ny.save(update_fields=["password"])
    return ny


def rolle(
    hvem: Person, hvilken: Rolle, hvor: Enhed, fra: date = FRA, til: date | None = None, **felter
) -> Rolletildeling:
    return tildel_rolle(person=hvem, rolle=hvilken, enhed=hvor, gyldig_fra=fra, gyldig_til=til, af=None, **felter)


def verden() -> SimpleNamespace:
    """Linde: school, KKFO, a centre with both schools, a 0-6 unit in a klynge and one in a netværk, under an område.
    Ege, next door: school, KKFO and the same centre. And the forvaltning.
    """
    v = _linde_og_ege()
    for laes in (lambda: aarshjul(2026), maalomraader, lambda: vejledning_til("behov")):
        laes()  # read once an hour a process: no test's page pays for it
    return v


@genbrugt
def _linde_og_ege() -> SimpleNamespace:
    v = SimpleNamespace(distrikt=distrikt("Linde Skoledistrikt"), nabodistrikt=distrikt("Ege Skoledistrikt"))
    _enheder(v)
    _ledere(v)
    _oevrige(v)
    return v


def _enheder(v: SimpleNamespace) -> None:
    begge = (v.distrikt, v.nabodistrikt)
    v.kommune = enhed("Børne- og Ungdomsforvaltningen", Art.FORVALTNING)
    v.omraade = enhed("Område Øst", Art.OMRAADE, i=begge, til=v.kommune)
    v.klynge = enhed("Klynge Nord", Art.KLYNGE, til=v.omraade)
    v.netvaerk = enhed("Netværk Åen", Art.NETVAERK, til=v.omraade)
    v.skole = enhed("Lindeskolen", i=v.distrikt, til=v.omraade)
    v.naboskole = enhed("Egeskolen", i=v.nabodistrikt, til=v.omraade)
    v.kkfo = enhed("KKFO Lindely", Art.FRITIDSINSTITUTION, i=v.distrikt, til=v.skole, er_kkfo=True)
    v.nabokkfo = enhed("KKFO Egely", Art.FRITIDSINSTITUTION, i=v.nabodistrikt, til=v.naboskole, er_kkfo=True)
    v.center = enhed("Fritidscenter Havnen", Art.FRITIDSCENTER, i=begge, til=[v.skole, v.naboskole, v.klynge])
    v.boernehus = enhed("Børnehuset Solsikken", Art.DAGINSTITUTION, i=v.distrikt, til=v.klynge)
    v.selvejende = enhed(
        "Børnehuset Månen", Art.DAGINSTITUTION, i=v.distrikt, til=v.netvaerk, ejerform=Enhed.Ejerform.SELVEJENDE
    )


def _ledere(v: SimpleNamespace) -> None:
    _ansat(v, "skoleleder", "Sanne Lund", Rolle.SKOLELEDER, v.skole)
    _ansat(v, "naboskoleleder", "Nils Eg", Rolle.SKOLELEDER, v.naboskole)
    _ansat(v, "paedagogiskleder", "Pia Dahl", Rolle.FRITIDSLEDER, v.kkfo)
    _ansat(v, "centerleder", "Carl Havn", Rolle.FRITIDSLEDER, v.center)
    _ansat(v, "dagtilbudsleder", "Dorte Sol", Rolle.DAGTILBUDSLEDER, v.boernehus)
    _ansat(v, "klyngeleder", "Kaj Nordby", Rolle.KLYNGELEDER, v.klynge)
    _ansat(v, "netvaerkskoordinator", "Nanna Å", Rolle.NETVAERKSKOORDINATOR, v.netvaerk)
    _ansat(v, "omraadechef", "Otto Øst", Rolle.OMRAADECHEF, v.omraade)


def _oevrige(v: SimpleNamespace) -> None:
    _ansat(v, "koordinator", "Kirsten Ravn", Rolle.KOORDINATOR, v.skole)
    _ansat(v, "nabokoordinator", "Niels Bo", Rolle.KOORDINATOR, v.naboskole)
    _ansat(v, "medarbejder", "Mette Bak", Rolle.MEDARBEJDER, v.kkfo)
    _ansat(v, "vejleder", "Viggo Holm", Rolle.MEDARBEJDER, v.skole)
    _ansat(v, "teamkoordinator", "Tove Krog", Rolle.MEDARBEJDER, v.center)
    _ansat(v, "forvaltning", "Frida Ask", Rolle.FORVALTNING, v.kommune)
    _ansat(v, "administrator", "Anders Bøg", Rolle.ADMINISTRATOR, v.kommune)
    v.sundhedsplejerske = person("Susan Vig", email="sundhedsplejerske@demo.example")
    v.udenfor = person("Ulla Udenfor", email="udenfor@demo.example")


def _ansat(v: SimpleNamespace, login: str, navn: str, hvilken: Rolle, hvor: Enhed) -> None:
    ansat = person(navn, email=f"{login}@demo.example")
    rolle(ansat, hvilken, hvor)
    setattr(v, login, ansat)


def _liste(en_eller_flere) -> Iterable:
    return en_eller_flere if isinstance(en_eller_flere, list | tuple) else [en_eller_flere]
