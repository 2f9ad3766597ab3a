"""Parter → Behov og retning → Mål → Gennemse → Godkendelse: every page one writes on says where one is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftaler.views.trin import trin_paa_siden
from tests.aftaler import byg
from tests.aftaler.sider import aktivitet_i, delmaal_i, logget_ind, maal_i, maalfelter, rod, til_maal
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def her(svar):
    """The step that is marked as the present one."""
    trin = re.search(r'<nav aria-label="Aftalens trin">(.*?)</nav>', svar.content.decode(), re.S)[1]
    assert trin.count('aria-current="step"') == 1
    return re.search(r'aria-current="step".*?step-title">([^<]+)<', trin, re.S)[1]


def test_every_writing_page_says_which_step_it_is(v):
    aftale, sanne = byg.kladde(v), logget_ind(v.skoleleder)
    maal = til_maal(aftale, maal_i(aftale).noegle)
    delmaal = f"{maal}delmaal/{delmaal_i(aftale).noegle}/"
    sider = {
        f"{rod(aftale)}parter/": "Parter",
        f"{rod(aftale)}afsnit/behov/": "Behov og retning",
        f"{rod(aftale)}afsnit/retning/": "Behov og retning",
        f"{rod(aftale)}maal/nyt/": "Mål",
        maal: "Mål",
        f"{maal}delmaal/nyt/": "Mål",
        delmaal: "Mål",
        f"{delmaal}aktivitet/ny/": "Mål",
        f"{delmaal}aktivitet/{aktivitet_i(aftale).noegle}/": "Mål",
        f"{rod(aftale)}send-til-godkendelse/": "Gennemse",
    }
    assert {sted: her(sanne.get(sted)) for sted in sider} == sider
    assert her(sanne.post(maal, maalfelter(version="1", titel=""))) == "Mål"
    assert her(logget_ind(v.naboskoleleder).get(f"/aftaler/{v.nabodistrikt.slug}/{byg.dette_aar()}/opret/")) == "Parter"


def test_the_steps_lead_only_where_one_may_go(v):
    aftale = byg.kladde(v)
    steder = {hvem: [et["adresse"] for et in trin_paa_siden("maal", aftale, hvem)] for hvem in _folk(v)}
    assert steder[v.skoleleder] == [
        f"{rod(aftale)}parter/",
        f"{rod(aftale)}afsnit/behov/",
        "",
        f"{rod(aftale)}send-til-godkendelse/",
        "",
    ]
    assert steder[v.paedagogiskleder] == [f"{rod(aftale)}#parter", f"{rod(aftale)}afsnit/behov/", "", "", ""]
    for hvem in _folk(v):
        klient = logget_ind(hvem)
        for sted in filter(None, steder[hvem]):
            assert klient.get(sted.partition("#")[0]).status_code == 200, (hvem, sted)


def _folk(v):
    return v.skoleleder, v.paedagogiskleder


def test_the_steps_of_a_writing_page_ask_nothing_and_gennemse_says_what_is_missing(v):
    aftale = byg.tom(v)
    logget_ind(v.skoleleder)
    trin_paa_siden("maal", aftale, v.skoleleder)
    with CaptureQueriesContext(connection) as spurgt:
        trin_paa_siden("maal", aftale, v.skoleleder)
    assert len([et for et in spurgt if "rolletildeling" not in et["sql"].lower()]) == 0
    trin = logget_ind(v.skoleleder).get(f"{rod(aftale)}send-til-godkendelse/").context["trin"]
    assert [(et["status"], et["note"]) for et in trin] == [
        ("faerdig", ""),
        ("fejl", "2 mangler"),
        ("fejl", "1 mangler"),
        ("her", ""),
        ("venter", ""),
    ]
    assert trin_paa_siden("historik", aftale, v.skoleleder) == []
