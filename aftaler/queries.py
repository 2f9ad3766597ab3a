"""What pages and mails ask about agreements; constant numbers of queries, whatever the size."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from aftaler.aarshjul import aabne_skoleaar
from aftaler.aarshjulsdatoer import Aarshjulsdatoer
from aftaler.adresser import aftalens_adresse, den_der_taeller
from aftaler.heletekst import fyld_indhold
from aftaler.ledighed import traeder_til
from aftaler.models import Aftale, Aftalepart, Aktivitet, Delmaal, Dokument, Godkendelse, Maalomraade, StrategiskMaal
from aftaler.states import TAELLER_IKKE, Svar, Tilstand
from aftaler.vejledninger import Vejledning
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import (
    Distriktstilknytning,
    Enhed,
    Enhedstilknytning,
    Person,
    Rolletildeling,
    Skoledistrikt,
)
from samarbejde.models.organisation import LEDERROLLER
from samarbejde.permissions import TILLADT, Handling, Rolle
from samarbejde.roller import mine_roller

PARTSARTER = {Enhed.Art.SKOLE, Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER, Enhed.Art.DAGINSTITUTION}
PARTER = Prefetch("parter", Aftalepart.objects.select_related("enhed", "godkendelse"))


def rettet_senest(aftale: Aftale) -> str:
    """When the text was last saved, by anybody and in any part of it; each save lays down a version (ADR 0017), and so
    does a name, which corrects nothing.
    """
    senest = aftale.udgaver.exclude(rettelser=[]).aggregate(senest=Max("gemt_den"))["senest"]
    return senest.isoformat() if senest else ""


@dataclass(frozen=True)
class Mangel:
    """One thing to do before the agreement can be sent, as a sentence with the place to do it."""

    tekst: str
    adresse: str


def mangler(aftale: Aftale) -> list[Mangel]:
    """All that S8, S10, S11, S13 and S14 demand at sending, and that is not there yet."""
    return [mangel for trin in mangler_i_trin(aftale) for mangel in trin]


def mangler_i_trin(aftale: Aftale) -> tuple[list[Mangel], list[Mangel], list[Mangel]]:
    """The same in the order they are done: parties, texts, goals."""
    if not hasattr(aftale, "maalliste"):
        fyld_indhold(aftale)
    return list(_mangler_parter(aftale)), list(_mangler_tekst(aftale)), list(_mangler_maal(aftale))


def _mangler_parter(aftale: Aftale) -> Iterable[Mangel]:
    arter = {part.enhed.art for part in aftale.parterne if part.tilstand != Svar.UDTRAADT}
    adresse = aftalens_adresse(aftale, "vaelg_parter")
    if Enhed.Art.SKOLE not in arter:
        yield Mangel("Aftalen skal have mindst én skole som part.", adresse)
    if not arter - {Enhed.Art.SKOLE}:
        yield Mangel("Aftalen skal have mindst én institution som part ud over skolen.", adresse)
    for part in aftale.parterne:
        if part.er_lukket:
            yield Mangel(f"{part.enhed} er lukket. Tag den ud af parterne.", adresse)


def _mangler_tekst(aftale: Aftale) -> Iterable[Mangel]:
    if not aftale.behov:
        yield Mangel("Beskriv distriktets behov og udfordringer.", aftalens_adresse(aftale, "skriv_afsnit", "behov"))
    if not aftale.retning:
        yield Mangel("Beskriv den strategiske retning.", aftalens_adresse(aftale, "skriv_afsnit", "retning"))


def _mangler_maal(aftale: Aftale) -> Iterable[Mangel]:
    if not aftale.maalliste:
        yield Mangel("Opstil mindst ét strategisk mål.", aftalens_adresse(aftale, "nyt_maal"))
    for maal in aftale.maalliste:
        tekster = [
            "" if maal.omraadeliste else f"Vælg mindst ét af de seks målområder for målet «{maal.titel}».",
            "" if maal.delmaalliste else f"Skriv mindst ét delmål under målet «{maal.titel}».",
        ]
        yield from (Mangel(et, aftalens_adresse(aftale, "skriv_maal", maal.noegle)) for et in tekster if et)
        for delmaal in maal.delmaalliste:
            if not delmaal.aktivitetsliste:
                sted = aftalens_adresse(aftale, "skriv_delmaal", maal.noegle, delmaal.noegle)
                yield Mangel(f"Skriv mindst én aktivitet under delmålet «{delmaal.titel}».", sted)


# --- look-ups ----------------------------------------------------------------------------------------------------


def levende_aftale(distrikt: Skoledistrikt, skoleaar: int) -> Aftale | None:
    """The one agreement of a district and year that counts; those given up, run out or ended do not (S7)."""
    aftaler = Aftale.objects.filter(distrikt=distrikt, skoleaar=skoleaar).exclude(tilstand__in=TAELLER_IKKE)
    return aftaler.select_related("distrikt").order_by(*den_der_taeller()).first()


def sidste_aars(distrikt: Skoledistrikt, skoleaar: int, person: Person) -> Aftale | None:
    """The district's agreement of the year before, when the person may read it."""
    sidste = Aftale.objects.synlige_for(person, Handling.LAES).filter(distrikt=distrikt, skoleaar=skoleaar - 1)
    return sidste.filter(tilstand=Tilstand.INDGAAET).select_related("distrikt").first()


def mulige_parter(distrikt: Skoledistrikt, dag: date | None = None) -> list[Enhed]:
    """The register's proposal (S8): open schools, leisure and 0-6 units of the district, schools first."""
    i_distriktet = distrikt.tilknytninger.gaeldende(dag).values("enhed")
    enheder = Enhed.objects.gaeldende(dag).filter(pk__in=i_distriktet, art__in=PARTSARTER)
    raekkefoelge = list(Enhed.Art.values)
    return sorted(enheder, key=lambda enhed: raekkefoelge.index(enhed.art))


def ledere_af(enheder: Iterable[int]) -> QuerySet[Rolletildeling]:
    """Who leads these units today; empty for a vacant post."""
    roller = Rolletildeling.objects.gaeldende().med_rolle(*set(LEDERROLLER.values()))
    return roller.filter(content_object__in=enheder).select_related("user", "content_object", "permission")


def koordinatorer(enhed: Enhed) -> list[Person]:
    """Who coordinates at the school today."""
    roller = Rolletildeling.objects.gaeldende().med_rolle(Rolle.KOORDINATOR).filter(content_object=enhed)
    return [rolle.user for rolle in roller.select_related("user").order_by("user__navn")]


def svarer_for(enhed: Enhed) -> list[Rolletildeling]:
    """Who answers for a party today: its leaders, else whoever acts while the post is vacant (decisions 2 and 3)."""
    return list(ledere_af([enhed.pk])) or list(traeder_til(enhed))


def aarshjulsspor(person: Person) -> QuerySet:
    """The dates of the year are everybody's."""
    return Aarshjulsdatoer.objects.order_by().values("pk")


def vejledningsspor(person: Person) -> QuerySet:
    """So are the guidance and the names of the areas."""
    return Vejledning.objects.order_by().values("pk")


def maalomraadespor(person: Person) -> QuerySet:
    return Maalomraade.objects.order_by().values("pk")


def laesbare_aftaler(person: Person) -> QuerySet:
    return Aftale.objects.synlige_for(person, Handling.LAES).values("pk")


def laesbare_kladder(person: Person) -> QuerySet:
    """Those whose way to the text is the person's own too, also after it was entered (decision 11)."""
    return Aftale.objects.synlige_for(person, Handling.LAES_KLADDE).values("pk")


def kan_oprettes(person: Person) -> list[tuple[Skoledistrikt, int]]:
    """Districts and open years without an agreement, where the person may start one (S7); one query, or none."""
    aar = tuple(aabne_skoleaar(tid.i_dag()))
    distrikter = hent(_mulige_distrikter, person, aar) if _hvor_man_kan_oprette(person) else []
    return [(distrikt, et) for distrikt in distrikter for et in aar if not getattr(distrikt, f"har_{et}")]


def _hvor_man_kan_oprette(person: Person) -> list[int]:
    mine = mine_roller(person)
    return [pk for pk in mine.distrikter if not mine.i_distrikt(pk).isdisjoint(TILLADT[Handling.OPRET_AFTALE])]


def _mulige_distrikter(person: Person, aar: tuple[int, ...]) -> QuerySet[Skoledistrikt]:
    levende = Aftale.objects.filter(distrikt=OuterRef("pk")).exclude(tilstand__in=TAELLER_IKKE)
    har = {f"har_{et}": Exists(levende.filter(skoleaar=et)) for et in aar}
    return Skoledistrikt.objects.gaeldende().filter(pk__in=_hvor_man_kan_oprette(person)).annotate(**har)


def ansvarlig_for(aftale: Aftale, enhed: Enhed) -> Aktivitet | None:
    return Aktivitet.objects.filter(delmaal__maal__aftale=aftale, ansvarlige=enhed).first()


def omraader_til(maal: StrategiskMaal | None) -> list[Maalomraade]:
    """The six areas in order, `er_valgt` on those of the goal; one query."""
    return hent(_maalomraader, None, maal=maal.pk if maal else 0)


def _maalomraader(_: None, maal: int) -> QuerySet[Maalomraade]:
    valgte = StrategiskMaal.omraader.through.objects.filter(maalomraade=OuterRef("pk"), strategiskmaal=maal)
    return Maalomraade.objects.annotate(er_valgt=Exists(valgte))


def folkeskoler(enheder: Iterable[Enhed]) -> list[Enhed]:
    """Those that can be tovholder (D1): never a private school."""
    return [enhed for enhed in enheder if enhed.art == Enhed.Art.SKOLE and not enhed.er_privat]


def samlede_grupper(enheder: list[Enhed]) -> list[tuple[str, list[Enhed]]]:
    """Those of one kind, and those of one klynge, where there are several to take in (D2)."""
    links = Enhedstilknytning.objects.gaeldende().filter(enhed__in=enheder, til__art=Enhed.Art.KLYNGE)
    klynger: dict[str, list[int]] = {}
    for klynge, enhed in links.order_by("til__navn", "enhed").values_list("til__navn", "enhed"):
        klynger.setdefault(klynge, []).append(enhed)
    alle_smaa = [enhed for enhed in enheder if enhed.art == Enhed.Art.DAGINSTITUTION]
    alle_fritid = [enhed for enhed in enheder if enhed.art in {Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER}]
    grupper = [("Alle distriktets fritidsinstitutioner og fritidscentre", alle_fritid)]
    grupper += [("Alle distriktets 0-6 års institutioner", alle_smaa)]
    grupper += [(f"Alle i {navn}", [enhed for enhed in enheder if enhed.pk in pks]) for navn, pks in klynger.items()]
    return [(navn, gruppe) for navn, gruppe in grupper if len(gruppe) > 1]


def mulige_tovholdere(aftale: Aftale) -> list[Enhed]:
    """The folkeskoler of the district that are parties (D1)."""
    med = {part.enhed_id for part in aftale.parterne if part.tilstand != Svar.UDTRAADT}
    return [skole for skole in folkeskoler(mulige_parter(aftale.distrikt)) if skole.pk in med]


UDEFRA = {Enhed.Art.FRITIDSCENTER, Enhed.Art.DAGINSTITUTION}


def mulige_udefra(distrikt: Skoledistrikt) -> QuerySet[Enhed]:
    """Centres and 0-6 units of the same område that do not belong to the district (S8)."""
    links = Distriktstilknytning.objects.gaeldende()
    omraader = links.filter(distrikt=distrikt, enhed__art=Enhed.Art.OMRAADE).values("enhed")
    naboer = links.filter(enhed__in=omraader).exclude(distrikt=distrikt).values("distrikt")
    hos_naboer = Enhed.objects.gaeldende().filter(
        art__in=UDEFRA, pk__in=links.filter(distrikt__in=naboer).values("enhed")
    )
    return hos_naboer.exclude(pk__in=links.filter(distrikt=distrikt).values("enhed"))


def dokumenter_til(aftale: Aftale) -> list[Dokument]:
    """The newest first; the bytes of one are fetched when they are asked for."""
    return list(aftale.dokumenter.defer("pdf"))


def godkendt_foer(part: Aftalepart, person: Person) -> Godkendelse | None:
    """What the unit last approved, in this version or the one it replaces, when it is another text than the present:
    the person's own if there is one.
    """
    if part.godkendelse_id is None and part.aftale.erstatter_id is None:
        return None
    aftaler = {part.aftale_id, part.aftale.erstatter_id}
    alle = list(
        Godkendelse.objects.filter(part__aftale__in=aftaler, part__enhed=part.enhed_id)
        .select_related("indhold")
        .order_by("-part__aftale__nummer", "-pk")
    )
    seneste = next((en for en in alle if en.af_id == person.pk), alle[0] if alle else None)
    return None if seneste is None or seneste.indhold_id == part.aftale.indhold_id else seneste


def led_aftryk(led: Any) -> str:
    """Changes when the part itself or anything below it is added, corrected or deleted."""
    raekker = [(led.noegle, led.version)]
    if isinstance(led, StrategiskMaal):
        raekker += led.delmaal.values_list("noegle", "version")
        raekker += Aktivitet.objects.filter(delmaal__maal=led).values_list("noegle", "version")
    elif isinstance(led, Delmaal):
        raekker += led.aktiviteter.values_list("noegle", "version")
    samlet = "|".join(f"{noegle}:{version}" for noegle, version in sorted(raekker))
    return hashlib.sha256(samlet.encode()).hexdigest()[:16]
