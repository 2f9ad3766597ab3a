"""Every edge and every non-edge of an agreement and of a party's answer, against a list written by hand (S17)."""

import re
from types import SimpleNamespace

import pytest

from aftaler.models import Aftale, Aftalepart
from aftaler.samskrivning import Forslag, Forslagsovergang, Tiltagsforslag
from aftaler.states import LEVENDE, UDKAST, Overgang, Svar, Svarovergang, Tilstand
from moeder import models as moeder
from moeder import states as m
from samarbejde.tilstande import IkkeMuligtError, kan, skift

AFTALE = {
    ("kladde", "ret"): "kladde",
    ("kladde", "send"): "til_godkendelse",
    ("kladde", "annuller"): "annulleret",
    ("til_godkendelse", "traek_tilbage"): "kladde",
    ("til_godkendelse", "indgaa"): "indgaaet",
    ("til_godkendelse", "annuller"): "annulleret",
    **{(fra, "bortfald"): "bortfaldet" for fra in ("kladde", "til_godkendelse")},
    ("indgaaet", "ophaev"): "ophaevet",
    ("indgaaet", "lav_ny_version"): "indgaaet",
    ("indgaaet", "erstat"): "erstattet",
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
    ("godkendt", "fortryd"): "trukket",
    **{
        (fra, "udtraed"): "udtraadt"
        for fra in ("afventer", "kan_ikke_godkende_endnu", "bortfaldet", "trukket", "godkendt", "tiltraadt")
    },
    **{(fra, "tiltraed"): "tiltraadt" for fra in ("afventer", "kan_ikke_godkende_endnu", "bortfaldet", "trukket")},
    ("trukket", "godkend"): "godkendt",
    ("trukket", "kan_ikke"): "kan_ikke_godkende_endnu",
}
FORSLAG = {("foreslaaet", "tag_med"): "taget_med", ("foreslaaet", "afvis"): "afvist"}
U = ("modtaget", "henvist", "forelagt_skoleleder")
ANMODNING = {
    **{(fra, "planlaeg"): "planlagt" for fra in U},
    **{(fra, "saet_paa"): "paa_dagsorden" for fra in U},
    **{(fra, "henvis"): "henvist" for fra in U},
    **{(fra, "afvis"): "afvist" for fra in U},
    **{(fra, "flet"): "flettet" for fra in U},
    **{(fra, "traek"): "trukket" for fra in U},
    ("afvist", "forelaeg"): "forelagt_skoleleder",
    **{(fra, "giv_tilbage"): "modtaget" for fra in ("planlagt", "paa_dagsorden")},
    **{(fra, "behandl"): "behandlet" for fra in ("planlagt", "paa_dagsorden")},
}
MOEDE = {
    ("reserveret", "ret"): "reserveret",
    ("reserveret", "indkald"): "indkaldt",
    ("reserveret", "aflys"): "aflyst",
    ("indkaldt", "ret_indkaldt"): "indkaldt",
    ("indkaldt", "fortryd_indkaldelse"): "reserveret",
    ("indkaldt", "hold"): "afholdt",
    ("indkaldt", "aflys"): "aflyst",
    ("indkaldt", "blev_ikke_holdt"): "ikke_afholdt",
    ("afholdt", "skriv"): "referat_udkast",
    ("afholdt", "send_i_hoering"): "referat_i_hoering",
    ("referat_udkast", "skriv"): "referat_udkast",
    ("referat_udkast", "send_i_hoering"): "referat_i_hoering",
    ("referat_i_hoering", "skriv_videre"): "referat_udkast",
    ("referat_i_hoering", "luk"): "referat_lukket",
    ("aflyst", "genopret"): "reserveret",
}
DELTAGELSE = {
    ("foreslaaet", "bekraeft"): "inviteret",
    ("foreslaaet", "afvis"): "afvist",
    ("foreslaaet", "bortfald"): "bortfaldet",
    **{
        (fra, overgang): til
        for fra in ("inviteret", "accepteret", "afbud")
        for overgang, til in (
            ("sig_ja", "accepteret"),
            ("meld_afbud", "afbud"),
            ("udelad", "udeladt"),
            ("bortfald", "bortfaldet"),
            ("deltog", "deltog"),
            ("deltog_ikke", "deltog_ikke"),
        )
    },
    ("accepteret", "spoerg_igen"): "inviteret",
    ("afbud", "spoerg_igen"): "inviteret",
    ("udeladt", "tag_med"): "inviteret",
    ("bortfaldet", "tag_med"): "inviteret",
    **{(fra, "foreslaa"): "foreslaaet" for fra in ("inviteret", "accepteret", "afbud", "bortfaldet")},
    ("deltog_ikke", "deltog"): "deltog",
    ("deltog", "deltog_ikke"): "deltog_ikke",
}
PUNKT = {
    ("foreslaaet", "gem_til_senere"): "venter",
    ("paa_dagsorden", "gem_til_senere"): "venter",
    ("foreslaaet", "tag_paa"): "paa_dagsorden",
    ("venter", "tag_paa"): "paa_dagsorden",
    ("paa_dagsorden", "behandl"): "behandlet",
    ("behandlet", "genaabn"): "paa_dagsorden",
    ("paa_dagsorden", "udsaet"): "udsat",
    **{(fra, "luk"): "lukket" for fra in ("foreslaaet", "venter", "paa_dagsorden")},
    **{(fra, "giv_videre"): "givet_videre" for fra in ("foreslaaet", "venter", "paa_dagsorden")},
}
OPGAVE = {
    **{(fra, "fortsaet"): "i_gang" for fra in ("aaben", "i_gang")},
    **{(fra, "afslut"): "afsluttet" for fra in ("aaben", "i_gang")},
    **{(fra, "opgiv"): "opgivet" for fra in ("aaben", "i_gang")},
    **{(fra, "genaabn"): "i_gang" for fra in ("afsluttet", "opgivet")},
}
OENSKE = {
    ("foreslaaet", "aftal"): "gaelder",
    ("foreslaaet", "afvis"): "afvist",
    ("foreslaaet", "ophoer"): "ophoert",
    ("gaelder", "ophoer"): "ophoert",
}
# A row begins in one of these: the default, and the other one that an action may give it.
ANDEN_START = {moeder.Deltager: "foreslaaet", moeder.Punkt: "foreslaaet"}
GRAFER = [
    pytest.param(Aftale, Tilstand, Overgang, AFTALE, id="aftale"),
    pytest.param(Aftalepart, Svar, Svarovergang, SVAR, id="svar"),
    pytest.param(Tiltagsforslag, Forslag, Forslagsovergang, FORSLAG, id="forslag"),
    pytest.param(moeder.Anmodning, m.Anmodningstilstand, m.Anmodningsovergang, ANMODNING, id="anmodning"),
    pytest.param(moeder.Moede, m.Tilstand, m.Overgang, MOEDE, id="moede"),
    pytest.param(moeder.Deltager, m.Deltagelse, m.Deltagelsesovergang, DELTAGELSE, id="deltagelse"),
    pytest.param(moeder.Punkt, m.Punkttilstand, m.Punktovergang, PUNKT, id="punkt"),
    pytest.param(moeder.Opgave, m.Opgavetilstand, m.Opgaveovergang, OPGAVE, id="opgave"),
    pytest.param(moeder.Deltagelsesoenske, m.Oenske, m.Oenskeovergang, OENSKE, id="oenske"),
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
    naaet, ny = set(), {start, ANDEN_START.get(model, start)}
    while ny:
        naaet |= ny
        ny = {til for (fra, _), til in facit.items() if fra in naaet} - naaet
    assert naaet == set(tilstande.values)


def test_the_end_states_are_these():
    uden_vej_ud = {tilstand.value for tilstand in Tilstand} - {fra for fra, _ in AFTALE}
    assert uden_vej_ud == {"annulleret", "bortfaldet", "ophaevet", "erstattet"}


@pytest.mark.parametrize(
    ("tilstande", "facit", "slut"),
    [
        (m.Anmodningstilstand, ANMODNING, {"flettet", "trukket", "behandlet"}),
        (m.Tilstand, MOEDE, {"referat_lukket", "ikke_afholdt"}),
        (m.Deltagelse, DELTAGELSE, {"afvist"}),
        (m.Punkttilstand, PUNKT, {"udsat", "lukket", "givet_videre"}),
        (m.Opgavetilstand, OPGAVE, set()),
        (m.Oenske, OENSKE, {"afvist", "ophoert"}),
    ],
)
def test_the_end_states_of_meetings_are_these(tilstande, facit, slut):
    assert {tilstand.value for tilstand in tilstande} - {fra for fra, _ in facit} == slut


def test_which_states_of_meetings_belong_together():
    assert set(U) == m.UBESVARET
    assert {"planlagt", "paa_dagsorden"} == m.LOVET
    assert {"reserveret", "indkaldt"} == m.KOMMENDE
    assert {"afholdt", "referat_udkast", "referat_i_hoering", "referat_lukket"} == m.HOLDT
    assert {"inviteret", "accepteret", "afbud"} == m.MED
    assert {"inviteret", "accepteret", "afbud", "deltog", "deltog_ikke"} == m.AKTIVE
    assert {"foreslaaet", "venter"} == m.I_KOEEN
    assert {"foreslaaet", "venter", "paa_dagsorden"} == m.AABNE_PUNKTER
    assert {"aaben", "i_gang"} == m.AABNE_OPGAVER


def test_which_states_are_private_and_which_are_alive():
    """Decision 11: private until it is entered, also when it was annulled or ran out of time."""
    assert {tilstand.value for tilstand in UDKAST} == {"kladde", "til_godkendelse", "annulleret", "bortfaldet"}
    assert {tilstand.value for tilstand in LEVENDE} == {"kladde", "til_godkendelse"}
