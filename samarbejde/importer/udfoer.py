"""Carry the difference out, through the same actions as everybody else, with the system as signer."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from samarbejde import actions, organisation
from samarbejde.importer.faelles import Fejl, ImportfejlError, Meld, Raekke
from samarbejde.importer.forskel import Aendring, Arkforskel
from samarbejde.importer.grundlag import Grundlag
from samarbejde.importer.skema import modelfelt
from samarbejde.permissions import Rolle

# Districts and units before what points to them.
RAEKKEFOELGE = ("distrikter", "enheder", "tilknytninger", "personer", "roller", "ferier")
MELD_FOR_HVER = 500
Skridt = Raekke | Aendring


def udfoer(forskelle: list[Arkforskel], grundlag: Grundlag, meld: Meld) -> None:
    """Raises `ImportfejlError` with every row that an action refused; the caller's transaction then leaves no trace."""
    for forskel in sorted(forskelle, key=lambda en: RAEKKEFOELGE.index(en.ark)):
        skridt = list(_i_raekkefoelge(forskel, grundlag))
        if not forskel.aendrede and _alle_paa_en_gang(forskel, grundlag):
            continue
        fejl: list[Fejl] = []
        for nummer, et in enumerate(skridt, start=1):
            fejl += _et_skridt(et, grundlag)
            if nummer % MELD_FOR_HVER == 0:
                meld(f"  {forskel.ark}: {nummer} af {len(skridt)}")
        if fejl:
            raise ImportfejlError(fejl)


def _alle_paa_en_gang(forskel: Arkforskel, grundlag: Grundlag) -> bool:
    """A sheet of new rows in one go. When a rule refuses one of them, they are taken row by row, to say which."""
    if forskel.ark not in OPRET_MANGE or not forskel.nye:
        return False
    try:
        with transaction.atomic():
            OPRET_MANGE[forskel.ark]([raekke.felter for raekke in forskel.nye], grundlag)
    except ValidationError:
        return False
    return True


def _et_skridt(skridt: Skridt, grundlag: Grundlag) -> Iterator[Fejl]:
    raekke = skridt.raekke if isinstance(skridt, Aendring) else skridt
    try:
        if isinstance(skridt, Aendring):
            RET[raekke.ark](skridt, grundlag)
        else:
            OPRET[raekke.ark](raekke.felter, grundlag)
    except ValidationError as fejl:
        yield raekke.fejl("", " ".join(fejl.messages))


def _i_raekkefoelge(forskel: Arkforskel, grundlag: Grundlag) -> Iterator[Skridt]:
    if forskel.ark == "enheder":
        yield from _efterfoelgere_foerst(forskel.nye)
        yield from forskel.aendrede
    elif forskel.ark == "personer":
        yield from _ledig_adresse_foerst([*forskel.aendrede, *forskel.nye], grundlag)
    else:
        # What ends makes room for what begins.
        yield from forskel.aendrede
        yield from forskel.nye


def _efterfoelgere_foerst(nye: list[Raekke]) -> list[Raekke]:
    efter_kode = {raekke.felter["kode"]: raekke for raekke in nye}

    def dybde(raekke: Raekke) -> int:
        trin, naeste = 0, efter_kode.get(raekke.felter.get("efterfoelger"))
        while naeste is not None:
            trin, naeste = trin + 1, efter_kode.get(naeste.felter.get("efterfoelger"))
        return trin

    return sorted(nye, key=dybde)


def _ledig_adresse_foerst(skridt: list[Skridt], grundlag: Grundlag) -> Iterator[Skridt]:
    """Whoever gives up an address comes before whoever takes it over. What is left over waits for itself."""
    optaget = {email: person.pk for email, person in grundlag.personer_efter_email.items()}
    while skridt:
        venter: list[Skridt] = []
        for et in skridt:
            mig, foer, efter = _adresseskift(et)
            if optaget.get(efter, mig) != mig:
                venter.append(et)
                continue
            optaget.pop(foer, None)
            optaget[efter] = mig
            yield et
        if len(venter) == len(skridt):
            yield from venter  # refused by the action, row by row
            return
        skridt = venter


def _adresseskift(skridt: Skridt) -> tuple[Any, str, str]:
    if isinstance(skridt, Aendring):
        return skridt.objekt.pk, skridt.objekt.email, skridt.raekke.felter["email"]
    return 0, "", skridt.felter["email"]


# --- one row -----------------------------------------------------------------------------------------------------
def _modelfelter(ark: str, felter: dict[str, Any], grundlag: Grundlag) -> dict[str, Any]:
    """The file's columns as the model's fields; a successor's kode becomes the unit, a profession's name itself."""
    valgt = {modelfelt(ark, navn): vaerdi for navn, vaerdi in felter.items()}
    if valgt.get("efterfoelger"):
        valgt["efterfoelger"] = grundlag.enheder[valgt["efterfoelger"]]
    if "faglighed" in valgt:
        valgt["faglighed"] = grundlag.fagligheder.get(valgt["faglighed"])
    return valgt


def _opret_enhed(felter: dict[str, Any], grundlag: Grundlag) -> None:
    enhed = organisation.opret_enhed(af=None, **_modelfelter("enheder", felter, grundlag))
    grundlag.enheder[enhed.kode] = enhed


def _opret_distrikt(felter: dict[str, Any], grundlag: Grundlag) -> None:
    distrikt = organisation.opret_distrikt(af=None, **_modelfelter("distrikter", felter, grundlag))
    grundlag.distrikter[distrikt.kode] = distrikt


def _opret_tilknytning(felter: dict[str, Any], grundlag: Grundlag) -> None:
    organisation.tilknyt(
        af=None,
        enhed=grundlag.enheder[felter["enhed"]],
        til=grundlag.distrikter.get(felter["til"]) or grundlag.enheder[felter["til"]],
        gyldig_fra=felter["gyldig_fra"],
        gyldig_til=felter.get("gyldig_til"),
    )


def _opret_person(felter: dict[str, Any], grundlag: Grundlag) -> None:
    person = organisation.opret_person(af=None, **_modelfelter("personer", felter, grundlag))
    grundlag.personer[person.kode] = person


def _opret_personer(raekker: list[dict[str, Any]], grundlag: Grundlag) -> None:
    personer = [_modelfelter("personer", felter, grundlag) for felter in raekker]
    for person in organisation.opret_personer(af=None, personer=personer):
        grundlag.personer[person.kode] = person


def _rolle(felter: dict[str, Any], grundlag: Grundlag) -> dict[str, Any]:
    hvem = {
        "person": grundlag.personer[felter["person"]],
        "rolle": Rolle(felter["rolle"]),
        "enhed": grundlag.enheder[felter["enhed"]],
    }
    detaljer = {navn: vaerdi for navn, vaerdi in felter.items() if navn not in hvem}
    return {**hvem, **_modelfelter("roller", detaljer, grundlag)}


def _opret_rolle(felter: dict[str, Any], grundlag: Grundlag) -> None:
    actions.tildel_rolle(af=None, **_rolle(felter, grundlag))


def _opret_roller(raekker: list[dict[str, Any]], grundlag: Grundlag) -> None:
    actions.tildel_roller(af=None, roller=[_rolle(felter, grundlag) for felter in raekker])


def _opret_ferie(felter: dict[str, Any], grundlag: Grundlag) -> None:
    organisation.opret_ferie(af=None, **felter)


def _ret(argument: str, ret: Callable[..., Any], luk: Callable[..., Any] | None = None) -> Callable[..., None]:
    """`ret` corrects whatever changed; where only an earlier end came, `luk` says so in the trail."""

    def udfoer_en(aendring: Aendring, grundlag: Grundlag) -> None:
        nye = {navn: efter for navn, (_, efter) in aendring.felter.items()}
        slutter = set(nye) == {"gyldig_til"} and _er_foer(nye["gyldig_til"], aendring.felter["gyldig_til"][0])
        handling = luk if luk and slutter else ret
        felter = _modelfelter(aendring.raekke.ark, nye, grundlag)
        objekt = handling(af=None, **{argument: aendring.objekt}, **felter)
        if aendring.raekke.ark == "personer":
            grundlag.personer[objekt.kode] = objekt

    return udfoer_en


def _ret_rolle(aendring: Aendring, grundlag: Grundlag) -> None:
    if "i_fravaer" in aendring.felter:
        raise ValidationError("i_fravaer kan ikke rettes på en rolle, der findes. Afslut den, og giv en ny.")
    _ret("tildeling", actions.ret_rolle, actions.afslut_rolle)(aendring, grundlag)


def _er_foer(ny: date | None, foer: date | None) -> bool:
    return ny is not None and (foer is None or ny < foer)


OPRET: dict[str, Callable[[dict[str, Any], Grundlag], None]] = {
    "enheder": _opret_enhed,
    "distrikter": _opret_distrikt,
    "tilknytninger": _opret_tilknytning,
    "personer": _opret_person,
    "roller": _opret_rolle,
    "ferier": _opret_ferie,
}
OPRET_MANGE: dict[str, Callable[[list[dict[str, Any]], Grundlag], None]] = {
    "personer": _opret_personer,
    "roller": _opret_roller,
}
RET: dict[str, Callable[[Aendring, Grundlag], None]] = {
    "enheder": _ret("enhed", organisation.ret_enhed, organisation.luk_enhed),
    "distrikter": _ret("distrikt", organisation.ret_distrikt, organisation.luk_distrikt),
    "tilknytninger": _ret("tilknytning", organisation.ret_tilknytning, organisation.afslut_tilknytning),
    "personer": _ret("person", organisation.ret_person),
    "roller": _ret_rolle,
    "ferier": _ret("ferie", organisation.ret_ferie),
}
