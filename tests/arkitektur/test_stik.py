"""The sockets and every plug in them, literally: the only inversion of the imports there is (architecture 1)."""

import pytest

from samarbejde import stik
from samarbejde.stik import Stik

PLUGS = {
    "din_tur": [
        "delegationer",
        "aftaler",
        "anmodninger",
        "deltagelsesoensker",
        "indkaldelser",
        "referater",
    ],
    "kreds": [
        "ressourcecenter",
    ],
    "ny_enhed": [
        "ressourcecenter",
    ],
    "haenger": [
        "roller",
        "delegationer",
        "ressourcepersoner",
        "forberedere",
        "aftaler",
        "opgaver",
    ],
    "doegn": [
        "segl_spor",
        "saml_post",
        "send_post",
        "gemt",
        "filer",
        "roller",
        "overdragelser",
        "ressourcepersoner",
        "dokumenter",
        "gamle_kladder",
        "aftalesvar",
        "aarsvarsler",
        "tilstede",
        "gamle_kladdedokumenter",
        "kladdedokumenter",
        "anmodninger",
        "forberedelse",
        "indkaldelser",
        "opgaver",
        "gamle_papirer",
        "papirer",
        "referater",
        "repraesentanter",
    ],
    "spor": [
        "aftalekladde",
        "enhed",
        "skoledistrikt",
        "person",
        "feriedag",
        "forum",
        "rammedokument",
        "faglighed",
        "aftale",
        "aarshjulsdatoer",
        "vejledning",
        "maalomraade",
        "anmodning",
        "moede",
        "punkt",
    ],
    "demo": [
        "ressourcecenter",
        "aftaler",
        "moeder",
    ],
    "distrikt": [
        "aftaler",
    ],
    "mangler": [
        "ressourcecenter",
        "moeder",
    ],
    "enhed": [
        "deltagelse",
        "moeder",
    ],
    "figurstatus": [
        "ressourcecenter",
        "aftaler",
    ],
    "overblik": [
        "Aftale",
    ],
    "menu": [
        "samarbejde",
        "ressourcecenter",
        "aftaler",
        "moeder",
    ],
    "mine_roller": [
        "ressourcecenter",
    ],
    "soeg": [
        "ressourcecenter",
    ],
    "forum": [
        "moeder",
    ],
    "importfil": [
        ".json",
        ".pdf",
    ],
    "eksport": [
        "aftaler",
    ],
    "formular": [
        "aftaler",
    ],
    "start": [
        "drift",
        "anmodninger",
        "moeder",
    ],
}


def test_every_plug_is_listed_here():
    assert {et.navn: sorted(navn for navn, _ in et.items()) for et in stik.ALLE} == {
        navn: sorted(plugs) for navn, plugs in PLUGS.items()
    }


def test_every_socket_is_in_the_list_of_sockets():
    i_modulet = {ting for ting in vars(stik).values() if isinstance(ting, Stik)}
    assert i_modulet == set(stik.ALLE)
    assert all(getattr(stik, et.navn) is et for et in stik.ALLE)


def test_every_plug_can_be_called():
    assert all(callable(plug) for et in stik.ALLE for plug in et)


def test_nothing_is_plugged_over_by_accident():
    """`ready()` may run twice with the same plug; another one under the same name is a mistake."""
    et = Stik("proeve")
    et.tilslut("a", len)
    et.tilslut("a", len)
    with pytest.raises(ValueError, match="stikket proeve har allerede a"):
        et.tilslut("a", max)
    assert et.items() == [("a", len)]
    assert list(et) == [len]
