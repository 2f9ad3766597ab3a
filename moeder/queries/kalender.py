"""A person's meetings as a calendar that Outlook or a telephone subscribes to: no more than their own pages show."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from moeder.ical import Begivenhed, feed
from moeder.models import Deltager, Kalenderadgang
from moeder.models.moede import moedenavn
from moeder.queries.start import STAAR_PAA_LISTEN
from moeder.queries.tidsrum import Tidsrum, dagsordener, egne_punkter, tidsrum
from moeder.querysets import mine_pladser
from moeder.states import Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Person
from samarbejde.skolekalender import foerste_dag, sidste_dag, skoleaar_for

AFLYST_SES = timedelta(weeks=4)
NAVN = "Stærkt samarbejde"


def kalenderside(person: Person) -> dict[str, Any]:
    return {"adgang": Kalenderadgang.objects.filter(person=person, tilbagekaldt_den=None).first()}


def ejer(aftryk: str) -> Person | None:
    """Whose calendar the address opens, while it is not revoked and the account is in force."""
    return next((adgang.person for adgang in hent(_adgang, None, aftryk=aftryk) if adgang.person.is_active), None)


def _adgang(_: None, aftryk: str) -> QuerySet[Kalenderadgang]:
    return Kalenderadgang.objects.select_related("person").filter(aftryk=aftryk, tilbagekaldt_den=None)


class Plads(NamedTuple):
    """One place on one meeting's list, without the objects: a feed is fetched every hour by every calendar."""

    pk: int
    kun_punkter: bool
    svar: str
    moede_id: int
    uid: str
    sekvens: int
    kode: str
    begynder: datetime
    slutter: datetime
    sted: str
    link: str
    tilstand: str
    tilstand_siden: datetime
    medforum: int | None
    art: str
    enhed: str


FELTER = (
    *("pk", "kun_punkter", "tilstand", "moede", "moede__uid", "moede__sekvens", "moede__kode", "moede__begynder"),
    *("moede__slutter", "moede__sted", "moede__link", "moede__tilstand", "moede__tilstand_siden", "moede__medforum"),
    *("moede__forum__art", "moede__forum__enhed__navn"),
)


def kalender_for(person: Person) -> str:
    """This school year and the next, reservations too; what was called off says so for some weeks."""
    pladser = [Plads(*raekke) for raekke in hent(_pladser, person, **_graenser())]
    til_punkter = [plads for plads in pladser if plads.kun_punkter]
    dagsorden = dagsordener({plads.moede_id for plads in til_punkter}) if til_punkter else {}
    egne = egne_punkter(til_punkter) if til_punkter else {}
    rod = settings.BASE_URL + reverse("moeder")
    begivenheder = []
    for plads in pladser:
        hele = (plads.begynder, plads.slutter)
        tiden = tidsrum(*hele, dagsorden[plads.moede_id], egne[plads.pk]) if plads.kun_punkter else hele
        if tiden is not None:
            begivenheder.append(_begivenhed(plads, tiden, f"{rod}{plads.kode}/"))
    return feed(begivenheder, NAVN)


def _graenser() -> dict[str, datetime]:
    aar = skoleaar_for(tid.i_dag())
    til = _dag(sidste_dag(aar + 1) + timedelta(days=1))
    return {"fra": _dag(foerste_dag(aar)), "til": til, "aflyst_foer": tid.nu() - AFLYST_SES}


def _pladser(person: Person, fra: datetime, til: datetime, aflyst_foer: datetime) -> QuerySet[Any, Any]:
    aflyst = Q(moede__tilstand=Tilstand.AFLYST)
    for_gammelt = aflyst & Q(moede__tilstand_siden__lt=aflyst_foer)
    # The list of a reservation is a draft: only who stands on it by themselves knows of it before the call.
    er_paa = Q(indkaldt_den__isnull=False) | Q(art__in=STAAR_PAA_LISTEN)
    pladser = mine_pladser(Deltager.objects.filter(er_paa), person).exclude(moede__tilstand=Tilstand.IKKE_AFHOLDT)
    pladser = pladser.filter(moede__begynder__gte=fra, moede__begynder__lt=til).exclude(for_gammelt)
    return pladser.order_by("moede__begynder", "pk").values_list(*FELTER)


def _dag(dag: date) -> datetime:
    return tid.fra_lokal(dag, time(0))


def _begivenhed(plads: Plads, tiden: Tidsrum, adresse: str) -> Begivenhed:
    """Neutral, as the mail is. A meeting one has declined stays, says so, and takes up no time."""
    afbud, reserveret = plads.svar == Deltagelse.AFBUD, plads.tilstand == Tilstand.RESERVERET
    forrest = "Afbud: " if afbud else "Reserveret: " if reserveret else ""
    return Begivenhed(
        uid=plads.uid,
        sekvens=plads.sekvens,
        begynder=tiden[0],
        slutter=tiden[1],
        titel=forrest + moedenavn(plads.art, plads.enhed, er_faelles=bool(plads.medforum)),
        aendret_den=plads.tilstand_siden,
        sted=plads.sted,
        link=plads.link,
        beskrivelse=f"Dagsorden, forberedelse og svar: {adresse}",
        aflyst=plads.tilstand == Tilstand.AFLYST,
        foreloebig=reserveret,
        transp="TRANSPARENT" if afbud else "OPAQUE",
    )
