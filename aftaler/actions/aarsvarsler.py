"""What the årshjul asks for, said in good time to those it concerns: planned backwards from its dates (D3)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from aftaler.aarshjul import aarshjul
from aftaler.actions.breve import lederne
from aftaler.models import Aftale
from aftaler.queries import folkeskoler, mulige_parter
from aftaler.states import TAELLER_IKKE, Svar, Tilstand
from samarbejde import tid
from samarbejde.formater import dato_uden_ugedag
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn

FOER_FRISTEN = (timedelta(days=28), timedelta(days=7))
FOER_STATUS = timedelta(days=14)
# A night that did not run is made up for within three days; after that the reminder is left out.
FORSINKET = 3


def varsl_efter_aarshjulet(nu: datetime) -> int:
    """Nightly and idempotent: the same reminder to the same person is one mail."""
    dag = tid.lokal(nu).date()
    dette = skoleaar_for(dag)
    return sum(_varsl(aar, dag) for aar in (dette, dette + 1))


def _varsl(aar: int, dag: date) -> int:
    hjul, navn = aarshjul(aar), skoleaar_navn(aar)
    frist, antal = dato_uden_ugedag(hjul.frist), 0
    senest = f"Aftalen skal være indgået senest {frist}."
    if _er_naaet(hjul.kladde_aabner, dag):
        antal += _til_dem_uden(aar, "aabner", f"Aftalen for {navn} kan oprettes", f"Kladden er åben. {senest}")
    for nummer, foer in enumerate(FOER_FRISTEN):
        if _er_naaet(hjul.frist - foer, dag):
            antal += _til_dem_uden(aar, f"mangler{nummer}", f"Der er ingen aftale for {navn}", senest)
            antal += _om_kladderne(aar, f"kladde{nummer}", f"{senest} Alle parter skal kunne nå at læse og godkende.")
    if _er_naaet(hjul.midtvejs - FOER_STATUS, dag):
        hvad = f"Senest {dato_uden_ugedag(hjul.midtvejs)} gør I status midtvejs: hvor langt er I med hvert mål?"
        antal += _om_de_indgaaede(aar, "midtvejs", "Midtvejsstatus", hvad)
    if _er_naaet(hjul.evaluering - FOER_STATUS, dag):
        hvad = f"Senest {dato_uden_ugedag(hjul.evaluering)} ser I tilbage på året: hvad tager I med i den næste aftale?"
        antal += _om_de_indgaaede(aar, "evaluering", "Evaluering", hvad)
    return antal


def _er_naaet(dato: date, dag: date) -> bool:
    return 0 <= (dag - dato).days < FORSINKET


def _til_dem_uden(aar: int, hvad: str, emne: str, tekst: str) -> int:
    """The skoleledere of each district without an agreement; a special school never misses one (decision 5)."""
    levende = Aftale.objects.filter(distrikt=OuterRef("pk"), skoleaar=aar).exclude(tilstand__in=TAELLER_IKKE)
    uden = Skoledistrikt.objects.gaeldende().filter(~Exists(levende), er_uden_geografi=False)
    antal = 0
    for distrikt in uden.order_by("pk"):
        skoler = [skole.pk for skole in folkeskoler(mulige_parter(distrikt))]
        sted = reverse("opret_aftale", args=[distrikt.slug, aar])
        til = lederne(Enhed.objects.filter(pk__in=skoler).values("pk"))
        antal += _send(til, f"{hvad}:{distrikt.pk}:{aar}", f"{emne}: {distrikt}", tekst, sted)
    return antal


def _om_kladderne(aar: int, hvad: str, tekst: str) -> int:
    """The tovholder holds the ball of a draft (D1)."""
    antal = 0
    for aftale in _aftaler(aar, Tilstand.KLADDE).filter(erstatter=None):
        til = lederne(Enhed.objects.filter(pk=aftale.tovholder_id).values("pk"))
        emne = f"Aftalen er stadig en kladde: {aftale}"
        antal += _send(til, f"{hvad}:{aftale.pk}", emne, tekst, aftale.get_absolute_url())
    return antal


def _om_de_indgaaede(aar: int, hvad: str, emne: str, tekst: str) -> int:
    antal = 0
    for aftale in _aftaler(aar, Tilstand.INDGAAET):
        til = lederne(aftale.parter.exclude(tilstand=Svar.UDTRAADT).values("enhed"))
        antal += _send(til, f"{hvad}:{aftale.pk}", f"{emne}: {aftale}", tekst, aftale.get_absolute_url())
    return antal


def _aftaler(aar: int, tilstand: Tilstand) -> QuerySet[Aftale]:
    return Aftale.objects.filter(skoleaar=aar, tilstand=tilstand).select_related("distrikt").order_by("pk")


def _send(til: Iterable[Person], noegle: str, emne: str, tekst: str, adresse: str) -> int:
    breve = [
        underret(
            til=person,
            emne=emne,
            tekst=tekst,
            adresse=adresse,
            noegle=f"aarsvarsel:{noegle}:{person.pk}",
            levering=Levering.SAMLET,
        )
        for person in til
    ]
    return sum(brev is not None for brev in breve)
