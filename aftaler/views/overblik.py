"""What the page of an agreement says at a glance, worked out before the template: its loops are flat and cheap."""

from typing import Any

from aftaler import queries
from aftaler.models import Aftale, Aftalepart, Aktivitet
from aftaler.states import Overgang, Svar, Tilstand
from samarbejde.formater import dato_kort, dato_uden_ugedag
from samarbejde.models import Person
from samarbejde.permissions import Handling, maa
from samarbejde.tilstande import kan

SVARFARVER = {Svar.GODKENDT: "success", Svar.KAN_IKKE: "warning", Svar.BORTFALDET: "warning"}


# --- the parties -------------------------------------------------------------------------------------------------


def parter(aftale: Aftale, med_svar: bool) -> list[dict[str, Any]]:
    return [_part(part, med_svar) for part in aftale.parter.all()]


def _part(part: Aftalepart, med_svar: bool) -> dict[str, Any]:
    enhed = part.enhed
    om = [enhed.get_art_display(), "frivillig part" if part.er_frivillig else "", part.begrundelse if med_svar else ""]
    raekke = {"navn": enhed.navn, "slug": enhed.slug, "om": ", ".join(filter(None, om))}
    if med_svar:
        raekke |= {
            "svar": part.get_tilstand_display(),
            "farve": SVARFARVER.get(part.tilstand, "neutral"),
            "af": _svar_af(part),
            "grund": part.svar_tekst if part.tilstand == Svar.KAN_IKKE else "",
        }
    return raekke


def _svar_af(part: Aftalepart) -> str:
    """As signed: the name and title of that moment (S17)."""
    if part.svar_den is None:
        return ""
    hvornaar = dato_uden_ugedag(part.svar_den)
    if part.tilstand == Svar.GODKENDT:
        return f"{part.godkendelse.navn}, {part.godkendelse.titel}, {hvornaar}"
    return hvornaar if part.tilstand == Svar.KAN_IKKE else ""


# --- the text ----------------------------------------------------------------------------------------------------


def klargoer(aftale: Aftale) -> Aftale:
    """One line under each activity: who answers for it, and when."""
    for maal in aftale.maalliste:
        for delmaal in maal.delmaalliste:
            for aktivitet in delmaal.aktivitetsliste:
                aktivitet.linje = _linje(aktivitet)
    return aftale


def _linje(aktivitet: Aktivitet) -> str:
    hvem = ", ".join(aktivitet.ansvarligliste) or "Ingen ansvarlig valgt"
    hvornaar = _periode(aktivitet)
    return f"{hvem} · {hvornaar}" if hvornaar else hvem


def _periode(aktivitet: Aktivitet) -> str:
    fra, til = aktivitet.fra, aktivitet.til_og_med
    if fra and til:
        return dato_kort(fra) if fra == til else f"{dato_kort(fra)} – {dato_kort(til)}"
    if fra:
        return f"fra {dato_kort(fra)}"
    return f"til og med {dato_kort(til)}" if til else ""


# --- what can be done --------------------------------------------------------------------------------------------


def kan_rette(aftale: Aftale, person: Person) -> bool:
    return kan(aftale, Overgang.RET) and maa(person, Handling.SKRIV_AFTALE, aftale)


def kan_annulleres(aftale: Aftale, person: Person) -> bool:
    return kan(aftale, Overgang.ANNULLER) and maa(person, Handling.ANNULLER_AFTALE, aftale)


def handlinger(aftale: Aftale, person: Person) -> list[dict[str, str]]:
    """My own next step first; the first is the prominent one."""
    rod = aftale.get_absolute_url()
    if aftale.tilstand == Tilstand.TIL_GODKENDELSE:
        svar = [
            {"navn": f"Godkend for {part.enhed.navn}", "adresse": f"{rod}parter/{part.enhed.slug}/godkend/"}
            for part in aftale.parter.all()
            if part.tilstand != Svar.GODKENDT and maa(person, Handling.GODKEND, part)
        ]
        traek = {"navn": "Træk tilbage til kladde", "adresse": f"{rod}traek-tilbage/", "slags": "secondary"}
        return [*svar, *([traek] if maa(person, Handling.TRAEK_TILBAGE, aftale) else [])]
    if kan(aftale, Overgang.SEND) and maa(person, Handling.SEND_TIL_GODKENDELSE, aftale):
        return [{"navn": "Gennemse og send til godkendelse", "adresse": f"{rod}send-til-godkendelse/"}]
    return []


def trin(aftale: Aftale, person: Person) -> list[dict[str, Any]]:
    """From parties to approval; the first that is not done is where the agreement is."""
    if aftale.tilstand not in {Tilstand.KLADDE, Tilstand.TIL_GODKENDELSE}:
        return []
    rod, er_kladde = aftale.get_absolute_url(), aftale.tilstand == Tilstand.KLADDE
    parter_, tekst, maal = queries.mangler_i_trin(aftale)
    godkendt = sum(part.tilstand == Svar.GODKENDT for part in aftale.parter.all())
    navne = ("Parter", "Behov og retning", "Mål", "Gennemse", "Godkendelse")
    steder = ("#parter", "#tekst", "#maal", "", "#parter")
    noter = [_mangler(liste) for liste in (parter_, tekst, maal)]
    noter += ["", "" if er_kladde else f"{godkendt} af {len(aftale.parter.all())} har godkendt"]
    status = ["venter" if liste else "faerdig" for liste in (parter_, tekst, maal)]
    status += ["venter" if er_kladde else "faerdig", "venter"]
    status[status.index("venter")] = "her"
    adresser = [f"{rod}{sted}" if sted and (er_kladde or sted == "#parter") else None for sted in steder]
    if er_kladde and maa(person, Handling.SEND_TIL_GODKENDELSE, aftale):
        adresser[3] = f"{rod}send-til-godkendelse/"
    return [
        {"navn": navn, "status": et, "note": note, "adresse": adresse}
        for navn, et, note, adresse in zip(navne, status, noter, adresser, strict=True)
    ]


def _mangler(liste: list[Any]) -> str:
    return f"{len(liste)} mangler" if liste else ""
