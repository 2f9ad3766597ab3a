"""The call before it is sent: who gets it, why, when they must be there, and what is missing (S37)."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from moeder.models import Deltager, Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.queries.optaget import Optaget, sammenfald
from moeder.queries.tidsrum import Tidsrum, dagsordener, deltagerens_tid, egne_punkter
from moeder.states import MED, Deltagelse, Tilstand
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.formater import dato, opremsning, sorter_dansk
from samarbejde.kalender import ferier
from samarbejde.posttid import Levering, naeste_posttid
from samarbejde.skolekalender import hvorfor_ikke_skoledag

Art, A = Deltager.Art, Forum.Art
VENT = timedelta(minutes=10)


@dataclass(frozen=True)
class Modtager:
    """`tid` is None when the person is invited to items only and none of them stands on the agenda."""

    deltager: Deltager
    tid: Tidsrum | None

    @property
    def faar_mail(self) -> bool:
        d = self.deltager
        return bool(d.lokale_mail) or (d.person is not None and d.person.is_active)

    @property
    def navn(self) -> str:
        return str(self.deltager.person or self.deltager.lokale or "Ingen person")


@dataclass(frozen=True)
class Plan:
    moede: Moede
    dagsorden: list[Punkt]
    modtagere: list[Modtager]
    venter: list[Deltager]

    @property
    def deltagere(self) -> list[Deltager]:
        return [modtager.deltager for modtager in self.modtagere]

    @cached_property
    def mangler(self) -> list[str]:
        """What must be mended before the call can be sent."""
        return [*self._moedet(), *self._dagsordenen(), *self._modtagerne()]

    def _moedet(self) -> Iterator[str]:
        if self.moede.er_begyndt():
            yield "Mødets tid er gået, så der kan ikke indkaldes. Flyt mødet, eller planlæg et nyt."
        if not self.moede.formaal:
            yield "Mødet har intet formål. Ret mødet, og vælg mindst ét."

    def _dagsordenen(self) -> Iterator[str]:
        if not self.dagsorden:
            yield "Der er ingen punkter på dagsordenen. Sæt mindst ét på."
        niveauer = {punkt.niveau for punkt in self.dagsorden}
        if Niveau.ENKELTBARN in niveauer and (self.moede.forum.art != A.RC or self.moede.er_tematisk):
            yield (
                "Der er en drøftelse om et barn på dagsordenen. Den hører kun til i Ressourcecentret og aldrig på et "
                "tematisk møde. Flyt punktet."
            )
        if Niveau.BOERNEGRUPPE in niveauer and self.moede.forum.er_team and self._har_gaester():
            yield (
                "Et punkt om en gruppe børn kan ikke drøftes, når skole eller fritid er med i ressourceteamet. "
                "Flyt punktet, eller fjern gæsterne."
            )

    def _har_gaester(self) -> bool:
        egne = {Art.LEDELSE, Art.FAST, Art.LOKALE}
        return any(deltager.art not in egne for deltager in self.deltagere)

    def _modtagerne(self) -> Iterator[str]:
        if not any(modtager.faar_mail and not modtager.deltager.lokale for modtager in self.modtagere):
            yield "Ingen er inviteret. Vælg deltagere."
        for modtager in self.modtagere:
            if not modtager.deltager.grund.strip():
                yield f"{modtager.navn} er inviteret uden en grund. Skriv, hvorfor de skal være med."
            if modtager.tid is None:
                yield (
                    f"{modtager.navn} er kun inviteret til bestemte punkter, og ingen af dem er på dagsordenen. "
                    "Vælg punkter igen, eller fjern deltageren."
                )

    @property
    def advarsler(self) -> list[str]:
        """What is said and does not stop the call (case 30)."""
        ubesatte = [d.enhed.navn for d in self.deltagere if d.person is None and d.enhed]
        lukkede = [str(d.person) for d in self.deltagere if d.person is not None and not d.person.is_active]
        minutter = sum(punkt.minutter for punkt in self.dagsorden)
        sagt = {
            f"Mødet ligger på en dag uden skole: {hvorfor_ikke_skoledag(self.moede.dag, ferier())}.": (
                hvorfor_ikke_skoledag(self.moede.dag, ferier()) is not None
            ),
            f"Ingen får indkaldelsen for {opremsning(ubesatte)}, fordi lederposten ikke er besat.": bool(ubesatte),
            f"{opremsning(lukkede)} får ingen mail, fordi kontoen er lukket.": bool(lukkede),
            f"{opremsning(map(str, self.venter))} indkaldes først, når lederen har bekræftet.": bool(self.venter),
            f"Punkterne varer {minutter} minutter i alt, og mødet varer {self.moede.minutter}.": (
                minutter > self.moede.minutter
            ),
        }
        optagne = [f"{en}." for en in optagne_til(self.moede, self.deltagere)]
        return [*optagne, *(saetning for saetning, gaelder in sagt.items() if gaelder)]

    @property
    def aftryk(self) -> str:
        """What the preview showed: who, when and where. The button sends this and nothing else."""
        hvem = sorted((en.deltager.pk, en.deltager.person_id or 0, str(en.tid)) for en in self.modtagere)
        moedet = (self.moede.begynder.isoformat(), self.moede.slutter.isoformat(), self.moede.sted, self.moede.link)
        return hashlib.sha256(f"{hvem}|{moedet}|{self.moede.formaal}".encode()).hexdigest()[:32]


def optagne_til(moede: Moede, deltagere: Iterable[Deltager]) -> list[Optaget]:
    """Who stands on another meeting at that time: said before anything is sent, without a word of the other one."""
    tiden = (moede.begynder, moede.slutter)
    folk = [deltager.person for deltager in deltagere if deltager.person]
    return sammenfald([tiden], folk, [moede]).get(tiden, [])


def plan(moede: Moede) -> Plan:
    """Three queries, however many are invited."""
    alle = list(moede.deltagere.select_related("person", "enhed"))
    modtagere = sorter_dansk((d for d in alle if d.tilstand in MED), key=str)
    dagsorden, egne = dagsordener([moede.pk])[moede.pk], egne_punkter(modtagere)
    return Plan(
        moede,
        dagsorden,
        [Modtager(d, deltagerens_tid(d, moede, dagsorden, egne[d.pk])) for d in modtagere],
        [d for d in alle if d.tilstand == Deltagelse.FORESLAAET],
    )


def fortrydelsesfrist(indkaldt_den: datetime) -> datetime:
    """Ten minutes, or longer when no mail may leave that soon."""
    return naeste_posttid(indkaldt_den + VENT, Levering.STRAKS, ferier())


def kan_fortrydes_til(moede: Moede) -> datetime | None:
    """Until when the call can be regretted; None when that is over. Asked without a query."""
    if moede.tilstand != Tilstand.INDKALDT or moede.indkaldt_den is None:
        return None
    frist = fortrydelsesfrist(moede.indkaldt_den)
    return frist if tid.nu() < frist else None


def vist_tid(tidsrummet: Tidsrum) -> str:
    begynder, slutter = tidsrummet
    fra, til = tid.lokal(begynder), tid.lokal(slutter)
    if fra.date() == til.date():
        return f"{dato(begynder)} kl. {fra.hour}.{fra.minute:02d}–{til.hour}.{til.minute:02d}"
    return f"{dato(begynder)} kl. {fra.hour}.{fra.minute:02d} til {dato(slutter)} kl. {til.hour}.{til.minute:02d}"
