"""An entered agreement read back from the document's own data, into a system that does not have it (docs/data.md)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.genindlaesningsregler import Opslag, slaa_op
from aftaler.actions.indgaaelse import gem_tilstand
from aftaler.actions.led import Felter, gem_led
from aftaler.datafil import Datafil
from aftaler.models import (
    Aftale,
    Aftalepart,
    Aktivitet,
    Delmaal,
    Dokument,
    Godkendelse,
    Indhold,
    Led,
    StrategiskMaal,
)
from aftaler.states import Overgang, Svar, Svarovergang, Tilstand
from aftaler.tasks import lav_dokument_opgave
from samarbejde import tid
from samarbejde.models import Person, Skoledistrikt
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import skift

UDEN_SVAR = "Aftalen er indlæst fra dokumentets egne data. Grunden står ikke i dokumentet."
DAGE = ("fra", "til_og_med")
SVAR = {
    Svar.GODKENDT.value: Svarovergang.GODKEND,
    Svar.TILTRAADT.value: Svarovergang.TILTRAED,
    Svar.UDTRAADT.value: Svarovergang.UDTRAED,
}


@dataclass(frozen=True)
class Genindlaest:
    aftale: Aftale
    er_ny: bool
    bemaerk: list[str]


@transaction.atomic
def genindlaes_aftale(*, fil: Datafil, af: Person | None, original: Felter | None = None) -> Genindlaest:
    """Everything that is missing or in the way is said at once, and nothing is saved. The same file again writes
    nothing. Nobody is asked to approve again, and nobody gets a mail: it is history.

    `original` is the columns of the document whose data `fil` is, when it is at hand and its seal holds.
    """
    Skoledistrikt.objects.select_for_update().filter(kode=fil.data["distrikt"]["kode"]).first()
    opslag = slaa_op(fil)
    if opslag.fejl:
        raise ValidationError(opslag.fejl)
    if opslag.findes:
        return Genindlaest(opslag.findes, False, _tag_filen_ind(opslag.findes, fil, original or {}))
    if opslag.erstatter and opslag.erstatter.tilstand == Tilstand.INDGAAET:
        _afloes(opslag.erstatter, fil.data["version"], af)
    aftale = _aftale(fil, opslag)
    _tekst(aftale, fil.data["indhold"], opslag)
    for data in fil.data["parter"]:
        _part(aftale, data, opslag)
    dokument = _dokument(aftale, fil, original or {})
    saetning = f"Aftalen er indlæst fra data i dokument nr. {dokument.loebenummer}."
    felter = {"aftryk": ("", fil.indhold.aftryk)}
    noter(af=af, navn="genindlaes_aftale", objekt=aftale, saetning=saetning, felter=felter)
    return Genindlaest(aftale, True, opslag.bemaerk)


def _aftale(fil: Datafil, opslag: Opslag) -> Aftale:
    data, indgaaet = fil.data, datetime.fromisoformat(fil.data["indgaaet"])
    indhold, _ = Indhold.objects.get_or_create(aftryk=fil.indhold.aftryk, defaults={"json": fil.indhold.json})
    return Aftale.objects.create(
        distrikt=opslag.distrikt,
        skoleaar=data["skoleaar"],
        nummer=data["version"],
        erstatter=opslag.erstatter,
        tovholder=opslag.enheder[data["tovholder"]["kode"]],
        tilstand=Tilstand.INDGAAET,
        oprettet_den=indgaaet,
        tilstand_siden=indgaaet,
        indgaaet_den=indgaaet,
        indhold=indhold,
        uden_svar_grund=UDEN_SVAR if data["indgaaet_uden_svar_fra_alle"] else "",
        **{felt: data["indhold"][felt] for felt in ("behov", "retning")},
        **{f"{felt}_html": til_html(data["indhold"][felt]) for felt in ("behov", "retning")},
    )


def _afloes(gammel: Aftale, ny: int, af: Person | None) -> None:
    """Never two in force at once (S7)."""
    skift(gammel, Overgang.ERSTAT)
    gem_tilstand(gammel)
    saetning = f"Aftalen er erstattet af version {ny}, som er indlæst."
    noter(af=af, navn="genindlaes_aftale", objekt=gammel, saetning=saetning)


# --- the text ----------------------------------------------------------------------------------------------------
def _tekst(aftale: Aftale, indhold: dict[str, Any], opslag: Opslag) -> None:
    for plads, maal in enumerate(indhold["maal"], start=1):
        nyt = _led(StrategiskMaal(aftale=aftale), plads, maal, ("realisering",), omraader=maal["omraader"])
        for under_plads, delmaal in enumerate(maal["delmaal"], start=1):
            nyt_delmaal = _led(Delmaal(maal=nyt), under_plads, delmaal)
            for sidste_plads, data in enumerate(delmaal["aktiviteter"], start=1):
                dage = {felt: date.fromisoformat(data[felt]) if data[felt] else None for felt in DAGE}
                ansvarlige = [opslag.enheder[kode].pk for kode in data["ansvarlige"]]
                ny = Aktivitet(delmaal=nyt_delmaal, **dage)
                _led(ny, sidste_plads, data, ("art", "tegn"), ansvarlige=ansvarlige)


def _led(led: Led, plads: int, data: dict[str, Any], egne: tuple[str, ...] = (), **valg: list[int]) -> Any:
    led.plads = plads
    gem_led(led, {felt: data[felt] for felt in ("titel", "beskrivelse", *egne)}, valg, {})
    return led


# --- who said yes ------------------------------------------------------------------------------------------------
def _part(aftale: Aftale, data: dict[str, Any], opslag: Opslag) -> None:
    part = Aftalepart.objects.create(aftale=aftale, enhed=opslag.enheder[data["kode"]], er_frivillig=data["frivillig"])
    if data["godkendelse"]:
        part.godkendelse = _godkendelse(part, aftale, data["godkendelse"], opslag.godkendere[data["kode"]])
        part.svar_den = part.godkendelse.godkendt_den
    if data["udtraadt"]:
        part.udtraadt_den = date.fromisoformat(data["udtraadt"])
    if data["status"] in SVAR:
        skift(part, SVAR[data["status"]])
    part.save()


def _godkendelse(part: Aftalepart, aftale: Aftale, data: dict[str, Any], af: Person) -> Godkendelse:
    return Godkendelse.objects.create(
        part=part,
        indhold=aftale.indhold,
        af=af,
        navn=data["navn"],
        titel=data["titel"],
        enhedsnavn=data["enhed"],
        egenskab=data["egenskab"],
        godkendt_den=datetime.fromisoformat(data["godkendt"]),
    )


def _tag_filen_ind(aftale: Aftale, fil: Datafil, original: Felter) -> list[str]:
    """The file itself, where only its data were read before and the document is not made again yet."""
    dokument = aftale.dokumenter.select_for_update().filter(loebenummer=fil.data["dokument"]["nummer"]).first()
    if not original or dokument is None or dokument.sha256 == original["sha256"]:
        return []
    if dokument.tilstand == Dokument.Tilstand.KLAR or dokument.genskabt_den is None:
        return ["Aftalens dokument er et andet og er lavet, så filen er ikke taget ind. Behold den i arkivet."]
    for felt, vaerdi in {**original, "genskabt_den": None}.items():
        setattr(dokument, felt, vaerdi)
    dokument.save()
    noter(
        af=None, navn="genindlaes_aftale", objekt=aftale, saetning=f"Filen er dokument nr. {dokument.loebenummer} igen."
    )
    return ["Filen er aftalens dokument igen, byte for byte."]


def _dokument(aftale: Aftale, fil: Datafil, original: Felter) -> Dokument:
    """Under the number and the code it had: the file itself when it is at hand, else made anew in the worker."""
    data = fil.data["dokument"]
    kode = {"kode": data["kode"]} if "kode" in data else {}
    felter = original or {"genskabt_den": tid.nu()}
    dokument = Dokument.objects.create(
        aftale=aftale, indhold=aftale.indhold, loebenummer=data["nummer"], **kode, **felter
    )
    if not original:
        transaction.on_commit(lambda: lav_dokument_opgave.enqueue(dokument.pk))
    return dokument
