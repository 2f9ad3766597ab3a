"""Tasks from a meeting: one responsible person, a concrete text and a day; followed up until they end (D22, S30)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.afholdelse import skift_moede
from moeder.actions.laas import laas_moede
from moeder.actions.udfald import OM_ET_BARN
from moeder.models import Moede, Opfoelgning, Opgave, Punkt
from moeder.queries.opgaver import mulige_ansvarlige
from moeder.states import REFERATET_SKRIVES, Opgaveovergang, Overgang
from samarbejde import tid
from samarbejde.formater import dato, dato_uden_ugedag
from samarbejde.kalender import ferier
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.roller import glem_roller
from samarbejde.skolekalender import skoledage_mellem
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError, skift

SNART = 3
RETTET = "En anden har fulgt op på opgaven, siden du åbnede siden."
Udfald = Opfoelgning.Udfald
KANTER = {
    Udfald.FORTSAETTER: Opgaveovergang.FORTSAET,
    Udfald.JUSTERES: Opgaveovergang.FORTSAET,
    Udfald.AENDRES: Opgaveovergang.FORTSAET,
    Udfald.AFSLUTTES: Opgaveovergang.AFSLUT,
    Udfald.OPGIVES: Opgaveovergang.OPGIV,
}
MED_AENDRING = (Udfald.JUSTERES, Udfald.AENDRES)
FELTNAVNE = {"tekst": "Opgaven", "frist": "Frist", "ansvarlig": "Ansvarlig"}


@transaction.atomic
def opret_opgave(*, moede: Moede, punkt: UUID, tekst: str, ansvarlig: Person, frist: date, af: Person) -> Opgave:
    """While the minutes are written. The unit follows from where the responsible person is invited from. The same
    form sent twice is one task.
    """
    laast = laas_moede(moede, af, Handling.SKRIV_REFERAT)
    skift_moede(laast, Overgang.SKRIV)
    et = laast.punkter.get(noegle=punkt)
    if et.er_om_et_barn:
        raise ValidationError(OM_ET_BARN)
    _kraev_fremtid(frist)
    felter = {"punkt": et, "tekst": tekst, "ansvarlig": ansvarlig, "frist": frist}
    if samme := Opgave.objects.filter(**felter).first():
        return samme
    ny = Opgave.objects.create(**felter, enhed_id=_enhed(et, ansvarlig), oprettet_af=af)
    laast.save(update_fields=["tilstand", "tilstand_siden"])
    noter(af=af, navn="opret_opgave", objekt=ny, rod=laast, saetning=f"{ansvarlig} har fået en opgave.")
    _fortael(ny, laast, af)
    return ny


def _kraev_fremtid(frist: date) -> None:
    if frist < tid.i_dag():
        raise ValidationError({"frist": "Fristen er allerede gået. Vælg i dag eller en senere dag."})


def _enhed(punkt: Punkt, ansvarlig: Person) -> int | None:
    for en in mulige_ansvarlige(punkt):
        if en.person.pk == ansvarlig.pk:
            return en.enhed_id
    raise ValidationError({"ansvarlig": f"{ansvarlig} er ikke med til punktet. Vælg en fra listen."})


def _fortael(opgave: Opgave, moede: Moede, af: Person | None) -> None:
    """It rides along with the mail about the minutes; at once only when it hastens and no meeting is going on."""
    if opgave.ansvarlig == af:
        return
    haster = skoledage_mellem(tid.i_dag(), opgave.frist, ferier()) <= SNART
    straks = haster and moede.tilstand not in REFERATET_SKRIVES
    underret(
        til=opgave.ansvarlig,
        emne=f"Ny opgave: {moede.emne}",
        tekst=f"Du er ansvarlig for en opgave fra {moede.i_en_saetning}. Fristen er {dato(opgave.frist)}.",
        adresse=opgave.get_absolute_url(),
        noegle=f"opgave:{opgave.pk}:{opgave.ansvarlig_id}",
        levering=Levering.STRAKS if straks else Levering.LEJLIGHED,
        erstat=True,
    )


@transaction.atomic
def foelg_op(
    *,
    opgave: Opgave,
    udfald: str,
    version: int,
    af: Person,
    note: str = "",
    nyt: Mapping[str, Any] | None = None,
    moede: Moede | None = None,
) -> Opgave:
    """It goes on, is adjusted, changed, finished or given up; by whoever is responsible or leads the forum (S30).

    `nyt` is the text, day and responsible person as they stand in the form; `moede` the meeting it was said at. A
    task that has ended is opened again when it goes on.
    """
    laast = Opgave.objects.select_for_update(of=("self",)).select_related("punkt__moede__forum__enhed", "ansvarlig")
    laast = laast.get(pk=opgave.pk)
    glem_roller()
    kraev_ret(af, Handling.FOELG_OP, laast)
    if version != laast.version:
        raise KonfliktError({felt: getattr(laast, felt) for felt in FELTNAVNE}, laast.version, RETTET)
    valgt = Udfald(udfald)
    aendringer = {felt: til for felt, til in (nyt or {}).items() if getattr(laast, felt) != til}
    _kraev_mening(valgt, note, aendringer)
    _kraev_mulig(laast, aendringer)
    genaabnes = valgt is Udfald.FORTSAETTER and not laast.er_aaben
    skift(laast, Opgaveovergang.GENAABN if genaabnes else KANTER[valgt])
    foer = {felt: getattr(laast, felt) for felt in aendringer}
    for felt, til in aendringer.items():
        setattr(laast, felt, til)
    laast.version += 1
    laast.save()
    Opfoelgning.objects.create(opgave=laast, moede=moede, udfald=valgt, note=note, af=af)
    _noter(laast, valgt, foer, af)
    if "ansvarlig" in aendringer:
        _fortael(laast, laast.punkt.moede, af)
    return laast


def _kraev_mening(valgt: Udfald, note: str, aendringer: dict[str, Any]) -> None:
    if valgt in MED_AENDRING and not aendringer:
        raise ValidationError({"udfald": "Ret opgaven, fristen eller den ansvarlige, eller vælg «fortsætter»."})
    if valgt not in MED_AENDRING and aendringer:
        raise ValidationError(
            {"udfald": "Du har rettet i opgaven. Vælg «justeres» eller «ændres», hvis det skal gemmes."}
        )
    if valgt is Udfald.OPGIVES and not note:
        raise ValidationError({"note": "Skriv, hvorfor opgaven opgives."})


def _kraev_mulig(opgave: Opgave, aendringer: dict[str, Any]) -> None:
    if "frist" in aendringer:
        _kraev_fremtid(aendringer["frist"])
    if "ansvarlig" in aendringer:
        aendringer["enhed_id"] = _enhed(opgave.punkt, aendringer["ansvarlig"])


def _noter(opgave: Opgave, valgt: Udfald, foer: dict[str, Any], af: Person) -> None:
    felter = {FELTNAVNE[felt]: (foer[felt], getattr(opgave, felt)) for felt in FELTNAVNE if felt in foer}
    if "Frist" in felter:
        felter["Frist"] = (dato_uden_ugedag(foer["frist"]), dato_uden_ugedag(opgave.frist))
    saetning = f"Der er fulgt op på en opgave: den {valgt.label}."
    noter(af=af, navn="foelg_op", objekt=opgave, rod=opgave.punkt.moede, saetning=saetning, felter=felter)
