from moeder.models import Moede
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.roller import glem_roller


def laas_moede(moede: Moede, af: Person, handling: Handling) -> Moede:
    """The root row, locked until the transaction ends, and the right asked anew under the lock."""
    laast = Moede.objects.select_for_update(of=("self",)).select_related("forum__enhed", "medforum").get(pk=moede.pk)
    glem_roller()
    kraev_ret(af, handling, laast)
    return laast
