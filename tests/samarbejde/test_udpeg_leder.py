"""Leaders are appointed by forvaltning or administrator (S28, D26; decisions 2, 9), through the page."""

from datetime import timedelta

import pytest

from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Enhed, Haendelse, Person, Rolletildeling
from samarbejde.organisation import luk_enhed
from samarbejde.overdragelser import er_sidste_leder
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.personale import udpeg_leder
from tests.fabrik import person, rolle, verden
from tests.samarbejde.test_personale import ansat, fejl, felter, logget_ind, opslag

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


def udpeg(klient, hvor, status=302, **mere):
    svar = klient.post(f"/enheder/{hvor.slug}/leder/udpeg/", felter(**mere))
    assert svar.status_code == status, svar.content.decode()
    return svar


@pytest.mark.parametrize(
    ("hvor", "hvilken"),
    [
        ("selvejende", Rolle.DAGTILBUDSLEDER),
        ("klynge", Rolle.KLYNGELEDER),
        ("netvaerk", Rolle.NETVAERKSKOORDINATOR),
        ("omraade", Rolle.OMRAADECHEF),
        ("kkfo", Rolle.FRITIDSLEDER),
    ],
)
@pytest.mark.parametrize("hvem", ["forvaltning", "administrator"])
def test_beslutning_9_forvaltning_og_administrator_udpeger_ledere(v, hvor, hvilken, hvem):
    """The role follows the unit's kind."""
    udpeg(logget_ind(getattr(v, hvem)), getattr(v, hvor), titel="")
    tildeling = Rolletildeling.objects.get(user__email="ida@demo.example")
    assert (tildeling.rolle, tildeling.er_primaer, tildeling.konstitueret) == (hvilken, False, False)
    assert Haendelse.objects.get(navn="tildel_rolle", objekt_id=tildeling.pk).af == getattr(v, hvem)


def test_s28_en_skole_har_een_skoleleder_og_maaske_en_konstitueret(v):
    frida = logget_ind(v.forvaltning)
    svar = udpeg(frida, v.skole, status=200)
    assert "Lindeskolen har allerede en skoleleder: Sanne Lund, fra 1. august 2020." in fejl(svar)["gyldig_fra"][0]
    svar = udpeg(frida, v.skole, status=200, konstitueret="on", er_primaer="on")
    assert "Lindeskolen har allerede en primær leder: Sanne Lund" in fejl(svar)["er_primaer"][0]
    udpeg(frida, v.skole, konstitueret="on")
    assert "Konstitueret skoleleder" in opslag(frida, v.skole.get_absolute_url())
    afslut_rolle(tildeling=v.skoleleder.rolletildelinger.get(), gyldig_til=tid.i_dag() + DAG, af=None)
    i_morgen = f"{tid.i_dag() + DAG:%Y-%m-%d}"
    udpeg(frida, v.skole, email="bo@demo.example", navn="Bo", gyldig_fra=i_morgen, er_primaer="on")


def test_en_ukendt_email_uden_navn_beder_om_navnet(v):
    svar = udpeg(logget_ind(v.forvaltning), v.selvejende, status=200, navn="")
    assert "Skriv personens navn" in fejl(svar)["navn"][0]
    svar = udpeg(logget_ind(v.forvaltning), v.skole, status=200, email=v.skoleleder.email)
    assert "Sanne Lund er allerede skoleleder" in fejl(svar)["email"][0]


@pytest.mark.parametrize("hvem", ["skoleleder", "omraadechef", "klyngeleder", "koordinator"])
def test_ledere_udpeges_aldrig_af_andre_ledere(v, hvem):
    svar = logget_ind(getattr(v, hvem)).post(f"/enheder/{v.skole.slug}/leder/udpeg/", felter())
    assert svar.status_code == 403
    assert "aldrig af andre ledere" in svar.content.decode()
    with pytest.raises(IkkeTilladtError):
        udpeg_leder(enhed=v.skole, af=getattr(v, hvem), email="a@demo.example", navn="A", gyldig_fra=tid.i_dag())
    assert not Person.objects.filter(email__in=["a@demo.example", "ida@demo.example"]).exists()


def test_en_enhed_uden_leder_i_systemet_siger_det(v):
    frida = logget_ind(v.forvaltning)
    assert udpeg(frida, v.kommune)["Location"] == v.kommune.get_absolute_url()
    assert "har ingen leder i systemet" in opslag(frida, v.kommune.get_absolute_url())
    assert "Udpeg leder" not in opslag(frida, v.kommune.get_absolute_url())
    assert "Udpeg leder" in opslag(frida, v.klynge.get_absolute_url())


def test_kun_den_der_udpeger_ledere_ser_vejen_til_at_afslutte_en(v):
    """The coordinator is the skoleleder's to end, on the forum's page."""
    leder, koordinator = (hvem.rolletildelinger.get().pk for hvem in (v.skoleleder, v.koordinator))
    side = opslag(logget_ind(v.forvaltning), v.skole.get_absolute_url())
    assert f"/roller/{leder}/afslut/" in side
    assert f"/roller/{koordinator}/afslut/" not in side
    assert "/afslut/" not in opslag(logget_ind(v.skoleleder), v.skole.get_absolute_url())


def test_paa_en_lukket_enhed_er_der_ingen_formular(v):
    luk_enhed(enhed=v.selvejende, gyldig_til=tid.i_dag(), af=None)
    side = opslag(logget_ind(v.forvaltning), f"/enheder/{v.selvejende.slug}/leder/udpeg/")
    assert "Enheden er lukket" in side
    assert 'name="email"' not in side
    svar = udpeg(logget_ind(v.forvaltning), v.selvejende, status=200)
    assert "er lukket fra" in fejl(svar)["gyldig_fra"][0]


def test_er_sidste_leder_naar_ingen_anden_leder_den_dag(v):
    """Deputies do not count; somebody who begins later leaves a gap; a closed unit needs nobody."""
    sanne, i_morgen = v.skoleleder.rolletildelinger.get(), tid.i_dag() + DAG
    assert er_sidste_leder(sanne, i_morgen)
    rolle(v.vejleder, Rolle.SKOLELEDER, v.skole, til=i_morgen + DAG, i_fravaer=True, er_primaer=False)
    assert er_sidste_leder(sanne, i_morgen)
    assert not er_sidste_leder(v.vejleder.rolletildelinger.get(i_fravaer=True), i_morgen)
    assert not er_sidste_leder(ansat(v.vejleder, v.skole), i_morgen)
    rolle(person("Ny"), Rolle.SKOLELEDER, v.skole, fra=i_morgen + DAG, konstitueret=True)
    assert er_sidste_leder(sanne, i_morgen)
    assert not er_sidste_leder(sanne, i_morgen + DAG)
    lukker = Enhed.objects.get(pk=v.boernehus.pk)
    luk_enhed(enhed=lukker, gyldig_til=i_morgen, af=None)
    assert not er_sidste_leder(v.dagtilbudsleder.rolletildelinger.get(), i_morgen)
