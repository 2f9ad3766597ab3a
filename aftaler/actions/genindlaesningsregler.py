"""What a file refers to and must find here, and what stands in its way: all of it at once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aftaler.datafil import Datafil
from aftaler.models import Aftale, Dokument, Godkendelse, Maalomraade
from aftaler.states import Tilstand
from samarbejde.models import Enhed, Person, Rolletildeling, Skoledistrikt
from samarbejde.permissions import Rolle
from samarbejde.skolekalender import skoleaar_navn

IMPORTER_FOERST = "Importér organisationen først (docs/import.md)."
Egenskab = Godkendelse.Egenskab
# Who answers for another unit than their own holds this role somewhere (decisions 2 and 3).
ANDETSTEDS = {Egenskab.KLYNGELEDER.value: Rolle.KLYNGELEDER, Egenskab.SKOLELEDER.value: Rolle.SKOLELEDER}


@dataclass
class Opslag:
    distrikt: Skoledistrikt | None = None
    enheder: dict[str, Enhed] = field(default_factory=dict)
    godkendere: dict[str, Person] = field(default_factory=dict)
    erstatter: Aftale | None = None
    findes: Aftale | None = None
    fejl: list[str] = field(default_factory=list)
    bemaerk: list[str] = field(default_factory=list)


def slaa_op(fil: Datafil) -> Opslag:
    data, opslag = fil.data, Opslag()
    opslag.distrikt = Skoledistrikt.objects.filter(kode=data["distrikt"]["kode"]).first()
    opslag.enheder = {en.kode: en for en in Enhed.objects.filter(kode__in=[part["kode"] for part in data["parter"]])}
    if opslag.distrikt is None:
        opslag.fejl.append(f"Distriktet {_navngivet(data['distrikt'])} findes ikke. {IMPORTER_FOERST}")
    else:
        opslag.fejl += _i_vejen(fil, opslag)
    if not opslag.findes:
        opslag.fejl += [*_enhedsfejl(data, opslag.enheder), *_omraadefejl(data), *_godkendere(data, opslag)]
        opslag.bemaerk += _nye_navne(data, opslag)
    return opslag


def _navngivet(data: dict[str, Any]) -> str:
    return f"{data['navn']} (kode {data['kode']})"


# --- agreements that are here already ----------------------------------------------------------------------------
def _i_vejen(fil: Datafil, opslag: Opslag) -> Iterator[str]:
    data = fil.data
    alle = list(Aftale.objects.filter(distrikt=opslag.distrikt, skoleaar=data["skoleaar"]).select_related("distrikt"))
    samme = next((en for en in alle if en.nummer == data["version"]), None)
    hvilken = f"{data['distrikt']['navn']} {skoleaar_navn(data['skoleaar'])}, version {data['version']},"
    if samme and samme.indhold_id == fil.indhold.aftryk and samme.indgaaet_den:
        opslag.findes = samme
    elif samme:
        yield f"Aftalen {hvilken} findes allerede med et andet indhold. Den kan ikke overskrives."
    else:
        opslag.erstatter = next((en for en in alle if en.nummer == data["erstatter_version"]), None)
        yield from _raekkefoelge(data, alle, opslag.erstatter, hvilken)


def _raekkefoelge(data: dict[str, Any], alle: list[Aftale], erstatter: Aftale | None, hvilken: str) -> Iterator[str]:
    nummer = data["erstatter_version"]
    if nummer and (erstatter is None or not erstatter.indgaaet_den):
        yield f"Aftalen {hvilken} erstatter version {nummer}, som ikke er her. Indlæs den først."
    gaeldende = next((en for en in alle if en.tilstand == Tilstand.INDGAAET), None)
    if gaeldende and gaeldende != erstatter:
        yield f"Version {gaeldende.nummer} er indgået og gælder, så {hvilken} kan ikke indlæses ved siden af den."
    kode = data["dokument"].get("kode")
    if kode and Dokument.objects.filter(kode=kode).exists():
        yield f"Dokumentets kode {kode} er allerede brugt af et andet dokument."


# --- what it refers to -------------------------------------------------------------------------------------------
def _enhedsfejl(data: dict[str, Any], enheder: dict[str, Enhed]) -> Iterator[str]:
    for part in data["parter"]:
        enhed = enheder.get(part["kode"])
        if enhed is None:
            yield f"Enheden {_navngivet(part)} findes ikke. {IMPORTER_FOERST}"
        elif enhed.art != part["art"]:
            art = Enhed.Art(part["art"]).label
            yield f"Enheden {_navngivet(part)} er {art} i filen, men {enhed.get_art_display()} her."


def _omraadefejl(data: dict[str, Any]) -> Iterator[str]:
    brugte = {nummer for maal in data["indhold"]["maal"] for nummer in maal["omraader"]}
    for nummer in sorted(brugte - set(Maalomraade.objects.values_list("nummer", flat=True))):
        yield f"Målområde {nummer} findes ikke her."


def _nye_navne(data: dict[str, Any], opslag: Opslag) -> Iterator[str]:
    steder = {**opslag.enheder, **({data["distrikt"]["kode"]: opslag.distrikt} if opslag.distrikt else {})}
    for ting in (data["distrikt"], *data["parter"]):
        if (her := steder.get(ting["kode"])) and her.navn != ting["navn"]:
            yield f"{_navngivet(ting)} hedder nu {her.navn}."


def _godkendere(data: dict[str, Any], opslag: Opslag) -> Iterator[str]:
    """A document names its people by name alone: the one of that name who has or had a role where they signed."""
    parter = [part for part in data["parter"] if part["godkendelse"] and part["kode"] in opslag.enheder]
    roller = _roller({part["godkendelse"]["navn"] for part in parter})
    for part in parter:
        godkendelse = part["godkendelse"]
        fundne = {
            rolle.user
            for rolle in roller[godkendelse["navn"]]
            if _kunne_godkende(rolle, godkendelse["egenskab"], opslag.enheder[part["kode"]])
        }
        if len(fundne) == 1:
            opslag.godkendere[part["kode"]] = fundne.pop()
        else:
            yield _ikke_en(godkendelse, part, bool(fundne))


def _roller(navne: set[str]) -> dict[str, list[Rolletildeling]]:
    roller = defaultdict(list)
    for rolle in Rolletildeling.objects.filter(user__navn__in=navne).select_related("user", "permission"):
        roller[rolle.user.navn].append(rolle)
    return roller


def _kunne_godkende(rolle: Rolletildeling, egenskab: str, enhed: Enhed) -> bool:
    if egenskab in ANDETSTEDS:
        return rolle.rolle == ANDETSTEDS[egenskab]
    return rolle.content_object_id == enhed.pk


def _ikke_en(godkendelse: dict[str, Any], part: dict[str, Any], flere: bool) -> str:
    hvem = f"{godkendelse['navn']}, {godkendelse['titel']}, som godkendte for {part['navn']},"
    if flere:
        return f"{hvem} kan være flere personer her. Ret navnet på den ene, og prøv igen."
    return f"{hvem} findes ikke her med en rolle på det sted. Importér personen og rollen med dens periode."
