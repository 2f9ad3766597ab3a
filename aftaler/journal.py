"""The documents of a year's agreements for journal and archive (D16): every one, also of a version that is replaced."""

from collections.abc import Iterator
from functools import partial

from django.db.models import Prefetch

from aftaler.data import KLE
from aftaler.models import Aftale, Dokument
from aftaler.verificering import staar_som_godkendt
from samarbejde import tid
from samarbejde.eksport import Journalpost
from samarbejde.skolekalender import skoleaar_navn


def journalposter(skoleaar: int) -> Iterator[Journalpost]:
    """Districts in Danish order, and each one's documents in the order they were made; no bytes yet."""
    aftaler = Aftale.objects.filter(skoleaar=skoleaar, indgaaet_den__isnull=False).select_related("distrikt")
    dokumenter = Prefetch("dokumenter", Dokument.objects.defer("pdf").order_by("loebenummer"))
    for aftale in aftaler.order_by("distrikt__navn", "nummer").prefetch_related("parter__godkendelse", dokumenter):
        for dokument in aftale.dokumenter.all():
            yield _post(aftale, dokument)


def _post(aftale: Aftale, dokument: Dokument) -> Journalpost:
    er_klar = dokument.tilstand == Dokument.Tilstand.KLAR
    version = f"version-{aftale.nummer}-dokument-{dokument.loebenummer}"
    return Journalpost(
        fil=f"samarbejdsaftale-{aftale.skoleaar}-{aftale.distrikt.slug}-{version}.pdf",
        dato=tid.lokal(dokument.bestilt_den).date().isoformat(),
        tema=f"Samarbejdsaftale om Stærkt samarbejde: {aftale}, dokument {dokument.loebenummer}",
        kle=KLE,
        parter=[part.godkendelse.enhedsnavn for part in aftale.parter.all() if staar_som_godkendt(part, dokument)],
        distrikt=aftale.distrikt.navn,
        skoleaar=skoleaar_navn(aftale.skoleaar),
        version=aftale.nummer,
        dokument=dokument.loebenummer,
        tilstand=aftale.tilstandsnavn if er_klar else f"{aftale.tilstandsnavn}, PDF'en er ikke lavet endnu",
        kode=dokument.kode,
        sha256=dokument.sha256,
        lavet_den=dokument.lavet_den,
        hent=partial(_bytes, dokument.pk) if er_klar else None,
    )


def _bytes(pk: int) -> bytes:
    return bytes(Dokument.objects.values_list("pdf", flat=True).get(pk=pk))
