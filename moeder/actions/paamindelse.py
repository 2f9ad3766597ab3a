"""The reminders before a meeting, each once: to those who have not prepared (S42), to those who must call it (S30)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from moeder.models import Bidrag, Deltager, Moede
from moeder.queries.forberedelse import mulige_deltagere
from moeder.queries.referat import ledelsen
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.formater import tidspunkt
from samarbejde.kalender import ferier
from samarbejde.models import Besked, Person
from samarbejde.post import fortryd, underret
from samarbejde.posttid import Levering, naeste_posttid

UGE = timedelta(days=7)
# The earliest a reminder can be due: the longest time of LokaleRegler, and the week of the digest before it.
TIDLIGST = timedelta(days=60) + UGE


def paamindelsesnoegle(moede: Moede, person_id: int | str = "") -> str:
    """One mail a meeting and person, for ever; without a person the stem of all of a meeting's."""
    return f"forbered:{moede.pk}:{person_id}"


def mind_om_forberedelse(nu: datetime) -> int:
    """Once a day is enough: who is called, has not sent apologies, has not prepared and was not reminded before."""
    antal = 0
    for moede, deltagere in _efter_moede(_ikke_forberedte(nu)):
        if _er_tiden_inde(moede, nu):
            antal += sum(_mind_om(moede, deltager) for deltager in deltagere)
    return antal


def glem_paamindelse(*, moede: Moede, af: Person, person: Person | None = None) -> None:
    """The reminder that has not left yet is no longer needed: of one person, or of everybody at the meeting."""
    fortryd(paamindelsesnoegle(moede, person.pk if person else ""), af=af)


def _ikke_forberedte(nu: datetime) -> QuerySet[Deltager]:
    kommende = mulige_deltagere().filter(moede__tilstand=Tilstand.INDKALDT, moede__begynder__gt=nu)
    kommende = kommende.filter(moede__begynder__lte=nu + TIDLIGST, forberedt_den=None)
    har_bidraget = Bidrag.objects.filter(punkt__moede=OuterRef("moede"), af=OuterRef("person"))
    kommende = kommende.filter(~Exists(har_bidraget), tilstand__in=[Deltagelse.INVITERET, Deltagelse.ACCEPTERET])
    steder = ("person", "moede__medforum", "moede__forum__enhed", "moede__forum__lokale_regler")
    return kommende.select_related(*steder).order_by("moede", "pk")


def _efter_moede(deltagere: Iterable[Deltager]) -> Iterable[tuple[Moede, list[Deltager]]]:
    """Without those who were reminded before: one more query, however many they are."""
    grupper: dict[int, list[Deltager]] = {}
    for deltager in deltagere:
        grupper.setdefault(deltager.moede_id, []).append(deltager)
    noegler = [paamindelsesnoegle(en.moede, en.person_id) for egne in grupper.values() for en in egne]
    mindet = set(Besked.objects.filter(noegle__in=noegler).values_list("noegle", flat=True))
    for egne in grupper.values():
        venter = [en for en in egne if paamindelsesnoegle(en.moede, en.person_id) not in mindet]
        yield egne[0].moede, venter


def _er_tiden_inde(moede: Moede, nu: datetime) -> bool:
    """`udsendelse` days before; where the digest of that week would come after the meeting, with the one before it.
    A reminder that could only arrive too late is not sent.
    """
    dage = ferier()
    tidligst = tid.fra_lokal(moede.dag - timedelta(days=moede.forum.regler.udsendelse), time())
    if naeste_posttid(tidligst, Levering.LEJLIGHED, dage) >= moede.begynder:
        tidligst -= UGE
    return tidligst <= nu and naeste_posttid(nu, Levering.LEJLIGHED, dage) < moede.begynder


def _mind_om(moede: Moede, deltager: Deltager) -> int:
    besked = underret(
        til=deltager.person,
        emne=f"Forbered dig: {moede.emne}",
        tekst=(
            f"Du er inviteret til {moede.i_en_saetning}, {tidspunkt(moede.begynder)}. "
            "Se dagsordenen, og giv dit bidrag, før mødet begynder."
        ),
        noegle=paamindelsesnoegle(moede, deltager.person_id),
        adresse=reverse("giv_bidrag", args=[moede.kode]),
        levering=Levering.LEJLIGHED,
    )
    return int(besked is not None)


# --- to those who must call ----------------------------------------------------------------------------------------
I_GOD_TID = timedelta(days=2)


def mind_om_indkaldelse(nu: datetime) -> int:
    """A reservation that nobody has called two days before the forum's agendas are sent: its leadership is told, once
    for each date the meeting is set to (S30). Nothing is called or cancelled by itself.
    """
    reserverede = Moede.objects.filter(tilstand=Tilstand.RESERVERET, begynder__gt=nu, begynder__lte=nu + TIDLIGST)
    steder = ("medforum", "forum__enhed", "forum__lokale_regler")
    antal = 0
    for moede in reserverede.select_related(*steder).order_by("pk"):
        if moede.dag - timedelta(days=moede.forum.regler.udsendelse) - I_GOD_TID <= tid.lokal(nu).date():
            antal += sum(_bed_om_indkaldelse(moede, person) for person in ledelsen(moede))
    return antal


def _bed_om_indkaldelse(moede: Moede, person: Person) -> bool:
    besked = underret(
        til=person,
        emne=f"Indkald til mødet: {moede.emne}",
        tekst=(
            f"Der er ikke indkaldt endnu til {moede.i_en_saetning}, {tidspunkt(moede.begynder)}. "
            "Indkald til mødet, eller aflys det."
        ),
        adresse=moede.get_absolute_url(),
        noegle=f"indkald-nu:{moede.pk}:{moede.dag}:{person.pk}",
        levering=Levering.SAMLET,
    )
    return besked is not None
