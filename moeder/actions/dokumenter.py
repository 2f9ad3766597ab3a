"""Ordering the papers of a meeting; the worker makes them (moeder.pdf)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.laas import laas_moede
from moeder.indhold import aftryk
from moeder.models import Moede, Moededokument
from moeder.queries.papir import hindring, ser_hele
from moeder.queries.referat import uddragsenheder
from moeder.tasks import lav_papir_opgave
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling, IkkeTilladtError, kraev_ret
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

Art = Moededokument.Art
SAMME = timedelta(hours=1)


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
