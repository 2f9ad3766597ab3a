"""The agenda: add an item, correct it, put it in order (D19, D21, S23). What is refused stands in `punktregler`."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.laas import laas_moede
from moeder.actions.punktfolk import opdaterede_tider
from moeder.actions.punktregler import (
    FELTER,
    MINUTTER,
    NORMALT,
    kraev_aaben_dagsorden,
    kraev_ansvarlig,
    kraev_delmaal,
    kraev_niveau,
    kraev_ord,
    kraev_valg,
    laas_punkt,
    mulige_niveauer,
)
from moeder.models import Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.queries.punkter import MED_TID
from moeder.queries.runde import RUNDE, har_runde, som_runde
from moeder.states import Punkttilstand
from samarbejde.models import Person
from samarbejde.permissions import Handling
from samarbejde.prosa import har_personnummer, rens_linje, til_html
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, KonfliktError

FLEST_PUNKTER = 40
RETTET = "En anden har rettet punktet, mens du skrev."
FAERDIGT = "Punktet er behandlet, udsat eller lukket og kan ikke ændres."
FORBLIVER = "Et punkt kan ikke skifte til eller fra en drøftelse om et barn. Luk det, og tilføj et nyt."
AABNE = frozenset({Punkttilstand.FORESLAAET, Punkttilstand.VENTER, Punkttilstand.PAA_DAGSORDEN})


@transaction.atomic
def tilfoej_punkt(*, moede: Moede, af: Person, noegle: UUID | None = None, **felter: Any) -> Punkt:
    """Put a new item last on the agenda. `ansvarlig`, `delmaal` and `fagligheder` are given by their keys.

    `noegle` comes with the form, so that the same form sent twice is one item.
    """
    laast = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    kraev_aaben_dagsorden(laast)
    if findes := Punkt.objects.filter(noegle=noegle, moede=laast).first():
        return findes
    kraev_plads(laast)
    kraev_niveau(felter["niveau"], laast.forum, laast)
    kraev_ansvarlig(laast, felter.get("ansvarlig"))
    kraev_delmaal(laast.forum, felter.get("delmaal"), af)
    punkt = Punkt(forum=laast.forum, medforum=laast.medforum, moede=laast, tilstand=Punkttilstand.PAA_DAGSORDEN)
    punkt.noegle, punkt.foreslaaet_af, punkt.plads = noegle or uuid4(), af, sidste_plads(laast)
    opret(punkt, felter)
    noter(af=af, navn="tilfoej_punkt", objekt=punkt, saetning=f"Punktet er sat på dagsordenen: {laast.kort_navn}.")
    return punkt


@transaction.atomic
def ret_punkt(*, punkt: Punkt, af: Person, version: int, **felter: Any) -> Punkt:
    """Correct an item on an agenda or in the backlog. A save of what is already stored is no change."""
    laast = laas_punkt(punkt, af)
    _kraev_kan_rettes(laast, felter)
    foer = felter_i(laast, felter)
    aendret = {felt: (foer[felt], ny) for felt, ny in felter.items() if foer[felt] != ny}
    if not aendret:
        return laast
    if version != laast.version:
        raise KonfliktError(foer, laast.version, RETTET)
    _kraev_rettelse(laast, aendret, af)
    with opdaterede_tider(laast.moede, af):
        laast.version += 1
        _saet(laast, {felt: ny for felt, (_, ny) in aendret.items()})
    ord_ = {felt: par for felt, par in aendret.items() if felt not in {"ansvarlig", "delmaal", "fagligheder"}}
    noter(af=af, navn="ret_punkt", objekt=laast, saetning="Punktet er rettet.", felter=ord_)
    return laast


@transaction.atomic
def flyt_punkt(*, punkt: Punkt, til: int, af: Person) -> Punkt:
    """Put the item in this place on the agenda, counted from 1: the same press twice is one move."""
    laast = laas_punkt(punkt, af)
    if laast.moede is None or laast.tilstand not in MED_TID:
        raise IkkeMuligtError("Kun et punkt på dagsordenen har en rækkefølge.")
    kraev_aaben_dagsorden(laast.moede)
    alle = list(Punkt.objects.filter(moede=laast.moede))
    raekke = [en for en in alle if en.tilstand in MED_TID]
    fra = raekke.index(laast)
    raekke.insert(min(max(til, 1), len(raekke)) - 1, raekke.pop(fra))
    if raekke.index(laast) == fra:
        return laast
    with opdaterede_tider(laast.moede, af):
        for plads, en in enumerate([*raekke, *(en for en in alle if en.tilstand not in MED_TID)], 1):
            Punkt.objects.filter(pk=en.pk).exclude(plads=plads).update(plads=plads)
    noter(af=af, navn="flyt_punkt", objekt=laast, saetning=f"Punktet er nu nummer {raekke.index(laast) + 1}.")
    return laast


@transaction.atomic
def laeg_skabelon_paa(*, moede: Moede, af: Person) -> list[Punkt]:
    """The forum's fixed items, the lines «- …» of its rules (S43); those that are there already are not added again."""
    laast = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    kraev_aaben_dagsorden(laast)
    har = set(Punkt.objects.filter(moede=laast).values_list("titel", flat=True))
    nye = []
    for titel in skabelonens_titler(laast):
        if titel not in har and len(har) < FLEST_PUNKTER and not (titel == RUNDE and har_runde(laast)):
            har.add(titel)
            plads = {"moede": laast, "forum": laast.forum, "medforum": laast.medforum, "plads": sidste_plads(laast)}
            hvad = {"niveau": Niveau.TEMA, "tilstand": Punkttilstand.PAA_DAGSORDEN, "minutter": NORMALT}
            ord_ = som_runde() if titel == RUNDE else {"titel": titel}
            nye.append(Punkt.objects.create(foreslaaet_af=af, **ord_, **plads, **hvad))
            noter(af=af, navn="laeg_skabelon_paa", objekt=nye[-1], saetning="Det faste punkt er sat på dagsordenen.")
    return nye


def skabelonens_titler(moede: Moede) -> list[str]:
    """The round of professional perspectives stands where the rules put it, else last (S41)."""
    linjer = (linje.strip() for linje in moede.forum.regler.dagsordensskabelon.splitlines())
    titler = (rens_linje(linje[2:])[:200] for linje in linjer if linje.startswith("- "))
    faste = [RUNDE if titel.casefold() == RUNDE.casefold() else titel for titel in titler]
    if moede.forum.regler.fast_runde:
        faste.append(RUNDE)
    return [titel for titel in dict.fromkeys(faste) if titel and not har_personnummer(titel)]


# --- shared by the backlog ---------------------------------------------------------------------------------------
def kraev_plads(moede: Moede) -> None:
    if Punkt.objects.filter(moede=moede, tilstand__in=MED_TID).count() >= FLEST_PUNKTER:
        raise ValidationError(f"Der kan højst være {FLEST_PUNKTER} punkter på et møde. Udsæt eller luk nogle først.")


def sidste_plads(moede: Moede) -> int:
    sidste = Punkt.objects.filter(moede=moede).order_by("-plads").values_list("plads", flat=True).first()
    return (sidste or 0) + 1


def opret(punkt: Punkt, felter: dict[str, Any]) -> None:
    """Save a new item with what was typed."""
    if ukendte := felter.keys() - set(FELTER):
        raise TypeError(f"et punkt har ikke {sorted(ukendte)}")
    felter.setdefault("minutter", MINUTTER.get(felter["niveau"], NORMALT))
    kraev_ord(felter["niveau"], felter)
    kraev_valg(felter)
    _saet(punkt, felter)


def felter_i(punkt: Punkt, navne: Any) -> dict[str, Any]:
    """What is stored, in the shape that forms and actions use."""
    return {navn: _vaerdi(punkt, navn) for navn in navne}


def _vaerdi(punkt: Punkt, navn: str) -> Any:
    if navn == "fagligheder":
        return sorted(punkt.fagligheder.values_list("pk", flat=True))
    return getattr(punkt, f"{navn}_id" if navn in {"ansvarlig", "delmaal"} else navn)


def _saet(punkt: Punkt, felter: dict[str, Any]) -> None:
    for navn, vaerdi in felter.items():
        if navn != "fagligheder":
            setattr(punkt, f"{navn}_id" if navn in {"ansvarlig", "delmaal"} else navn, vaerdi)
    punkt.beskrivelse_html = til_html(punkt.beskrivelse)
    punkt.save()
    if "fagligheder" in felter:
        punkt.fagligheder.set(felter["fagligheder"])


# --- correcting --------------------------------------------------------------------------------------------------
def _kraev_kan_rettes(punkt: Punkt, felter: dict[str, Any]) -> None:
    if ukendte := felter.keys() - set(FELTER):
        raise TypeError(f"et punkt har ikke {sorted(ukendte)}")
    if punkt.moede is not None:
        kraev_aaben_dagsorden(punkt.moede)
    if punkt.tilstand not in AABNE:
        raise IkkeMuligtError(FAERDIGT)


def _kraev_rettelse(punkt: Punkt, aendret: dict[str, tuple[Any, Any]], af: Person) -> None:
    nye = {felt: ny for felt, (_, ny) in aendret.items()}
    niveau = nye.get("niveau", punkt.niveau)
    if "niveau" in nye:
        if Niveau.ENKELTBARN in {niveau, punkt.niveau}:
            raise ValidationError({"niveau": FORBLIVER})
        kraev_niveau(niveau, punkt.forum, punkt.moede)
    kraev_ord(niveau, {**felter_i(punkt, ("titel", "tema", "delmaal")), **nye})
    kraev_valg(nye)
    if "ansvarlig" in nye:
        kraev_ansvarlig(punkt.moede, nye["ansvarlig"])
    if "delmaal" in nye:
        kraev_delmaal(punkt.forum, nye["delmaal"], af)


def niveauer_at_vaelge(punkt: Punkt) -> list[str]:
    """Between a group and a theme: the level of a child never changes, as nothing may be said about it."""
    if punkt.er_om_et_barn:
        return []
    return [niveau for niveau in mulige_niveauer(punkt.forum, punkt.moede) if niveau != Niveau.ENKELTBARN]
