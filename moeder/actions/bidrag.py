"""What an invitee brings to the items of a meeting, and «jeg er forberedt» (S42). Only one's own, each with a version:
two windows never overwrite each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from moeder.actions.laas import laas_moede
from moeder.actions.paamindelse import glem_paamindelse
from moeder.actions.punktfiler import laas_til_bidrag, laeg_fil_paa
from moeder.models import Bidrag, Deltager, Moede, Punkt
from moeder.queries.forberedelse import min_invitation, mine_fagligheder
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, KonfliktError

RETTET = "Du har rettet bidraget et andet sted, fx i et andet vindue, mens du skrev her."
FJERNET = "Du har fjernet bidraget et andet sted, fx i et andet vindue, mens du skrev her."
FOR_SENT_AT_FJERNE = "Mødet er begyndt, så bidraget kan ikke fjernes. Du kan stadig rette det."


@transaction.atomic
def giv_bidrag(*, punkt: Punkt, af: Person, art: str, tekst: str, version: int) -> Bidrag:
    """Give a contribution (`version` 0) or correct one's own of that kind. The same one twice is one (S42, S57)."""
    laast = laas_til_bidrag(punkt, af)
    if not tekst:
        raise ValidationError("Skriv dit bidrag, eller lad feltet være.")
    mit = _mit(laast, af, art)
    if mit and mit.tekst == tekst:
        return mit
    _kraev_version(mit, version)
    er_nyt = mit is None
    mit = mit or Bidrag(punkt=laast, af=af, art=art, version=0, **_afsender(laast.moede, af))
    mit.tekst, mit.tekst_html, mit.skrevet_den = tekst, til_html(tekst), tid.nu()
    mit.version += 1
    mit.save()
    saetning = f"Et bidrag ({mit.get_art_display()}) er {'givet' if er_nyt else 'rettet'}."
    noter(af=af, navn="giv_bidrag", objekt=mit, rod=laast.moede, saetning=saetning)
    return mit


@transaction.atomic
def fjern_bidrag(*, punkt: Punkt, af: Person, art: str, version: int) -> None:
    """Take one's own contribution back, until the meeting begins; one that is gone already is gone."""
    laast = laas_til_bidrag(punkt, af)
    mit = _mit(laast, af, art)
    if mit is None:
        return
    if laast.moede.er_begyndt():
        raise IkkeMuligtError(FOR_SENT_AT_FJERNE)
    _kraev_version(mit, version)
    saetning = f"Et bidrag ({mit.get_art_display()}) er fjernet af den, der gav det."
    noter(af=af, navn="fjern_bidrag", objekt=mit, rod=laast.moede, saetning=saetning)
    mit.delete()


@transaction.atomic
def marker_forberedt(*, moede: Moede, af: Person, forberedt: bool = True) -> Deltager:
    """Say that one is prepared, or that one is not after all; said by the invited person, before the meeting."""
    laast = laas_moede(moede, af, Handling.GIV_BIDRAG)
    invitation = min_invitation(laast, af)
    if invitation is None:
        raise IkkeMuligtError("Du er ikke inviteret til mødet, så du kan ikke melde dig forberedt.")
    if not laast.er_kommende or laast.er_begyndt():
        raise IkkeMuligtError("Mødet er begyndt eller aflyst, så det er for sent at melde sig forberedt.")
    if bool(invitation.forberedt_den) == forberedt:
        return invitation
    invitation.forberedt_den = tid.nu() if forberedt else None
    invitation.save(update_fields=["forberedt_den"])
    saetning = "Har meldt sig forberedt til mødet." if forberedt else "Er alligevel ikke forberedt til mødet."
    noter(af=af, navn="marker_forberedt", objekt=invitation, rod=laast, saetning=saetning)
    if forberedt:
        glem_paamindelse(moede=laast, person=af, af=af)
    return invitation


# --- the whole page in one save ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Skrevet:
    """What one touched at an item: a contribution of that kind, or with `fjern` that it is to go."""

    punkt: Punkt
    art: str
    tekst: str
    version: int
    fjern: bool = False


@dataclass(frozen=True)
class Ugemt:
    """What could not be saved, and why; `gemt` is what stands there instead, None when there is nothing to choose."""

    punkt: Punkt
    art: str
    tekst: str
    saetning: str
    gemt: str | None = None
    version: int = 0


@transaction.atomic
def gem_forberedelse(
    *,
    moede: Moede,
    af: Person,
    bidrag: Iterable[Skrevet],
    filer: Iterable[tuple[Punkt, UploadedFile]],
    forberedt: bool | None,
) -> list[Ugemt]:
    """All that can be saved is saved; what somebody else's change stands in the way of is handed back."""
    ugemte = [ugemt for et in bidrag if (ugemt := _gem(et, af))]
    for punkt, fil in filer:
        try:
            laeg_fil_paa(punkt=punkt, upload=fil, af=af)
        except IkkeMuligtError as fejl:
            ugemte.append(Ugemt(punkt, "", f"Filen «{fil.name}»", str(fejl)))
    if forberedt is not None:
        marker_forberedt(moede=moede, af=af, forberedt=forberedt)
    return ugemte


def _gem(et: Skrevet, af: Person) -> Ugemt | None:
    try:
        if et.fjern:
            fjern_bidrag(punkt=et.punkt, af=af, art=et.art, version=et.version)
        else:
            giv_bidrag(punkt=et.punkt, af=af, art=et.art, tekst=et.tekst, version=et.version)
    except KonfliktError as konflikt:
        gemt = konflikt.nu["tekst"] if konflikt.nu else ""
        return Ugemt(et.punkt, et.art, et.tekst, konflikt.saetning, gemt, konflikt.version)
    except IkkeMuligtError as fejl:
        return Ugemt(et.punkt, et.art, et.tekst, str(fejl))
    return None


def _mit(punkt: Punkt, af: Person, art: str) -> Bidrag | None:
    return Bidrag.objects.filter(punkt=punkt, af=af, art=art).first()


def _kraev_version(mit: Bidrag | None, version: int) -> None:
    if (mit.version if mit else 0) == version:
        return
    if mit is None:
        raise KonfliktError({"tekst": ""}, 0, FJERNET)
    raise KonfliktError({"tekst": mit.tekst}, mit.version, RETTET)


def _afsender(moede: Moede, af: Person) -> dict[str, object]:
    """The profession and the unit that stand beside it for ever, whatever the author becomes later (S57)."""
    invitation = min_invitation(moede, af)
    enhed: Enhed | None = invitation.enhed if invitation else moede.forum.enhed
    return {"enhed": enhed, "faglighed": next(iter(mine_fagligheder(moede, af)), None)}
