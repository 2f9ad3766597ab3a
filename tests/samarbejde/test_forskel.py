"""The difference between two texts, word by word: nothing lost, nothing invented, and what is the same is not shown."""

import re
import time

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from samarbejde.forskel import Slags, Stykke, er_ens, forskel

LIGE, FJERNET, TILFOEJET = Slags


def par(foer, efter):
    return [(stykke.slags, stykke.tekst) for stykke in forskel(foer, efter)]


def test_one_word_in_a_sentence_is_one_word():
    assert par("Vi mødes hver uge.", "Vi mødes hver måned.") == [
        (LIGE, "Vi mødes hver"),
        (FJERNET, " uge."),
        (TILFOEJET, " måned."),
    ]


@pytest.mark.parametrize(
    ("foer", "efter", "ventet"),
    [
        ("", "", []),
        ("", "Nyt", [(TILFOEJET, "Nyt")]),
        ("Alt", "", [(FJERNET, "Alt")]),
        ("Det samme.", "Det samme.", [(LIGE, "Det samme.")]),
        ("Det  samme.", "Det samme.", [(LIGE, "Det  samme.")]),
        ("En linje", "En linje\n- et punkt", [(LIGE, "En linje"), (TILFOEJET, "\n- et punkt")]),
        ("Et afsnit. To.", "Et afsnit.\n\nTo.", [(LIGE, "Et afsnit."), (TILFOEJET, "\n\n"), (LIGE, " To.")]),
    ],
)
def test_what_changed_is_said_and_nothing_else(foer, efter, ventet):
    assert par(foer, efter) == ventet
    assert er_ens(forskel(foer, efter)) == all(slags == LIGE for slags, _ in ventet)


TEKST = st.text(st.sampled_from("ab .\n\tæ*-"), max_size=60)


@given(TEKST, TEKST)
def test_no_word_is_lost_or_invented(foer, efter):
    stykker = forskel(foer, efter)
    assert "".join(et.tekst for et in stykker if et.slags != FJERNET).split() == efter.split()
    assert "".join(et.tekst for et in stykker if et.slags != TILFOEJET).split() == foer.split()


def test_two_texts_of_ten_thousand_characters_are_compared_at_once():
    """Also the worst there is: the same word over and over."""
    for foer, efter in (("og " * 3333, "og " * 3000 + "nej"), ("ord " * 2500, "andet " * 1666)):
        start = time.process_time()
        forskel(foer, efter)
        assert time.process_time() - start < 2


def test_the_page_says_it_in_words_too_and_writes_no_markup_of_the_text():
    side = render_to_string("komponenter/forskel.html", {"stykker": forskel("Før <b>", "Nu <i>")})
    assert "<b>" not in side
    assert "<i>" not in side
    assert re.sub(r"<[^>]+>", "", side).strip() == "[fjernet: Før &lt;b&gt;][tilføjet: Nu &lt;i&gt;]"


def test_a_new_line_is_seen():
    side = render_to_string("komponenter/forskel.html", {"stykker": [Stykke(TILFOEJET, "\nNy")]})
    assert "<br>Ny" in side
