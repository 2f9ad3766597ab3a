"""The watch on `samarbejde.forespoergsel`: what was compiled for an abstract person is what the person would ask."""

from contextlib import contextmanager

from django.core.exceptions import EmptyResultSet

from samarbejde import forespoergsel, roller, tid


def sammenlign(faerdig, vaerdier, mine, byg, person, *faste, **varierende):
    with tid.frys(vaerdier[0]), roller.som_om(vaerdier[2], mine):  # asks for no roles of its own
        frisk = byg(person, *faste, **varierende)
        try:
            sql, parametre = frisk.query.get_compiler(frisk.db).as_sql()
        except EmptyResultSet:
            assert faerdig is None, f"{byg.__name__}: {person!r} can find nothing"
            return
    assert faerdig is not None, f"{byg.__name__}: found nothing for the abstract person"
    assert (faerdig.sql, faerdig.parametre_for(vaerdier)) == (sql, tuple(parametre)), byg.__name__


@contextmanager
def hver_forespoergsel():
    foer, forespoergsel.efterse = forespoergsel.efterse, sammenlign
    try:
        yield
    finally:
        forespoergsel.efterse = foer
