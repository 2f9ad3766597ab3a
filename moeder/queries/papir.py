"""What the papers of a meeting say, and who may have which; the number of queries never follows the rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from moeder.models import Berigtigelse, Bidrag, Deltager, Moede, Moededokument, Opfoelgning, Opgave, Punkt, Punktfil
from moeder.models.faelles import Niveau
from moeder.queries.punkter import MED_TID, tidsplan
from moeder.queries.referat import UDE, uddragsenheder
from moeder.querysets import HELE
from moeder.states import AKTIVE, Deltagelse, Tilstand
from samarbejde.formater import klokken
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling

Art = Moededokument.Art
UDEN_MOEDE = frozenset({Tilstand.AFLYST, Tilstand.IKKE_AFHOLDT})
RAEKKEFOELGE = {art: plads for plads, art in enumerate(Deltager.Art.values)}
PERSONER = ("person", "enhed", "i_stedet_for__person", "i_stedet_for__enhed")
RAEKKER_PAA_ET_ARK, TOMME_RAEKKER = 20, 4
IKKE_UDE = "Referatet kan hentes som PDF, når det er sendt til bemærkninger."
IKKE_HOLDT = "Mødet er aflyst eller blev ikke holdt, så der er ingen mødepakke."
TIL_STEDE = ("Til stede", {Deltagelse.DELTOG})
FREMMOEDE = (
    TIL_STEDE,
    ("Afbud", {Deltagelse.AFBUD}),
    ("Deltog ikke", {Deltagelse.DELTOG_IKKE}),
    ("Fremmødet er ikke noteret", {Deltagelse.INVITERET, Deltagelse.ACCEPTERET}),
)


# --- who may have which ------------------------------------------------------------------------------------------
def ser_hele(moede: Moede, person: Person) -> bool:
    """More than single items of it, and no item that is hidden from them (S33): a paper is the same for everybody."""
    if moede.roller_for(person).isdisjoint(HELE):
        return False
    synlige = Punkt.objects.synlige_for(person, Handling.SE_MOEDE).filter(moede=moede)
    return not Punkt.objects.filter(moede=moede).exclude(pk__in=synlige.values("pk")).exists()


def hindring(moede: Moede, art: str) -> str:
    """Why there is no such paper of the meeting now; empty when there is."""
    if art == Art.PAKKE:
        return IKKE_HOLDT if moede.tilstand in UDEN_MOEDE else ""
    return "" if moede.tilstand in UDE else IKKE_UDE


def papirer(moede: Moede, person: Person) -> list[Moededokument]:
    """The papers the person may order of this meeting, as unsaved rows."""
    if not ser_hele(moede, person):
        return []
    mulige = [Moededokument(moede=moede, art=Art.PAKKE), Moededokument(moede=moede, art=Art.REFERAT)]
    enheder = uddragsenheder(moede, person)
    return [*mulige, *(Moededokument(moede=moede, art=Art.UDDRAG, enhed=enhed) for enhed in enheder)]


# --- what they say -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Linje:
    """One item as a paper shows it; about a child nothing but the number and the time (S3)."""

    nummer: int
    punkt: Punkt
    klokken: str
    bidrag: list[Bidrag]
    filer: list[Punktfil]
    opgaver: list[Opgave]
    berigtigelser: list[Berigtigelse]


def pakkedata(moede: Moede) -> dict[str, Any]:
    linjer = [linje for linje in _linjer(moede) if linje.punkt.tilstand in MED_TID]
    deltagere = _deltagere(moede)
    folk = [en for en in deltagere if en.art != Deltager.Art.LOKALE]
    return {
        "linjer": linjer,
        "minutter": sum(linje.punkt.minutter for linje in linjer),
        "folk": folk,
        "lokaler": [en for en in deltagere if en.art == Deltager.Art.LOKALE],
        "har_filer": any(linje.filer for linje in linjer),
        "ark": list(_ark(folk)),
    }


def _ark(folk: list[Deltager]) -> Iterator[list[Deltager | None]]:
    """The lines of the sheet that is signed, a sheet at a time, with room for those who came unannounced."""
    raekker = [*folk, *[None] * TOMME_RAEKKER]
    for foerste in range(0, len(raekker), RAEKKER_PAA_ET_ARK):
        yield raekker[foerste : foerste + RAEKKER_PAA_ET_ARK]


def referatdata(moede: Moede) -> dict[str, Any]:
    folk = [en for en in _deltagere(moede) if en.art != Deltager.Art.LOKALE]
    grupper = [(navn, [en for en in folk if en.tilstand in tilstande]) for navn, tilstande in FREMMOEDE]
    opfoelgninger = Opfoelgning.objects.filter(moede=moede).exclude(opgave__punkt__niveau=Niveau.ENKELTBARN)
    return {
        "linjer": _linjer(moede),
        "fremmoede": [(navn, gruppe) for navn, gruppe in grupper if gruppe],
        "opfoelgninger": list(opfoelgninger.select_related("opgave__ansvarlig", "opgave__enhed")),
        "berigtigelser": _om_hele_moedet(moede),
    }


def uddragsdata(moede: Moede, enhed: Enhed) -> dict[str, Any]:
    """For a unit's other staff: what was decided, and the unit's own tasks. Never of an item about a child."""
    linjer = [linje for linje in _linjer(moede) if not linje.punkt.er_om_et_barn]
    return {
        "enhed": enhed,
        "linjer": [linje for linje in linjer if linje.punkt.beslutning],
        "opgaver": [opgave for linje in linjer for opgave in linje.opgaver if opgave.enhed_id == enhed.pk],
        "berigtigelser": _om_hele_moedet(moede),
    }


def _om_hele_moedet(moede: Moede) -> list[Berigtigelse]:
    return list(Berigtigelse.objects.filter(moede=moede, punkt=None).select_related("af"))


def _deltagere(moede: Moede) -> list[Deltager]:
    deltagere = Deltager.objects.filter(moede=moede, tilstand__in=AKTIVE).select_related(*PERSONER)
    return sorted(deltagere.prefetch_related("punkter"), key=lambda en: (RAEKKEFOELGE[en.art], en.pk))


def _linjer(moede: Moede) -> list[Linje]:
    punkter = Punkt.objects.filter(moede=moede).select_related("ansvarlig")
    hentede = list(punkter.prefetch_related("fagligheder", *HAENGER_PAA))
    plan = {pk: f"{klokken(fra)}–{klokken(til)}" for pk, (fra, til) in tidsplan(moede, hentede).items()}
    return [_linje(nummer, punkt, plan.get(punkt.pk, "")) for nummer, punkt in enumerate(hentede, 1)]


def _linje(nummer: int, punkt: Punkt, hvornaar: str) -> Linje:
    if punkt.er_om_et_barn:
        return Linje(nummer, punkt, hvornaar, [], [], [], [])
    filer, opgaver = punkt.lagt_paa, list(punkt.opgaver.all())
    return Linje(nummer, punkt, hvornaar, list(punkt.bidrag.all()), filer, opgaver, list(punkt.berigtigelser.all()))


HAENGER_PAA = (
    Prefetch("bidrag", Bidrag.objects.select_related("af", "enhed", "faglighed")),
    Prefetch("filer", Punktfil.objects.filter(fjernet_den=None).select_related("fil__lagt_op_af"), to_attr="lagt_paa"),
    Prefetch("opgaver", Opgave.objects.select_related("ansvarlig", "enhed").order_by("pk")),
    Prefetch("berigtigelser", Berigtigelse.objects.select_related("af")),
)
