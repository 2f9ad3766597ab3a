"""Agreements for tests, made through the actions in the world of `fabrik.verden()`.

    aftale = kladde(v)            # Linde, this school year: parties, all texts, one goal, delmål and aktivitet
    aftale = sendt(v)             # the same, til godkendelse
    aftale = indgaaet(v)          # approved by every party
    aftale = annulleret(v)
    aftaler = i_alle_tilstande(v)  # {Tilstand: Aftale}, each in a school year of its own

Parties are `parter(v)` unless given; `leder(v, part)` is who answers for one.
"""

from datetime import UTC, datetime
from uuid import uuid4

from aftaler import actions
from aftaler.models import Aftale, Aftalepart, Aktivitet, Delmaal, Maalomraade, StrategiskMaal
from aftaler.states import Tilstand
from samarbejde import tid
from samarbejde.formater import soegetekst
from samarbejde.skolekalender import skoleaar_for

UDEN_TILKNYTNING = "Vi samarbejder om overgange."


def dette_aar():
    return skoleaar_for(tid.i_dag())


def i_aaret(aar):
    """In the autumn of that school year: `with i_aaret(2024): byg.indgaaet(v)` makes an earlier agreement."""
    return tid.frys(datetime(aar, 10, 1, 10, tzinfo=UTC))


def parter(v):
    return [v.skole, v.kkfo, v.center, v.boernehus]


def leder(v, enhed):
    """Who answers for a party; the selvejende house has nobody in `verden()`."""
    return {
        v.skole: v.skoleleder,
        v.kkfo: v.paedagogiskleder,
        v.center: v.centerleder,
        v.boernehus: v.dagtilbudsleder,
        v.naboskole: v.naboskoleleder,
    }[enhed]


def tom(v, *, enheder=None, af=None, distrikt=None, tovholder=None, skoleaar=None):
    """Nothing but the parties."""
    return actions.opret_aftale(
        distrikt=distrikt or v.distrikt,
        skoleaar=skoleaar or dette_aar(),
        af=af or v.skoleleder,
        tovholder=tovholder or v.skole,
        parter=valg(enheder or parter(v)),
    )


def valg(enheder):
    return [actions.Partsvalg(enhed) for enhed in enheder]


def kladde(v, **kwargs):
    return udfyld(tom(v, **kwargs), kwargs.get("af") or v.skoleleder)


def udfyld(aftale, af):
    """What S10, S11, S13 and S14 ask for, and no more."""
    skriv_afsnit(aftale, af, "behov", "Mange børn skifter mellem skole og fritid.")
    skriv_afsnit(aftale, af, "retning", "Vi vil mødes om børnefællesskaberne.")
    maal = skriv_maal(aftale, af)
    delmaal = skriv_delmaal(aftale, af, maal)
    skriv_aktivitet(aftale, af, delmaal)
    return frisk(aftale)


def skriv_afsnit(aftale, af, afsnit, tekst):
    version = getattr(frisk(aftale), f"{afsnit}_version")
    return actions.skriv_afsnit(aftale=aftale, af=af, afsnit=afsnit, tekst=tekst, version=version)


def skriv_maal(aftale, af, *, noegle=None, version=0, omraader=(3,), **felter):
    return actions.skriv_maal(
        aftale=aftale,
        af=af,
        noegle=noegle or uuid4(),
        version=version,
        omraader=Maalomraade.objects.filter(nummer__in=omraader),
        **{"titel": "Gode overgange", "beskrivelse": "", "realisering": "", **felter},
    )


def skriv_delmaal(aftale, af, maal, *, noegle=None, version=0, **felter):
    return actions.skriv_delmaal(
        aftale=aftale,
        af=af,
        maal=maal.noegle,
        noegle=noegle or uuid4(),
        version=version,
        **{"titel": "Fælles besøgsdage", "beskrivelse": "", **felter},
    )


def skriv_aktivitet(aftale, af, delmaal, *, noegle=None, version=0, ansvarlige=(), **felter):
    return actions.skriv_aktivitet(
        aftale=aftale,
        af=af,
        delmaal=delmaal.noegle,
        noegle=noegle or uuid4(),
        version=version,
        ansvarlige=ansvarlige,
        **{"titel": "Besøg i maj", "art": "aktivitet", "beskrivelse": "", "tegn": "", **felter},
    )


def kommenter(aftale, af, tekst="Hvad med klubben?", *, sted="behov", noegle=None, naevnte=()):
    return actions.kommenter(aftale=aftale, af=af, noegle=noegle or uuid4(), sted=sted, tekst=tekst, naevnte=naevnte)


def foreslaa_tiltag(aftale, af, titel="Fælles legepatrulje", *, delmaal=None, noegle=None, beskrivelse=""):
    delmaal = delmaal or Delmaal.objects.filter(maal__aftale=aftale).first().noegle
    hvad = {"delmaal": delmaal, "titel": titel, "beskrivelse": beskrivelse}
    return actions.foreslaa_tiltag(aftale=aftale, af=af, noegle=noegle or uuid4(), **hvad)


def send(aftale, af):
    return actions.send_til_godkendelse(aftale=frisk(aftale), af=af)


def sendt(v, **kwargs):
    return frisk(send(kladde(v, **kwargs), v.skoleleder))


def part(aftale, enhed):
    return Aftalepart.objects.select_related("aftale__distrikt", "enhed").get(aftale=aftale, enhed=enhed)


def godkend(aftale, enhed, af, aftryk=None):
    aftryk = frisk(aftale).indhold_id if aftryk is None else aftryk
    return actions.godkend(part=part(aftale, enhed), af=af, aftryk=aftryk)


def indgaaet(v, **kwargs):
    aftale = sendt(v, **kwargs)
    for enhed in kwargs.get("enheder") or parter(v):
        godkend(aftale, enhed, leder(v, enhed))
    return frisk(aftale)


def annulleret(v, **kwargs):
    return frisk(actions.annuller_aftale(aftale=kladde(v, **kwargs), af=v.skoleleder, grund="Oprettet ved en fejl."))


def i_alle_tilstande(v, **kwargs):
    maader = {
        Tilstand.INDGAAET: indgaaet,
        Tilstand.ANNULLERET: annulleret,
        Tilstand.TIL_GODKENDELSE: sendt,
        Tilstand.KLADDE: kladde,
    }
    aftaler = {}
    for aar, (tilstand, lav) in enumerate(maader.items(), start=2022):
        with i_aaret(aar):
            aftaler[tilstand] = lav(v, **kwargs)
    return aftaler


def gamle_soegetekster():
    """The rows whose stored words are not those of their fields."""
    alle = (raekke for model in (Aftale, StrategiskMaal, Delmaal, Aktivitet) for raekke in model.objects.all())
    return [raekke for raekke in alle if raekke.soegetekst != _foldet(raekke)]


def _foldet(raekke):
    felter = raekke._meta.get_field("soegetekst").felter
    return soegetekst(*(getattr(raekke, felt) for felt in felter), laengst=None)


def frisk(aftale):
    return Aftale.objects.select_related("distrikt", "tovholder").get(pk=aftale.pk)
