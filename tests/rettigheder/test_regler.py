"""Beside every right stands its rule: one Danish sentence, its source, and who can (S53)."""

import re

import pytest

from samarbejde.permissions import MODEL, PRAKSIS, REGLER, Handling, IkkeTilladtError

# The headings of "Samarbejdsmodellen", word for word; its opening has none and is cited as Indledning (decision 17).
AFSNIT = {
    "Indledning",
    "Stærkt samarbejde",
    "Samarbejde mellem skole og fritidstilbud i Ressourcecenter og Pædagogisk Læringscenter",
    "Formål med samarbejdet",
    "Deltagere, ansvar og rollefordeling i samarbejdet",
    "Fritidsinstitutioners og fritidscentres deltagelse i klyngen/netværkets ressourceteam",
    "Samarbejdsmodellen",
}


def test_every_act_has_its_rule():
    assert set(REGLER) == set(Handling)


def test_no_two_acts_share_a_name():
    navne = [regel.navn for regel in REGLER.values()]
    assert len(set(navne)) == len(navne)


@pytest.mark.parametrize("handling", Handling)
def test_the_rule_is_one_danish_sentence(handling):
    regel = REGLER[handling]
    assert re.fullmatch(r"[A-ZÆØÅ][^.]*\.", regel.saetning), regel.saetning
    assert re.match(r"[A-ZÆØÅ]", regel.navn)
    assert not regel.navn.endswith(".")
    assert regel.saetning == regel.saetning.strip()
    assert "  " not in regel.saetning


@pytest.mark.parametrize("handling", Handling)
def test_the_source_is_one_that_exists(handling):
    kilde = REGLER[handling].kilde
    if kilde.startswith(MODEL):
        assert kilde.removeprefix(MODEL) in AFSNIT
    else:
        assert kilde.startswith(PRAKSIS)
        assert len(kilde) > len(PRAKSIS)


def test_a_refusal_says_the_rule():
    assert (
        str(IkkeTilladtError(Handling.GODKEND))
        == "En part godkendes af partens egen leder; er posten ledig, af klyngelederen, og for en KKFO af skolelederen."
    )
