"""Several calls at the same instant, in threads with a connection each: `fordel(samtidig(*kald), ValidationError)`."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

VENTETID = 60


def samtidig(*kald):
    """Start them all at once, each with its own connection; what each answered or raised, in their order."""
    barriere = threading.Barrier(len(kald))

    def et_kald(goer):
        try:
            connections["default"].ensure_connection()
            barriere.wait(VENTETID)
            return goer()
        except Exception as fejl:
            return fejl
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(kald)) as traade:
        return list(traade.map(et_kald, kald))


def fordel(svar, *fejl):
    """The answers that went well, and those refused; anything else is a fault."""
    afvist = [et for et in svar if isinstance(et, fejl)]
    lykkedes = [et for et in svar if not isinstance(et, Exception)]
    assert len(afvist) + len(lykkedes) == len(svar), svar
    return lykkedes, afvist
