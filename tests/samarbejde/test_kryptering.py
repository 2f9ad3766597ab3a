"""Confidential fields: a key ring, bound to their place, and never a crash over what cannot be read."""

import os

import pytest

from samarbejde.kryptering import UlaeseligError, dekrypter, krypter

STED = "samarbejde_gemtformular.indhold.7"
GAMMEL, NY = os.urandom(32), os.urandom(32)


@pytest.fixture(autouse=True)
def _noegler(settings):
    settings.FORTROLIGHED_NOEGLER = [NY, GAMMEL]


@pytest.mark.parametrize("tekst", ["", "Blåbærgrød på Østerbro 🫐", "\x00", "x" * 1_000_000])
def test_what_is_written_can_be_read(tekst):
    assert dekrypter(krypter(tekst.encode(), STED), STED).decode() == tekst


def test_the_same_text_never_looks_the_same_twice():
    assert krypter(b"hemmeligt", STED) != krypter(b"hemmeligt", STED)
    assert b"hemmeligt" not in krypter(b"hemmeligt", STED)


def test_the_first_key_writes_and_all_of_them_read(settings):
    settings.FORTROLIGHED_NOEGLER = [GAMMEL]
    gammelt = krypter(b"skrevet sidste aar", STED)
    settings.FORTROLIGHED_NOEGLER = [NY, GAMMEL]
    nyt = krypter(b"skrevet i dag", STED)
    assert dekrypter(gammelt, STED) == b"skrevet sidste aar"
    settings.FORTROLIGHED_NOEGLER = [NY]
    assert dekrypter(nyt, STED) == b"skrevet i dag"
    with pytest.raises(UlaeseligError):
        dekrypter(gammelt, STED)


@pytest.mark.parametrize(
    "andet_sted", ["samarbejde_gemtformular.indhold.8", "samarbejde_gemtformular.sti.7", "sager_sag.indhold.7", ""]
)
def test_a_value_moved_to_another_row_or_column_cannot_be_read(andet_sted):
    with pytest.raises(UlaeseligError):
        dekrypter(krypter(b"hemmeligt", STED), andet_sted)


def test_a_changed_value_cannot_be_read():
    kodet = krypter(b"hemmeligt", STED)
    for plads in (0, len(kodet) // 2, len(kodet) - 1):
        aendret = bytearray(kodet)
        aendret[plads] ^= 1
        with pytest.raises(UlaeseligError):
            dekrypter(bytes(aendret), STED)


@pytest.mark.parametrize("laengde", range(30))
def test_a_value_cut_short_cannot_be_read(laengde):
    """As after a restore gone wrong: a marked object, never a 500."""
    with pytest.raises(UlaeseligError):
        dekrypter(krypter(b"hemmeligt", STED)[:laengde], STED)


def test_the_demo_has_a_key_of_its_own(settings):
    settings.FORTROLIGHED_NOEGLER = []
    kodet = krypter(b"opfundet", STED)
    assert dekrypter(kodet, STED) == b"opfundet"
    settings.SECRET_KEY = "another-" * 8
    with pytest.raises(UlaeseligError):
        dekrypter(kodet, STED)
