"""What /readyz says: can the site serve, and does the post move? Counts and ages only, never a name or a text."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min, Q

from samarbejde import certifikat, tid
from samarbejde.handlinger import Rolle
from samarbejde.models import Besked, Person
from samarbejde.posttid import Levering
from samarbejde.roller import mine_roller
from samarbejde.stik import Boks

POST_BOER_VAERE_VAEK_EFTER_MINUTTER = 15


def tilstand() -> dict[str, Any]:
    """`klar` is false when the database is away or the schema is old; a warning alone never is."""
    try:
        migreret = _er_migreret() or _glem_og_svar_nej()
        post = _post()
    except DatabaseError:
        return {"klar": False, "database": "svarer ikke", "advarsler": settings.MILJOE.advarsler}
    segl, segladvarsler = certifikat.tilstand()
    return {
        "klar": migreret,
        "database": "svarer",
        "migrationer": "kørt" if migreret else "mangler",
        "post": post,
        "segl": segl,
        "advarsler": [*settings.MILJOE.advarsler, *segladvarsler, *_postadvarsler(post)],
    }


def startboks(person: Person) -> list[Boks]:
    """The administrator is told before the certificate is too old, also where nobody reads /readyz."""
    if Rolle.ADMINISTRATOR not in mine_roller(person).globale:
        return []
    advarsler = [*settings.MILJOE.advarsler, *certifikat.tilstand()[1]]
    return [Boks("Det skal driften se på", "samarbejde/_drift.html", advarsler)] if advarsler else []


@cache
def _er_migreret() -> bool:
    """Asked until it is so, then remembered: it reads every migration file."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _glem_og_svar_nej() -> bool:
    _er_migreret.cache_clear()
    return False


def _post() -> dict[str, int]:
    venter = Besked.objects.forfaldne(tid.nu()).for_sig()
    aeldste = venter.aggregate(aeldste=Min("tidligst_den"))["aeldste"]
    # A link that died unsent cannot be sent again: it tells of the mail server for a day.
    doede = Q(levering=Levering.BESTILT, oprettet_den__lt=tid.nu() - timedelta(days=1))
    fejlede = Besked.objects.filter(tilstand=Besked.Tilstand.FEJLET).exclude(doede)
    return {"aeldste_forfaldne_minutter": _minutter_siden(aeldste), "fejlede": fejlede.count()}


def _minutter_siden(hvornaar: datetime | None) -> int:
    return 0 if hvornaar is None else max(0, int((tid.nu() - hvornaar).total_seconds() // 60))


def _postadvarsler(post: dict[str, int]) -> list[str]:
    advarsler = []
    if post["aeldste_forfaldne_minutter"] > POST_BOER_VAERE_VAEK_EFTER_MINUTTER:
        advarsler.append("Der er mails, som skulle være sendt for længst: se, om workeren (db_worker) kører.")
    if post["fejlede"]:
        advarsler.append("Der er mails, som ikke kunne afleveres: se dem under Post som administrator.")
    return advarsler
