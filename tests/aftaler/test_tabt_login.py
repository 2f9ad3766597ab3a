"""What was written when the login ran out comes back with the names of the form it was written in (S9)."""

from html import unescape
from re import findall
from uuid import uuid4

import pytest
from django.test import Client

from samarbejde import gemt
from tests.aftaler import byg
from tests.aftaler.sider import (
    aktivitetsfelter,
    delmaal_i,
    delmaalfelter,
    logget_ind,
    maalfelter,
    rod,
    skjulte,
    tekst,
    til_aktivitet,
    til_delmaal,
    til_maal,
)
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


def tabt(hvem, sted, felter):
    """Sent without a session, and read again after login."""
    svar = Client().post(sted, {gemt.FELT: gemt.underskriv(hvem), **felter})
    return logget_ind(hvem).get(unescape(svar["Location"]).replace("%2F", "/").partition("next=")[2])


def faktaene(side):
    """Each heading with the values under it."""
    raekker = findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", side.content.decode())
    return {unescape(navn): findall(r"<p>(.*?)</p>", vaerdier) for navn, vaerdier in raekker}


def test_s12_s62_a_goal_has_its_labels_the_areas_by_name_and_no_buttons(v, aftale):
    felter = maalfelter(omraader=["2", "3"], intentioner=["læring", "trivsel"], realisering="Sammen.", endnu="1")
    side = tabt(v.skoleleder, til_maal(aftale), felter)
    fundne = faktaene(side)
    assert list(fundne) == [
        "Målet i én sætning", "Målområder", "Hvad skal målet især bidrage til?", "Sådan realiserer I målet sammen",
    ]  # fmt: skip
    assert [len(navn) > 3 for navn in fundne["Målområder"]] == [True, True]
    assert fundne["Hvad skal målet især bidrage til?"] == ["Læring", "Trivsel"]
    assert {navn: skjulte(side)[navn] for navn in ("endnu", "omraader")} == {"endnu": ["1"], "omraader": ["2", "3"]}


def test_s14_s15_an_activity_has_its_kind_units_and_days_in_words(v, aftale):
    aar = aftale.skoleaar
    valg = {"ansvarlige": [v.skole.pk, "x"], "fra": f"{aar}-10-01", "til_og_med": "når vi kan", "endnu": "1"}
    assert faktaene(tabt(v.skoleleder, til_aktivitet(aftale), aktivitetsfelter(art="tiltag", **valg))) == {
        "Hvad gør I?": ["Besøg i maj"],
        "Slags": ["Tiltag"],
        "Ansvarlige": [v.skole.navn],
        "Fra": [f"1. oktober {aar}"],
        "Til og med": ["når vi kan"],
    }


def test_the_texts_the_sub_goal_and_a_comment_too(v, aftale):
    behov = {"tekst": "Mange flytter.", "version": "1"}
    assert faktaene(tabt(v.skoleleder, rod(aftale) + "afsnit/behov/", behov)) == {
        "Behov og udfordringer": ["Mange flytter."]
    }
    assert list(faktaene(tabt(v.skoleleder, til_delmaal(aftale), delmaalfelter()))) == ["Delmålet i én sætning"]
    kommentar = {"noegle": str(uuid4()), "sted": "behov", "tekst": "Hvad med klubben?"}
    assert faktaene(tabt(v.skoleleder, rod(aftale) + "kommentarer/skriv/", kommentar)) == {
        "Hvad handler kommentaren om?": ["Behov og udfordringer"],
        "Din kommentar": ["Hvad med klubben?"],
    }


def test_s53_s54_an_address_says_nothing_of_a_draft_that_is_not_ones_own(v, aftale):
    felter = {"noegle": str(uuid4()), "delmaal": str(delmaal_i(aftale).noegle), "titel": "Legepatrulje"}
    side = tabt(v.udenfor, rod(aftale) + "forslag/nyt/", felter)
    assert list(faktaene(side)) == ["Hvad foreslår du?"]
    assert delmaal_i(aftale).titel not in tekst(side)
