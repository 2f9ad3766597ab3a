"""Each accession makes one more document; the earlier can be fetched, also while the next is made (decision 12)."""

import pytest

from aftaler import actions
from aftaler.models import Dokument
from samarbejde import tid
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


def klar(dokument, indhold):
    Dokument.objects.filter(pk=dokument.pk).update(
        tilstand="klar", pdf=indhold, sha256=indhold.hex()[:8], lavet_den=tid.nu()
    )


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    """Entered with its document made; a second one is ordered for a party that came late."""
    aftale = byg.indgaaet(v)
    klar(aftale.dokumenter.get(), b"%PDF-1.7 det foerste")
    Dokument.objects.create(aftale=aftale, indhold=aftale.indhold, loebenummer=2)
    return aftale


def hent(v, aftale, nr=""):
    return logget_ind(v.paedagogiskleder).get(f"{rod(aftale)}aftale.pdf{nr}")


def test_decision_12_while_the_next_is_made_the_page_offers_the_one_before(v, aftale):
    svar = hent(v, aftale)
    assert svar.status_code == 202
    assert "Hent dokument nr. 1" in tekst(svar)
    assert b"det foerste" in b"".join(hent(v, aftale, "?nr=1"))


def test_decision_12_the_newest_is_served_and_the_earlier_stays_bit_for_bit(v, aftale):
    klar(aftale.dokumenter.get(loebenummer=2), b"%PDF-1.7 det andet")
    assert b"det andet" in b"".join(hent(v, aftale))
    svar = hent(v, aftale, "?nr=1")
    assert b"".join(svar) == b"%PDF-1.7 det foerste"
    assert "-nr-1.pdf" in svar["Content-Disposition"]


def test_one_that_failed_still_offers_the_one_before(v, aftale):
    Dokument.objects.filter(aftale=aftale, loebenummer=2).update(tilstand="fejlet", fejl="prøve")
    svar = hent(v, aftale)
    assert svar.status_code == 404
    assert "Hent dokument nr. 1" in tekst(svar)


def test_a_number_that_is_not_there_is_told_and_an_outsider_gets_none(v, aftale):
    for nr in ("7", "0", "x", ""):
        assert hent(v, aftale, f"?nr={nr}").status_code == 404, nr
    assert logget_ind(v.udenfor).get(f"{rod(aftale)}aftale.pdf?nr=1").status_code == 404


def test_decision_11_a_new_version_has_documents_of_its_own(v, aftale):
    ny = actions.lav_ny_version(aftale=aftale, af=v.skoleleder, grund="Rettes.")
    assert hent(v, byg.frisk(ny), "?nr=1").status_code == 404
