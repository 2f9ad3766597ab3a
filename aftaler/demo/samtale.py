"""What is said about the demo's draft beside its text: comments, one resolved, and a tiltag that somebody proposes."""

import uuid

from aftaler import actions
from aftaler.models import Aftale, Delmaal
from aftaler.samskrivning import Kommentar
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Rolle


def tal_sammen(aftale: Aftale, ledere: dict[int, Person]) -> None:
    """By the leaders of the parties, and by somebody of their staff where anybody is registered."""
    skoleleder = ledere[aftale.tovholder_id]
    anden = next(leder for pk, leder in ledere.items() if pk != aftale.tovholder_id)
    delmaal = Delmaal.objects.filter(maal__aftale=aftale).select_related("maal")[0]
    _kommenter(
        aftale, anden, "behov", "Skal vi skrive, at mange af børnene går i klub? Det mærker vi hver eftermiddag."
    )
    loest = _kommenter(aftale, skoleleder, "retning", "Er det ikke to retninger? Jeg har skrevet dem sammen til én.")
    actions.loes_kommentar(kommentar=loest, af=anden)
    ansat = _ansat(aftale)
    if ansat is None:
        return
    _kommenter(aftale, ansat, str(delmaal.maal.noegle), "Vi mangler et eksempel fra hverdagen.", naevnte=[skoleleder])
    actions.foreslaa_tiltag(
        aftale=aftale,
        af=ansat,
        noegle=uuid.uuid4(),
        delmaal=str(delmaal.noegle),
        titel="Fælles legepatrulje i frikvarterer og på klubben",
        beskrivelse="De store børn sætter lege i gang for de små, de samme dage begge steder.",
    )


def _kommenter(aftale: Aftale, af: Person, sted: str, tekst: str, naevnte: list[Person] | None = None) -> Kommentar:
    return actions.kommenter(aftale=aftale, af=af, noegle=uuid.uuid4(), sted=sted, tekst=tekst, naevnte=naevnte or [])


def _ansat(aftale: Aftale) -> Person | None:
    roller = Rolletildeling.objects.gaeldende().med_rolle(Rolle.MEDARBEJDER)
    fundet = (
        roller.filter(content_object__in=aftale.parter.values("enhed")).select_related("user").order_by("pk").first()
    )
    return fundet.user if fundet else None
