"""Every edge and every non-edge of an agreement and of a party's answer, against a list written by hand (S17)."""

import re
from types import SimpleNamespace

import pytest

from aftaler.models import Aftale, Aftalepart
from aftaler.states import LEVENDE, UDKAST, Overgang, Svar, Svarovergang, Tilstand
from samarbejde.tilstande import IkkeMuligtError, kan, skift

AFTALE = {
    ("kladde", "ret"): "kladde",
    ("kladde", "send"): "til_godkendelse",
    ("kladde", "annuller"): "annulleret",
    ("til_godkendelse", "traek_tilbage"): "kladde",
    ("til_godkendelse", "indgaa"): "indgaaet",
    ("til_godkendelse", "annuller"): "annulleret",
}
SVAR = {
    ("afventer", "godkend"): "godkendt",
    ("afventer", "kan_ikke"): "kan_ikke_godkende_endnu",
    ("kan_ikke_godkende_endnu", "godkend"): "godkendt",
    ("kan_ikke_godkende_endnu", "kan_ikke"): "kan_ikke_godkende_endnu",
    ("kan_ikke_godkende_endnu", "spoerg_igen"): "afventer",
    ("godkendt", "bortfald"): "bortfaldet",
    ("bortfaldet", "godkend"): "godkendt",
    ("bortfaldet", "kan_ikke"): "kan_ikke_godkende_endnu",
}
GRAFER = [
    pytest.param(Aftale, Tilstand, Overgang, AFTALE, id="aftale"),
    pytest.param(Aftalepart, Svar, Svarovergang, SVAR, id="svar"),
]
ALLE = [
    pytest.param(model, tilstand, overgang, facit.get((tilstand.value, overgang.value)), id=f"{tilstand}-{overgang}")
    for model, tilstande, overgange, facit in (param.values for param in GRAFER)
    for tilstand in tilstande
    for overgang in overgange
]


@pytest.mark.parametrize(("model", "tilstand", "overgang", "ventet"), ALLE)
def test_an_edge_leads_where_it_is_written_and_nowhere_else(model, tilstand, overgang, ventet):
    ting = SimpleNamespace(tilstand=tilstand, OVERGANGE=model.OVERGANGE)
    assert kan(ting, overgang) == (ventet is not None)
    if ventet is None:
        with pytest.raises(IkkeMuligtError) as fejl:
            skift(ting, overgang)
        assert str(fejl.value) == model.OVERGANGE[overgang].ellers
        assert ting.tilstand == tilstand
    else:
        skift(ting, overgang)
        assert ting.tilstand == ventet


@pytest.mark.parametrize(("model", "tilstande", "overgange", "facit"), GRAFER)
def test_nothing_is_left_out(model, tilstande, overgange, facit):
    assert set(model.OVERGANGE) == set(overgange)
    assert {kant for _, kant in facit} == {overgang.value for overgang in overgange}
    assert {fra for fra, _ in facit} | set(facit.values()) == set(tilstande.values)


@pytest.mark.parametrize(("model", "tilstande", "overgange", "facit"), GRAFER)
def test_the_reason_is_danish_and_ends_with_a_full_stop(model, tilstande, overgange, facit):
    for kant in model.OVERGANGE.values():
        assert re.fullmatch(r"[A-ZÆØÅ].*\.", kant.ellers), kant.ellers


@pytest.mark.parametrize(("model", "tilstande", "overgange", "facit"), GRAFER)
def test_every_state_is_one_that_the_database_takes(model, tilstande, overgange, facit):
    felt = model._meta.get_field("tilstand")
    assert {vaerdi for vaerdi, _ in felt.choices} == set(tilstande.values)
    for kant in model.OVERGANGE.values():
        assert {*kant.fra, kant.til} <= set(tilstande)


@pytest.mark.parametrize(("model", "tilstande", "overgange", "facit"), GRAFER)
def test_every_state_can_be_reached(model, tilstande, overgange, facit):
    start = str(model._meta.get_field("tilstand").default)
    naaet, ny = set(), {start}
    while ny:
        naaet |= ny
        ny = {til for (fra, _), til in facit.items() if fra in naaet} - naaet
    assert naaet == set(tilstande.values)


def test_the_end_states_are_these():
    uden_vej_ud = {tilstand.value for tilstand in Tilstand} - {fra for fra, _ in AFTALE}
    assert uden_vej_ud == {"indgaaet", "annulleret"}


def test_which_states_are_private_and_which_are_alive():
    """Decision 11: private until it is entered, also when it was annulled."""
    assert {tilstand.value for tilstand in UDKAST} == {"kladde", "til_godkendelse", "annulleret"}
    assert {tilstand.value for tilstand in LEVENDE} == {"kladde", "til_godkendelse"}
