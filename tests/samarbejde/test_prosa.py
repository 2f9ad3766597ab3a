"""Prose is cleaned to one form, and never holds a CPR number (D7, D12)."""

import pytest

from samarbejde.prosa import har_personnummer, rens, rens_linje, til_html


@pytest.mark.parametrize(
    "tekst",
    [
        "010112-1234",
        "Barnet 0101121234 skal",
        "cpr 290212 1234.",
        "290200–1234",  # an en dash, as Word makes it
        "(311299-4321)",
        "to linjer\n010112\n1234",
    ],
)
def test_d7_d12_a_cpr_number_is_found(tekst):
    assert har_personnummer(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "320112-1234",  # no 32nd
        "311113-1234",  # no 31 November
        "290213-1234",  # no leap year in any century with 13
        "01011212345",  # eleven digits
        "Ring 33 66 33 66 eller 12345678",
        "EAN 5790000000000",
        "010112-123",
    ],
)
def test_d12_other_numbers_are_left_alone(tekst):
    assert not har_personnummer(tekst)


def test_text_is_cleaned_to_one_form():
    assert rens("a\x00b\r\nc\u202ed\u00a0e ") == "ab\ncd e"
    assert rens("•\tEt\n· To") == "- Et\n- To"
    assert rens_linje(" Fælles\n mål\t nu ") == "Fælles mål nu"


def test_html_is_never_the_writers_own():
    assert "<script" not in til_html("<script>alert(1)</script> [x](javascript:alert(1))")
    assert til_html("- en\n- to") == "<ul>\n<li>en</li>\n<li>to</li>\n</ul>"
