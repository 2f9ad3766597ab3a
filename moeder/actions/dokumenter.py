"""Ordering the papers of a meeting; the worker makes them (moeder.pdf)."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.laas import laas_moede
from moeder.indhold import aftryk
from moeder.models import Moede, Moededokument
from moeder.queries.papir import hindring, ser_hele
from moeder.queries.referat import uddragsenheder
from moeder.tasks import lav_papir_opgave
from samarbejde import tid
from samarbejde.formater import dato
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, IkkeTilladtError, kraev_ret
from samarbejde.spor import noter, noter_mange
from samarbejde.tilstande import IkkeMuligtError

Art = Moededokument.Art
SAMME = timedelta(hours=1)
HOLDBAR = timedelta(days=90)
FLEST_AD_GANGEN = 500


@transaction.atomic
def bestil_papir(*, moede: Moede, art: str, enhed: Enhed | None = None, af: Person) -> Moededokument:
    """The pack, the minutes, or a unit's extract. What was ordered within the hour and says the same is given again."""
    laast = laas_moede(moede, af, Handling.SE_MOEDE)
    if art not in Art.values or (art == Art.UDDRAG) != (enhed is not None):
        raise ValidationError("Vælg mødepakken, referatet eller et uddrag til en enhed.")
    papir = Moededokument(moede=laast, art=art, enhed=enhed, bestilt_af=af)
    kraev_papir(papir=papir, af=af)
    if enhed is not None and enhed not in uddragsenheder(laast, af):
        raise ValidationError(f"{enhed} var ikke med i mødet, så der er intet uddrag til den enhed.")
    papir.indhold = aftryk(papir)
    if (findes := _findes(papir)) is not None:
        return findes
    papir.save()
    noter(af=af, navn="bestil_papir", objekt=laast, saetning=f"{papir.navn} er bestilt som PDF.")
    transaction.on_commit(lambda: lav_papir_opgave.enqueue(papir.pk))
    return papir


def kraev_papir(*, papir: Moededokument, af: Person) -> None:
    """Asked when it is ordered and again when it is fetched: rights end, and minutes are taken back."""
    kraev_ret(af, Handling.SE_MOEDE, papir)
    if not ser_hele(papir.moede, af):
        raise IkkeTilladtError(Handling.SE_MOEDE)
    if grund := hindring(papir.moede, papir.art):
        raise IkkeMuligtError(grund)


def _findes(papir: Moededokument) -> Moededokument | None:
    ens = Moededokument.objects.filter(moede=papir.moede, art=papir.art, enhed=papir.enhed, indhold=papir.indhold)
    nyere = ens.filter(bestilt_den__gt=tid.nu() - SAMME).exclude(tilstand=Moededokument.Tilstand.FEJLET)
    return nyere.defer("pdf").select_related("moede", "enhed").first()


def slet_gamle_papirer(nu: datetime) -> int:
    """What was ordered long ago is thrown away (D15): the meeting itself is the truth, and a paper of it can be ordered
    again. The trail of the meeting keeps that there was one. One still being made is left to the worker.
    """
    gamle = Moededokument.objects.filter(bestilt_den__lt=nu - HOLDBAR).exclude(tilstand=Moededokument.Tilstand.BESTILT)
    with transaction.atomic():
        laaste = gamle.select_for_update(of=("self",)).defer("pdf").select_related("moede", "enhed").order_by("pk")
        papirer = list(laaste[:FLEST_AD_GANGEN])
        noter_mange(af=None, navn="slet_gamle_papirer", noter=[(en.moede, en.moede, _slettet(en)) for en in papirer])
        Moededokument.objects.filter(pk__in=[en.pk for en in papirer]).delete()
    return len(papirer)


def _slettet(papir: Moededokument) -> str:
    return f"{papir.navn} som PDF, bestilt {dato(tid.lokal(papir.bestilt_den).date())}, er slettet."
