"""«Mine roller»: every role of mine, where, how long and why (D26, S54)."""

from datetime import timedelta

import pytest
from django.test import Client

from samarbejde import stik, tid
from samarbejde.actions import afslut_rolle
from samarbejde.organisation import luk_enhed, ret_person
from samarbejde.permissions import Rolle
from samarbejde.personale import naevn_stedfortraeder, registrer_medarbejder, udpeg_leder
from tests.fabrik import FRA, Art, enhed, rolle, verden

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    with tid.frys(tid.datetime.fromisoformat("2026-11-26T09:00+01:00")):
        yield verden()


def hent(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient.get("/mine-roller/")


def linjer(hvem, hvornaar):
    return [(linje.titel, linje.sted) for linje in hent(hvem).context[hvornaar]]


def test_d26_alle_mine_roller_med_hvor_hvor_laenge_og_hvorfor(v):
    """D26: several at once at several units; from the import, registered, appointed, acting, and as a deputy."""
    viggo = v.vejleder
    registrer_medarbejder(
        enhed=v.kkfo, af=v.paedagogiskleder, email=viggo.email, navn="Viggo", gyldig_fra=tid.i_dag() + 9 * DAG
    )
    udpeg_leder(enhed=v.selvejende, af=v.forvaltning, email=viggo.email, gyldig_fra=tid.i_dag(), konstitueret=True)
    naevn_stedfortraeder(
        enhed=v.skole, af=v.skoleleder, medarbejder=viggo, gyldig_fra=tid.i_dag(), gyldig_til=tid.i_dag() + 5 * DAG
    )
    assert linjer(viggo, "nu") == [
        ("medarbejder", "Lindeskolen"),
        ("konstitueret dagtilbudsleder", "Børnehuset Månen"),
        ("skoleleder i leders fravær", "Lindeskolen"),
    ]
    assert linjer(viggo, "senere") == [("medarbejder", "KKFO Lindely")]
    side = hent(viggo).content.decode()
    for saetning in (
        "Importeret fra organisationen den 26. november 2026",
        "Registreret af Pia Dahl den 26. november 2026",
        "Udpeget af Frida Ask den 26. november 2026",
        "Udpeget som stedfortræder af Sanne Lund den 26. november 2026",
        "26. november 2026 til og med 30. november 2026",
        "fra 5. december 2026",
        "/hjaelp/hvem-maa-hvad/?rolle=dagtilbudsleder",
        f'href="{v.selvejende.get_absolute_url()}"',
    ):
        assert saetning in side


def test_s54_det_der_er_slut_staar_for_sig_ogsaa_naar_enheden_lukkede(v):
    """S54: a role ends with its unit; an annulled one was never held; a unit one no longer sees is not linked."""
    afslut_rolle(tildeling=v.vejleder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    hus = enhed("Et hus", Art.DAGINSTITUTION)
    rolle(v.vejleder, Rolle.MEDARBEJDER, hus)
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.kkfo, til=FRA)
    luk_enhed(enhed=hus, gyldig_til=tid.i_dag() - DAG, af=None)
    assert linjer(v.vejleder, "nu") == linjer(v.vejleder, "senere") == []
    assert linjer(v.vejleder, "tidligere") == [("medarbejder", "Lindeskolen"), ("medarbejder", "Et hus")]
    side = hent(v.vejleder).content.decode()
    assert "Du har ingen rolle nu" in side
    assert "til og med 24. november 2026" in side
    assert f'href="{v.skole.get_absolute_url()}"' not in side


def test_andre_apps_saetter_deres_egne_linjer_ind(v, monkeypatch):
    delegeret = stik.Rollelinje("fast deltager", "Egeskolens Ressourcecenter", tid.i_dag(), None, "Uddelegeret af Carl")
    monkeypatch.setattr(stik.mine_roller, "_plugs", {"a": lambda p: [delegeret] if p == v.teamkoordinator else []})
    assert linjer(v.teamkoordinator, "nu")[-1] == ("fast deltager", "Egeskolens Ressourcecenter")
    assert "Uddelegeret af Carl" in hent(v.teamkoordinator).content.decode()
    assert len(linjer(v.medarbejder, "nu")) == 1


def test_den_uden_rolle_og_den_der_udloeber_faar_det_at_vide(v):
    """D32: the expiry of an external account is said to its owner."""
    ret_person(person=v.udenfor, af=None, udloeber_den=tid.i_dag() + DAG)
    side = hent(v.udenfor).content.decode()
    assert "Du har ingen rolle nu" in side
    assert "Din konto udløber 27. november 2026" in side


def test_forsiden_foerer_dertil(v):
    klient = Client()
    klient.force_login(v.skoleleder)
    assert 'href="/mine-roller/"' in klient.get("/").content.decode()


def test_siden_koster_det_samme_med_1_og_50_roller(v, django_assert_num_queries):
    klient = Client()
    klient.force_login(v.vejleder)
    with django_assert_num_queries(8):
        klient.get("/mine-roller/")
    for nummer in range(50):
        rolle(v.vejleder, Rolle.MEDARBEJDER, enhed(f"Hus {nummer}", Art.DAGINSTITUTION))
    with django_assert_num_queries(8):
        klient.get("/mine-roller/")
