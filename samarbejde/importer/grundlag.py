"""What the database holds already, read once and in bulk, each row put as the file would put it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from samarbejde.importer.faelles import Raekke
from samarbejde.models import (
    Distriktstilknytning,
    Enhed,
    Enhedstilknytning,
    Faglighed,
    Feriedag,
    Person,
    Rolletildeling,
    Skoledistrikt,
)

Periode = tuple[date, date | None]


@dataclass
class Grundlag:
    """`enheder`, `distrikter` and `personer` by kode; an import adds to them as it creates. `fagligheder` by navn."""

    enheder: dict[str, Enhed] = field(default_factory=dict)
    distrikter: dict[str, Skoledistrikt] = field(default_factory=dict)
    personer: dict[str, Person] = field(default_factory=dict)
    fagligheder: dict[str, Faglighed] = field(default_factory=dict)
    personer_efter_email: dict[str, Person] = field(default_factory=dict)
    tilknytninger: list[Any] = field(default_factory=list)
    roller: list[Rolletildeling] = field(default_factory=list)
    ferier: list[Feriedag] = field(default_factory=list)

    def alle(self, ark: str) -> list[Any]:
        raekker = getattr(self, ark)
        if ark == "personer":
            return list(self.personer_efter_email.values())
        return list(raekker.values()) if isinstance(raekker, dict) else raekker


def hent_grundlag() -> Grundlag:
    personer = list(Person.objects.select_related("faglighed"))
    enhedslinks = Enhedstilknytning.objects.ikke_annulleret().select_related("enhed", "til")
    distriktslinks = Distriktstilknytning.objects.ikke_annulleret().select_related("enhed", "distrikt")
    return Grundlag(
        enheder={enhed.kode: enhed for enhed in Enhed.objects.select_related("efterfoelger")},
        distrikter={distrikt.kode: distrikt for distrikt in Skoledistrikt.objects.all()},
        personer={person.kode: person for person in personer if person.kode},
        fagligheder={faglighed.navn: faglighed for faglighed in Faglighed.objects.all()},
        personer_efter_email={person.email: person for person in personer},
        tilknytninger=[*enhedslinks, *distriktslinks],
        roller=list(
            Rolletildeling.objects.ikke_annulleret()
            .select_related("user", "content_object", "permission")
            .order_by("pk")
        ),
        ferier=list(Feriedag.objects.all()),
    )


# --- as the file would put it --------------------------------------------------------------------------------------
def _enhed(enhed: Enhed) -> dict[str, Any]:
    return {
        "kode": enhed.kode,
        "navn": enhed.navn,
        "art": enhed.art,
        "ejerform": enhed.ejerform,
        "kkfo": enhed.er_kkfo,
        "gyldig_fra": enhed.gyldig_fra,
        "gyldig_til": enhed.gyldig_til,
        "efterfoelger": enhed.efterfoelger.kode if enhed.efterfoelger else None,
    }


def _distrikt(distrikt: Skoledistrikt) -> dict[str, Any]:
    return {
        "kode": distrikt.kode,
        "navn": distrikt.navn,
        "uden_geografi": distrikt.er_uden_geografi,
        "gyldig_fra": distrikt.gyldig_fra,
        "gyldig_til": distrikt.gyldig_til,
    }


def _tilknytning(link: Enhedstilknytning | Distriktstilknytning) -> dict[str, Any]:
    til = link.til if isinstance(link, Enhedstilknytning) else link.distrikt
    return {
        "enhed": link.enhed.kode,
        "til": til.kode,
        "gyldig_fra": link.gyldig_fra,
        "gyldig_til": link.gyldig_til,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        "kode": person.kode,
        "navn": person.navn,
        "email": person.email,
        "udloeber": person.udloeber_den,
        "beskyttet": person.er_beskyttet,
        "faglighed": person.faglighed.navn if person.faglighed else "",
    }


def _rolle(tildeling: Rolletildeling) -> dict[str, Any]:
    return {
        "person": tildeling.user.kode,
        "rolle": tildeling.permission.codename,
        "enhed": tildeling.content_object.kode,
        "gyldig_fra": tildeling.gyldig_fra,
        "gyldig_til": tildeling.gyldig_til,
        "titel": tildeling.titel,
        "konstitueret": tildeling.konstitueret,
        "primaer": tildeling.er_primaer,
        "omfang": tildeling.omfang,
        "arbejder_med": tildeling.arbejder_med,
        "i_fravaer": tildeling.i_fravaer,
    }


def _ferie(ferie: Feriedag) -> dict[str, Any]:
    return {"navn": ferie.navn, "fra": ferie.fra, "til_og_med": ferie.til_og_med}


SOM_I_FILEN: dict[str, Callable[[Any], dict[str, Any]]] = {
    "enheder": _enhed,
    "distrikter": _distrikt,
    "tilknytninger": _tilknytning,
    "personer": _person,
    "roller": _rolle,
    "ferier": _ferie,
}
# What names a row. Rows with a period may come again in another period.
NOEGLER: dict[str, tuple[str, ...]] = {
    "enheder": ("kode",),
    "distrikter": ("kode",),
    "tilknytninger": ("enhed", "til"),
    "personer": ("kode",),
    "roller": ("person", "rolle", "enhed"),
    "ferier": ("navn",),
}
MED_PERIODE = {"tilknytninger", "roller", "ferier"}


def noegle(ark: str, felter: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(felter.get(navn) for navn in NOEGLER[ark])


def periode(ark: str, felter: dict[str, Any]) -> Periode | None:
    """Half-open; None while a date of the row is wrong."""
    if ark != "ferier":
        fra = felter.get("gyldig_fra")
        return (fra, felter.get("gyldig_til")) if fra else None
    fra, sidste = felter.get("fra"), felter.get("til_og_med")
    return (fra, sidste + timedelta(days=1)) if fra and sidste else None


def deler_dag(en: Periode, anden: Periode) -> bool:
    return (en[1] is None or anden[0] < en[1]) and (anden[1] is None or en[0] < anden[1])


def er_komplet(raekke: Raekke) -> bool:
    return None not in noegle(raekke.ark, raekke.felter)
