"""Holding a meeting: it begins, somebody writes, and who came (D21, D24)."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.anmodningsgang import giv_anmodninger_tilbage
from moeder.actions.laas import laas_moede
from moeder.models import Deltager, Moede
from moeder.queries.referat import mulige_referenter, standardreferent
from moeder.states import AKTIVE, REFERATET_SKRIVES, Deltagelse, Deltagelsesovergang, Overgang, Punktovergang
from samarbejde import tid
from samarbejde.formater import antal, klokken
from samarbejde.models import Person
from samarbejde.permissions import Handling
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, kan, skift

FOER_TID = timedelta(hours=1)
FREMMOEDE = {
    Deltagelse.DELTOG: Deltagelsesovergang.DELTOG,
    Deltagelse.DELTOG_IKKE: Deltagelsesovergang.DELTOG_IKKE,
    Deltagelse.AFBUD: Deltagelsesovergang.MELD_AFBUD,
}
IKKE_INVITERET = "Fremmødet kan kun noteres for dem, der er inviteret. Skriv i referatet, hvem der også var med."


def skift_moede(moede: Moede, overgang: StrEnum) -> None:
    """The edge, and since when; saved by whoever calls."""
    foer = moede.tilstand
    skift(moede, overgang)
    if moede.tilstand != foer:
        moede.tilstand_siden = tid.nu()


@transaction.atomic
def hold_moede(*, moede: Moede, af: Person) -> Moede:
    """It begins: from an hour before, never earlier. Nobody chosen to write gets the forum's own rule (S43)."""
    laast = laas_moede(moede, af, Handling.SKRIV_REFERAT)
    if laast.tilstand in REFERATET_SKRIVES:
        return laast
    skift_moede(laast, Overgang.HOLD)
    if tid.nu() < laast.begynder - FOER_TID:
        hvornaar = klokken(laast.begynder - FOER_TID)
        raise IkkeMuligtError(
            f"Mødet kan begyndes tidligst en time før, kl. {hvornaar} på dagen. Flyt mødet, hvis I holder det før."
        )
    if laast.referent_id is None:
        laast.referent = standardreferent(laast) or af
    laast.save(update_fields=["tilstand", "tilstand_siden", "referent"])
    noter(af=af, navn="hold_moede", objekt=laast, saetning=f"Mødet er begyndt. {laast.referent} skriver referat.")
    return laast


@transaction.atomic
def vaelg_referent(*, moede: Moede, person: Person, af: Person) -> Moede:
    """Who writes (D23): somebody with the whole meeting before them, never one invited to a single item."""
    laast = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    if not laast.er_kommende and laast.tilstand not in REFERATET_SKRIVES:
        raise IkkeMuligtError("Referenten kan ikke skiftes længere: referatet er sendt, eller mødet blev ikke holdt.")
    if person not in mulige_referenter(laast):
        besked = f"{person} kan ikke skrive referat her. Vælg en, der er med til hele mødet."
        raise ValidationError({"person": besked})
    if laast.referent_id == person.pk:
        return laast
    foer, laast.referent = laast.referent or "", person
    laast.save(update_fields=["referent"])
    saetning = f"{person} skriver referat af mødet."
    noter(af=af, navn="vaelg_referent", objekt=laast, saetning=saetning, felter={"referent": (foer, person)})
    return laast


@transaction.atomic
def noter_fremmoede(*, moede: Moede, fremmoede: Mapping[int, str], af: Person) -> Moede:
    """Who came, by the key of the invitation (D24): only those invited, and correctable until the minutes are sent."""
    laast = laas_moede(moede, af, Handling.SKRIV_REFERAT)
    skift_moede(laast, Overgang.SKRIV)
    inviterede = laast.deltagere.exclude(art=Deltager.Art.LOKALE).filter(tilstand__in=AKTIVE).in_bulk()
    if not set(fremmoede) <= set(inviterede):
        raise ValidationError(IKKE_INVITERET)
    aendrede = [inviterede[pk] for pk, som in fremmoede.items() if inviterede[pk].tilstand != som]
    if not aendrede:
        return laast
    for deltager in aendrede:
        skift(deltager, FREMMOEDE[Deltagelse(fremmoede[deltager.pk])])
        deltager.save(update_fields=["tilstand"])
    laast.save(update_fields=["tilstand", "tilstand_siden"])
    saetning = f"Fremmødet er noteret for {antal(len(aendrede), 'deltager', 'deltagere')}."
    noter(af=af, navn="noter_fremmoede", objekt=laast, saetning=saetning)
    return laast


@transaction.atomic
def blev_ikke_holdt(*, moede: Moede, af: Person) -> Moede:
    """A called meeting whose time went by: its items wait for the next one, its requests for an answer."""
    laast = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    skift_moede(laast, Overgang.BLEV_IKKE_HOLDT)
    if tid.nu() < laast.slutter:
        raise IkkeMuligtError("Mødets tid er ikke gået endnu. Skal det ikke holdes, så aflys det.")
    laast.save(update_fields=["tilstand", "tilstand_siden"])
    punkter = [punkt for punkt in laast.punkter.all() if kan(punkt, Punktovergang.GEM_TIL_SENERE)]
    for punkt in punkter:
        skift(punkt, Punktovergang.GEM_TIL_SENERE)
        punkt.moede, punkt.version = None, punkt.version + 1
        punkt.save(update_fields=["tilstand", "moede", "version"])
        punkt.deltagere.clear()
    giv_anmodninger_tilbage(moede=laast, af=af)
    saetning = f"Mødet blev ikke holdt. {antal(len(punkter), 'punkt venter', 'punkter venter')} på et nyt møde."
    noter(af=af, navn="blev_ikke_holdt", objekt=laast, saetning=saetning)
    return laast
