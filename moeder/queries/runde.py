"""The round «Faglige perspektiver» (S41): who is there to be heard, who has not spoken yet. Support, not control."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from moeder.models import Bidrag, Deltager, Moede, Punkt
from moeder.queries.punkter import MED_TID
from moeder.states import Deltagelse
from ressourcecenter.models import Ressourceperson
from samarbejde.formater import sorter_dansk
from samarbejde.models import Faglighed
from samarbejde.prosa import til_html

RUNDE = "Faglige perspektiver"
BESKRIVELSE = "Alle fagligheder får ordet efter tur: Hvad ser vi fra vores sted, og hvad kan vi bidrage med?"
KOMMER = frozenset({Deltagelse.INVITERET, Deltagelse.ACCEPTERET, Deltagelse.DELTOG})


def som_runde() -> dict[str, Any]:
    """What a new round says."""
    ord_ = {"titel": RUNDE, "beskrivelse": BESKRIVELSE, "beskrivelse_html": til_html(BESKRIVELSE)}
    return {"er_runde": True, **ord_}


def har_runde(moede: Moede) -> Punkt | None:
    return Punkt.objects.filter(moede=moede, er_runde=True, tilstand__in=MED_TID).first()


@dataclass(frozen=True)
class Plads:
    faglighed: Faglighed
    har_talt: bool
    har_skrevet: bool


@dataclass(frozen=True)
class Runde:
    pladser: list[Plads]
    ikke_med: list[str]

    @property
    def navne(self) -> list[str]:
        return [plads.faglighed.navn for plads in self.pladser]

    @property
    def endnu_ikke(self) -> list[str]:
        """Neither heard nor read: a contribution to any item of the meeting is a perspective too (S42)."""
        return [en.faglighed.navn for en in self.pladser if not (en.har_talt or en.har_skrevet)]


def runde(punkt: Punkt, moede: Moede) -> Runde:
    """One query. A resource person is there as what they are in the forum, others by their own profession."""
    kommer = Deltager.objects.filter(moede=moede, tilstand__in=KOMMER, person__isnull=False)
    kommer = kommer.filter(Q(kun_punkter=False) | Q(punkter=punkt))
    tilknyttede = Ressourceperson.objects.gaeldende(moede.dag).filter(forum__in=moede.fora)
    som_ressource = tilknyttede.filter(person__in=kommer.values("person")).values("faglighed")
    uden = kommer.exclude(person__in=tilknyttede.values("person")).filter(person__faglighed__isnull=False)
    er_med = Q(pk__in=som_ressource) | Q(pk__in=uden.values("person__faglighed"))
    talt = Punkt.hoerte.through.objects.filter(punkt=punkt, faglighed=OuterRef("pk"))
    skrevet = Bidrag.objects.filter(punkt__moede=moede, faglighed=OuterRef("pk"))
    fundne = Faglighed.objects.filter(er_med | Q(pk__in=tilknyttede.values("faglighed"))).annotate(
        er_med=ExpressionWrapper(er_med, output_field=BooleanField()),
        har_talt=Exists(talt),
        har_skrevet=Exists(skrevet),
    )
    return _runde(fundne)


def _runde(fundne: Iterable[Faglighed]) -> Runde:
    efter_navn = {en.navn: en for en in fundne}
    alle = [efter_navn[navn] for navn in sorter_dansk(efter_navn)]
    pladser = [Plads(en, en.har_talt, en.har_skrevet) for en in alle if en.er_med]
    return Runde(pladser, [en.navn for en in alle if not en.er_med])
