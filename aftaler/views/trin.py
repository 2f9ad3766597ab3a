"""The steps of an agreement: Parter, Behov og retning, Mål, Gennemse, Godkendelse."""

from typing import Any

from aftaler import queries
from aftaler.models import Aftale
from aftaler.states import Svar, Tilstand
from samarbejde.models import Person
from samarbejde.permissions import Handling, Rolle, maa
from samarbejde.roller import mine_roller

TRIN = ("Parter", "Behov og retning", "Mål", "Gennemse", "Godkendelse")
# Which of them each page is; a page that is none has no steps.
SIDER = {"parter": 0, "afsnit": 1, "maal": 2, "delmaal": 2, "aktivitet": 2, "gennemse": 3}


def trin(aftale: Aftale, person: Person) -> list[dict[str, Any]]:
    """From parties to approval; the first that is not done is where the agreement is."""
    if aftale.tilstand == Tilstand.KLADDE:
        return _trin_i_kladde(aftale, person)
    if aftale.tilstand == Tilstand.TIL_GODKENDELSE:
        godkendt = sum(part.tilstand == Svar.GODKENDT for part in aftale.parterne)
        alle = sum(part.tilstand != Svar.UDTRAADT for part in aftale.parterne)
        note = f"{godkendt} af {alle} har godkendt"
        return [*(_trin(navn, "faerdig") for navn in TRIN[:4]), _trin(TRIN[4], "her", note, "#parter")]
    return []


def _trin_i_kladde(aftale: Aftale, person: Person) -> list[dict[str, Any]]:
    mangler = queries.mangler_i_trin(aftale)
    her = next((nummer for nummer, liste in enumerate(mangler) if liste), 3)
    maa_sende = maa(person, Handling.SEND_TIL_GODKENDELSE, aftale)
    adresser = (
        "#parter",
        "#tekst",
        "#maal",
        f"{aftale.get_absolute_url()}send-til-godkendelse/" if maa_sende else "",
        "",
    )
    noter = [f"{len(liste)} mangler" if liste else "" for liste in mangler]
    faerdige = [not liste for liste in mangler]
    return [
        _trin(navn, "her" if nummer == her else "faerdig" if nummer < 3 and faerdige[nummer] else "venter", note, sted)
        for nummer, (navn, note, sted) in enumerate(zip(TRIN, [*noter, "", ""], adresser, strict=True))
    ]


def _trin(navn: str, status: str, note: str = "", adresse: str = "") -> dict[str, Any]:
    return {"navn": navn, "status": status, "note": note, "adresse": adresse}


def trin_paa_siden(skabelon: str, aftale: Aftale, person: Person) -> list[dict[str, Any]]:
    """Where one is and the way to the others. Only «Gennemse» has the whole text, and says how far each has come."""
    if skabelon not in SIDER:
        return []
    her = SIDER[skabelon]
    rod = aftale.get_absolute_url()
    er_tovholder = Rolle.SKOLELEDER in mine_roller(person).paa(aftale.tovholder_id)
    send = f"{rod}send-til-godkendelse/" if er_tovholder else ""
    steder = [f"{rod}parter/" if er_tovholder else f"{rod}#parter", f"{rod}afsnit/behov/", f"{rod}#maal", send, ""]
    mangler = [len(liste) for liste in queries.mangler_i_trin(aftale)] if hasattr(aftale, "maalliste") else []
    return [
        _paa_siden(nummer, her, sted, mangler[nummer] if nummer < len(mangler) else None)
        for nummer, sted in enumerate(steder)
    ]


def trin_foer_aftalen() -> list[dict[str, Any]]:
    """Before there is an agreement there is nowhere else to go."""
    return [_trin(navn, "venter" if nummer else "her") for nummer, navn in enumerate(TRIN)]


def _paa_siden(nummer: int, her: int, sted: str, mangler: int | None) -> dict[str, Any]:
    if nummer == her:
        return _trin(TRIN[nummer], "her")
    if mangler is None:
        return _trin(TRIN[nummer], "venter", adresse=sted)
    if mangler:
        return _trin(TRIN[nummer], "fejl", f"{mangler} mangler", sted)
    return _trin(TRIN[nummer], "faerdig", adresse=sted)
