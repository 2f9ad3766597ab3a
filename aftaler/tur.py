"""Whose turn it is: who must do what now, from the state of an agreement alone."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from aftaler.aarshjul import aabne_skoleaar, aarshjul
from aftaler.models import Aftale, Aftalepart
from aftaler.pladser import aabne_pladser, er_i_kraft
from aftaler.samskrivning import Forslag, Tiltagsforslag
from aftaler.states import AABNE, LEVENDE, MANGLER_SVAR, TAELLER_IKKE, Svar, Tilstand
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.formater import antal
from samarbejde.models import Person, Skoledistrikt
from samarbejde.permissions import TILLADT, Handling, Rolle
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn
from samarbejde.skridt import Skridt


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
        lukkede = (_luk(part, person, skridt) for part in aftale.parterne if part.er_lukket)
        return [*lukkede, *(_tiltraed(part, person, skridt) for part in aabne_pladser(aftale)), alle]
    return []


class _Skridt:
    """Steps of one agreement; its address is looked up once, as a list shows fifty agreements."""

    def __init__(self, aftale: Aftale) -> None:
        self.aftale, self.rod, self.aarshjul = aftale, aftale.get_absolute_url(), aarshjul(aftale.skoleaar)
        # The year's deadline was the first version's.
        self.frist = None if aftale.erstatter_id else self.aarshjul.frist
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
    frist = skridt.frist
    er_tovholder = Rolle.SKOLELEDER in mine.paa(aftale.tovholder_id)
    send = "Gør kladden færdig, og send den til godkendelse"
    alle = [skridt(_tovholder(aftale), send, frist=frist, er_min=er_tovholder)]
    if not er_tovholder and any(_leder(part, mine) for part in aftale.parterne):
        alle.append(skridt("Alle parters ledere", "Skriv med på kladden", frist=frist, er_min=True))
    elif any(Rolle.KOORDINATOR in mine.paa(part.enhed_id) and part.koordinator_skriver for part in aftale.parterne):
        alle.append(skridt("Skolens koordinatorer", "Skriv med på kladden", frist=frist, er_min=True))
    return alle


def _skridt_i_godkendelse(aftale: Aftale, person: Person, skridt: _Skridt) -> list[Skridt]:
    frist, mine, alle = skridt.frist, mine_roller(person), []
    for part in aftale.parterne:
        if part.er_lukket:
            alle.append(_luk(part, person, skridt))
        elif part.tilstand == Svar.KAN_IKKE:
            er_tovholder = Rolle.SKOLELEDER in mine.paa(aftale.tovholder_id)
            hvad = f"Tag stilling til svaret fra {part.enhed.navn}: kan ikke godkende endnu"
            alle.append(skridt(_tovholder(aftale), hvad, siden=part.svar_den, er_min=er_tovholder))
        elif part.tilstand in MANGLER_SVAR:
            hvem, min_ = _den_der_svarer(part), _leder(part, mine) or part.kan_traedes_til_af(mine)
            sted = f"parter/{part.enhed.slug}/godkend/" if min_ else ""
            hvad = "Godkend den ændrede aftale" if part.tilstand == Svar.BORTFALDET else "Godkend aftalen"
            alle.append(skridt(hvem, f"{hvad} for {part.enhed.navn}", under=sted, frist=frist, er_min=min_))
    return alle


def _luk(part: Aftalepart, person: Person, skridt: _Skridt) -> Skridt:
    """Nobody answers for a unit that is closed: the tovholder says that it has left."""
    min_ = Rolle.SKOLELEDER in mine_roller(person).paa(skridt.aftale.tovholder_id)
    hvad = f"Skriv, at {part.enhed.navn} er trådt ud: enheden er lukket"
    return skridt(_tovholder(skridt.aftale), hvad, under="lad-udtraede/" if min_ else "", er_min=min_)


def _tiltraed(part: Aftalepart, person: Person, skridt: _Skridt) -> Skridt:
    mine = mine_roller(person)
    min_ = _leder(part, mine) or part.kan_traedes_til_af(mine)
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
        *(skridt for aftale in aftaler.values() for skridt in _svar_paa_forslag(aftale, person)),
    ]


def _svar_paa_forslag(aftale: Aftale, person: Person) -> Iterable[Skridt]:
    """What staff have proposed for the draft waits for its leaders (S9, S14); its own page says so itself."""
    venter, mine = aftale.parterne[0].forslag_venter, mine_roller(person)
    if venter and aftale.tilstand == Tilstand.KLADDE and any(_leder(part, mine) for part in aftale.parterne):
        hvad = f"Svar på {antal(venter, 'forslag til et tiltag', 'forslag til tiltag')}"
        yield _Skridt(aftale)("Parternes ledere", hvad, under="forslag/", er_min=True)


def _levende_parter(person: Person, dette: int) -> QuerySet[Aftalepart]:
    """The parties of my units' agreements that wait for somebody, and my own open places; each with its agreement."""
    egne = mine_roller(person).enheder_med(TILLADT[Handling.LAES_KLADDE])
    mine = Aftalepart.objects.filter(enhed__in=egne).values("aftale")
    aaben = Q(enhed__in=egne, tilstand__in=MANGLER_SVAR, aftale__tilstand__in=AABNE, aftale__skoleaar__gte=dette)
    hvor = aaben | Q(aftale__in=mine, aftale__tilstand__in=LEVENDE)
    parter = Aftalepart.objects.filter(hvor).order_by("aftale", "pk")
    udskudte = [f"aftale__{felt}" for felt in ("behov", "behov_html", "retning", "retning_html", "soegetekst")]
    parter = parter.select_related("enhed", "aftale__distrikt", "aftale__tovholder")
    forslag = Tiltagsforslag.objects.filter(aftale=OuterRef("aftale"), tilstand=Forslag.FORESLAAET).order_by()
    venter = forslag.values("aftale").annotate(antal=Count("pk")).values("antal")
    return parter.med_ledighed().med_skriveadgang().annotate(forslag_venter=Subquery(venter)).defer(*udskudte)


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
