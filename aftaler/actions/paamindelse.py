"""Reminders of an answer: only to those who are missing, every fortnight, and none after a last day (S17)."""

from datetime import date, datetime, timedelta

from aftaler.aarshjul import aarshjul
from aftaler.actions.breve import mind_om_svar
from aftaler.models import Aftale, Aftalepart
from aftaler.states import MANGLER_SVAR, Svar, Tilstand
from samarbejde import tid

# Who said no has answered: then the ball is the tovholder's.
MANGLER = MANGLER_SVAR - {Svar.KAN_IKKE}
FOERSTE = timedelta(days=7)
MELLEM = timedelta(days=14)
LAENGST = timedelta(days=56)
# A night that did not run is made up for within three days; after that the reminder is left out.
FORSINKET = 3


def paamindelser(aftale: Aftale) -> list[date]:
    """The days of this round: a week before the deadline, or a week after it was sent when that is later; the last is
    within eight weeks. Then silence: the tovholder can enter without those who never answer (case 39).
    """
    sendt, frist = tid.lokal(aftale.tilstand_siden).date(), aarshjul(aftale.skoleaar).frist
    foerste, sidste = max(sendt + FOERSTE, frist - FOERSTE), max(sendt, frist) + LAENGST
    return [foerste + MELLEM * nummer for nummer in range((sidste - foerste) // MELLEM + 1)]


def mind_om_svarene(nu: datetime) -> int:
    """Nightly and idempotent: the latest day that has come, once for each who is missing."""
    dag = tid.lokal(nu).date()
    parter = Aftalepart.objects.filter(aftale__tilstand=Tilstand.TIL_GODKENDELSE, tilstand__in=MANGLER)
    antal = 0
    for part in parter.select_related("enhed", "aftale__distrikt").order_by("pk"):
        dage = paamindelser(part.aftale)
        if dag in {naaet + timedelta(days=forsinket) for naaet in dage for forsinket in range(FORSINKET)}:
            nummer = sum(naaet <= dag for naaet in dage)
            antal += mind_om_svar(part, nummer=nummer, er_sidste=nummer == len(dage))
    return antal
