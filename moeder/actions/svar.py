"""The invited person's own answer, in the app or by the link in the mail (D24, S35)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from moeder.actions.paamindelse import glem_paamindelse
from moeder.actions.repraesentant import giv_pladsen_tilbage
from moeder.actions.udsendelse import noegle_for, send_indkaldelser
from moeder.models import Deltager, Moede
from moeder.models.faelles import aftryk
from moeder.queries.svar import hvorfor_ikke, lederne_af, moedets_ledelse
from moeder.states import Deltagelse, Deltagelsesovergang
from samarbejde import tid
from samarbejde.formater import tidspunkt
from samarbejde.models import Besked, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import fortryd, underret
from samarbejde.posttid import Levering
from samarbejde.roller import glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

ET_DOEGN = timedelta(days=1)
LINKET_VIRKER_IKKE = "Linket virker ikke længere. Log ind, og svar på mødets side."


@transaction.atomic
def svar_paa_indkaldelse(
    *, deltager: Deltager, ja: bool, af: Person, grund: str = "", svarnoegle: str = ""
) -> Deltager:
    """Yes or no, and another answer any time until the meeting begins. Any answer burns the link of the mail;
    `svarnoegle` is the key of an answer given by it.
    """
    laast = _laas(deltager)
    if svarnoegle and not constant_time_compare(laast.svarnoegle, aftryk(svarnoegle)):
        raise IkkeMuligtError(LINKET_VIRKER_IKKE)
    kraev_ret(af, Handling.SVAR_PAA_INDKALDELSE, laast)
    if grunden := hvorfor_ikke(laast.moede):
        raise IkkeMuligtError(grunden)
    samme = (Deltagelse.ACCEPTERET if ja else Deltagelse.AFBUD, "" if ja else grund)
    laast.svarnoegle = ""
    if (laast.tilstand, laast.svar_tekst) == samme:
        laast.save(update_fields=["svarnoegle"])
        return laast
    foer = laast.tilstand
    skift(laast, Deltagelsesovergang.SIG_JA if ja else Deltagelsesovergang.MELD_AFBUD)
    laast.svar_den, laast.svar_tekst, laast.tidligere_svar = tid.nu(), samme[1], ""
    laast.save(update_fields=["tilstand", "svar_den", "svar_tekst", "tidligere_svar", "svarnoegle"])
    saetning = f"{laast.person} {'deltager' if ja else 'har meldt afbud'}."
    noter(af=af, navn="svar_paa_indkaldelse", objekt=laast, rod=laast.moede, saetning=saetning)
    _ret_mailen(laast)
    if foer != laast.tilstand:
        _fortael(laast, foer)
        if not ja:
            glem_paamindelse(moede=laast.moede, person=laast.person, af=af)
    return laast


def _ret_mailen(deltager: Deltager) -> None:
    """A call that has not left yet no longer asks for the answer that is here, by a link that is burnt."""
    if Besked.objects.venter().filter(noegle=noegle_for(deltager.moede, deltager)).exists():
        send_indkaldelser(deltager.moede, [deltager])


def _laas(deltager: Deltager) -> Deltager:
    """The meeting first, as every action on it; then the invitation as it is now."""
    Moede.objects.select_for_update(of=("self",)).get(pk=deltager.moede_id)
    glem_roller()
    deltagere = Deltager.objects.select_related("moede__forum__enhed", "moede__medforum", "enhed", "person")
    return deltagere.get(pk=deltager.pk)


# --- who hears of it ---------------------------------------------------------------------------------------------
def _fortael(deltager: Deltager, foer: str) -> None:
    """A decline: whoever calls the meeting, and the leader who may name another (S35); a substitute's gives the seat
    back (D24). A yes is seen on the page.
    """
    stamme = f"afbud:{deltager.pk}"
    if deltager.tilstand == Deltagelse.ACCEPTERET and foer == Deltagelse.AFBUD:
        if not fortryd(stamme, deltager.person):
            _skriv(deltager, stamme, moedets_ledelse(deltager.moede), "deltager alligevel i", "Nu kommer")
        return
    if deltager.tilstand == Deltagelse.AFBUD:
        _skriv(deltager, stamme, moedets_ledelse(deltager.moede), "har meldt afbud til", "Afbud fra")
        if giv_pladsen_tilbage(deltager) is not None:
            return
        if deltager.art == Deltager.Art.FAST and deltager.enhed is not None:
            _bed_om_en_anden(deltager, f"{stamme}:leder")


def _skriv(deltager: Deltager, stamme: str, modtagere: Iterable[Person], har_gjort: str, emne: str) -> None:
    m = deltager.moede
    for person in modtagere:
        if person.pk != deltager.person_id:
            underret(
                til=person,
                emne=f"{emne} {deltager.person}: {m.emne}",
                tekst=f"{deltager.person} {har_gjort} {m.i_en_saetning}, {tidspunkt(m.begynder)}.",
                adresse=m.get_absolute_url(),
                noegle=f"{stamme}:{person.pk}",
                levering=_levering(m),
                erstat=True,
            )


def _bed_om_en_anden(deltager: Deltager, stamme: str) -> None:
    """The person who represents the unit cannot come: its leader may send another to this meeting."""
    m = deltager.moede
    for leder in lederne_af(deltager.enhed):
        if leder.pk != deltager.person_id:
            underret(
                til=leder,
                emne=f"Afbud for {deltager.enhed}: {m.emne}",
                tekst=(
                    f"{deltager.person} kan ikke deltage for {deltager.enhed} i {m.i_en_saetning}, "
                    f"{tidspunkt(m.begynder)}. Du kan vælge en anden."
                ),
                adresse=reverse("vaelg_repraesentant", args=[m.kode, deltager.pk]),
                noegle=f"{stamme}:{leder.pk}",
                levering=_levering(m),
                erstat=True,
            )


def _levering(moede: Moede) -> Levering:
    """At once when the meeting is within a day; else it can wait for the next digest."""
    return Levering.STRAKS if moede.begynder - tid.nu() <= ET_DOEGN else Levering.SAMLET
