"""Each party's own answer: approve, «Kan ikke godkende endnu», regret (S17). The last approval enters the agreement."""

from django.db import transaction

from aftaler import queries
from aftaler.actions.breve import fortael_tovholder
from aftaler.actions.indgaaelse import giv_svar, indgaa_hvis_alle_har_godkendt
from aftaler.actions.laas import laas
from aftaler.historik import KLADDESPOR
from aftaler.ledighed import traeder_til
from aftaler.models import Aftale, Aftalepart, Godkendelse
from aftaler.states import LEVENDE, Svarovergang, Tilstand
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling, Rolle, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

Egenskab = Godkendelse.Egenskab
PAA_VEGNE_AF = {Egenskab.KLYNGELEDER, Egenskab.SKOLELEDER}
ANDEN_TEKST = "Teksten er ændret, siden du åbnede siden. Læs den nye tekst, før du svarer."
IKKE_TIL_GODKENDELSE = "Aftalen er ikke til godkendelse nu, så der kan ikke svares."
FOR_SENT = "Aftalen er ikke længere ved at blive til, så godkendelsen kan ikke trækkes tilbage."


@transaction.atomic
def godkend(*, part: Aftalepart, af: Person, aftryk: str) -> Aftalepart:
    """Approve for one's own party, bound to the content that was seen (S17)."""
    laast, egen = _laas_til_svar(part, af, Handling.GODKEND, aftryk)
    hvem = underskriv(egen, laast, af)
    giv_svar(egen, Svarovergang.GODKEND)
    hvordan = "på vegne af" if egen.godkendelse.egenskab in PAA_VEGNE_AF else "for"
    saetning = f"{hvem}, har godkendt {hvordan} {egen.enhed}."
    noter(af=af, navn="godkend", objekt=egen, rod=laast, saetning=saetning, felter={"aftryk": ("", aftryk)})
    indgaa_hvis_alle_har_godkendt(laast)
    return egen


@transaction.atomic
def kan_ikke_godkende(*, part: Aftalepart, af: Person, aftryk: str, grund: str) -> Aftalepart:
    """«Kan ikke godkende endnu», with a reason: the ball goes to the tovholder, nothing is wiped (decision 12)."""
    laast, egen = _laas_til_svar(part, af, Handling.KAN_IKKE_GODKENDE, aftryk)
    egen.svar_tekst = grund
    giv_svar(egen, Svarovergang.KAN_IKKE)
    saetning = f"{af.navn} kan ikke godkende endnu for {egen.enhed}."
    felter = {"grund": ("", grund)}
    noter(spor=KLADDESPOR, af=af, navn="kan_ikke_godkende", objekt=egen, rod=laast, saetning=saetning, felter=felter)
    fortael_tovholder(
        egen,
        laast,
        hvad="kan_ikke",
        emne="En part kan ikke godkende endnu",
        tekst=f"{egen.enhed} kan ikke godkende aftalen endnu. Grunden står på aftalens side.",
    )
    return egen


@transaction.atomic
def fortryd_godkendelse(*, part: Aftalepart, af: Person) -> Aftalepart:
    """Take one's own party's approval back, as long as the agreement is not entered. What was said stays in the trail,
    and the party can approve again (S17).
    """
    laast, egen = laas_part(part, af, Handling.FORTRYD_GODKENDELSE)
    if laast.tilstand not in LEVENDE:
        raise IkkeMuligtError(FOR_SENT)
    giv_svar(egen, Svarovergang.FORTRYD)
    saetning = f"{af.navn} har trukket godkendelsen for {egen.enhed} tilbage."
    noter(af=af, navn="fortryd_godkendelse", objekt=egen, rod=laast, saetning=saetning)
    fortael_tovholder(
        egen,
        laast,
        hvad="fortryd",
        emne="En godkendelse er trukket tilbage",
        tekst=f"{egen.enhed} har trukket sin godkendelse af aftalen tilbage. Tal med lederen om, hvad der skal ske.",
    )
    return egen


def laas_part(part: Aftalepart, af: Person, handling: Handling) -> tuple[Aftale, Aftalepart]:
    laast = laas(part.aftale)
    egen = Aftalepart.objects.select_related("enhed").get(pk=part.pk, aftale=laast)
    kraev_ret(af, handling, egen)
    return laast, egen


def _laas_til_svar(part: Aftalepart, af: Person, handling: Handling, aftryk: str) -> tuple[Aftale, Aftalepart]:
    laast, egen = laas_part(part, af, handling)
    if laast.tilstand != Tilstand.TIL_GODKENDELSE:
        raise IkkeMuligtError(IKKE_TIL_GODKENDELSE)
    if aftryk != laast.indhold_id:
        raise IkkeMuligtError(ANDEN_TEKST)
    return laast, egen


def underskriv(part: Aftalepart, aftale: Aftale, af: Person) -> str:
    """The signature of this moment on the content of this moment; name and title, for the trail."""
    tildeling, egenskab = _som(part, af)
    part.godkendelse = Godkendelse.objects.create(
        part=part,
        indhold=aftale.indhold,
        af=af,
        navn=af.navn,
        titel=tildeling.vist_titel,
        enhedsnavn=part.enhed.navn,
        egenskab=egenskab,
    )
    return f"{af.navn}, {tildeling.vist_titel}"


def _som(part: Aftalepart, af: Person) -> tuple[Rolletildeling, Egenskab]:
    """The role by which the person answers for the unit: its own leader, a deputy, or who acts in a vacancy."""
    egne = queries.ledere_af([part.enhed_id]).filter(user=af).order_by("i_fravaer", "-er_primaer", "pk")
    if tildeling := egne.first():
        return tildeling, Egenskab.STEDFORTRAEDER if tildeling.i_fravaer else Egenskab.LEDER
    tildeling = traeder_til(part.enhed).filter(user=af).order_by("i_fravaer", "pk")[0]
    return tildeling, Egenskab.SKOLELEDER if tildeling.rolle == Rolle.SKOLELEDER else Egenskab.KLYNGELEDER
