"""From draft to entered: send, answer for one's own party, withdraw, annul (S17)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler import queries
from aftaler.actions.laas import laas
from aftaler.indhold import indhold_af
from aftaler.models import Aftale, Aftalepart, Dokument, Godkendelse
from aftaler.states import Overgang, Svar, Svarovergang, Tilstand
from aftaler.tasks import lav_dokument_opgave
from samarbejde import tid
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

ANDEN_TEKST = "Teksten er ændret, siden du åbnede siden. Læs den nye tekst, før du svarer."
IKKE_TIL_GODKENDELSE = "Aftalen er ikke til godkendelse nu, så der kan ikke svares."


@transaction.atomic
def send_til_godkendelse(*, aftale: Aftale, af: Person) -> Aftale:
    """Lock the text and ask every party (S17). All rules of a whole agreement are checked; approvals of exactly this
    content stand, approvals of another text fall.
    """
    laast = laas(aftale)
    kraev_ret(af, Handling.SEND_TIL_GODKENDELSE, laast)
    skift(laast, Overgang.SEND)
    if fejl := queries.mangler(laast):
        raise ValidationError([mangel.tekst for mangel in fejl])
    laast.indhold = indhold_af(laast)
    _gem_tilstand(laast)
    noter(af=af, navn="send_til_godkendelse", objekt=laast, saetning="Aftalen er sendt til godkendelse.")
    for part in Aftalepart.objects.filter(aftale=laast).select_related("godkendelse"):
        if part.tilstand == Svar.GODKENDT and part.godkendelse.indhold_id != laast.indhold_id:
            _svar(part, Svarovergang.BORTFALD)
        elif part.tilstand == Svar.KAN_IKKE:
            _svar(part, Svarovergang.SPOERG_IGEN)
    _bed_om_svar(laast)
    _indgaa_hvis_alle_har_godkendt(laast)
    return laast


@transaction.atomic
def traek_tilbage(*, aftale: Aftale, af: Person) -> Aftale:
    """Back to draft so that the text can be corrected. Nothing is wiped: unchanged text keeps its approvals."""
    laast = laas(aftale)
    kraev_ret(af, Handling.TRAEK_TILBAGE, laast)
    skift(laast, Overgang.TRAEK_TILBAGE)
    _gem_tilstand(laast)
    noter(af=af, navn="traek_tilbage", objekt=laast, saetning="Aftalen er trukket tilbage til kladde.")
    _fortael(
        laast, "traek_tilbage", f"Aftalen er trukket tilbage til kladde: {laast}", "Teksten kan nu rettes igen.", af
    )
    return laast


@transaction.atomic
def annuller_aftale(*, aftale: Aftale, af: Person, grund: str) -> Aftale:
    """Give up an agreement that was never entered; the district can then start another (S7)."""
    laast = laas(aftale)
    kraev_ret(af, Handling.ANNULLER_AFTALE, laast)
    skift(laast, Overgang.ANNULLER)
    _gem_tilstand(laast)
    felter = {"grund": ("", grund)}
    noter(af=af, navn="annuller_aftale", objekt=laast, saetning="Aftalen er annulleret.", felter=felter)
    _fortael(laast, "annuller", f"Aftalen er annulleret: {laast}", "Du kan se grunden på aftalens side.", af)
    return laast


@transaction.atomic
def godkend(*, part: Aftalepart, af: Person, aftryk: str) -> Aftalepart:
    """Approve for one's own party, bound to the content that was seen (S17). The last approval enters the agreement."""
    laast, egen = _laas_til_svar(part, af, Handling.GODKEND, aftryk)
    tildeling = _lederrolle(egen, af)
    egen.godkendelse = Godkendelse.objects.create(
        part=egen,
        indhold=laast.indhold,
        af=af,
        navn=af.navn,
        titel=tildeling.vist_titel,
        enhedsnavn=egen.enhed.navn,
    )
    _svar(egen, Svarovergang.GODKEND)
    saetning = f"{af.navn}, {tildeling.vist_titel}, har godkendt for {egen.enhed}."
    noter(af=af, navn="godkend", objekt=egen, rod=laast, saetning=saetning, felter={"aftryk": ("", aftryk)})
    _indgaa_hvis_alle_har_godkendt(laast)
    return egen


@transaction.atomic
def kan_ikke_godkende(*, part: Aftalepart, af: Person, aftryk: str, grund: str) -> Aftalepart:
    """«Kan ikke godkende endnu», with a reason: the ball goes to the tovholder, nothing is wiped (decision 12)."""
    laast, egen = _laas_til_svar(part, af, Handling.KAN_IKKE_GODKENDE, aftryk)
    egen.svar_tekst = grund
    _svar(egen, Svarovergang.KAN_IKKE)
    saetning = f"{af.navn} kan ikke godkende endnu for {egen.enhed}."
    noter(af=af, navn="kan_ikke_godkende", objekt=egen, rod=laast, saetning=saetning, felter={"grund": ("", grund)})
    for leder in queries.ledere_af([laast.tovholder_id]):
        underret(
            til=leder.user,
            emne=f"En part kan ikke godkende endnu: {laast}",
            tekst=f"{egen.enhed} kan ikke godkende aftalen endnu. Grunden står på aftalens side.",
            adresse=laast.get_absolute_url(),
            noegle=f"kan_ikke:{egen.pk}:{tid.nu().timestamp()}:{leder.user_id}",
            levering=Levering.STRAKS,
        )
    return egen


def _laas_til_svar(part: Aftalepart, af: Person, handling: Handling, aftryk: str) -> tuple[Aftale, Aftalepart]:
    laast = laas(part.aftale)
    egen = Aftalepart.objects.select_related("enhed").get(pk=part.pk, aftale=laast)
    kraev_ret(af, handling, egen)
    if laast.tilstand != Tilstand.TIL_GODKENDELSE:
        raise IkkeMuligtError(IKKE_TIL_GODKENDELSE)
    if aftryk != laast.indhold_id:
        raise IkkeMuligtError(ANDEN_TEKST)
    return laast, egen


def _lederrolle(part: Aftalepart, af: Person) -> Rolletildeling:
    return queries.ledere_af([part.enhed_id]).filter(user=af).order_by("-er_primaer", "pk")[0]


def _svar(part: Aftalepart, overgang: Svarovergang) -> None:
    skift(part, overgang)
    part.svar_den = tid.nu()
    part.save(update_fields=["tilstand", "svar_den", "svar_tekst", "godkendelse"])


def _gem_tilstand(aftale: Aftale) -> None:
    aftale.tilstand_siden = tid.nu()
    aftale.save(update_fields=["tilstand", "tilstand_siden", "indhold", "indgaaet_den"])


def _indgaa_hvis_alle_har_godkendt(aftale: Aftale) -> None:
    if aftale.parter.exclude(tilstand=Svar.GODKENDT).exists():
        return
    skift(aftale, Overgang.INDGAA)
    aftale.indgaaet_den = tid.nu()
    _gem_tilstand(aftale)
    noter(af=None, navn="indgaa", objekt=aftale, saetning="Alle parter har godkendt. Aftalen er indgået.")
    bestil_dokument(aftale)
    _fortael(
        aftale, "indgaaet", f"Aftalen er indgået: {aftale}", "Alle parter har godkendt, og aftalen gælder nu.", None
    )


def bestil_dokument(aftale: Aftale) -> Dokument:
    """Order the PDF of the entered content; the row is the truth, the task only wakes the worker."""
    nummer = aftale.dokumenter.count() + 1
    dokument = Dokument.objects.create(aftale=aftale, indhold=aftale.indhold, loebenummer=nummer)
    transaction.on_commit(lambda: lav_dokument_opgave.enqueue(dokument.pk))
    return dokument


def _bed_om_svar(aftale: Aftale) -> None:
    for part in aftale.parter.exclude(tilstand=Svar.GODKENDT).select_related("enhed"):
        for leder in queries.ledere_af([part.enhed_id]):
            underret(
                til=leder.user,
                emne=f"Godkend årets aftale: {aftale}",
                tekst=f"Aftalen venter på dit svar for {part.enhed}.",
                adresse=aftale.get_absolute_url(),
                noegle=f"bed_om_svar:{part.pk}:{aftale.tilstand_siden.timestamp()}:{leder.user_id}",
                levering=Levering.STRAKS,
            )


def _fortael(aftale: Aftale, hvad: str, emne: str, tekst: str, af: Person | None) -> None:
    personer = {leder.user_id: leder.user for leder in queries.ledere_af(aftale.parter.values("enhed"))}
    for person in personer.values():
        if af is None or person.pk != af.pk:
            underret(
                til=person,
                emne=emne,
                tekst=tekst,
                adresse=aftale.get_absolute_url(),
                noegle=f"{hvad}:{aftale.pk}:{aftale.tilstand_siden.timestamp()}:{person.pk}",
                levering=Levering.SAMLET,
            )
