"""What each page asks the database for: the same number with one row and with fifty, pinned."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftaler.models import Aftale, Aftalepart, Aktivitet, Delmaal, StrategiskMaal
from aftaler.states import Tilstand
from samarbejde.models import Enhed
from tests.aftaler import byg
from tests.aftaler.sider import (
    aktivitet_i,
    delmaal_i,
    logget_ind,
    maal_i,
    maalfelter,
    rod,
    til_aktivitet,
    til_delmaal,
    til_maal,
)
from tests.fabrik import FRA, distrikt, enhed, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def antal(klient, sted, felter=None):
    with CaptureQueriesContext(connection) as kald:
        svar = klient.post(sted, felter) if felter is not None else klient.get(sted)
    assert svar.status_code in {200, 302}, (sted, svar.status_code)
    return len(kald)


def fyld(aftale, v):
    """6 goals × 7 sub-goals × 2 activities and 9 parties: the size the goals for speed are stated on."""
    for nummer in range(5):
        ny = enhed(f"Børnehus {nummer}", Enhed.Art.DAGINSTITUTION, i=v.distrikt)
        Aftalepart.objects.create(aftale=aftale, enhed=ny)
    maal = [_led(StrategiskMaal, aftale=aftale) for _ in range(5)] + [maal_i(aftale)]
    for et in maal:
        et.omraader.set([1, 2])
        delmaal = [_led(Delmaal, maal=et) for _ in range(7 - et.delmaal.count())] + list(et.delmaal.all())
        for del_ in delmaal:
            for _ in range(2 - del_.aktiviteter.count()):
                _led(Aktivitet, delmaal=del_).ansvarlige.set([v.skole, v.kkfo])


def _led(model, **felter):
    tekst = {"titel": "Led", "beskrivelse": "x", "beskrivelse_html": "<p>x</p>"}
    return model.objects.create(noegle=uuid4(), plads=9, **tekst, **felter)


def steder(aftale):
    maal, delmaal, aktivitet = maal_i(aftale).noegle, delmaal_i(aftale).noegle, aktivitet_i(aftale).noegle
    return {
        rod(aftale): 10,
        rod(aftale) + "historik/": 5,
        rod(aftale) + "afsnit/behov/": 4,
        rod(aftale) + "maal/nyt/": 5,
        til_maal(aftale, maal): 7,
        til_maal(aftale, maal) + "slet/": 9,
        til_maal(aftale, maal) + "delmaal/nyt/": 5,
        til_delmaal(aftale, delmaal): 6,
        til_delmaal(aftale, delmaal) + "slet/": 7,
        til_delmaal(aftale, delmaal) + "aktivitet/ny/": 6,
        til_aktivitet(aftale, aktivitet): 7,
        til_aktivitet(aftale, aktivitet) + "slet/": 5,
        rod(aftale) + "annuller/": 4,
        rod(aftale) + "parter/": 8,
        rod(aftale) + "send-til-godkendelse/": 11,
    }


def test_every_page_of_a_draft_costs_the_same_small_and_large(v):
    aftale = byg.kladde(v)
    ventet, sanne = steder(aftale), logget_ind(v.skoleleder)
    assert {sted: antal(sanne, sted) for sted in ventet} == ventet
    fyld(aftale, v)
    assert {sted: antal(sanne, sted) for sted in ventet} == ventet


def test_an_ordinary_leaders_agreement_page_costs_ten(v):
    aftale = byg.kladde(v)
    assert antal(logget_ind(v.paedagogiskleder), rod(aftale)) == 10
    fyld(aftale, v)
    assert antal(logget_ind(v.paedagogiskleder), rod(aftale)) == 10
    assert antal(logget_ind(v.omraadechef), rod(aftale)) == 5


def test_the_pages_of_an_answer_cost_the_same_small_and_large(v):
    aftale = byg.sendt(v)
    ventet = {
        rod(aftale): 10,
        f"{rod(aftale)}parter/{v.kkfo.slug}/godkend/": 10,
        f"{rod(aftale)}parter/{v.kkfo.slug}/kan-ikke-godkende/": 4,
    }
    pia = logget_ind(v.paedagogiskleder)
    assert {sted: antal(pia, sted) for sted in ventet} == ventet
    Aftale.objects.update(tilstand=Tilstand.KLADDE)
    fyld(aftale, v)
    Aftale.objects.update(tilstand=Tilstand.TIL_GODKENDELSE)
    assert {sted: antal(pia, sted) for sted in ventet} == ventet


def test_saving_one_goal_costs_the_same_small_and_large(v):
    aftale, pia = byg.kladde(v), logget_ind(v.paedagogiskleder)
    sted = til_maal(aftale, maal_i(aftale).noegle)
    assert antal(pia, sted, maalfelter(version="1", beskrivelse="Første")) == SAVE
    fyld(aftale, v)
    assert antal(pia, sted, maalfelter(version="2", beskrivelse="Anden", omraader=["1", "2"])) == SAVE


# Two of them are the savepoint that stands for BEGIN and COMMIT.
SAVE = 14


def test_the_list_costs_seven_with_one_row_and_with_fifty(v):
    byg.sendt(v)
    for hvem, ventet in ((v.skoleleder, 7), (v.forvaltning, 7)):
        assert antal(logget_ind(hvem), "/aftaler/") == ventet
    _halvtreds(v)
    for hvem, ventet in ((v.skoleleder, 7), (v.forvaltning, 7)):
        klient = logget_ind(hvem)
        assert antal(klient, "/aftaler/") == ventet
        assert len(klient.get("/aftaler/").context["raekker"]) == 50
        assert antal(klient, f"/aftaler/?aar={byg.dette_aar()}&tilstand=til_godkendelse&side=2") == ventet


def _halvtreds(v):
    """The leaders' own school is party in fifty districts more; half of them til godkendelse."""
    for nummer in range(52):
        sted = distrikt(f"Distrikt {nummer}", gyldig_fra=FRA)
        ny = Aftale.objects.create(distrikt=sted, skoleaar=byg.dette_aar(), tovholder=v.skole)
        for part in (v.skole, v.kkfo, v.center):
            Aftalepart.objects.create(aftale=ny, enhed=part)
    indhold = Aftale.objects.exclude(indhold=None).first().indhold
    sidste = Aftale.objects.order_by("-pk").values("pk")[:26]
    Aftale.objects.filter(pk__in=list(sidste.values_list("pk", flat=True))).update(
        tilstand=Tilstand.TIL_GODKENDELSE, indhold=indhold
    )


def test_the_list_filters_pages_and_keeps_danish_order(v):
    byg.kladde(v)
    with byg.i_aaret(2024):
        byg.indgaaet(v)
    for navn in ("Åby", "Ærtebjerg", "Aarup", "Birk"):
        Aftale.objects.create(distrikt=distrikt(navn), skoleaar=byg.dette_aar(), tovholder=v.skole)
    frida = logget_ind(v.forvaltning)

    def raekker(foresporgsel=""):
        return [r["distrikt"] for r in frida.get(f"/aftaler/{foresporgsel}").context["raekker"]]

    assert raekker(f"?aar={byg.dette_aar()}") == ["Birk", "Linde Skoledistrikt", "Ærtebjerg", "Åby", "Aarup"]
    assert raekker("?tilstand=indgaaet") == ["Linde Skoledistrikt"]
    assert raekker("?aar=2024&tilstand=kladde") == []
    assert len(raekker("?aar=x&tilstand=ukendt&side=-7")) == 6
    assert "Ingen aftaler passer" in frida.get("/aftaler/?aar=2023").content.decode()


def test_the_start_page_costs_no_more_with_more_agreements(v):
    byg.sendt(v)
    sanne = logget_ind(v.skoleleder)
    foer = antal(sanne, "/")
    _halvtreds(v)
    assert antal(sanne, "/") == foer
