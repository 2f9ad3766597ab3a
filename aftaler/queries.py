"""What pages and mails ask about agreements; constant numbers of queries, whatever the size."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from aftaler.aarshjul import aabne_skoleaar, aarshjul
from aftaler.aarshjulsdatoer import Aarshjulsdatoer
from aftaler.heletekst import fyld_indhold
from aftaler.ledighed import traeder_til
from aftaler.models import Aftale, Aftalepart, Aktivitet, Delmaal, Dokument, Godkendelse, Maalomraade, StrategiskMaal
from aftaler.pladser import aabne_pladser, er_i_kraft
from aftaler.states import AABNE, LEVENDE, MANGLER_SVAR, TAELLER_IKKE, Svar, Tilstand
from aftaler.vejledninger import Vejledning
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import (
    Distriktstilknytning,
    Enhed,
    Person,
    Rolletildeling,
    Skoledistrikt,
)
from samarbejde.models.organisation import LEDERROLLER
from samarbejde.permissions import TILLADT, Handling, Rolle
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn
from samarbejde.skridt import Skridt

PARTSARTER = {Enhed.Art.SKOLE, Enhed.Art.FRITIDSINSTITUTION, Enhed.Art.FRITIDSCENTER, Enhed.Art.DAGINSTITUTION}
PARTER = Prefetch("parter", Aftalepart.objects.select_related("enhed", "godkendelse"))


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
    adresse = _adresse("vaelg_parter", aftale)
    if Enhed.Art.SKOLE not in arter:
        yield Mangel("Aftalen skal have mindst én skole som part.", adresse)
    if not arter - {Enhed.Art.SKOLE}:
        yield Mangel("Aftalen skal have mindst én institution som part ud over skolen.", adresse)


def _mangler_tekst(aftale: Aftale) -> Iterable[Mangel]:
    if not aftale.behov:
        yield Mangel("Beskriv distriktets behov og udfordringer.", _adresse("skriv_afsnit", aftale, "behov"))
    if not aftale.retning:
        yield Mangel("Beskriv den strategiske retning.", _adresse("skriv_afsnit", aftale, "retning"))


def _mangler_maal(aftale: Aftale) -> Iterable[Mangel]:
    if not aftale.maalliste:
        yield Mangel("Opstil mindst ét strategisk mål.", _adresse("nyt_maal", aftale))
    for maal in aftale.maalliste:
        adresse = _adresse("skriv_maal", aftale, maal.noegle)
        if not maal.omraadeliste:
            yield Mangel(f"Vælg mindst ét af de seks målområder for målet «{maal.titel}».", adresse)
        if not maal.delmaalliste:
            yield Mangel(f"Skriv mindst ét delmål under målet «{maal.titel}».", adresse)
        for delmaal in maal.delmaalliste:
            if not delmaal.aktivitetsliste:
                sted = _adresse("skriv_delmaal", aftale, maal.noegle, delmaal.noegle)
                yield Mangel(f"Skriv mindst én aktivitet under delmålet «{delmaal.titel}».", sted)


def _adresse(navn: str, aftale: Aftale, *resten: Any) -> str:
    return reverse(navn, args=[aftale.distrikt.slug, aftale.skoleaar, *resten])


# --- who holds the ball ------------------------------------------------------------------------------------------


def naeste_skridt(aftale: Aftale, person: Person) -> list[Skridt]:
    """Who must do what now, from the state alone; empty only when nobody has to do anything ever again."""
    mine, skridt = mine_roller(person), _Skridt(aftale)
    if aftale.tilstand == Tilstand.KLADDE:
        return _skridt_i_kladde(aftale, mine, skridt)
    if aftale.tilstand == Tilstand.TIL_GODKENDELSE:
        return _skridt_i_godkendelse(aftale, person, skridt)
    if er_i_kraft(aftale, tid.i_dag()):
        slut = skridt.aarshjul.gaelder_til_og_med
        alle = skridt("Alle parter", "Gennemfør aftalens mål og aktiviteter", frist=slut)
        return [*(_tiltraed(part, person, skridt) for part in aabne_pladser(aftale)), alle]
    return []


class _Skridt:
    """Steps of one agreement; its address is looked up once, as a list shows fifty agreements."""

    def __init__(self, aftale: Aftale) -> None:
        self.aftale, self.rod, self.aarshjul = aftale, aftale.get_absolute_url(), aarshjul(aftale.skoleaar)
        self.maal = f"Aftalen {aftale}"

    def __call__(
        self,
        hvem: str,
        hvad: str,
        *,
        under: str = "",
        siden: Any = None,
        frist: date | None = None,
        er_min: bool = False,
    ) -> Skridt:
        siden = tid.lokal(siden or self.aftale.tilstand_siden).date()
        return Skridt(hvem, hvad, self.maal, self.rod + under, siden=siden, frist=frist, er_min=er_min)


def _skridt_i_kladde(aftale: Aftale, mine: Any, skridt: _Skridt) -> list[Skridt]:
    frist = skridt.aarshjul.frist
    er_tovholder = Rolle.SKOLELEDER in mine.paa(aftale.tovholder_id)
    send = "Gør kladden færdig, og send den til godkendelse"
    alle = [skridt(_tovholder(aftale), send, frist=frist, er_min=er_tovholder)]
    if not er_tovholder and any(_leder(part, mine) for part in aftale.parterne):
        alle.append(skridt("Alle parters ledere", "Skriv med på kladden", frist=frist, er_min=True))
    return alle


def _skridt_i_godkendelse(aftale: Aftale, person: Person, skridt: _Skridt) -> list[Skridt]:
    frist, mine, alle = skridt.aarshjul.frist, mine_roller(person), []
    for part in aftale.parterne:
        if part.tilstand == Svar.KAN_IKKE:
            er_tovholder = Rolle.SKOLELEDER in mine.paa(aftale.tovholder_id)
            hvad = f"Tag stilling til svaret fra {part.enhed.navn}: kan ikke godkende endnu"
            alle.append(skridt(_tovholder(aftale), hvad, siden=part.svar_den, er_min=er_tovholder))
        elif part.tilstand in MANGLER_SVAR:
            hvem, min_ = _den_der_svarer(part), _leder(part, mine) or part.kan_traedes_til_af(person)
            sted = f"parter/{part.enhed.slug}/godkend/" if min_ else ""
            hvad = "Godkend den ændrede aftale" if part.tilstand == Svar.BORTFALDET else "Godkend aftalen"
            alle.append(skridt(hvem, f"{hvad} for {part.enhed.navn}", under=sted, frist=frist, er_min=min_))
    return alle


def _tiltraed(part: Aftalepart, person: Person, skridt: _Skridt) -> Skridt:
    min_ = _leder(part, mine_roller(person)) or part.kan_traedes_til_af(person)
    sted = f"parter/{part.enhed.slug}/tiltraed/" if min_ else ""
    return skridt(_den_der_svarer(part), f"Tiltræd aftalen for {part.enhed.navn}", under=sted, er_min=min_)


def _den_der_svarer(part: Aftalepart) -> str:
    if part.er_ledig:
        return f"Den, der handler for {part.enhed.navn}, mens lederposten er ledig"
    return f"{part.enhed.ledertitel.capitalize()}, {part.enhed.navn}"


def _leder(part: Aftalepart, mine: Any) -> bool:
    return part.enhed.lederrolle in mine.enheder.get(part.enhed_id, ())


def _tovholder(aftale: Aftale) -> str:
    return f"Tovholderen, {aftale.tovholder.navn}"


def ventende_skridt(person: Person) -> list[Skridt]:
    """For the start page: the agreements of my own units that wait for somebody, and districts that have none.

    Whoever may read the draft sees whose turn it is, also when it is never their own.
    """
    aftaler: dict[int, Aftale] = {}
    for part in hent(_levende_parter, person, skoleaar_for(tid.i_dag())):
        aftale = aftaler.setdefault(part.aftale_id, part.aftale)
        aftale.__dict__.setdefault("parterne", []).append(part)  # fills the cached property
    return [
        *_manglende_aftaler(person),
        *(skridt for aftale in aftaler.values() for skridt in naeste_skridt(aftale, person)),
    ]


def _levende_parter(person: Person, dette: int) -> QuerySet[Aftalepart]:
    """The parties of my units' agreements that wait for somebody, and my own open places; each with its agreement."""
    egne = mine_roller(person).enheder_med(TILLADT[Handling.LAES_KLADDE])
    mine = Aftalepart.objects.filter(enhed__in=egne).values("aftale")
    aaben = Q(enhed__in=egne, tilstand__in=MANGLER_SVAR, aftale__tilstand__in=AABNE, aftale__skoleaar__gte=dette)
    hvor = aaben | Q(aftale__in=mine, aftale__tilstand__in=LEVENDE)
    parter = Aftalepart.objects.filter(hvor).order_by("aftale", "pk")
    udskudte = [f"aftale__{felt}" for felt in ("behov", "behov_html", "retning", "retning_html")]
    parter = parter.select_related("enhed", "aftale__distrikt", "aftale__tovholder").med_ledighed()
    return parter.defer(*udskudte)


def _manglende_aftaler(person: Person) -> Iterable[Skridt]:
    """A district without this year's agreement waits for its skoleleder, until the last day of the year."""
    dette_aar = aabne_skoleaar(tid.i_dag())[0]
    egne = [pk for pk, roller in mine_roller(person).distrikter.items() if Rolle.SKOLELEDER in roller]
    if not egne:
        return
    findes = Aftale.objects.filter(skoleaar=dette_aar).exclude(tilstand__in=TAELLER_IKKE).values("distrikt")
    for distrikt in Skoledistrikt.objects.filter(pk__in=egne, er_uden_geografi=False).exclude(pk__in=findes):
        yield Skridt(
            hvem="Skolelederen",
            hvad="Opret årets aftale",
            maal=f"{distrikt} {skoleaar_navn(dette_aar)}",
            adresse=reverse("opret_aftale", args=[distrikt.slug, dette_aar]),
            frist=aarshjul(dette_aar).frist,
            er_min=True,
        )


# --- look-ups ----------------------------------------------------------------------------------------------------


def levende_aftale(distrikt: Skoledistrikt, skoleaar: int) -> Aftale | None:
    """The one agreement of a district and year that counts; those given up, run out or ended do not (S7)."""
    aftaler = Aftale.objects.filter(distrikt=distrikt, skoleaar=skoleaar).exclude(tilstand__in=TAELLER_IKKE)
    return aftaler.select_related("distrikt").order_by("-nummer").first()


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


def dokument_til(aftale: Aftale) -> Dokument | None:
    """The newest document; its bytes are fetched when they are asked for."""
    return aftale.dokumenter.defer("pdf").first()


def godkendt_foer(part: Aftalepart, person: Person) -> Godkendelse | None:
    """What the party last approved, when it is another text than the present: the person's own if there is one."""
    if part.godkendelse_id is None:
        return None
    alle = part.godkendelser.select_related("indhold").order_by("-pk")
    seneste = next((en for en in alle if en.af_id == person.pk), alle[0])
    return None if seneste.indhold_id == part.aftale.indhold_id else seneste


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
