"""Acts on the outbox."""

from django.db import transaction

from samarbejde import tid
from samarbejde.models import Besked, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import vaek_worker
from samarbejde.posttid import Levering
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError


@transaction.atomic
def gensend_besked(*, besked: Besked, af: Person) -> Besked:
    """Try again to deliver a mail that was given up; the count of attempts begins anew."""
    laast = Besked.objects.select_for_update().get(pk=besked.pk)
    glem_roller()
    kraev_ret(af, Handling.GENSEND_BESKED, HELE_KOMMUNEN)
    if laast.tilstand != Besked.Tilstand.FEJLET:
        raise IkkeMuligtError("Kun en mail, der ikke kunne afleveres, kan sendes igen.")
    if laast.levering == Levering.BESTILT:
        raise IkkeMuligtError(
            f"Linket i mailen virker ikke længere. {laast.til} kan bede om et nyt, hvor man logger ind."
        )
    laast.tilstand, laast.forsoeg, laast.tidligst_den = Besked.Tilstand.VENTER, 0, tid.nu()
    laast.save(update_fields=["tilstand", "forsoeg", "tidligst_den"])
    noter(
        af=af,
        navn="gensend_besked",
        objekt=laast,
        rod=laast.til,
        saetning=f"En mail til {laast.til} bliver sendt igen.",
    )
    transaction.on_commit(lambda: vaek_worker(laast.pk))
    return laast
