from aftaler.models import Aftale
from samarbejde.roller import glem_roller


def laas(aftale: Aftale) -> Aftale:
    """The root row, locked until the transaction ends; roles are looked up anew under the lock."""
    glem_roller()
    return Aftale.objects.select_for_update(of=("self",)).select_related("distrikt", "tovholder").get(pk=aftale.pk)
