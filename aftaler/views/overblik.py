"""What the page of an agreement says at a glance, worked out before the template: its loops are flat and cheap."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from aftaler import queries
from aftaler.heletekst import fyld_indhold
from aftaler.models import Aftale, Aftalepart, Aktivitet
from aftaler.pladser import aabne_pladser, er_i_kraft, hindring
from aftaler.states import LEVENDE, MANGLER_SVAR, UDKAST, Overgang, Svar, Svarovergang, Tilstand
from aftaler.views.daekning import daekning
from samarbejde import tid
from samarbejde.formater import dato_kort, dato_uden_ugedag, opremsning
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, maa
from samarbejde.tilstande import kan

SVARFARVER = {
    Svar.GODKENDT: "success",
    Svar.TILTRAADT: "success",
    Svar.KAN_IKKE: "warning",
    Svar.BORTFALDET: "warning",
    Svar.TRUKKET: "warning",
}


# --- the parties -------------------------------------------------------------------------------------------------


def parter(aftale: Aftale, med_svar: bool) -> list[dict[str, Any]]:
    aabne = {part.pk for part in aabne_pladser(aftale)}
    return [_part(part, med_svar, part.pk in aabne) for part in aftale.parterne]


def med_i_aftalen(aftale: Aftale) -> list[dict[str, Any]]:
    """Those who entered or acceded; of a draft, all who have not left."""
    er_med = {Svar.GODKENDT, Svar.TILTRAADT} if aftale.tilstand not in UDKAST else {*Svar} - {Svar.UDTRAADT}
    return [_part(part, med_svar=False, er_aaben=False) for part in aftale.parterne if part.tilstand in er_med]


def har_svar(aftale: Aftale) -> bool:
    """Answers are shown from the moment they are asked for; in a draft only those that still stand."""
    if aftale.tilstand == Tilstand.KLADDE:
        return any(part.tilstand != Svar.AFVENTER for part in aftale.parterne)
    return aftale.tilstand != Tilstand.ANNULLERET


def _part(part: Aftalepart, med_svar: bool, er_aaben: bool) -> dict[str, Any]:
    enhed = part.enhed
    om = [enhed.get_art_display(), "frivillig part" if part.er_frivillig else "", part.begrundelse if med_svar else ""]
    raekke = {"navn": enhed.navn, "slug": enhed.slug, "om": ", ".join(filter(None, om))}
    if med_svar:
        raekke |= {
            "svar": f"{part.get_tilstand_display()}, pladsen står åben" if er_aaben else part.get_tilstand_display(),
            "farve": SVARFARVER.get(part.tilstand, "neutral"),
            "af": _svar_af(part),
            "grund": part.svar_tekst if part.tilstand in {Svar.KAN_IKKE, Svar.UDTRAADT} else "",
        }
    return raekke


def _svar_af(part: Aftalepart) -> str:
    """As signed: the name and title of that moment (S17)."""
    if part.svar_den is None:
        return ""
    if part.tilstand == Svar.UDTRAADT:
        return dato_uden_ugedag(part.udtraadt_den)
    hvornaar = dato_uden_ugedag(part.svar_den)
    if part.tilstand in {Svar.GODKENDT, Svar.TILTRAADT}:
        return f"{part.godkendelse.underskrift}, {hvornaar}"
    return hvornaar if part.tilstand in {Svar.KAN_IKKE, Svar.TRUKKET} else ""


# --- the text ----------------------------------------------------------------------------------------------------


def med_tekst(aftale: Aftale) -> Aftale:
    """The whole text as the template writes it out: `tekst`, in plain values, for 84 activities are many look-ups.

    What is marked safe is `prosa.til_html` of what was typed, as it was stored, and nothing else.
    """
    aftale.tekst = [_maal(maal) for maal in fyld_indhold(aftale).maalliste]
    aftale.daekning = daekning(aftale)
    return aftale


def _maal(maal: Any) -> dict[str, Any]:
    return {
        "noegle": maal.noegle,
        "titel": maal.titel,
        "omraader": " · ".join(f"{nummer}. {navn}" for nummer, navn in maal.omraadeliste),
        "intentioner": opremsning(maal.intentioner.split(", ")),
        "beskrivelse": mark_safe(maal.beskrivelse_html),  # noqa: S308
        "realisering": mark_safe(maal.realisering_html),  # noqa: S308
        "delmaal": [_delmaal(delmaal, f"{maal.noegle}/delmaal/{delmaal.noegle}") for delmaal in maal.delmaalliste],
    }


def _delmaal(delmaal: Any, sted: str) -> tuple[str, str, str, list[tuple[str, str, str]]]:
    aktiviteter = [(et.titel, _linje(et), _krop(et)) for et in delmaal.aktivitetsliste]
    return delmaal.titel, sted, mark_safe(delmaal.beskrivelse_html), aktiviteter  # noqa: S308


def i_korte_traek(aftale: Aftale) -> list[dict[str, Any]]:
    """Each goal with its areas, and under each sub-goal what is done and by whom; the long texts are left out."""
    return [
        {
            "titel": maal.titel,
            "omraader": " · ".join(f"{nummer}. {navn}" for nummer, navn in maal.omraadeliste),
            "delmaal": [
                (delmaal.titel, [(et.titel, _linje(et)) for et in delmaal.aktivitetsliste])
                for delmaal in maal.delmaalliste
            ],
        }
        for maal in fyld_indhold(aftale).maalliste
    ]


def _krop(aktivitet: Any) -> str:
    tegn = format_html("<p>Tegn på at det lykkes: {}</p>", aktivitet.tegn) if aktivitet.tegn else ""
    return mark_safe(aktivitet.beskrivelse_html + tegn)  # noqa: S308


def _linje(aktivitet: Any) -> str:
    """Under an activity: who answers for it, and when."""
    slags = "Tiltag" if aktivitet.art == Aktivitet.Art.TILTAG else ""
    hvem = ", ".join(aktivitet.ansvarligliste) or "Ingen ansvarlig valgt"
    return " · ".join(filter(None, [slags, hvem, _periode(aktivitet)]))


def _periode(aktivitet: Any) -> str:
    fra, til = aktivitet.fra, aktivitet.til_og_med
    if fra and til:
        return dato_kort(fra) if fra == til else f"{dato_kort(fra)} – {dato_kort(til)}"
    if fra:
        return f"fra {dato_kort(fra)}"
    return f"til og med {dato_kort(til)}" if til else ""


# --- what can be done --------------------------------------------------------------------------------------------


def muligheder(aftale: Aftale, person: Person) -> dict[str, Any]:
    """What stands as links below the text."""
    return {
        "kan_vaelge_parter": kan_vaelge_parter(aftale, person),
        "koordinatorskoler": koordinatorskoler(aftale, person),
        "kan_fortrydes": kan_fortrydes(aftale, person),
        "kan_lade_udtraede": kan_lade_udtraede(aftale, person),
        "kan_faa_ny_version": kan_faa_ny_version(aftale, person),
        "kan_optage": kan_optage(aftale, person),
        "kan_ophaeves": kan_ophaeves(aftale, person),
        "kan_annulleres": kan_annulleres(aftale, person),
    }


def kan_rette(aftale: Aftale, person: Person) -> bool:
    return kan(aftale, Overgang.RET) and maa(person, Handling.SKRIV_AFTALE, aftale)


def kan_vaelge_parter(aftale: Aftale, person: Person) -> bool:
    return kan(aftale, Overgang.RET) and maa(person, Handling.VAELG_PARTER, aftale)


def kan_annulleres(aftale: Aftale, person: Person) -> bool:
    return kan(aftale, Overgang.ANNULLER) and maa(person, Handling.ANNULLER_AFTALE, aftale)


def kan_ophaeves(aftale: Aftale, person: Person) -> bool:
    return er_i_kraft(aftale, tid.i_dag()) and maa(person, Handling.OPHAEV_AFTALE, aftale)


def kan_faa_ny_version(aftale: Any, person: Person) -> bool:
    """`aftale` is that of its page, which knows whether a newer version is there."""
    aktuel = er_i_kraft(aftale, tid.i_dag()) and aftale.ny_version is None
    return aktuel and maa(person, Handling.LAV_NY_VERSION, aftale)


def kan_faa_anden_tovholder(aftale: Aftale, person: Person) -> bool:
    aktuel = aftale.tilstand in LEVENDE or er_i_kraft(aftale, tid.i_dag())
    return aktuel and maa(person, Handling.SKIFT_TOVHOLDER, aftale)


def kan_optage(aftale: Aftale, person: Person) -> bool:
    aktuel = aftale.tilstand == Tilstand.TIL_GODKENDELSE or er_i_kraft(aftale, tid.i_dag())
    return aktuel and maa(person, Handling.OPTAG_PART, aftale)


def kan_lade_udtraede(aftale: Aftale, person: Person) -> bool:
    aktuel = aftale.tilstand in LEVENDE or er_i_kraft(aftale, tid.i_dag())
    return aktuel and maa(person, Handling.LAD_UDTRAEDE, aftale)


def handlinger(aftale: Aftale, person: Person) -> list[dict[str, str]]:
    """My own next step first; the first is the prominent one."""
    rod = aftale.get_absolute_url()
    if aftale.tilstand == Tilstand.TIL_GODKENDELSE:
        return _i_godkendelse(aftale, person, rod)
    if er_i_kraft(aftale, tid.i_dag()):
        return _aabne(aftale, person, rod)
    mangler = queries.mangler(aftale) if kan_rette(aftale, person) else []
    videre = [{"navn": "Skriv det næste, der mangler", "adresse": mangler[0].adresse}] if mangler else []
    if kan(aftale, Overgang.SEND) and maa(person, Handling.SEND_TIL_GODKENDELSE, aftale):
        videre.append({"navn": "Gennemse og send til godkendelse", "adresse": f"{rod}send-til-godkendelse/"})
    return videre


def _i_godkendelse(aftale: Aftale, person: Person, rod: str) -> list[dict[str, str]]:
    svar = [
        {"navn": f"{_godkend(part)} for {part.enhed.navn}", "adresse": f"{rod}parter/{part.enhed.slug}/godkend/"}
        for part in aftale.parterne
        if part.tilstand in MANGLER_SVAR and maa(person, Handling.GODKEND, part)
    ]
    traek = {"navn": "Træk tilbage til kladde", "adresse": f"{rod}traek-tilbage/", "slags": "secondary"}
    return [*svar, *_uden_svar(aftale, person), *([traek] if maa(person, Handling.TRAEK_TILBAGE, aftale) else [])]


def _aabne(aftale: Aftale, person: Person, rod: str) -> list[dict[str, str]]:
    return [
        {"navn": f"Tiltræd for {part.enhed.navn}", "adresse": f"{rod}parter/{part.enhed.slug}/tiltraed/"}
        for part in aabne_pladser(aftale)
        if maa(person, Handling.TILTRAED, part)
    ]


def _uden_svar(aftale: Aftale, person: Person) -> list[dict[str, str]]:
    if hindring(aftale, tid.i_dag()) or not maa(person, Handling.INDGAA_UDEN_SVAR, aftale):
        return []
    adresse = f"{aftale.get_absolute_url()}indgaa-uden-svar/"
    return [{"navn": "Indgå uden dem, der ikke har svaret", "adresse": adresse, "slags": "secondary"}]


def _godkend(part: Aftalepart) -> str:
    return "Se forskellen, og godkend" if part.tilstand == Svar.BORTFALDET else "Godkend"


def kan_fortrydes(aftale: Aftale, person: Person) -> list[Enhed]:
    """The parties whose approval is the person's to take back, until the agreement is entered."""
    if aftale.tilstand not in LEVENDE:
        return []
    godkendte = (part for part in aftale.parterne if kan(part, Svarovergang.FORTRYD))
    return [part.enhed for part in godkendte if maa(person, Handling.FORTRYD_GODKENDELSE, part)]


def koordinatorskoler(aftale: Aftale, person: Person) -> list[Aftalepart]:
    """The schools whose coordinators the person may let write, or stop."""
    if aftale.tilstand not in LEVENDE:
        return []
    skoler = (part for part in aftale.parterne if part.enhed.art == Enhed.Art.SKOLE)
    return [part for part in skoler if maa(person, Handling.LAD_KOORDINATOR_SKRIVE, part)]
