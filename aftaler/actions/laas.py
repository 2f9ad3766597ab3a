from django.db.models import QuerySet

from aftaler.models import Aftale
from samarbejde.forespoergsel import hent
from samarbejde.roller import glem_roller


def laas(aftale: Aftale) -> Aftale:
    """The root row, locked until the transaction ends; roles are looked up anew under the lock."""
    glem_roller()
    return hent(_laast, None, aftale=aftale.pk)[0]


def _laast(_: None, aftale: int) -> QuerySet[Aftale]:
    laaste = Aftale.objects.select_for_update(of=("self",)).select_related("distrikt", "tovholder")
    return laaste.filter(pk=aftale)
