"""A person's meetings as a calendar that Outlook or a telephone subscribes to: no more than their own pages show."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from moeder.ical import Begivenhed, feed
from moeder.models import Deltager, Kalenderadgang, Moede
from moeder.queries.start import STAAR_PAA_LISTEN
from moeder.queries.tidsrum import dagsordener, deltagerens_tid, egne_punkter
from moeder.querysets import mine_pladser
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.skolekalender import foerste_dag, sidste_dag, skoleaar_for

AFLYST_SES = timedelta(weeks=4)
NAVN = "Stærkt samarbejde"


def kalenderside(person: Person) -> dict[str, Any]:
    return {"adgang": Kalenderadgang.objects.filter(person=person, tilbagekaldt_den=None).first()}


def ejer(aftryk: str) -> Person | None:
    """Whose calendar the address opens, while it is not revoked and the account is in force."""
    adgang = Kalenderadgang.objects.select_related("person").filter(aftryk=aftryk, tilbagekaldt_den=None).first()
    return adgang.person if adgang is not None and adgang.person.is_active else None


def kalender_for(person: Person) -> str:
    """This school year and the next, reservations too; what was called off says so for some weeks."""
    deltagere = list(_pladser(person))
    dagsorden = dagsordener({d.moede_id: d.moede for d in deltagere if d.kun_punkter}.values())
    egne = egne_punkter(deltagere)
    begivenheder = []
    for deltager in deltagere:
        moede = deltager.moede
        if tidsrum := deltagerens_tid(deltager, moede, dagsorden.get(moede.pk, []), egne.get(deltager.pk, set())):
            begivenheder.append(_begivenhed(deltager, moede, *tidsrum))
    return feed(begivenheder, NAVN)


def _pladser(person: Person) -> Any:
    aar = skoleaar_for(tid.i_dag())
    fra, til = _dag(foerste_dag(aar)), _dag(sidste_dag(aar + 1) + timedelta(days=1))
    aflyst = Q(moede__tilstand=Tilstand.AFLYST)
    for_gammelt = aflyst & Q(moede__tilstand_siden__lt=tid.nu() - AFLYST_SES)
    # The list of a reservation is a draft: only who stands on it by themselves knows of it before the call.
    er_paa = Q(indkaldt_den__isnull=False) | Q(art__in=STAAR_PAA_LISTEN)
    pladser = mine_pladser(Deltager.objects.filter(er_paa), person).exclude(moede__tilstand=Tilstand.IKKE_AFHOLDT)
    pladser = pladser.filter(moede__begynder__gte=fra, moede__begynder__lt=til).exclude(for_gammelt)
    hent = pladser.select_related("moede__forum__enhed").order_by("moede__begynder", "pk").distinct()
    return hent.only(
        *("art", "kun_punkter", "tilstand", "moede__uid", "moede__sekvens", "moede__begynder", "moede__slutter"),
        *("moede__sted", "moede__link", "moede__kode", "moede__tilstand", "moede__tilstand_siden", "moede__medforum"),
        *("moede__forum__art", "moede__forum__enhed__navn"),
    )


def _dag(dag: date) -> Any:
    return tid.fra_lokal(dag, tid.time(0))


def _begivenhed(deltager: Deltager, moede: Moede, begynder: Any, slutter: Any) -> Begivenhed:
    """Neutral, as the mail is. A meeting one has declined stays, says so, and takes up no time."""
    afbud, reserveret = deltager.tilstand == Deltagelse.AFBUD, moede.tilstand == Tilstand.RESERVERET
    forrest = "Afbud: " if afbud else "Reserveret: " if reserveret else ""
    return Begivenhed(
        uid=moede.uid,
        sekvens=moede.sekvens,
        begynder=begynder,
        slutter=slutter,
        titel=forrest + moede.navn,
        aendret_den=moede.tilstand_siden,
        sted=moede.sted,
        link=moede.link,
        beskrivelse=f"Dagsorden og forberedelse: {settings.BASE_URL}{moede.get_absolute_url()}",
        aflyst=moede.tilstand == Tilstand.AFLYST,
        foreloebig=reserveret,
        transp="TRANSPARENT" if afbud else "OPAQUE",
    )
