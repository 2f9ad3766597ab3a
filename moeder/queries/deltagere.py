"""What the list of a meeting shows: who, why, to what, and which professions are in play (S37, S41)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from moeder.invitationsregler import Art
from moeder.models import Deltager, Moede, Punkt
from moeder.queries.grundlag import advarsel
from moeder.states import HOLDT, MED, Deltagelse, Punkttilstand
from ressourcecenter.models import Ressourceperson
from ressourcecenter.querysets import FRITID
from samarbejde import tid
from samarbejde.formater import opremsning, sorter_dansk
from samarbejde.models import Enhed
from samarbejde.skolekalender import foerste_dag, skoleaar_for, skoleaar_navn

ARTER = [Art.LEDELSE, Art.FAST, Art.RESSOURCEPERSON, Art.MEDARBEJDER, Art.GAEST, Art.LOKALE]
FARVER = {
    Deltagelse.ACCEPTERET: "ok",
    Deltagelse.FORESLAAET: "advarsel",
    Deltagelse.AFBUD: "advarsel",
    Deltagelse.AFVIST: "neutral",
}
UDEN_FAGLIGHED = "Faglighed ikke angivet"
SIDER = ("Skole", "Fritid", "0–6 år", "Andre")


@dataclass(frozen=True)
class Linje:
    deltager: Deltager
    til: str

    @property
    def tilstand(self) -> str:
        if self.deltager.tilstand == Deltagelse.INVITERET and self.deltager.indkaldt_den is None:
            return "ikke indkaldt endnu"
        return str(self.deltager.get_tilstand_display())

    @property
    def farve(self) -> str:
        return FARVER.get(Deltagelse(self.deltager.tilstand), "neutral")

    @property
    def er_fast(self) -> bool:
        return self.deltager.art in {Art.LEDELSE, Art.FAST}

    @property
    def kan_udelades(self) -> bool:
        return self.er_fast and self.deltager.tilstand in MED

    @property
    def kan_fjernes(self) -> bool:
        return not self.er_fast and self.deltager.tilstand in {*MED, Deltagelse.FORESLAAET}


def deltagerside(moede: Moede) -> dict[str, Any]:
    deltagere = list(moede.deltagere.select_related("person__faglighed", "enhed").prefetch_related("punkter"))
    punkter = aabne_punkter(moede)
    linjer = sorted(_linjer(deltagere, punkter), key=lambda en: (ARTER.index(en.deltager.art), en.deltager.pk))
    vises_ikke = {Deltagelse.UDELADT, Deltagelse.BORTFALDET}
    kendte = _ressourcepersoners_fag(moede)
    return {
        "linjer": [en for en in linjer if en.deltager.tilstand not in vises_ikke],
        "udeladte": [en for en in linjer if en.deltager.tilstand == Deltagelse.UDELADT],
        "fagligheder": _fagligheder(punkter, deltagere, kendte),
        "balance": balance(moede, kendte),
        "sider": SIDER,
        "skoleaar": skoleaar_navn(skoleaar_for(tid.i_dag())),
        "advarsel": advarsel(moede),
        "kan_aendres": moede.er_kommende,
    }


def aabne_punkter(moede: Moede) -> list[Punkt]:
    return list(moede.punkter.filter(tilstand=Punkttilstand.PAA_DAGSORDEN).order_by("plads", "pk"))


def _linjer(deltagere: Iterable[Deltager], punkter: Sequence[Punkt]) -> Iterable[Linje]:
    numre = {punkt.pk: nummer for nummer, punkt in enumerate(punkter, 1)}
    for en in deltagere:
        egne = sorted(numre[punkt.pk] for punkt in en.punkter.all() if punkt.pk in numre)
        punkt = f"Punkt {opremsning(map(str, egne))}" if egne else "Ingen punkter mere"
        yield Linje(en, punkt if en.kun_punkter else "Hele mødet")


# --- which professions are in play (S41) -----------------------------------------------------------------------------
@dataclass(frozen=True)
class Punktfag:
    nummer: int
    punkt: Punkt
    med: list[str]
    mangler: list[str]


def _ressourcepersoners_fag(moede: Moede) -> dict[int, str]:
    raekker = Ressourceperson.objects.gaeldende(moede.dag).filter(forum__in=[forum.pk for forum in moede.fora])
    return dict(raekker.values_list("person", "faglighed__navn"))


def _fagligheder(punkter: Sequence[Punkt], deltagere: Iterable[Deltager], kendte: dict[int, str]) -> list[Punktfag]:
    """Item by item: the professions of those who come, and those of the forum that nobody brings. Support, no check."""
    kommer = [en for en in deltagere if en.tilstand in {Deltagelse.INVITERET, Deltagelse.ACCEPTERET}]
    raekker = []
    for nummer, punkt in enumerate(punkter, 1):
        til_punktet = [en for en in kommer if not en.kun_punkter or punkt in en.punkter.all()]
        med = {fag for en in til_punktet if (fag := _fag(en, kendte))}
        raekker.append(Punktfag(nummer, punkt, sorter_dansk(med), sorter_dansk(set(kendte.values()) - med)))
    return raekker


def _fag(deltager: Deltager, kendte: dict[int, str]) -> str:
    if deltager.person is None:
        return ""
    eget = deltager.person.faglighed.navn if deltager.person.faglighed else ""
    return kendte.get(deltager.person_id or 0, eget)


def balance(moede: Moede, kendte: dict[int, str]) -> list[tuple[str, list[int]]]:
    """How often each profession and each side took part in the forum this school year; by name, never by number."""
    fra = tid.fra_lokal(foerste_dag(skoleaar_for(tid.i_dag())), time())
    deltog = Deltager.objects.filter(tilstand=Deltagelse.DELTOG, moede__tilstand__in=HOLDT, moede__begynder__gte=fra)
    deltog = deltog.filter(moede__forum__in=[forum.pk for forum in moede.fora], person__isnull=False)
    tal: dict[str, Counter[str]] = defaultdict(Counter)
    for person, eget, art in deltog.order_by().values_list("person", "person__faglighed__navn", "enhed__art"):
        tal[kendte.get(person) or eget or UDEN_FAGLIGHED][_side(art)] += 1
    return [(fag, [tal[fag][side] for side in SIDER]) for fag in sorter_dansk(tal)]


def _side(art: str | None) -> str:
    if art in FRITID:
        return "Fritid"
    return {Enhed.Art.SKOLE.value: "Skole", Enhed.Art.DAGINSTITUTION.value: "0–6 år"}.get(art or "", "Andre")
