"""What an item may be: which level where (S3, S21, S44, decision 19), no word about a child, no CPR number (D12)."""

from typing import Any

from django.core.exceptions import ValidationError

from moeder.models import Deltager, Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.models.moede import Tema
from moeder.queries.punkter import mulige_ansvarlige, mulige_delmaal
from moeder.states import KOMMENDE, MED, REFERATET_SKRIVES
from ressourcecenter.models import Forum
from samarbejde.models import Faglighed, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.prosa import har_personnummer
from samarbejde.roller import glem_roller
from samarbejde.tilstande import IkkeMuligtError

ORD = ("titel", "spoergsmaal", "beskrivelse")
VALG = ("ansvarlig", "delmaal", "fagligheder")
FELTER = (*ORD, *VALG, "niveau", "art", "tema", "minutter")
MINUTTER = {Niveau.ENKELTBARN: 60}
NORMALT = 15
SKRIV_IKKE = "Skriv ikke om barnet her. Slet teksten; det, der er sagt om barnet, hører ikke til i dette system."
PERSONNUMMER = "Her må ikke stå personnumre, og der står noget, der ligner et. Slet det, og gem igen."
LAAST = "Dagsordenen kan ikke ændres længere: mødet er aflyst, eller referatet er sendt."


# --- levels ------------------------------------------------------------------------------------------------------
def mulige_niveauer(forum: Forum, moede: Moede | None = None) -> list[str]:
    """Case 19: one child only in the Ressourcecenter and never on a thematic meeting, a group not in a team."""
    tematisk = moede is not None and moede.er_tematisk
    if forum.er_team or (tematisk and _har_gaester(moede)):
        return [Niveau.TEMA]
    if forum.art == Forum.Art.RC and not tematisk:
        return [Niveau.BOERNEGRUPPE, Niveau.TEMA, Niveau.ENKELTBARN]
    return [Niveau.BOERNEGRUPPE, Niveau.TEMA]


def _har_gaester(moede: Moede | None) -> bool:
    return Deltager.objects.filter(moede=moede, art=Deltager.Art.GAEST, tilstand__in=MED).exists()


HOERER_TIL = {
    Niveau.ENKELTBARN: "En drøftelse om et barn hører til i Ressourcecentret og aldrig på et tematisk møde.",
    Niveau.BOERNEGRUPPE: "En gruppe børn drøftes ikke i et ressourceteam og ikke sammen med gæster.",
}


def kraev_niveau(niveau: str, forum: Forum, moede: Moede | None = None) -> None:
    if niveau not in Niveau.values:
        raise ValidationError({"niveau": "Vælg, om punktet handler om en gruppe børn eller et tema."})
    if niveau not in mulige_niveauer(forum, moede):
        raise ValidationError({"niveau": f"{HOERER_TIL[Niveau(niveau)]} Vælg et andet niveau eller et andet møde."})


# --- content -----------------------------------------------------------------------------------------------------
def kraev_ord(niveau: str, felter: dict[str, Any]) -> None:
    """S3, case 32: nothing at all about one child; elsewhere a title and no CPR number."""
    for felt in ORD:
        tekst = felter.get(felt, "")
        if tekst and niveau == Niveau.ENKELTBARN:
            raise ValidationError({felt: SKRIV_IKKE})
        if har_personnummer(tekst):
            raise ValidationError({felt: PERSONNUMMER})
    if niveau == Niveau.ENKELTBARN and (felter.get("tema") or felter.get("delmaal")):
        raise ValidationError("En drøftelse om et barn har hverken tema eller delmål. Lad dem stå tomme.")
    if niveau != Niveau.ENKELTBARN and not felter.get("titel"):
        raise ValidationError({"titel": "Skriv, hvad punktet handler om."})


def kraev_valg(felter: dict[str, Any]) -> None:
    if felter.get("art", Punkt.Art.DROEFTELSE) not in Punkt.Art.values:
        raise ValidationError({"art": "Vælg, hvad der skal ske med punktet."})
    if felter.get("tema", "") not in {"", *Tema.values}:
        raise ValidationError({"tema": "Vælg et tema fra listen."})
    if not 1 <= felter.get("minutter", NORMALT) <= 480:
        raise ValidationError({"minutter": "Skriv et helt tal fra 1 til 480."})
    fagligheder = set(felter.get("fagligheder", ()))
    if fagligheder and Faglighed.objects.filter(pk__in=fagligheder).count() != len(fagligheder):
        raise ValidationError({"fagligheder": "En af faglighederne findes ikke længere. Vælg igen."})


def kraev_ansvarlig(moede: Moede | None, ansvarlig: int | None) -> None:
    if ansvarlig is None:
        return
    if moede is None or ansvarlig not in {person.pk for person in mulige_ansvarlige(moede)}:
        raise ValidationError({"ansvarlig": "Kun en deltager i mødet kan være ansvarlig for punktet. Vælg igen."})


def kraev_delmaal(forum: Forum, delmaal: int | None, af: Person) -> None:
    if delmaal is not None and not mulige_delmaal(forum, af).filter(pk=delmaal).exists():
        raise ValidationError({"delmaal": "Delmålet kan ikke vælges. Vælg et fra jeres indgåede aftale."})


# --- when --------------------------------------------------------------------------------------------------------
def kraev_aaben_dagsorden(moede: Moede) -> None:
    if moede.tilstand not in KOMMENDE | REFERATET_SKRIVES:
        raise IkkeMuligtError(LAAST)


def laas_punkt(punkt: Punkt, af: Person, handling: Handling = Handling.PLANLAEG_MOEDE) -> Punkt:
    """The meeting first, as everybody does, then the item; and the right asked anew under the locks."""
    if punkt.moede_id:
        Moede.objects.select_for_update(of=("self",)).get(pk=punkt.moede_id)
    laaste = Punkt.objects.select_for_update(of=("self",))
    laast = laaste.select_related("forum__enhed", "medforum", "moede__forum__enhed", "moede__medforum").get(pk=punkt.pk)
    if laast.moede_id != punkt.moede_id:
        raise IkkeMuligtError("En anden har flyttet punktet imens. Hent siden igen, og se, hvor det er nu.")
    glem_roller()
    kraev_ret(af, handling, laast)
    return laast
