"""How an agreement ends early: ophævet with a reason, or bortfaldet when its year ran out before it was entered."""

from datetime import UTC, datetime

import pytest

from aftaler import actions
from aftaler.actions.ophoer import lad_gamle_bortfalde
from aftaler.models import Aftale
from aftaler.states import Svar, Tilstand
from aftaler.tur import naeste_skridt
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
GRUND = "Skolen lægges sammen med naboskolen."
NAESTE_AAR = datetime(2027, 8, 1, 3, tzinfo=UTC)


@pytest.fixture
def v():
    return verden()


def ophaev(aftale, v, af=None):
    return actions.ophaev_aftale(aftale=aftale, af=af or v.skoleleder, grund=GRUND)


# --- ophævet -------------------------------------------------------------------------------------------------------
def test_the_tovholder_ends_one_in_force_with_a_reason_and_it_can_still_be_read(v):
    aftale = byg.indgaaet(v)
    sanne = logget_ind(v.skoleleder)
    assert "Ophæv aftalen" in tekst(sanne.get(rod(aftale)))
    assert "Skriv en grund." in tekst(sanne.post(rod(aftale) + "ophaev/", {"grund": ""}))
    assert sanne.post(rod(aftale) + "ophaev/", {"grund": GRUND}).url == rod(aftale)
    assert byg.frisk(aftale).tilstand == Tilstand.OPHAEVET
    side = tekst(logget_ind(v.medarbejder).get(rod(aftale)))
    assert "Aftalen er ophævet" in side
    assert GRUND in side
    assert "Mange børn skifter" in side
    assert byg.part(aftale, v.kkfo).tilstand == Svar.GODKENDT
    breve = Besked.objects.filter(noegle__startswith="ophaev:")
    assert set(breve.values_list("til__navn", flat=True)) == {"Pia Dahl", "Carl Havn", "Dorte Sol"}
    assert all(GRUND not in brev.tekst for brev in breve), "D37"
    assert naeste_skridt(byg.frisk(aftale), v.skoleleder) == []


def test_s7_an_ended_agreement_does_not_count_and_the_district_starts_another(v):
    gammel = byg.indgaaet(v)
    ophaev(gammel, v)
    assert "Opret årets aftale" in tekst(logget_ind(v.skoleleder).get("/"))
    ny = byg.tom(v)
    assert ny.nummer == gammel.nummer + 1


def test_s7_the_overview_and_the_district_page_stand_when_the_only_one_was_ended(v):
    ophaev(byg.indgaaet(v), v)
    assert logget_ind(v.forvaltning).get("/forvaltning/").status_code == 200
    side = logget_ind(v.skoleleder).get(f"/distrikter/{v.distrikt.slug}/")
    assert "Opret aftalen for" in tekst(side)


@pytest.mark.parametrize("lav", [byg.kladde, byg.sendt, byg.annulleret])
def test_only_one_in_force_is_ended(v, lav):
    aftale = lav(v)
    with pytest.raises(IkkeMuligtError, match="der er indgået, kan ophæves"):
        ophaev(aftale, v)
    assert logget_ind(v.skoleleder).get(rod(aftale) + "ophaev/").url == rod(aftale)


def test_twice_is_once(v):
    aftale = byg.indgaaet(v)
    ophaev(aftale, v)
    with pytest.raises(IkkeMuligtError):
        ophaev(aftale, v)
    assert Haendelse.objects.filter(navn="ophaev_aftale").count() == 1


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "klyngeleder", "omraadechef", "forvaltning", "administrator"])
def test_decision_13_nobody_above_or_beside_ends_it(v, hvem):
    with pytest.raises(IkkeTilladtError):
        ophaev(byg.indgaaet(v), v, getattr(v, hvem))


# --- bortfaldet ----------------------------------------------------------------------------------------------------
def test_a_draft_and_one_in_approval_lapse_when_the_year_is_over_and_not_before(v):
    kladde = byg.kladde(v)
    with byg.i_aaret(2025):
        sendt = byg.sendt(v)
    with byg.i_aaret(2024):
        indgaaet = byg.indgaaet(v)
    assert lad_gamle_bortfalde(tid.nu()) == 1
    assert (byg.frisk(sendt).tilstand, byg.frisk(kladde).tilstand) == (Tilstand.BORTFALDET, Tilstand.KLADDE)
    with tid.frys(NAESTE_AAR):
        assert lad_gamle_bortfalde(tid.nu()) == 1
        assert lad_gamle_bortfalde(tid.nu()) == 0, "the routine runs every night"
    assert byg.frisk(kladde).tilstand == Tilstand.BORTFALDET
    assert byg.frisk(indgaaet).tilstand == Tilstand.INDGAAET
    assert Haendelse.objects.filter(navn="bortfald", af=None).count() == 2
    assert Besked.objects.filter(noegle__startswith=f"bortfald:{kladde.pk}:").count() == 4


def test_decision_11_a_lapsed_draft_is_still_the_parties_own(v):
    with byg.i_aaret(2025):
        aftale = byg.kladde(v)
    lad_gamle_bortfalde(tid.nu())
    assert "Mange børn skifter" in tekst(logget_ind(v.medarbejder).get(rod(aftale)))
    udefra = tekst(logget_ind(v.omraadechef).get(rod(aftale)))
    assert "Mange børn skifter" not in udefra
    assert "bortfaldet" in udefra.casefold()
    assert Aftale.objects.count() == 1


def test_a_lapsed_one_is_neither_written_nor_sent(v):
    with byg.i_aaret(2025):
        aftale = byg.kladde(v)
    lad_gamle_bortfalde(tid.nu())
    with pytest.raises(IkkeMuligtError):
        byg.skriv_afsnit(aftale, v.skoleleder, "behov", "For sent.")
    with pytest.raises(IkkeMuligtError):
        byg.send(aftale, v.skoleleder)
